#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""What words are worth: chosen by keyboard, read as a screen reader does, and the same as the terminal's."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    from driver import Atspi, GLib, Keyboard, Program
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

REVIEW = "The film is wonderful and moving. The ending, however, is not a joy but a boring mess."
SENTENCE = 1  # the one whose words are read
CHOICES = ["change at this word", "leaving it out", "nothing", "gradient × input",
           "integrated gradients"]
METHODS = {"gradient": "gradient × input", "integrated": "integrated gradients"}


def explain(home, method):
    """What the terminal says of the sentence's words: the word and its worth as the window writes it."""
    model, = pathlib.Path(home).glob("data/undertone/runs/*/model.safetensors")
    result = subprocess.run([os.environ["UNDERTONE_CLI"], "explain", "--model", model, "--method",
                             method, "--json"], input=REVIEW, stdout=subprocess.PIPE, text=True,
                            timeout=120, check=True)
    tokens = json.loads(result.stdout.splitlines()[SENTENCE])["tokens"]
    return [(token["token"], number(token["worth"])) for token in tokens]


def number(worth):
    size = f"{abs(worth):.2f}"
    return size if size == "0.00" else ("−" if worth < 0 else "+") + size


def read_rows(program):
    """The rows of the table of words, in their order, without that of the titles."""
    table = program.find("tree table", "Words of the sentence")
    rows = [node.name for node in program.walk(table) if node.role == "table row"]
    return rows[1:]


def expect(program, home, words):
    """Waits for rows that say @words: for each a method and how a row puts it."""
    answers = {method: explain(home, method) for method in words}

    def is_said():
        rows = read_rows(program)
        if len(rows) != len(answers["change"]):
            return False
        return all(row.startswith(f"{word}: ") and f", {put} {worth}" in row
                   for method, put in words.items()
                   for row, (word, worth) in zip(rows, answers[method]))

    program.wait(is_said, f"rows that say {words}")


def main():
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as home:
        program = Program(home)
        keyboard = Keyboard()
        keyboard.focus()

        print("# one small model")
        program.read("to train, ")
        keyboard.press("Control_L", "n")
        program.tick(keyboard, "RNN", False)
        program.tick(keyboard, "LSTM", False)
        program.tick(keyboard, "GRU")
        keyboard.focus()
        keyboard.press("Control_L", "Return")
        program.find("list item", lambda name: name.startswith("GRU 1, 0."))

        print("# its words, with what leaving them out is worth")
        program.activate("show-page", GLib.Variant("s", "predict"), window=True)
        text = program.find("text", test=lambda node: node.has(Atspi.StateType.MULTI_LINE))
        text.set_text(REVIEW)
        program.read("mean of 2 sentences")
        program.press("Words", "page tab")
        expect(program, home, {"change": "change", "leave-out": "left out"})

        print("# by either gradient, chosen by the keyboard")
        for method, title in METHODS.items():
            keyboard.focus()
            program.choose(keyboard, "Colour words by:", CHOICES, title)
            expect(program, home, {"change": "change", "leave-out": "left out", method: title})
            program.find("image", lambda name, end=f"Coloured by: {title}": name.endswith(end))

        print("# the choice is remembered")
        program.activate("quit")
        assert program.wait_for_end() == 0
        program = Program(home)
        keyboard.focus()
        program.activate("show-page", GLib.Variant("s", "predict"), window=True)
        box = program.find("combo box", "Colour words by:")
        program.wait(lambda: any(node.name == CHOICES[-1] for node in program.walk(box)),
                     "integrated gradients after the start")
        program.activate("quit")
        assert program.wait_for_end() == 0


if __name__ == "__main__":
    main()
