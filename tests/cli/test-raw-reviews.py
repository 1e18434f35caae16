# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Reviews as people write them, misspelt and with rare words: parts of words must help. SST-2, which
they are too far from to be read without, is found by UNDERTONE_DATA; without it the test says so."""

import json
import os
import statistics
import unittest

import cli

DATA = os.environ.get("UNDERTONE_DATA")
REVIEWS = os.path.join(os.path.dirname(__file__), "..", "lab", "raw-reviews.tsv")
SEEDS = ["1", "2"]


@unittest.skipUnless(DATA, "UNDERTONE_DATA does not name the folder with SST-2")
@unittest.skipIf(cli.SANITIZED, "too long for a sanitizer")
class RawReviews(cli.Case):
    def count_right(self, *options):
        """Of all reviews, by models of several seeds; a review's answer is the mean of its
        sentences'."""
        with open(REVIEWS, encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file][1:]
        # A line without words ends a review.
        text = self.write("reviews.txt", "\n\n".join(text for text, _ in rows) + "\n\n")
        labels = [label == "1" for _, label in rows]
        n_right = 0
        for seed in SEEDS:
            model = self.path("model")
            self.succeed("train", "--train", os.path.join(DATA, "sst-2", "train.tsv"),
                         "--dev", os.path.join(DATA, "sst-2", "dev.tsv"),
                         "--vectors", os.path.join(DATA, "vectors", "glove.6B.50d.13k.txt"),
                         "--epochs", "3", "--seed", seed, "--output", model, *options)
            reviews = [[]]
            for line in self.succeed("predict", "--model", model, "--json", text).splitlines():
                probability = json.loads(line)["probability"]
                if probability is None:
                    reviews.append([])
                else:
                    reviews[-1].append(probability)
            answers = [statistics.mean(review) > 0.5 for review in reviews if review]
            self.assertEqual(len(answers), len(labels))
            n_right += sum(answer == label for answer, label in zip(answers, labels))
        return n_right

    def test_subwords_help(self):
        without = self.count_right()
        with_parts = self.count_right("--subwords")
        print("# %d right without subwords, %d with" % (without, with_parts))
        self.assertGreater(with_parts, without)


cli.main()
