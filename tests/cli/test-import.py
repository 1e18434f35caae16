# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Importing: what is guessed and said, what options change, and that nothing is left after a failure."""

import gzip
import json
import os
import signal
import subprocess
import time
import unittest

import cli


def make_reviews(n):
    return [("A %s film, number %d." % ("good" if i % 2 else "bad", i), i % 2) for i in range(n)]


class Import(cli.Case):
    def setUp(self):
        super().setUp()
        self.sets = self.path("sets")

    def write_csv(self, name="reviews.csv", n=40, extra=""):
        rows = "".join('"%s",%s\n' % (text, ("neg", "pos")[label]) for text, label in make_reviews(n))
        return self.write(name, "review,sentiment\n" + rows + extra)

    def run_import(self, *arguments):
        return json.loads(self.succeed("import", *arguments, "--json", "--output", self.sets))

    def list_sets(self):
        return sorted(os.listdir(self.sets)) if os.path.isdir(self.sets) else []

    def read_part(self, folder, part):
        return self.read(os.path.join(folder, part + ".tsv")).decode()

    def test_csv(self):
        found = self.run_import(self.write_csv())
        self.assertEqual(found["format"], "csv")
        self.assertEqual((found["text_column"], found["label_column"]), ("review", "sentiment"))
        self.assertEqual((found["train"], found["dev"], found["test"]), (32, 4, 4))
        self.assertEqual(found["labels"][0], {"value": "neg", "rows": 20, "meaning": "negative"})
        self.assertEqual(found["folder"], os.path.join(self.sets, "reviews"))
        self.assertIn("\na good film , number ", self.read_part(found["folder"], "train"))
        self.assertEqual(self.list_sets(), ["reviews"])
        about = json.loads(self.read(os.path.join(found["folder"], "about.json")))
        self.assertEqual((about["source"], about["split-seed"]), ("reviews.csv", 1))

    def test_train_on_it(self):
        found = self.run_import(self.write_csv(n=120), "--name", "Two words", "--seed", "7")
        self.assertEqual(os.path.basename(found["folder"]), "Two words")
        self.succeed("train", "--train", os.path.join(found["folder"], "train.tsv"),
                     "--dev", os.path.join(found["folder"], "dev.tsv"),
                     "--hidden", "4", "--embedding-dim", "4", "--epochs", "1")

    def test_home(self):
        home = self.path("home")
        result = self.run_program("import", self.write_csv(), environment={"XDG_DATA_HOME": home})
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(b"32 training, 4 development, 4 test rows", result.stdout)
        self.assertTrue(os.path.isfile(os.path.join(home, "undertone", "data", "reviews", "train.tsv")))

    def test_options(self):
        path = self.write("odd.txt", "".join("%d|%s|%s\n" % (i, "so" if i % 3 == 0 else "yo" if i % 3 == 1 else "no",
                                                          'a "b" %d' % i) for i in range(30)))
        found = self.run_import(path, "--delimiter", "pipe", "--no-quoting", "--no-header",
                                "--text-column", "3", "--label-column", "2", "--label", "yo=positive",
                                "--label", "no=negative", "--label", "so=out", "--unit", "review",
                                "--raw", "--split", "90/10", "--encoding", "latin-1", "--format", "csv")
        self.assertEqual((found["train"], found["dev"], found["test"]), (18, 2, 0))
        self.assertEqual((found["left_out"], found["unit"], found["delimiter"]), (10, "review", "pipe"))
        self.assertEqual(found["encoding"], "windows-1252")
        self.assertIn("a `` b '' 1\t1", self.read_part(found["folder"], "train")
                      + self.read_part(found["folder"], "dev"))

    def test_given_parts(self):
        train = self.write("train.csv", "text,label\ngood old film,1\nbad,0\n")
        dev = self.write("dev.csv", "label,text\n0,bad\n1,fine\n")
        found = self.run_import(train, "--dev", dev, "--test", self.write("test.csv", "text,label\nmeh,0\n"))
        self.assertEqual((found["train"], found["dev"], found["test"]), (2, 2, 1))
        self.assertEqual(found["split"], "files")
        self.assertEqual(len(found["warnings"]), 1)
        self.assertIn("1 of 2 development rows", found["warnings"][0])
        # Drawn from all four: the two that are equal stay together, and are too many for the smaller part.
        again = self.run_import(train, "--dev", dev, "--split", "90/10")
        self.assertEqual((again["train"], again["dev"], again["duplicates"]), (3, 1, 1))

    def test_other_forms(self):
        reviews = make_reviews(40)
        lines = "".join(json.dumps({"text": text, "label": bool(label)}) + "\n" for text, label in reviews)
        packed = self.write("lines.jsonl.gz", gzip.compress(lines.encode()))
        self.assertEqual(self.run_import(packed)["format"], "jsonl")
        pair = [self.write("rt." + name, "".join(text + "\n" for text, label in reviews if label == which))
                for which, name in [(1, "pos"), (0, "neg")]]
        found = self.run_import(*pair)
        self.assertEqual((found["format"], os.path.basename(found["folder"])), ("pairs", "rt"))
        for part in "train", "test":
            for which, name in enumerate(["neg", "pos"]):
                os.makedirs(self.path("imdb/%s/%s" % (part, name)))
                for i, (text, label) in enumerate(reviews):
                    if label == which:
                        self.write("imdb/%s/%s/%d_1.txt" % (part, name, i), text)
        found = self.run_import(self.path("imdb"))
        self.assertEqual((found["format"], found["train"], found["test"]), ("folder", 40, 40))

    def test_bad_rows(self):
        path = self.write_csv(extra='one column\n"never closed,pos\n')
        result = self.fail_with(1, "reviews.csv:42: The row has 1 column instead of 2", "import", path,
                                "--output", self.sets)
        self.assertIn(b"reviews.csv:43: A quote is opened here", result.stderr)
        self.assertIn(b"2 of 42 rows", result.stderr)
        self.assertEqual(self.list_sets(), [])
        found = self.run_import(path, "--skip-bad")
        self.assertEqual((found["bad_rows"], found["left_out"], found["train"]), (2, 2, 32))
        self.assertEqual([row["line"] for row in found["first_bad_rows"]], [42, 43])

    def test_dry_run(self):
        text = self.succeed("import", self.write_csv(), "--dry-run", "--output", self.sets)
        self.assertIn("“neg” is negative: 20 rows", text)
        self.assertEqual(self.list_sets(), [])
        found = self.run_import(self.write_csv(), "--dry-run")
        self.assertEqual(found["rows"], 40)
        self.assertNotIn("folder", found)

    def test_failures(self):
        empty = self.write("empty.csv", "")
        unknown = self.write("unknown.csv", "text,label\na,gut\nb,mies\nc,gut\nd,mies\n")
        self.fail_with(1, "empty.csv: The file is empty", "import", empty)
        self.fail_with(1, "nothing.csv: There is no such file", "import", self.path("nothing.csv"))
        self.fail_with(1, "/dev/zero: This is not a regular file", "import", "/dev/zero")
        self.fail_with(1, "No row is negative or positive", "import", unknown, "--output", self.sets)
        self.fail_with(1, "there are “text”, “label”", "import", unknown, "--label-column", "x")
        self.fail_with(1, "no row has that label", "import", unknown, "--label", "x=out")
        self.assertEqual(self.list_sets(), [])

    def test_usage(self):
        path = self.write_csv()
        self.fail_with(2, "FILE is missing", "import")
        self.fail_with(2, "--format xls: there are csv, tsv, jsonl", "import", path, "--format", "xls")
        self.fail_with(2, "exclude each other", "import", path, "--raw", "--tokenized")
        self.fail_with(2, "exclude each other", "import", path, "--header", "--no-header")
        self.fail_with(2, "VALUE=negative", "import", path, "--label", "pos")
        self.fail_with(2, "--seed", "import", path, "--seed=-1")
        self.fail_with(2, "One argument too many", "import", path, path, path)

    @unittest.skipIf(cli.SANITIZED, "interrupts at moments that a sanitizer moves")
    def test_interrupted(self):
        rows = "".join("%s %s,%s\n" % (text, "word " * 60, label) for text, label in make_reviews(60000))
        path = self.write("long.csv", "review,sentiment\n" + rows.replace(", number", " number"))
        process = subprocess.Popen([cli.PROGRAM, "import", path, "--output", self.sets],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        message = process.communicate(timeout=cli.TIMEOUT)[1]
        # A machine that is quick enough has done it all before.
        self.assertIn(process.returncode, (130, 0), message)
        self.assertEqual(self.list_sets(), ["long"] if process.returncode == 0 else [])


cli.main()
