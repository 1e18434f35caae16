#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""A file of reviews: from the key that opens it to the rows that are saved, by the keyboard alone.

What is shown is compared with what the terminal says of the same model and file, and what is saved with what
the terminal writes, byte for byte.
"""

import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from driver import Atspi, GLib, Keyboard, Program  # noqa: E402

GOOD = ["wonderful", "moving", "clever", "warm", "superb", "funny", "honest", "bright"]
BAD = ["dull", "awful", "clumsy", "cold", "tedious", "stale", "hollow", "grim"]
THINGS = ["plot", "cast", "ending", "music", "script", "camera", "pace", "humour"]
N_ROWS = 60
# As GTK 4.8 reads buttons with a mnemonic.
CHOOSER_OPEN, CHOOSER_SAVE = "_Open Open", "_Save Save"


def write_reviews(path):
    """Reviews with stars, one of them with a column too many and one with a quote that stays open."""
    draw = random.Random(5)
    lines = ["id,stars,review"]
    for number in range(N_ROWS):
        good = draw.random() < 0.5
        words = GOOD if good == (draw.random() < 0.8) else BAD
        lines.append(f'{number},{draw.choice([4, 5] if good else [1, 2])},"The {draw.choice(THINGS)} is '
                     f'{draw.choice(words)}, and the ""{draw.choice(THINGS)}"" {draw.choice(words)}. It ends."')
    lines[30] = "29,5,dull,more"
    lines.append('60,5,"a quote that stays open')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run_terminal(home, *arguments):
    model = next((home / "data").rglob("model.safetensors"))
    return subprocess.run([os.environ["UNDERTONE_CLI"], "classify", "--model", model, "--skip-bad", *arguments],
                          check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def choose_file(program, button, name, path):
    entry = program.find("text", test=lambda node: node.has(Atspi.StateType.EDITABLE)
                         and name in node.get_text())
    entry.set_text(str(path))
    program.press(button)


def go_to(program, keyboard, keys, is_there, what):
    """Presses @keys until the focus @is_there."""
    for _ in range(30):
        if is_there():
            return
        keyboard.press(*keys)
        program.digest()
    sys.exit(f"{keys} do not reach {what}")


def main(home):
    keyboard = Keyboard()
    path, saved, expected = home / "films.csv", home / "saved.csv", home / "expected.csv"
    write_reviews(path)
    settings = home / "config" / "glib-2.0" / "settings"
    settings.mkdir(parents=True)
    (settings / "keyfile").write_text("[io/github/undertone/Undertone]\npreset=''\nepochs=3\n"
                                      "cell-rnn=false\ncell-lstm=false\nhidden-size=16\n"
                                      "embedding-size=16\nlearning-rate=0.01\n")
    program = Program(home)
    program.read("to train, ")
    program.activate("start", window=True)
    program.find("list item", lambda text: re.match(r"GRU 1, 0\.\d+ at epoch \d", text))

    print("# the key asks for a file")
    keyboard.focus()
    keyboard.press("Control_L", "Shift_L", "f")
    program.find("push button", CHOOSER_OPEN)
    program.press("_Cancel Cancel")
    program.wait(lambda: not program.look("push button", CHOOSER_OPEN), "no chooser")

    print("# what was guessed of it is shown, and Return is enough")
    program.activate("classify", GLib.Variant("s", path.as_uri()), window=True)
    program.read("The file is only read.")
    keyboard.focus("Classify a file")
    button = program.find("push button", "Classify")
    program.wait(lambda: button.has(Atspi.StateType.FOCUSED), "the focus on Classify")
    keyboard.press("Return")

    print("# the counts and the accuracy are those of the terminal")
    found = json.loads(run_terminal(home, path, "--json", "--output", expected))
    assert found["label_column"] == "stars" and found["bad_rows"] == 2, found
    program.find("label", f"{found['rows']} texts")
    positive = found["positive"]
    program.read(f"{found['rows'] - positive} negative (")
    program.read(f"{positive} positive (")
    program.read(f"2 of {found['rows'] + 2} rows cannot be used")
    evaluation = found["evaluation"]
    program.read(f"{evaluation['accuracy']:.3f} (")
    grid = program.find("panel", "Confusion matrix of GRU 1")
    cells = [node.name for node in program.walk(grid) if node.role == "push button"]
    counts = [int(re.search(r": (\d+) row", name)[1]) for name in cells]
    assert counts == [evaluation["confusion"][name] for name in ("tp", "fn", "fp", "tn")], (cells, evaluation)

    print("# a cell of the matrix lists its rows, each with its line and its answer")
    wrong = next(node for node in program.walk(grid) if node.name == cells[2])
    keyboard.focus(path.name)
    go_to(program, keyboard, ("Shift_L", "Tab"), lambda: wrong.has(Atspi.StateType.FOCUSED), "a cell")
    keyboard.press("space")
    program.read(f"{counts[2]} of {found['rows']} rows")
    row = program.wait(lambda: next((node.name for node in program.walk()
                                     if re.match(r"Line \d+, ✗ positive 0\.\d{3}: The ",
                                                 node.name)), None), "a row with its name")
    number = int(re.match(r"Line (\d+)", row)[1])
    line = path.read_text(encoding="utf-8").split("\n")[number - 1]
    text = re.search(r'"(.*)"$', line)[1].replace('""', '"')
    assert row.endswith(text) and re.match(r"\d+,[12],", line), (row, line)

    print("# all rows are saved as the terminal writes them")
    keyboard.press("Control_L", "s")
    choose_file(program, CHOOSER_SAVE, "films-classified.csv", saved)
    program.wait(saved.exists, "the file that was saved")
    assert saved.read_bytes() == expected.read_bytes()

    print("# Return on a row asks about its text on the page Predict")
    keyboard.focus(path.name)
    listing = program.find("panel", "Classified rows")
    order = next(node for node in program.walk(listing) if node.name == "Order of the listed rows")
    button = next(node for node in program.walk(order)
                  if node.role in ("push button", "toggle button"))
    go_to(program, keyboard, ("Tab",), lambda: button.has(Atspi.StateType.FOCUSED), "the order")
    keyboard.press("Tab")
    keyboard.press("Down")
    keyboard.press("Return")
    program.wait(lambda: program.look("text", "Text to read", lambda node: node.get_text().startswith("The ")
                                      and node.get_text().endswith("It ends.")), "the text of a row")

    print("# a file that is none is named where it was to be read")
    missing = home / "missing.csv"
    program.activate("classify", GLib.Variant("s", missing.as_uri()), window=True)
    program.read("missing.csv")
    program.read("Choose another format, or another file.")

    program.activate("quit")
    assert program.wait_for_end() == 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as folder:
        main(pathlib.Path(folder))
