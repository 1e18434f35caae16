# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Help, version, and everything that is wrong with a command line."""

import os
import unittest

import cli

COMMANDS = ["train", "sweep", "resume", "reproduce", "runs", "evaluate", "predict", "explain",
            "cells", "nearest", "import", "tokenize", "get", "benchmark"]
RUNS_COMMANDS = {"list": 0, "show": 1, "rename": 2, "note": 2, "export": 2, "import": 1,
                 "empty-trash": 0, "repair": 0}
RUNS_LISTS = ["tag", "delete", "restore"]  # which take any number of words


class Help(cli.Case):
    def test_overall(self):
        for option in ["--help", "-h"]:
            text = self.succeed(option)
            for command in COMMANDS:
                self.assertIn("  %s " % command, text)
        self.assertRegex(self.succeed("--version"), r"\Aundertone-cli \d+\.\d+\.\d+\n\Z")

    def test_each_command(self):
        for command in COMMANDS:
            text = self.succeed(command, "--help")
            self.assertIn("undertone-cli %s" % command, text)
            self.assertIn("--help", text)
            self.assertLessEqual(max(len(line) for line in text.splitlines()), 80)

    def test_each_command_of_runs(self):
        overall = self.succeed("runs", "--help")
        for command in [*RUNS_COMMANDS, *RUNS_LISTS]:
            self.assertIn("  %s " % command, overall)
            text = self.succeed("runs", command, "--help")
            self.assertIn("undertone-cli runs %s" % command, text)
            self.assertLessEqual(max(len(line) for line in text.splitlines()), 80)
        self.assertLessEqual(max(len(line) for line in overall.splitlines()), 80)

    def test_train_names_ranges(self):
        text = self.succeed("train", "--help")
        for option in ["train", "dev", "vectors", "cell", "hidden", "embedding-dim", "batch-size",
                       "eval-batch-size", "learning-rate", "epochs", "seed", "threads", "output",
                       "log", "name", "json", "train-unknown", "freeze-embedding",
                       "gradient-clipping", "weight-decay", "label-smoothing", "patience",
                       "min-delta", "schedule", "warm-up", "averaged-epochs", "layers", "bidirectional",
                       "readout", "embedding-dropout", "layer-dropout", "readout-dropout",
                       "subwords", "word-dropout", "state-along", "loss", "padding"]:
            self.assertIn("--" + option, text)
        self.assertRegex(text, r"--hidden=N +Hidden size: 1 to 4096 \[64\]")
        self.assertRegex(text, r"--schedule=NAME +constant, linear, cosine or plateau \[constant\]")


