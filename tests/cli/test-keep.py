# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Runs that are kept: trained, interrupted, continued, repeated, and two programs on one store."""

import json
import os
import resource
import signal
import time

import cli


class Keep(cli.StoreCase):
    def test_nothing_is_kept_unasked(self):
        self.succeed("train", *self.write_data(), *cli.SMALL, "--output", self.path("m"))
        self.assertFalse(os.path.exists(self.path("home")))

    def test_files(self):
        """With --keep the files hold the same as without."""
        options = [*self.write_data(), *cli.SMALL, "--seed", "5"]
        names = ["m", "log", "map"]

        def files(prefix):
            return [word for option, name in zip(["--output", "--log", "--map"], names)
                    for word in [option, self.path(prefix + name)]]

        self.succeed("train", *options, *files("a"))
        text = self.succeed("train", "--keep", "--name", "Kept", *options, *files("b"))
        for name in ["m", "map"]:
            self.assertEqual(self.read(self.path("a" + name)), self.read(self.path("b" + name)))
        logs = [self.load_lines(self.read(self.path(prefix + "log")).decode()) for prefix in "ab"]
        for log in logs:
            for event in log:
                event.pop("seconds", None)
                event.pop("steps_per_second", None)
        self.assertEqual(logs[0], logs[1])
        self.assertFalse(os.path.exists(self.path("bm.state")))
        self.assertRegex(text, r"\AKept: LSTM on train\.tsv\n")
        self.assertRegex(text, r"96 rows to train, 32 to validate, 18 words")
        self.assertRegex(text, r"\nModel written to .*bm\. Ask it")
        self.assertRegex(text, r"\nThe run is kept as “Kept”\. To see it:\n  undertone-cli runs show 2")
        self.assertEqual(self.list_runs()[0]["name"], "Kept")

    def test_json(self):
        events = self.load_lines(self.succeed("train", "--keep", "--json", *self.write_data(),
                                              *cli.SMALL))
        self.assertEqual([event["event"] for event in events if event["event"] != "step"],
                         ["epoch"] * 3 + ["done"])
        self.assertEqual([event["step"] for event in events if event["event"] == "step"],
                         list(range(1, 37)))

    def test_probes(self):
        """What was answered to sentences that are followed stays with the run, wherever it goes."""
        os.makedirs(self.path("config/undertone"))
        self.write("config/undertone/probes.txt", "a bad film\n")
        options = ["--keep", "--json", *self.write_data(), *cli.SMALL]
        plain = self.succeed("train", *options, "--name", "Plain", "--output", self.path("plain"))
        self.assertNotIn("probe", plain)
        events = self.load_lines(self.succeed(
            "train", *options, "--probe", "a good film", "--pinned", "--name", "Followed",
            "--output", self.path("followed"), "--log", self.path("log"),
            environment={"XDG_CONFIG_HOME": self.path("config")}))
        self.assertEqual(self.read(self.path("plain")), self.read(self.path("followed")))
        probes = [event for event in events if event["event"] == "probe"]
        self.assertGreaterEqual(len(probes), 6)
        self.assertEqual([event["text"] for event in probes[:2]], ["a good film", "a bad film"])
        self.assertEqual(self.load_lines(self.read(self.path("log")).decode())[:-1], events[:-1])

        run = json.loads(self.succeed("runs", "show", "--json", "Followed"))
        self.assertEqual(run["probes"], probes)
        self.assertEqual(json.loads(self.succeed("runs", "show", "--json", "Plain"))["probes"], [])
        points = self.load_lines(self.succeed("runs", "show", "--points", "-", "Followed"))
        self.assertEqual(points, [event for event in events if event["event"] != "done"])

        self.succeed("runs", "export", "Followed", self.path("folder"))
        self.succeed("runs", "delete", "Followed")
        self.succeed("runs", "import", self.path("folder"))
        run = json.loads(self.succeed("runs", "show", "--json", "Followed"))
        self.assertEqual(run["probes"], probes)

    def test_ends_early(self):
        text = self.succeed("train", "--keep", *self.write_data(), *cli.SMALL, "--patience", "1",
                            "--min-delta", "1")
        self.assertRegex(text, r"\nDone in \d+\.\d s\. It ended early, at epoch 2, which was no")

    def test_names_count(self):
        self.assertEqual([self.keep("--cell", "gru")["name"] for _ in range(2)], ["GRU 1", "GRU 2"])

    def test_relative_files(self):
        self.write_data()
        self.succeed("train", "--keep", "--train", "train.tsv", "--dev", "./dev.tsv", *cli.SMALL)
        config = self.show("LSTM 1")["config"]
        self.assertEqual([config["train-path"], config["dev-path"]],
                         [self.path("train.tsv"), self.path("dev.tsv")])

    def test_failures_leave_nothing(self):
        wrong = self.write("wrong.tsv", cli.HEADER + "no label\n")
        self.fail_with(1, r"wrong\.tsv:2", "train", "--keep", "--train", wrong)
        events = self.run_program("train", "--keep", "--json", "--train", wrong).stdout.decode()
        self.assertEqual([event["event"] for event in self.load_lines(events)], ["error"])
        self.fail_with(1, "nowhere", "train", "--keep", "--train", self.path("nowhere"))
        self.fail_with(2, "train.tsv: The file would be overwritten", "train", "--keep",
                       *self.write_data(), "--output", self.path("train.tsv"))
        self.assertEqual(self.list_runs("--all"), [])
        self.assertEqual(os.listdir(os.path.join(self.store, "runs")), [])


