#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""What each setting is worth: the accuracy on SST-2's development rows with and without it.

    tests/bench/ablation.py build/src/cli/undertone-cli [DATA] [--seeds 5] [--epochs 5] [--cell lstm]

DATA (or UNDERTONE_DATA) holds sst-2/train.tsv, sst-2/dev.tsv and vectors/glove.6B.50d.13k.txt. Every
line is the default configuration with the options it names, trained once for each seed; the figures
are the best epoch's accuracy, its mean and standard deviation over the seeds, and the difference
from the first line with the standard error of that difference: below two of these it is noise.
"""

import argparse
import json
import math
import os
import statistics
import subprocess

SETTINGS = ["", "--gradient-clipping 0.25", "--gradient-clipping 1", "--label-smoothing 0.1",
            "--label-smoothing 0.2", "--train-unknown", "--freeze-embedding", "--batch-size 128",
            "--hidden 128", "--learning-rate 0.002",
            "--layers 2", "--layers 2 --layer-dropout 0.3", "--bidirectional", "--readout mean",
            "--readout max", "--readout attention", "--bidirectional --readout max",
            "--embedding-dropout 0.2", "--embedding-dropout 0.5", "--readout-dropout 0.5",
            "--weight-decay 0.1", "--weight-decay 0.5", "--schedule linear", "--schedule cosine",
            "--schedule plateau", "--warm-up 0.1", "--averaged-epochs 3",
            "--subwords --word-dropout 0", "--subwords --word-dropout 0.1",
            "--subwords --word-dropout 0.25", "--subwords --word-dropout 0.5",
            "--cell bag", "--cell majority"]


def train(arguments, options, seed):
    """The best epoch's accuracy and the seconds of one training."""
    data = arguments.data
    command = [arguments.program, "train", "--json", "--cell", arguments.cell, "--seed", str(seed),
               "--epochs", str(arguments.epochs),
               "--train", os.path.join(data, "sst-2", "train.tsv"),
               "--dev", os.path.join(data, "sst-2", "dev.tsv"),
               "--vectors", os.path.join(data, "vectors", "glove.6B.50d.13k.txt"), *options.split()]
    process = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             text=True)
    done = json.loads(process.stdout.splitlines()[-1])
    return done["best_val_accuracy"], done["seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program", metavar="UNDERTONE-CLI")
    parser.add_argument("data", metavar="DATA", nargs="?", default=os.environ.get("UNDERTONE_DATA"))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--cell", default="lstm")
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("give DATA, or set UNDERTONE_DATA")
    if arguments.seeds < 2:
        parser.error("a deviation needs two seeds")

    print(f"{'setting':32} {'mean':>7} {'deviation':>9} {'difference':>10} {'error':>7} "
          f"{'seconds':>7}")
    base = None
    for options in SETTINGS:
        runs = [train(arguments, options, seed) for seed in range(1, arguments.seeds + 1)]
        accuracies = [accuracy for accuracy, _ in runs]
        mean, deviation = statistics.mean(accuracies), statistics.stdev(accuracies)
        base = base or (mean, deviation)
        error = math.hypot(deviation, base[1]) / math.sqrt(arguments.seeds)
        print(f"{options or '(default)':32} {mean:7.4f} {deviation:9.4f} {mean - base[0]:+10.4f} "
              f"{error:7.4f} {statistics.mean(seconds for _, seconds in runs):7.1f}", flush=True)


if __name__ == "__main__":
    main()
