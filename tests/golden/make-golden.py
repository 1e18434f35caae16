#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Writes the files that test-golden compares the engine with, computed by PyTorch in the same
precision (float32, one thread).

    apt install python3-torch
    /usr/bin/python3 tests/golden/make-golden.py tests/golden

Each file is a safetensors file (eight bytes with the header's length, a JSON header, the numbers)
of one model: its batches, the parameters before, and for the first batch the logit of every token,
the logits of the sentences, the loss and all gradients; and the parameters after ten steps of Adam.
Some have options: the largest norm of a gradient, the smoothing of labels, whether the embedding is
frozen. Losses are those with the labels themselves, gradients those that Adam gets.
"""

import json
import pathlib
import struct
import sys

import torch
from torch import nn

N_STEPS = 10
# Largest norm (0: none), smoothing, frozen embedding.
OPTIONS = {"gru-clipped": (0.145, 0, 0), "rnn-smoothed": (0, 0.1, 0), "lstm-frozen": (0, 0, 1),
           "lstm-all": (0.04, 0.2, 1)}
# The hidden and embedding sizes are no multiples of a vector's lanes in the second shape.
SHAPES = [(40, 12, 16), (57, 7, 11)]
# More than 16 sentences make two shards.
BATCH_SIZES = [24, 5, 24, 1, 17, 24, 16, 3, 24, 24]
MAX_LENGTH = 19
# Ids from here on never occur in a batch: Adam must leave their rows as they are.
N_UNUSED = 6

TYPES = {torch.float32: ("F32", "<f4"), torch.int64: ("I64", "<i8")}


def save_safetensors(path, tensors):
    """Numbers follow each other in the order of the dictionary, as the header says."""
    header, blocks, end = {}, [], 0
    for name, tensor in tensors.items():
        dtype, numpy_type = TYPES[tensor.dtype]
        block = tensor.detach().contiguous().numpy().astype(numpy_type).tobytes()
        header[name] = {"dtype": dtype, "shape": list(tensor.shape),
                        "data_offsets": [end, end + len(block)]}
        blocks.append(block)
        end += len(block)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blocks))


class Classifier(nn.Module):
    def __init__(self, cell, vocabulary, embedding, hidden):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding, padding_idx=0)
        self.rnn = getattr(nn, cell)(embedding, hidden, batch_first=True)
        self.fc = nn.Linear(hidden, 1)

    def forward(self, tokens, lengths):
        """The classifier on the state after every token (B, T) and after the last one (B)."""
        packed = nn.utils.rnn.pack_padded_sequence(
            self.embedding(tokens), lengths, batch_first=True, enforce_sorted=False)
        states, _ = nn.utils.rnn.pad_packed_sequence(self.rnn(packed)[0], batch_first=True)
        logits = self.fc(states).squeeze(2)
        return logits, logits.gather(1, (lengths - 1).unsqueeze(1)).squeeze(1)


def make_batches(vocabulary, generator):
    batches = []
    for size in BATCH_SIZES:
        lengths = torch.randint(1, MAX_LENGTH + 1, (size,), generator=generator)
        lengths[0] = 1
        tokens = torch.randint(1, vocabulary - N_UNUSED, (size, MAX_LENGTH), generator=generator)
        tokens *= torch.arange(MAX_LENGTH).unsqueeze(0) < lengths.unsqueeze(1)
        if size > 1:
            tokens[1, 0] = 0  # The pad token inside of a sentence is a zero row without gradient.
        labels = torch.randint(0, 2, (size,), generator=generator)
        batches.append((tokens[:, : int(lengths.max())], lengths, labels))
    return batches


def make_file(path, cell, shape, seed, options=None):
    max_norm, smoothing, frozen = options or (0, 0, 0)
    torch.manual_seed(seed)
    model = Classifier(cell, *shape)
    model.embedding.weight.requires_grad_(not frozen)
    batches = make_batches(shape[0], torch.Generator().manual_seed(seed))
    criterion = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    tensors = {
        **({"options": torch.tensor([float(option) for option in options])} if options else {}),
        "sizes": torch.tensor([len(lengths) for _, lengths, _ in batches]),
        "lengths": torch.cat([lengths for _, lengths, _ in batches]),
        "labels": torch.cat([labels for _, _, labels in batches]),
        "tokens": torch.cat([row[:length] for tokens, lengths, _ in batches
                             for row, length in zip(tokens, lengths)]),
    }
    for name, parameter in model.state_dict().items():
        tensors["before." + name] = parameter.clone()

    losses, norms = [], []
    for step in range(N_STEPS):
        tokens, lengths, labels = batches[step]
        token_logits, logits = model(tokens, lengths)
        loss = criterion(logits, labels.float())
        optimizer.zero_grad()
        criterion(logits, labels * (1 - smoothing) + smoothing / 2).backward()
        if max_norm > 0:
            norms.append(nn.utils.clip_grad_norm_(model.parameters(), max_norm).item())
        if step == 0:
            tensors["token_logits"] = torch.cat(
                [row[:length] for row, length in zip(token_logits, lengths)])
            tensors["logits"] = logits.clone()
            for name, parameter in model.named_parameters():
                tensors["gradient." + name] = (torch.zeros_like(parameter) if parameter.grad is None
                                               else parameter.grad.clone())
        optimizer.step()
        losses.append(loss.item())
    # The first gradient, which is compared, is a clipped one.
    assert max_norm == 0 or norms[0] > max_norm, norms
    tensors["losses"] = torch.tensor(losses)
    for name, parameter in model.state_dict().items():
        tensors["after." + name] = parameter.clone()
    save_safetensors(path, tensors)


def main():
    folder = pathlib.Path(sys.argv[1])
    torch.set_num_threads(1)
    for cell in ("RNN", "LSTM", "GRU"):
        for i, shape in enumerate(SHAPES):
            make_file(folder / f"{cell.lower()}-{i}.safetensors", cell, shape, 1 + i)
    for name, options in OPTIONS.items():
        make_file(folder / f"{name}.safetensors", name.split("-")[0].upper(), SHAPES[1], 3, options)


if __name__ == "__main__":
    main()
