/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-memory-private.h"

#include <stdint.h>

/*
 * The rows of a table that a batch uses, each once, and numbered: those of one part of the table
 * after those of another, so that the thread that works on a part finds its own side by side. Sums
 * go by the order in which rows were found, which knows the batch alone.
 */
typedef struct
{
  size_t n;
  size_t n_parts;
  size_t *part_starts;          /* (n_parts + 1): where the rows of each part start in @rows */
  uint32_t *rows;               /* (table): by number */
  uint32_t *found;              /* (table): in the order found */
  uint32_t *marks;              /* (table): number + 1 of a row that is in the set, 0 of others */
} UtNnRowSet;

void _ut_nn_row_set_place  (UtNnRowSet *set,
                            UtNnArena  *arena,
                            size_t      n_rows,
                            size_t      n_parts);

/* Empties the set, */
void _ut_nn_row_set_clear  (UtNnRowSet *set);

/* puts a row in, if it is not there, */
void _ut_nn_row_set_add    (UtNnRowSet *set,
                            uint32_t    row);

/* and numbers all: the part's first row that was found has the part's first number. */
void _ut_nn_row_set_number (UtNnRowSet *set);

/* Of a row in the set. */
static inline uint32_t
_ut_nn_row_set_get_number (const UtNnRowSet *set,
                           uint32_t          row)
{
  return set->marks[row] - 1;
}
