#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Trains and asks the same classifier on the same batches of SST-2, in PyTorch and in the engine.

    /usr/bin/python3 tests/bench/compare-pytorch.py build/src/cli/undertone-cli [DATA]

DATA (or UNDERTONE_DATA) holds sst-2/train.tsv. In each round PyTorch on one thread, PyTorch on two
and the engine on one and two (`undertone-cli benchmark`, which gives them turns of its own) work
one after another; the figures are medians of the rounds, and ratios medians of the rounds' own
ratios to PyTorch at its better number of threads. It takes about five minutes. Nothing else should
run.

A step of training is everything from the batch's token ids to the updated parameters: forward,
loss, backward, dense Adam over all parameters, and the loss and the number of correct answers as
numbers. Both walk through the file in its order, and have a second or more behind them when the
clock starts: by then the moments of rare words have decayed to denormal numbers, which is what
training is like but for its first minute. With --flush-denormal PyTorch treats those as zero, as
the engine always does. PyTorch's memory is kept by malloc() instead of being given back and taken
again for each of its large tensors, which is up to six times as fast where page faults are slow.
PyTorch's batches are padded tensors made before its clock starts; its
read-out takes each sentence's state at its true length. Answers are given to batches of 128
sentences sorted by length, by both.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import torch
from torch import nn

EMBEDDING = 50
HIDDEN = 64
BATCH = 32
EVAL_BATCH = 128
CELLS = ("rnn", "lstm", "gru")
THREADS = (1, 2)
SEED = 1


# Of glibc's malloc(), for the whole process.
KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "1000000000", "MALLOC_TRIM_THRESHOLD_": "4000000000",
               "MALLOC_TOP_PAD_": "268435456"}


class Classifier(nn.Module):
    def __init__(self, cell, vocabulary):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, EMBEDDING, padding_idx=0)
        self.rnn = getattr(nn, cell.upper())(EMBEDDING, HIDDEN, batch_first=True)
        self.fc = nn.Linear(HIDDEN, 1)

    def forward(self, tokens, lengths):
        states, _ = self.rnn(self.embedding(tokens))
        return self.fc(states[torch.arange(len(lengths)), lengths - 1]).squeeze(1)


def read_sst2(path):
    """Sentences of ids (0 is pad, 1 unknown), their labels, the vocabulary's size."""
    ids, sentences, labels = {}, [], []
    with open(path, encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            sentence, label = line.rstrip("\r\n").split("\t")
            words = sentence.rstrip(" ").lower().split(" ")
            sentences.append([ids.setdefault(word, len(ids) + 2) for word in words])
            labels.append(int(label))
    return sentences, labels, len(ids) + 2


class PyTorch:
    """One model in training, so that its rounds continue each other."""

    def __init__(self, cell, vocabulary, sentences, labels):
        torch.manual_seed(SEED)
        self.model = Classifier(cell, vocabulary)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3)
        self.criterion = nn.BCEWithLogitsLoss()
        self.sentences = sentences
        self.labels = labels
        self.next = 0
        # Every fourth of the batches of all sentences, so that a turn is short.
        order = sorted(range(len(sentences)), key=lambda row: -len(sentences[row]))
        self.eval_batches = [self.make_batch(order[i:i + EVAL_BATCH])
                             for i in range(0, len(order), 4 * EVAL_BATCH)]

    def make_batch(self, rows):
        tokens = [torch.tensor(self.sentences[row]) for row in rows]
        return (nn.utils.rnn.pad_sequence(tokens, batch_first=True),
                torch.tensor([len(row) for row in tokens]),
                torch.tensor([self.labels[row] for row in rows], dtype=torch.float32))

    def next_batch(self):
        rows = [(self.next + i) % len(self.sentences) for i in range(BATCH)]
        self.next += BATCH
        return self.make_batch(rows)

    def train(self, n_steps):
        """Steps a second."""
        batches = [self.next_batch() for _ in range(n_steps)]
        start = time.perf_counter()
        for tokens, lengths, labels in batches:
            self.optimizer.zero_grad()
            logits = self.model(tokens, lengths)
            loss = self.criterion(logits, labels)
            loss.backward()
            self.optimizer.step()
            _ = loss.item(), ((logits > 0) == (labels > 0)).sum().item()
        return n_steps / (time.perf_counter() - start)

    def answer(self):
        """Sentences a second."""
        start = time.perf_counter()
        with torch.no_grad():
            for tokens, lengths, _ in self.eval_batches:
                _ = self.model(tokens, lengths).tolist()
        n_sentences = sum(len(lengths) for _, lengths, _ in self.eval_batches)
        return n_sentences / (time.perf_counter() - start)

    def run(self, n_steps):
        """Rates by part and number of threads."""
        rates = {}
        for threads in THREADS:
            torch.set_num_threads(threads)
            rates["training", threads] = self.train(n_steps)
            rates["batches", threads] = self.answer()
        return rates


