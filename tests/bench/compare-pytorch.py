#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Trains the same classifier on the same batches of SST-2 with PyTorch and with the engine, in
turn, and prints the median steps per second of both and the median ratio of the rounds.

    /usr/bin/python3 tests/bench/compare-pytorch.py --bench BUILD/tests/bench/bench-train --data DIR

DIR holds SST-2 as sst-2/train.tsv; without --data it is $UNDERTONE_DATA. Both sides work on one
thread (--threads gives the engine more) and count a step as everything from the batch's token ids
to the updated parameters: forward, loss, backward, dense Adam over all parameters, and the loss and
the number of correct answers as numbers. PyTorch's batches are padded tensors made before its clock
starts; its read-out takes each sentence's state at its true length. Both walk through the shuffled
file and have --warm-up steps behind them when the clock starts first: by then the moments of rare
words have decayed to denormal numbers, which is what training is like but for its first minute.
With --flush-denormal PyTorch treats those as zero, as the engine always does.
"""

import argparse
import os
import pathlib
import re
import statistics
import struct
import subprocess
import sys
import tempfile
import time

import torch
from torch import nn

EMBEDDING = 50
HIDDEN = 64
BATCH = 32
CELLS = ("RNN", "LSTM", "GRU")
SEED = 1


class Classifier(nn.Module):
    def __init__(self, cell, vocabulary):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, EMBEDDING, padding_idx=0)
        self.rnn = getattr(nn, cell)(EMBEDDING, HIDDEN, batch_first=True)
        self.fc = nn.Linear(HIDDEN, 1)

    def forward(self, tokens, lengths):
        states, _ = self.rnn(self.embedding(tokens))
        return self.fc(states[torch.arange(len(lengths)), lengths - 1]).squeeze(1)


def read_sst2(path):
    """Shuffled sentences of ids (0 is pad, 1 unknown), their labels, the vocabulary's size."""
    ids, sentences, labels = {}, [], []
    with open(path, encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            sentence, label = line.rstrip("\r\n").split("\t")
            words = sentence.rstrip(" ").lower().split(" ")
            sentences.append([ids.setdefault(word, len(ids) + 2) for word in words])
            labels.append(int(label))
    order = torch.randperm(len(sentences), generator=torch.Generator().manual_seed(SEED)).tolist()
    return [sentences[i] for i in order], [labels[i] for i in order], len(ids) + 2


def write_sentences(path, sentences, labels):
    offsets = [0]
    for sentence in sentences:
        offsets.append(offsets[-1] + len(sentence))
    tokens = [token for sentence in sentences for token in sentence]
    with open(path, "wb") as file:
        file.write(struct.pack(f"=Q{len(offsets)}Q", len(sentences), *offsets))
        file.write(struct.pack(f"={len(tokens)}I", *tokens))
        file.write(bytes(labels))


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

    def make_batch(self):
        rows = [(self.next + i) % len(self.sentences) for i in range(BATCH)]
        self.next += BATCH
        tokens = [torch.tensor(self.sentences[row]) for row in rows]
        return (nn.utils.rnn.pad_sequence(tokens, batch_first=True),
                torch.tensor([len(row) for row in tokens]),
                torch.tensor([self.labels[row] for row in rows], dtype=torch.float32))

    def run(self, n_steps):
        batches = [self.make_batch() for _ in range(n_steps)]
        start = time.perf_counter()
        for tokens, lengths, labels in batches:
            self.optimizer.zero_grad()
            logits = self.model(tokens, lengths)
            loss = self.criterion(logits, labels)
            loss.backward()
            self.optimizer.step()
            _ = loss.item(), ((logits > 0) == (labels > 0)).sum().item()
        return n_steps / (time.perf_counter() - start)


def run_engine(arguments, path, cell):
    command = [arguments.bench, "--sentences", path, "--cell", cell, "--rounds", "1",
               "--steps", str(arguments.warm_up), "--threads", str(arguments.threads)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"([0-9.]+) steps/s", output).group(1))


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bench", required=True, help="the program bench-train")
    parser.add_argument("--data", default=os.environ.get("UNDERTONE_DATA"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=100, help="of PyTorch in a round")
    parser.add_argument("--warm-up", type=int, default=1500,
                        help="steps before the clock starts, and of the engine in a round")
    parser.add_argument("--flush-denormal", action="store_true", help="for PyTorch")
    parser.add_argument("--threads", type=int, default=1, help="of the engine")
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("give --data, or set UNDERTONE_DATA")
    return arguments


def main():
    arguments = parse_arguments()
    torch.set_num_threads(1)
    # The engine nices its threads by five; both sides shall have the same share of a busy machine.
    os.nice(max(0, 5 - os.nice(0)))
    torch.set_flush_denormal(arguments.flush_denormal)
    sentences, labels, vocabulary = read_sst2(pathlib.Path(arguments.data) / "sst-2" / "train.tsv")
    mean = sum(map(len, sentences)) / len(sentences)
    print(f"{len(sentences)} sentences of {mean:.1f} tokens, V {vocabulary}, I {EMBEDDING}, "
          f"H {HIDDEN}, B {BATCH}; PyTorch {torch.__version__} on 1 thread, "
          f"engine on {arguments.threads}; medians of {arguments.rounds} rounds"
          + ("; PyTorch flushes denormals" if arguments.flush_denormal else ""))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "sentences")
        write_sentences(path, sentences, labels)
        for cell in CELLS:
            peer = PyTorch(cell, vocabulary, sentences, labels)
            peer.run(arguments.warm_up)
            rates = [(peer.run(arguments.steps), run_engine(arguments, path, cell))
                     for _ in range(arguments.rounds)]
            theirs = statistics.median(rate for rate, _ in rates)
            ours = statistics.median(rate for _, rate in rates)
            print(f"{cell:4}  PyTorch {theirs:6.1f}  engine {ours:7.1f} steps/s  "
                  f"ratio {statistics.median(b / a for a, b in rates):.1f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
