# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Files that are missing, damaged or hostile: a message that names file and line, and status 1."""

import json
import os
import struct

import cli

ROW = "a fine film\t1\n"


class Data(cli.Case):
    def expect(self, pattern, content):
        """Trains on and measures a file of CONTENT; both must refuse it in the same words."""
        path = self.write("rows.tsv", content)
        self.fail_with(1, pattern, "train", "--train", path)
        if not hasattr(self, "model"):
            self.model = self.train_model()
        self.fail_with(1, pattern, "evaluate", "--model", self.model, "--data", path)

    def test_missing_or_directory(self):
        self.fail_with(1, "nowhere.tsv", "train", "--train", self.path("nowhere.tsv"))
        self.fail_with(1, "This is a folder", "train", "--train", self.folder)
        model = self.train_model()
        self.fail_with(1, "nowhere.tsv", "evaluate", "--model", model, "--data", "nowhere.tsv")
        self.fail_with(1, "nowhere.txt", "predict", "--model", model, "nowhere.txt")
        self.fail_with(1, "This is a folder", "predict", "--model", model, self.folder)
        self.fail_with(1, "nowhere.txt", "tokenize", "nowhere.txt")
        self.fail_with(1, "This is a folder", "tokenize", self.folder)

    def test_empty(self):
        self.expect("rows.tsv", "")
        self.expect("rows.tsv", cli.HEADER)

    def test_header_is_mandatory(self):
        self.expect(r"rows.tsv:1: ", ROW + ROW)

    def test_rows(self):
        for line in ["no tab\n", "a film\t1\tmore\n", "a film\t2\n", "a film\t\n", "a film\tgood\n",
                     "\t1\n", "   \t1\n"]:
            with self.subTest(line=line):
                self.expect(r"rows.tsv:3: ", cli.HEADER + ROW + line + ROW)

    def test_encoding(self):
        for line in [b"caf\xe9\t1\n", b"a\0b\t1\n", b"\xed\xa0\x80\t1\n"]:
            with self.subTest(line=line):
                self.expect(r"rows.tsv:3: ", (cli.HEADER + ROW).encode() + line)

    def test_too_long(self):
        self.expect(r"rows.tsv:3: ", cli.HEADER + ROW + "x" * (1 << 20) + "\t1\n")
        self.expect(r"rows.tsv:3: ", cli.HEADER + ROW + "w " * 4097 + "\t1\n")


class Vectors(cli.Case):
    def expect(self, pattern, content, *options):
        path = self.write("bad.txt", content)
        self.fail_with(1, pattern, "train", *self.write_data(), "--vectors", path, "--epochs", "1",
                       *options)

    def test_rows(self):
        good = "good 1 2 3\n"
        for line in ["bad 1 2\n", "bad 1 2 x\n", "bad 1 nan 3\n", "bad 1 inf 3\n",
                     "bad 1 2 1e99\n"]:
            with self.subTest(line=line):
                self.expect(r"bad.txt:2: ", good + line + "fine 1 2 3\n")
        self.expect("bad.txt", "")
        self.expect(r"bad.txt:2: ", b"good 1 2 3\n\xff\xfe 1 2 3\n")

    def test_missing_or_directory(self):
        data = self.write_data()
        self.fail_with(1, "nowhere.txt", "train", *data, "--vectors", "nowhere.txt")
        self.fail_with(1, "This is a folder", "train", *data, "--vectors", self.folder)

    def test_other_dimension_names_both(self):
        self.expect("bad.txt: .*3 numbers.*--embedding-dim asks for 50", "good 1 2 3\nbad 4 5 6\n",
                    "--embedding-dim", "50")

    def test_dimension_comes_from_the_file(self):
        vectors = self.write_vectors(dimension=5)
        text = self.succeed("train", *self.write_data(), "--vectors", vectors, "--hidden", "4",
                            "--epochs", "1")
        self.assertIn("embedding 5", text)

    def test_duplicates_are_said(self):
        vectors = self.write("twice.txt", "good 1 2 3\nbad 1 2 3\ngood 4 5 6\n")
        text = self.succeed("train", *self.write_data(), "--vectors", vectors, "--epochs", "1")
        self.assertRegex(text, "(?i)twice|duplicate|more than once|repeated")


