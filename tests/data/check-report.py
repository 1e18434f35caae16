#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""usage: check-report.py CHECKOUT

What tests/report.py makes of logs as meson writes them.
"""

import json
import os
import subprocess
import sys
import tempfile

TAP = "ok 1 /a\nok 2 /b # SKIP no UNDERTONE_DATA\n# a comment\nok 3 /c # SKIP no display\n"
TESTS = {
    "tap": {"result": "OK", "stdout": TAP},
    "plain": {"result": "OK", "stdout": "ok, this is no TAP\n"},
    "bad point": {"result": "FAIL", "stdout": "not ok 1 /a\nok 2 /b\n"},
    "crash": {"result": "ERROR", "stdout": "ok 1 /a\n"},
    "late": {"result": "TIMEOUT", "stdout": ""},
    "tool": {"result": "SKIP", "stdout": "xmllint is not installed\n"},
    "root": {"result": "OK", "stdout": "ok 1 /d # SKIP the superuser may write everywhere\n"},
    "expected": {"result": "EXPECTEDFAIL", "stdout": ""},
}


def report(checkout, tests, ci):
    environment = {**os.environ, "CI": ci}
    with tempfile.TemporaryDirectory() as directory:
        os.mkdir(os.path.join(directory, "meson-logs"))
        with open(os.path.join(directory, "meson-logs", "testlog.json"), "w") as log:
            for name, test in tests.items():
                log.write(json.dumps({"name": name, **test}) + "\n")
        result = subprocess.run(
            [sys.executable, "-B", os.path.join(checkout, "tests", "report.py"), directory],
            env=environment, stdout=subprocess.PIPE, universal_newlines=True)
    return result.stdout.splitlines()[-1], result.returncode


def expect(got, wanted):
    if got != wanted:
        sys.exit(f"got {got}, expected {wanted}")


def main(checkout):
    expect(report(checkout, TESTS, ""), ("5 passed, 3 failed, 4 skipped", 1))
    expect(report(checkout, TESTS, "true"), ("5 passed, 5 failed, 2 skipped", 1))
    good = {name: TESTS[name] for name in ("tap", "plain")}
    expect(report(checkout, good, ""), ("2 passed, 0 failed, 2 skipped", 0))
    expect(report(checkout, good, "true"), ("2 passed, 1 failed, 1 skipped", 1))
    expect(report(checkout, {}, ""), ("0 passed, 1 failed, 0 skipped", 1))


if __name__ == "__main__":
    main(sys.argv[1])
