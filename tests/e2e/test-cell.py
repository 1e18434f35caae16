#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""A person looks into the cell of an LSTM by keys alone: a gate at a word, the unit's strongest phrases, one
of which is asked, and the same numbers as a table."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    from driver import Atspi, Keyboard, Program

    from gi.repository import GLib
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

REVIEW = "The film was not good."
SIGNALS = ["state", "cell state", "input gate", "forget gate", "output gate", "candidate"]


def train(home):
    subprocess.run([os.environ["UNDERTONE_CLI"], "train", "--keep", "--cell", "lstm", "--hidden", "8",
                    "--embedding-dim", "8", "--epochs", "3"], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL,
                   env={**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"),
                        "XDG_CACHE_HOME": str(home / "cache")})


def look(home):
    program = Program(home)
    keyboard = Keyboard()
    program.find("list item", lambda name: name.startswith("LSTM 1, 0."))
    program.resize(1280, 800)
    program.activate("show-page", GLib.Variant("s", "predict"), window=True)
    text = program.find("text", test=lambda node: node.has(Atspi.StateType.MULTI_LINE))
    text.set_text(REVIEW)

    print("# the page and its map")
    keyboard.focus()
    page = program.find("page tab", "Inside the Cell")
    program.tab_to(keyboard, program.find("page tab", "Curve"))
    while not page.has(Atspi.StateType.FOCUSED):
        keyboard.press("Right")
        program.digest()
    keyboard.press("space")
    heat_map = program.find("image", "Inside the cell")
    program.tab_to(keyboard, heat_map)
    keyboard.press("Home")
    for _ in range(3):
        keyboard.press("Right")
    keyboard.press("Down")
    reading = program.wait(lambda: re.fullmatch(r"unit 2 at “not”: state -?[01]\.\d\d",
                                                heat_map.get_description()),
                           "the state of unit 2 at a word")
    assert program.read("adds ").startswith(reading[0] + " · adds ")

    print("# a gate")
    program.choose(keyboard, "What is shown of the cell", SIGNALS, "forget gate")
    program.wait(lambda: re.fullmatch(r"unit 2 at “not”: forget gate [01]\.\d\d",
                                      heat_map.get_description()), "the forget gate")

    print("# the unit's phrases, one of which is asked")
    program.tab_to(keyboard, heat_map)
    keyboard.press("Return")
    program.read("Unit 2")
    phrase = program.find("list item", lambda name: re.search(r": [+-]\d\.\d\d after “\S+”$", name))
    words = phrase.name.rsplit(": ", 1)[0]
    program.tab_to(keyboard, phrase)
    keyboard.press("Return")
    program.wait(lambda: text.get_text() == words, f"the text {words!r}")

    print("# the table")
    table = program.find("push button", "Table of Units")
    program.tab_to(keyboard, table)
    keyboard.press("space")
    rows = program.wait(lambda: (lambda names: names if len(names) >= 8 else None)(
        [node.name for node in program.walk() if node.role == "table row"
         and node.name.startswith("unit ")]), "a row for each unit")
    assert len(rows) == 8, rows
    program.activate("quit")
    assert program.wait_for_end() == 0


def main():
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as home:
        train(pathlib.Path(home))
        look(home)


if __name__ == "__main__":
    main()
