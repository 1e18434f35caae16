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

Some have a form: layers, directions and read-out. The logit of a token is then that of the sentence
which ends there, read for itself.

Some have weight decay: the ten steps are AdamW's.

Some have subwords: a table of their vectors, and for each id the rows whose mean is added to the
word's own. The own vectors of tokens are dropped as a whole at random. Ids from the vocabulary's size
up are words that are not in it; the sentences after the last batch, which only prediction sees, have
some.

One is a bag: logistic regression on words and pairs of neighbours, which are hashed into rows.

Some have dropout. Its masks are drawn as the engine does, by Philox4x32-10 from seed, step, place,
sentence, position and column; those of the first step stand in the file, token after token, so that
a change of the rule is noticed as such.
"""

import json
import pathlib
import struct
import sys

import numpy
import torch
from torch import nn

N_STEPS = 10
# Largest norm (0: none), smoothing, frozen embedding.
OPTIONS = {"gru-clipped": (0.145, 0, 0), "rnn-smoothed": (0, 0.1, 0), "lstm-frozen": (0, 0, 1),
           "lstm-all": (0.04, 0.2, 1)}
# Layers, directions, read-out, dropout of embedding, between layers and of the read-out.
FORMS = {
    "lstm-mean": (1, 1, "mean", 0, 0, 0),
    "gru-max": (1, 1, "max", 0, 0, 0),
    "rnn-attention": (1, 1, "attention", 0, 0, 0),
    "gru-directions": (1, 2, "last", 0, 0, 0),
    "lstm-deep": (3, 1, "last", 0, 0, 0),
    "rnn-dropout": (2, 1, "last", 0.3, 0.2, 0.1),
    "gru-wide": (2, 2, "max", 0.2, 0.3, 0.5),
    "lstm-wide": (2, 2, "attention", 0.1, 0.2, 0.4),
}
# Rows of the subword table, dropout of words; the form is lstm-mean's or that of two directions.
SUBWORDS = {"lstm-subwords": (60, 0.4, "lstm-mean"), "gru-subwords": (9, 0, "gru-directions"),
            "rnn-subwords": (60, 0.2, "rnn-dropout")}
# Of AdamW: a half of it, times the learning rate, moves a number near 1 by 5e-4 a step.
WEIGHT_DECAY = 0.5
N_EXTRA_WORDS = 5
N_BIGRAMS = 300
READOUTS = ["last", "mean", "max", "attention"]
DROPOUT_SEED = 0x123456789A
# As the engine numbers them: the embedding, the read-out, what layer i > 0 reads.
SITE_EMBEDDING, SITE_READOUT, SITE_WORD, SITE_LAYER = 0, 1, 2, 2
STREAM_DROPOUT = 0x0700000000
# The hidden and embedding sizes are no multiples of a vector's lanes in the second shape.
SHAPES = [(40, 12, 16), (57, 7, 11)]
# More than 16 sentences make two shards.
BATCH_SIZES = [24, 5, 24, 1, 17, 24, 16, 3, 24, 24]
MAX_LENGTH = 19
# Ids from here on never occur in a batch: Adam must leave their rows as they are, AdamW have them
# decay.
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


def philox(counter, key):
    """Philox4x32-10 (Salmon et al. 2011) of counters (n, 4): n blocks of four 32-bit numbers."""
    c = [counter[:, i].astype(numpy.uint64) for i in range(4)]
    k0, k1 = key
    for _ in range(10):
        p0, p1 = c[0] * numpy.uint64(0xD2511F53), c[2] * numpy.uint64(0xCD9E8D57)
        low, high = numpy.uint64(0xFFFFFFFF), numpy.uint64(32)
        c = [(p1 >> high) ^ c[1] ^ numpy.uint64(k0), p1 & low,
             (p0 >> high) ^ c[3] ^ numpy.uint64(k1), p0 & low]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return numpy.stack(c, axis=1)


def draw_mask(step, site, item, position, rate, columns):
    """0 where an element is dropped, else 1 / (1 - rate); a block decides over eight of them."""
    stream = STREAM_DROPOUT ^ DROPOUT_SEED
    blocks = numpy.arange((columns + 7) // 8)
    counter = numpy.empty((len(blocks), 4), dtype=numpy.uint64)
    counter[:] = (step, site, item, position << 10)
    counter[:, 3] |= blocks.astype(numpy.uint64)
    numbers = philox(counter, (stream & 0xFFFFFFFF, stream >> 32))
    halves = numpy.stack([numbers & numpy.uint64(0xFFFF), numbers >> numpy.uint64(16)], axis=2)
    threshold = int(rate * 65536 + 0.5)
    scale = numpy.float32(65536 / (65536 - threshold))
    return torch.tensor(numpy.where(halves.reshape(-1)[:columns] < threshold, 0, scale),
                        dtype=torch.float32)


class Classifier(nn.Module):
    def __init__(self, cell, vocabulary, embedding, hidden, form=(1, 1, "last", 0, 0, 0),
                 subwords=None):
        super().__init__()
        layers, directions, self.readout, *self.rates = form
        features = directions * hidden
        self.embedding = nn.Embedding(vocabulary, embedding, padding_idx=0)
        self.parts = None
        if subwords:
            n_rows, self.word_rate, self.parts = subwords
            self.subword = nn.EmbeddingBag(n_rows, embedding, mode="mean")
            nn.init.normal_(self.subword.weight)
        self.rnn = getattr(nn, cell)(embedding, hidden, layers, batch_first=True,
                                     bidirectional=directions == 2)
        if self.readout == "attention":
            self.attention = nn.Linear(features, hidden)
            self.context = nn.Linear(hidden, 1, bias=False)
        self.fc = nn.Linear(features, 1)
        self.cell, self.hidden = cell, hidden

    def draw_masks(self, step, site, rate, lengths, columns):
        """The masks of a batch's tokens (B, T, columns)."""
        masks = torch.zeros(len(lengths), int(lengths.max()), columns)
        for item, length in enumerate(lengths.tolist()):
            for position in range(length):
                masks[item, position] = draw_mask(step, site, item, position, rate, columns)
        return masks

    def look_up(self, tokens, step=0):
        if self.parts is None:
            return self.embedding(tokens)

        known = tokens < self.embedding.num_embeddings
        own = self.embedding(tokens * known) * known.unsqueeze(2)
        n_parts = torch.tensor([len(rows) for rows in self.parts])
        starts = torch.cat([torch.tensor([0]), n_parts.cumsum(0)[:-1]])
        means = self.subword(torch.tensor(sum(self.parts, [])), starts)
        if step > 0 and self.word_rate > 0:
            for item, row in enumerate(tokens.tolist()):
                for position, token in enumerate(row):
                    if n_parts[token] > 0 and draw_mask(step, SITE_WORD, item, position,
                                                        self.word_rate, 8)[0] == 0:
                        own[item, position] = 0
        return own + means[tokens]

    def run_layer(self, i, x, lengths):
        """Layer i alone, by a module of its own that computes with the parameters of the whole."""
        layer = getattr(nn, self.cell)(x.shape[2], self.hidden, batch_first=True,
                                       bidirectional=self.rnn.bidirectional)
        names = [name for name, _ in layer.named_parameters()]
        for name in names:
            own = name.replace("_l0", f"_l{i}")
            delattr(layer, name)
            setattr(layer, name, getattr(self.rnn, own))
        layer._flat_weights = [getattr(self.rnn, name.replace("_l0", f"_l{i}")) for name in names]
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True,
                                                   enforce_sorted=False)
        return nn.utils.rnn.pad_packed_sequence(layer(packed)[0], batch_first=True)[0]

    def forward(self, tokens, lengths, step=0):
        """The logits (B); @step says which masks dropout takes, none where it is 0."""
        x = self.look_up(tokens, step)
        if step > 0 and self.rates[0] > 0:
            x = x * self.draw_masks(step, SITE_EMBEDDING, self.rates[0], lengths, x.shape[2])
        for i in range(self.rnn.num_layers):
            x = self.run_layer(i, x, lengths)
            if step > 0 and self.rates[1] > 0 and i + 1 < self.rnn.num_layers:
                x = x * self.draw_masks(step, SITE_LAYER + i + 1, self.rates[1], lengths,
                                        x.shape[2])

        valid = (torch.arange(tokens.shape[1]).unsqueeze(0) < lengths.unsqueeze(1)).unsqueeze(2)
        last = x[torch.arange(len(x)), lengths - 1]
        if self.readout == "last" and self.rnn.bidirectional:
            pooled = torch.cat([last[:, : self.hidden], x[:, 0, self.hidden:]], dim=1)
        elif self.readout == "last":
            pooled = last
        elif self.readout == "mean":
            pooled = (x * valid).sum(1) / lengths.unsqueeze(1)
        elif self.readout == "max":
            pooled = x.masked_fill(~valid, -torch.inf).max(1).values
        else:
            scores = self.context(torch.tanh(self.attention(x))).masked_fill(~valid, -torch.inf)
            pooled = (torch.softmax(scores, 1) * x).sum(1)
        if step > 0 and self.rates[2] > 0:
            pooled = pooled * torch.stack([
                draw_mask(step, SITE_READOUT, item, 0, self.rates[2], pooled.shape[1])
                for item in range(len(pooled))])
        return self.fc(pooled).squeeze(1)

    def get_token_logits(self, tokens, lengths):
        """Of each token the logit of the sentence that ends there, sentence after sentence."""
        return torch.cat([self(row[:end].unsqueeze(0), torch.tensor([end]))
                          for row, length in zip(tokens, lengths.tolist())
                          for end in range(1, length + 1)])

    def check_layers(self, tokens, lengths):
        """One layer upon the other, without dropout, is what PyTorch makes of all at once."""
        x = whole = self.look_up(tokens)
        for i in range(self.rnn.num_layers):
            x = self.run_layer(i, x, lengths)
        packed = nn.utils.rnn.pack_padded_sequence(whole, lengths, batch_first=True,
                                                   enforce_sorted=False)
        whole = nn.utils.rnn.pad_packed_sequence(self.rnn(packed)[0], batch_first=True)[0]
        assert torch.allclose(x, whole, atol=1e-6)


