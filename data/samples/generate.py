#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""usage: generate.py [DIRECTORY]

Writes the two synthetic data sets, sample-reviews/ and memory-test/, in SST-2's form below
DIRECTORY (default: where this file lies). Nobody wrote these reviews: they are drawn from a
grammar. The same bytes come out on every machine, for only random.Random.random() is used, whose
sequence Python guarantees.
"""

import os
import random
import sys

SEED = 20261123
HERE = os.path.dirname(os.path.abspath(__file__))


class Draw:
    """Seeded choices."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, probability):
        return self.random.random() < probability

    def below(self, n):
        return int(self.random.random() * n)

    def of(self, items):
        return items[self.below(len(items))]

    def shuffled(self, items):
        items = list(items)
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


def read_grammar(path):
    """{name: alternatives}, an alternative being a list of tokens, repeated as its weight says."""
    rules = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            tokens = line.split()
            if line == "\n" or line.startswith("#"):
                continue
            if not line[0].isspace():
                name, is_list = line.split()[0].rstrip(":"), line.rstrip().endswith("=")
                alternatives = rules[name] = []
            elif is_list:
                alternatives += [[token] for token in tokens]
            else:
                weight = int(tokens.pop(0)) if tokens[0].isdigit() else 1
                alternatives += [tokens] * weight
    return rules


def words_of(rules, name):
    """The words of a list."""
    return [word for (word,) in rules[name]]


class Tail:
    """Rare words without an opinion: each is used one to five times and then never again."""

    def __init__(self, draw, words):
        uses = [word for word in words for _ in range(1 + draw.below(5))]
        self.waiting = draw.shuffled(uses)

    def take(self):
        if not self.waiting:
            sys.exit("generate.py: no rare word is left: list more or use fewer")
        return self.waiting.pop()


class Reviews:
    """The sample reviews."""

    def __init__(self, seed):
        self.draw = Draw(seed)
        self.rules = read_grammar(os.path.join(HERE, "sample-reviews.grammar"))
        names = [syllable + ending for syllable in words_of(self.rules, "syllable")
                 for ending in words_of(self.rules, "ending")]
        self.tails = {"NOUN": Tail(self.draw, words_of(self.rules, "NOUN")),
                      "NAME": Tail(self.draw, names)}

    def expand(self, name, polarity):
        """Yields the tokens that a rule gives."""
        if name.startswith("~"):
            name, polarity = name[1:], 1 - polarity
        alternatives = self.rules.get(name) or self.rules[name + "-+"[polarity]]
        for token in self.draw.of(alternatives):
            if token.startswith("<"):
                yield from self.expand(token[1:-1], polarity)
            else:
                yield token

    def text(self, name, polarity):
        tokens = []
        for token in self.expand(name, polarity):
            if token in self.tails:
                token = self.tails[token].take()
            if tokens and tokens[-1] == "A":
                tokens[-1] = "an" if token[0] in "aeiou" else "a"
            tokens.append(token)
        return " ".join(tokens)

    def sentence(self, polarity):
        return self.text("sentence", polarity)

    def neutral(self):
        return self.text("neutral", 1)


class Memory:
    """The memory test: the word behind "overall" decides, and nothing else tells the label."""

    N_WORDS = 40
    MAX_BEFORE = 6
    MAX_AFTER = 30
    OPINION_SHARE = 0.6

    def __init__(self, seed):
        self.draw = Draw(seed)
        rules = read_grammar(os.path.join(HERE, "sample-reviews.grammar"))
        self.opinions = [words_of(rules, "rarer" + sign)[::3][:self.N_WORDS] for sign in "-+"]
        self.fillers = (words_of(rules, "thing") + words_of(rules, "things"))[:self.N_WORDS]

    def filling(self, n):
        """n words. 30 of 100 are opinions that contradict the label; as many agree with it, lest a
        model learns to answer the opposite of what it read last."""
        return [self.draw.of(self.draw.of(self.opinions) if self.draw.chance(self.OPINION_SHARE)
                             else self.fillers) for _ in range(n)]

    def sentence(self, polarity):
        before = self.filling(self.draw.below(self.MAX_BEFORE + 1))
        decides = self.draw.of(self.opinions[polarity])
        after = self.filling(self.draw.below(self.MAX_AFTER + 1))
        return " ".join(before + ["overall", decides] + after)


def fresh(make, seen):
    """A text that was not there before."""
    text = make()
    while text in seen:
        text = make()
    seen.add(text)
    return text


def write(path, source, n_rows, n_neutral, seen):
    """Writes n_rows rows, half of them with label 1.

    The n_neutral texts without an opinion come twice, once with each label, so that a model learns
    to be unsure there; any other text comes once in all files that share the set of those seen.
    """
    rows = []
    for _ in range(n_neutral):
        text = fresh(source.neutral, seen)
        rows += [(text, 0), (text, 1)]
    for i in range(n_rows - len(rows)):
        label = i % 2
        rows.append((fresh(lambda: source.sentence(label), seen), label))
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("sentence\tlabel\n")
        for text, label in source.draw.shuffled(rows):
            file.write(f"{text} \t{label}\n")


def main(directory):
    for name, source, n_train, n_neutral in (("sample-reviews", Reviews(SEED), 6000, 240),
                                             ("memory-test", Memory(SEED + 1), 5000, 0)):
        folder = os.path.join(directory, name)
        os.makedirs(folder, exist_ok=True)
        seen = set()
        write(os.path.join(folder, "train.tsv"), source, n_train, n_neutral, seen)
        write(os.path.join(folder, "dev.tsv"), source, 800, 0, seen)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else HERE)