class Interrupts(cli.StoreCase):
    def start_run(self, *options):
        """Starts an endless run and waits for its first epochs; returns the process and the run."""
        process = self.start("train", "--keep", *self.write_data(), *cli.ENDLESS, *options)
        run = self.wait_until(lambda: [run for run in self.list_runs()
                                       if run["elsewhere"] and run["epochs_done"] > 1])[0]
        return process, run

    def check_steps(self, run):
        """A kept run has each step once, and each epoch behind its last step."""
        events = self.load_lines(self.succeed("runs", "show", run, "--points", "-"))
        steps = [event["step"] for event in events if event["event"] == "step"]
        self.assertEqual(steps, list(range(1, len(steps) + 1)))
        epochs = [event["epoch"] for event in events if event["event"] == "epoch"]
        self.assertEqual(epochs, list(range(1, len(epochs) + 1)))
        return len(steps), len(epochs)

    def test_stop_and_go_on(self):
        for number in [signal.SIGINT, signal.SIGTERM]:
            with self.subTest(number=number):
                process, run = self.start_run("--output", self.path("m"))
                status, output, errors = self.end(process, number)
                self.assertEqual(status, 130, errors)
                self.assertRegex(output, r"\nStopped at epoch \d")
                self.assertRegex(output, r"To go on with it:\n  undertone-cli resume %s\n"
                                 % run["id"])
                self.succeed("predict", "--model", self.path("m"), text="fine\n")
                stopped = self.find(run["id"])
                self.assertEqual([stopped["state"], stopped["elsewhere"]], ["stopped", False])
                before = self.check_steps(run["id"])

                again = self.start("resume", run["id"])
                self.wait_until(lambda: self.find(run["id"])["epochs_done"] > before[1] + 2)
                self.assertEqual(self.end(again, number)[0], 130)
                self.assertGreater(self.check_steps(run["id"])[1], before[1] + 2)

    def test_killed(self):
        process, run = self.start_run()
        process.kill()
        process.wait()
        killed = self.find(run["id"])
        self.assertEqual([killed["state"], killed["elsewhere"]], ["interrupted", False])
        again = self.start("resume", run["id"])
        self.wait_until(lambda: self.find(run["id"])["epochs_done"] > killed["epochs_done"] + 2)
        self.assertEqual(self.end(again)[0], 130)
        self.check_steps(run["id"])

    def test_disk_fills(self):
        """A run waits until there is room again; nothing of it is lost."""
        # The signal that comes with it is ignored by this program, which must hand that on.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        process = self.start("train", "--keep", *self.write_data(), *cli.ENDLESS,
                             restore_signals=False)
        run = self.wait_until(lambda: [run for run in self.list_runs() if run["epochs_done"] > 1])[0]
        _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1024, most))
        trouble = process.stderr.readline().decode()
        self.assertRegex(trouble, r"\Aundertone-cli: .*\. The training waits; it goes on once")
        self.assertIsNone(process.poll())
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))
        # There may be trouble with more than one file.
        while b"The training waits" in (line := process.stderr.readline()):
            pass
        self.assertEqual(line, b"undertone-cli: Saving works again.\n")
        before = self.find(run["id"])["epochs_done"]
        self.wait_until(lambda: self.find(run["id"])["epochs_done"] > before + 2)
        self.assertEqual(self.end(process)[0], 130)
        self.check_steps(run["id"])

    def test_while_reading(self):
        train = self.write("long.tsv", cli.HEADER + "".join(cli.make_rows(1000, 4)) * 1000)
        process = self.start("train", "--keep", "--train", train)
        self.wait_until(lambda: os.path.exists(os.path.join(self.store, "runs.db")))
        time.sleep(0.1)
        status, _, errors = self.end(process)
        self.assertEqual(status, 130, errors)
        self.assertEqual(errors, "undertone-cli: Stopping; nothing was trained yet\n")
        self.assertEqual(self.list_runs("--all"), [])

    def test_reader_goes_away(self):
        process = self.start("train", "--keep", *self.write_data(), *cli.SMALL)
        process.stdout.close()
        self.assertEqual(process.wait(cli.TIMEOUT), 1)
        self.assertEqual(self.list_runs()[0]["state"], "finished")


