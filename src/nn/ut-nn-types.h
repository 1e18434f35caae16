/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * UtNnStatus:
 * @UT_NN_OK: done.
 * @UT_NN_ERROR_MEMORY: memory could not be had, or a size overflowed.
 * @UT_NN_ERROR_SHAPE: a size, token id or batch is outside what the object was created for.
 * @UT_NN_ERROR_NOT_FINITE: the loss or a gradient was infinite or not a number; the parameters are
 *   those from before the step.
 * @UT_NN_STOPPED: the caller asked for that; there is no result.
 *
 * How a call ended.
 */
typedef enum
{
  UT_NN_OK,
  UT_NN_ERROR_MEMORY,
  UT_NN_ERROR_SHAPE,
  UT_NN_ERROR_NOT_FINITE,
  UT_NN_STOPPED,
} UtNnStatus;

/**
 * UtNnCell:
 * @UT_NN_CELL_RNN: the simple recurrent cell with tanh.
 * @UT_NN_CELL_LSTM: long short-term memory; gates i, f, g, o.
 * @UT_NN_CELL_GRU: gated recurrent unit; gates r, z, n.
 * @UT_NN_CELL_BAG: no recurrence at all: logistic regression on how often each word and each pair of
 *   neighbours occurs, which shows what recurrence adds.
 *
 * What reads a sentence. Equations and gate order are PyTorch's.
 */
typedef enum
{
  UT_NN_CELL_RNN,
  UT_NN_CELL_LSTM,
  UT_NN_CELL_GRU,
  UT_NN_CELL_BAG,
} UtNnCell;

/** UT_NN_PAD: id of the padding token, whose embedding row is zero and stays zero. */
#define UT_NN_PAD 0u
/** UT_NN_UNKNOWN: id of the unknown word. */
#define UT_NN_UNKNOWN 1u

/** UT_NN_MAX_LAYERS: how many recurrent layers a model may have. */
#define UT_NN_MAX_LAYERS 4

/**
 * UtNnReadout:
 * @UT_NN_READOUT_LAST: the state after the last token; of the second direction, the one after the
 *   first token, which it reads last.
 * @UT_NN_READOUT_MEAN: the mean of the states over the sentence's tokens.
 * @UT_NN_READOUT_MAX: of each of the states' numbers the largest over the tokens.
 * @UT_NN_READOUT_ATTENTION: the mean of the states h weighted by the softmax over the tokens of
 *   v · tanh (W h + b) (additive attention; Bahdanau et al. 2015, Yang et al. 2016).
 *
 * How the states of a sentence's tokens, the features, become what the classifier sees.
 */
typedef enum
{
  UT_NN_READOUT_LAST,
  UT_NN_READOUT_MEAN,
  UT_NN_READOUT_MAX,
  UT_NN_READOUT_ATTENTION,
} UtNnReadout;

/**
 * UtNnFaults:
 * @UT_NN_FAULT_STATE: the state runs along the batch, in the caller's order, in place of along the
 *   sentence: a sentence's state at a position follows that of the sentence before it which has
 *   such a position.
 * @UT_NN_FAULT_LOSS: a softmax over a sentence's positions in place of one answer, with the label
 *   as the position that is wanted. A sentence has a loss where it has that position; it is right
 *   where the first of the highest scores stands there.
 * @UT_NN_FAULT_PADDING: padding is read: every sentence has as many positions as the longest of its
 *   batch, and those behind its tokens hold %UT_NN_PAD. Else its tokens are its positions.
 *
 * Where a course notebook's code departs from its documentation. With the first or the last an
 * answer depends on the sentences of the same batch.
 */
typedef enum
{
  UT_NN_FAULT_STATE = 1 << 0,
  UT_NN_FAULT_LOSS = 1 << 1,
  UT_NN_FAULT_PADDING = 1 << 2,
} UtNnFaults;

/**
 * UtNnShape:
 * @cell: the recurrent cell.
 * @vocabulary: V, rows of the embedding with pad and unknown; 2 to 2^24.
 * @embedding: I, columns of the embedding; 1 to 4,096.
 * @hidden: H, hidden size; 1 to 4,096.
 * @n_layers: recurrent layers, each on the states of the one before; 1 to %UT_NN_MAX_LAYERS.
 * @bidirectional: whether each layer has a second direction, which reads from the sentence's end;
 *   a token's features are then the states of both, D = 2·H of them, else D = H.
 * @readout: how a sentence's features are read out.
 * @n_subwords: rows of the subword table, 0 to 2^22; 0 where words have no parts. With parts a word's
 *   vector is its own, if it is in the vocabulary, and the mean of its subwords' (Bojanowski et al.
 *   2017 have the sum).
 * @n_bigrams: of a bag, rows of the table of weights of neighbours, 0 to 2^22; two of them may share
 *   a row. A bag has one number for each row of its tables, I = 1, no layers, no subwords, and the
 *   last state for a read-out, which means nothing to it; others have no bigrams.
 * @faults: 0, or faults of the notebook, which had one layer with one direction, read out at its
 *   last state, and no subwords.
 *
 * What determines the tensors of a model, and what it computes with them.
 */
typedef struct
{
  UtNnCell cell;
  size_t vocabulary;
  size_t embedding;
  size_t hidden;
  size_t n_layers;
  bool bidirectional;
  UtNnReadout readout;
  size_t n_subwords;
  size_t n_bigrams;
  UtNnFaults faults;
} UtNnShape;

/** UT_NN_SHAPE_BAG_INIT: words and pairs of neighbours. */
#define UT_NN_SHAPE_BAG_INIT(n_words, n_pairs) \
  { .cell = UT_NN_CELL_BAG, .vocabulary = (n_words), .embedding = 1, .hidden = 1, \
    .n_bigrams = (n_pairs) }

/** UT_NN_SHAPE_INIT: one layer with one direction, read out at its last state. */
#define UT_NN_SHAPE_INIT(a_cell, n_words, n_inputs, n_hidden) \
  { .cell = (a_cell), .vocabulary = (n_words), .embedding = (n_inputs), .hidden = (n_hidden), \
    .n_layers = 1 }
