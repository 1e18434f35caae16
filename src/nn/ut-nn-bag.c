/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-bag-private.h"

UtReal
_ut_nn_bag_classify (const UtNnSequence *sequence,
                     const UtReal       *x,
                     size_t              width,
                     UtReal              bias,
                     size_t              s,
                     size_t              length)
{
  UtReal sum = bias;

  for (size_t t = 0; t < length; t++)
    sum += x[(sequence->starts[t] + s) * width];
  return sum;
}

void
_ut_nn_bag_backward (const UtNnSequence *sequence,
                     const UtReal       *d_logits,
                     size_t              width,
                     UtReal             *d_x)
{
  for (size_t t = 0; t < sequence->n_steps; t++)
    for (size_t row = sequence->starts[t]; row < sequence->starts[t + 1]; row++)
      d_x[row * width] = d_logits[row - sequence->starts[t]];
}