class Resume(cli.StoreCase):
    def test_same_bits(self):
        """A run that is trained further ends as one that was that long from the start."""
        whole, halves = self.path("whole"), self.path("halves")
        options = [*self.write_data(), *cli.SMALL]
        self.succeed("train", *options, "--epochs", "6", "--output", whole)
        run = self.keep()
        text = self.succeed("resume", run["id"], "--epochs", "6")
        self.assertRegex(text, r"\ALSTM 1: LSTM on train\.tsv\n")
        self.assertEqual([line.split()[0] for line in text.splitlines()
                          if line[:7].strip().isdigit()], ["4", "5", "6"])
        self.assertEqual(self.find(run["id"])["epochs_done"], 6)
        self.succeed("runs", "export", run["id"], halves)
        self.assertEqual(self.read(whole), self.read(os.path.join(halves, "model.safetensors")))

    def test_json(self):
        run = self.keep()
        events = self.load_lines(self.succeed("resume", run["id"], "--epochs", "4", "--json"))
        self.assertEqual([event["event"] for event in events], ["step"] * 12 + ["epoch", "done"])
        self.assertEqual(events[0]["step"], 37)

    def test_half_rate(self):
        process = self.start("train", "--keep", *self.write_data(), *cli.ENDLESS, "--learning-rate",
                             "0.01")
        run = self.wait_until(lambda: [run for run in self.list_runs() if run["epochs_done"] > 1])[0]
        self.assertEqual(self.end(process)[0], 130)
        again = self.start("resume", run["id"], "--half-rate")
        self.wait_until(lambda: self.find(run["id"])["elsewhere"])
        self.wait_until(lambda: self.find(run["id"])["epochs_done"] > 1)
        self.assertEqual(self.end(again)[0], 130)
        self.assertEqual(self.show(run["id"])["config"]["learning-rate"], 0.005)

    def test_refused(self):
        run = self.keep()
        self.fail_with(1, "has finished; “--epochs N” trains it further", "resume", run["id"])
        self.fail_with(1, "cannot be trained to epoch 2", "resume", run["id"], "--epochs", "2")
        self.fail_with(1, "cannot be continued", "resume", run["id"], "--half-rate")
        self.fail_with(1, "There is no run “x”", "resume", "x")
        self.fail_with(2, "RUN is missing", "resume")
        self.fail_with(2, "--epochs 0: ", "resume", run["id"], "--epochs", "0")
        self.fail_with(2, "--epochs and --half-rate exclude each other", "resume", run["id"],
                       "--epochs", "5", "--half-rate")
        self.assertEqual(self.find(run["id"])["state"], "finished")

    def test_data_that_changed(self):
        run = self.keep()
        self.write("train.tsv", cli.HEADER + "".join(cli.make_rows(96, 9)))
        result = self.fail_with(1, "training data|training rows|data", "resume", run["id"], "--epochs", "5")
        self.assertIn(b"The run is kept as", result.stdout)
        shown = self.show(run["id"])
        self.assertEqual([shown["state"], shown["epochs_done"]], ["failed", 3])
        self.assertIn(shown["failure"].encode(), result.stderr)


class Reproduce(cli.StoreCase):
    def test_identical(self):
        run = self.keep("--cell", "gru")
        text = self.succeed("reproduce", "GRU 1")
        self.assertRegex(text, r"\AGRU 1 again: GRU on")
        self.assertTrue(text.endswith("Identical to GRU 1 to the last bit.\n"), text)
        events = self.load_lines(self.succeed("reproduce", run["id"], "--json"))
        self.assertEqual(events[-1], {"event": "reproduction", "id": self.list_runs()[0]["id"],
                                      "name": "GRU 1 again (2)", "of": run["id"],
                                      "identical": True,
                                      "message": "Identical to GRU 1 to the last bit."})
        self.assertEqual(self.show("GRU 1 again")["reproduction"], events[-1]["message"])

    def test_different(self):
        run = self.keep()
        rows = cli.make_rows(96, 1)
        rows[0] = "a different row\t%s" % rows[0][-2:]
        self.write("train.tsv", cli.HEADER + "".join(rows))
        result = self.run_program("reproduce", run["id"], "--json")
        self.assertEqual(result.returncode, 1, result.stderr)
        event = self.load_lines(result.stdout.decode())[-1]
        self.assertFalse(event["identical"])
        self.assertRegex(event["message"], r"\ADiffers from LSTM 1 from step \d+ on\.\Z")

    def test_interrupted(self):
        run = self.keep("--epochs", "200" if cli.SANITIZED else "2000")
        process = self.start("reproduce", run["id"])
        self.wait_until(lambda: self.list_runs()[0]["id"] != run["id"]
                        and self.list_runs()[0]["epochs_done"] > 1)
        status, output, errors = self.end(process)
        self.assertEqual(status, 130, errors)
        self.assertRegex(output, r"Identical to LSTM 1 as far as both go, to step \d+\.\n\Z")


