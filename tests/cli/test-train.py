# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Training: what it prints and logs, equal bits, interrupts, readers that go away."""

import json
import os
import resource
import signal
import subprocess
import time
import unittest

import cli
from cli import ENDLESS, SMALL, restore_interrupt

TIMES = ["seconds", "steps_per_second"]
STEP = ["event", "step", "epoch", "loss", "accuracy"]
EPOCH = ["event", "epoch", "train_loss", "train_accuracy", "val_loss", "val_accuracy", "seconds",
         "steps_per_second"]
DONE = ["event", "best_epoch", "best_val_accuracy", "seconds"]


def drop_times(events):
    return [{key: value for key, value in event.items() if key not in TIMES} for event in events]


def drop_state_times(state):
    """Returns what a state file says but for its times and the sum over all of it, and its numbers."""
    size = int.from_bytes(state[:8], "little")
    header = json.loads(state[8:8 + size])
    metadata = header["__metadata__"]
    return ({key: value for key, value in metadata.items()
             if key not in ["undertone.times", "undertone.checksum"]},
            {name: tensor for name, tensor in header.items() if name != "__metadata__"},
            state[8 + size:])


class Results(cli.Case):
    def run_once(self, name, *options):
        """Returns the bytes of the model and of the state, and the events but for their times."""
        paths = [self.path(name), self.path(name + ".state"), self.path(name + ".log")]
        self.succeed("train", *self.write_data(), *SMALL, "--output", paths[0], "--log", paths[2],
                     *options)
        events = self.load_lines(self.read(paths[2]).decode())
        return self.read(paths[0]), drop_state_times(self.read(paths[1])), drop_times(events)

    def test_same_seed_same_bits(self):
        for cell in ["rnn", "lstm", "gru"]:
            with self.subTest(cell=cell):
                first = self.run_once("a", "--cell", cell, "--seed", "7")
                self.assertEqual(first, self.run_once("b", "--cell", cell, "--seed", "7"))
                other = self.run_once("c", "--cell", cell, "--seed", "8")
                self.assertNotEqual(first[0], other[0])

    def test_threads_do_not_matter(self):
        batches = ["--batch-size", "64", "--train-unknown"]
        one = self.run_once("a", *batches, "--threads", "1")
        self.assertEqual(one, self.run_once("b", *batches, "--threads", "2"))

    def test_probes(self):
        """Sentences are followed at least at the end of each epoch, and no bit of the run changes."""
        plain = self.run_once("a")
        file = self.write("probes.txt", "\n  a  bad film \na good film\n")
        followed = self.run_once("b", "--probe", "a good film", "--probe", "She said “good”, \"bad\"",
                                 "--probes", file)
        self.assertEqual(followed[:2], plain[:2])
        probes = [event for event in followed[2] if event["event"] == "probe"]
        self.assertEqual([event for event in followed[2] if event["event"] != "probe"], plain[2])
        self.assertEqual([event["text"] for event in probes[-3:]],
                         ["a good film", "She said “good”, \"bad\"", "a bad film"])
        self.assertLessEqual({(12, 1), (24, 2), (36, 3)},
                             {(event["step"], event["epoch"]) for event in probes})
        for event in probes:
            self.assertEqual(list(event), ["event", "step", "epoch", "text", "probability"])
            self.assertTrue(0 < event["probability"] < 1)
        ends = [i for i, event in enumerate(followed[2]) if event["event"] == "epoch"]
        self.assertEqual({followed[2][end + 1]["event"] for end in ends}, {"probe"})

    def test_wrong_probes(self):
        data = self.write_data()
        self.fail_with(2, "--probe: A sentence to follow needs a word", "train", *data, "--probe", " ")
        self.fail_with(2, "--probe: A sentence to follow has at most 1,000 bytes", "train", *data,
                       "--probe", "x" * 1001)
        self.fail_with(2, "At most 32 sentences", "train", *data,
                       *[word for i in range(33) for word in ["--probe", "sentence %d" % i]])
        self.fail_with(1, "none.txt", "train", *data, "--probes", self.path("none.txt"))
        self.fail_with(1, "bad.txt:2: The sentence is not UTF-8 text", "train", *data, "--probes",
                       self.write("bad.txt", b"good\ncaf\xe9\n"))
        self.fail_with(2, "would be overwritten", "train", *data, "--probes",
                       self.write("probes.txt", "good\n"), "--log", self.path("probes.txt"))

    def test_further_settings(self):
        plain = self.run_once("a")
        for options in [["--gradient-clipping", "0.01"], ["--weight-decay", "0.5"],
                        ["--label-smoothing", "0.2"],
                        ["--freeze-embedding"], ["--warm-up", "0.2"], ["--schedule", "linear"],
                        ["--schedule", "cosine"], ["--schedule", "plateau", "--epochs", "9"],
                        ["--averaged-epochs", "2"], ["--layers", "2"], ["--bidirectional"],
                        ["--layers", "2", "--layer-dropout", "0.2"],
                        ["--readout", "mean"], ["--readout", "max"], ["--readout", "attention"],
                        ["--embedding-dropout", "0.2"], ["--readout-dropout", "0.2"],
                        ["--subwords"], ["--subwords", "--word-dropout", "0.5"],
                        ["--state-along", "batch"], ["--loss", "positions"], ["--padding", "read"],
                        ["--state-along", "batch", "--loss", "positions", "--padding", "read"]]:
            with self.subTest(options=options):
                one = self.run_once("b", *options, "--threads", "1")
                self.assertEqual(one, self.run_once("c", *options, "--threads", "2"))
                self.assertNotEqual(one[0], plain[0])

    def test_as_coded(self):
        model = self.path("m")
        done = self.load_lines(self.succeed(
            "train", *self.write_data(), *SMALL, "--json", "--output", model, "--state-along",
            "batch", "--loss", "positions", "--padding", "read", "--eval-batch-size", "7"))[-1]
        result = json.loads(self.succeed("evaluate", "--model", model, "--json",
                                         "--data", self.path("dev.tsv")))
        self.assertEqual(result["accuracy"], done["best_val_accuracy"])
        self.assertEqual(sum(result["confusion"].values()), result["examples"])
        text = self.succeed("evaluate", "--model", model, "--data", self.path("dev.tsv"))
        self.assertRegex(text, r"Accuracy +%.4f .*0\.5000" % result["accuracy"])

    def test_baselines(self):
        for cell, least in [("bag", 0.9), ("majority", 0.5)]:
            with self.subTest(cell=cell):
                one = self.run_once("b", "--cell", cell, "--threads", "1")
                self.assertEqual(one, self.run_once("c", "--cell", cell, "--threads", "2"))
                result = json.loads(self.succeed("evaluate", "--model", self.path("b"), "--json",
                                                 "--data", self.path("dev.tsv")))
                self.assertGreaterEqual(result["accuracy"], least)

    def read_map(self, name):
        """Returns the map's header and its rows, split."""
        lines = self.read(self.path(name)).decode().splitlines()
        return lines[0], [line.split("\t") for line in lines[1:]]

    def test_map(self):
        plain = self.run_once("a")
        self.assertEqual(plain, self.run_once("b", "--map", self.path("map.tsv")))
        header, rows = self.read_map("map.tsv")
        self.assertEqual(header, "sentence\tlabel\tconfidence\tvariability\tcorrectness")
        self.assertEqual(["\t".join(row[:2]) + "\n" for row in rows], cli.make_rows(96, 1))
        for row in rows:
            confidence, variability, correctness = map(float, row[2:])
            self.assertTrue(0 < confidence < 1 and 0 < variability <= 0.5)
            self.assertIn(round(3 * correctness, 4), [0, 1, 2, 3])

    def test_exclude(self):
        train = cli.make_rows(96, 1)
        flagged = self.write("flagged.tsv", cli.HEADER + "".join(train[3:7]))
        left = [row for row in train if row not in train[3:7]]
        result = self.run_program("train", *self.write_data(), *SMALL, "--exclude", flagged,
                                  "--map", self.path("map.tsv"))
        self.assertRegex(result.stderr.decode() + result.stdout.decode(),
                         "%d of 96 training rows are left out as flagged.tsv says" % (96 - len(left)))
        self.assertEqual(["\t".join(row[:2]) + "\n" for row in self.read_map("map.tsv")[1]], left)

        # The list has the form of a data set: what it leaves is what a file of the others gives.
        with_list = self.run_once("a", "--exclude", flagged)
        rest = self.write("rest.tsv", cli.HEADER + "".join(left))
        without_list = self.run_once("b", "--train", rest)
        self.assertEqual(with_list[0], without_list[0])

        everything = self.write("all.tsv", cli.HEADER + "".join(train))
        self.fail_with(1, r"all\.tsv: the list has every training row", "train",
                       *self.write_data(), *SMALL, "--exclude", everything)
        self.fail_with(1, r"nowhere\.tsv: ", "train", *self.write_data(), *SMALL, "--exclude",
                       self.path("nowhere.tsv"))
        self.fail_with(2, r"flagged\.tsv: The file would be overwritten", "train",
                       *self.write_data(), *SMALL, "--exclude", flagged, "--map", flagged)

    def test_name_does_not_matter(self):
        self.assertEqual(self.run_once("a")[0], self.run_once("b", "--name", "another")[0])

    def test_learns(self):
        model = self.train_model()
        result = json.loads(self.succeed("evaluate", "--model", model, "--json",
                                         "--data", self.path("dev.tsv")))
        self.assertEqual(result["accuracy"], 1)


