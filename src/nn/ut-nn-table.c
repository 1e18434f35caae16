/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-table-private.h"

#include <string.h>

/* Rows are asked for so many ahead of being read. */
#define N_ROWS_AHEAD ((size_t) 4)

UtNnStatus
_ut_nn_table_init (UtNnTable                *table,
                   const UtNnKernels        *kernels,
                   size_t                    n_rows,
                   size_t                    n_columns,
                   size_t                    n_fixed,
                   const UtNnTrainerOptions *options)
{
  table->n_fixed = n_fixed;
  return _ut_nn_rows_init (&table->rows, kernels, n_rows, n_columns, options);
}

void
_ut_nn_table_clear (UtNnTable *table)
{
  _ut_nn_rows_clear (&table->rows);
}

void
_ut_nn_table_place (UtNnTable *table,
                    UtNnArena *arena)
{
  size_t n_rows = table->rows.n_rows;
  size_t n_bytes = table->rows.n_columns * sizeof (float);

  table->present = _ut_nn_arena_take (arena, n_rows, n_bytes);
  _ut_nn_rows_place (&table->rows, arena);
  table->gradient = _ut_nn_arena_take (arena, n_rows, n_bytes);
  table->squares = _ut_nn_arena_take (arena, n_rows, sizeof *table->squares);
}

void
_ut_nn_table_read_part (UtNnTable        *table,
                        const UtNnRowSet *set,
                        size_t            part)
{
  size_t end = set->part_starts[part + 1];

  _ut_nn_rows_settle (&table->rows, part, set->n_parts);
  for (size_t i = set->part_starts[part]; i < end; i++)
    {
      if (i + N_ROWS_AHEAD < end)
        _ut_nn_rows_prefetch (&table->rows, set->rows[i + N_ROWS_AHEAD]);
      _ut_nn_rows_read (&table->rows, set->rows[i], table->present + i * table->rows.n_columns);
    }
}

bool
_ut_nn_table_check_part (UtNnTable        *table,
                         const UtNnRowSet *set,
                         size_t            part,
                         bool              with_squares)
{
  size_t columns = table->rows.n_columns;
  size_t first = set->part_starts[part];
  size_t end = set->part_starts[part + 1];

  for (size_t i = first; with_squares && i < end; i++)
    {
      const float *gradient = table->gradient + i * columns;

      table->squares[i] = table->rows.kernels->dot (columns, gradient, gradient);
    }
  return _ut_nn_all_finite (table->gradient + first * columns, (end - first) * columns);
}

double
_ut_nn_table_sum_squares (const UtNnTable  *table,
                          const UtNnRowSet *set)
{
  double sum = 0.0;

  for (size_t i = 0; i < set->n; i++)
    sum += (double) table->squares[_ut_nn_row_set_get_number (set, set->found[i])];
  return sum;
}

static void
write_idle_rows (UtNnTable        *table,
                 const UtNnRowSet *set,
                 size_t            part)
{
  for (size_t row = table->n_fixed; row < table->rows.n_rows; row++)
    if (set->marks[row] == 0 && _ut_nn_rows_get_part (row, set->n_parts) == part)
      _ut_nn_rows_write_idle (&table->rows, row);
}

void
_ut_nn_table_write_part (UtNnTable        *table,
                         const UtNnRowSet *set,
                         size_t            part,
                         float             scale)
{
  size_t columns = table->rows.n_columns;
  size_t first = set->part_starts[part];
  size_t end = set->part_starts[part + 1];

  _ut_nn_scale (scale, table->gradient + first * columns, (end - first) * columns);
  for (size_t i = first; i < end; i++)
    if (set->rows[i] >= table->n_fixed)
      _ut_nn_rows_write (&table->rows, set->rows[i], table->present + i * columns,
                         table->gradient + i * columns);
  if (!table->rows.postpones)
    write_idle_rows (table, set, part);
}

void
_ut_nn_table_export_part (const UtNnTable *table,
                          size_t           part,
                          size_t           n_parts,
                          float           *target)
{
  for (size_t row = 0; row < table->rows.n_rows; row++)
    if (_ut_nn_rows_get_part (row, n_parts) == part)
      _ut_nn_rows_read (&table->rows, row, target + row * table->rows.n_columns);
}

void
_ut_nn_table_copy_gradient (const UtNnTable  *table,
                            const UtNnRowSet *set,
                            float            *target)
{
  size_t columns = table->rows.n_columns;

  memset (target, 0, table->rows.n_rows * columns * sizeof (float));
  for (size_t i = 0; i < set->n; i++)
    memcpy (target + set->rows[i] * columns, table->gradient + i * columns,
            columns * sizeof (float));
}