class TwoPrograms(cli.StoreCase):
    SECONDS = 5 if cli.SANITIZED else 15

    def test_refused_elsewhere(self):
        process = self.start("train", "--keep", *self.write_data(), *cli.ENDLESS)
        run = self.wait_until(lambda: [run for run in self.list_runs() if run["epochs_done"] > 1])[0]
        self.assertEqual(run["elsewhere"], True)
        self.wait_until(lambda: "training elsewhere" in self.succeed("runs", "list"))
        for command in [["runs", "rename", run["id"], "x"], ["runs", "tag", run["id"], "+x"],
                        ["runs", "note", run["id"], "x"], ["runs", "delete", run["id"]],
                        ["runs", "export", run["id"], self.path("x")], ["resume", run["id"]],
                        ["reproduce", run["id"]]]:
            self.fail_with(1, "“LSTM 1” is under way in another program", *command)
        self.assertGreater(self.show(run["id"])["epochs_done"], 1)
        self.assertEqual(self.end(process)[0], 130)
        self.assertEqual([self.find(run["id"])[key] for key in ["name", "tags", "state"]],
                         ["LSTM 1", [], "stopped"])

    def test_work_beside_a_training(self):
        """One trains while others list, rename, tag, delete and restore other runs."""
        others = [self.keep("--name", "other %d" % i) for i in range(4)]
        process = self.start("train", "--keep", *self.write_data(), *cli.ENDLESS, "--name", "long")
        self.wait_until(lambda: [run for run in self.list_runs() if run["name"] == "long"])
        limit = time.monotonic() + self.SECONDS
        seen = []
        rounds = 0
        # A sanitizer on a busy machine takes seconds for one round.
        while time.monotonic() < limit or rounds < 3:
            run = others[rounds % len(others)]
            name = "round %d" % rounds
            self.succeed("runs", "rename", run["id"], name)
            self.succeed("runs", "tag", run["id"], "+r%d" % rounds)
            self.succeed("runs", "delete", run["id"])
            self.assertTrue(self.find(run["id"])["trash"])
            self.succeed("runs", "restore", run["id"])
            found = self.find(run["id"])
            self.assertEqual([found["name"], found["trash"], found["tags"][-1]],
                             [name, False, "r%d" % rounds])
            seen.append([run for run in self.list_runs() if run["name"] == "long"][0]["epochs_done"])
            rounds += 1
        self.assertEqual(seen, sorted(seen))
        self.assertGreater(seen[-1], seen[0])
        self.assertIsNone(process.poll())
        status, _, errors = self.end(process)
        self.assertEqual(status, 130, errors)
        self.assertEqual(errors, "undertone-cli: Stopping; the best epoch is kept\n")
        events = self.load_lines(self.succeed("runs", "show", "long", "--points", "-"))
        steps = [event["step"] for event in events if event["event"] == "step"]
        self.assertEqual(steps, list(range(1, len(steps) + 1)))
        self.assertEqual(len(self.list_runs()), 5)

    def test_two_that_find_no_store(self):
        for i in range(10):
            self.environment["XDG_DATA_HOME"] = self.path("home%d" % i)
            processes = [self.start("runs", "list") for _ in range(3)]
            for process in processes:
                errors = process.communicate(timeout=cli.TIMEOUT)[1]
                self.assertEqual((process.returncode, errors), (0, b""))

    def test_two_trainings(self):
        """Two at once have names of their own and all of their steps."""
        data = self.write_data()
        processes = [self.start("train", "--keep", *data, *cli.SMALL, "--epochs", "40", "--json",
                                "--seed", str(seed)) for seed in [1, 2]]
        outputs = [process.communicate(timeout=cli.TIMEOUT)[0] for process in processes]
        runs = {run["seed"]: run for run in self.list_runs()}
        self.assertEqual([process.returncode for process in processes], [0, 0])
        self.assertEqual(sorted(runs), [1, 2])
        for seed, output in zip([1, 2], outputs):
            printed = self.load_lines(output.decode())[:-1]
            kept = self.load_lines(self.succeed("runs", "show", runs[seed]["id"], "--points", "-"))
            self.assertEqual(kept, printed)
            self.assertEqual(runs[seed]["state"], "finished")


cli.main()