class Report(cli.Case):
    def check_events(self, events):
        steps = [event for event in events if event["event"] == "step"]
        epochs = [event for event in events if event["event"] == "epoch"]
        self.assertEqual([event["step"] for event in steps], list(range(1, 3 * 12 + 1)))
        self.assertEqual([event["epoch"] for event in epochs], [1, 2, 3])
        for event in steps:
            self.assertEqual(list(event), STEP)
            self.assertEqual(event["epoch"], (event["step"] - 1) // 12 + 1)
            self.assertTrue(0 <= event["accuracy"] <= 1 and event["loss"] > 0, event)
        for event in epochs:
            self.assertEqual(list(event), EPOCH)
        self.assertEqual(list(events[-1]), DONE)
        best = max(epochs, key=lambda event: (event["val_accuracy"], -event["val_loss"]))
        self.assertEqual(events[-1]["best_epoch"], best["epoch"])
        self.assertEqual(events[-1]["best_val_accuracy"], best["val_accuracy"])
        # An epoch stands behind its last step.
        order = [(event["epoch"], event["event"] == "epoch") for event in events[:-1]]
        self.assertEqual(order, sorted(order))

    def test_events(self):
        log = self.path("log")
        text = self.succeed("train", *self.write_data(), *SMALL, "--json", "--log", log)
        printed = self.load_lines(text)
        logged = self.load_lines(self.read(log).decode())
        self.check_events(logged)
        self.check_events(printed)
        self.assertEqual(printed, logged)

    def test_numbers_ignore_the_locale(self):
        locales = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.split()
        german = [name for name in locales if name.startswith("de_DE")]
        if not german:
            self.skipTest("there is no locale with a decimal comma")
        log = self.path("log")
        text = self.succeed("train", *self.write_data(), *SMALL, "--json", "--log", log,
                            "--learning-rate", "1e-3", environment={"LC_ALL": german[0]})
        self.assertEqual(self.load_lines(text), self.load_lines(self.read(log).decode()))

    def test_plain_lines(self):
        text = self.succeed("train", *self.write_data(), *SMALL, "--name", "First try")
        self.assertRegex(text, r"\AFirst try: LSTM on train.tsv\n")
        self.assertRegex(text, r"96 rows to train, 32 to validate, 18 words")
        self.assertRegex(text, r"an accuracy of 0\.5000")
        self.assertEqual(len([line for line in text.splitlines()
                              if line[:7].strip().isdigit()]), 3, text)
        self.assertRegex(text, r"\nDone in \d+\.\d s\. \S")
        self.assertIn("--output FILE", text)
        self.assertNotIn("\033", text)
        self.assertNotIn("\r", text)

    def test_ends_early(self):
        text = self.succeed("train", *self.write_data(), *SMALL, "--patience", "1",
                            "--min-delta", "1", "--label-smoothing", "0.1", "--schedule", "cosine")
        self.assertRegex(text, r"\n +Label smoothing: 0\.1\n +Patience: 1\n +Minimum delta: 1\n"
                               r" +Learning-rate schedule: Cosine\n")
        self.assertEqual(len([line for line in text.splitlines()
                              if line[:7].strip().isdigit()]), 2, text)
        self.assertRegex(text, r"\nDone in \d+\.\d s\. It ended early, at epoch 2, which was no")

    def test_held_out_rows_are_said(self):
        train = self.write("train.tsv", cli.HEADER + "".join(cli.make_rows(100, 1)))
        text = self.succeed("train", "--train", train, *SMALL)
        self.assertIn("90 rows to train, 10 to validate", text)
        self.assertRegex(text, "(?i)tenth|held out")

    def test_coverage_is_said(self):
        text = self.succeed("train", *self.write_data(), *SMALL[:2], *SMALL[4:],
                            "--vectors", self.write_vectors())
        self.assertRegex(text, r"18 of (the )?18 words")


class Presets(cli.Case):
    def run_with(self, *options):
        return self.run_program("train", "--json", "--epochs", "1", "--hidden", "2",
                                "--embedding-dim", "2", "--output", self.path("m"), *options,
                                environment={"XDG_CONFIG_HOME": self.folder})

    def write_presets(self, text):
        os.makedirs(self.path("undertone"), exist_ok=True)
        return self.write("undertone/presets.json", text)

    def read_config(self):
        with open(self.path("m"), "rb") as file:
            size = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(size))
        return json.loads(header["__metadata__"]["undertone.config"])

    def test_built_in(self):
        result = self.run_with("--preset", "notebook", *self.write_data())
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.read_config()["learning-rate"], 0.001)

    def test_own(self):
        train, dev = self.write_data()[1::2]
        config = {"cell": "gru", "data": None, "train-path": train, "dev-path": dev,
                  "batch-size": 7, "epochs": 9}
        self.write_presets(json.dumps([{"name": "My “own” one", "config": config}]))
        result = self.run_with("--preset", "My “own” one", "--seed", "3")
        self.assertEqual(result.returncode, 0, result.stderr)
        found = self.read_config()
        self.assertEqual([found[key] for key in ["cell", "batch-size", "epochs", "seed"]],
                         ["gru", 7, 1, 3])
        self.fail_with(2, "train.tsv: The file would be overwritten", "train", "--preset",
                       "My “own” one", "--log", train, environment={"XDG_CONFIG_HOME": self.folder})

    def test_unknown(self):
        self.write_presets('[{"name": "Mine", "config": {}}]')
        self.fail_with(2, "--preset yours: There is no such preset; there are quick-look, "
                       "notebook.*, “Mine”", "train", "--preset", "yours",
                       environment={"XDG_CONFIG_HOME": self.folder})

    def test_damaged(self):
        self.write_presets("[")
        self.fail_with(1, "presets.json: The presets cannot be read", "train", "--preset", "Mine",
                       environment={"XDG_CONFIG_HOME": self.folder})


