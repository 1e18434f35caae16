/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-model.h"

#include <stdbool.h>

/* Tensors of a classifier: embedding, four of the recurrent layer, two of the read-out. */
enum
{
  UT_NN_TENSOR_EMBEDDING,
  UT_NN_TENSOR_WEIGHT_IH,
  UT_NN_TENSOR_WEIGHT_HH,
  UT_NN_TENSOR_BIAS_IH,
  UT_NN_TENSOR_BIAS_HH,
  UT_NN_TENSOR_FC_WEIGHT,
  UT_NN_TENSOR_FC_BIAS,
  UT_NN_N_TENSORS
};

/* Tensors start at multiples of this many numbers, a cache line of floats. */
#define UT_NN_TENSOR_ALIGNMENT ((size_t) 16)

/* G: how many gates a cell has. */
size_t _ut_nn_cell_n_gates   (UtNnCell          cell);

/* Fills in the table; returns the length of the array that holds all tensors, gaps included, or 0
 * where the shape is out of range. */
size_t _ut_nn_shape_lay_out  (const UtNnShape  *shape,
                              UtNnTensor        tensors[UT_NN_N_TENSORS]);

bool   _ut_nn_shape_is_equal (const UtNnShape  *a,
                              const UtNnShape  *b);
