#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""How many wrong labels the data map finds among the rows with the least confidence.

    tests/bench/data-map.py build/src/cli/undertone-cli [DATA] [--cells lstm,gru,rnn,bag]
                            [--epochs 1,2,3,5,8,16] [--seeds 1] [--flipped 0.02]

DATA (or UNDERTONE_DATA) holds sst-2/train.tsv, sst-2/dev.tsv and vectors/glove.6B.50d.13k.txt. Of the
training rows a seeded 2 % get the other label; a default run trains on all of them, and
`train --map` tells how it took each. A figure is the share of the flipped rows that are among the 2 %
of rows that come first by a number of the map: chance gives 2 %, and 100 % would be perfect. Rows that
SST-2 itself labels wrongly are in nobody's count and take places from the flipped ones.
"""

import argparse
import json
import os
import random
import subprocess
import tempfile

# How rows are put in order, the most suspicious first.
ORDERS = {
    "confidence": lambda row: row[0],
    "correctness": lambda row: (row[2], row[0]),
    "variability": lambda row: -row[1],
}


def flip(source, target, share, seed):
    """Writes SOURCE with a share of its labels flipped; returns the flipped rows."""
    with open(source, encoding="utf-8") as file:
        header, *rows = file.read().splitlines()
    flipped = set(random.Random(seed).sample(range(len(rows)), round(share * len(rows))))
    with open(target, "w", encoding="utf-8") as file:
        file.write(header + "\n")
        for i, row in enumerate(rows):
            sentence, label = row.rsplit("\t", 1)
            file.write(f"{sentence}\t{1 - int(label) if i in flipped else label}\n")
    return flipped


def train(arguments, train_path, map_path, cell, epochs, seed):
    """Trains once; returns confidence, variability and correctness of each row, and the end."""
    data = arguments.data
    command = [arguments.program, "train", "--json", "--cell", cell, "--epochs", str(epochs),
               "--seed", str(seed), "--train", train_path, "--map", map_path,
               "--dev", os.path.join(data, "sst-2", "dev.tsv"),
               "--vectors", os.path.join(data, "vectors", "glove.6B.50d.13k.txt")]
    process = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             text=True)
    with open(map_path, encoding="utf-8") as file:
        next(file)
        rows = [tuple(map(float, line.rstrip("\n").split("\t")[2:])) for line in file]
    return rows, json.loads(process.stdout.splitlines()[-1])


def find_share(rows, flipped, order):
    """The share of the flipped rows among as many rows that come first."""
    first = sorted(range(len(rows)), key=lambda i: order(rows[i]))[:len(flipped)]
    return len(flipped.intersection(first)) / len(flipped)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program", metavar="UNDERTONE-CLI")
    parser.add_argument("data", metavar="DATA", nargs="?", default=os.environ.get("UNDERTONE_DATA"))
    parser.add_argument("--cells", default="lstm,gru,rnn,bag")
    parser.add_argument("--epochs", default="1,2,3,5,8,16")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--flipped", type=float, default=0.02)
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("give DATA, or set UNDERTONE_DATA")

    print(f"{'cell':6} {'seed':>4} {'epochs':>6} {'best':>4}"
          + "".join(f" {name:>11}" for name in ORDERS))
    with tempfile.TemporaryDirectory() as folder:
        train_path, map_path = os.path.join(folder, "train.tsv"), os.path.join(folder, "map.tsv")
        for seed in range(1, arguments.seeds + 1):
            flipped = flip(os.path.join(arguments.data, "sst-2", "train.tsv"), train_path,
                           arguments.flipped, seed)
            for cell in arguments.cells.split(","):
                for epochs in map(int, arguments.epochs.split(",")):
                    rows, done = train(arguments, train_path, map_path, cell, epochs, seed)
                    shares = [find_share(rows, flipped, order) for order in ORDERS.values()]
                    print(f"{cell:6} {seed:4} {epochs:6} {done['best_epoch']:4}"
                          + "".join(f" {share:11.1%}" for share in shares), flush=True)


if __name__ == "__main__":
    main()
