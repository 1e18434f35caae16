# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Public data fetched from a host on the loopback address: killed, interrupted, and whole."""

import hashlib
import http.server
import io
import json
import os
import re
import signal
import subprocess
import threading
import time
import zipfile

import cli

PIECE = 4096
# What a host has sent, and a program that is killed has not saved.
SLACK = 64 * 1024


class Handler(http.server.BaseHTTPRequestHandler):
    """Gives out the server's file slowly, from where it is asked to."""

    def do_GET(self):
        server = self.server
        start = 0
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if wanted and self.headers.get("If-Range") == '"one"':
            start = int(wanted.group(1))
            self.send_response(206)
            self.send_header("Content-Range", "bytes %d-%d/%d"
                             % (start, len(server.body) - 1, len(server.body)))
        else:
            self.send_response(server.status)
        self.send_header("ETag", '"one"')
        self.send_header("Content-Length", str(len(server.body) - start))
        self.end_headers()
        server.starts.append(start)
        try:
            for at in range(start, len(server.body), PIECE):
                piece = server.body[at:at + PIECE]
                self.wfile.write(piece)
                server.sent += len(piece)
                time.sleep(server.pause)
        except OSError:
            pass

    def log_message(self, *arguments):
        pass


class Get(cli.Case):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.status = 200
        self.server.pause = 0
        self.server.sent = 0
        self.server.starts = []
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.environment = {"XDG_DATA_HOME": self.path("data"), "XDG_CACHE_HOME": self.path("cache")}

        self.train = (cli.HEADER + "".join(cli.make_rows(12000, 1))).encode()
        self.dev = (cli.HEADER + "".join(cli.make_rows(100, 2))).encode()
        self.words = "".join("word%d %.4f %.4f\n" % (i, i / 7 % 1, i / 11 % 1)
                             for i in range(20000)).encode()
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("set/train.tsv", self.train)
            file.writestr("set/dev.tsv", self.dev)
            file.writestr("words.txt", self.words)
            file.writestr("rest.bin", os.urandom(300000))
        self.server.body = archive.getvalue()
        self.sources = self.write_list()

    def write_list(self, **changes):
        address = "http://127.0.0.1:%d/all.zip" % self.server.server_address[1]
        archive = {
            "address": address, "size": len(self.server.body),
            "sha256": hashlib.sha256(self.server.body).hexdigest(),
            "licence": "Free for all", "citation": "Nobody (2026)",
            "sources": [
                {"id": "set", "title": "A set", "kind": "dataset", "unit": "sentence",
                 "members": [{"name": "set/train.tsv", "part": "train"},
                             {"name": "set/dev.tsv", "part": "dev"}]},
                {"id": "words", "title": "Some words", "kind": "vectors", "dimension": 2,
                 "members": [{"name": "words.txt", "file": "words.txt", "size": len(self.words),
                              "sha256": hashlib.sha256(self.words).hexdigest()}]},
            ]}
        archive.update(changes)
        return self.write("sources.json", json.dumps({"archives": [archive]}))

    def get(self, *arguments, **keywords):
        return self.run_program("get", "--sources", self.sources, *arguments,
                                environment=self.environment, **keywords)

    def get_well(self, *arguments):
        result = self.get(*arguments)
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        return result.stdout.decode()

    def start(self, *arguments):
        return subprocess.Popen([cli.PROGRAM, "get", "--sources", self.sources, *arguments],
                                env=dict(os.environ, **self.environment), cwd=self.folder,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    def list_all(self):
        """All files and folders of the program, hidden ones, too."""
        return sorted(os.path.relpath(os.path.join(folder, name), self.folder)
                      for place in ["data", "cache"]
                      for folder, folders, files in os.walk(self.path(place))
                      for name in folders + files)

    def check_set(self):
        folder = self.path("data/undertone/data/A set")
        self.assertEqual(self.read(folder + "/train.tsv"), self.train)
        self.assertEqual(self.read(folder + "/dev.tsv"), self.dev)
        about = json.loads(self.read(folder + "/about.json"))
        self.assertEqual(about["licence"], "Free for all")
        self.assertEqual(self.list_all(), sorted([
            "cache/undertone", "cache/undertone/downloads", "data/undertone", "data/undertone/data",
            "data/undertone/data/A set", "data/undertone/data/A set/about.json",
            "data/undertone/data/A set/dev.tsv", "data/undertone/data/A set/train.tsv"]))

    def test_list(self):
        text = self.get_well()
        self.assertRegex(text, r"(?m)^set  A set$")
        self.assertRegex(text, r"(?m)^words  Some words$")
        self.assertEqual(text.count("Licence: Free for all\n"), 2)
        self.assertEqual(text.count("Not fetched yet\n"), 2)
        sources = json.loads(self.get_well("--json"))["sources"]
        self.assertEqual([source["id"] for source in sources], ["set", "words"])
        self.assertEqual([source["path"] for source in sources], [None, None])
        self.assertEqual(sources[0]["size"], len(self.server.body))
        self.assertEqual(self.server.starts, [])
        # The list that comes along.
        self.assertIn("sst-2", self.succeed("get"))

    def test_whole(self):
        text = self.get_well("set")
        self.assertIn("Licence: Free for all\n", text)
        self.assertTrue(text.endswith("Is at %s\n" % self.path("data/undertone/data/A set")), text)
        self.check_set()
        source = json.loads(self.get_well("set", "--json"))
        self.assertEqual(source["path"], self.path("data/undertone/data/A set"))
        self.assertEqual(len(self.server.starts), 1)
        self.assertIn("Is at ", self.get_well())

        words = json.loads(self.get_well("words", "--json"))["path"]
        self.assertEqual(self.read(words), self.words)

    def test_killed(self):
        """Killed at ten points, it ends in the same bytes, and none came twice."""
        size = len(self.server.body)
        self.server.pause = 0.003
        for i in range(1, 11):
            process = self.start("set")
            limit = time.monotonic() + cli.TIMEOUT
            # On a busy machine so much may be on its way already that it would be killed before it asks.
            while ((len(self.server.starts) < i or self.server.sent < size * i // 12)
                   and time.monotonic() < limit):
                self.assertIsNone(process.poll(), process.stderr)
                time.sleep(0.001)
            process.kill()
            process.communicate()
            self.assertEqual(process.returncode, -signal.SIGKILL)
            self.assertNotIn("data/undertone/data/A set", self.list_all())
        self.server.pause = 0
        self.get_well("set")
        self.check_set()
        self.assertEqual(len(self.server.starts), 11)
        self.assertEqual(self.server.starts, sorted(self.server.starts))
        self.assertLessEqual(self.server.sent, size + 10 * SLACK)
        # Each start is where the one before had come to, but for what was on its way.
        for i in range(1, 11):
            self.assertGreaterEqual(self.server.starts[i], size * i // 12 - (i + 1) * SLACK)

    def test_killed_vectors(self):
        self.server.pause = 0.003
        process = self.start("words")
        limit = time.monotonic() + cli.TIMEOUT
        hidden = self.path("data/undertone/vectors")
        while not (os.path.isdir(hidden) and os.listdir(hidden)) and time.monotonic() < limit:
            time.sleep(0.001)
        process.kill()
        process.communicate()
        self.assertEqual(len(os.listdir(hidden)), 1)
        self.server.pause = 0
        self.get_well("words")
        self.assertEqual(os.listdir(hidden), ["words.txt"])
        self.assertEqual(self.read(hidden + "/words.txt"), self.words)

    def test_interrupted(self):
        for number in [signal.SIGINT, signal.SIGTERM]:
            self.server.pause = 0.05
            before = self.server.sent
            process = self.start("set")
            limit = time.monotonic() + cli.TIMEOUT
            while self.server.sent < before + 3 * PIECE and time.monotonic() < limit:
                time.sleep(0.001)
            process.send_signal(number)
            _, errors = process.communicate(timeout=cli.TIMEOUT)
            self.assertEqual(process.returncode, 130, errors)
            self.assertEqual(errors.decode(),
                             "undertone-cli: Interrupted; the same command goes on from there\n")
            self.assertNotIn("data/undertone/data/A set", self.list_all())
        self.server.pause = 0
        self.get_well("set")
        self.assertGreater(self.server.starts[-1], 0)
        self.check_set()

    def test_two_at_once(self):
        self.server.pause = 0.05
        process = self.start("set")
        limit = time.monotonic() + cli.TIMEOUT
        while not self.server.starts and time.monotonic() < limit:
            time.sleep(0.001)
        result = self.get("set")
        self.assertEqual(result.returncode, 1)
        self.assertIn(b"Another program is fetching http://127.0.0.1", result.stderr)
        self.server.pause = 0
        self.assertEqual(process.communicate(timeout=cli.TIMEOUT)[1], b"")
        self.check_set()

    def test_from_file(self):
        archive = self.write("saved.zip", self.server.body)
        text = self.get_well("set", "--from", archive)
        self.assertTrue(text.endswith("Is at %s\n" % self.path("data/undertone/data/A set")), text)
        self.check_set()
        self.assertEqual(self.server.starts, [])

        result = self.get("words", "--from", self.path("nowhere.zip"))
        self.assertEqual(result.returncode, 1)
        self.assertIn(b"nowhere.zip: There is no such file", result.stderr)

    def test_failures(self):
        self.server.status = 404
        result = self.get("set")
        self.assertEqual(result.returncode, 1)
        self.assertIn(b"127.0.0.1 does not have the file any more (404 Not Found)", result.stderr)
        self.assertIn("“undertone-cli get set --from FILE” takes".encode(), result.stderr)
        self.server.status = 200

        self.sources = self.write_list(sha256="0" * 64)
        result = self.get("set")
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr, b"SHA-256 .* What was saved of it is deleted")

        self.sources = self.write_list(address="http://127.0.0.1:1/all.zip")
        result = self.get("set")
        self.assertEqual(result.returncode, 1)
        self.assertIn(b"Could not reach 127.0.0.1. Save the file from http://127.0.0.1:1/all.zip "
                      b"and open it here.", result.stderr)
        self.assertNotIn("data/undertone/data/A set", self.list_all())

        self.sources = self.write("sources.json", "{")
        result = self.get("set")
        self.assertEqual(result.returncode, 1)
        self.assertIn(b"sources.json: ", result.stderr)

    def test_usage(self):
        self.fail_with(2, "There is no source “fly”", "get", "fly")
        self.fail_with(2, "--from FILE needs the ID", "get", "--from", "x")
        self.fail_with(2, "the name of a file was expected", "get", "--sources", "")


cli.main()
