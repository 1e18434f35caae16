/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-row-set-private.h"
#include "ut-nn-rows-private.h"

/*
 * A table of vectors, of words or of their parts, while it is trained: its rows under Adam; and of
 * those a batch uses, by their numbers in its row set, the values at present and the gradient, which
 * of all others is zero. Threads that share the work each take a part of the rows.
 */
typedef struct
{
  UtNnRows rows;
  size_t n_fixed;               /* rows at the start that never move: the pad */
  float *present;               /* (rows, I) */
  float *gradient;              /* (rows, I) */
  float *squares;               /* (rows): sums over the gradients' squares */
} UtNnTable;

/* Before the memory is placed; to be cleared, also when it fails for want of memory. */
UtNnStatus _ut_nn_table_init          (UtNnTable                *table,
                                       const UtNnKernels        *kernels,
                                       size_t                    n_rows,
                                       size_t                    n_columns,
                                       size_t                    n_fixed,
                                       const UtNnTrainerOptions *options);

void       _ut_nn_table_clear         (UtNnTable                *table);

void       _ut_nn_table_place         (UtNnTable                *table,
                                       UtNnArena                *arena);

/* Before the shards: the present values of a part's rows. */
void       _ut_nn_table_read_part     (UtNnTable                *table,
                                       const UtNnRowSet         *set,
                                       size_t                    part);

/* Whether the gradients of a part's rows are finite; squares them where @with_squares. */
bool       _ut_nn_table_check_part    (UtNnTable                *table,
                                       const UtNnRowSet         *set,
                                       size_t                    part,
                                       bool                      with_squares);

/* The sum of the squares, in an order that threads have no part in. */
double     _ut_nn_table_sum_squares   (const UtNnTable          *table,
                                       const UtNnRowSet         *set);

/* Of the step under way, a part's rows, with gradients times @scale. */
void       _ut_nn_table_write_part    (UtNnTable                *table,
                                       const UtNnRowSet         *set,
                                       size_t                    part,
                                       float                     scale);

/* A part's rows after the last step into @target (rows, I). */
void       _ut_nn_table_export_part   (const UtNnTable          *table,
                                       size_t                    part,
                                       size_t                    n_parts,
                                       float                    *target);

/* The gradients of all rows into @target (rows, I). */
void       _ut_nn_table_copy_gradient (const UtNnTable          *table,
                                       const UtNnRowSet         *set,
                                       float                    *target);

/* A number is finite unless all bits of its exponent are set; in this form the loop vectorises. */
static inline bool
_ut_nn_all_finite (const float *numbers,
                   size_t       n)
{
  uint32_t n_bad = 0;

  for (size_t i = 0; i < n; i++)
    {
      uint32_t bits;

      __builtin_memcpy (&bits, &numbers[i], sizeof bits);
      n_bad += (bits & 0x7f800000u) == 0x7f800000u;
    }
  return n_bad == 0;
}
