# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Runs compared: ranked, tested against each other, by setting, as tables and as JSON."""

import json
import os
import re
import shutil
import subprocess
import unittest

import cli

GROUP = ["development", "title", "ranked", "as_coded", "warning", "runs", "settings"]
FIGURES = ["loss", "last", "gap", "seconds", "steps_per_second", "weights", "standing", "p", "alike",
           "answers_error"]
SETTING = ["setting", "name", "runs", "seeds", "mean", "deviation", "low", "high", "standing", "p"]
PAIR = ["first", "second", "both", "only_first", "only_second", "neither", "p", "p_holm", "difference",
        "low", "high", "sentence"]


class Compares(cli.StoreCase):
    def compare(self, *arguments):
        return json.loads(self.succeed("compare", "--json", *arguments), parse_constant=self.fail)

    def keep_seeds(self, *options, seeds=("1", "2", "3")):
        return [self.keep(*options, "--seed", seed) for seed in seeds]

    def test_nothing_yet(self):
        self.fail_with(1, "There is no run yet", "compare")
        self.assertEqual(self.compare(), {"groups": [], "pairs": [], "setting_pairs": [],
                                          "differences": []})

    def test_two_runs(self):
        first = self.keep("--cell", "gru", "--learning-rate", "0.02")
        second = self.keep("--cell", "majority")
        both = self.compare("GRU 1", second["id"])
        (group,) = both["groups"]
        self.assertEqual(list(group), GROUP)
        self.assertEqual(group["title"], "train.tsv, 32 rows")
        self.assertEqual([group[key] for key in ["ranked", "as_coded", "warning"]],
                         [True, False, None])
        self.assertEqual(group["development"], self.show(first["id"])["rows"]["dev_hash"])
        best = group["runs"][0]
        self.assertEqual(list(best), list(first) + FIGURES)
        self.assertEqual({key: best[key] for key in first}, first)
        self.assertEqual([best["standing"], best["p"], best["alike"]], ["best", None, None])
        self.assertGreater(best["weights"], 8 * 8)

        epochs = self.show(first["id"])["log"]
        chosen = epochs[first["best_epoch"] - 1]
        self.assertEqual(best["last"], epochs[-1]["val_accuracy"])
        self.assertEqual(best["loss"], chosen["val_loss"])
        self.assertAlmostEqual(best["gap"], chosen["train_accuracy"] - chosen["val_accuracy"])

        (pair,) = both["pairs"]
        self.assertEqual(list(pair), PAIR)
        self.assertEqual(sum(pair[key] for key in PAIR[2:6]), 32)
        self.assertEqual(pair["both"] + pair["only_first"], round(32 * first["best_val_accuracy"]))
        self.assertEqual(pair["both"] + pair["only_second"], 16)
        self.assertAlmostEqual(pair["difference"], first["best_val_accuracy"] - 0.5)
        self.assertTrue(pair["low"] <= pair["difference"] <= pair["high"])
        self.assertEqual(pair["p_holm"], pair["p"])
        other = group["runs"][1]
        self.assertEqual(other["p"], pair["p"])
        self.assertEqual(other["standing"], "near-best" if pair["p"] >= 0.05 else "behind")
        self.assertEqual(other["alike"], (pair["both"] + pair["neither"]) / 32)

        # What does not apply to a baseline follows from the cell.
        self.assertEqual([difference["key"] for difference in both["differences"]],
                         ["cell", "learning-rate"])
        text = self.succeed("compare", "GRU 1", second["name"])
        self.assertNotRegex(text, r" (?m:$)")
        self.assertRegex(text, r"\A  Name +Cell +Best +Standing +p +Alike +Epoch +Last +Gap +Seconds "
                               r"+Steps/s +Weights +Seed .*Tags\n  GRU 1 ")
        self.assertTrue(text.endswith("\n\n" + pair["sentence"] + "\n"), text)
        self.assertIn("%d rows where" % pair["only_first"], pair["sentence"])
        # In whatever order they are named.
        self.assertEqual(self.succeed("compare", second["id"], "GRU 1"), text)

    def test_settings(self):
        good = self.keep_seeds("--cell", "gru", "--learning-rate", "0.02")
        self.keep_seeds("--cell", "gru", "--hidden", "4")
        self.keep("--cell", "rnn")
        comparison = self.compare()
        settings = comparison["groups"][0]["settings"]
        self.assertEqual(sorted(len(setting["runs"]) for setting in settings), [1, 3, 3])
        for setting in settings:
            self.assertEqual(list(setting), SETTING)
        (one,) = [setting for setting in settings if set(setting["runs"]) ==
                  {run["id"] for run in good}]
        accuracies = [run["best_val_accuracy"] for run in good]
        mean = sum(accuracies) / 3
        self.assertAlmostEqual(one["mean"], mean)
        self.assertAlmostEqual(one["deviation"] ** 2, sum((a - mean) ** 2 for a in accuracies) / 2)
        self.assertRegex(one["name"], r"\AGRU .*Learning rate 0\.02")
        self.assertEqual([(pair["test"], pair["df"]) for pair in comparison["setting_pairs"]],
                         [("paired", 2)])
        self.assertEqual({d["key"] for d in comparison["differences"]},
                         {"cell", "hidden-size", "learning-rate", "seed"})

        lines = self.succeed("compare", "--settings").splitlines()
        self.assertRegex(lines[0], r"\A  Cell +Seeds +Mean accuracy +Deviation +95 % from +to +Best "
                                   r"+Standing +p +Hidden size +Learning rate\Z")
        self.assertEqual(sum(bool(re.match(r"  (GRU|RNN) +[13] +0\.\d{4} ", line)) for line in lines), 3)
        self.assertIn("p is that of a t test over seeds", "\n".join(lines))

    def test_formats(self):
        self.keep("--name", "a|b & c_d\t%")
        self.keep("--cell", "rnn")
        head, *rows = self.succeed("compare", "--format", "tsv").splitlines()
        self.assertEqual({line.count("\t") for line in [head] + rows}, {head.count("\t")})
        self.assertEqual(len(rows), 2)
        best = dict(zip(head.split("\t"), rows[0].split("\t")))
        self.assertEqual([best["Standing"], best["p"]], ["best", ""])
        self.assertRegex(best["Best"], r"\A[01]\.\d{4}\Z")
        self.assertIn("| a\\|b \\& c\\_d % ", self.succeed("compare", "--format", "markdown"))
        latex = self.succeed("compare", "--settings", "--format", "latex")
        self.assertRegex(latex, r"\A\\begin\{tabular\}\{[lr]+\}\n(?s:.*)\\end\{tabular\}\n\Z")
        self.assertIn("a\\textbar{}b \\& c\\_d \\%", self.succeed("compare", "--format", "latex"))

    @unittest.skipUnless(shutil.which("pdflatex"), "pdflatex is not installed")
    def test_latex_compiles(self):
        self.keep("--name", "50 % of_a|b & {c} #$\\~^<>\"[x] *≈ ±* −1 – ü")
        self.keep("--cell", "rnn")
        tables = [self.succeed("compare", "--format", "latex", *options)
                  for options in [[], ["--settings"]]]
        self.write("t.tex", "\\documentclass{article}\n\\begin{document}\n%s\n%s\\end{document}\n"
                   % tuple(tables))
        result = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"],
                                cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                stdin=subprocess.DEVNULL, check=False)
        self.assertEqual(result.returncode, 0, result.stdout.decode(errors="replace"))
        self.assertTrue(os.path.exists(self.path("t.pdf")))

    def test_not_ranked_together(self):
        first = self.keep("--cell", "rnn")
        self.keep("--cell", "rnn", "--loss", "positions", "--hidden", "4")
        os.remove(self.path("dev.tsv"))
        other = self.write("other.tsv", cli.HEADER + "".join(cli.make_rows(20, 9)))
        self.succeed("train", "--keep", "--train", self.path("train.tsv"), "--dev", other, *cli.SMALL)
        comparison = self.compare()
        self.assertEqual([group["ranked"] for group in comparison["groups"]], [True, True, False])
        self.assertEqual([len(group["runs"]) for group in comparison["groups"]], [1, 1, 1])
        self.assertTrue(comparison["groups"][2]["as_coded"])
        self.assertIsNone(comparison["groups"][2]["runs"][0]["standing"])
        self.assertEqual(comparison["pairs"], [])
        # The file is gone, and that is said.
        (run,) = [run for group in comparison["groups"] for run in group["runs"]
                  if run["id"] == first["id"]]
        self.assertIn("dev.tsv", run["answers_error"])
        text = self.succeed("compare")
        self.assertIn("RNN 1: The rows that the run was checked on cannot be read", text)
        self.assertIn("As the notebook's code runs: ", text)

    def test_many(self):
        self.succeed("sweep", *self.write_data(), *cli.SMALL, "--cell", "rnn", "--epochs", "1",
                     "--learning-rate", "0.01", "--seeds", "11")
        comparison = self.compare()
        self.assertEqual(len(comparison["pairs"]), 11 * 10 / 2)
        self.assertTrue(all(pair["p_holm"] >= pair["p"] for pair in comparison["pairs"]))
        self.assertRegex(comparison["groups"][0]["warning"], r"\AThe best of 11 is chosen on these rows")
        text = self.succeed("compare")
        self.assertIn("The best of 11 is chosen on these rows and looks better than it is.", text)
        self.assertIn("not corrected for there being 10", text)

    def test_wrong_usage(self):
        self.keep("--name", "a")
        self.fail_with(2, "Two RUNs or more are needed", "compare", "a")
        self.fail_with(2, "“a” is named twice", "compare", "a", "a")
        self.fail_with(2, "--format html: one of these was expected: tsv", "compare", "--format", "html")
        self.fail_with(2, "exclude each other", "compare", "--format", "tsv", "--json")
        self.fail_with(2, "--settings is not needed", "compare", "--settings", "--json")
        self.fail_with(1, "b", "compare", "a", "b")
        self.assertIn("McNemar", self.succeed("compare", "--help"))


cli.main()
