#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""A store of a later version is refused: the dialog ends the program, or starts it without runs."""

import pathlib
import sqlite3
import sys
import tempfile

try:
    from driver import Program
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

APPLICATION_ID = 0x5574526e # "UtRn"


def make_store(home):
    folder = pathlib.Path(home) / "data/undertone"
    folder.mkdir(parents=True)
    store = sqlite3.connect(folder / "runs.db")
    store.executescript(f"create table a (b); pragma application_id = {APPLICATION_ID};"
                        "pragma user_version = 99;")
    store.close()
    return folder / "runs.db"


def main(home):
    path = make_store(home)
    contents = path.read_bytes()

    print("# quit")
    program = Program(home)
    program.read("was written by a later version")
    program.press("Quit Quit")
    assert program.wait_for_end() == 0

    print("# without runs it can be tried")
    program = Program(home)
    program.read("was written by a later version")
    program.press("Start Without Runs Start Without Runs")
    program.press("Start 3 runs")
    for cell in ("RNN", "LSTM", "GRU"):
        program.find("list item", lambda name, cell=cell: name.startswith(f"{cell} 1, 0."))
    program.activate("quit")
    assert program.wait_for_end() == 0
    assert path.read_bytes() == contents


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as folder:
        main(folder)
