# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""The bundled sample, as a first start trains it."""

import json
import os

import cli

PLAIN = os.path.join(os.environ["G_TEST_SRCDIR"], "data", "plain-sentences.tsv")


class Sample(cli.Case):
    def test_first_model(self):
        if cli.SANITIZED:
            self.skipTest("takes minutes in a sanitizer build")
        model = self.path("m")
        for cell in ["lstm", "gru"]:
            with self.subTest(cell=cell):
                events = self.load_lines(self.succeed("train", "--json", "--cell", cell,
                                                      "--output", model))
                self.assertEqual(events[-1]["event"], "done")
                self.assertGreaterEqual(events[-1]["best_val_accuracy"], 0.93)
                self.check_plain_sentences(model)

    def check_plain_sentences(self, model):
        """The model must give the expected sign on sentences written by hand."""
        with open(PLAIN, encoding="utf-8") as file:
            rows = [row.rstrip("\n").split("\t") for row in file][1:]
        text = "".join(row[0] + "\n" for row in rows)
        answers = self.load_lines(self.succeed("predict", "--model", model, "--json", text=text))
        wrong = [row for row, answer in zip(rows, answers) if answer["label"] != int(row[1])]
        self.assertEqual(len(answers), len(rows))
        self.assertEqual(wrong, [])

    def test_options_override_the_preset(self):
        events = self.load_lines(self.succeed("train", "--json", "--epochs", "1", "--hidden", "4",
                                              "--embedding-dim", "4", "--batch-size", "256"))
        self.assertEqual([event["epoch"] for event in events if event["event"] == "epoch"], [1])
        self.assertEqual(json.dumps(events[-1]["best_epoch"]), "1")


cli.main()
