# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Texts that are none, or too much of one: every command that asks a model answers or says why not, and
all read the same words."""

import csv
import io
import json

import cli

MEGABYTE = 1 << 20

# Texts without a word, by lines, and some that have only words that no model knows.
WORDLESS = ["", "   \t  ", "\u200b\u200d\u2060\ufeff", "\xa0\u3000\u2003", "\u202e\u202c"]
UNKNOWN = {
    "\U0001f600\U0001f600\U0001f468\u200d\U0001f469 \u2764\ufe0f": ["\U0001f600", "\U0001f600",
                                                                    "\U0001f468", "\U0001f469", "\u2764"],
    "שלום עולם. מה?": ["שלום", "עולם", ".", "מה", "?"],
    "\u202bمرحبا بالعالم!\u202c": ["مرحبا", "بالعالم", "!"],
    "e\u0301\u0301\u0301te\u0301 Z" + "\u0301" * 50 + "a": ["e\u0301\u0301\u0301te\u0301",
                                                     "z" + "\u0301" * 50 + "a"],
    "好电影。": ["好电影", "。"],
}
COMMANDS = [["predict"], ["explain", "--method", "change"], ["explain", "--method", "leave-out"],
            ["explain", "--method", "gradient"], ["explain", "--method", "integrated"]]
BAD_BYTES = {"not UTF-8": [b"caf\xe9 noir", b"\xff\xfe\xfd", b"\xed\xa0\x80", b"\xc0\xaf",
                           b"\xf4\x90\x80\x80", b"cut \xe2\x80"],
             "NUL byte": [b"a\0b", b"\0"]}

csv.field_size_limit(2 * MEGABYTE)


class Hostile(cli.Case):
    def setUp(self):
        super().setUp()
        self.model = self.train_model()

    def ask(self, command, text, *options):
        return self.load_lines(self.succeed(*command, "--model", self.model, "--json", *options,
                                            text=text))

    def classify(self, text, name="texts.txt", *options):
        output = self.succeed("classify", "--model", self.model, "--output", "-", *options,
                              self.write(name, text))
        return list(csv.DictReader(io.StringIO(output, newline="")))

    def words_of(self, lines):
        return [token["token"] for line in lines for token in line["tokens"]]

    def test_wordless(self):
        for text in WORDLESS:
            with self.subTest(text=text):
                self.assertEqual(self.succeed("tokenize", text=text + "\n"), "\n")
                for command in COMMANDS:
                    line, = self.ask(command, text + "\n")
                    self.assertEqual((line["tokens"], line["probability"]), ([], None))
                self.fail_with(1, "texts.txt", "classify", "--model", self.model,
                               self.write("texts.txt", text + "\n"))

    def test_nothing(self):
        self.assertEqual(self.succeed("tokenize"), "")
        for command in COMMANDS:
            self.assertEqual(self.ask(command, ""), [])
            self.assertEqual(self.succeed(*command, "--model", self.model, "/dev/null"), "")
        self.fail_with(1, "has no rows|is empty", "classify", "--model", self.model,
                       self.write("texts.txt", ""))

    def test_unknown(self):
        for text, words in UNKNOWN.items():
            with self.subTest(text=text):
                self.assertEqual(self.succeed("tokenize", text=text).split(), words)
                for command in COMMANDS:
                    lines = self.ask(command, text)
                    self.assertEqual(self.words_of(lines), words)
                    for line in lines:
                        self.assertTrue(0 < line["probability"] < 1)
                    self.assertEqual(b"", self.run_program(*command, "--model", self.model,
                                                           text=text).stderr)
                row, = self.classify(text)
                self.assertEqual((row["text"], row["n_words"], row["n_unknown"]),
                                 (text, str(len(words)), str(len(words))))

    def test_long_text(self):
        """A megabyte in one line: sentences, and words without an end."""
        for unit in ["The film was good. ", "good bad ", "don't "]:
            n = MEGABYTE // 16 // len(unit) if cli.SANITIZED else MEGABYTE // len(unit)
            text = unit * n
            words = self.succeed("tokenize", text=unit).split()
            with self.subTest(unit=unit):
                self.assertEqual(self.succeed("tokenize", text=text).split(), words * n)
                lines = self.ask(["predict"], text)
                self.assertEqual(self.words_of(lines), words * n)
                self.assertLessEqual(max(len(line["tokens"]) for line in lines), 4096)
                self.assertEqual(lines[-1]["tokens"][-1]["end"], len(text.rstrip().encode()))
                row, = self.classify(text)
                self.assertEqual(row["n_words"], str(len(words) * n))

    def test_long_word(self):
        word = "a" * 100000
        for text in [word, "good " + word, "\u0301" * 50000, "(" + "é" * 50000 + ")"]:
            with self.subTest(text=text[:6]):
                words = self.succeed("tokenize", text=text).split()
                self.assertEqual(max(len(item.encode()) for item in words), 100000)
                for command in COMMANDS:
                    line, = self.ask(command, text)
                    self.assertEqual(self.words_of([line]), words)
                self.fail_with(1, r"texts.txt:1: A word has 100,?000 bytes", "classify", "--model",
                               self.model, self.write("texts.txt", text))

    def test_too_long_line(self):
        text = "good " * MEGABYTE
        self.fail_with(1, r"longer than 4 MB", "tokenize", text=text)
        for command in COMMANDS:
            self.fail_with(1, r"longer than 4 MB", *command, "--model", self.model, text=text)

    def test_bytes(self):
        """The lines before a bad one are answered; it is named."""
        for pattern, texts in BAD_BYTES.items():
            for text in texts:
                path = self.write("texts.txt", b"good film\nbad film\n" + text + b"\ngood\n")
                with self.subTest(text=text):
                    for command in [["tokenize"]] + [command + ["--json", "--model", self.model]
                                                     for command in COMMANDS]:
                        result = self.fail_with(1, r"texts.txt:3: .*%s" % pattern, *command, path)
                        self.assertEqual(len(result.stdout.splitlines()), 2)

    def test_classify_bytes(self):
        for text in BAD_BYTES["not UTF-8"]:
            path = self.write("texts.txt", b"good film\n" + text + b"\nbad film\n")
            with self.subTest(text=text):
                result = self.fail_with(1, r"texts.txt:2: ", "classify", "--model", self.model,
                                        "--encoding", "utf-8", "--from", "lines", path)
                self.assertIn(b"Texts       2\n", result.stdout)
                self.succeed("classify", "--model", self.model, "--encoding", "utf-8", "--from", "lines",
                             "--skip-bad", path)

    def test_ragged(self):
        path = self.write("r.csv", "text,label\ngood film,1\nbad,0,9\nlone\n\ngood,1\n")
        found = json.loads(self.fail_with(1, "r.csv:3: .*3 columns(.|\n)*r.csv:4: .*1 column", "classify",
                                          "--model", self.model, "--json", path).stdout)
        self.assertEqual((found["rows"], found["bad_rows"]), (2, 2))

    def test_open_quote(self):
        """It costs one row; where no quote is ever closed, they are characters like others."""
        path = self.write("r.csv", 'text,label\n"good film",1\n"bad",0\n"never closed,0\nbad,1\ngood,0\n')
        result = self.fail_with(1, "r.csv:4: A quote is opened here and not closed", "classify", "--model",
                                self.model, "--json", path)
        self.assertEqual(json.loads(result.stdout)["rows"], 4)
        rows = self.classify('text,label\ngood film,1\n"never closed,0\n', "s.csv", "--no-quoting")
        self.assertEqual([row["text"] for row in rows], ["good film", '"never closed'])

    def test_labels(self):
        """Labels that nobody knows are counted and said to be left out."""
        path = self.write("r.csv", "text,label\ngood film,1\nbad,0\ngood,maybe\nbad,\n")
        found = json.loads(self.succeed("classify", "--model", self.model, "--json", "--label-column",
                                        "label", path))
        self.assertEqual(found["rows"], 4)
        self.assertEqual({label["value"]: label["meaning"] for label in found["labels"]},
                         {"1": "positive", "0": "negative", "maybe": "out"})
        self.assertEqual(found["evaluation"]["examples"], 2)

    def test_one_path(self):
        """All commands cut and read a text alike."""
        text = "He said \"it's fine.\" I don't, though… See http://x.org/a?b=1! 3.5/5."
        lines = self.ask(["predict"], text)
        for command in COMMANDS[1:]:
            for line, other in zip(self.ask(command, text), lines, strict=True):
                self.assertEqual(line["text"], other["text"])
                self.assertEqual(line["probability"], other["probability"])
        self.assertEqual(self.succeed("tokenize", text=text).split(), self.words_of(lines))
        row, = self.classify(text)
        mean = sum(line["probability"] for line in lines) / len(lines)
        self.assertAlmostEqual(float(row["probability"]), mean, 12)
        self.assertEqual(row["n_words"], str(len(self.words_of(lines))))


cli.main()
