# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""What a person at a terminal sees: progress bars and colours."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time

import cli


class Terminal(cli.Case):
    def show(self, *arguments, columns=80, environment=None, text=b""):
        """Runs the program on a terminal of its own; returns what appeared there and the status."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        env = dict(os.environ, TERM="xterm-256color")
        env.pop("NO_COLOR", None)
        env.update(environment or {})
        process = subprocess.Popen([cli.PROGRAM, *arguments], stdin=subprocess.PIPE, stdout=slave,
                                   stderr=slave, env=env, cwd=self.folder)
        os.close(slave)
        process.stdin.write(text)
        process.stdin.close()
        shown = b""
        limit = time.monotonic() + cli.TIMEOUT
        while time.monotonic() < limit:
            if not select.select([master], [], [], 1)[0]:
                continue
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        os.close(master)
        return shown.decode(), process.wait(cli.TIMEOUT)

    def train(self, **keywords):
        # Long enough for more than one picture of the bar.
        return self.show("train", *self.write_data(600), "--epochs", "4", "--hidden", "160",
                         "--batch-size", "4", "--output", self.path("m"), **keywords)

    def test_bar(self):
        shown, status = self.train()
        self.assertEqual(status, 0, shown)
        self.assertIn("━", shown)
        self.assertIn("─", shown)
        self.assertRegex(shown, r"━─* +\d+ %  Epoch \d of 4")
        # Each bar is taken away again before a line is printed.
        self.assertRegex(shown, r"\r\033\[K(\r\n)? +(\d|Epoch) ")
        self.assertNotIn("━", shown.rsplit("\033[K", 1)[1])
        self.assertIn("Model written to ", shown.rsplit("\033[K", 1)[1])

    def test_bar_fits(self):
        for columns in [20, 40, 200]:
            shown, status = self.train(columns=columns)
            self.assertEqual(status, 0, shown)
            bars = [line for line in shown.replace("\033[K", "").replace("\r", "\n").split("\n")
                    if line.startswith("━")]
            self.assertTrue(bars, shown)
            self.assertLess(max(len(line) for line in bars), columns)
        shown, status = self.train(columns=10)
        self.assertEqual(status, 0, shown)
        self.assertNotIn("━", shown)

    def test_names_do_not_drive_the_terminal(self):
        name = "\033[31mm"
        os.makedirs(self.path("in"))
        data = self.write_data()
        for option in [1, 3]:
            odd = os.path.join(self.folder, "in", name + str(option))
            os.rename(data[option], odd)
            data[option] = odd
        shown, status = self.show("train", *data, "--epochs", "1", "--output", self.path(name))
        self.assertEqual(status, 0, shown)
        self.assertNotIn("\033[31m", shown)
        self.assertIn("\ufffd[31mm1", shown)

    def test_dumb_terminal(self):
        shown, status = self.train(environment={"TERM": "dumb"})
        self.assertEqual(status, 0)
        self.assertNotIn("\033", shown)
        self.assertIn("Done in ", shown)

    def test_plain_characters(self):
        shown, status = self.train(environment={"LC_ALL": "C"})
        self.assertEqual(status, 0)
        self.assertIn("##", shown)
        self.assertTrue(shown.isascii(), shown)

    def test_tables_fit(self):
        options = ["benchmark", "--seconds", "0.001", "--only", "training,sentence", "--cell",
                   "rnn", "--hidden", "64", "--embedding-dim", "50", "--batch-size", "32",
                   "--data", self.write_data()[1]]
        for columns in [24, 40, 80, 200]:
            shown, status = self.show(*options, columns=columns)
            self.assertEqual(status, 0, shown)
            lines = [line.rsplit("\033[K", 1)[-1] for line in shown.split("\r\n")]
            self.assertLessEqual(max(map(len, lines)), columns, shown)
            text = " ".join(lines)
            for title in ["Hidden", "Embedding", "Batch", "Threads", "Steps/s", "Tokens/s",
                          "GFLOP/s", "Share", "Gain", "Time"]:
                self.assertIn(title, text)
            if columns < 80:
                self.assertIn("Hidden 64, Embedding 50, Batch 32, Threads 1, Steps/s ", text)

    def test_colors(self):
        model = self.train_model()
        text = b"The film was good. The plot was dull. \033[2Jgood\n"
        shown, status = self.show("predict", "--model", model, text=text)
        self.assertEqual(status, 0)
        self.assertRegex(shown, r"\033\[4;38;5;\d+;48;5;\d+mgood\033\[0m")
        self.assertRegex(shown, r"\033\[38;5;\d+;48;5;\d+mdull\033\[0m")
        self.assertNotIn("\033[2J", shown)
        for environment in [{"NO_COLOR": "1"}, {"TERM": "dumb"}]:
            shown, status = self.show("predict", "--model", model, text=text,
                                      environment=environment)
            self.assertEqual(status, 0)
            self.assertNotIn("\033", shown)
            self.assertIn("The film was good.", shown)

    def test_guessed_words(self):
        model = self.train_model("--subwords")
        shown, status = self.show("predict", "--model", model, text=b"The film was goodish\n")
        self.assertEqual(status, 0)
        self.assertIn("\033[3mguessed from its parts\033[0m\r\n", shown)
        self.assertRegex(shown, r"\033\[3(;[\d;]+)?mgoodish\033\[0m")
        self.assertNotRegex(shown, r"\033\[3[m;][^m]*film")
        shown, status = self.show("predict", "--model", self.train_model(), text=b"goodish\n")
        self.assertEqual(status, 0)
        self.assertNotIn("guessed", shown)

    def test_worths(self):
        model = self.train_model()
        text = b"The film was good. \033[2Jgood\n"
        shown, status = self.show("explain", "--model", model, "--method", "leave-out", text=text)
        self.assertEqual(status, 0)
        self.assertIn("A word's worth (leaving it out):", shown)
        self.assertRegex(shown, r"\033\[4;38;5;\d+;48;5;\d+mgood\033\[0m"
                                r"\033\[2m\+\d+\.\d\d\033\[0m")
        self.assertNotIn("\033[2J", shown)
        shown, status = self.show("explain", "--model", model, text=text,
                                  environment={"NO_COLOR": "1"})
        self.assertEqual(status, 0)
        self.assertNotIn("\033", shown)
        self.assertRegex(shown, r"\r\n +[+-]\d+\.\d{3}  good\r\n")

    def test_json_stays_json(self):
        shown, status = self.show("train", *self.write_data(), "--json", "--epochs", "1")
        self.assertEqual(status, 0)
        self.assertNotIn("\033", shown)
        self.assertEqual(self.load_lines(shown)[-1]["event"], "done")


cli.main()
