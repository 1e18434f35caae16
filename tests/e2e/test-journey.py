#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""From the first start to the second: train, pause, step, continue, stop, ask, quit, come back."""

import re
import sys
import tempfile

try:
    from driver import Atspi, Keyboard, Program
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

REVIEW = "The film is wonderful and moving. The ending is a boring mess."


def epoch_and_batch(program):
    match = re.search(r"Epoch (\d+) of \d+ · batch ([\d,.]+)", program.label("Epoch ") or "")
    return match and (int(match[1]), int(re.sub(r"\D", "", match[2])))


def choose_speed(program, keyboard, name):
    program.choose(keyboard, "Speed", ["Full speed", "100 batches/s", "20 batches/s", "5 batches/s",
                                       "Step by step"], name)


def first_start(home):
    program = Program(home)
    keyboard = Keyboard()
    keyboard.focus()

    print("# first start: the sample, eight examples, three cells ticked")
    program.read("made-up reviews")
    program.read("Runs appear here.")
    program.read("to train, ")
    program.find("push button", "Start 3 runs")

    print("# tick GRU alone, a slow speed, start")
    keyboard.press("Control_L", "n")
    program.tick(keyboard, "RNN", False)
    program.tick(keyboard, "LSTM", False)
    program.tick(keyboard, "GRU")
    choose_speed(program, keyboard, "20 batches/s")
    keyboard.focus()
    keyboard.press("Control_L", "Return")

    print("# the epoch and batch rise, and the plot changes")
    first = program.wait(lambda: epoch_and_batch(program), "the first batches")
    before = program.screenshot(f"{home}/before.png")
    program.wait(lambda: (epoch_and_batch(program) or (0, 0)) > first, "later batches")
    program.wait(lambda: program.screenshot(f"{home}/after.png") != before, "a plot that changes")

    print("# on to the second epoch, at a speed at which five take most of a minute")
    program.wait(lambda: (epoch_and_batch(program) or (0, 0))[0] >= 2, "the second epoch")
    program.find("list item", lambda name: name.startswith("GRU 1, epoch "))

    print("# pause, one batch, continue, stop")
    program.press("Pause")
    # The batch that was under way may still be counted after the line says so.
    paused = program.settle(lambda: program.label("Paused at epoch "), "a run that stands")
    program.press("Step")
    stepped = program.wait(lambda: program.label("Paused at epoch ") != paused and
                           program.label("Paused at epoch "), "one batch more")
    batches = [int(re.sub(r"\D", "", re.search(r"batch ([\d,.]+)", text)[1]))
               for text in (paused, stepped)]
    assert batches[1] == batches[0] + 1, batches
    program.press("Continue")
    program.read("Epoch ")
    program.press("Stop")
    # An epoch may just have come to its end.
    program.wait(lambda: program.label("Stopped at epoch ") or program.label("Stopped: "), "a run that is stopped")
    program.read("Best 0.")
    program.find("list item", lambda name: re.match(r"GRU 1, 0\.\d+ at epoch \d", name))

    print("# ask it about two sentences")
    keyboard.focus()
    keyboard.press("Alt_L", "3")
    text = program.find("text", test=lambda node: node.has(Atspi.StateType.MULTI_LINE))
    text.set_text(REVIEW)
    verdict = program.read("mean of 2 sentences")
    assert re.search(r"(Positive|Negative|Unsure|unsure)", verdict), verdict
    sentences = program.wait(lambda: [node for node in program.walk()
                                      if node.role == "list item" and
                                      "The " in node.name],
                             "a row for each sentence")
    assert len(sentences) == 2, [node.name for node in sentences]

    print("# and about each of the words of the sentence at the caret")
    program.press("Words", "page tab")
    words = {}
    for word in ("the", "ending", "boring", "mess", "."):
        row = program.wait(lambda: next((node for node in program.walk()
                                         if node.name.startswith(word + ": ")), None),
                           f"a row for the word {word!r}")
        words[word] = row.name
    assert all(re.search(r"\d\.\d\d", name) for name in words.values()), words

    print("# quit while training: a question, Cancel, Quit")
    keyboard.focus()
    keyboard.press("Alt_L", "1")
    choose_speed(program, keyboard, "5 batches/s")
    keyboard.focus()
    keyboard.press("Control_L", "Return")
    program.wait(lambda: epoch_and_batch(program), "the second run")
    program.activate("quit")
    program.read("GRU 2 is at epoch ")
    # A dialog's button is read twice by GTK 4.8: as itself and by the label in it.
    program.press("Cancel Cancel")
    program.wait(lambda: epoch_and_batch(program), "the run goes on")
    program.activate("quit")
    program.press("Quit Quit")
    assert program.wait_for_end() == 0


def second_start(home):
    print("# start again: both runs are there, and the form is as it was left")
    program = Program(home)
    program.find("list item", lambda name: re.match(r"GRU 1, 0\.\d+ at epoch \d", name))
    program.find("list item", lambda name: name.startswith("GRU 2, 0."))
    program.find("push button", "Start")
    program.activate("quit")
    assert program.wait_for_end() == 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as folder:
        first_start(folder)
        second_start(folder)
