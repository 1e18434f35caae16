#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""usage: probes.py PROGRAM [DATA [ROUNDS]]

Trains with ten followed sentences and without any, in turn, on the bundled sample and, where DATA holds
sst-2/train.tsv, for two epochs on SST-2 with the default LSTM; ROUNDS times each, 5 unless said. Prints
medians of processor time and of the clock, and the median of the rounds' ratios. Fails where the models
differ.
"""

import os
import statistics
import sys
import tempfile
import time

SENTENCES = ["Not bad at all.", "I wanted to like it, but it is dull.", "not good", "good", "bad",
             "The film runs for two hours.", "A masterpiece of the first order.",
             "It is neither funny nor sad, and it never decides what it wants to be.",
             "one of the best films of the year", "Go and see it!"]


def train(program, options, model):
    """Processor seconds and seconds of a whole process."""
    start = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execv(program, [program, "train", "--output", model, *options])
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit("the training failed")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start


def read(path):
    with open(path, "rb") as file:
        return file.read()


def compare(program, title, options, rounds, folder):
    followed = [word for sentence in SENTENCES for word in ["--probe", sentence]]
    plain, probed = [], []
    models = [os.path.join(folder, name) for name in ["plain", "probed"]]
    for _ in range(rounds):
        plain.append(train(program, options, models[0]))
        probed.append(train(program, [*options, *followed], models[1]))
        if read(models[0]) != read(models[1]):
            sys.exit("the models differ")
    for i, what in enumerate(["processor", "clock"]):
        ratios = [b[i] / a[i] for a, b in zip(plain, probed)]
        print("%s, %s: %.2f s without, %.2f s with %d sentences; ratio %.4f (%.4f to %.4f)"
              % (title, what, statistics.median(run[i] for run in plain),
                 statistics.median(run[i] for run in probed), len(SENTENCES),
                 statistics.median(ratios), min(ratios), max(ratios)), flush=True)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    data = os.path.join(sys.argv[2], "sst-2") if len(sys.argv) > 2 else None
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    with tempfile.TemporaryDirectory(prefix="undertone-probes-") as folder:
        compare(sys.argv[1], "sample", [], rounds, folder)
        if data is not None and os.path.exists(os.path.join(data, "train.tsv")):
            compare(sys.argv[1], "SST-2", ["--train", os.path.join(data, "train.tsv"), "--dev",
                                           os.path.join(data, "dev.tsv"), "--epochs", "2"],
                    rounds, folder)


if __name__ == "__main__":
    main()
