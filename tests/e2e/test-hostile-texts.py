#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Texts that are none, or too much of one, in the page Predict: a clear answer in place, and keys are taken."""

import re
import sys
import tempfile
import time

try:
    from driver import Atspi, GLib, Keyboard, Program
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

MEGABYTE = 1 << 20
SENTENCE = "The film is wonderful and moving. "
PARAGRAPH = SENTENCE * 10 + "\n\n"
N_PARAGRAPHS = MEGABYTE // len(PARAGRAPH)
ANSWER = r"(Positive|Negative|Unsure) \d\.\d\d: "

TEXTS = [
    ("only spaces", " \t \n\u3000\u00a0 \n", r"There is no word to read yet\."),
    ("only marks without width", "\u200b\u200d\u2060\ufeff", r"There is no word to read yet\."),
    ("only emoji", "\U0001f600\U0001f468\u200d\U0001f469\U0001f600 \u2764\ufe0f", r"Cannot say: \d of \d words"),
    ("right to left", "\u202bשלום עולם. مرحبا بالعالم!\u202c", r"Cannot say: \d of \d words"),
    ("combining", "e\u0301\u0301te\u0301 Z" + "\u0301" * 200 + "a", r"Cannot say: 2 of 2 words"),
    ("a word of 100,000 letters", "a" * 100000, r"Cannot say: 1 of 1 word"),
    ("a word of 100,000 letters in a sentence", "wonderful " + "b" * 100000 + " wonderful film",
     ANSWER + "one sentence"),
    ("marks alone", "?!" * 2000 + "(" * 1000 + "\"'" * 1000, r"Cannot say|" + ANSWER),
    ("a megabyte", PARAGRAPH * N_PARAGRAPHS,
     ANSWER + r"mean of %s sentences" % format(10 * N_PARAGRAPHS, ",").replace(",", ",?")),
    ("a megabyte in one line", SENTENCE * (MEGABYTE // len(SENTENCE)),
     ANSWER + r"mean of %s sentences" % format(MEGABYTE // len(SENTENCE), ",").replace(",", ",?")),
    ("two sentences", SENTENCE * 2, ANSWER + "mean of 2 sentences"),
]


def says(program, pattern):
    return next((node.name for node in program.walk() if re.search(pattern, node.name)), None)


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
        program.activate("show-page", GLib.Variant("s", "predict"), window=True)
        text = program.find("text", test=lambda node: node.has(Atspi.StateType.MULTI_LINE))

        for name, content, pattern in TEXTS:
            print(f"# {name}")
            start = time.monotonic()
            text.set_text(content)
            answer = program.wait(lambda: says(program, pattern), f"an answer like {pattern!r}")
            print(f"#   {answer[:150]!r} after {time.monotonic() - start:.1f} s", flush=True)

        print("# a key is taken while a long text is read, and undone and done again after the answer")
        text.set_text(PARAGRAPH * 200)
        keyboard.focus()
        program.tab_to(keyboard, text)
        length = text.get_length()
        keyboard.press("Control_L", "End")
        keyboard.press("x")
        program.wait(lambda: text.get_length() == length + 1, "a letter more")
        program.wait(lambda: says(program, "1 of 14,?001 words unknown"), "an answer to it")
        keyboard.press("Control_L", "z")
        program.wait(lambda: text.get_length() == length, "a letter less")
        program.wait(lambda: says(program, "All 14,?000 words are known"), "an answer without it")
        keyboard.press("Control_L", "Shift_L", "z")
        program.wait(lambda: text.get_length() == length + 1, "the letter again")
        program.wait(lambda: says(program, "1 of 14,?001 words unknown"), "an answer to it again")
        program.activate("quit")
        assert program.wait_for_end() == 0


if __name__ == "__main__":
    main()
