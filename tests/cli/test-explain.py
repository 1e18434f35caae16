# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""explain: what words are worth, by every method, as lines and as JSON."""

import json
import math

import cli

KEYS = ["text", "label", "probability", "method", "logit", "baseline", "gap", "steps", "tokens"]
TOKEN_KEYS = ["token", "start", "end", "known", "worth"]
METHODS = ["change", "leave-out", "gradient", "integrated"]
TEXT = "The film was good. The plot was dull.\n\nA fine zebra!\n"


def get_logit(line):
    return math.log(line["probability"] / (1 - line["probability"]))


class Explain(cli.Case):
    def setUp(self):
        super().setUp()
        self.model = self.train_model()

    def explain(self, text, method, *options, models=None):
        models = models or [self.model]
        lines = self.load_lines(self.succeed("explain", *("--model=" + model for model in models),
                                             "--method", method, "--json", *options, text=text))
        for line in lines:
            self.assertEqual(list(line), KEYS)
            self.assertEqual(line["method"], method)
            for token in line["tokens"]:
                self.assertEqual(list(token), TOKEN_KEYS)
        return lines

    def predict(self, text, *options, models=None):
        models = models or [self.model]
        return self.load_lines(self.succeed("predict", *("--model=" + model for model in models),
                                            "--json", *options, text=text))

    def test_as_predicted(self):
        predicted = self.predict(TEXT)
        for method in METHODS:
            explained = self.explain(TEXT, method)
            self.assertEqual(len(explained), 4)
            for line, expected in zip(explained, predicted):
                for key in ["text", "label", "probability"]:
                    self.assertEqual(line[key], expected[key])
                for token, other in zip(line["tokens"], expected["tokens"], strict=True):
                    for key in TOKEN_KEYS[:-1]:
                        self.assertEqual(token[key], other[key])
                if line["tokens"]:
                    self.assertAlmostEqual(line["logit"], get_logit(line), 5)
            empty = explained[2]
            self.assertEqual((empty["tokens"], empty["steps"]), ([], 0))
            for key in ["logit", "baseline", "gap"]:
                self.assertIsNone(empty[key])

    def test_sums(self):
        for method in ["change", "gradient", "integrated"]:
            for line in self.explain(TEXT, method):
                if line["tokens"]:
                    worth = sum(token["worth"] for token in line["tokens"])
                    self.assertAlmostEqual(worth, line["logit"] - line["baseline"] + line["gap"], 9)
        for line in self.explain(TEXT, "change"):
            self.assertAlmostEqual(line["gap"] or 0, 0, 9)
            self.assertEqual(line["steps"], 0)
        for line in self.explain(TEXT, "integrated"):
            if line["tokens"]:
                self.assertIn(line["steps"], [16, 32, 64, 128, 256, 512])
                limit = 0.01 * max(1, abs(line["logit"] - line["baseline"]))
                self.assertTrue(abs(line["gap"]) <= limit or line["steps"] == 512)

    def test_leave_out(self):
        text = "the film was not good at all"
        words = text.split()
        line, = self.explain(text, "leave-out", "--tokenized")
        self.assertIsNone(line["baseline"])
        self.assertIsNone(line["gap"])
        for i, token in enumerate(line["tokens"]):
            rest, = self.predict(" ".join(words[:i] + words[i + 1:]), "--tokenized")
            self.assertAlmostEqual(token["worth"], line["logit"] - get_logit(rest), 5)

    def test_ensemble(self):
        other = self.path("other")
        with open(other, "wb") as file:
            with open(self.train_model("--cell", "gru", "--seed", "5"), "rb") as source:
                file.write(source.read())
        # The second training took the first one's place.
        self.model = self.train_model()
        both = [self.model, other]
        for method in METHODS[:3]:
            mean = self.explain(TEXT, method, models=both)
            alone = [self.explain(TEXT, method, models=[model]) for model in both]
            for line, first, second in zip(mean, *alone):
                for token, a, b in zip(line["tokens"], first["tokens"], second["tokens"]):
                    self.assertAlmostEqual(token["worth"], (a["worth"] + b["worth"]) / 2, 9)

    def test_lines(self):
        for method in METHODS:
            expected = self.explain(TEXT, method)
            lines = self.succeed("explain", "--model", self.model, "--method", method,
                                 text=TEXT).splitlines()
            for sentence in expected:
                head = lines.pop(0)
                self.assertTrue(head.endswith(sentence["text"]) or head.endswith(")"), head)
                for token in sentence["tokens"]:
                    number, word = lines.pop(0).split()
                    self.assertEqual(word.lower(), token["token"])
                    self.assertAlmostEqual(float(number), token["worth"], delta=0.0006)
            self.assertEqual(lines, [])
        self.assertEqual(self.succeed("explain", "--model", self.model, text=TEXT),
                         self.succeed("explain", "--model", self.model, "--method", "change",
                                      text=TEXT))

    def test_file(self):
        path = self.write("reviews.txt", TEXT)
        self.assertEqual(self.succeed("explain", "--model", self.model, path),
                         self.succeed("explain", "--model", self.model, "-", text=TEXT))
        self.fail_with(1, "nowhere.txt", "explain", "--model", self.model, "nowhere.txt")

    def test_same(self):
        for method in METHODS:
            first = self.explain(TEXT, method)
            self.assertEqual(first, self.explain(TEXT, method))
            # A line's numbers do not depend on those that come with it.
            alone = self.explain("A fine zebra!\n", method)
            self.assertEqual([token["worth"] for token in alone[0]["tokens"]],
                             [token["worth"] for token in first[3]["tokens"]])

    def test_as_coded(self):
        model = self.train_model("--state-along", "batch", "--loss", "positions", "--padding",
                                 "read")
        for method in ["gradient", "integrated"]:
            self.fail_with(1, "notebook’s code does has no gradient", "explain", "--model", model,
                           "--method", method, text="fine\n")
        for method in ["change", "leave-out"]:
            lines = self.explain("A fine film\n", method, models=[model])
            self.assertEqual(len(lines[0]["tokens"]), 3)

    def test_wrong_usage(self):
        self.fail_with(2, "--model MODEL is missing", "explain")
        self.fail_with(2, "--method shap: one of these was expected: change, leave-out, gradient, "
                       "integrated", "explain", "--model", self.model, "--method", "shap")

    def test_subwords(self):
        model = self.train_model("--subwords", "--readout", "attention", "--bidirectional")
        output = self.succeed("explain", "--model", model, "--method", "integrated", "--json",
                              text="The film was goodish\n")
        tokens = json.loads(output)["tokens"]
        self.assertEqual(list(tokens[3]), TOKEN_KEYS[:4] + ["guessed", "worth"])
        self.assertTrue(tokens[3]["guessed"])
        self.assertNotEqual(tokens[3]["worth"], 0)


cli.main()
