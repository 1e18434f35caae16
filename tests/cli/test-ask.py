# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""evaluate, predict, nearest and tokenize: the form of their answers."""

import json
import math
import os
import subprocess

import cli

KEYS = ["text", "label", "probability", "tokens"]
TOKEN_KEYS = ["token", "start", "end", "known", "probability"]
ALL_TOKEN_KEYS = ["token", "start", "end", "known", "guessed", "probability", "attention"]


class Ask(cli.Case):
    def setUp(self):
        super().setUp()
        self.model = self.train_model()

    def predict(self, text, *options, keys=TOKEN_KEYS):
        output = self.succeed("predict", "--model", self.model, "--json", *options, text=text)
        lines = self.load_lines(output)
        for line in lines:
            self.check(line, text.encode() if isinstance(text, str) else text, keys)
        return lines

    def check(self, line, source, keys):
        self.assertEqual(list(line), KEYS)
        if not line["tokens"]:
            self.assertIsNone(line["probability"])
            self.assertEqual(line["label"], 0)
            return
        self.assertIn(line["label"], [0, 1])
        self.assertEqual(line["label"], int(line["probability"] > 0.5))
        last = 0
        for token in line["tokens"]:
            self.assertEqual(list(token), keys)
            self.assertTrue(last <= token["start"] < token["end"] <= len(source))
            last = token["end"]
            self.assertTrue(0 < token["probability"] < 1)
        # The last word's answer is the sentence's.
        self.assertAlmostEqual(line["tokens"][-1]["probability"], line["probability"])
        start, end = line["tokens"][0]["start"], line["tokens"][-1]["end"]
        self.assertIn(source[start:end].decode(), line["text"])

    def test_nearest(self):
        lines = self.load_lines(self.succeed("nearest", "--model", self.model, "--json", "GOOD",
                                             "zebra"))
        self.assertEqual([(line["word"], line["known"]) for line in lines],
                         [("good", True), ("zebra", False)])
        for when in ("after", "before"):
            near = lines[0][when]
            self.assertEqual(len(near), min(10, len(near)))
            similarities = [item["similarity"] for item in near]
            self.assertEqual(similarities, sorted(similarities, reverse=True))
            self.assertNotIn("good", [item["word"] for item in near])
            self.assertEqual(lines[1][when], [])
        text = self.succeed("nearest", "--model", self.model, "good", "zebra")
        self.assertTrue(text.startswith("good\n  after:  "), text)
        self.assertTrue(text.endswith("zebra: unknown to this model\n"), text)
        self.fail_with(2, "WORD is missing", "nearest", "--model", self.model)
        self.fail_with(2, "--model MODEL is missing", "nearest", "good")

    def test_sentences(self):
        lines = self.predict("The film was good. The plot was dull.\n")
        self.assertEqual([line["label"] for line in lines], [1, 0])
        self.assertEqual([line["text"] for line in lines],
                         ["The film was good.", "The plot was dull."])
        words = [token["token"] for token in lines[1]["tokens"]]
        self.assertEqual(words, ["the", "plot", "was", "dull", "."])
        self.assertEqual([token["known"] for token in lines[1]["tokens"]],
                         [True, True, True, True, False])

    def test_ranges_are_of_the_input(self):
        text = "Größe: good\r\n\r\n  “Don’t” – was it bad?\u3000Fine…\nend"
        lines = self.predict(text)
        source = text.encode()
        for line in lines:
            for token in line["tokens"]:
                piece = source[token["start"]:token["end"]].decode()
                self.assertEqual(piece.strip(), piece)
                if token["known"]:
                    self.assertEqual(piece.lower(), token["token"])
        self.assertEqual([line["text"] for line in lines if not line["tokens"]], [""])
        self.assertEqual(source[lines[-1]["tokens"][0]["start"]:], b"end")

    def test_one_line_break_does_not_join(self):
        lines = self.predict("good film\nbad film\n")
        self.assertEqual([line["text"] for line in lines], ["good film", "bad film"])

    def test_empty_lines(self):
        self.assertEqual(self.predict(""), [])
        for options in [[], ["--tokenized"]]:
            lines = self.predict("\ngood\n\n\n   \nbad", *options)
            self.assertEqual([len(line["tokens"]) for line in lines], [0, 1, 0, 0, 0, 1])

    def test_tokenized(self):
        text = "Good . Bad don't ?\n  \nÉTÉ  good \r\nI\n"
        lines = self.predict(text, "--tokenized")
        words = [[token["token"] for token in line["tokens"]] for line in lines]
        self.assertEqual(words, [["good", ".", "bad", "don't", "?"], [], ["été", "good"], ["i"]])

    def test_blocks_do_not_matter(self):
        text = "".join("%s film %d\n%s" % (word, i, "\n" * (i % 3 == 0))
                       for i in range(3000) for word in ["good", "dull"])
        whole = self.predict(text)
        pieces = []
        offset = 0
        for i in range(0, 60, 20):
            part = "\n".join(text.split("\n")[i:i + 20]) + "\n"
            for line in self.predict(part):
                for token in line["tokens"]:
                    token["start"] += offset
                    token["end"] += offset
                pieces.append(line)
            offset += len(part)
        self.assertEqual(whole[:len(pieces)], pieces)
        self.assertEqual(len(whole), text.count("\n"))

    def test_file_and_standard_input_agree(self):
        path = self.write("text.txt", b"\xef\xbb\xbfThe film was good.\n")
        expected = self.succeed("predict", "--model", self.model, "--json", path)
        with open(path, "rb") as file:
            text = file.read()
        for operands in [[], ["-"]]:
            self.assertEqual(expected, self.succeed("predict", "--model", self.model, "--json",
                                                    *operands, text=text))
        self.assertEqual(json.loads(expected)["tokens"][0]["start"], 3)

    def test_strings_are_escaped(self):
        line, = self.predict("\"good\" \\ a\tb\x01c\x7f\n")
        self.assertEqual(line["text"], "\"good\" \\ a\tb\x01c\x7f")

    def test_guessed_and_attention(self):
        self.model = self.train_model("--subwords", "--readout", "attention")
        lines = self.predict("The film was goodish. Fine, dullish plots.\n\n", keys=ALL_TOKEN_KEYS)
        self.assertEqual([len(line["tokens"]) for line in lines], [5, 5, 0])
        for line in lines[:2]:
            for token in line["tokens"]:
                self.assertNotEqual(token["known"], token["guessed"])
                self.assertTrue(0 <= token["attention"] <= 1)
            self.assertAlmostEqual(sum(token["attention"] for token in line["tokens"]), 1, places=5)
        self.assertEqual([token["token"] for token in lines[1]["tokens"] if token["guessed"]],
                         [",", "dullish", "plots", "."])
        # Half of the words and more.
        text = self.succeed("predict", "--model", self.model,
                            text="The film was goodish.\nFine, dullish plots.\n")
        self.assertNotIn("guessed", text.splitlines()[0])
        self.assertRegex(text.splitlines()[1],
                         r"\(unsure\)|\(4 of 5 words guessed from their parts\)")
        self.assertNotIn("cannot say", text)

    def test_one_of_both(self):
        for option, key in [(["--subwords"], "attention"), (["--readout", "attention"], "guessed")]:
            self.model = self.train_model(*option)
            keys = [name for name in ALL_TOKEN_KEYS if name != key]
            self.predict("The film was goodish.\n", keys=keys)

    def test_plain(self):
        text = self.succeed("predict", "--model", self.model,
                            text="The film was good.\n\nThe plot was dull. \x1b[2J Zzz qqq xxx.\n")
        lines = text.splitlines()
        self.assertRegex(lines[0], r"\Apositive +\d+\.\d %  The film was good\.\Z")
        self.assertEqual(lines[1], "")
        self.assertRegex(lines[2], r"\Anegative +\d+\.\d %  The plot was dull\.")
        self.assertIn("words unknown", lines[-1])
        self.assertNotIn("\033", text)

    def test_answers_come_line_by_line(self):
        process = subprocess.Popen([cli.PROGRAM, "predict", "--model", self.model, "--json"],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for word in ["good", "dull"]:
            process.stdin.write(word.encode() + b" film\n")
            process.stdin.flush()
            self.assertEqual(json.loads(process.stdout.readline())["text"], word + " film")
        process.stdin.close()
        self.assertEqual(process.wait(cli.TIMEOUT), 0)
        process.stdout.close()

    def test_reader_goes_away(self):
        path = self.write("many.txt", "good film\n" * 20000)
        for command in [["predict", "--json", "--model", self.model], ["tokenize"]]:
            process = subprocess.Popen([cli.PROGRAM, *command, path], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)
            process.stdout.readline()
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b"")
            process.stderr.close()
            self.assertEqual(process.wait(cli.TIMEOUT), 1)

    def test_evaluate(self):
        data = self.path("dev.tsv")
        result = json.loads(self.succeed("evaluate", "--model", self.model, "--data", data,
                                         "--json"))
        self.assertEqual(list(result), ["examples", "loss", "accuracy", "confusion"])
        self.assertEqual(list(result["confusion"]), ["tp", "fp", "tn", "fn"])
        counts = result["confusion"]
        self.assertEqual(result["examples"], sum(counts.values()))
        self.assertEqual(result["accuracy"], (counts["tp"] + counts["tn"]) / result["examples"])

        # The same figures follow from the answers to each row.
        with open(data, encoding="utf-8") as file:
            rows = [row.rstrip("\n").split("\t") for row in file][1:]
        answers = self.predict("".join(row[0] + "\n" for row in rows), "--tokenized")
        labels = [int(row[1]) for row in rows]
        chances = [answer["probability"] if label else 1 - answer["probability"]
                   for answer, label in zip(answers, labels)]
        loss = -sum(math.log(chance) for chance in chances) / len(rows)
        self.assertAlmostEqual(result["loss"], loss, places=4)
        pairs = [(answer["label"], label) for answer, label in zip(answers, labels)]
        self.assertEqual([counts["tp"], counts["fp"], counts["tn"], counts["fn"]],
                         [pairs.count(pair) for pair in [(1, 1), (1, 0), (0, 0), (0, 1)]])

    def test_evaluate_plain(self):
        text = self.succeed("evaluate", "--model", self.model, "--data", self.path("dev.tsv"))
        self.assertRegex(text, r"Accuracy +1\.0000 .*0\.5000")
        self.assertRegex(text, r"negative +16 +0\n *positive +0 +16\n")
        self.assertNotIn("\033", text)


