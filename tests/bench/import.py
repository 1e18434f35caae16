#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""usage: import.py PROGRAM [ROWS]

Has the program import drawn reviews, a million unless ROWS says otherwise, some 300 bytes each, from a
CSV file in a folder that is deleted at the end. Prints the seconds, from the file to the data set on the
disk, and the peak memory as a share of the file. The same number of rows makes the same file.
"""

import itertools
import os
import random
import shutil
import sys
import tempfile
import time

COMMON = ("the of and a to in is it that this film movie was as with for but on not you are his have be "
          "one he all who by an at from so like they it's or just about has if her out don't what some "
          "there can't good more very would time really which even see story their had than isn't").split()
SYLLABLES = "ba be co da de en fa ga il in jo ka la lo ma mi no or pa per ra re si so ta ti un va ver zo".split()
N_WORDS = 40000
WORDS_PER_ROW = 52


def make_vocabulary(numbers):
    """Words, the common ones first, some with a mark behind them or a capital."""
    words = list(COMMON)
    while len(words) < N_WORDS:
        word = "".join(numbers.choice(SYLLABLES) for _ in range(numbers.randint(2, 4)))
        kind = numbers.random()
        if kind < 0.08:
            word += numbers.choice([",", ".", "!", "?", "..."])
        elif kind < 0.16:
            word = word.capitalize()
        words.append(word)
    return words


def write_rows(path, n_rows):
    numbers = random.Random(1)
    words = make_vocabulary(numbers)
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    with open(path, "w", encoding="utf-8") as file:
        file.write("review,sentiment\n")
        for row in range(n_rows):
            drawn = numbers.choices(words, cum_weights=weights, k=numbers.randint(8, 2 * WORDS_PER_ROW - 8))
            text = " ".join(drawn)
            if row % 5 == 0:
                text = text.replace(" the ", ' ""the"" ', 1)
            file.write('"%s, indeed.",%s\n' % (text, ("positive", "negative")[row % 2]))


def run(arguments):
    """Seconds and peak bytes of a whole process."""
    start = time.monotonic()
    pid = os.posix_spawn(arguments[0], arguments, os.environ,
                         file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit("%s failed" % " ".join(arguments))
    return time.monotonic() - start, usage.ru_maxrss * 1024


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    n_rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
    folder = tempfile.mkdtemp(prefix="undertone-import-")
    try:
        path = os.path.join(folder, "reviews.csv")
        write_rows(path, n_rows)
        size = os.path.getsize(path)
        print("%d rows, %.0f MB" % (n_rows, size / 1e6), flush=True)
        for options in [], ["--dry-run"]:
            seconds, peak = run([sys.argv[1], "import", path, "--output", os.path.join(folder, "sets"),
                                 *options])
            print("%s%.2f s, %.0f MB/s, peak memory %.2f times the text"
                  % ("read only: " if options else "", seconds, size / 1e6 / seconds, peak / size), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
