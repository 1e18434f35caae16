#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""usage: test-pictures.py NAME FOLDER

Keeps pictures of the window in FOLDER/NAME: empty, with three runs, and the page Predict, wide and narrow.
A picture must have the size asked for and show more than a flat ground.
"""

import pathlib
import sys
import tempfile

try:
    from driver import Atspi, Program  # first: it settles the environment before GLib is loaded

    import gi

    gi.require_version("GdkPixbuf", "2.0")
    from gi.repository import GdkPixbuf, GLib
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

REVIEW = ("I wanted to like it, but it is dull. The actors are wonderful and the music is a delight! "
          "Overall it was not bad at all.")
SIZES = {"1280x800": (1280, 800), "700x800": (700, 800)}


def take(program, path, width, height, shadow):
    """Writes a picture to @path and returns its pixels, or None where the window is not in its size yet. It
    includes the shadow of a window without a window manager."""
    program.screenshot(path)
    picture = GdkPixbuf.Pixbuf.new_from_file(str(path))
    if (width <= picture.get_width() <= width + shadow
            and height <= picture.get_height() <= height + shadow):
        return picture.get_pixels()
    return None


def keep(program, folder, name, scale):
    for label, (width, height) in SIZES.items():
        path = folder / f"{name}-{label}.png"
        program.resize(width, height)
        # What folds in a narrow window moves for a while.
        pixels = program.settle(lambda: take(program, path, width * scale, height * scale, 60 * scale),
                                f"{path} in its size", still=0.3)
        assert len(set(pixels[::97])) > 16, f"{path} is flat"
        print(f"# {path}")


def main(name, folder):
    folder = pathlib.Path(folder) / name
    folder.mkdir(parents=True, exist_ok=True)
    scale = 2 if name == "scale-2" else 1
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as home:
        program = Program(home)
        program.read("to train, ")
        keep(program, folder, "empty", scale)
        program.resize(*SIZES["1280x800"])
        program.press("Start 3 runs")
        program.wait(lambda: all(program.look("list item", lambda text, cell=cell:
                                              text.startswith(f"{cell} 1, 0."))
                                 for cell in ("RNN", "LSTM", "GRU")), "three finished runs")
        keep(program, folder, "train", scale)
        program.resize(*SIZES["1280x800"])
        program.activate("show-page", GLib.Variant("s", "predict"), window=True)
        text = program.find("text", test=lambda node: node.has(Atspi.StateType.MULTI_LINE))
        text.set_text(REVIEW)
        program.read("mean of 3 sentences")
        keep(program, folder, "predict", scale)
        program.activate("quit")
        assert program.wait_for_end() == 0


if __name__ == "__main__":
    main(*sys.argv[1:])
