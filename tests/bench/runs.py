#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""How the commands on kept runs fare with 1,000 runs of 34,000 steps each.

    tests/bench/runs.py PROGRAM [RUNS]

Trains one run of 34,000 steps on the sample, exports it, and has the store take over RUNS copies of
its folder, as it does with those of earlier versions. Prints the size of the store, and of each
command the median time of five calls, also the peak memory. All of it lies in a temporary folder.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

# 6,000 rows in batches of 3, 17 times.
STEPS = ["--batch-size", "3", "--epochs", "17", "--hidden", "8", "--embedding-dim", "8"]
CALLS = 5


def run(program, home, *arguments):
    """Returns standard output, seconds and the peak memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen([program, *arguments], stdout=subprocess.PIPE,
                               env={**os.environ, "XDG_DATA_HOME": home})
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("%s ended with %d" % (" ".join(arguments), process.returncode))
    return output.decode(), time.monotonic() - start, usage.ru_maxrss / 1024


def measure(program, home, name, *arguments):
    calls = [run(program, home, *arguments)[1:] for _ in range(CALLS)]
    print("%-34s %8.3f s %8.0f MB" % (name, statistics.median(call[0] for call in calls),
                                      max(call[1] for call in calls)), flush=True)


def fill(folder, home, n_runs):
    """Puts N_RUNS copies of the run's folder where the store looks for those of earlier versions."""
    for i in range(n_runs):
        target = os.path.join(home, "undertone", "runs", "20260101-%06d-%06x" % (i, i))
        os.makedirs(target)
        for name in ["config.json", "log.jsonl"]:
            os.link(os.path.join(folder, name), os.path.join(target, name))


def main():
    program = os.path.abspath(sys.argv[1])
    n_runs = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    place = tempfile.mkdtemp(prefix="undertone-runs-")
    try:
        first, home, copy = [os.path.join(place, name) for name in ["first", "home", "copy"]]
        run(program, first, "train", "--keep", "--name", "One", *STEPS)
        run(program, first, "runs", "export", "One", copy)
        fill(copy, home, n_runs)
        _, seconds, _ = run(program, home, "runs", "list")
        print("taking over %d runs: %.1f s" % (n_runs, seconds))
        size = os.path.getsize(os.path.join(home, "undertone", "runs.db"))
        log = os.path.getsize(os.path.join(copy, "log.jsonl"))
        print("runs.db: %.1f MB, %.0f kB a run, %.1f bytes a step; as a log %.0f kB a run"
              % (size / 1e6, size / 1e3 / n_runs, size / n_runs / 34000, log / 1e3))
        some = "20260101-%06d" % (n_runs // 2)
        for name, arguments in [("runs list", ["runs", "list"]),
                                ("runs list --json", ["runs", "list", "--json"]),
                                ("runs list, none", ["runs", "list", "--tag", "none"]),
                                ("runs show RUN", ["runs", "show", some]),
                                ("runs show RUN --points -", ["runs", "show", some, "--points", "-"]),
                                ("runs tag RUN +word", ["runs", "tag", some, "+word"]),
                                ("runs rename RUN NAME", ["runs", "rename", some, "Another"])]:
            measure(program, home, name, *arguments)
    finally:
        shutil.rmtree(place)


main()
