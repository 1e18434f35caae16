#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""What the faults of the notebook's code cost: the accuracy on SST-2's development rows with them
and with each one repaired.

    tests/bench/notebook-faults.py build/src/cli/undertone-cli [DATA] [--epochs 16] [--seed 1]

DATA (or UNDERTONE_DATA) holds sst-2/train.tsv, sst-2/dev.tsv and vectors/glove.6B.50d.13k.txt. Each
cell is trained with every choice of the three faults, from all of them to none; a repaired one is
marked in the table. The two figures of a cell are the accuracy after the last epoch and the best
one. tests/golden/make-as-coded.py says what exactly each fault is.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys

CELLS = ("rnn", "lstm", "gru")
# As the code runs, as the documentation says.
SWITCHES = {"--state-along": ("batch", "sentence"), "--loss": ("positions", "sentence"),
            "--padding": ("read", "skip")}
# The notebook's own output.
PRINTED = {"rnn": (0.1984, 0.3991), "lstm": (0.3578, 0.3911), "gru": (0.3876, 0.4255)}


def train(arguments, cell, options):
    """The accuracy after the last epoch, and the best one."""
    data = arguments.data
    command = [arguments.program, "train", "--json", "--cell", cell, "--seed", str(arguments.seed),
               "--epochs", str(arguments.epochs),
               "--train", os.path.join(data, "sst-2", "train.tsv"),
               "--dev", os.path.join(data, "sst-2", "dev.tsv"),
               "--vectors", os.path.join(data, "vectors", "glove.6B.50d.13k.txt"), *options]
    process = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             text=True)
    events = [json.loads(line) for line in process.stdout.splitlines()]
    epochs = [event for event in events if event["event"] == "epoch"]
    return epochs[-1]["val_accuracy"], events[-1]["best_val_accuracy"]


def print_row(marks, figures):
    cells = [*marks, *(f"{number:.4f}" for pair in figures for number in pair)]
    print("| " + " | ".join(cells) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program", metavar="UNDERTONE-CLI")
    parser.add_argument("data", metavar="DATA", nargs="?", default=os.environ.get("UNDERTONE_DATA"))
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("give DATA, or set UNDERTONE_DATA")

    heads = [f"{cell.upper()}, {what}" for cell in CELLS
             for what in (f"epoch {arguments.epochs}", "best")]
    print("| state | loss | padding | " + " | ".join(heads) + " |")
    print("|---" * (len(SWITCHES) + len(heads)) + "|")
    print_row(["the notebook's output", "", ""], [PRINTED[cell] for cell in CELLS])
    # Fewest repairs first.
    for repairs in sorted(itertools.product((1, 0), repeat=len(SWITCHES)), key=sum):
        options = [word for (name, values), repaired in zip(SWITCHES.items(), repairs)
                   for word in (name, values[repaired])]
        print(" ".join(options), file=sys.stderr)
        print_row(["repaired" if repaired else "" for repaired in repairs],
                  [train(arguments, cell, options) for cell in CELLS])


if __name__ == "__main__":
    main()
