/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-panels-private.h"

/* The place of w[0][column] in a packed matrix; w[1][column] follows UT_NN_LANES further on. */
static UtReal *
find_column (UtReal *panels,
             size_t  depth,
             size_t  column)
{
  size_t lane = column % UT_NN_LANES;

  return panels + (column - lane) * depth + lane;
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
        UtReal *target = find_column (panels, inputs, gate * width + lane);

        for (size_t k = 0; k < inputs; k++)
          target[k * UT_NN_LANES] = source[k];
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

  for (size_t first = 0; first < inputs; first += UT_NN_LANES)
    {
      size_t n = inputs - first < UT_NN_LANES ? inputs - first : UT_NN_LANES;
      UtReal *panel = find_column (panels, depth, first);

      for (size_t gate = 0; gate < n_gates; gate++)
        for (size_t lane = 0; lane < hidden; lane++)
          {
            const UtReal *source = w + (gate * hidden + lane) * inputs + first;
            UtReal *target = panel + (gate * width + lane) * UT_NN_LANES;

            for (size_t column = 0; column < n; column++)
              target[column] = source[column];
          }
    }
}
