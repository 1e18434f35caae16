#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""A sentence is pinned, a run learns what it means, its numbers are read, and all of it is there again."""

import json
import os
import re
import subprocess
import sys
import tempfile

try:
    from driver import Atspi, Keyboard, Program
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

SENTENCE = "Not bad at all."


def open_table(program):
    """Opens the table of the plot of sentences and returns its rows as (step, probability)."""
    title = next(node for node in program.walk()
                 if node.role == "label" and node.name.startswith("Sentences: 0"))
    pane = title.parent.parent
    button = next(node for node in program.walk(pane)
                  if node.name == "Table" and node.role.endswith("button"))
    if not button.has(Atspi.StateType.PRESSED):
        button.act()

    def rows():
        names = [node.name for node in program.walk(pane)]
        found = [re.fullmatch(r"step ([\d,]+), " + re.escape(SENTENCE) + r" ([\d.]+).*", name)
                 for name in names]
        return [(int(match[1].replace(",", "")), float(match[2])) for match in found if match]

    return program.settle(lambda: rows(), "the table of the sentences")


def first_start(home):
    program = Program(home)
    keyboard = Keyboard()
    keyboard.focus()

    print("# the form trains one LSTM")
    program.find("push button", "Start 3 runs")
    keyboard.press("Control_L", "n")
    program.tick(keyboard, "RNN", False)
    program.tick(keyboard, "GRU", False)
    program.press("Start")
    program.wait(lambda: program.label("Finished: "), "a run")
    assert not program.label("Sentences: 0 negative")

    print("# a sentence is pinned, unpinned and pinned again")
    program.press("Follow a sentence… Follow a sentence…")
    program.press(f"Follow “{SENTENCE}”")
    program.find("push button", "1 sentence followed 1 sentence followed")
    program.press(f"Do not follow “{SENTENCE}” any more")
    program.find("push button", "Follow a sentence… Follow a sentence…")
    program.press(f"Follow “{SENTENCE}”")
    program.find("push button", "1 sentence followed 1 sentence followed")

    print("# the next run follows it, and learns it")
    keyboard.focus()
    keyboard.press("Escape")
    program.wait(lambda: not program.look("push button", f"Do not follow “{SENTENCE}” any more"), "a closed menu")
    keyboard.press("Control_L", "Return")
    program.find("list item", lambda name: name.startswith("LSTM 2, "))
    program.read("Sentences: 0 negative, 1 positive")
    program.wait(lambda: program.look("list item", lambda name: name.startswith("LSTM 2, 0.")), "its end")
    rows = open_table(program)
    steps = [step for step, _ in rows]
    assert len(rows) >= 5 and steps == sorted(set(steps)), rows
    assert rows[-1][1] > 0.9, rows

    program.activate("quit")
    assert program.wait_for_end() == 0
    return rows


def second_start(home, rows):
    print("# the answers are there again, also for the terminal")
    program = Program(home)
    program.find("push button", "1 sentence followed 1 sentence followed")
    program.read("Sentences: 0 negative, 1 positive")
    assert open_table(program) == rows
    environment = {**os.environ, "XDG_DATA_HOME": f"{home}/data", "XDG_CONFIG_HOME": f"{home}/config"}
    output = subprocess.run([os.environ["UNDERTONE_CLI"], "runs", "show", "--json", "LSTM 2"],
                            env=environment, check=True, capture_output=True).stdout
    probes = json.loads(output)["probes"]
    assert [probe["step"] for probe in probes] == [step for step, _ in rows], probes
    assert {probe["text"] for probe in probes} == {SENTENCE}

    print("# a run of the terminal that follows the pinned sentences is followed here")
    subprocess.run([os.environ["UNDERTONE_CLI"], "train", "--keep", "--pinned", "--name", "Elsewhere"],
                   env=environment, check=True, capture_output=True)
    row = program.find("list item", lambda name: name.startswith("Elsewhere, 0."))
    assert row
    program.activate("quit")
    assert program.wait_for_end() == 0


def main(home):
    rows = first_start(home)
    second_start(home, rows)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as folder:
        main(folder)