def run_engine(arguments, path, cell):
    """Rates by part and number of threads."""
    command = [arguments.program, "benchmark", "--json", "--only", "training,batches",
               "--data", str(path), "--cell", cell, "--hidden", str(HIDDEN),
               "--embedding-dim", str(EMBEDDING), "--batch-size", str(BATCH),
               "--threads", ",".join(map(str, THREADS)), "--seconds", str(arguments.seconds)]
    environment = {key: value for key, value in os.environ.items() if key not in KEEP_MEMORY}
    result = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE,
                                       env=environment).stdout)
    units = {"training": "steps_per_second", "batches": "sentences_per_second"}
    return {(part, rate["threads"]): rate[unit] for part, unit in units.items()
            for rate in result[part]}


def median(rounds, key):
    return statistics.median(rates[key] for rates in rounds)


def print_part(cell, part, theirs, ours):
    best = max(THREADS, key=lambda threads: median(theirs, (part, threads)))
    figures = ["%-8s %-4s" % (part, cell)]
    for threads in THREADS:
        figures.append("%9.0f%s" % (median(theirs, (part, threads)),
                                    "*" if threads == best else " "))
    for threads in THREADS:
        ratio = statistics.median(our[part, threads] / their[part, best]
                                  for our, their in zip(ours, theirs))
        figures.append("%9.0f %6.1f x" % (median(ours, (part, threads)), ratio))
    gain = statistics.median(our[part, 2] / our[part, 1] for our in ours)
    print(" ".join(figures) + "  %6.2f" % gain, flush=True)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program", metavar="UNDERTONE-CLI")
    parser.add_argument("data", metavar="DATA", nargs="?",
                        default=os.environ.get("UNDERTONE_DATA"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=100, help="of PyTorch in a turn [100]")
    parser.add_argument("--warm-up", type=int, default=1500, help="steps of PyTorch [1500]")
    parser.add_argument("--seconds", type=float, default=3,
                        help="of the engine in a turn, half of them to warm up [3]")
    parser.add_argument("--flush-denormal", action="store_true", help="for PyTorch")
    parser.add_argument("--cell", choices=CELLS, action="append", help="only this one")
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("give DATA, or set UNDERTONE_DATA")
    return arguments


def main():
    arguments = parse_arguments()
    if not KEEP_MEMORY.keys() <= os.environ.keys():
        os.execve(sys.executable, [sys.executable] + sys.argv, KEEP_MEMORY | os.environ)
    # The engine nices its threads by fifteen; both sides shall have the same share of a busy machine.
    os.nice(max(0, 15 - os.nice(0)))
    torch.set_flush_denormal(arguments.flush_denormal)
    path = pathlib.Path(arguments.data) / "sst-2" / "train.tsv"
    sentences, labels, vocabulary = read_sst2(path)
    mean = sum(map(len, sentences)) / len(sentences)
    print(f"{len(sentences)} sentences of {mean:.1f} tokens, V {vocabulary}, I {EMBEDDING}, "
          f"H {HIDDEN}, B {BATCH}, answers in batches of {EVAL_BATCH}\n"
          f"PyTorch {torch.__version__} (* its better number of threads)"
          + (", flushes denormals" if arguments.flush_denormal else "")
          + f"; medians of {arguments.rounds} rounds; steps or sentences a second\n")
    print("              PyTorch, 1          2 engine, 1    ratio          2    ratio    gain",
          flush=True)
    for cell in arguments.cell or CELLS:
        torch.set_num_threads(1)
        peer = PyTorch(cell, vocabulary, sentences, labels)
        peer.train(arguments.warm_up)
        theirs, ours = [], []
        for _ in range(arguments.rounds):
            theirs.append(peer.run(arguments.steps))
            ours.append(run_engine(arguments, path, cell))
        for part in ("training", "batches"):
            print_part(cell, part, theirs, ours)


if __name__ == "__main__":
    sys.exit(main())
