#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Six runs queued, one paused, the program killed; then continued, deleted, restored, repeated."""

import json
import os
import pathlib
import re
import signal
import sqlite3
import sys
import tempfile

try:
    from driver import GLib, Keyboard, Program
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

SPEEDS = ["Full speed", "100 batches/s", "20 batches/s", "5 batches/s", "Step by step"]
N_RUNS = 6


def read_store(home):
    """The runs in the store by their names: id, state, how many points."""
    path = pathlib.Path(home) / "data/undertone/runs.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as store:
        rows = store.execute(
            "SELECT id, record, (SELECT max(last) FROM points WHERE run = key), trashed FROM runs")
        runs = {}
        for identifier, text, last, trashed in rows:
            record = json.loads(text)
            runs[record["name"]] = {"id": identifier, "state": record["state"], "last": last or 0,
                                    "trashed": trashed, "reproduction": record["reproduction"]}
    store.close()
    return runs


def count(home, state):
    return sum(run["state"] == state for run in read_store(home).values())


def first_start(home):
    program = Program(home)
    keyboard = Keyboard()
    keyboard.focus()

    print("# three cells, two seeds each")
    keyboard.press("Control_L", "n")
    for cell in ("RNN", "LSTM", "GRU"):
        program.tick(keyboard, cell)
    seeds = program.find("spin button", "Number of seeds")
    seeds.set_value(2)
    program.find("push button", f"Start {N_RUNS} runs")
    program.choose(keyboard, "Speed", SPEEDS, "20 batches/s")
    keyboard.focus()
    keyboard.press("Control_L", "Return")
    program.wait(lambda: len(read_store(home)) == N_RUNS, "six runs in the store")

    print("# the first one trains, and is paused")
    program.read("Epoch ")
    program.wait(lambda: max(run["last"] for run in read_store(home).values()) > 20, "points saved")
    program.press("Pause")
    paused = program.read("Paused at epoch ")
    program.screenshot(f"{home}/paused.png")

    print("# the program is killed")
    step = max(run["last"] for run in read_store(home).values())
    program.process.send_signal(signal.SIGKILL)
    program.process.wait()
    return int(re.search(r"batch ([\d,]+)", paused)[1].replace(",", "")), step


def second_start(home, batch, step):
    program = Program(home)
    keyboard = Keyboard()
    keyboard.focus()

    print("# nothing is lost: one was cut off, the others wait")
    program.read(f"{N_RUNS - 1} runs wait from last time.")
    program.find("list item", "RNN 1, cut off")
    program.read("Was cut off at epoch 1")
    stored = read_store(home)
    assert max(run["last"] for run in stored.values()) >= max(batch, step), (stored, batch, step)
    assert count(home, "queued") == N_RUNS - 1, stored
    name = next(name for name, run in stored.items() if run["last"] > 0)
    program.screenshot(f"{home}/cut-off.png")

    print("# it is continued, and the queue goes on")
    program.activate("run-continue", GLib.Variant("s", stored[name]["id"]), window=True)
    program.choose(keyboard, "Speed", SPEEDS, "Full speed")
    program.press("Resume")
    program.wait(lambda: count(home, "finished") == N_RUNS, "six finished runs", patience=240)
    names = sorted(read_store(home))
    for run in names:
        program.find("list item", lambda text, run=run: re.match(rf"{run}, 0\.\d+ at epoch \d", text))
    program.screenshot(f"{home}/finished.png")

    print("# one is deleted, and comes back")
    deleted = next(run for run in names if run != name)
    program.activate("run-delete", GLib.Variant("s", read_store(home)[deleted]["id"]), window=True)
    program.wait(lambda: read_store(home)[deleted]["trashed"] > 0, "it in the trash")
    program.wait(lambda: not program.look("list item", lambda text: text.startswith(f"{deleted},")),
                 "it off the list")
    program.activate("run-restore", window=True)
    program.find("list item", lambda text: text.startswith(f"{deleted},"))
    program.wait(lambda: read_store(home)[deleted]["trashed"] == 0, "it out of the trash")

    print("# the one that was cut off comes out the same when it is repeated")
    program.activate("run-reproduce", GLib.Variant("s", stored[name]["id"]), window=True)
    verdict = f"Identical to {name} to the last bit."
    program.wait(lambda: read_store(home).get(f"{name} again", {}).get("reproduction") == verdict,
                 verdict, patience=120)
    program.read(verdict)
    program.screenshot(f"{home}/repeated.png")
    program.activate("quit")
    assert program.wait_for_end() == 0


def main():
    home = os.environ.get("UNDERTONE_HOME")
    with tempfile.TemporaryDirectory() as temporary:
        home = home or temporary
        batch, step = first_start(home)
        second_start(home, batch, step)


if __name__ == "__main__":
    main()
