#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Counts the tests of meson's logs and prints "N passed, N failed, N skipped" as the last line.

usage: report.py BUILD-DIRECTORY...

A test that speaks TAP counts once for each of its points, any other test once. A test that failed
without a failed point (it crashed or ran out of time) counts as one failure more. With CI=true a
skipped test counts as a failed one, unless its reason is one that installing a package cannot mend.

Where tests failed, the last lines that each of them wrote stand before the counts, so that the tail of a
run's output tells what went wrong.
"""

import json
import os
import re
import sys

POINT = re.compile(r"^(?P<outcome>ok|not ok)\b(?P<text>.*)$", re.MULTILINE)
SKIP = re.compile(r"#\s*SKIP\b\s*(?P<reason>.*)", re.IGNORECASE)
GOOD = {"OK", "EXPECTEDFAIL"}
# Data that does not come with the project; a build under sanitizers; a person who may do everything.
LASTING = ("UNDERTONE_DATA", "sanitizer", "superuser")
TAIL = 25  # lines of each stream of a test that failed
WIDTH = 300  # characters of such a line


def outcomes_of(test):
    """Yields (outcome, reason) for every point of one test of the log."""
    output = test.get("stdout", "")
    points = list(POINT.finditer(output))
    failed = False
    for point in points:
        skip = SKIP.search(point["text"])
        if skip:
            yield "skipped", f"{test['name']}: {skip['reason']}"
        elif point["outcome"] == "ok":
            yield "passed", None
        else:
            failed = True
            yield "failed", f"{test['name']}:{point['text']}"
    if test["result"] == "SKIP":
        if not points:
            reason = (output + test.get("stderr", "")).strip() or "no reason given"
            yield "skipped", f"{test['name']}: {reason}"
    elif test["result"] not in GOOD:
        if not failed:
            yield "failed", f"{test['name']}: {test['result']}"
    elif not points:
        yield "passed", None


def ending_of(test):
    """Yields the last lines of what @test wrote to each stream, long ones cut."""
    for stream in ("stdout", "stderr"):
        lines = test.get(stream, "").rstrip().splitlines()
        if lines:
            yield f"--- {test['name']}: the end of its {stream}"
            yield from (line[:WIDTH] for line in lines[-TAIL:])


def main(directories):
    endings = []
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    strict = os.environ.get("CI") == "true"
    for directory in directories:
        path = os.path.join(directory, "meson-logs", "testlog.json")
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as log:
            for line in log:
                test = json.loads(line)
                failed_before = counts["failed"]
                for outcome, reason in outcomes_of(test):
                    if (outcome == "skipped" and strict
                            and not any(word in reason for word in LASTING)):
                        outcome = "failed"
                        reason = f"skipped, which CI does not allow: {reason}"
                    counts[outcome] += 1
                    if reason:
                        print(f"{outcome}: {reason}")
                if counts["failed"] > failed_before:
                    endings.extend(ending_of(test))
    for line in endings:
        print(line)
    if counts["passed"] + counts["failed"] == 0:
        print("failed: no test ran")
        counts["failed"] = 1
    print(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