class Interrupts(cli.Case):
    def start(self, *options, wait_for="epoch"):
        """Starts an endless training and waits until its log holds the event WAIT_FOR."""
        log = self.write("log", "")
        process = subprocess.Popen([cli.PROGRAM, "train", *self.write_data(), *ENDLESS,
                                    "--log", log, *options],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   preexec_fn=restore_interrupt)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        limit = time.monotonic() + cli.TIMEOUT
        while time.monotonic() < limit and process.poll() is None:
            if b'"event":"%s"' % wait_for.encode() in self.read(log):
                return process
            time.sleep(0.02)
        self.fail("training did not start: %r" % process.stderr.read())

    def test_interrupt_keeps_the_map(self):
        process = self.start("--map", self.path("map.tsv"))
        process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=cli.TIMEOUT)[1]
        self.assertEqual(process.returncode, 130, errors)
        self.assertEqual(len(self.read(self.path("map.tsv")).splitlines()), 1 + 96)

    def test_interrupt_keeps_the_best(self):
        for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
            model = self.path("m")
            process = self.start("--output", model)
            process.send_signal(number)
            output, errors = process.communicate(timeout=cli.TIMEOUT)
            self.assertEqual(process.returncode, 130, errors)
            self.assertIn(b"Stopped at epoch", output)
            self.assertTrue(os.path.exists(model + ".state"))
            result = json.loads(self.succeed("evaluate", "--model", model, "--json",
                                             "--data", self.path("dev.tsv")))
            done = self.load_lines(self.read(self.path("log")).decode())[-1]
            self.assertEqual(done["event"], "done")
            self.assertAlmostEqual(result["accuracy"], done["best_val_accuracy"])

    def test_interrupt_before_the_first_check(self):
        rows = 2000 if cli.SANITIZED else 20000
        train = self.write("long.tsv", cli.HEADER + "".join(cli.make_rows(rows, 4)))
        model = self.path("m")
        process = self.start("--output", model, "--train", train, "--batch-size", "1",
                             "--hidden", "64", wait_for="step")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=cli.TIMEOUT)
        self.assertEqual(process.returncode, 130, errors)
        events = self.load_lines(self.read(self.path("log")).decode())
        self.assertEqual(events[-1]["event"], "done")
        self.assertEqual(events[-1]["best_epoch"], 0)
        self.assertEqual([event["epoch"] for event in events if event["event"] == "epoch"], [0])
        self.succeed("predict", "--model", model, text="a fine film\n")

    def test_interrupt_as_json(self):
        process = self.start("--json")
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=cli.TIMEOUT)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(self.load_lines(output.decode())[-1]["event"], "done")


