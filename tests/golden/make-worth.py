#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Writes what the engine's gradients with respect to a sentence's vectors are compared with, by
PyTorch's autograd in double precision on the weights of files that make-golden.py wrote.

    apt install python3-torch
    /usr/bin/python3 tests/golden/make-worth.py tests/golden

F is the logit, as a function of the vectors x (T, I) of a sentence's tokens; there is no dropout.
The files are safetensors files named worth-NAME, NAME being that of the file with the weights and
the sentences. Their tensors, in this order:

rows            I64 (n)     which of the sentences
logits          F32 (n)     F(x)
baselines       F32 (n)     F(0)
gradient_input  F32 (N, I)  x ∘ ∂F(x)/∂x, sentence after sentence
integrated      F32 (N, I)  x ∘ the mean of ∂F(a x)/∂x over a = (k + 1/2) / N_POINTS: integrated
                            gradients (Sundararajan et al. 2017, equation 1, the integral by the
                            midpoint rule) from the baseline zero
"""

import importlib
import json
import pathlib
import struct
import sys

import numpy
import torch

golden = importlib.import_module("make-golden")

NAMES = ["rnn-0", "lstm-0", "gru-0", "rnn-1", "lstm-1", "gru-1", "lstm-mean", "gru-max",
         "rnn-attention", "gru-directions", "lstm-deep", "rnn-dropout", "gru-wide", "lstm-wide",
         "lstm-subwords", "gru-subwords", "rnn-subwords", "bag"]
N_ROWS = 6
N_POINTS = 64


def load_safetensors(path):
    data = path.read_bytes()
    size, = struct.unpack("<Q", data[:8])
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + size]).items():
        first, end = entry["data_offsets"]
        numbers = numpy.frombuffer(data[8 + size + first : 8 + size + end],
                                   dtype={"F32": "<f4", "I64": "<i8"}[entry["dtype"]])
        tensors[name] = torch.tensor(numpy.array(numbers.reshape(entry["shape"])))
    return tensors


def split(numbers, lengths):
    return [part.tolist() for part in numbers.split(lengths.tolist())]


def load_model(name, tensors):
    weights = {key[len("before."):]: tensor for key, tensor in tensors.items()
               if key.startswith("before.")}
    vocabulary, embedding = weights["embedding.weight"].shape
    if name == "bag":
        model = golden.Bag(vocabulary)
    else:
        cell = name.split("-")[0].upper()
        form = golden.FORMS.get(golden.SUBWORDS[name][2] if name in golden.SUBWORDS else name)
        subwords = None
        if name in golden.SUBWORDS:
            subwords = (len(weights["subword.weight"]), 0, split(tensors["parts"],
                                                                 tensors["n_parts"]))
        model = golden.Classifier(cell, vocabulary, embedding,
                                  weights["rnn.weight_hh_l0"].shape[1],
                                  *([form] if form else []), subwords=subwords)
    model.load_state_dict(weights)
    return model.double()


def look_up(model, row):
    """The vectors (T, I) that stand for the tokens of a sentence."""
    tokens = torch.tensor(row)
    if isinstance(model, golden.Bag):
        pairs = torch.tensor([model.get_row(*pair) for pair in zip(row, row[1:])],
                             dtype=torch.int64)
        return model.embedding(tokens) + torch.cat([torch.zeros(1, 1), model.bigram(pairs)])
    if model.parts is not None:
        # Who is unknown and has no parts is read as the unknown word.
        known = model.embedding.num_embeddings
        tokens = torch.tensor([token if token < known or model.parts[token] else 1
                               for token in row])
    return model.look_up(tokens.unsqueeze(0))[0]


def run(model, x):
    """F of each of the sentences x (B, T, I)."""
    if isinstance(model, golden.Bag):
        return x.sum((1, 2)) + model.fc.bias
    model.look_up = lambda *_: x
    try:
        return model(torch.zeros(x.shape[:2], dtype=torch.int64),
                     torch.full((len(x),), x.shape[1]))
    finally:
        del model.look_up


def differentiate(model, x):
    x = x.detach().requires_grad_()
    return torch.autograd.grad(run(model, x).sum(), x)[0]


def make_file(folder, name):
    tensors = load_safetensors(folder / f"{name}.safetensors")
    model = load_model(name, tensors)
    sentences = split(tensors["tokens"], tensors["lengths"])
    rows = list(range(N_ROWS))
    if "open_logits" in tensors:
        rows += range(len(sentences) - len(tensors["open_logits"]), len(sentences))

    found = {key: [] for key in ("logits", "baselines", "gradient_input", "integrated")}
    points = (torch.arange(N_POINTS, dtype=torch.float64) + 0.5) / N_POINTS
    for row in rows:
        x = look_up(model, sentences[row]).detach()
        both = run(model, torch.stack([x, 0 * x])).detach()
        mean = differentiate(model, points[:, None, None] * x).mean(0)
        found["logits"].append(both[:1])
        found["baselines"].append(both[1:])
        found["gradient_input"].append(x * differentiate(model, x.unsqueeze(0))[0])
        found["integrated"].append(x * mean)
        # Complete but for the rule's own error; with max that of steps in the slope.
        gap = (found["integrated"][-1].sum() - both[0] + both[1]).abs()
        assert gap < (1e-2 if "max" in name or "gru-wide" == name else 1e-3), (name, row, gap)
        if row < N_ROWS:
            assert abs(both[0] - tensors["logits"][row]) < 1e-5
        else:
            assert abs(both[0] - tensors["open_logits"][row - rows[N_ROWS]]) < 1e-5
    golden.save_safetensors(folder / f"worth-{name}.safetensors", {
        "rows": torch.tensor(rows),
        **{key: torch.cat(parts).float() for key, parts in found.items()}})


def main():
    torch.set_num_threads(1)
    for name in NAMES:
        make_file(pathlib.Path(sys.argv[1]), name)


if __name__ == "__main__":
    main()