class Bag(nn.Module):
    """The sum of its words' and bigrams' weights; the pad has none."""

    rates = (0, 0, 0)

    def __init__(self, vocabulary):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, 1, padding_idx=0)
        self.bigram = nn.Embedding(N_BIGRAMS, 1)
        self.fc = nn.Linear(1, 1)
        del self.fc.weight

    @staticmethod
    def get_row(previous, token):
        number = (previous * 0x9E3779B1 + token) * 0x85EBCA77 & 0xFFFFFFFF
        return (number ^ number >> 16) % N_BIGRAMS

    def forward(self, tokens, lengths, _step=0):
        logits = []
        for row, length in zip(tokens.tolist(), lengths.tolist()):
            pairs = [self.get_row(*row[i : i + 2]) for i in range(length - 1)]
            logits.append(self.fc.bias[0] + self.embedding(torch.tensor(row[:length])).sum()
                          + self.bigram(torch.tensor(pairs, dtype=torch.int64)).sum())
        return torch.stack(logits)

    get_token_logits = Classifier.get_token_logits

    def check_layers(self, *_):
        pass


def make_batches(vocabulary, generator, sizes=BATCH_SIZES, max_length=MAX_LENGTH):
    batches = []
    for size in sizes:
        lengths = torch.randint(1, max_length + 1, (size,), generator=generator)
        lengths[0] = 1
        tokens = torch.randint(1, vocabulary - N_UNUSED, (size, max_length), generator=generator)
        tokens *= torch.arange(max_length).unsqueeze(0) < lengths.unsqueeze(1)
        if size > 1:
            tokens[1, 0] = 0  # The pad token inside of a sentence is a zero row without gradient.
        labels = torch.randint(0, 2, (size,), generator=generator)
        batches.append((tokens[:, : int(lengths.max())], lengths, labels))
    return batches


