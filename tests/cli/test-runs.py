# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""The runs that are kept: listed, shown, changed, copied, deleted; and a store that is damaged."""

import json
import os
import sqlite3
import unittest

import cli

SUMMARY = ["id", "name", "state", "elsewhere", "trash", "best_epoch", "best_val_accuracy",
           "epochs_done", "epochs", "cell", "data", "seed", "tags", "created"]
DETAILS = ["steps", "note", "notices", "failure", "reproduction", "config", "rows", "evaluation", "test",
           "members", "log", "probes"]


class Lists(cli.StoreCase):
    def test_nothing_yet(self):
        self.assertIn("There is no run yet", self.succeed("runs", "list"))
        self.assertEqual(self.succeed("runs", "list", "--json"), "")
        self.assertIn("0 runs were deleted", self.succeed("runs", "empty-trash"))

    def test_list(self):
        first = self.keep("--cell", "gru", "--seed", "7")
        second = self.keep("--name", "Ein Lauf")
        self.assertEqual(list(first), SUMMARY)
        self.assertEqual([run["id"] for run in self.list_runs()], [second["id"], first["id"]])
        self.assertEqual({key: first[key] for key in SUMMARY[1:5] + SUMMARY[7:13]},
                         {"name": "GRU 1", "state": "finished", "elsewhere": False, "trash": False,
                          "epochs_done": 3, "epochs": 3, "cell": "gru", "data": "train.tsv",
                          "seed": 7, "tags": []})
        self.assertRegex(first["created"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
        lines = self.succeed("runs", "list").splitlines()
        self.assertRegex(lines[0], r"\A  Name +State +Accuracy +Epoch +Cell +Data +Seed +Age +Tags\Z")
        self.assertRegex(lines[1], r"\A  Ein Lauf +finished +\d\.\d{4} +\d/3 +LSTM +train\.tsv +1 +now\Z")
        self.assertRegex(lines[2], r"\A  GRU 1    +finished +\d\.\d{4} +\d/3 +GRU +train\.tsv +7 +now\Z")

    def test_filters(self):
        for name in ["a", "b", "c"]:
            self.keep("--name", name)
        self.succeed("runs", "tag", "a", "+x", "+y z")
        self.succeed("runs", "tag", "b", "+x")
        self.succeed("runs", "delete", "c")

        def names(*options):
            return "".join(sorted(run["name"] for run in self.list_runs(*options)))

        self.assertEqual(names(), "ab")
        self.assertEqual(names("--all"), "abc")
        self.assertEqual(names("--tag", "x"), "ab")
        self.assertEqual(names("--tag", "x", "--tag", "y z"), "a")
        self.assertEqual(names("--state", "finished"), "ab")
        self.assertEqual(names("--state", "failed"), "")
        self.assertIn("No run is like that", self.succeed("runs", "list", "--tag", "none"))
        self.assertRegex(self.succeed("runs", "list", "--all"), r"c +in the trash +\d")
        self.fail_with(2, "--state done: one of these was expected: queued, .*finished", "runs",
                       "list", "--state", "done")


class Shows(cli.StoreCase):
    def test_show(self):
        run = self.keep("--layers", "2", "--learning-rate", "3e-3", "--exclude",
                        self.write("none.tsv", cli.HEADER + "nobody wrote this .\t1\n"))
        shown = self.show(run["id"])
        self.assertEqual(list(shown), SUMMARY + DETAILS)
        self.assertEqual({key: shown[key] for key in SUMMARY}, run)
        self.assertEqual([shown[key] for key in ["steps", "note", "failure", "evaluation", "test",
                                                 "members"]], [36, None, None, None, None, []])
        self.assertEqual(shown["config"]["layers"], 2)
        self.assertEqual(shown["config"]["train-path"], self.path("train.tsv"))
        self.assertEqual([shown["rows"]["train"], shown["rows"]["dev"]], [96, 32])
        self.assertRegex(shown["rows"]["train_hash"], r"\A[0-9a-f]{64}\Z")
        self.assertEqual([epoch["epoch"] for epoch in shown["log"]], [1, 2, 3])

        text = self.succeed("runs", "show", run["name"])
        self.assertRegex(text, r"\ALSTM 1 \(LSTM\)\n  State +finished\n")
        for pattern in [r"\n  Id +%s\n" % run["id"], r"\n +Layers: 2\n", r"learning rate 0\.003",
                        r"96 rows to train, 32 to validate\n", shown["rows"]["dev_hash"],
                        r"\n +Epoch  Train loss"]:
            self.assertRegex(text, pattern)
        self.assertEqual(len([line for line in text.splitlines() if line[:7].strip().isdigit()]), 3)

    def test_points(self):
        log = self.path("log")
        self.keep("--log", log)
        wanted = self.load_lines(self.read(log).decode())[:-1]
        self.assertEqual(len(wanted), 36 + 3)
        printed = self.load_lines(self.succeed("runs", "show", "LSTM 1", "--points", "-"))
        self.assertEqual(printed, wanted)
        text = self.succeed("runs", "show", "LSTM 1", "--points", self.path("points"))
        self.assertIn("finished", text)
        self.assertEqual(self.load_lines(self.read(self.path("points")).decode()), wanted)
        self.fail_with(1, "no-folder/x: The file cannot be written: No such file", "runs", "show",
                       "LSTM 1", "--points", self.path("no-folder/x"))

    def test_damaged_points_are_said(self):
        self.keep()
        connection = sqlite3.connect(os.path.join(self.store, "runs.db"))
        tables = [row[0] for row in connection.execute("select name from sqlite_master "
                                                       "where type = 'table'")]
        blocks = 0
        for table in tables:
            for column in [row[1] for row in connection.execute("pragma table_info(%s)" % table)
                           if row[2] == "BLOB"]:
                blocks += connection.execute("update %s set %s = zeroblob(length(%s)) "
                                             "where length(%s) > 200"
                                             % (table, column, column, column)).rowcount
        connection.commit()
        connection.close()
        self.assertGreater(blocks, 0)
        self.fail_with(1, "The points after step 0 are damaged", "runs", "show", "LSTM 1",
                       "--points", "-")


class Names(cli.StoreCase):
    def setUp(self):
        super().setUp()
        self.runs = [self.keep("--name", name) for name in ["one", "two", "two"]]

    def test_find(self):
        one = self.runs[0]["id"]
        self.assertEqual(self.show("one")["id"], one)
        self.assertEqual(self.show(one)["id"], one)
        self.assertEqual(self.show(one[:-1])["id"], one)
        self.fail_with(1, "There is no run “three”", "runs", "show", "three")
        self.fail_with(1, "There is no run “”", "runs", "show", "")
        errors = self.fail_with(1, "“two” may be any of 2 runs", "runs", "show", "two").stderr.decode()
        for run in self.runs[1:]:
            self.assertIn(run["id"] + "  two", errors)
        self.assertNotIn(one, errors)
        self.fail_with(1, "“20” may be any of 3 runs", "runs", "delete", "20")
        # A name goes before an id that begins like it.
        self.succeed("runs", "rename", "one", "20")
        self.assertEqual(self.show("20")["id"], one)

    def test_rename(self):
        one = self.runs[0]["id"]
        for name in ["ein Schritt", "-x", "a\033[31mb", "\"'\\"]:
            self.succeed("runs", "rename", one, name)
            self.assertEqual(self.find(one)["name"], name)
            for command in ["list", "show"]:
                arguments = [one] if command == "show" else []
                self.assertNotIn("\033", self.succeed("runs", command, *arguments))
        self.fail_with(2, "at least one character", "runs", "rename", one, " ")
        self.fail_with(2, "RUN and NAME are needed", "runs", "rename", one)
        self.fail_with(2, "is not text in this locale", "runs", "rename", one, b"\xff\xfe")
        self.fail_with(1, "There is no run “three”", "runs", "rename", "three", "four")

    def test_note(self):
        one = self.runs[0]["id"]
        for note in ["Two\nlines", "- not bad", ""]:
            self.succeed("runs", "note", "one", note)
            self.assertEqual(self.show(one)["note"], note or None)
        self.succeed("runs", "note", "one", "Two\nlines")
        self.assertRegex(self.succeed("runs", "show", "one"), r"\n  Notes +Two\n +lines\n")

    def test_tag(self):
        self.succeed("runs", "tag", "one", "+b", "+a a", "+b", "-none")
        self.assertEqual(self.succeed("runs", "tag", "one"), "b\na a\n")
        self.succeed("runs", "tag", "one", "-b", "+c")
        self.assertEqual(self.find(self.runs[0]["id"])["tags"], ["a a", "c"])
        self.succeed("runs", "tag", "one", "-a a", "-c")
        self.assertEqual(self.succeed("runs", "tag", "one"), "")
        for wrong in ["b", "+", "- ", ""]:
            self.fail_with(2, r"\+TAG or -TAG was expected", "runs", "tag", "one", "+good", wrong)
        self.assertEqual(self.succeed("runs", "tag", "one"), "")


class Trash(cli.StoreCase):
    def test_trash(self):
        runs = [self.keep("--name", name) for name in ["one", "two", "three"]]
        # A mistake in one of them leaves all as they are.
        self.fail_with(1, "There is no run “four”", "runs", "delete", "one", "four")
        self.assertEqual(len(self.list_runs()), 3)
        self.succeed("runs", "delete", "one", "two", "one")
        self.assertEqual([run["name"] for run in self.list_runs()], ["three"])
        self.assertEqual([(run["name"], run["trash"]) for run in self.list_runs("--all")][0],
                         ("three", False))
        self.fail_with(1, "“one” is in the trash: “undertone-cli runs restore”", "runs", "show", "one")
        self.fail_with(1, "There is no run “three” in the trash", "runs", "restore", "three")
        self.succeed("runs", "restore", runs[0]["id"])
        self.assertEqual(self.find(runs[0]["id"]), runs[0])
        self.assertIn("1 run was deleted", self.succeed("runs", "empty-trash"))
        self.assertEqual([run["name"] for run in self.list_runs("--all")], ["three", "one"])
        self.assertEqual(sorted(os.listdir(os.path.join(self.store, "runs"))),
                         sorted([runs[0]["id"], runs[2]["id"]]))


class Copies(cli.StoreCase):
    def test_there_and_back(self):
        model = self.path("m")
        run = self.keep("--output", model)
        self.succeed("runs", "tag", run["id"], "+far travelled")
        before = self.show(run["id"])
        points = self.succeed("runs", "show", run["id"], "--points", "-")
        folder = self.path("copy")
        self.succeed("runs", "export", run["id"], folder)
        names = {"config.json", "log.jsonl", "map.safetensors", "model.safetensors",
                 "state.safetensors"}
        # The best epoch's state is there where that was not the last one.
        self.assertEqual(set(os.listdir(folder)) - {"state.safetensors.best"}, names)
        self.assertEqual(self.read(os.path.join(folder, "model.safetensors")), self.read(model))

        self.environment["XDG_DATA_HOME"] = self.path("another")
        imported = json.loads(self.succeed("runs", "import", folder, "--json"))
        self.assertEqual(list(imported), SUMMARY)
        self.assertEqual(self.succeed("runs", "show", imported["id"], "--points", "-"), points)
        after = self.show(imported["id"])
        for key in ["id", "created"]:
            before.pop(key)
            after.pop(key)
        self.assertEqual(after, before)
        # It can be trained further here, too.
        self.succeed("resume", imported["id"], "--epochs", "4")
        self.assertEqual(self.find(imported["id"])["epochs_done"], 4)

    def test_refused(self):
        run = self.keep()
        folder = self.path("copy")
        self.succeed("runs", "export", run["id"], folder)
        self.fail_with(1, "copy", "runs", "export", run["id"], folder)
        self.fail_with(1, "is not the folder of a run", "runs", "import", self.folder)
        self.fail_with(1, "nowhere is not the folder of a run", "runs", "import",
                       self.path("nowhere"))
        self.fail_with(2, "RUN and FOLDER are needed", "runs", "export", run["id"])
        for name, content in [("model.safetensors", b"\xff" * 100), ("config.json", b"[1"),
                              ("log.jsonl", b"{}\n")]:
            with self.subTest(name=name):
                path = os.path.join(folder, name)
                whole = self.read(path)
                self.write(path, content)
                self.fail_with(1, ".", "runs", "import", folder)
                self.write(path, whole)
        self.assertEqual(len(self.list_runs("--all")), 1)
        self.assertEqual(os.listdir(os.path.join(self.store, "runs")), [run["id"]])


class Troubles(cli.StoreCase):
    def spoil(self):
        """Overwrites all of the store but its first bytes."""
        path = os.path.join(self.store, "runs.db")
        for ending in ["-wal", "-shm"]:
            if os.path.exists(path + ending):
                os.unlink(path + ending)
        with open(path, "r+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(1024)
            file.write(b"\xff" * (size - 1024))

    COMMANDS = [["runs", "list"], ["runs", "show", "x"], ["runs", "rename", "x", "y"],
                ["runs", "tag", "x", "+y"], ["runs", "note", "x", "y"], ["runs", "delete", "x"],
                ["runs", "restore", "x"], ["runs", "empty-trash"], ["runs", "export", "x", "y"],
                ["runs", "import", "x"], ["resume", "x"], ["reproduce", "x"],
                ["train", "--keep"], ["sweep"]]

    def test_damaged(self):
        run = self.keep()
        self.assertIn("The store is whole", self.succeed("runs", "repair"))
        self.spoil()
        for command in self.COMMANDS:
            self.fail_with(1, r"runs\.db is damaged.*\n.*“undertone-cli runs repair” puts the last "
                           r"copy, runs-\d{4}-\d\d-\d\d\.db, in its place", *command)
        self.assertRegex(self.succeed("runs", "repair"),
                         r"\Aruns-\d{4}-\d\d-\d\d\.db was put in its place: 1 run\.\n\Z")
        self.assertEqual(self.find(run["id"])["name"], run["name"])
        self.assertEqual(len([name for name in os.listdir(self.store)
                              if name.startswith("runs.db.damaged-")]), 1)

    def test_damaged_without_a_copy(self):
        os.makedirs(self.store)
        self.write("home/undertone/runs.db", "This is a diary.\n" * 1000)
        self.fail_with(1, r"runs\.db.*damaged.*\n.*There is no copy of it.*“undertone-cli runs repair "
                       "--anew”", "runs", "list")
        self.fail_with(1, "There is no backup", "runs", "repair")
        diary = b"This is a diary.\n" * 1000
        self.assertEqual(self.read(os.path.join(self.store, "runs.db")), diary)
        self.assertIn("set aside; a new list begins", self.succeed("runs", "repair", "--anew"))
        aside = [name for name in os.listdir(self.store) if name.startswith("runs.db.damaged-")]
        self.assertEqual(self.read(os.path.join(self.store, aside[0])), diary)
        self.assertEqual(self.keep()["name"], "LSTM 1")
        self.assertIn("The store is whole", self.succeed("runs", "repair", "--anew"))
        self.assertEqual(len(self.list_runs()), 1)

    def test_newer(self):
        self.keep()
        path = os.path.join(self.store, "runs.db")
        connection = sqlite3.connect(path)
        version = connection.execute("pragma user_version").fetchone()[0]
        connection.execute("pragma user_version = %d" % (version + 1))
        connection.commit()
        connection.close()
        before = self.read(path)
        for command in [*self.COMMANDS, ["runs", "repair"]]:
            self.fail_with(1, "later version of Undertone", *command)
        self.assertEqual(self.read(path), before)

    def test_no_folder(self):
        os.makedirs(self.path("home"))
        self.write("home/undertone", "a file")
        for command in self.COMMANDS:
            self.fail_with(1, "Cannot save to .*undertone", *command)

    @unittest.skipIf(os.geteuid() == 0, "the superuser may write everywhere")
    def test_read_only(self):
        self.keep()
        for folder, _, names in os.walk(self.store):
            for name in names:
                os.chmod(os.path.join(folder, name), 0o400)
            os.chmod(folder, 0o500)
            self.addCleanup(os.chmod, folder, 0o700)
        self.assertEqual(len(self.list_runs()), 1)
        self.assertEqual(self.show("LSTM 1")["epochs_done"], 3)
        for command in [["rename", "LSTM 1", "x"], ["delete", "LSTM 1"], ["tag", "LSTM 1", "+x"]]:
            self.fail_with(1, "Cannot save to ", "runs", *command)
        self.fail_with(1, "Cannot save to ", "train", "--keep", *self.write_data(), *cli.SMALL)
        self.assertEqual([run["name"] for run in self.list_runs()], ["LSTM 1"])


cli.main()
