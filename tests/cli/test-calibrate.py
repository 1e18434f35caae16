# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Calibrating: what is written into a model's file, who heeds it, and that it can be taken away."""

import glob
import json
import math
import os
import random
import shutil
import struct

import cli

KEYS = ["examples", "temperature", "kind", "written", "before", "after", "held_out"]
FIGURES = ["accuracy", "confidence", "calibration_error", "brier", "loss", "bins"]


def make_doubtful_rows(n, seed, share):
    """As cli.make_rows(), but so many labels are turned round."""
    numbers = random.Random(seed)
    rows = []
    for row in cli.make_rows(n, seed):
        text, label = row.rstrip("\n").split("\t")
        rows.append("%s\t%d\n" % (text, int(label) ^ (numbers.random() < share)))
    return cli.HEADER + "".join(rows)


class Calibrate(cli.StoreCase):
    def setUp(self):
        super().setUp()
        self.model = self.train_model()
        self.data = self.write("doubtful.tsv", make_doubtful_rows(200, 5, 0.2))

    def calibrate(self, *options):
        return json.loads(self.succeed("calibrate", "--model", self.model, "--data", self.data, "--json",
                                       *options))

    def predict(self, model=None):
        text = "A good film. The plot was awful!"
        lines = self.load_lines(self.succeed("predict", "--model", model or self.model, "--json",
                                             text=text))
        return [line["probability"] for line in lines]

    def read_parts(self, path):
        """The header of a safetensors file, and the bytes of its numbers."""
        content = self.read(path)
        length = struct.unpack("<Q", content[:8])[0]
        return json.loads(content[8:8 + length]), content[8 + length:]

    def test_all_heed_it(self):
        plain = self.predict()
        header, numbers = self.read_parts(self.model)
        before = json.loads(self.succeed("evaluate", "-m", self.model, "-d", self.data, "--json"))
        found = self.calibrate()
        self.assertEqual(list(found), KEYS)
        self.assertEqual((found["kind"], found["written"], found["examples"]), ("found", True, 200))
        temperature = found["temperature"]
        self.assertGreater(temperature, 1)
        for part in "before", "after", "held_out":
            self.assertEqual(list(found[part]), FIGURES)
            self.assertEqual(len(found[part]["bins"]), 15)
            self.assertEqual(sum(bin["rows"] for bin in found[part]["bins"]), 200)
            error = sum(bin["rows"] / 200 * abs(bin["accuracy"] - bin["confidence"])
                        for bin in found[part]["bins"] if bin["rows"])
            self.assertAlmostEqual(found[part]["calibration_error"], error)
        self.assertLess(found["after"]["calibration_error"], found["before"]["calibration_error"])
        self.assertLess(found["held_out"]["loss"], found["before"]["loss"])
        self.assertGreater(found["held_out"]["loss"], found["after"]["loss"])
        self.assertAlmostEqual(found["before"]["loss"], before["loss"], 6)

        # predict, classify and evaluate divide the logit by it.
        for old, new in zip(plain, self.predict()):
            self.assertAlmostEqual(math.log(new / (1 - new)), math.log(old / (1 - old)) / temperature)
        text = self.write("a.txt", "A good film.\n")
        row = json.loads(self.succeed("classify", "-m", self.model, text, "-o", "-", "-f", "json"))
        self.assertAlmostEqual(row["probability"], self.predict()[0])
        summary = json.loads(self.succeed("classify", "-m", self.model, text, "--json"))
        self.assertEqual(summary["temperature"], temperature)
        after = json.loads(self.succeed("evaluate", "-m", self.model, "-d", self.data, "--json"))
        self.assertAlmostEqual(after["loss"], found["after"]["loss"], 6)
        self.assertEqual((after["accuracy"], after["confusion"]),
                         (before["accuracy"], before["confusion"]))
        shown = "calibrated (T = %.3g)" % temperature
        self.assertIn(shown, self.succeed("evaluate", "-m", self.model, "-d", self.data))
        self.assertIn(shown, self.succeed("classify", "-m", self.model, text))

        # For PyTorch nothing has changed.
        new_header, new_numbers = self.read_parts(self.model)
        self.assertEqual(new_numbers, numbers)
        metadata = new_header["__metadata__"]
        self.assertEqual(json.loads(metadata.pop("undertone.calibration"))["temperature"], temperature)
        del metadata["undertone.checksum"], header["__metadata__"]["undertone.checksum"]
        self.assertEqual(new_header, header)

    def test_reset(self):
        original = self.read(self.model)
        first = self.calibrate()
        calibrated = self.read(self.model)
        self.assertNotEqual(calibrated, original)
        # Equal rows give an equal file, whatever it was calibrated to before.
        self.succeed("calibrate", "-m", self.model, "-d", self.write("other.tsv",
                                                                     make_doubtful_rows(100, 6, 0.3)))
        self.assertNotEqual(self.read(self.model), calibrated)
        self.assertEqual(self.calibrate(), first)
        self.assertEqual(self.read(self.model), calibrated)
        self.assertIn("is taken away", self.succeed("calibrate", "-m", self.model, "--reset", "--dry-run"))
        self.assertEqual(self.read(self.model), calibrated)
        self.assertEqual(json.loads(self.succeed("calibrate", "-m", self.model, "--reset", "--json")),
                         {"temperature": None, "written": True})
        self.assertEqual(self.read(self.model), original)
        self.assertIn("has no temperature", self.succeed("calibrate", "-m", self.model, "--reset"))

    def test_table(self):
        original = self.read(self.model)
        text = self.succeed("calibrate", "-m", self.model, "-d", self.data, "--bins", "10", "--dry-run")
        self.assertEqual(self.read(self.model), original)
        found = self.calibrate("--bins", "10", "--dry-run")
        self.assertFalse(found["written"])
        for part in "before", "after":
            for bin in found[part]["bins"][5:]:
                row = "%.3f–%.3f +%d" % (bin["low"], bin["high"], bin["rows"])
                if bin["rows"]:
                    row += r" +%.3f +%.3f +%.3f–%.3f\n" % (bin["confidence"], bin["accuracy"],
                                                          *bin["interval"])
                self.assertRegex(text, row)
        self.assertIn("Error       %.4f → %.4f" % tuple(found[part]["calibration_error"]
                                                       for part in ("before", "after")), text)
        self.assertIn("T = %.4g\n" % found["temperature"], text)
        self.assertIn("By halves   error %.4f" % found["held_out"]["calibration_error"], text)

    def test_rows_that_do_not_tell(self):
        original = self.read(self.model)
        right = self.write("right.tsv", cli.HEADER + "good film\t1\nbad film\t0\n")
        wrong = self.write("wrong.tsv", cli.HEADER + "good film\t0\nbad film\t1\n")
        for data, kind in (right, "lowest"), (wrong, "highest"):
            result = self.fail_with(1, "the rows do not tell", "calibrate", "-m", self.model, "-d", data,
                                    "--json")
            found = json.loads(result.stdout)
            self.assertEqual((found["kind"], found["written"], found["held_out"]), (kind, False, None))
            self.assertEqual(found["temperature"], {"lowest": 0.05, "highest": 20}[kind])
        self.assertEqual(self.read(self.model), original)

    def test_refused(self):
        model = ["--model", self.model]
        data = ["--data", self.data]
        self.fail_with(2, "--model MODEL is missing", "calibrate", *data)
        self.fail_with(2, "--data FILE is missing", "calibrate", *model)
        self.fail_with(2, "one model is calibrated at a time", "calibrate", *model, *model, *data)
        self.fail_with(2, "exclude each other", "calibrate", *model, *data, "--reset")
        self.fail_with(2, "--bins: 1 to 100", "calibrate", *model, *data, "--bins", "0")
        self.fail_with(1, "nowhere.tsv: There is no such file", "calibrate", *model, "-d", "nowhere.tsv")
        coded = self.path("coded.safetensors")
        self.succeed("train", *self.write_data(), *cli.SMALL, "--loss", "positions", "--output", coded)
        self.fail_with(1, "cannot be calibrated", "calibrate", "-m", coded, *data)

    def test_run(self):
        """A run is calibrated on its own rows, and is the same when it is reproduced or goes on."""
        data = ["--train", self.write("train.tsv", make_doubtful_rows(96, 1, 0)), "--dev", self.data]
        options = [*cli.SMALL, "--name", "first"]
        self.succeed("train", "--keep", *data, *options)
        run = self.list_runs()[0]
        model = os.path.join(self.store, "runs", run["id"], "model.safetensors")
        original = self.read(model)
        tried = json.loads(self.succeed("calibrate", "first", "--dry-run", "--json"))
        self.assertEqual(self.read(model), original)
        found = json.loads(self.succeed("calibrate", "first", "--json"))
        self.assertEqual({**tried, "written": True}, found)
        self.assertEqual(found["kind"], "found")
        calibrated = self.read(model)
        self.assertNotEqual(calibrated, original)
        metadata = self.read_parts(model)[0]["__metadata__"]
        self.assertEqual(json.loads(metadata["undertone.calibration"])["temperature"],
                         found["temperature"])
        # As by hand.
        self.model = self.path("copy.safetensors")
        with open(self.model, "wb") as copy:
            copy.write(original)
        self.assertEqual(self.calibrate(), found)
        self.assertEqual(self.read(self.model), calibrated)

        self.assertIn("Identical to first to the last bit.",
                      " ".join(self.succeed("reproduce", run["id"]).split()))
        self.assertIn("is taken away", self.succeed("calibrate", "first", "--reset"))
        self.assertEqual(self.read(model), original)
        self.assertIn("has no temperature", self.succeed("calibrate", "first", "--reset"))

        self.fail_with(1, "There is no run", "calibrate", "second")
        self.fail_with(2, "exclude each other", "calibrate", "first", "--data", self.data)
        self.fail_with(2, "exclude each other", "calibrate", "first", "--model", self.model)
        self.succeed("train", "--keep", *data, *cli.SMALL, "--loss", "positions", "--name", "coded")
        self.fail_with(1, "cannot be calibrated", "calibrate", "coded")

    def test_reproduced(self):
        """A run whose model was calibrated is still the one that is reproduced."""
        run = self.keep("--name", "first")
        models = glob.glob(os.path.join(self.store, "runs", run["id"], "model.safetensors"))
        self.assertEqual(len(models), 1)
        plain = self.predict(models[0])
        self.succeed("calibrate", "-m", models[0], "-d", self.data)
        self.assertNotEqual(self.predict(models[0]), plain)
        self.assertIn("Identical to first to the last bit.",
                      " ".join(self.succeed("reproduce", run["id"]).split()))
        # What the training writes is not calibrated; a copy of the model is.
        copy = self.path("copy.safetensors")
        shutil.copy(models[0], copy)
        self.assertEqual(self.predict(copy), self.predict(models[0]))


cli.main()
