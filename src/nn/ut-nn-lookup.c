/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-lookup-private.h"

#include <string.h>

static void
add_row (const UtNnLookup *lookup,
         const UtReal     *row,
         UtReal           *x)
{
  for (size_t k = 0; k < lookup->n_columns; k++)
    x[k] += row[k];
}

static void
add_subwords (const UtNnLookup *lookup,
              const uint32_t   *list,
              size_t            n,
              UtReal           *x)
{
  UtReal share = (UtReal) 1 / (UtReal) n;

  for (size_t i = 0; i < n; i++)
    {
      const UtReal *row = lookup->subwords + list[i] * lookup->n_columns;

      for (size_t k = 0; k < lookup->n_columns; k++)
        x[k] += share * row[k];
    }
}

void
_ut_nn_lookup_run (const UtNnLookup   *lookup,
                   const UtNnSequence *sequence,
                   const UtNnDropout  *dropout,
                   double              rate,
                   size_t              width,
                   UtReal             *x,
                   uint8_t            *keeps)
{
  size_t n_bytes = lookup->n_columns * sizeof (UtReal);
  bool drops = dropout != NULL && rate > 0.0;

  for (size_t t = 0; t < sequence->n_steps; t++)
    for (size_t row = sequence->starts[t]; row < sequence->starts[t + 1]; row++)
      {
        uint32_t id = sequence->ids[row];
        size_t n_parts;
        const uint32_t *parts = _ut_nn_lookup_get_list (lookup, id, &n_parts);
        bool keeps_own = true;

        if (drops && n_parts > 0)
          {
            UtReal mask[UT_NN_DROPOUT_GROUP];

            _ut_nn_dropout_draw (dropout, UT_NN_DROPOUT_WORD,
                                 sequence->items[row - sequence->starts[t]], t, rate,
                                 UT_NN_DROPOUT_GROUP, mask);
            keeps_own = mask[0] > 0;
          }
        if (drops)
          keeps[row] = keeps_own;

        if (id >= lookup->n_words && n_parts == 0)
          id = UT_NN_UNKNOWN;
        if (id < lookup->n_words && keeps_own)
          memcpy (x + row * width, lookup->words + id * lookup->n_columns, n_bytes);
        else
          memset (x + row * width, 0, n_bytes);
        if (n_parts > 0)
          add_subwords (lookup, parts, n_parts, x + row * width);
        if (lookup->bigrams != NULL && sequence->bigrams[row] != UT_NN_NO_BIGRAM)
          add_row (lookup, lookup->bigrams + sequence->bigrams[row] * lookup->n_columns,
                   x + row * width);
      }
}
