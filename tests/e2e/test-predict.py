#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""A review is pasted and read by three models at once, by keys alone: verdicts, sentences, words. What a
screen reader finds is what undertone-cli predict says of the same text."""

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

REVIEW = "The plot is slow and dull. The actors are wonderful! It was not bad at all, but far too long."
N_SENTENCES = 3
CELLS = ("rnn", "lstm", "gru")
SIZES = ["--hidden", "8", "--embedding-dim", "8", "--epochs", "3"]
ORDERS = ["in text order", "strongest first"]


def run_cli(home, *arguments, text=None):
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": f"{home}/data",
                   "XDG_CACHE_HOME": f"{home}/cache"}
    return subprocess.run([os.environ["UNDERTONE_CLI"], *arguments], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env=environment, input=text, encoding="utf-8")


def train(home):
    """Three kept runs: what undertone-cli says of the review by the model of each, by name."""
    answers = {}
    for cell in CELLS:
        said = run_cli(home, "train", "--keep", "--cell", cell, *SIZES)
        run = re.search(r"runs show (\S+)", said.stdout + said.stderr)[1]
        model = f"{home}/data/undertone/runs/{run}/model.safetensors"
        lines = run_cli(home, "predict", "--model", model, "--json", text=REVIEW).stdout.splitlines()
        answers[f"{cell.upper()} 1"] = [json.loads(line) for line in lines]
    assert all(len(sentences) == N_SENTENCES for sentences in answers.values())
    return answers


def describe(probability):
    """As a row of the list says it."""
    name = "unsure" if 0.395 <= probability < 0.605 else "positive" if probability > 0.5 else "negative"
    return f"{name} {probability:.2f}"


def list_sentences(program):
    """What the rows of the list of sentences say, from the top."""
    rows = [node.name for node in program.walk() if node.role == "list item"]
    return [row for row in rows if re.match(r"(positive|negative|unsure) \d", row)]


def list_words(program):
    table = program.find("tree table", "Words of the sentence")
    rows = [node.name for node in program.walk(table) if node.role == "table row"]
    return [row for row in rows if ", change " in row]


def get_lanes(program, answers):
    """The names of the runs, that of the current one first."""
    others = [name for name in answers if program.look("push button", f"Make {name} the current run")]
    lead = next(name for name in answers if name not in others)
    return [lead, *(name for name in others)]


def wait_for_rows(program, list_rows, expected, what):
    """Each row has to contain all of its expected parts."""
    def fits():
        rows = list_rows(program)
        return len(rows) == len(expected) and all(part in row for row, parts in zip(rows, expected)
                                                  for part in parts)
    try:
        program.wait(fits, what)
    except BaseException:
        print(f"# rows: {list_rows(program)}\n# expected: {expected}")
        raise


def expect_sentence(answers, lead, index):
    parts = [describe(answers[lead][index]["probability"])]
    parts += [f"{name} {describe(sentences[index]['probability'])}"
              for name, sentences in answers.items() if name != lead]
    return [*parts, answers[lead][index]["text"]]


def expect_words(answers, lead, index):
    return [[f"{token['token']}: {token['probability']:.2f}, change "]
            + [f", {name} {sentences[index]['tokens'][place]['probability']:.2f}"
               for name, sentences in answers.items() if name != lead]
            for place, token in enumerate(answers[lead][index]["tokens"])]


def paste(program, keyboard):
    """The review comes from the clipboard."""
    view = program.find("text", test=lambda node: node.has(Atspi.StateType.MULTI_LINE))
    view.set_text(REVIEW)
    program.tab_to(keyboard, view)
    keyboard.press("Control_L", "a")
    keyboard.press("Control_L", "x")
    program.wait(lambda: view.get_text() == "", "an empty text")
    keyboard.press("Control_L", "v")
    program.wait(lambda: view.get_text() == REVIEW, "the pasted text")
    return view


def read_verdicts(program, answers):
    print("# the verdicts of all three, by the rule they name")
    lead = get_lanes(program, answers)[0]
    for name, sentences in answers.items():
        mean = sum(sentence["probability"] for sentence in sentences) / N_SENTENCES
        verdict = f"{describe(mean).capitalize()}: mean of {N_SENTENCES} sentences, "
        if name == lead:
            program.read(verdict)
        else:
            program.find("panel", lambda label, name=name, verdict=verdict:
                         label.startswith(f"{name}: {verdict}"))
    return lead


def compare_sentences(program, keyboard, answers, lead):
    print("# the sentences, in the order of the text and the strongest first")
    expected = [expect_sentence(answers, lead, index) for index in range(N_SENTENCES)]
    wait_for_rows(program, list_sentences, expected, "the sentences of the text")

    program.choose(keyboard, "Order of the sentences", ORDERS, ORDERS[1])
    strength = [abs(sentence["probability"] - 0.5) for sentence in answers[lead]]
    order = sorted(range(N_SENTENCES), key=lambda index: -strength[index])
    wait_for_rows(program, list_sentences, [expected[index] for index in order], "the strongest first")
    program.choose(keyboard, "Order of the sentences", ORDERS, ORDERS[0])
    wait_for_rows(program, list_sentences, expected, "the order of the text")


def compare_words(program, answers, lead, index):
    wait_for_rows(program, list_words, expect_words(answers, lead, index), f"the words of sentence {index + 1}")


def tab_to_sentences(program, keyboard):
    """Moves the focus with Tab to the list of sentences, on whatever row it takes it."""
    for _ in range(40):
        rows = [node for node in program.walk() if node.role == "list item"
                and re.match(r"(positive|negative|unsure) \d", node.name)]
        if any(row.has(Atspi.StateType.FOCUSED) for row in rows):
            return
        keyboard.press("Tab")
        program.digest()
    sys.exit("Tab does not reach the sentences")


def follow_selections(program, keyboard, view, answers, lead):
    print("# caret, list, curve and table follow each other")
    program.press("Words", "page tab")
    program.tab_to(keyboard, view)
    keyboard.press("Control_L", "Home")
    program.read(f"Sentence 1 of {N_SENTENCES}")
    compare_words(program, answers, lead, 0)
    keyboard.press("Alt_L", "Down")
    program.read(f"Sentence 2 of {N_SENTENCES}")
    compare_words(program, answers, lead, 1)

    row = program.find("list item", lambda name: answers[lead][1]["text"] in name)
    program.wait(lambda: row.has(Atspi.StateType.SELECTED), "the row of the caret")
    tab_to_sentences(program, keyboard)
    for key in ("Home", "Down", "Down"):
        keyboard.press(key)
        program.digest()
    program.read(f"Sentence 3 of {N_SENTENCES}")
    compare_words(program, answers, lead, 2)
    start = answers[lead][2]["tokens"][0]["start"]
    program.wait(lambda: view.get_caret() == start, "the caret before the sentence")

    program.press("Curve", "page tab")
    curve = program.find("image", lambda name: "if the text ended here" in name)
    program.tab_to(keyboard, curve)
    keyboard.press("Right")
    start = answers[lead][2]["tokens"][1]["start"]
    program.wait(lambda: view.get_caret() == start, "the caret at the second word")


def change_lead(program, keyboard, answers, lead):
    print("# another lane becomes the current run")
    other = next(name for name in answers if name != lead)
    program.tab_to(keyboard, program.find("push button", f"Make {other} the current run"))
    keyboard.press("space")
    program.find("push button", f"Make {lead} the current run")
    assert read_verdicts(program, answers) == other
    expected = [expect_sentence(answers, other, index) for index in range(N_SENTENCES)]
    wait_for_rows(program, list_sentences, expected, "the sentences, the other run first")


def main():
    with tempfile.TemporaryDirectory(prefix="undertone-e2e-") as home:
        answers = train(home)
        program = Program(home)
        keyboard = Keyboard()
        program.find("list item", lambda name: name.startswith("RNN 1, 0."))
        program.resize(1280, 800)
        keyboard.focus()
        keyboard.press("Alt_L", "3")
        view = paste(program, keyboard)
        lead = read_verdicts(program, answers)
        compare_sentences(program, keyboard, answers, lead)
        follow_selections(program, keyboard, view, answers, lead)
        change_lead(program, keyboard, answers, lead)
        program.activate("quit")
        assert program.wait_for_end() == 0


if __name__ == "__main__":
    main()
