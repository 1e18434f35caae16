#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Writes what the engine is compared with where it computes what the notebook's code does instead
of what its documentation says, by PyTorch in the same precision (float32, one thread).

    apt install python3-torch
    /usr/bin/python3 tests/golden/make-as-coded.py tests/golden

Three faults can be there or not, each by itself. B sentences are padded with the id 0, whose row is
zero and stays zero, to the L tokens of the longest.

state    0: runs along the sentence. 1: runs along the batch, in the caller's order: the element of
         sentence b at position l follows that of the sentence before it at the same position, so
         that its state knows the tokens (0..b, l). Either way it starts from zero.
loss     0: one answer per sentence, the logit of its last position; binary cross-entropy; right
         where (logit > 0) is the label. 1: a softmax over the logits of a sentence's positions;
         cross-entropy with the label as the position that is wanted; right where the first of the
         largest logits stands at that position.
padding  0: skipped: a sentence has its own tokens as positions and no other, and along the batch
         the state at position l passes over sentences that are shorter. 1: read: every sentence has
         L positions, and the pad is an input like any other.

A sentence of one position whose label is 1 has no such position to point at: it is wrong, and the
mean of the loss is that of the other sentences; where there is none, the loss and all gradients are
zero. (PyTorch refuses the label, with padding read only where L is 1.)

The files are safetensors files as make-golden.py's, named CELL-WHAT: as-coded has all three faults,
fault-X that one alone, repaired-X the other two. Their tensors, in this order:

faults         I64 (3)   state, loss, padding, as above
sizes          I64 (10)  sentences of each batch, which are the steps
lengths        I64 (N)   tokens of each sentence, batch after batch, N the sum of sizes
labels         I64 (N)   0 or 1
tokens         I64 (sum of lengths)  without padding; a 0 among them is a token like any other
before.NAME    F32       parameters under their names in a model file
token_logits   F32       of the first batch, before the first step, sentence after sentence: the
                         logit at each of its positions: its tokens, or where padding is read all L
logits         F32 (B)   the sentences' answers of the first batch; only with the loss 0
gradient.NAME  F32       of the first batch
losses         F32 (10)  of every batch, before its step
n_correct      I64 (10)  sentences of every batch that are right, before its step
after.NAME     F32       after ten steps of Adam

