/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-row-set-private.h"
#include "ut-nn-rows-private.h"

#include <string.h>

void
_ut_nn_row_set_place (UtNnRowSet *set,
                      UtNnArena  *arena,
                      size_t      n_rows,
                      size_t      n_parts)
{
  set->n_parts = n_parts;
  set->part_starts = _ut_nn_arena_take (arena, n_parts + 1, sizeof *set->part_starts);
  set->rows = _ut_nn_arena_take (arena, n_rows, sizeof *set->rows);
  set->found = _ut_nn_arena_take (arena, n_rows, sizeof *set->found);
  set->marks = _ut_nn_arena_take (arena, n_rows, sizeof *set->marks);
}

void
_ut_nn_row_set_clear (UtNnRowSet *set)
{
  for (size_t i = 0; i < set->n; i++)
    set->marks[set->found[i]] = 0;
  set->n = 0;
  memset (set->part_starts, 0, (set->n_parts + 1) * sizeof *set->part_starts);
}

/* Counts the rows of each part in part_starts[part + 1]. */
void
_ut_nn_row_set_add (UtNnRowSet *set,
                    uint32_t    row)
{
  if (set->marks[row] != 0)
    return;
  set->marks[row] = 1;
  set->found[set->n++] = row;
  set->part_starts[_ut_nn_rows_get_part (row, set->n_parts) + 1]++;
}

/* A counting sort by part. A part's start is its next free place meanwhile, and thus ends up where
 * the next part starts. */
void
_ut_nn_row_set_number (UtNnRowSet *set)
{
  size_t n_before = 0;

  for (size_t part = 1; part <= set->n_parts; part++)
    {
      size_t count = set->part_starts[part];

      set->part_starts[part] = n_before;
      n_before += count;
    }
  for (size_t i = 0; i < set->n; i++)
    {
      uint32_t row = set->found[i];
      size_t number = set->part_starts[_ut_nn_rows_get_part (row, set->n_parts) + 1]++;

      set->rows[number] = row;
      set->marks[row] = (uint32_t) number + 1;
    }
}