class Models(cli.Case):
    def refuse(self, content, pattern="bad.safetensors"):
        path = self.write("bad.safetensors", content)
        self.fail_with(1, pattern, "predict", "--model", path, text="a film\n")
        self.fail_with(1, pattern, "evaluate", "--model", path, "--data", self.path("dev.tsv"))

    def test_no_model(self):
        self.write_data()
        self.fail_with(1, "nowhere", "predict", "--model", self.path("nowhere"))
        self.fail_with(1, "folder|not a regular file", "predict", "--model", self.folder)
        self.refuse("")
        self.refuse(cli.HEADER + ROW)

    def test_truncated(self):
        content = self.read(self.train_model())
        for length in [1, 7, 8, 9, 200, len(content) // 2, len(content) - 1]:
            with self.subTest(length=length):
                self.refuse(content[:length])

    def test_hostile_headers(self):
        content = self.read(self.train_model())
        length, = struct.unpack("<Q", content[:8])
        header = json.loads(content[8:8 + length])
        data = content[8 + length:]

        def refuse(change):
            changed = json.loads(json.dumps(header))
            change(changed)
            text = json.dumps(changed).encode()
            self.refuse(struct.pack("<Q", len(text)) + text + data)

        def put(name, key, value):
            return lambda changed: changed[name].__setitem__(key, value)

        refuse(lambda changed: changed.pop("fc.weight"))
        refuse(lambda changed: changed.pop("__metadata__"))
        refuse(put("fc.weight", "dtype", "I64"))
        refuse(put("fc.weight", "shape", [1 << 62, 1 << 62]))
        refuse(put("fc.weight", "shape", [-1, 8]))
        refuse(put("fc.weight", "data_offsets", [0, 1 << 60]))
        refuse(put("fc.weight", "data_offsets", header["fc.weight"]["data_offsets"][::-1]))
        refuse(put("__metadata__", "undertone.config", "[" * 100))
        refuse(put("__metadata__", "undertone.vocabulary", "[]"))
        self.refuse(struct.pack("<Q", (1 << 64) - 1) + b"{}")
        nested = b"[" * 400000
        self.refuse(struct.pack("<Q", len(nested)) + nested)


class Texts(cli.Case):
    def test_encoding_and_size(self):
        model = self.train_model()
        for command in [["tokenize"], ["predict", "--json", "--model", model]]:
            for bad, pattern in [(b"caf\xe9\n", "not UTF-8"), (b"a\0b\n", "NUL"),
                                 (b"x" * (5 << 20), "longer than 4 MB")]:
                result = self.fail_with(1, "standard input:2: .*" + pattern, *command,
                                        text=b"fine\n" + bad)
                # What came before is answered.
                self.assertEqual(result.stdout.count(b"\n"), 1)
            path = self.write("bad.txt", b"fine\nfine\n\xff\n")
            self.fail_with(1, "bad.txt:3: .*not UTF-8", *command, path)

    def test_long_text(self):
        model = self.train_model()
        text = "good bad film " * 15000
        lines = self.load_lines(self.succeed("predict", "--json", "--model", model, text=text))
        self.assertEqual(sum(len(line["tokens"]) for line in lines), 45000)


class Numbers(cli.Case):
    def test_loss_that_is_not_a_number(self):
        # The small vectors let the weights grow by the learning rate; the huge ones times these
        # weights are then infinite, with both signs. Kernels that round once after multiplying
        # and adding never see such a product, so the plain ones do this.
        vectors = self.write("huge.txt", "".join(
            "%s 0.5 0.5\n%s 3e38 -3e38\n" % pair for pair in zip(cli.GOOD, cli.BAD)))
        log = self.path("log")
        self.fail_with(1, r"Loss was not a number at step \d+\.", "train", *self.write_data(),
                       "--cell", "rnn", "--vectors", vectors, "--learning-rate", "10",
                       "--log", log, "--json", "--output", self.path("m"),
                       environment={"UT_NN_KERNELS": "ref"})
        events = self.load_lines(self.read(log).decode())
        self.assertEqual(events[-1]["event"], "error")
        self.assertEqual(set(events[-1]), {"event", "message"})
        self.assertFalse(os.path.exists(self.path("m.tmp")))


cli.main()
