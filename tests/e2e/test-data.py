#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""A person's own reviews: from a file with stars to a second training without the rows in doubt.

The import, a training, the hardest rows, the data map, the rows that are left out, the next training,
the one look at the test rows. Buttons by their names, keys for all that moves the focus.
"""

import pathlib
import random
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from driver import GLib, Keyboard, Program  # noqa: E402

GOOD = ["wonderful", "moving", "clever", "warm", "superb", "funny", "honest", "bright"]
BAD = ["dull", "awful", "clumsy", "cold", "tedious", "stale", "hollow", "grim"]
THINGS = ["plot", "cast", "ending", "music", "script", "camera", "pace", "humour"]


def write_reviews(path):
    """600 reviews with stars; some are given the stars of the other side."""
    draw = random.Random(5)
    lines = ["id;stars;review"]
    for number in range(600):
        good = draw.random() < 0.5
        words = GOOD if good else BAD
        stars = draw.choice([4, 5] if good else [1, 2])
        if number % 40 == 7:
            stars = 6 - stars
        lines.append(f'{number};{stars};"The {draw.choice(THINGS)} is {draw.choice(words)}, and the '
                     f'{draw.choice(THINGS)} of film {number} is {draw.choice(words)}; really."')
    lines[100] = "100;5"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def count(program, pattern):
    """Waits for the line that says how many rows are listed."""
    return program.wait(lambda: next((text for text in program.labels() if re.match(pattern, text)), None),
                        f"a line like {pattern!r}")


def train(program, name):
    program.activate("show-page", GLib.Variant("s", "train"), window=True)
    # The sample, which the form may still speak of, has ten times as many.
    program.wait(lambda: any(re.match(r"\d{3} to train, .* words", text) for text in program.labels()),
                 "what the data holds")
    program.activate("start", window=True)
    program.find("list item", lambda text: re.match(name + r", 0\.\d+ at epoch \d", text))


def main(home):
    keyboard = Keyboard()
    path = pathlib.Path(home) / "own films.csv"
    write_reviews(path)
    settings = pathlib.Path(home) / "config" / "glib-2.0" / "settings"
    settings.mkdir(parents=True)
    (settings / "keyfile").write_text("[io/github/undertone/Undertone]\npreset=''\nepochs=6\n"
                                      "cell-rnn=false\ncell-lstm=false\nhidden-size=16\n"
                                      "embedding-size=16\nlearning-rate=0.01\n")
    program = Program(home)

    print("# a file with stars becomes a data set, which is selected on its page")
    program.activate("import", GLib.Variant("as", [path.as_uri()]), window=True)
    program.read("cannot be used")
    program.press(next(node.name for node in program.walk()
                       if re.match(r"Import \d+ rows", node.name)))
    count(program, r"\d+ rows$")
    program.find("list item", "own films")

    print("# it is trained on")
    program.press("Train on It")
    train(program, "GRU 1")

    print("# the hardest rows come first, by keys alone")
    keyboard.focus()
    keyboard.press("Alt_L", "4")
    count(program, r"\d+ rows; loss by GRU 1")
    program.tab_to(keyboard, program.find("entry", "Search rows"))
    program.choose(keyboard, "Order of the rows", ["As in the file", "Hardest first"],
                   "Hardest first")

    print("# the data map lists the rows that were believed least, and leaves them out")
    program.press("Data Map")
    program.press("Hardest 2 %")
    found = int(re.match(r"\d+", count(program, r"\d\d? rows; loss by GRU 1"))[0])
    assert 5 <= found <= 15, found
    program.press("Leave Out")

    print("# the next run is trained without them")
    program.activate("show-page", GLib.Variant("s", "train"), window=True)
    program.read(f"; {found} left out")
    train(program, "GRU 2")

    print("# the test rows are answered once")
    program.activate("show-page", GLib.Variant("s", "data"), window=True)
    program.press("Test Once")
    program.read("GRU 2 reached 0.")

    program.activate("quit")
    assert program.wait_for_end() == 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as folder:
        main(folder)
