# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""What the tests of the terminal program share: running it, small data, and results as TAP."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = os.environ["UNDERTONE_CLI"]
# A sanitizer build is several times slower; there the same paths are run with less work.
SANITIZED = os.environ.get("UNDERTONE_SANITIZED", "none") != "none"
TIMEOUT = 120

GOOD = ["good", "great", "fine", "lovely"]
BAD = ["bad", "dull", "poor", "awful"]
PLAIN = ["a", "the", "film", "plot", "is", "was", "and", "it", "scene", "music"]

HEADER = "sentence\tlabel\n"


def make_rows(n, seed):
    """Sentences of plain words, one of which carries the label."""
    numbers = random.Random(seed)
    rows = []
    for i in range(n):
        words = [numbers.choice(PLAIN) for _ in range(numbers.randint(1, 9))]
        words.insert(numbers.randint(0, len(words)), numbers.choice(GOOD if i % 2 else BAD))
        rows.append("%s\t%d\n" % (" ".join(words), i % 2))
    return rows


class Case(unittest.TestCase):
    """A test with a folder of its own and what it takes to run the program."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="undertone-cli-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        path = self.path(name)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def read(self, path):
        with open(path, "rb") as file:
            return file.read()

    def write_data(self, n=96):
        """Returns the options that name a small training and development file."""
        train = self.write("train.tsv", HEADER + "".join(make_rows(n, 1)))
        dev = self.write("dev.tsv", HEADER + "".join(make_rows(32, 2)))
        return ["--train", train, "--dev", dev]

    def write_vectors(self, name="vectors.txt", dimension=4):
        numbers = random.Random(3)
        lines = [word + "".join(" %.3f" % numbers.gauss(0, 0.5) for _ in range(dimension)) + "\n"
                 for word in GOOD + BAD + PLAIN]
        return self.write(name, "".join(lines))

    def train_model(self, *options):
        """Trains a small model and returns its path."""
        model = self.path("model.safetensors")
        self.succeed("train", *self.write_data(), "--hidden", "8", "--embedding-dim", "8",
                     "--epochs", "6", "--learning-rate", "0.02", "--batch-size", "8",
                     "--output", model, *options)
        return model

    def run_program(self, *arguments, text=b"", environment=None):
        env = dict(os.environ)
        env.pop("NO_COLOR", None)
        env.update(environment or {})
        if isinstance(text, str):
            text = text.encode()
        result = subprocess.run([PROGRAM, *arguments], input=text, capture_output=True, env=env,
                                timeout=TIMEOUT, cwd=self.folder)
        self.assertGreaterEqual(result.returncode, 0, "ended by a signal: %r" % result.stderr)
        self.assertNotIn(b"CRITICAL", result.stderr)
        self.assertNotIn(b"WARNING", result.stderr)
        self.assertNotIn(b"Sanitizer", result.stderr)
        return result

    def succeed(self, *arguments, **keywords):
        """Runs the program, which must end well, and returns its standard output as text."""
        result = self.run_program(*arguments, **keywords)
        self.assertEqual(result.returncode, 0, result.stderr.decode(errors="replace"))
        return result.stdout.decode()

    def fail_with(self, status, pattern, *arguments, **keywords):
        """Runs the program, which must end with STATUS and a message like PATTERN."""
        result = self.run_program(*arguments, **keywords)
        message = result.stderr.decode(errors="replace")
        self.assertEqual(result.returncode, status, message)
        self.assertRegex(message, pattern)
        for line in message.splitlines():
            self.assertTrue(line.startswith("undertone-cli: "), line)
        return result

    def load_lines(self, text):
        return [json.loads(line, parse_constant=self.fail) for line in text.splitlines()]


SMALL = ["--hidden", "8", "--embedding-dim", "8", "--batch-size", "8", "--epochs", "3"]
# A run that would take hours, so that it is still underway when it is interrupted.
ENDLESS = ["--hidden", "8", "--embedding-dim", "8", "--batch-size", "8", "--epochs", "10000"]


def restore_interrupt():
    """A test that runs in the background, or without a terminal, inherits that these are ignored."""
    for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
        signal.signal(number, signal.SIG_DFL)


class StoreCase(Case):
    """A test with a store of its own."""

    def setUp(self):
        super().setUp()
        self.environment = {"XDG_DATA_HOME": self.path("home")}

    @property
    def store(self):
        return self.path("home/undertone")

    def run_program(self, *arguments, text=b"", environment=None):
        return super().run_program(*arguments, text=text,
                                   environment={**self.environment, **(environment or {})})

    def keep(self, *options):
        """Trains a small run that is kept, and returns its object."""
        self.succeed("train", "--keep", *self.write_data(), *SMALL, *options)
        return self.list_runs()[0]

    def list_runs(self, *options):
        return self.load_lines(self.succeed("runs", "list", "--json", *options))

    def find(self, run_id):
        """Returns the object of the run with RUN_ID, also in the trash."""
        found = [run for run in self.list_runs("--all") if run["id"] == run_id]
        self.assertEqual(len(found), 1, run_id)
        return found[0]

    def show(self, run):
        return json.loads(self.succeed("runs", "show", run, "--json"))

    def start(self, *arguments, **keywords):
        """Starts the program, which the end of the test kills."""
        process = subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, cwd=self.folder,
                                   env={**os.environ, **self.environment},
                                   preexec_fn=restore_interrupt, **keywords)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def wait_until(self, condition):
        """Waits until CONDITION gives something, and returns it."""
        limit = time.monotonic() + TIMEOUT
        while time.monotonic() < limit:
            result = condition()
            if result:
                return result
            time.sleep(0.05)
        self.fail("it did not come to pass")

    def end(self, process, number=signal.SIGINT):
        """Sends a signal; returns the exit status, standard output and standard error."""
        process.send_signal(number)
        output, errors = process.communicate(timeout=TIMEOUT)
        self.assertNotIn(b"CRITICAL", errors)
        self.assertNotIn(b"Sanitizer", errors)
        return process.returncode, output.decode(), errors.decode()


class TapResult(unittest.TestResult):
    """Prints one line of the Test Anything Protocol for each case."""

    def __init__(self, n_tests):
        super().__init__()
        print("1..%d" % n_tests, flush=True)

    def report(self, word, test, remark="", detail=""):
        print("%s %d - %s%s" % (word, self.testsRun, test.id().split(".", 1)[-1], remark))
        for line in detail.splitlines():
            print("# " + line)
        sys.stdout.flush()

    def addSuccess(self, test):
        self.report("ok", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.report("not ok", test, detail=self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self.report("not ok", test, detail=self.errors[-1][1])

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.report("ok", test, remark=" # SKIP " + reason)

    def addSubTest(self, test, subtest, err):
        # The case goes on after a part of it failed; its one line is printed at its end.
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.broken.append("%s\n%s" % (subtest, (self.failures + self.errors)[-1][1]))

    def startTest(self, test):
        super().startTest(test)
        self.broken = []

    def stopTest(self, test):
        super().stopTest(test)
        if self.broken:
            self.report("not ok", test, detail="\n".join(self.broken))


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = TapResult(suite.countTestCases())
    suite.run(result)
    sys.exit(0 if result.wasSuccessful() else 1)
