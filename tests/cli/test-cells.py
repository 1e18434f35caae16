# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""cells: gates and states of each word, and the phrases that move a unit."""

import math

import cli

SIGNALS = {"rnn": ["state"],
           "lstm": ["state", "cell", "input", "forget", "output", "candidate"],
           "gru": ["state", "reset", "update", "candidate"]}
GATES = {"input", "forget", "output", "reset", "update"}
TEXT = "The film was good. The plot was dull.\n\nA fine zebra!\n"


class Cells(cli.Case):
    def ask(self, model, *options, text=TEXT):
        return self.load_lines(self.succeed("cells", "--model", model, "--json", *options,
                                            text=text))

    def test_json(self):
        for cell, signals in SIGNALS.items():
            model = self.train_model("--cell", cell, "--hidden", "6")
            lines = self.ask(model)
            self.assertEqual(len(lines), 4)
            self.assertEqual(lines[2]["tokens"], [])
            for line in lines[:2] + lines[3:]:
                self.assertEqual((line["layer"], line["direction"], line["units"]),
                                 (1, "forward", 6))
                for token in line["tokens"]:
                    self.assertEqual(list(token), ["token", "start", "end", "known", *signals])
                    for signal in signals:
                        self.assertEqual(len(token[signal]), 6)
                        low = 0 if signal in GATES else -math.inf if signal == "cell" else -1
                        for number in token[signal]:
                            self.assertTrue(low <= number <= max(1, -low), (signal, number))

    def test_equations(self):
        model = self.train_model("--cell", "lstm", "--hidden", "6")
        for line in self.ask(model):
            before = [0] * 6
            for token in line["tokens"]:
                for i, cell in enumerate(token["cell"]):
                    self.assertAlmostEqual(cell, token["forget"][i] * before[i]
                                           + token["input"][i] * token["candidate"][i], 5)
                    self.assertAlmostEqual(token["state"][i],
                                           token["output"][i] * math.tanh(cell), 5)
                before = token["cell"]

    def test_layers(self):
        model = self.train_model("--cell", "gru", "--hidden", "4", "--layers", "2",
                                 "--bidirectional")
        last, = self.ask(model, text="the film\n")
        self.assertEqual((last["layer"], last["direction"]), (2, "forward"))
        first, = self.ask(model, "--layer", "1", "--backward", text="the film\n")
        self.assertEqual((first["layer"], first["direction"]), (1, "backward"))
        self.assertNotEqual(first["tokens"][0]["state"], last["tokens"][0]["state"])

    def test_text(self):
        model = self.train_model("--cell", "gru")
        lines = self.succeed("cells", "--model", model, text="good film\n").splitlines()
        self.assertEqual(len(lines), 3)
        self.assertRegex(lines[1], r"\A  state 0\.\d\d  reset gate 0\.\d\d  "
                                   r"update gate 0\.\d\d  candidate 0\.\d\d  good\Z")

    def test_phrases(self):
        model = self.train_model("--cell", "lstm", "--hidden", "6")
        train = self.path("train.tsv")
        phrases = self.load_lines(self.succeed("cells", "--model", model, "--unit", "3", "--train",
                                               train, "--json"))
        rows = self.read(train).decode().splitlines()[1:]
        half = len(phrases) // 2
        self.assertEqual(half, 20)
        states = [phrase["state"] for phrase in phrases]
        self.assertEqual(states[:half], sorted(states[:half], reverse=True))
        self.assertEqual(states[half:], sorted(states[half:]))
        for phrase in phrases:
            self.assertEqual(list(phrase), ["text", "row", "word", "token", "state"])
            self.assertEqual(rows[phrase["row"] - 1].split("\t")[0], phrase["text"])
            self.assertEqual(phrase["text"].split()[phrase["word"] - 1], phrase["token"])
            # That is the state there.
            line, = self.ask(model, "--tokenized", text=phrase["text"] + "\n")
            self.assertAlmostEqual(line["tokens"][phrase["word"] - 1]["state"][2], phrase["state"],
                                   6)
        text = self.succeed("cells", "--model", model, "--unit", "3", "--train", train)
        self.assertEqual(len(text.splitlines()), 40)
        self.assertRegex(text.splitlines()[0], r"\A\+\d\.\d{3}  .*\[%s\]" % phrases[0]["token"])

    def test_refused(self):
        model = self.train_model("--cell", "rnn", "--hidden", "6")
        train = self.path("train.tsv")
        for options, pattern in [
                (["--unit", "3"], "--unit needs --train FILE"),
                (["--train", train], "--train needs --unit N"),
                (["--unit", "-1", "--train", train], "--unit -1: units count from 1"),
                (["--unit", "7", "--train", train], "--unit 7: the layer has 6"),
                (["--layer", "2"], "--layer 2: the model has 1"),
                (["--backward"], "--backward: the model reads from the beginning alone")]:
            self.fail_with(2, pattern, "cells", "--model", model, *options)
        other = self.write("other.tsv", "sentence\tlabel\ngood\t1\n")
        self.fail_with(1, "have changed since", "cells", "--model", model, "--unit", "1", "--train",
                       other)
        coded = self.train_model("--cell", "rnn", "--state-along", "batch")
        self.fail_with(1, "notebook", "cells", "--model", coded, text="good\n")


cli.main()
