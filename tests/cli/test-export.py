# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Runs written down for others: figures, numbers, tables and a report."""

import csv
import html.parser
import io
import json
import math
import os
import re
import struct
import subprocess
import xml.dom.minidom

import cli

HOSTILE = "<script>alert(1)</script>\"'&amp; ]]> \u202eevil"
HEAD = ["run", "part", "step", "epoch", "loss", "loss_smoothed", "accuracy", "accuracy_smoothed"]
# What loads something, or runs something.
FETCHES = {"script", "link", "img", "iframe", "object", "embed", "audio", "video", "source", "base",
           "form"}


class Page(html.parser.HTMLParser):
    """Elements, attributes and text of a page; fails where elements are not closed in their order."""

    VOID = {"meta", "br"}

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.attributes, self.texts = [], [], [], []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.texts.append(data)


class Exports(cli.StoreCase):
    def read_csv(self, text):
        rows = list(csv.reader(io.StringIO(text)))
        self.assertEqual(rows[0], HEAD)
        return [dict(zip(HEAD, row)) for row in rows[1:]]

    def test_figure(self):
        self.keep("--cell", "gru")
        self.keep("--cell", "rnn")
        names = [self.path("figure" + end) for end in (".pdf", ".svg", ".png")]
        for name in names:
            self.assertEqual(self.succeed("export", "GRU 1", "RNN 1", "--figure", name), "")
        self.assertTrue(self.read(names[0]).startswith(b"%PDF-1"))
        svg = xml.dom.minidom.parseString(self.read(names[1])).documentElement
        self.assertEqual([svg.tagName, svg.getAttribute("width")], ["svg", "238.110236pt"])
        self.assertEqual(svg.getElementsByTagName("title")[0].firstChild.data, "GRU 1, RNN 1")
        png = self.read(names[2])
        # 84 and 110 mm at 300 dots to the inch.
        self.assertEqual(struct.unpack(">II", png[16:24]), (992, 1299))

        # The order of the names is of no matter but for the first, which stands out.
        again = self.path("again.svg")
        self.succeed("export", "RNN 1", "GRU 1", "--figure", again)
        self.assertNotEqual(self.read(again), self.read(names[1]))
        self.succeed("export", "GRU 1", "RNN 1", "--figure", again)
        self.assertEqual(self.read(again), self.read(names[1]))

        pictures = {self.read(names[1])}
        for options in (["--grey"], ["--what", "loss"], ["--labels", "legend"], ["--labels", "none"],
                        ["--font-size", "10"], ["--line-width", "2"], ["--smoothing", "1"],
                        ["--log-y"], ["--height", "80"], ["--font", "Monospace"], ["--x", "epoch"]):
            self.succeed("export", "GRU 1", "RNN 1", "--figure", again, *options)
            pictures.add(self.read(again))
        self.assertEqual(len(pictures), 12)
        self.succeed("export", "GRU 1", "--figure", again, "--width", "174")
        self.assertIn(b'width="493.228346pt"', self.read(again))

    def test_numbers(self):
        self.keep("--name", 'a "b", c')
        self.keep("--name", "d")
        rows = self.read_csv(self.succeed("export", "d", 'a "b", c', "--csv", "-"))
        for name in ('a "b", c', "d"):
            log = self.load_lines(self.succeed("runs", "show", name, "--points", "-"))
            steps = [event for event in log if event["event"] == "step"]
            epochs = [event for event in log if event["event"] == "epoch"]
            own = [row for row in rows if row["run"] == name]
            trained = [row for row in own if row["part"] == "training"]
            checked = [row for row in own if row["part"] == "validation"]
            self.assertEqual([(int(row["step"]), int(row["epoch"]), float(row["loss"]),
                               float(row["accuracy"])) for row in trained],
                             [(e["step"], e["epoch"], e["loss"], e["accuracy"]) for e in steps])
            self.assertEqual([(int(row["epoch"]), float(row["loss"]), float(row["accuracy"]))
                              for row in checked],
                             [(e["epoch"], e["val_loss"], e["val_accuracy"]) for e in epochs])
            self.assertEqual({row["loss_smoothed"] for row in checked}, {""})
            # Exponential smoothing over 60 steps, without the bias to the first value.
            weight, total, mass = 1 - 1 / 60, 0, 0
            for row in trained:
                total = total * weight + float(row["loss"])
                mass = mass * weight + 1
                self.assertTrue(math.isclose(float(row["loss_smoothed"]), total / mass,
                                             rel_tol=1e-9))
        file = self.path("numbers.csv")
        self.succeed("export", "d", 'a "b", c', "--csv", file, "--smoothing", "1")
        for row in self.read_csv(self.read(file).decode()):
            if row["part"] == "training":
                self.assertEqual(row["loss"], row["loss_smoothed"])

    def test_table(self):
        self.keep("--name", "a_b|c")
        self.keep("--name", "d")
        for end, form in ((".tsv", "tsv"), (".md", "markdown"), (".tex", "latex")):
            file = self.path("table" + end)
            self.succeed("export", "d", "a_b|c", "--table", file)
            self.assertEqual(self.read(file).decode(),
                             self.succeed("compare", "d", "a_b|c", "--format", form))
        self.assertEqual(self.succeed("export", "d", "a_b|c", "--table", "-"),
                         self.succeed("compare", "d", "a_b|c", "--format", "tsv"))

    def test_report(self):
        self.keep("--cell", "gru", "--learning-rate", "0.02")
        second = self.keep("--cell", "rnn", "--name", HOSTILE)
        self.succeed("runs", "note", second["id"], "<b>bold</b> & more")
        self.succeed("runs", "tag", second["id"], "+<i>tag")
        text = self.succeed("export", "GRU 1", second["id"], "--report", "-")
        page = Page(text)
        words = " ".join("".join(page.texts).split())

        self.assertTrue(text.startswith("<!DOCTYPE html>\n<html lang=\"en\">"))
        self.assertFalse(FETCHES & set(page.tags))
        for name, value in page.attributes:
            self.assertFalse(name.startswith("on"), name)
            self.assertNotIn(name, ("src", "href"))
            if name == "xlink:href":
                self.assertTrue(value.startswith("#"), value)
        self.assertNotRegex(re.sub(r'xmlns(:xlink)?="[^"]*"', "", text), r"https?://|url\((?!#)|@import")
        for tag in ("b", "i"):
            self.assertNotIn(tag, page.tags)
        for part in (HOSTILE, "<b>bold</b> & more", "#<i>tag", "2 runs compared", "p = ",
                     "Is the difference real?", "Hardest rows of train.tsv, 32 rows", "Confusion",
                     "Learning rate", second["id"], self.show(second["id"])["rows"]["dev_hash"],
                     self.succeed("--version").split()[1]):
            self.assertIn(" ".join(part.split()), words)
        # The sentences of the data are there, the hardest 20 of them.
        sentences = [line.split("\t")[0] for line in
                     self.read(self.path("dev.tsv")).decode().splitlines()[1:]]
        self.assertGreaterEqual(sum(sentence in words for sentence in sentences), 20)
        self.assertEqual(page.tags.count("svg"), 1)

        file = self.path("report.html")
        self.succeed("export", "GRU 1", second["id"], "--report", file)
        self.assertEqual(self.read(file).decode(), text)

    def test_report_of_hostile_rows(self):
        self.write_data()
        rows = self.read(self.path("dev.tsv")).decode().splitlines()
        hostile = "<img src=x onerror=alert(1)> </td></table> &lt;"
        self.write("dev.tsv", "\n".join(rows[:-1] + [hostile + "\t1", ""]))
        self.succeed("train", "--keep", "--train", self.path("train.tsv"), "--dev",
                     self.path("dev.tsv"), *cli.SMALL, "--cell", "majority")
        page = Page(self.succeed("export", "Commoner label 1", "--report", "-"))
        self.assertFalse(FETCHES & set(page.tags))

    def test_lost_rows(self):
        run = self.keep()
        os.remove(self.path("dev.tsv"))
        text = self.succeed("export", run["id"], "--report", "-")
        self.assertIn("dev.tsv", text)
        self.assertNotIn("Confusion", text)
        self.assertIn("<svg", text)

    def test_wrong_usage(self):
        run = self.keep()["id"]
        pdf = self.path("figure.pdf")
        self.fail_with(2, "RUN is missing", "export", "--figure", pdf)
        self.fail_with(2, "One of --figure, --csv, --table and --report is needed", "export", run)
        self.fail_with(2, "expected: .pdf, .svg, .png", "export", run, "--figure", "figure.jpg")
        self.fail_with(2, "expected: .pdf, .svg, .png", "export", run, "--figure", "-")
        self.fail_with(2, "expected: .tsv, .md, .tex", "export", run, "--table", "table")
        self.fail_with(2, "Standard output takes one", "export", run, "--table", "-", "--csv", "-")
        self.fail_with(2, "--width 5: a number from 40 to 500", "export", run, "-f", pdf, "--width",
                       "5")
        for number in ("nan", "1e", "", "84mm"):
            self.fail_with(2, "a number from 4 to 24", "export", run, "-f", pdf, "--font-size", number)
        self.fail_with(2, "expected: both, loss, accuracy", "export", run, "-f", pdf, "--what", "x")
        self.fail_with(2, "expected: step, epoch, time", "export", run, "-f", pdf, "--x", "day")
        self.fail_with(2, "is named twice", "export", run, run, "-f", pdf)
        self.assertFalse(os.path.exists(pdf))

    def test_failures(self):
        run = self.keep()["id"]
        self.fail_with(1, "There is no run", "export", "nobody", "-f", self.path("figure.pdf"))
        for option, name in (("--figure", "f.svg"), ("--csv", "f.csv"), ("--table", "f.tsv"),
                             ("--report", "f.html")):
            self.fail_with(1, "none/" + name, "export", run, option, self.path("none/" + name))
        self.fail_with(1, "too many pixels", "export", run, "-f", self.path("f.png"), "--width", "500",
                       "--height", "400", "--dpi", "1200")

    def test_no_gtk(self):
        """The terminal's program draws without GTK and without a display."""
        libraries = subprocess.run(["ldd", cli.PROGRAM], check=True, capture_output=True).stdout
        self.assertNotIn(b"libgtk", libraries)
        self.assertNotIn(b"libgdk", libraries)


cli.main()
