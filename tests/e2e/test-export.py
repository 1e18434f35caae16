#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""A person exports a figure and a report of three runs; the terminal writes the same bytes."""

import os
import pathlib
import subprocess
import sys
import tempfile

try:
    from driver import Atspi, Keyboard, Program  # first: it settles the environment before GLib is loaded

    from gi.repository import GLib
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

RUNS = ("GRU 1", "LSTM 1", "RNN 1")
# As GTK 4.8 reads a button with a mnemonic; those of a question of libadwaita are read twice, too.
CHOOSER_SAVE = "_Save Save"


def run_terminal(home, *arguments):
    env = {**os.environ, "XDG_DATA_HOME": str(home / "data")}
    subprocess.run([os.environ["UNDERTONE_CLI"], "export", *arguments], check=True, env=env)


def get_current(program):
    """The run whose curve stands out: the row of the list that is selected."""
    for name in RUNS:
        if program.look("list item", lambda text: text.startswith(name + ","),
                        lambda node: node.has(Atspi.StateType.SELECTED)):
            return name
    return None


def check_dialog(program, keyboard):
    """All of it has a name and can be reached by the keyboard."""
    program.find("image", "Preview of the figure")
    for role, names in {"combo box": ("Curves", "Names of the runs", "Width", "Font", "Format"),
                        "spin button": ("Height of a plot", "Font size", "Line width"),
                        "check box": ("Grey", "Numbers beside it")}.items():
        for name in names:
            program.find(role, name)
    program.tab_to(keyboard, program.find("spin button", "Font size"))
    keyboard.press("Up")
    size = program.find("spin button", "Font size")
    program.wait(lambda: size.get_value() == 8.5, "a larger font")
    keyboard.press("Down")
    program.read("84 × 110 mm, 3 runs, ")


def save_by_hand(program, folder):
    """Save asks where to, and before it overwrites the figure or its numbers."""
    figure, numbers = folder / "by-hand.pdf", folder / "by-hand.csv"
    numbers.write_text("precious")
    program.press("Save…")
    entry = program.find("text", test=lambda node: "figure.pdf" in node.get_text())
    entry.set_text(str(figure))
    program.press(CHOOSER_SAVE)
    program.read("Replace “by-hand.csv”?")
    program.press("Cancel Cancel")
    program.wait(lambda: not program.label("Replace “by-hand.csv”?"), "no question")
    assert not figure.exists() and numbers.read_text() == "precious"
    program.press("Save…")
    entry = program.find("text", test=lambda node: "figure.pdf" in node.get_text())
    entry.set_text(str(figure))
    program.press(CHOOSER_SAVE)
    program.read("Replace “by-hand.csv”?")
    program.press("Replace Replace")
    program.wait(lambda: numbers.read_text().startswith("run,part,step,"), "the numbers")
    assert figure.read_bytes().startswith(b"%PDF-")
    program.wait(lambda: not program.look("image", "Preview of the figure"), "the dialog gone")


def main():
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as place:
        home = pathlib.Path(place)
        folder = home / "out"
        folder.mkdir()
        program = Program(home)
        keyboard = Keyboard()
        program.read("to train, ")
        program.press("Start 3 runs")
        program.wait(lambda: all(program.look("list item", lambda text, name=name:
                                              text.startswith(f"{name}, 0.")) for name in RUNS),
                     "three finished runs")
        current = program.wait(lambda: get_current(program), "a run that is current")
        others = [name for name in RUNS if name != current]

        keyboard.focus()
        keyboard.press("Control_L", "e")
        program.read("84 × 110 mm, 3 runs, ")
        keyboard.focus("Figure")
        check_dialog(program, keyboard)
        save_by_hand(program, folder)
        run_terminal(home, current, *others, "--figure", folder / "terminal.pdf", "--csv",
                     folder / "terminal.csv")
        for end in ("pdf", "csv"):
            assert ((folder / f"by-hand.{end}").read_bytes()
                    == (folder / f"terminal.{end}").read_bytes()), end

        program.activate("report-to", GLib.Variant("s", (folder / "report.html").as_uri()),
                         window=True)
        program.wait((folder / "report.html").exists, "the report")
        run_terminal(home, current, *others, "--report", folder / "terminal.html")
        assert "Is the difference real?" in (folder / "report.html").read_text()

        missing = folder / "missing" / "figure.pdf"
        program.activate("export-figure-to", GLib.Variant("s", missing.as_uri()), window=True)
        program.read("missing/figure.pdf")
        program.activate("quit")
        assert program.wait_for_end() == 0


if __name__ == "__main__":
    main()
