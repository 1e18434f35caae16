#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Twelve runs are compared by keys alone: the best found, two of them told apart or not, settings looked at
instead of runs, and a run that all others are compared with."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    from driver import Keyboard, Program
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

SIZES = ["--hidden", "8", "--embedding-dim", "8", "--epochs", "3"]
RUNS = ([("rnn", seed, []) for seed in (1, 2, 3)] + [("lstm", seed, []) for seed in (1, 2, 3)]
        + [("gru", seed, []) for seed in (1, 2, 3, 4)] + [("gru", 1, ["--hidden", "12"])]
        + [("gru", 1, ["--state-along", "batch"])])


def train(home):
    for cell, seed, more in RUNS:
        subprocess.run([os.environ["UNDERTONE_CLI"], "train", "--keep", "--cell", cell, "--seed", str(seed),
                        *SIZES, *more], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       env={**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"),
                            "XDG_CACHE_HOME": str(home / "cache")})


def get_rows(program):
    """The names of the table's rows, from the top; the first one is that of the heads."""
    table = program.find("tree table", "Table of runs")
    return [node.name for node in program.walk(table) if node.role == "table row"][1:]


def wait_for_rows(program, test, what):
    return program.wait(lambda: (lambda rows: rows if test(rows) else None)(get_rows(program)), what)


def compare(home):
    program = Program(home)
    keyboard = Keyboard()
    program.find("list item", lambda name: name.startswith("RNN 1, 0."))
    program.resize(1280, 800)

    print("# the page and its table")
    keyboard.focus()
    keyboard.press("Alt_L", "2")
    rows = wait_for_rows(program, lambda rows: len(rows) == len(RUNS) + 2 and rows[1].endswith(", best"),
                         "all runs below two headings")
    assert rows[0] == "Sample reviews (synthetic), 800 rows", rows
    assert rows[-1].endswith(", as coded"), rows
    best = [float(re.search(r", (0\.\d+) at epoch", row)[1]) for row in rows[1:-2]]
    assert best == sorted(best, reverse=True), best

    print("# two rows: whether their difference is real")
    first = program.find("table row", lambda name: name == rows[1])
    program.tab_to(keyboard, first)
    keyboard.press("space")  # shown or hidden: not what selects
    keyboard.press("Down")
    keyboard.press("Up")
    program.read("Select two rows")
    keyboard.press("Shift_L", "Down")
    sentence = program.read("rows where")
    assert re.search(r"p [=<] 0\.\d+", sentence), sentence
    assert program.label("The best of 11 is chosen on these rows")

    print("# compared with one run, from the menu of its row")
    name = rows[1].split(",")[0]
    keyboard.press("Up")
    program.read("Select two rows")
    keyboard.press("Shift_L", "F10")
    program.find("menu item", "Compare With This")
    keyboard.press("Return")
    program.find("push button", f"Against {name}")
    program.wait(lambda: [node for node in program.walk() if re.match(r"Best: 0\.\d+ \(−0\.\d+\)$",
                                                                     node.name)],
                 "differences")

    print("# one row per setting")
    keyboard.focus()
    program.tab_to(keyboard, program.find("check box", "One row per setting"), "ISO_Left_Tab")
    keyboard.press("space")
    rows = wait_for_rows(program, lambda rows: len(rows) == 5 + 2, "a row for each setting")
    assert any(re.match(r"LSTM.*, 0\.\d+ ± 0\.\d+ at epoch", row) for row in rows), rows
    program.activate("quit")
    assert program.wait_for_end() == 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as folder:
        train(pathlib.Path(folder))
        compare(folder)
