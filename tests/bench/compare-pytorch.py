#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Trains the same classifier on the same batches of SST-2 with PyTorch and with the engine, in
turn, and prints the median steps per second of both and their ratio.

    /usr/bin/python3 tests/bench/compare-pytorch.py --bench BUILD/tests/bench/bench-train --data DIR

DIR holds SST-2 as sst-2/train.tsv; without --data it is $UNDERTONE_DATA. Both sides work on one
thread (--threads gives the engine more) and count a step as everything from the batch's token ids
to the updated parameters: forward, loss, backward, dense Adam over all parameters. PyTorch's
batches are padded tensors made before its clock starts; its read-out takes each sentence's state
at its true length.
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
    """Shuffled sentences of ids, 0 and 1 being pad and unknown, their labels, and the vocabulary."""
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

    def __init__(self, cell, vocabulary, sentences, labels, n_steps):
        torch.manual_seed(SEED)
        self.model = Classifier(cell, vocabulary)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3)
        self.criterion = nn.BCEWithLogitsLoss()
        self.batches = []
        for first in range(0, n_steps * BATCH, BATCH):
            rows = [torch.tensor(row) for row in sentences[first : first + BATCH]]
            self.batches.append((
                nn.utils.rnn.pad_sequence(rows, batch_first=True),
                torch.tensor([len(row) for row in rows]),
                torch.tensor(labels[first : first + BATCH], dtype=torch.float32),
            ))
        self.run()

    def run(self):
        start = time.perf_counter()
        for tokens, lengths, labels in self.batches:
            self.optimizer.zero_grad()
            self.criterion(self.model(tokens, lengths), labels).backward()
            self.optimizer.step()
        return len(self.batches) / (time.perf_counter() - start)


def run_engine(arguments, path, cell):
    command = [arguments.bench, "--sentences", path, "--cell", cell, "--rounds", "1",
               "--steps", str(arguments.engine_steps), "--threads", str(arguments.threads)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"([0-9.]+) steps/s", output).group(1))


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bench", required=True, help="the program bench-train")
    parser.add_argument("--data", default=os.environ.get("UNDERTONE_DATA"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=100, help="of PyTorch in a round")
    parser.add_argument("--engine-steps", type=int, default=1000, help="of the engine in a round")
    parser.add_argument("--threads", type=int, default=1, help="of the engine")
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("give --data, or set UNDERTONE_DATA")
    return arguments


def main():
    arguments = parse_arguments()
    torch.set_num_threads(1)
    sentences, labels, vocabulary = read_sst2(pathlib.Path(arguments.data) / "sst-2" / "train.tsv")
    mean = sum(map(len, sentences)) / len(sentences)
    print(f"{len(sentences)} sentences of {mean:.1f} tokens, V {vocabulary}, I {EMBEDDING}, "
          f"H {HIDDEN}, B {BATCH}; PyTorch {torch.__version__} on 1 thread, "
          f"engine on {arguments.threads}; medians of {arguments.rounds} rounds")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "sentences")
        write_sentences(path, sentences, labels)
        for cell in CELLS:
            peer = PyTorch(cell, vocabulary, sentences, labels, arguments.steps)
            rates = [(peer.run(), run_engine(arguments, path, cell))
                     for _ in range(arguments.rounds)]
            theirs = statistics.median(rate for rate, _ in rates)
            ours = statistics.median(rate for _, rate in rates)
            print(f"{cell:4}  PyTorch {theirs:6.1f}  engine {ours:7.1f} steps/s  "
                  f"ratio {ours / theirs:.1f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
