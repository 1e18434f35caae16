#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Loads a model file into PyTorch by its state-dict names and compares the answers after every word.

Arguments: the program that trains a model and answers with it.
"""

import json
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import torch
except ImportError:
    print("Skipped: PyTorch is not installed")
    sys.exit(77)

# Sums of 8 to 50 float32 products in another order; logits lie within ±10.
TOLERANCE = 1e-5


def read_safetensors(path):
    """All that is needed to read the format, without anything of Undertone's."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        numbers = torch.frombuffer(bytearray(data[start:end]), dtype=torch.float32)
        tensors[name] = numbers.reshape(entry["shape"])
    return metadata, tensors


class Classifier(torch.nn.Module):
    def __init__(self, cell, n_words, embedding_size, hidden_size):
        super().__init__()
        kinds = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}
        self.embedding = torch.nn.Embedding(n_words, embedding_size, padding_idx=0)
        self.rnn = kinds[cell](embedding_size, hidden_size, batch_first=True)
        self.fc = torch.nn.Linear(hidden_size, 1)

    def forward(self, ids):
        states, _ = self.rnn(self.embedding(ids))
        return self.fc(states).squeeze(-1)


def check(program, cell):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([program, cell, folder], check=True)
        metadata, tensors = read_safetensors(folder / "model.safetensors")
        answers = (folder / "answers.tsv").read_text(encoding="utf-8")

    config = json.loads(metadata["undertone.config"])
    ids = {word: i for i, word in enumerate(json.loads(metadata["undertone.vocabulary"]))}
    model = Classifier(config["cell"], len(ids), config["embedding-size"], config["hidden-size"])
    model.load_state_dict(tensors, strict=True)
    model.eval()

    worst = 0
    n_words = 0
    for sentence in answers.strip().split("\n\n"):
        rows = [line.split("\t") for line in sentence.split("\n")]
        ours = torch.tensor([float(logit) for _, logit in rows], dtype=torch.float64)
        with torch.no_grad():
            theirs = model(torch.tensor([[ids.get(word, 1) for word, _ in rows]]))[0].double()
        worst = max(worst, (ours - theirs).abs().max().item())
        n_words += len(rows)
    print(f"{cell}: {n_words} words, largest difference {worst:.2e}")
    return metadata["format"] == "pt" and n_words > 20 and worst <= TOLERANCE


if __name__ == "__main__":
    sys.exit(0 if all([check(sys.argv[1], cell) for cell in ("rnn", "lstm", "gru")]) else 1)