class Ensemble(cli.Case):
    def setUp(self):
        super().setUp()
        self.models = []
        for cell in ["rnn", "gru"]:
            path = self.path(cell)
            os.rename(self.train_model("--cell", cell), path)
            self.models.append(path)
        self.both = ["--model", self.models[0], "--model", self.models[1]]

    def test_predict(self):
        text = "The film was good. The plot was dull.\n"
        alone = [self.load_lines(self.succeed("predict", "--model", model, "--json", text=text))
                 for model in self.models]
        mean = self.load_lines(self.succeed("predict", *self.both, "--json", text=text))
        self.assertEqual(len(mean), 2)
        for lines in zip(mean, *alone):
            logits = [math.log(line["probability"] / (1 - line["probability"])) for line in lines]
            self.assertAlmostEqual(logits[0], (logits[1] + logits[2]) / 2, 5)

    def test_evaluate(self):
        data = self.path("dev.tsv")
        alone = [json.loads(self.succeed("evaluate", "--json", "--data", data, "--model", model))
                 for model in self.models]
        mean = json.loads(self.succeed("evaluate", "--json", "--data", data, *self.both))
        self.assertEqual(mean["examples"], 32)
        self.assertLess(mean["loss"], max(one["loss"] for one in alone))
        self.assertIn("Unknown", self.succeed("evaluate", "--data", data, *self.both))

    def test_wrong_members(self):
        self.fail_with(1, "no-model: There is no such file", "predict", *self.both,
                       "--model", self.path("no-model"))
        self.fail_with(2, "--model: the name of a file was expected", "predict", *self.both,
                       "--model=")
        self.fail_with(2, "at most 64 models", "predict", *["--model=" + self.models[0]] * 65)


class Tokenize(cli.Case):
    def test_words(self):
        text = self.succeed("tokenize", text="It's GOOD, isn't it?\n\n(“No!”)\r\nlast")
        self.assertEqual(text.splitlines()[0], "it 's good , is n't it ?")
        self.assertEqual(text.count("\n"), 4)
        self.assertEqual(text.splitlines()[1], "")
        self.assertEqual(text.splitlines()[3], "last")

    def test_names_that_look_like_options(self):
        self.write("-odd", "Fine.\n")
        self.assertEqual(self.succeed("tokenize", "./-odd"), "fine .\n")
        self.assertEqual(self.succeed("tokenize", "--", "-odd"), "fine .\n")

    def test_empty(self):
        self.assertEqual(self.succeed("tokenize", text=""), "")
        self.assertEqual(self.succeed("tokenize", text="\n"), "\n")


cli.main()
