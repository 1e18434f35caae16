/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-columns-private.h"

#include <string.h>

void
_ut_nn_columns_place (UtNnSequence *sequence,
                      UtNnArena    *arena,
                      size_t        max_sentences,
                      size_t        max_tokens)
{
  sequence->row_starts = _ut_nn_arena_take (arena, max_sentences, sizeof *sequence->row_starts);
  sequence->rows = _ut_nn_arena_take (arena, max_tokens, sizeof *sequence->rows);
}

/* Puts each position's step in place of its row: how many sentences before its own reach as far. A
 * column is at most as long as the one before it, so that they need no sorting. */
static void
find_steps (UtNnSequence *sequence,
            size_t       *counts)
{
  sequence->n_tokens = 0;
  sequence->n_steps = sequence->n_sentences;
  memset (sequence->starts, 0, (sequence->n_steps + 1) * sizeof *sequence->starts);
  for (size_t s = 0; s < sequence->n_sentences; s++)
    {
      sequence->row_starts[s] = sequence->n_tokens;
      for (size_t t = 0; t < sequence->lengths[s]; t++)
        {
          size_t step = counts[t]++;

          sequence->rows[sequence->n_tokens++] = step;
          sequence->starts[step + 1]++;
        }
    }
  for (size_t t = 0; counts[t] > 0; t++)
    counts[t] = 0;
}

void
_ut_nn_columns_fill (UtNnSequence   *sequence,
                     size_t         *counts,
                     const uint32_t *tokens)
{
  find_steps (sequence, counts);
  for (size_t step = 0; step < sequence->n_steps; step++)
    sequence->starts[step + 1] += sequence->starts[step];

  for (size_t s = 0; s < sequence->n_sentences; s++)
    for (size_t t = 0; t < sequence->lengths[s]; t++)
      {
        size_t *row = &sequence->rows[sequence->row_starts[s] + t];

        *row = sequence->starts[*row] + t;
        sequence->ids[*row] = _ut_nn_sequence_get_id (sequence, tokens, s, t);
      }
}