def make_masks(model, tokens, lengths):
    """Those of the first step, of the tokens one sentence after the other."""
    masks = {}

    def add(name, site, rate, columns):
        drawn = model.draw_masks(1, site, rate, lengths, columns)
        masks["mask." + name] = torch.cat([row[:length] for row, length in zip(drawn, lengths)])

    embedding, layer, readout = model.rates
    if embedding > 0:
        add("embedding", SITE_EMBEDDING, embedding, model.embedding.embedding_dim)
    if layer > 0:
        add("layer", SITE_LAYER + 1, layer, model.fc.in_features)
    if readout > 0:
        masks["mask.readout"] = torch.stack([
            draw_mask(1, SITE_READOUT, item, 0, readout, model.fc.in_features)
            for item in range(len(lengths))])
    return masks


def make_parts(vocabulary, n_rows, generator):
    """Up to six subwords for each id but the pad and the unknown word; some have none."""
    return [[], []] + [torch.randint(n_rows, (int(n),), generator=generator).tolist()
                       for n in torch.randint(7, (vocabulary + N_EXTRA_WORDS - 2,),
                                              generator=generator)]


def add_open_sentences(tensors, model, vocabulary, generator):
    """Four sentences with words that are not in the vocabulary. One without subwords counts as the
    unknown word."""
    lengths = torch.tensor([1, 3, 7, 5])
    tokens = torch.randint(vocabulary, vocabulary + N_EXTRA_WORDS, (4, 7), generator=generator)
    tokens[:, 1::3] = torch.randint(2, vocabulary, tokens[:, 1::3].shape, generator=generator)
    tokens *= torch.arange(7).unsqueeze(0) < lengths.unsqueeze(1)
    read = torch.tensor([[token if token < vocabulary or model.parts[token] else 1
                          for token in row] for row in tokens.tolist()])
    tensors["open_logits"] = model(read, lengths)
    tensors["lengths"] = torch.cat([tensors["lengths"], lengths])
    tensors["labels"] = torch.cat([tensors["labels"], torch.zeros(4, dtype=torch.int64)])
    tensors["tokens"] = torch.cat([tensors["tokens"]] + [row[:length] for row, length
                                                         in zip(tokens, lengths)])


