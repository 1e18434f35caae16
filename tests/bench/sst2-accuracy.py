#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Trains on SST-2 as documented and compares the development accuracy with PyTorch's.

usage: sst2-accuracy.py UNDERTONE-CLI [DATA]

DATA (or UNDERTONE_DATA) holds sst-2/train.tsv, sst-2/dev.tsv and vectors/glove.6B.50d.13k.txt. For
each cell five epochs are trained with each of three seeds; the mean of the best accuracies may lie
at most 0.010 below that of the same model in PyTorch 1.13 on the same files.
"""

import json
import os
import subprocess
import sys

PYTORCH = {"rnn": 0.785, "lstm": 0.835, "gru": 0.834}
TOLERANCE = 0.010
SEEDS = [1, 2, 3]
EPOCHS = 5


def train(program, data, cell, seed):
    """Returns the best accuracy, its epoch and the seconds of one run."""
    command = [program, "train", "--json", "--cell", cell, "--epochs", str(EPOCHS),
               "--seed", str(seed),
               "--train", os.path.join(data, "sst-2", "train.tsv"),
               "--dev", os.path.join(data, "sst-2", "dev.tsv"),
               "--vectors", os.path.join(data, "vectors", "glove.6B.50d.13k.txt")]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if result.returncode != 0:
        sys.exit(result.stderr.decode())
    done = json.loads(result.stdout.splitlines()[-1])
    return done["best_val_accuracy"], done["best_epoch"], done["seconds"]


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    data = sys.argv[2] if len(sys.argv) > 2 else os.environ.get("UNDERTONE_DATA")
    if not data:
        print("skipped: UNDERTONE_DATA is not set")
        sys.exit(77)
    failed = False
    titles = "  ".join("seed %d         " % seed for seed in SEEDS)
    print("cell  %s  mean    PyTorch  least" % titles)
    for cell, reference in PYTORCH.items():
        runs = [train(sys.argv[1], data, cell, seed) for seed in SEEDS]
        mean = sum(run[0] for run in runs) / len(runs)
        least = reference - TOLERANCE
        failed = failed or mean < least
        results = "  ".join("%.4f (%d, %3.0f s)" % run for run in runs)
        print("%-4s  %s  %.4f  %.3f    %.3f  %s"
              % (cell, results, mean, reference, least, "good" if mean >= least else "TOO LOW"),
              flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
