#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Several values, the queue, a quit in its midst, the next start, and what is told of its end."""

import re
import sys
import tempfile

try:
    from driver import Keyboard, Program
    from gi.repository import GLib
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)


def first_start(home):
    program = Program(home)
    keyboard = Keyboard()
    keyboard.focus()

    print("# three runs, slowly: two of them wait")
    program.find("push button", "Start 3 runs")
    program.choose(keyboard, "Speed", ["Full speed", "100 batches/s", "20 batches/s", "5 batches/s",
                                       "Step by step"], "5 batches/s")
    keyboard.focus()
    keyboard.press("Control_L", "Return")
    program.read("Epoch 1 of 5")
    program.find("push button", "2 waiting")

    print("# the queue tells when they start, and lets one go first")
    program.activate("queue", window=True)
    program.find("list item", lambda name: re.fullmatch(
        r"LSTM 1, 1st in the queue, starts in about \d+:\d\d", name))
    program.press("Move LSTM 1 down")
    program.find("list item", lambda name: name.startswith("LSTM 1, 2nd in the queue"))
    program.read("RNN 1 trains.")

    print("# quit: the run is kept, and the queue")
    program.activate("quit")
    program.read("It is kept and can be continued.")
    program.press("Quit Quit")
    assert program.wait_for_end() == 0


def second_start(home):
    program = Program(home)

    print("# the two wait from last time, and the run goes on where it was")
    program.read("2 runs wait from last time.")
    row = program.find("list item", lambda name: name.startswith("RNN 1, 0."))
    assert row.name.endswith(" epoch 1"), row.name

    print("# nobody looks at the window: the end of the queue is told, once, and leads to its run")
    Keyboard().leave()
    program.press("Resume")
    told = program.notifications.shown
    program.wait(lambda: program.label("Finished: 5 of 5 epochs") and told, "a notification")
    assert len(told) == 1 and told[1][0] == "2 runs are done", told
    program.notifications.click(1)
    program.wait(lambda: program.look("push button", "More epochs…"), "the run that ended last")

    print("# a finished run gets one more epoch")
    program.press("More epochs…")
    program.read("has had 5 epochs")
    spin = program.find("spin button", "Epochs in all")
    spin.set_value(6)
    program.press("Train Train")
    program.read("Finished: 6 of 6 epochs")
    program.activate("show-run", GLib.Variant("s", "there is none"))
    program.activate("quit")
    assert program.wait_for_end() == 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as folder:
        first_start(folder)
        second_start(folder)