No sentence is right or wrong by less than MARGIN, so that n_correct can be compared exactly.
(Elsewhere logits may be equal: with the faults of state and padding all pads of a batch's first
sentence have the same.) With the loss 1, fc.bias cannot be compared: a softmax does not see what
all positions have in common, so its gradient is nothing but rounding, of which Adam makes whole
steps; no other number depends on it.
"""

import importlib
import pathlib
import sys

import torch
from torch import nn

golden = importlib.import_module("make-golden")

FAULTS = ("state", "loss", "padding")
CELLS = ("RNN", "LSTM", "GRU")
BATCH_SIZES = [20, 5, 17, 1, 9, 3, 24, 8, 2, 12]
MAX_LENGTH = 12
MARGIN = 1e-4


class Classifier(nn.Module):
    def __init__(self, cell, shape, faults):
        super().__init__()
        vocabulary, embedding, hidden = shape
        self.along_batch, _, self.reads_padding = faults
        self.embedding = nn.Embedding(vocabulary, embedding, padding_idx=0)
        self.rnn = getattr(nn, cell)(embedding, hidden)
        self.fc = nn.Linear(hidden, 1)

    def forward(self, tokens, lengths):
        """The classifier on the state at every position (B, L), and which positions there are."""
        if self.reads_padding:
            lengths = torch.full_like(lengths, tokens.shape[1])
        there = torch.arange(tokens.shape[1]).unsqueeze(0) < lengths.unsqueeze(1)
        inputs = self.embedding(tokens)
        # A line is what one state runs along: a column of the batch, or a row.
        if self.along_batch:
            inputs, lines = inputs.transpose(0, 1), there.transpose(0, 1)
        else:
            lines = there
        packed = nn.utils.rnn.pack_sequence(
            [row[line] for row, line in zip(inputs, lines)], enforce_sorted=False)
        outputs = nn.utils.rnn.unpack_sequence(self.rnn(packed)[0])
        states = torch.zeros(*lines.shape, self.rnn.hidden_size)
        states = states.masked_scatter(lines.unsqueeze(2), torch.cat(outputs))
        if self.along_batch:
            states = states.transpose(0, 1)
        return self.fc(states).squeeze(2), there


def answer(logits, there, labels, over_positions):
    """The loss; which sentences are right; by how much a sentence is right or wrong at least; the
    logits of the sentences, where they have one."""
    last = there.sum(1) - 1
    if not over_positions:
        logits = logits.gather(1, last.unsqueeze(1)).squeeze(1)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels.float())
        return loss, (logits > 0) == labels, logits.abs().min(), logits

    logits = logits.masked_fill(~there, -torch.inf)
    is_right = logits.argmax(1) == labels
    counted = labels <= last
    if not counted.any():
        return 0 * logits[there].sum(), is_right, torch.inf, None

    logits, labels = logits[counted], labels[counted]
    wanted = logits.gather(1, labels.unsqueeze(1)).squeeze(1)
    others = logits.scatter(1, labels.unsqueeze(1), -torch.inf).amax(1)
    loss = nn.functional.cross_entropy(logits, labels)
    return loss, is_right, (wanted - others).abs().min(), None


def make_batches(vocabulary, seed):
    batches = golden.make_batches(vocabulary, torch.Generator().manual_seed(seed), BATCH_SIZES,
                                  MAX_LENGTH)
    # The first sentence of a batch has one token; both labels, also where it is alone.
    for step, (_, _, labels) in enumerate(batches):
        labels[0] = step % 3 == 0
    return batches


def make_tensors(cell, shape, faults, seed):
    """The tensors of a file, or None where a sentence is too close."""
    torch.manual_seed(seed)
    model = Classifier(cell, shape, faults)
    batches = make_batches(shape[0], seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    tensors = {
        "faults": torch.tensor(faults),
        "sizes": torch.tensor([len(lengths) for _, lengths, _ in batches]),
        "lengths": torch.cat([lengths for _, lengths, _ in batches]),
        "labels": torch.cat([labels for _, _, labels in batches]),
        "tokens": torch.cat([row[:length] for tokens, lengths, _ in batches
                             for row, length in zip(tokens, lengths)]),
    }
    for name, parameter in model.state_dict().items():
        tensors["before." + name] = parameter.clone()

    losses, n_correct = [], []
    for step, (tokens, lengths, labels) in enumerate(batches):
        logits, there = model(tokens, lengths)
        loss, is_right, margin, answers = answer(logits, there, labels, faults[1])
        if margin < MARGIN:
            return None
        optimizer.zero_grad()
        loss.backward()
        if step == 0:
            tensors["token_logits"] = logits[there].clone()
            if answers is not None:
                tensors["logits"] = answers.clone()
            for name, parameter in model.named_parameters():
                tensors["gradient." + name] = parameter.grad.clone()
        optimizer.step()
        losses.append(loss.item())
        n_correct.append(int(is_right.sum()))
    tensors["losses"] = torch.tensor(losses)
    tensors["n_correct"] = torch.tensor(n_correct)
    for name, parameter in model.state_dict().items():
        tensors["after." + name] = parameter.clone()
    return tensors


def make_file(path, cell, shape, faults):
    tensors, seed = None, 0
    while tensors is None:
        seed += 1
        tensors = make_tensors(cell, shape, faults, seed)
    golden.save_safetensors(path, tensors)


def main():
    folder = pathlib.Path(sys.argv[1])
    torch.set_num_threads(1)
    for cell in CELLS:
        shape = golden.SHAPES[1 if cell == "GRU" else 0]
        make_file(folder / f"{cell.lower()}-as-coded.safetensors", cell, shape, (1, 1, 1))
    for i, fault in enumerate(FAULTS):
        alone = tuple(int(i == j) for j in range(len(FAULTS)))
        others = tuple(1 - there for there in alone)
        make_file(folder / f"lstm-fault-{fault}.safetensors", "LSTM", golden.SHAPES[0], alone)
        make_file(folder / f"lstm-repaired-{fault}.safetensors", "LSTM", golden.SHAPES[0], others)


if __name__ == "__main__":
    main()
