#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""usage: classify.py PROGRAM [ROWS] [MODEL]

Has the program classify drawn texts, 100,000 and a million unless ROWS says how many for the second file,
from a CSV file in a folder that is deleted at the end, and write the answers. Each text has three sentences
and 52 words in the mean; a second pair of files has one sentence of some 19 words, as SST-2's reviews have.
Prints lines a second and peak memory, on one core and on all. Without MODEL, an LSTM of the default sizes
is trained for one epoch on the bundled sample, which knows few of the drawn words; what it does not know
costs as much. The same number of rows makes the same files.
"""

import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

COMMON = ("the of and a to in is it that this film movie was as with for but on not you are his have be "
          "one he all who by an at from so like they it's or just about has if her out don't what some "
          "there can't good more very would time really which even see story their had than isn't").split()
SYLLABLES = "ba be co da de en fa ga il in jo ka la lo ma mi no or pa per ra re si so ta ti un va ver zo".split()
N_WORDS = 20000
KINDS = {"a sentence": (1, 19), "a review": (3, 17)}


def make_vocabulary(numbers):
    words = list(COMMON)
    while len(words) < N_WORDS:
        words.append("".join(numbers.choice(SYLLABLES) for _ in range(numbers.randint(2, 4))))
    return words


def write_rows(path, n_rows, n_sentences, n_words):
    numbers = random.Random(1)
    words = make_vocabulary(numbers)
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    with open(path, "w", encoding="utf-8") as file:
        file.write("review,sentiment\n")
        for row in range(n_rows):
            sentences = []
            for _ in range(n_sentences):
                drawn = numbers.choices(words, cum_weights=weights, k=numbers.randint(5, 2 * n_words - 5))
                sentences.append(" ".join(drawn).capitalize() + ".")
            file.write('"%s",%s\n' % (" ".join(sentences).replace(" film ", ", film "),
                                     ("positive", "negative")[row % 2]))


def run(arguments, cores):
    """Seconds, those of the processors, and peak bytes of a whole process on so many cores."""
    start = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execv(arguments[0], arguments)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit("%s failed" % " ".join(arguments))
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = sys.argv[1]
    n_rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
    folder = tempfile.mkdtemp(prefix="undertone-classify-")
    n_cores = len(os.sched_getaffinity(0))
    try:
        model = sys.argv[3] if len(sys.argv) > 3 else os.path.join(folder, "model.safetensors")
        if len(sys.argv) < 4:
            subprocess.run([program, "train", "--epochs", "1", "--output", model], check=True,
                           stdout=subprocess.DEVNULL)
        path = os.path.join(folder, "reviews.csv")
        answers = os.path.join(folder, "answers.csv")
        for kind, (n_sentences, n_words) in KINDS.items():
            for rows in n_rows // 10, n_rows:
                write_rows(path, rows, n_sentences, n_words)
                print("%s a row, %d rows, %.0f MB" % (kind, rows, os.path.getsize(path) / 1e6), flush=True)
                for cores in sorted({1, n_cores}):
                    seconds, busy, peak = run([program, "classify", "--model", model, path,
                                               "--output", answers], cores)
                    with open(answers, "rb") as file:
                        written = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
                    if written != rows + 1:
                        sys.exit("%d lines were written" % written)
                    print("  %d cores: %.2f s, %d lines/s (%d for each second of a processor), peak memory "
                          "%.0f MB" % (cores, seconds, rows / seconds, rows / busy, peak / 1e6), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
