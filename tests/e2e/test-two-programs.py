#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""The window and the terminal train, read and name runs in one store at once.

usage: test-two-programs.py [SECONDS], 20 if it does not say
"""

import json
import os
import subprocess
import sys
import tempfile
import time

try:
    from driver import Keyboard, Program
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(77)

SETTINGS = ["--hidden", "8", "--embedding-dim", "8", "--epochs", "3"]


class Terminal:
    def __init__(self, home):
        self.environment = dict(os.environ, HOME=home, XDG_DATA_HOME=f"{home}/data",
                                XDG_CACHE_HOME=f"{home}/cache", XDG_CONFIG_HOME=f"{home}/config")
        self.n_commands = 0

    def run(self, *arguments):
        """Returns what a command that must succeed prints."""
        result = subprocess.run([os.environ["UNDERTONE_CLI"], *arguments], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, env=self.environment, timeout=120,
                                check=False)
        assert result.returncode == 0, (arguments, result.returncode, result.stderr)
        self.n_commands += 1
        return result.stdout

    def list(self):
        return [json.loads(line) for line in self.run("runs", "list", "--json").splitlines()]

    def steps(self, run):
        lines = [json.loads(line) for line in
                 self.run("runs", "show", run, "--points", "-").splitlines()
                 if line.startswith('{"event":"step"')]
        return [line["step"] for line in lines]


def find_run(program, keyboard, name):
    """Searches the list, which has no item for a run that is scrolled out of it."""
    keyboard.focus()
    keyboard.press("Control_L", "f")
    keyboard.press("Control_L", "a")
    for letter in name:
        keyboard.press({" ": "space"}.get(letter, letter), pause=0.02)
    program.find("list item", lambda text: text.startswith(f"{name},"))


def main(seconds):
    with tempfile.TemporaryDirectory() as home:
        terminal = Terminal(home)
        program = Program(home)
        keyboard = Keyboard()
        keyboard.focus()

        print(f"# the window trains for {seconds} s")
        keyboard.press("Control_L", "n")
        for cell in ("RNN", "LSTM"):
            program.tick(keyboard, cell, False)
        program.tick(keyboard, "GRU")
        epochs = program.find("spin button", "Epochs")
        epochs.set_value(10000)
        keyboard.focus()
        keyboard.press("Control_L", "Return")
        program.read("Epoch ")

        print("# the terminal trains beside it, lists, shows and names runs")
        end = time.monotonic() + seconds
        names = []
        while time.monotonic() < end:
            name = f"terminal {len(names)}"
            terminal.run("train", "--keep", "--name", name, *SETTINGS)
            listed = {run["name"]: run["state"] for run in terminal.list()}
            assert listed[name] == "finished" and len(listed) == len(names) + 2, listed
            steps = terminal.steps(name)
            assert steps == list(range(1, len(steps) + 1)) and steps, name
            # What it says of the run that trains at this moment has no gap either.
            steps = terminal.steps("GRU 1")
            assert steps == list(range(1, len(steps) + 1)), "GRU 1"
            names.append(name + " named")
            terminal.run("runs", "rename", name, names[-1])

        print("# the window has seen it all, and has lost nothing")
        for name in names[-3:]:
            find_run(program, keyboard, name)
        program.press("Stop")
        program.read("Stopped: ")
        program.activate("quit")
        assert program.wait_for_end() == 0
        steps = terminal.steps("GRU 1")
        assert steps == list(range(1, len(steps) + 1)) and len(steps) > 100, len(steps)
        listed = {run["name"]: run["state"] for run in terminal.list()}
        assert listed == {**{name: "finished" for name in names}, "GRU 1": "stopped"}, listed
        print(f"# {len(names)} runs, {terminal.n_commands} commands, {len(steps)} steps in the window")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
