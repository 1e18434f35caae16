/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-panels-private.h"

/* The place of w[0][column] in a packed matrix, and the distance to w[1][column]. */
static UtReal *
find_column (UtReal *panels,
             size_t  depth,
             size_t  columns,
             size_t  column,
             size_t *stride)
{
  size_t first = column - column % UT_NN_PANEL;

  *stride = columns - first < UT_NN_PANEL ? UT_NN_LANES : UT_NN_PANEL;
  return panels + first * depth + column - first;
}

void
_ut_nn_panels_pack_transposed (const UtReal *w,
                               size_t        n_gates,
                               size_t        hidden,
                               size_t        inputs,
                               UtReal       *panels)
{
  size_t width = _ut_nn_round_up (hidden);

  for (size_t gate = 0; gate < n_gates; gate++)
    for (size_t lane = 0; lane < hidden; lane++)
      {
        const UtReal *source = w + (gate * hidden + lane) * inputs;
        size_t stride;
        UtReal *target = find_column (panels, inputs, n_gates * width, gate * width + lane,
                                      &stride);

        for (size_t k = 0; k < inputs; k++)
          target[k * stride] = source[k];
      }
}

void
_ut_nn_panels_pack (const UtReal *w,
                    size_t        n_gates,
                    size_t        hidden,
                    size_t        inputs,
                    UtReal       *panels)
{
  size_t width = _ut_nn_round_up (hidden);
  size_t depth = n_gates * width;

  for (size_t first = 0; first < inputs; first += UT_NN_PANEL)
    {
      size_t n = inputs - first < UT_NN_PANEL ? inputs - first : UT_NN_PANEL;
      size_t stride;
      UtReal *panel = find_column (panels, depth, _ut_nn_round_up (inputs), first, &stride);

      for (size_t gate = 0; gate < n_gates; gate++)
        for (size_t lane = 0; lane < hidden; lane++)
          {
            const UtReal *source = w + (gate * hidden + lane) * inputs + first;
            UtReal *target = panel + (gate * width + lane) * stride;

            for (size_t column = 0; column < n; column++)
              target[column] = source[column];
          }
    }
}
