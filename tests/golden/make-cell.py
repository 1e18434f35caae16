#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Writes what the engine's gates and states are compared with, as PyTorch's modules compute them in
double precision on the weights of files that make-golden.py wrote.

    apt install python3-torch
    /usr/bin/python3 tests/golden/make-cell.py tests/golden

PyTorch gives the states (and, at the end of what it reads, the LSTM's cell state); the gates are
computed here from its weights, states and inputs, and checked against the states they lead to.
The files are safetensors files named cell-NAME, NAME being that of the file with the weights and
the sentences. Their tensors, in this order:

rows                      I64 (n)     which of the sentences
LAYER.DIRECTION.SIGNAL    F32 (N, H)  of each token, sentence after sentence; SIGNAL is state, and of
                                      the LSTM cell, input, forget, output, candidate, of the GRU
                                      reset, update, candidate
"""

import importlib
import pathlib
import sys

import torch
from torch import nn

golden = importlib.import_module("make-golden")
worth = importlib.import_module("make-worth")

NAMES = ["rnn-0", "lstm-0", "gru-0", "rnn-attention", "lstm-mean", "gru-directions", "lstm-deep",
         "gru-wide", "lstm-subwords"]
N_ROWS = 4


def run_layer(model, layer, direction, x):
    """The signals of one direction of a layer, which reads x (T, I) in its own order."""
    suffix = f"_l{layer}" + ("_reverse" if direction else "")
    weights = [getattr(model.rnn, name + suffix)
               for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    module = getattr(nn, model.cell)(x.shape[1], model.hidden, batch_first=True).double()
    for name, weight in zip(("weight_ih", "weight_hh", "bias_ih", "bias_hh"), weights):
        getattr(module, name + "_l0").data = weight

    zeros = torch.zeros(model.hidden, dtype=torch.float64)
    h, c = zeros, zeros
    found = {}

    def keep(**signals):
        for name, numbers in signals.items():
            found.setdefault(name, []).append(numbers)

    states = []
    for t in range(len(x)):
        result, end = module(x[None, : t + 1])
        states.append(result[0, t])
        from_input = (weights[0] @ x[t] + weights[2]).chunk(max(1, len(weights[2]) // model.hidden))
        from_state = (weights[1] @ h + weights[3]).chunk(len(from_input))
        if model.cell == "LSTM":
            sums = [a + b for a, b in zip(from_input, from_state)]
            i, f, g, o = sums[0].sigmoid(), sums[1].sigmoid(), sums[2].tanh(), sums[3].sigmoid()
            c = f * c + i * g
            assert torch.allclose(c, end[1][0, 0], atol=1e-12)
            assert torch.allclose(o * c.tanh(), states[-1], atol=1e-12)
            keep(cell=end[1][0, 0], input=i, forget=f, output=o, candidate=g)
        elif model.cell == "GRU":
            r, z = ((a + b).sigmoid() for a, b in zip(from_input[:2], from_state[:2]))
            n = (from_input[2] + r * from_state[2]).tanh()
            assert torch.allclose((1 - z) * n + z * h, states[-1], atol=1e-12)
            keep(reset=r, update=z, candidate=n)
        h = states[-1]
        keep(state=h)
    return {name: torch.stack(numbers) for name, numbers in found.items()}


def trace(model, x):
    """The signals of all layers and directions, by the names of their tensors."""
    found = {}
    for layer in range(model.rnn.num_layers):
        features = []
        for direction in range(2 if model.rnn.bidirectional else 1):
            # What reads from the end has its tokens turned around, and gives them back so.
            signals = run_layer(model, layer, direction, x.flip(0) if direction else x)
            if direction:
                signals = {name: numbers.flip(0) for name, numbers in signals.items()}
            features.append(signals["state"])
            for name, numbers in signals.items():
                found[f"{layer}.{direction}.{name}"] = numbers
        x = torch.cat(features, dim=1)
    return found


def make_file(folder, name):
    tensors = worth.load_safetensors(folder / f"{name}.safetensors")
    model = worth.load_model(name, tensors)
    sentences = worth.split(tensors["tokens"], tensors["lengths"])
    rows = list(range(N_ROWS))
    if "open_logits" in tensors:
        rows += range(len(sentences) - len(tensors["open_logits"]), len(sentences))

    found = {}
    for row in rows:
        x = worth.look_up(model, sentences[row]).detach()
        for key, numbers in trace(model, x).items():
            found.setdefault(key, []).append(numbers.detach())
        whole = model.rnn(x[None])[0][0].detach()
        last = [found[f"{model.rnn.num_layers - 1}.{direction}.state"][-1]
                for direction in range(2 if model.rnn.bidirectional else 1)]
        assert torch.allclose(torch.cat(last, dim=1), whole, atol=1e-12)
    golden.save_safetensors(folder / f"cell-{name}.safetensors", {
        "rows": torch.tensor(rows),
        **{key: torch.cat(parts).float() for key, parts in found.items()}})


def main():
    torch.set_num_threads(1)
    for name in NAMES:
        make_file(pathlib.Path(sys.argv[1]), name)


if __name__ == "__main__":
    main()
