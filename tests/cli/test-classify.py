# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Classifying files: rows as predict answers them, what is summed up, bad rows, and exit statuses."""

import csv
import gzip
import io
import json
import os
import signal
import subprocess

import cli

OWN = ["label", "probability", "n_words", "n_unknown"]


class Classify(cli.Case):
    def setUp(self):
        super().setUp()
        self.model = self.train_model()

    def classify(self, *arguments, **keywords):
        return self.succeed("classify", "--model", self.model, *arguments, **keywords)

    def sum_up(self, *arguments):
        return json.loads(self.classify("--json", *arguments))

    def rows(self, *arguments, delimiter=","):
        text = self.classify("--output", "-", *arguments)
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))

    def predict(self, text):
        lines = self.load_lines(self.succeed("predict", "--model", self.model, "--json", text=text))
        return [line for line in lines if line["tokens"]]

    def check_row(self, row, text):
        """A row says what predict says: the mean of the text's sentences."""
        answers = self.predict(text)
        mean = sum(answer["probability"] for answer in answers) / len(answers)
        self.assertAlmostEqual(float(row["probability"]), mean, 12)
        self.assertEqual(row["label"], str(int(mean > 0.5)))
        tokens = [token for answer in answers for token in answer["tokens"]]
        self.assertEqual(int(row["n_words"]), len(tokens))
        self.assertEqual(int(row["n_unknown"]), sum(not token["known"] for token in tokens))

    def test_lines(self):
        texts = ["The film was good. The plot was dull!", "awful", "a zebra, and lovely music"]
        path = self.write("texts.txt", "\n".join(texts))
        rows = self.rows(path)
        self.assertEqual([list(row) for row in rows], [["text"] + OWN] * 3)
        for row, text in zip(rows, texts):
            self.assertEqual(row["text"], text)
            self.check_row(row, text)
        found = self.sum_up(path)
        self.assertEqual((found["rows"], found["bad_rows"], found["unit"]), (3, 0, "sentence"))
        self.assertEqual(found["positive"], sum(row["label"] == "1" for row in rows))
        self.assertEqual(found["words"], sum(int(row["n_words"]) for row in rows))
        self.assertEqual(found["unknown"], sum(int(row["n_unknown"]) for row in rows))
        self.assertIsNone(found["evaluation"])
        self.assertIsNone(found["output"])

    def test_whole_file(self):
        text = "The film was good.\n\nIt was good, and the music was bad."
        path = self.write("review.txt", text)
        rows = self.rows(path, "--from", "whole")
        self.assertEqual([row["text"] for row in rows], [text])
        self.check_row(rows[0], text)
        # As one sentence it is another text.
        whole = self.rows(path, "--from", "whole", "--unit", "review")
        self.assertNotEqual(whole[0]["probability"], rows[0]["probability"])
        self.assertEqual(whole[0]["n_words"], rows[0]["n_words"])

    def test_columns(self):
        path = self.write("r.csv", 'id,stars,body\n1,5,"Good, good film"\n2,1,bad plot\n3,3,music\n')
        rows = self.rows(path)
        self.assertEqual(list(rows[0]), ["id", "stars", "body"] + OWN)
        self.assertEqual(rows[0]["body"], "Good, good film")
        for name in ["body", "3"]:
            self.assertEqual(self.rows(path, "--column", name), rows)
        found = self.sum_up(path, "--label-column", "stars")
        self.assertEqual(found["text_column"], "body")
        self.assertEqual(found["label_column"], "stars")
        self.assertEqual([label["meaning"] for label in found["labels"]],
                         ["positive", "negative", "out"])
        self.assertEqual(found["evaluation"]["confusion"], {"tp": 1, "fp": 0, "tn": 1, "fn": 0})
        found = self.sum_up(path, "--label-column", "2", "--label", "3=negative", "--label", "5=out")
        self.assertEqual(found["evaluation"]["examples"], 2)
        self.fail_with(1, "--column x: there are “id”, “stars”", "classify", "-m", self.model, path,
                       "--column", "x")
        self.fail_with(1, "--label 9=out: no row has that label", "classify", "-m", self.model, path,
                       "--label-column", "stars", "--label", "9=out")

    def test_evaluate(self):
        """On SST-2's form the figures are those of evaluate."""
        dev = self.path("dev.tsv")
        found = self.sum_up(dev)
        expected = json.loads(self.succeed("evaluate", "--model", self.model, "--data", dev, "--json"))
        self.assertIsNone(found["evaluation"].pop("loss"))
        del expected["loss"]
        self.assertEqual(found["evaluation"], expected)
        text = self.classify(dev)
        self.assertRegex(text, r"Accuracy +%.4f  \(always" % expected["accuracy"])
        self.assertRegex(text, r"negative +%d +%d\n" % (expected["confusion"]["tn"],
                                                        expected["confusion"]["fp"]))

    def test_formats(self):
        path = self.write("r.tsv", 'text\tlabel\na "good" film\t1\nbad\t0\n')
        self.assertEqual([row["text"] for row in self.rows(path, delimiter="\t")],
                         ['a "good" film', "bad"])
        self.assertEqual(self.rows(path, "--format", "csv"), self.rows(path, delimiter="\t"))
        lines = self.load_lines(self.classify(path, "-o", "-", "-f", "json"))
        self.assertEqual(list(lines[0]), ["text", "label", "predicted_label"] + OWN[1:])
        self.assertEqual([type(value) for value in lines[0].values()], [str, str, int, float, int, int])
        again = self.write("r.jsonl", "".join(json.dumps({"n": [i], "text": line["text"]}) + "\n"
                                             for i, line in enumerate(lines)))
        answers = self.load_lines(self.classify(again, "--output", "-"))
        self.assertEqual(list(answers[1]), ["n", "text"] + OWN)
        self.assertEqual([answer["n"] for answer in answers], [[0], [1]])
        self.assertEqual([answer["probability"] for answer in answers],
                         [line["probability"] for line in lines])

    def test_other_bytes(self):
        text = "caf\xe9 good\nbad film\n"
        for name, content in [("a.txt", text.encode("latin-1")), ("b.txt", text.encode("utf-16")),
                              ("c.txt.gz", gzip.compress(text.encode()))]:
            with self.subTest(name):
                rows = self.rows(self.write(name, content))
                self.assertEqual([row["text"] for row in rows], ["caf\xe9 good", "bad film"])

    def test_output(self):
        path = self.write("r.csv", "text,note\ngood film,x\nbad film,y\n")
        output = self.path("answers.csv")
        text = self.classify(path, "--output", output)
        self.assertIn("Texts       2\n", text)
        self.assertIn("Rows        %s\n" % output, text)
        self.assertEqual(self.read(output).decode(), self.classify(path, "--output", "-"))
        self.assertEqual(self.sum_up(path, "--output", output)["output"], output)
        self.assertEqual(sorted(name for name in os.listdir(self.folder) if "answers" in name),
                         ["answers.csv"])
        result = self.run_program("classify", "-m", self.model, path, "-o", "-")
        self.assertRegex(result.stderr.decode(), r"^undertone-cli: 2 texts, 50\.0 % positive, ")
        self.fail_with(1, "no/answers.csv", "classify", "-m", self.model, path, "-o",
                       self.path("no/answers.csv"))
        self.fail_with(1, "full|space", "classify", "-m", self.model, path, "-o", "-",
                       output="/dev/full")

    def fail_with(self, status, pattern, *arguments, output=None, **keywords):
        if output is None:
            return super().fail_with(status, pattern, *arguments, **keywords)
        with open(output, "wb") as file:
            result = subprocess.run([cli.PROGRAM, *arguments], stdout=file, stderr=subprocess.PIPE)
        self.assertEqual(result.returncode, status)
        self.assertRegex(result.stderr.decode(), "(?i)" + pattern)
        return result

    def test_bad_rows(self):
        # With more good than bad characters it is UTF-8 that was damaged.
        content = (b'review,label\n"Good, \xc3\xa9\xc3\xa9\xc3\xa9 fine",1\nbad,0,more\n\xff\xfe bad,0\n'
                   b'" ",1\nx' + b"x" * 100000 + b",0\n"
                   b'"Good",1\n"bad",0\n"open,0\n')
        path = self.write("bad.csv", content)
        output = self.path("out.csv")
        result = self.fail_with(1, "bad.csv:3: The row has 3 columns instead of 2", "classify", "-m",
                                self.model, path, "-o", output)
        lines = result.stderr.decode().splitlines()
        self.assertEqual([line.split(":")[2] for line in lines[:-1]], ["3", "4", "5", "6", "9"])
        self.assertTrue(lines[-1].endswith("5 of 8 rows cannot be used and were left out"), lines[-1])
        with open(output, newline="", encoding="utf-8") as file:
            self.assertEqual([row["review"] for row in csv.DictReader(file)],
                             ["Good, \xe9\xe9\xe9 fine", "Good", "bad"])
        found = self.sum_up(path, "--skip-bad")
        self.assertEqual((found["rows"], found["bad_rows"]), (3, 5))
        self.assertEqual([problem["line"] for problem in found["problems"]], [3, 4, 5, 6, 9])
        nothing = self.write("blank.txt", "  \n\n")
        self.fail_with(1, "blank.txt:1: The text is blank; no row can be used", "classify", "-m",
                       self.model, nothing)

    def test_refused(self):
        path = self.write("r.txt", "good\n")
        model = ["-m", self.model]
        self.fail_with(2, "FILE is missing", "classify", *model)
        self.fail_with(2, "--model MODEL is missing", "classify", path)
        self.fail_with(2, "--format x: there are csv, tsv, json", "classify", *model, path, "-f", "x")
        self.fail_with(2, "--from x: there are csv, tsv, jsonl, lines, whole", "classify", *model, path,
                       "--from", "x")
        self.fail_with(2, "exclude each other", "classify", *model, path, "--json", "-o", "-")
        self.fail_with(2, "--label x: VALUE=negative", "classify", *model, path, "--label", "x")
        self.fail_with(1, "nowhere.txt: There is no such file", "classify", *model, "nowhere.txt")
        self.fail_with(1, "This is a folder; a file was expected", "classify", *model, self.folder)
        self.fail_with(1, "empty.csv: The file is empty", "classify", *model,
                       self.write("empty.csv", ""))
        labels = self.write("l.csv", "text,kind\n" + "".join("good,%d\n" % i for i in range(80)))
        self.fail_with(1, "“kind” has more than 64 different values", "classify", *model, labels,
                       "--label-column", "kind")

    def test_ensemble(self):
        other = self.path("other.safetensors")
        self.succeed("train", *self.write_data(), *cli.SMALL, "--seed", "5", "--output", other)
        text = "a good film and an awful plot"
        path = self.write("r.txt", text + "\n")
        rows = self.rows(path, "--model", other)
        answer = json.loads(self.succeed("predict", "--model", self.model, "--model", other, "--json",
                                         text=text))
        self.assertAlmostEqual(float(rows[0]["probability"]), answer["probability"], 12)

    def test_interrupted(self):
        path = self.write("many.txt", ("a good film and a bad plot with music\n" * 20000) * 20)
        output = self.write("out.csv", "before")
        n_files = len(os.listdir(self.folder))
        process = subprocess.Popen([cli.PROGRAM, "classify", "-m", self.model, path, "-o", output],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   preexec_fn=cli.restore_interrupt)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        # Once it writes beside the file, it is underway.
        while process.poll() is None and len(os.listdir(self.folder)) == n_files:
            pass
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=cli.TIMEOUT)
        self.assertEqual(process.returncode, 130, errors)
        self.assertEqual(self.read(output), b"before")
        self.assertEqual([name for name in os.listdir(self.folder) if "out.csv" in name], ["out.csv"])

    def test_broken_pipe(self):
        path = self.write("many.txt", "a good film\n" * 50000)
        process = subprocess.Popen([cli.PROGRAM, "classify", "-m", self.model, path, "-o", "-"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.stderr.close)
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.wait(timeout=cli.TIMEOUT) & 128, 0)
        self.assertEqual(process.stderr.read(), b"")


cli.main()
