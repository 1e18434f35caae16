# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Sweeps: the grid, what it prints and keeps, the ranking, interrupts."""

import json
import os
import signal
import statistics

import cli

TINY = ["--hidden", "4", "--embedding-dim", "4", "--batch-size", "8", "--epochs", "2"]


class Plan(cli.StoreCase):
    def test_dry_run(self):
        plan = json.loads(self.succeed("sweep", *TINY, "--dry-run", "--json", "--grid", "hidden=4,8",
                                       "--grid", "bidirectional=off,on", "--cells", "rnn,gru",
                                       "--seeds", "2", "--seed", "5"))
        self.assertEqual(plan["event"], "plan")
        self.assertEqual(plan["runs"], 16)
        self.assertEqual([list(item.values()) for item in plan["settings"][:6]],
                         [["rnn", 4, False, 5], ["rnn", 4, False, 6], ["gru", 4, False, 5],
                          ["gru", 4, False, 6], ["rnn", 4, True, 5], ["rnn", 4, True, 6]])
        text = self.succeed("sweep", *TINY, "--dry-run", "--grid", "hidden=4,8")
        self.assertRegex(text, r"\A2 runs:\n  Run +Cell +hidden +Seed\n  1 +LSTM +4 +1\n"
                               r"  2 +LSTM +8 +1\n\Z")
        self.assertFalse(os.path.exists(self.path("home")))

    def test_wrong_grids(self):
        vectors = self.write_vectors()
        for pattern, options in [
                ("OPTION=VALUE", ["--grid", "hidden"]),
                ("There is no setting “fly”", ["--grid", "fly=1,2"]),
                ("Hidden size", ["--grid", "hidden=0,4"]),
                ("Hidden size", ["--grid", "hidden="]),
                ("8 is there twice", ["--grid", "hidden=8,8"]),
                ("It is there twice", ["--grid", "hidden=4,8", "--grid", "hidden-size=16"]),
                ("--seeds N makes", ["--grid", "seed=1,2"]),
                ("word vectors say", ["--grid", "embedding-dim=4,8", "--vectors", vectors]),
                ("each once", ["--cells", "rnn,rnn"]), ("each once", ["--cells", ""]),
                ("each once", ["--cells", "rnn,transformer"]),
                ("--seeds 0", ["--seeds", "0"]), ("--seeds x", ["--seeds", "x"]),
                ("At most 1.?000 runs", ["--grid", "hidden=%s" % ",".join(map(str, range(1, 101))),
                                         "--grid", "epochs=%s" % ",".join(map(str, range(1, 101)))]),
                ("--dev needs --train", ["--dev", "x"])]:
            with self.subTest(options=options):
                self.fail_with(2, pattern, "sweep", "--dry-run", *options)
        self.assertFalse(os.path.exists(self.path("home")))


class Sweep(cli.StoreCase):
    def test_ranking(self):
        events = self.load_lines(self.succeed(
            "sweep", *self.write_data(), *TINY, "--json", "--grid", "hidden=2,6", "--cells",
            "rnn,gru", "--seeds", "3", "--learning-rate", "0.02"))
        self.assertEqual([event["event"] for event in events], ["plan"] + ["run"] * 12 + ["ranking"])
        runs = events[1:-1]
        kept = {run["id"]: run for run in self.list_runs()}
        self.assertEqual(len(kept), 12)
        groups = {}
        for run in runs:
            self.assertEqual(kept[run["id"]]["best_val_accuracy"], run["best_val_accuracy"])
            self.assertEqual(kept[run["id"]]["state"], "finished")
            key = (run["settings"]["cell"], run["settings"]["hidden-size"])
            groups.setdefault(key, []).append(run)
        self.assertEqual(sorted(groups), [("gru", 2), ("gru", 6), ("rnn", 2), ("rnn", 6)])
        ranking = events[-1]["settings"]
        self.assertEqual([item["mean"] for item in ranking],
                         sorted([item["mean"] for item in ranking], reverse=True))
        for item in ranking:
            group = groups[item["cell"], item["hidden-size"]]
            accuracies = [run["best_val_accuracy"] for run in group]
            self.assertEqual([run["seed"] for run in group], [1, 2, 3])
            self.assertEqual(item["runs"], 3)
            self.assertAlmostEqual(item["mean"], statistics.mean(accuracies))
            self.assertAlmostEqual(item["deviation"], statistics.stdev(accuracies))
            self.assertEqual(item["best"], max(accuracies))

    def test_same_as_alone(self):
        """A run of a sweep is what train makes of the same settings."""
        self.succeed("sweep", *self.write_data(), *TINY, "--grid", "hidden=2,6", "--seeds", "2")
        alone = self.keep(*TINY, "--hidden", "6", "--seed", "2")
        twin = [run for run in self.list_runs() if run["id"] != alone["id"]][0]
        logs = [[event["loss"] for event in self.load_lines(
            self.succeed("runs", "show", run["id"], "--points", "-")) if event["event"] == "step"]
                for run in [alone, twin]]
        self.assertEqual(logs[0], logs[1])
        self.assertEqual(len(logs[0]), 24)

    def test_text(self):
        text = self.succeed("sweep", *self.write_data(), *TINY, "--grid", "hidden=2,4", "--seeds",
                            "2", "--name", "Grid")
        self.assertRegex(text, r"\A4 runs:\n  Run +Cell +hidden +Seed +Accuracy +Epoch +Time\n"
                               r"  Grid 1 +LSTM +2 +1 +0\.\d{4} +\d +\d+\.\d s\n"
                               r"  About .* for the other 3 runs, if they are like this one\.\n"
                               r"  Grid 2 ")
        self.assertRegex(text, r"\n\n  Cell +hidden +Runs +Mean accuracy +Deviation +Best\n"
                               r"  LSTM +[24] +2 +\d\.\d{4} +\d\.\d{4} +\d\.\d{4}\n  LSTM .*\n\Z")
        self.assertEqual(sorted(run["name"] for run in self.list_runs()),
                         ["Grid 1", "Grid 2", "Grid 3", "Grid 4"])

    def test_one_seed_has_no_deviation(self):
        events = self.load_lines(self.succeed("sweep", *self.write_data(), *TINY, "--json"))
        self.assertEqual([(item["runs"], item["deviation"]) for item in events[-1]["settings"]],
                         [(1, None)])

    def test_data_that_cannot_be_read(self):
        self.fail_with(1, "nowhere", "sweep", "--train", self.path("nowhere"))
        self.assertEqual(self.list_runs("--all"), [])

    def test_interrupt(self):
        for number in [signal.SIGINT, signal.SIGTERM]:
            with self.subTest(number=number):
                before = len(self.list_runs())
                process = self.start("sweep", *self.write_data(), *TINY, "--json", "--grid",
                                     "epochs=1,2,10000", "--seeds", "2")
                self.wait_until(lambda: len(self.list_runs()) == before + 5
                                and self.list_runs()[0]["epochs_done"] > 1)
                status, output, errors = self.end(process, number)
                self.assertEqual(status, 130, errors)
                self.assertIn("the ones behind it are not added", errors)
                events = self.load_lines(output)
                states = [event["state"] for event in events if event["event"] == "run"]
                self.assertEqual(states, ["finished"] * 4 + ["stopped"])
                # What was stopped counts for nothing.
                self.assertEqual(sorted(item["epochs"] for item in events[-1]["settings"]), [1, 2])
                self.assertEqual(len(self.list_runs()), before + 5)
                self.assertEqual([run["elsewhere"] for run in self.list_runs()],
                                 [False] * (before + 5))


cli.main()
