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
    lines = result.stdout.splitlines()
    return lines[-1], result.returncode, lines


def counts(checkout, tests, ci):
    return report(checkout, tests, ci)[:2]


def check_endings(checkout):
    """What a failed test wrote last stands right before the counts; of a good one nothing does."""
    many = "".join(f"line {number}\n" for number in range(40))
    tests = {
        "good": {"result": "OK", "stdout": "good words\n", "stderr": "good warnings\n"},
        "bad": {"result": "ERROR", "stdout": many, "stderr": "x" * 1000 + "\nat the end\n"},
        "silent": {"result": "TIMEOUT"},
    }
    wanted = [
        "failed: bad: ERROR",
        "failed: silent: TIMEOUT",
        "--- bad: the end of its stdout",
        *(f"line {number}" for number in range(15, 40)),
        "--- bad: the end of its stderr",
        "x" * 300,
        "at the end",
        "1 passed, 2 failed, 0 skipped",
    ]
    expect(report(checkout, tests, "")[2], wanted)


def expect(got, wanted):
    if got != wanted:
        sys.exit(f"got {got}, expected {wanted}")


def main(checkout):
    expect(counts(checkout, TESTS, ""), ("5 passed, 3 failed, 4 skipped", 1))
    expect(counts(checkout, TESTS, "true"), ("5 passed, 5 failed, 2 skipped", 1))
    good = {name: TESTS[name] for name in ("tap", "plain")}
    expect(counts(checkout, good, ""), ("2 passed, 0 failed, 2 skipped", 0))
    expect(counts(checkout, good, "true"), ("2 passed, 1 failed, 1 skipped", 1))
    expect(counts(checkout, {}, ""), ("0 passed, 1 failed, 0 skipped", 1))
    check_endings(checkout)


if __name__ == "__main__":
    main(sys.argv[1])
