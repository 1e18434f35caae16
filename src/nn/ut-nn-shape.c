/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-shape-private.h"

#define MAX_VOCABULARY ((size_t) 1 << 24)
#define MAX_FURTHER ((size_t) 1 << 22)
#define MAX_SIZE ((size_t) 4096)

#define LAYER_NAMES(layer, direction) \
  { \
    "rnn.weight_ih_l" layer direction, "rnn.weight_hh_l" layer direction, \
    "rnn.bias_ih_l" layer direction, "rnn.bias_hh_l" layer direction \
  }

static const char *const layer_names[UT_NN_MAX_LAYERS][UT_NN_MAX_DIRECTIONS]
                                    [UT_NN_N_LAYER_TENSORS] = {
  { LAYER_NAMES ("0", ""), LAYER_NAMES ("0", "_reverse") },
  { LAYER_NAMES ("1", ""), LAYER_NAMES ("1", "_reverse") },
  { LAYER_NAMES ("2", ""), LAYER_NAMES ("2", "_reverse") },
  { LAYER_NAMES ("3", ""), LAYER_NAMES ("3", "_reverse") },
};

size_t
_ut_nn_cell_n_gates (UtNnCell cell)
{
  switch (cell)
    {
    case UT_NN_CELL_RNN:
      return 1;
    case UT_NN_CELL_LSTM:
      return 4;
    case UT_NN_CELL_GRU:
      return 3;
    case UT_NN_CELL_BAG:
    default:
      return 0;
    }
}

size_t
_ut_nn_shape_n_directions (const UtNnShape *shape)
{
  return shape->bidirectional ? 2 : 1;
}

size_t
_ut_nn_shape_n_features (const UtNnShape *shape)
{
  return _ut_nn_shape_n_directions (shape) * shape->hidden;
}

size_t
_ut_nn_shape_n_inputs (const UtNnShape *shape,
                       size_t           i)
{
  return i == 0 ? shape->embedding : _ut_nn_shape_n_features (shape);
}

bool
_ut_nn_shape_reads_forward (const UtNnShape *shape)
{
  return !shape->bidirectional;
}

size_t
_ut_nn_shape_n_further (const UtNnShape *shape)
{
  return shape->cell == UT_NN_CELL_BAG ? shape->n_bigrams : shape->n_subwords;
}

/* The notebook's faults are defined for the notebook's network. */
static bool
faults_are_valid (const UtNnShape *shape)
{
  const unsigned int all = UT_NN_FAULT_STATE | UT_NN_FAULT_LOSS | UT_NN_FAULT_PADDING;

  return shape->faults == 0
         || (((unsigned int) shape->faults & ~all) == 0 && shape->n_layers == 1
             && !shape->bidirectional && shape->readout == UT_NN_READOUT_LAST
             && shape->n_subwords == 0);
}

static bool
is_in_range (const UtNnShape *shape)
{
  bool is_bag = shape->cell == UT_NN_CELL_BAG;

  if (is_bag && (shape->embedding != 1 || shape->hidden != 1 || shape->n_layers > 0
                 || shape->bidirectional || shape->readout != UT_NN_READOUT_LAST
                 || shape->n_subwords > 0))
    return false;

  return (unsigned int) shape->cell <= UT_NN_CELL_BAG
         && shape->vocabulary >= 2 && shape->vocabulary <= MAX_VOCABULARY
         && shape->embedding >= 1 && shape->embedding <= MAX_SIZE
         && shape->hidden >= 1 && shape->hidden <= MAX_SIZE
         && (shape->n_layers >= 1 || is_bag) && shape->n_layers <= UT_NN_MAX_LAYERS
         && shape->n_subwords <= MAX_FURTHER
         && shape->n_bigrams <= (is_bag ? MAX_FURTHER : 0)
         && (unsigned int) shape->readout <= UT_NN_READOUT_ATTENTION
         && faults_are_valid (shape);
}

/* Appends a tensor, of one dimension where @columns is 1; returns its index. The ranges keep every
 * product below 2^39, so that nothing overflows where size_t has 64 bits; elsewhere the checked
 * sizes of the allocations catch it. */
