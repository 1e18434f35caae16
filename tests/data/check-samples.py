#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""usage: check-samples.py CHECKOUT

The bundled data sets are what their generator writes, have SST-2's form, and cannot be solved by counting
words. The hand-written sentences that trained models are tested with are not among them.
"""

import math
import pathlib
import random
import re
import subprocess
import sys
import tempfile

SETS = {"sample-reviews": (6000, 800), "memory-test": (5000, 800)}
# Logistic regression on bags of words must stay below it on the development rows.
BAG_OF_WORDS_LIMIT = 0.85
TOKEN = re.compile(r"[a-z]+(-[a-z]+)*|n't|'[a-z]+|[.,;:!?]")


def read(path):
    """[(tokens, label), ...] of a file in SST-2's form."""
    data = path.read_bytes()
    assert data.endswith(b"\n") and b"\r" not in data, f"{path}: line ends"
    lines = data.decode("ascii").split("\n")[:-1]
    assert lines[0] == "sentence\tlabel", f"{path}:1: header"
    rows = []
    for number, line in enumerate(lines[1:], 2):
        match = re.fullmatch(r"(\S+(?: \S+)*) \t([01])", line)
        assert match, f"{path}:{number}: not a sentence, a space, a tab and a label"
        tokens = tuple(match[1].split(" "))
        for token in tokens:
            assert TOKEN.fullmatch(token), f"{path}:{number}: {token} is not a token"
        rows.append((tokens, int(match[2])))
    return rows


def accuracy(rows, weights, bias):
    return sum((bias + sum(weights.get(word, 0) for word in words) > 0) == (label == 1)
               for words, label in rows) / len(rows)


def bag_of_words(train, dev, decay, n_epochs=10):
    """The best development accuracy of logistic regression by stochastic gradient descent."""
    train, dev = ([(set(tokens), label) for tokens, label in rows] for rows in (train, dev))
    draw = random.Random(1).random
    weights, bias, best = {}, 0.0, 0.0
    for epoch in range(n_epochs):
        rate = 0.3 / (1 + epoch)
        for words, label in sorted(train, key=lambda _: draw()):
            logit = bias + sum(weights.get(word, 0) for word in words)
            step = rate * (label - 1 / (1 + math.exp(-logit)))
            bias += step
            for word in words:
                weights[word] = weights.get(word, 0) * (1 - rate * decay) + step
        best = max(best, accuracy(dev, weights, bias))
    return best


def check_set(name, sizes, folder, seen):
    train, dev = read(folder / "train.tsv"), read(folder / "dev.tsv")
    for rows, size in zip((train, dev), sizes):
        assert len(rows) == size, f"{name}: {len(rows)} rows, expected {size}"
        share = sum(label for _, label in rows) / size
        assert 0.48 <= share <= 0.52, f"{name}: {share} of the labels are 1"
        seen |= {tokens for tokens, _ in rows}
    repeated = {tokens for tokens, _ in train} & {tokens for tokens, _ in dev}
    assert not repeated, f"{name}: in train.tsv and in dev.tsv: {repeated}"
    best = max(bag_of_words(train, dev, decay) for decay in (0, 1e-3, 1e-2))
    print(f"{name}: bag of words {best:.3f}")
    assert best < BAG_OF_WORDS_LIMIT, f"{name}: a bag of words reaches {best}"


def check_plain(path, seen):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "sentence\tlabel" and len(lines) == 21, f"{path}: header or number of rows"
    seen = {"".join(tokens) for tokens in seen}
    for line in lines[1:]:
        sentence, label = line.split("\t")
        assert label in ("0", "1"), f"{path}: {line}"
        assert sentence.lower().replace(" ", "") not in seen, f"{path}: {sentence} is a generated row"


def main(root):
    samples = root / "data" / "samples"
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run([sys.executable, "-B", samples / "generate.py", directory], check=True,
                       env={"PYTHONHASHSEED": "7"})
        for name in SETS:
            for file in ("train.tsv", "dev.tsv"):
                again = pathlib.Path(directory, name, file).read_bytes()
                assert again == (samples / name / file).read_bytes(), f"{name}/{file} is not what " \
                    "data/samples/generate.py writes: run it again"
    seen = set()
    for name, sizes in SETS.items():
        check_set(name, sizes, samples / name, seen)
    check_plain(root / "tests" / "data" / "plain-sentences.tsv", seen)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
