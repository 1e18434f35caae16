/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-shape-private.h"

#define MAX_VOCABULARY ((size_t) 1 << 24)
#define MAX_SIZE ((size_t) 4096)

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
    default:
      return 0;
    }
}

/* The ranges keep every product below 2^37, so that nothing overflows where size_t has 64 bits;
 * elsewhere the checked sums of the allocations catch it. */
size_t
_ut_nn_shape_lay_out (const UtNnShape *shape,
                      UtNnTensor       tensors[UT_NN_N_TENSORS])
{
  size_t n_gates = _ut_nn_cell_n_gates (shape->cell);

  if (n_gates == 0
      || shape->vocabulary < 2 || shape->vocabulary > MAX_VOCABULARY
      || shape->embedding < 1 || shape->embedding > MAX_SIZE
      || shape->hidden < 1 || shape->hidden > MAX_SIZE)
    return 0;

  size_t n_gate_rows = n_gates * shape->hidden;
  const UtNnTensor table[UT_NN_N_TENSORS] = {
    [UT_NN_TENSOR_EMBEDDING] = { "embedding.weight", 2, { shape->vocabulary, shape->embedding } },
    [UT_NN_TENSOR_WEIGHT_IH] = { "rnn.weight_ih_l0", 2, { n_gate_rows, shape->embedding } },
    [UT_NN_TENSOR_WEIGHT_HH] = { "rnn.weight_hh_l0", 2, { n_gate_rows, shape->hidden } },
    [UT_NN_TENSOR_BIAS_IH] = { "rnn.bias_ih_l0", 1, { n_gate_rows, 1 } },
    [UT_NN_TENSOR_BIAS_HH] = { "rnn.bias_hh_l0", 1, { n_gate_rows, 1 } },
    [UT_NN_TENSOR_FC_WEIGHT] = { "fc.weight", 2, { 1, shape->hidden } },
    [UT_NN_TENSOR_FC_BIAS] = { "fc.bias", 1, { 1, 1 } },
  };

  size_t offset = 0;
  for (size_t i = 0; i < UT_NN_N_TENSORS; i++)
    {
      tensors[i] = table[i];
      tensors[i].offset = offset;
      if (__builtin_mul_overflow (table[i].dims[0], table[i].dims[1], &tensors[i].size)
          || __builtin_add_overflow (offset, tensors[i].size + UT_NN_TENSOR_ALIGNMENT - 1, &offset))
        return 0;
      offset -= offset % UT_NN_TENSOR_ALIGNMENT;
    }
  return offset;
}

bool
_ut_nn_shape_is_equal (const UtNnShape *a,
                       const UtNnShape *b)
{
  return a->cell == b->cell && a->vocabulary == b->vocabulary
         && a->embedding == b->embedding && a->hidden == b->hidden;
}

size_t
ut_nn_shape_count_parameters (const UtNnShape *shape)
{
  UtNnTensor tensors[UT_NN_N_TENSORS];
  size_t n_parameters = 0;

  if (_ut_nn_shape_lay_out (shape, tensors) == 0)
    return 0;
  for (size_t i = 0; i < UT_NN_N_TENSORS; i++)
    n_parameters += tensors[i].size;
  return n_parameters;
}
