#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""What if: a word struck out, negated and replaced by keyboard alone, undone and redone, and read as a
screen reader does; the numbers are those of the terminal program."""

import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

try:
    from driver import Atspi, Keyboard, Program
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

BEFORE = "It is not bad, and I was never bored by the wonderful plot of this film."
AFTER = "It is bad, and I was never bored by the wonderful plot of this film."


def read_cell(model):
    """Which cell the model in a file has, from its header."""
    with model.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        metadata = json.loads(file.read(length))["__metadata__"]
    return json.loads(metadata["undertone.config"])["cell"]


def ask_terminal(home, run, text):
    """What the terminal program answers to @text by the model of @run, which is named by its cell."""
    models = pathlib.Path(home, "data", "undertone", "runs").glob("*/model.safetensors")
    model = next(model for model in models if read_cell(model) == run.split()[0].lower())
    command = [os.environ["UNDERTONE_CLI"], "predict", "--json", "--model", str(model), "-"]
    result = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def read_comparison(program, start):
    line = program.read(start)
    numbers = re.search(r"positive (\d\.\d\d) → (\d\.\d\d)\. (.*)", line)
    assert numbers, line
    return float(numbers[1]), float(numbers[2]), numbers[3]


def main():
    home = tempfile.mkdtemp(prefix="undertone-what-if-")
    program = Program(home)
    keyboard = Keyboard()
    keyboard.focus()

    print("# a model")
    keyboard.press("Alt_L", "3")
    program.press("Train and come back")
    text = program.find("text", test=lambda node: node.has(Atspi.StateType.MULTI_LINE))
    program.wait(lambda: len([node for node in program.walk()
                              if re.match(r"\w+ 1, 0\.\d+ at epoch \d+$", node.name)]) == 3,
                 "three runs that have ended", 300)
    text.set_text(BEFORE)
    program.read("one sentence")
    run = next(node.name.split(",")[0] for node in program.walk()
               if node.role == "list item" and
               node.has(Atspi.StateType.SELECTED))

    print("# the third word goes")
    keyboard.focus()
    program.tab_to(keyboard, text)
    keyboard.press("Control_L", "Home")
    for _ in range(2):
        keyboard.press("Control_L", "Right")
    keyboard.press("Right")
    keyboard.press("Right")
    program.digest()
    keyboard.press("Alt_L", "Delete")
    program.wait(lambda: text.get_text() == AFTER, "the text without the word")
    before, after, memory = read_comparison(program, "Without “not”: ")
    print(f"# {run}: {before} -> {after}; {memory}")

    print("# as the terminal program says")
    for sentence, shown in ((BEFORE, before), (AFTER, after)):
        answer = ask_terminal(home, run, sentence)
        assert abs(answer["probability"] - shown) <= 0.00501, (answer["probability"], shown)
    assert re.match(r"(This model (remembers|forgets) the change|That makes no difference)", memory), \
        memory

    print("# the curve tells both values")
    curve = program.find("image", "if the text ended here")
    program.wait(lambda: "before: " in curve.get_description(), "a curve that compares")

    print("# undone, redone")
    keyboard.press("Control_L", "z")
    program.wait(lambda: text.get_text() == BEFORE, "the text with the word")
    program.wait(lambda: not program.label("Without “not”: "), "no comparison")
    keyboard.press("Control_L", "Shift_L", "z")
    program.wait(lambda: text.get_text() == AFTER, "the text without the word again")
    assert read_comparison(program, "Without “not”: ") == (before, after, memory)

    print("# another word: replaced, by Return in the popover")
    keyboard.press("Alt_L", "Return")
    program.find("push button", "Strike out")
    program.read("Nearest words of this model:")
    keyboard.press("Tab")
    keyboard.press("Tab")
    for key in "dull":
        keyboard.press(key)
    keyboard.press("Return")
    program.wait(lambda: text.get_text() == AFTER.replace("bad", "dull"), "the other word")
    read_comparison(program, "After 2 edits: ")

    print("# the text has the focus again: negated, undone to the beginning")
    keyboard.focus()
    program.wait(lambda: text.has(Atspi.StateType.FOCUSED), "the focus in the text")
    keyboard.press("Alt_L", "Insert")
    program.wait(lambda: text.get_text() == AFTER.replace("bad", "not dull"), "a negation")
    program.read("After 2 edits: ")
    for _ in range(3):
        keyboard.press("Control_L", "z")
        program.digest()
    program.wait(lambda: text.get_text() == BEFORE, "the text of the beginning")

    print("# Escape ends the comparison, not the edit")
    keyboard.press("Control_L", "Shift_L", "z")
    program.read("Without “not”: ")
    keyboard.press("Escape")
    program.wait(lambda: not program.label("Without “not”: "), "no comparison")
    assert text.get_text() == AFTER

    program.activate("quit")
    assert program.wait_for_end() == 0


main()