class WrongUsage(cli.Case):
    def test_commands(self):
        self.fail_with(2, "A command is missing")
        self.fail_with(2, "There is no command .*fly", "fly")
        self.fail_with(2, "A command must come before", "--json", "train")

    def test_options(self):
        for command in COMMANDS:
            self.fail_with(2, "--fly", command, "--fly")
            if command not in ["nearest", "runs"]:  # which take any number of words
                self.fail_with(2, "One argument too many", command, *["one"] * 2, "three")
        self.fail_with(2, "--epochs", "train", "--epochs")
        for command, n_operands in RUNS_COMMANDS.items():
            self.fail_with(2, "--fly", "runs", command, "--fly")
            self.fail_with(2, "One argument too many", "runs", command,
                           *["one"] * (n_operands + 1))
        self.fail_with(2, "A command is missing", "runs")
        self.fail_with(2, "There is no command .*fly", "runs", "fly")

    def test_messages_do_not_drive_the_terminal(self):
        for arguments in [["tokenize", "a\033[31m\nb"], ["\033c"], [b"--\xff\033"],
                          ["train", b"--\xff\033"]]:
            errors = self.run_program(*arguments).stderr
            self.assertNotIn(b"\033", errors)
            for line in errors.decode().splitlines():
                self.assertTrue(line.startswith("undertone-cli: "), line)

    def test_missing_options(self):
        self.fail_with(2, "--model MODEL is missing", "predict")
        self.fail_with(2, "--model MODEL is missing", "evaluate", "--data", "x")
        self.fail_with(2, "--data FILE is missing", "evaluate", "--model", "x")
        self.fail_with(2, "--dev needs --train", "train", "--dev", "x")
        self.fail_with(2, "--train-unknown and --no-train-unknown exclude each other",
                       "train", "--train-unknown", "--no-train-unknown")

    def test_settings_out_of_range(self):
        for option, values in {
                "hidden": ["0", "-1", "4097", "1.5", "many", "", "nan", "9" * 400],
                "embedding-dim": ["0", "4097", "0x10"],
                "batch-size": ["0", "1e9", "inf"],
                "eval-batch-size": ["0", "-3"],
                "learning-rate": ["0", "-0.1", "nan", "1e400", "1e-400", "fast"],
                "epochs": ["0", "1e-3", "100000000"],
                "seed": ["-1", "1.5", "1e30"],
                "threads": ["-1", "100000"],
                "gradient-clipping": ["-0.1", "1001", "nan"],
                "weight-decay": ["-0.1", "1.1", "some"],
                "label-smoothing": ["-0.1", "0.6", "some"],
                "patience": ["-1", "0.5"],
                "min-delta": ["-0.1", "2"],
                "schedule": ["steep", "", "0", "constant,linear"],
                "warm-up": ["-0.1", "0.6", "10%"],
                "averaged-epochs": ["-1", "65", "1.5"],
                "state-along": ["time", "1"],
                "loss": ["none", ""],
                "padding": ["on", "0"],
        }.items():
            for value in values:
                with self.subTest(option=option, value=value):
                    self.fail_with(2, "--%s %s.*: " % (option, value[:20]),
                                   "train", "--%s=%s" % (option, value))
        self.fail_with(2, "rnn, lstm, gru, bag or majority", "train", "--cell", "transformer")
        self.fail_with(2, "--schedule step: Learning-rate schedule: constant, linear, cosine or "
                       "plateau", "train", "--schedule", "step")

    def test_as_coded(self):
        for options in [["--layers", "2"], ["--bidirectional"], ["--readout", "max"], ["--subwords"],
                        ["--layer-dropout", "0.1"], ["--label-smoothing", "0.1"]]:
            self.fail_with(2, "only “.*” as the notebook's code runs",
                           "train", "--padding", "read", *options)


class Outputs(cli.Case):
    def test_empty_names(self):
        for option in ["--train", "--vectors", "--output", "--log"]:
            self.fail_with(2, option + ": the name of a file was expected", "train", option, "")
        self.fail_with(2, "--model: the name of a file was expected", "predict", "--model=")

    def test_unwritable_is_found_before_training(self):
        data = self.write_data()
        os.mkdir(self.path("folder"))
        for option in ["--output", "--log"]:
            self.fail_with(1, "no-folder/x: The file cannot be written: No such file",
                           "train", *data, option, self.path("no-folder/x"))
            self.fail_with(1, "folder: The file cannot be written: Is a directory",
                           "train", *data, option, self.path("folder"))
            self.fail_with(1, "train.tsv/x: The file cannot be written: Not a directory",
                           "train", *data, option, self.path("train.tsv/x"))
        self.fail_with(1, "/dev/null: .*not a regular file", "train", *data,
                       "--output", "/dev/null")
        self.assertEqual(sorted(os.listdir(self.folder)), ["dev.tsv", "folder", "train.tsv"])

    @unittest.skipIf(os.geteuid() == 0, "the superuser may write everywhere")
    def test_read_only_folder(self):
        data = self.write_data()
        os.mkdir(self.path("locked"), 0o500)
        self.fail_with(1, "locked/m: The file cannot be written: Permission denied",
                       "train", *data, "--output", self.path("locked/m"))

    def test_inputs_are_never_overwritten(self):
        data = self.write_data()
        before = self.read(self.path("train.tsv"))
        self.fail_with(2, "train.tsv: The file would be overwritten", "train", *data,
                       "--output", self.path("train.tsv"))
        self.fail_with(2, "dev.tsv: The file would be overwritten", "train", *data,
                       "--log", self.path("./dev.tsv"))
        self.fail_with(2, "m.state: The file would be overwritten", "train", *data,
                       "--output", self.path("m"), "--log", self.path("m.state"))
        self.assertEqual(self.read(self.path("train.tsv")), before)


cli.main()