class Readers(cli.Case):
    def test_training_outlives_its_reader(self):
        model = self.path("m")
        for options in [[], ["--json"]]:
            process = subprocess.Popen([cli.PROGRAM, "train", *self.write_data(), *SMALL, *options,
                                        "--output", model],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            process.stdout.close()
            errors = process.stderr.read()
            process.stderr.close()
            self.assertEqual(process.wait(cli.TIMEOUT), 1)
            self.assertEqual(errors, b"")
            self.succeed("predict", "--model", model, text="fine\n")
            os.unlink(model)

    def test_nobody_left(self):
        process = subprocess.Popen([cli.PROGRAM, "train", *self.write_data(), *ENDLESS, "--json"],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.wait(cli.TIMEOUT), 1)

    def test_closed_standard_output(self):
        log = self.path("log")
        process = subprocess.run([cli.PROGRAM, "train", *self.write_data(), *SMALL, "--log", log],
                                 stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                 preexec_fn=lambda: os.close(1))
        self.assertEqual(process.returncode, 1)
        self.assertIn(b"Standard output cannot be written: Bad file descriptor", process.stderr)
        self.assertEqual(self.load_lines(self.read(log).decode())[-1]["event"], "done")

    @unittest.skipUnless(os.path.exists("/dev/full"), "there is no /dev/full")
    def test_full_disk(self):
        with open("/dev/full", "wb") as full:
            process = subprocess.run([cli.PROGRAM, "--help"], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(process.returncode, 1)
        self.assertIn(b"Standard output cannot be written: No space left", process.stderr)

    def test_disk_fills_while_training(self):
        """What could not be written is not said to be there; what was written before stays."""
        def limit_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

        model = self.write("m", "old")
        process = subprocess.run([cli.PROGRAM, "train", *self.write_data(), "--output", model],
                                 capture_output=True, timeout=cli.TIMEOUT,
                                 restore_signals=False, preexec_fn=limit_files)
        self.assertEqual(process.returncode, 1, process.stderr)
        self.assertRegex(process.stderr, rb"m: File too large")
        self.assertNotIn(b"written", process.stdout)
        self.assertEqual(self.read(model), b"old")
        self.assertEqual(sorted(os.listdir(self.folder)), ["dev.tsv", "m", "train.tsv"])

    def test_interrupt_while_reading(self):
        train = self.write("long.tsv", cli.HEADER + "".join(cli.make_rows(1000, 4)) * 1000)
        process = subprocess.Popen([cli.PROGRAM, "train", "--train", train,
                                    "--output", self.path("m"), "--log", self.path("log")],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   preexec_fn=restore_interrupt)
        self.addCleanup(process.kill)
        while not os.path.exists(self.path("log")):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=cli.TIMEOUT)
        self.assertEqual(process.returncode, 130, errors)
        self.assertEqual(errors, b"undertone-cli: Stopping; nothing was trained yet\n")
        self.assertIn(b"Stopped before the training began.", output)
        self.assertFalse(os.path.exists(self.path("m")))


cli.main()
