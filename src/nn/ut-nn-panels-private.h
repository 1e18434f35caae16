/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-kernels-private.h"

/*
 * Weights packed for the kernels' multiply: a matrix w (depth, columns) is cut into panels of
 * UT_NN_LANES columns, each stored row by row, so that the inner loop reads memory in one sweep.
 * W is the hidden size H rounded up to UT_NN_LANES. Padding is left as it is: zero.
 */

/* How many numbers a packed matrix has; @columns is a multiple of UT_NN_LANES. */
static inline size_t
_ut_nn_panels_size (size_t depth,
                    size_t columns)
{
  return depth * columns;
}

/* From PyTorch's w (G·H, I) for x·wᵀ: depth I, columns G·W. */
void _ut_nn_panels_pack_transposed (const UtReal *w,
                                    size_t        n_gates,
                                    size_t        hidden,
                                    size_t        inputs,
                                    UtReal       *panels);

/* From PyTorch's w (G·H, I) for gradient·w: depth G·W, columns I rounded up. */
void _ut_nn_panels_pack            (const UtReal *w,
                                    size_t        n_gates,
                                    size_t        hidden,
                                    size_t        inputs,
                                    UtReal       *panels);
