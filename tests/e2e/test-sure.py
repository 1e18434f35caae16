#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""A model is found too sure of itself, calibrated by a click and by the keyboard, asked about a review at once,
and put back; another program sees it."""

import json
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

SIZES = ["--hidden", "8", "--embedding-dim", "8", "--epochs", "4", "--learning-rate", "0.01"]


def call(home, *arguments):
    return subprocess.run([os.environ["UNDERTONE_CLI"], *arguments], check=True, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env={**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"),
                               "XDG_CACHE_HOME": str(home / "cache")}).stdout


def find_temperature(home):
    """What the file of the run says, or None."""
    run = json.loads(call(home, "runs", "list", "--json").splitlines()[0])
    model = home / "data" / "undertone" / "runs" / run["id"] / "model.safetensors"
    with open(model, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        calibration = json.loads(file.read(length))["__metadata__"].get("undertone.calibration")
    return calibration and json.loads(calibration)["temperature"]


def calibrate(home):
    program = Program(home)
    keyboard = Keyboard()
    program.find("list item", lambda name: name.startswith("LSTM 1, 0."))
    program.resize(1280, 900)

    print("# how sure, in words")
    keyboard.focus()
    keyboard.press("Alt_L", "2")
    program.press("How sure", "page tab")
    verdict = program.read("on average and is right in")
    assert re.search(r"of 800 rows: .*\. Calibration error 0\.\d+, Brier 0\.\d+, loss \d\.\d+\.", verdict)
    effect = program.read("it would say")
    assert "Judged by halves" in effect, effect
    fitted = float(re.search(r"With T = ([\d.]+) it", effect)[1])

    print("# the same in the diagram, by the keyboard")
    plot = program.find("image", "Reliability diagram")
    assert verdict in plot.get_description(), plot.get_description()
    program.tab_to(keyboard, plot)
    keyboard.press("Right")
    program.read("as trained, 0.")
    keyboard.press("Down")
    program.read("would be T = %.3g, 0." % fitted)

    print("# calibrated by the keyboard")
    assert find_temperature(home) is None
    program.tab_to(keyboard, program.find("push button", "Calibrate"), "ISO_Left_Tab")
    keyboard.press("space")
    program.read("Calibrated with T = ")
    assert abs(find_temperature(home) / fitted - 1) < 0.01, (find_temperature(home), fitted)

    print("# Predict answers with it at once")
    keyboard.focus()
    keyboard.press("Alt_L", "3")
    program.press("Not bad at all.")
    program.read("The probabilities are calibrated (T = ")

    print("# the terminal takes it away, and the window sees that")
    keyboard.focus()
    keyboard.press("Alt_L", "2")
    program.read("Calibrated with T = ")
    call(home, "calibrate", "LSTM 1", "--reset")
    program.read("it would say")
    assert find_temperature(home) is None

    print("# once more by a click, and away by one")
    program.press("Calibrate")
    program.read("Calibrated with T = ")
    program.press("Take It Away")
    program.read("it would say")
    assert find_temperature(home) is None
    program.activate("quit")
    assert program.wait_for_end() == 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as folder:
        home = pathlib.Path(folder)
        call(home, "train", "--keep", "--cell", "rnn", "--seed", "2", *SIZES)
        call(home, "train", "--keep", "--cell", "lstm", "--seed", "1", *SIZES)
        calibrate(home)
