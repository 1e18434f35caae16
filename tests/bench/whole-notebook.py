#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Trains what the notebook trains, as whole processes, and compares the time with the notebook's.

    tests/bench/whole-notebook.py build/src/cli/undertone-cli [DATA] [THREADS]

DATA (or UNDERTONE_DATA) holds sst-2/train.tsv, sst-2/dev.tsv and vectors/glove.6B.50d.13k.txt. The
three cells train for 16 epochs each with validation, on all cores or on THREADS. A process's time
counts from its start to its end, with reading and the best epoch's model and training state
written; its peak memory is what the system says. Nothing else should run.
"""

import json
import os
import sys
import tempfile
import time

# The notebook's printed times, in seconds, of the training alone.
NOTEBOOK = {"rnn": 291, "lstm": 592, "gru": 623}
EPOCHS = 16


def train(program, data, cell, threads, folder):
    """Seconds, peak memory in MB (10^6 bytes) and the last event of one training."""
    log = os.path.join(folder, cell + ".jsonl")
    command = [program, "train", "--cell", cell, "--epochs", str(EPOCHS), "--threads", threads,
               "--train", os.path.join(data, "sst-2", "train.tsv"),
               "--dev", os.path.join(data, "sst-2", "dev.tsv"),
               "--vectors", os.path.join(data, "vectors", "glove.6B.50d.13k.txt"),
               "--output", os.path.join(folder, cell + ".safetensors"), "--log", log]
    start = time.monotonic()
    child = os.posix_spawn(program, command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(child, 0)
    seconds = time.monotonic() - start
    if status != 0:
        sys.exit("%s: the training failed" % cell)
    with open(log, encoding="utf-8") as events:
        for line in events:
            last = line
    return seconds, usage.ru_maxrss * 1024 / 1e6, json.loads(last)


def main():
    data = sys.argv[2] if len(sys.argv) > 2 else os.environ.get("UNDERTONE_DATA")
    if not 2 <= len(sys.argv) <= 4 or not data:
        sys.exit(__doc__)
    threads = sys.argv[3] if len(sys.argv) > 3 else "0"
    print("cell  seconds  notebook  ratio  peak memory  best accuracy")
    total = 0
    with tempfile.TemporaryDirectory() as folder:
        for cell, reference in NOTEBOOK.items():
            seconds, peak, done = train(sys.argv[1], data, cell, threads, folder)
            total += seconds
            print("%-4s  %7.1f  %8d  %5.1f  %8.0f MB  %13.4f"
                  % (cell, seconds, reference, reference / seconds, peak,
                     done["best_val_accuracy"]), flush=True)
    reference = sum(NOTEBOOK.values())
    print("all   %7.1f  %8d  %5.1f" % (total, reference, reference / total))


if __name__ == "__main__":
    main()