static size_t
append (UtNnLayout *layout,
        const char *name,
        size_t      n_dims,
        size_t      rows,
        size_t      columns)
{
  size_t size = rows * columns;

  layout->tensors[layout->n_tensors] = (UtNnTensor) {
    .name = name,
    .n_dims = n_dims,
    .dims = { rows, columns },
    .size = size,
    .offset = layout->n_numbers,
  };
  layout->n_numbers += (size + UT_NN_TENSOR_ALIGNMENT - 1) / UT_NN_TENSOR_ALIGNMENT
                       * UT_NN_TENSOR_ALIGNMENT;
  return layout->n_tensors++;
}

static size_t
append_layer (UtNnLayout      *layout,
              const UtNnShape *shape,
              size_t           i,
              size_t           direction)
{
  const char *const *names = layer_names[i][direction];
  size_t n_gate_rows = _ut_nn_cell_n_gates (shape->cell) * shape->hidden;
  size_t first = append (layout, names[UT_NN_LAYER_WEIGHT_IH], 2, n_gate_rows,
                         _ut_nn_shape_n_inputs (shape, i));

  append (layout, names[UT_NN_LAYER_WEIGHT_HH], 2, n_gate_rows, shape->hidden);
  append (layout, names[UT_NN_LAYER_BIAS_IH], 1, n_gate_rows, 1);
  append (layout, names[UT_NN_LAYER_BIAS_HH], 1, n_gate_rows, 1);
  return first;
}

bool
_ut_nn_shape_lay_out (const UtNnShape *shape,
                      UtNnLayout      *layout)
{
  *layout = (UtNnLayout) { 0 };
  if (!is_in_range (shape))
    return false;

  size_t n_features = _ut_nn_shape_n_features (shape);

  layout->embedding = append (layout, "embedding.weight", 2, shape->vocabulary, shape->embedding);
  if (_ut_nn_shape_n_further (shape) > 0)
    layout->further = append (layout,
                              shape->cell == UT_NN_CELL_BAG ? "bigram.weight" : "subword.weight", 2,
                              _ut_nn_shape_n_further (shape), shape->embedding);
  layout->first_dense = layout->n_numbers;
  for (size_t i = 0; i < shape->n_layers; i++)
    for (size_t direction = 0; direction < _ut_nn_shape_n_directions (shape); direction++)
      layout->layers[i][direction] = append_layer (layout, shape, i, direction);
  if (shape->readout == UT_NN_READOUT_ATTENTION)
    {
      layout->attention = append (layout, "attention.weight", 2, shape->hidden, n_features);
      append (layout, "attention.bias", 1, shape->hidden, 1);
      append (layout, "context.weight", 2, 1, shape->hidden);
    }
  layout->fc = layout->n_tensors;
  if (shape->cell != UT_NN_CELL_BAG)
    append (layout, "fc.weight", 2, 1, n_features);
  append (layout, "fc.bias", 1, 1, 1);
  return true;
}

bool
_ut_nn_shape_is_equal (const UtNnShape *a,
                       const UtNnShape *b)
{
  return a->cell == b->cell && a->vocabulary == b->vocabulary
         && a->embedding == b->embedding && a->hidden == b->hidden
         && a->n_layers == b->n_layers && a->bidirectional == b->bidirectional
         && a->readout == b->readout && a->n_subwords == b->n_subwords
         && a->n_bigrams == b->n_bigrams && a->faults == b->faults;
}

uint32_t
ut_nn_bigram_row (uint32_t previous,
                  uint32_t id,
                  size_t   n_bigrams)
{
  uint32_t hash = (previous * UINT32_C (0x9E3779B1) + id) * UINT32_C (0x85EBCA77);

  return (hash ^ hash >> 16) % (uint32_t) n_bigrams;
}

size_t
ut_nn_shape_count_parameters (const UtNnShape *shape)
{
  UtNnLayout layout;
  size_t n_parameters = 0;

  if (!_ut_nn_shape_lay_out (shape, &layout))
    return 0;
  for (size_t i = 0; i < layout.n_tensors; i++)
    n_parameters += layout.tensors[i].size;
  return n_parameters;
}
