#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""What cannot be saved where it is to be is saved in another place, and the run goes on there."""

import glob
import json
import os
import subprocess
import sys
import tempfile

try:
    from driver import Keyboard, Program
    from gi.repository import GLib
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)


def terminal(home, *arguments):
    environment = dict(os.environ, HOME=home, XDG_DATA_HOME=f"{home}/data",
                       XDG_CACHE_HOME=f"{home}/cache", XDG_CONFIG_HOME=f"{home}/config")
    result = subprocess.run([os.environ["UNDERTONE_CLI"], *arguments], stdout=subprocess.PIPE,
                            text=True, env=environment, timeout=60, check=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


def place(path):
    return GLib.Variant("s", GLib.filename_to_uri(path, None))


def main(home, other, shot):
    program = Program(home)
    keyboard = Keyboard()
    keyboard.focus()

    print("# a run that will not be able to save its model")
    program.choose(keyboard, "Speed", ["Full speed", "100 batches/s", "20 batches/s", "5 batches/s",
                                       "Step by step"], "20 batches/s")
    for cell in ("LSTM", "GRU"):
        program.tick(keyboard, cell, False)
    keyboard.focus()
    keyboard.press("Control_L", "Return")
    program.read("Epoch 1 of 5")
    folder, = glob.glob(f"{home}/data/undertone/runs/*")
    obstacle = os.path.join(folder, "model.safetensors")
    os.mkdir(obstacle)
    program.choose(keyboard, "Speed", ["Full speed", "100 batches/s", "20 batches/s", "5 batches/s",
                                       "Step by step"], "Full speed")
    program.read("RNN 1 is paused.")
    program.find("push button", "Choose Another Place…")
    if shot:
        program.screenshot(shot)

    print("# retrying does not help, and not every folder will do")
    program.press("Retry")
    program.read("RNN 1 is paused.")
    program.activate("use-place", place(folder), window=True)
    program.read("Choose a folder elsewhere.")
    program.find("push button", "Retry")

    print("# another one does")
    program.activate("use-place", place(other), window=True)
    program.read(f"The runs are in {other}/undertone now.")
    program.read("Finished: 5 of 5 epochs")
    program.activate("quit")
    assert program.wait_for_end() == 0

    print("# the terminal and the next start find it there, without a gap; the old place is as it was")
    assert os.listdir(obstacle) == []
    runs = terminal(home, "runs", "list", "--json")
    assert [(run["name"], run["state"]) for run in runs] == [("RNN 1", "finished")], runs
    steps = [line["step"] for line in terminal(home, "runs", "show", "RNN 1", "--points", "-")
             if line.get("event") == "step"]
    assert steps == list(range(1, len(steps) + 1)) and len(steps) > 100, len(steps)
    program = Program(home)
    program.find("list item", lambda name: name.startswith("RNN 1, 0."))
    program.activate("quit")
    assert program.wait_for_end() == 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as folder, \
            tempfile.TemporaryDirectory(prefix="undertone-place-") as elsewhere:
        main(folder, elsewhere, sys.argv[1] if len(sys.argv) > 1 else None)
