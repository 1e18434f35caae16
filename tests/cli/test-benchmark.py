# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""The benchmark: what it measures, as tables and as JSON, wrong usage and interrupts."""

import json
import os
import signal
import subprocess
import time

import cli

# As little work as there is.
SHORT = ["--seconds", "0.001", "--cell", "gru", "--hidden", "4,8", "--embedding-dim", "5",
         "--batch-size", "3", "--threads", "1,2"]
NETWORK = ["cell", "hidden", "embedding", "batch", "threads"]
FIGURES = ["tokens_per_second", "gflops", "sgemm_gflops", "share", "gain"]


class Benchmark(cli.Case):
    def own_files(self):
        return ["--data", self.write_data()[1], "--vectors", self.write_vectors()]

    def environment(self):
        """The temporary files go where they are seen."""
        os.makedirs(self.path("tmp"), exist_ok=True)
        return {"TMPDIR": self.path("tmp")}

    def measure(self, *options):
        text = self.succeed("benchmark", "--json", *options, environment=self.environment())
        self.assertEqual(os.listdir(self.path("tmp")), [])
        self.assertEqual(text.count("\n"), 1)
        return json.loads(text, parse_constant=self.fail)

    def test_json(self):
        result = self.measure(*SHORT, *self.own_files())
        self.assertEqual(list(result), ["processor", "cores", "kernels", "openblas_kernels",
                                        "loading", "training", "batches", "sentence"])
        self.assertGreaterEqual(result["cores"], 1)
        self.assertIn(result["kernels"], ["ref", "portable", "avx2", "avx512"])
        self.assertTrue(result["openblas_kernels"])

        self.assertEqual([load["file"] for load in result["loading"]], ["data", "vectors"])
        self.assertEqual([load["rows"] for load in result["loading"]], [96, 18])
        for load in result["loading"]:
            self.assertEqual(list(load), ["file", "rows", "bytes", "seconds"])
            self.assertGreater(load["bytes"], load["rows"])
            self.assertGreater(load["seconds"], 0)

        for part, unit, batch, threads in [("training", "steps_per_second", 3, [1, 2]),
                                           ("batches", "sentences_per_second", 128, [1, 2]),
                                           ("sentence", "sentences_per_second", 1, [1])]:
            with self.subTest(part=part):
                rates = result[part]
                self.assertEqual([(rate["hidden"], rate["threads"]) for rate in rates],
                                 [(hidden, n) for hidden in [4, 8] for n in threads])
                for rate in rates:
                    self.assertEqual(list(rate), NETWORK + [unit] + FIGURES)
                    self.assertEqual([rate[key] for key in ["cell", "embedding", "batch"]],
                                     ["gru", 5, batch])
                    for key in [unit] + FIGURES:
                        self.assertGreater(rate[key], 0)
                    work = (3 if part == "training" else 1) * 2 * 3 * rate["hidden"] \
                        * (5 + rate["hidden"])
                    self.assertAlmostEqual(
                        rate["gflops"] * 1e9 / (work * rate["tokens_per_second"]), 1)

    def test_drawn_files(self):
        result = self.measure(*SHORT, "--quick", "--only", "loading,sentence")
        self.assertEqual(result["loading"][0]["rows"], 67349)
        self.assertGreater(result["loading"][1]["bytes"], 15e6)
        self.assertEqual(result["training"], [])
        self.assertEqual(len(result["sentence"]), 2)

    def test_quick(self):
        result = self.measure("--quick", "--only", "training", "--seconds", "0.001",
                              *self.own_files())
        self.assertEqual({rate["cell"] for rate in result["training"]}, {"rnn", "lstm", "gru"})
        self.assertEqual({(rate["hidden"], rate["embedding"], rate["batch"])
                          for rate in result["training"]}, {(64, 50, 32)})
        self.assertEqual({rate["threads"] for rate in result["training"]}, {1, result["cores"]})

    def test_table(self):
        text = self.succeed("benchmark", *SHORT, *self.own_files())
        self.assertRegex(text, r"\A.+, \d+ cores?\nKernels: \w+; OpenBLAS: \w+\n\nLoading\n")
        self.assertRegex(text, r"\nData set: .*, 96 sentences, in 0\.\d+ s\n")
        for title in ["Training, GRU", "Answers in batches, GRU", "One sentence of 30 words, GRU"]:
            self.assertIn("\n\n%s\n" % title, text)
        table = text.split("Training, GRU\n")[1].split("\n\n")[0].splitlines()
        self.assertEqual(table[0].split(), ["Hidden", "Embedding", "Batch", "Threads", "Steps/s",
                                            "Tokens/s", "GFLOP/s", "Share", "Gain"])
        self.assertEqual(len(table), 1 + 2 * 2)
        self.assertEqual([row.split()[:4] for row in table[1:3]],
                         [["4", "5", "3", "1"], ["4", "5", "3", "2"]])
        self.assertLessEqual(max(map(len, table)), 80)
        self.assertRegex(text, r"\d+\.\d to \d+\.\d GFLOP/s each")

    def test_wrong_usage(self):
        for option, value, message in [
                ("only", "flying", "loading, training, batches or sentence"),
                ("only", "", "loading, training, batches or sentence"),
                ("cell", "lstm,transformer", "rnn, lstm or gru"),
                ("hidden", "64,0", "--hidden 0: Hidden size: 1 to"),
                ("hidden", "64,,128", "--hidden : Hidden size"),
                ("batch-size", "many", "--batch-size many: Batch size"),
                ("threads", "1000", "--threads 1000: Threads"),
                ("seconds", "0", "--seconds: 0.001 to 3600"),
                ("seconds", "nan", "--seconds: 0.001 to 3600"),
        ]:
            with self.subTest(option=option, value=value):
                self.fail_with(2, message, "benchmark", "--%s=%s" % (option, value))

    def test_bad_files(self):
        self.fail_with(1, "missing.tsv", "benchmark", *SHORT, "--data", "missing.tsv")
        bad = self.write("bad.tsv", cli.HEADER + "a film\t2\n")
        self.fail_with(1, "bad.tsv:2: ", "benchmark", *SHORT, "--data", bad)
        self.fail_with(1, "temporary|no-folder", "benchmark", *SHORT, "--only", "loading",
                       environment={"TMPDIR": self.path("no-folder")})

    def test_interrupt(self):
        for number in [signal.SIGINT, signal.SIGTERM]:
            for options in [[], ["--json"]]:
                with self.subTest(number=number, options=options):
                    self.interrupt(number, options)

    def interrupt(self, number, options):
        # A measurement would take an hour.
        process = subprocess.Popen(
            [cli.PROGRAM, "benchmark", *self.own_files(), "--hidden", "8", *options,
             "--seconds", "3600", "--only", "training"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=dict(os.environ, **self.environment()),
            # Where a test runs in the background the signal would be ignored.
            preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
        limit = time.monotonic() + cli.TIMEOUT
        while not os.listdir(self.path("tmp")) and time.monotonic() < limit:
            time.sleep(0.01)
        time.sleep(0.2)
        process.send_signal(number)
        output, errors = process.communicate(timeout=cli.TIMEOUT)
        self.assertEqual(process.returncode, 130, errors)
        self.assertEqual(errors, b"")
        self.assertEqual(os.listdir(self.path("tmp")), [])
        if options:
            self.assertEqual(output, b"")

    def test_reader_goes_away(self):
        process = subprocess.Popen([cli.PROGRAM, "benchmark", *self.own_files(), "--seconds",
                                    "0.001"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()
        self.assertEqual(process.wait(cli.TIMEOUT), 1)


cli.main()