def make_file(path, cell, shape, seed, options=None, form=None, subwords=None,
              decay=0):
    max_norm, smoothing, frozen = options or (0, 0, 0)
    generator = torch.Generator().manual_seed(100 + seed)
    if subwords:
        subwords = (*subwords[:2], make_parts(shape[0], subwords[0], generator))
    torch.manual_seed(seed)
    model = (Bag(shape[0]) if cell == "BAG"
             else Classifier(cell, *shape, *([form] if form else []), subwords=subwords))
    model.embedding.weight.requires_grad_(not frozen)
    batches = make_batches(shape[0], torch.Generator().manual_seed(seed))
    criterion = nn.BCEWithLogitsLoss()
    optimizer = (torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=decay) if decay
                 else torch.optim.Adam(model.parameters(), lr=1e-3))
    tensors = {
        **({"options": torch.tensor([float(option) for option in options])} if options else {}),
        **({"form": torch.tensor([form[0], form[1], READOUTS.index(form[2])]),
            "rates": torch.tensor([float(rate) for rate in form[3:]])} if form else {}),
        **({"decay": torch.tensor([decay])} if decay else {}),
        "sizes": torch.tensor([len(lengths) for _, lengths, _ in batches]),
        "lengths": torch.cat([lengths for _, lengths, _ in batches]),
        "labels": torch.cat([labels for _, _, labels in batches]),
        "tokens": torch.cat([row[:length] for tokens, lengths, _ in batches
                             for row, length in zip(tokens, lengths)]),
    }
    if subwords:
        tensors["word_rate"] = torch.tensor([float(subwords[1])])
        tensors["n_parts"] = torch.tensor([len(rows) for rows in model.parts])
        tensors["parts"] = torch.tensor(sum(model.parts, []))
        add_open_sentences(tensors, model, shape[0], generator)
    for name, parameter in model.state_dict().items():
        tensors["before." + name] = parameter.clone()

    model.check_layers(*batches[0][:2])
    tensors |= make_masks(model, *batches[0][:2])
    losses, norms = [], []
    for step in range(N_STEPS):
        tokens, lengths, labels = batches[step]
        if step == 0:
            tensors["token_logits"] = model.get_token_logits(tokens, lengths)
            tensors["logits"] = model(tokens, lengths)
        logits = model(tokens, lengths, step + 1)
        loss = criterion(logits, labels.float())
        optimizer.zero_grad()
        criterion(logits, labels * (1 - smoothing) + smoothing / 2).backward()
        if max_norm > 0:
            norms.append(nn.utils.clip_grad_norm_(model.parameters(), max_norm).item())
        if step == 0:
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
    make_file(folder / "bag.safetensors", "BAG", SHAPES[1], 6)
    for name, options in OPTIONS.items():
        make_file(folder / f"{name}.safetensors", name.split("-")[0].upper(), SHAPES[1], 3, options)
    for name, form in FORMS.items():
        make_file(folder / f"{name}.safetensors", name.split("-")[0].upper(), SHAPES[1], 4,
                  form=form)
    for name, (n_rows, rate, form) in SUBWORDS.items():
        make_file(folder / f"{name}.safetensors", name.split("-")[0].upper(), SHAPES[1], 5,
                  form=FORMS[form], subwords=(n_rows, rate))
    make_file(folder / "lstm-decay.safetensors", "LSTM", SHAPES[1], 6, decay=WEIGHT_DECAY)
    make_file(folder / "gru-decay.safetensors", "GRU", SHAPES[1], 6, form=FORMS["gru-directions"],
              subwords=(60, 0.2), decay=WEIGHT_DECAY)


if __name__ == "__main__":
    main()
