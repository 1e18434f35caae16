/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-kernels-private.h"
#include "ut-nn-memory-private.h"
#include "ut-nn-shape-private.h"
#include "ut-nn-trainer.h"

/* For every power of 64 bits beyond the window. */
#define UT_NN_ROWS_N_SQUARES ((size_t) 56)

/*
 * Dense Adam on a table of rows, the embedding, of which a step has gradients for a few only. All
 * others move on by momentum and decay, and that work is postponed: a row's parameters, moments and
 * last step are written by a step that has a gradient for it and by nothing else; whoever reads the
 * row in between has its present value computed into memory of his own. The mathematics stand in
 * ut-nn-rows.c. Where the decays of the moments do not allow it, nothing is postponed, and every
 * step writes every row; where rows are not trained, there is nothing to postpone.
 *
 * One step is: _settle() every part, _read() the rows it needs, _begin_step(), for each row _write()
 * or else _write_idle(), _end_step(). Different parts may be settled, and different rows read or
 * written, by several threads at once.
 *
 * Threads that share the work each take a part of the rows, step after step the same one, and thus
 * find in their caches what they wrote last.
 */
typedef struct
{
  const UtNnKernels *kernels;   /* static */
  size_t n_rows;                /* V */
  size_t n_columns;             /* I */
  double beta1;
  double beta2;
  double epsilon;
  double weight_decay;
  bool postpones;
  uint64_t n_steps;             /* taken so far */
  UtNnRate *rates;              /* (n_rates) (owned): by rising first step, which starts at 1 */
  double *keep_logs;            /* (n_rates) (owned): Λ before the first step of each */
  size_t n_rates;
  size_t rates_size;            /* entries there is room for */
  UtNnAdam step;                /* the numbers of the step under way */

  float *parameters;            /* (V, I) (unowned): as the next two */
  float *first;                 /* (V, I) */
  float *second;                /* (V, I) */
  uint64_t *last_steps;         /* (V): 0 where a row never had a gradient */

  UtNnAdam *early_steps;        /* (UT_NN_ROWS_EARLY + UT_NN_ROWS_REPLAY): steps 1 and up */
  double *decays[2];            /* (UT_NN_ROWS_WINDOW + 1): powers of beta1 and of beta2 */
  double squares[2][UT_NN_ROWS_N_SQUARES];  /* their powers WINDOW · 2^k */
  double *factors[3];           /* (UT_NN_ROWS_WINDOW + 1): powers of beta1 / beta2^((1 + j) / 2) */
  double *sums[3];              /* (UT_NN_ROWS_RING): by last step, see get_slot() */
  UtNnIdle *settled;            /* (V): of rows no longer in the ring, as after the window */
} UtNnRows;

/* Momentum counts for this many idle steps: by default 2e-12 of what it does comes later. */
#define UT_NN_ROWS_WINDOW ((size_t) 256)
/* Rows last written before this step are caught up step by step, */
#define UT_NN_ROWS_EARLY ((size_t) 512)
/* at most so many, in single precision: by default 5e-8 of what the momentum does comes later. */
#define UT_NN_ROWS_REPLAY ((size_t) 160)
/* Last steps whose sums are kept: those that grow, and those that wait to be collected. */
#define UT_NN_ROWS_RING (2 * UT_NN_ROWS_WINDOW)

/* Before the memory is placed; to be cleared, also when it fails for want of memory. */
UtNnStatus _ut_nn_rows_init (UtNnRows                 *rows,
                             const UtNnKernels        *kernels,
                             size_t                    n_rows,
                             size_t                    n_columns,
                             const UtNnTrainerOptions *options);

void _ut_nn_rows_clear      (UtNnRows                 *rows);

void _ut_nn_rows_place      (UtNnRows                 *rows,
                             UtNnArena                *arena);

/* After the memory is placed: the table's numbers, V × I each; moments are zero at first. */
void _ut_nn_rows_start      (UtNnRows                 *rows,
                             float                    *parameters,
                             float                    *first,
                             float                    *second);

/* The learning rate from the next step on; fails with nothing changed. */
UtNnStatus _ut_nn_rows_set_rate (UtNnRows             *rows,
                                 float                 learning_rate);

/* Goes on as an earlier training did after @n_steps, whose parameters and moments these are. Fails
 * with nothing changed. */
UtNnStatus _ut_nn_rows_restore  (UtNnRows             *rows,
                                 uint64_t              n_steps,
                                 const uint64_t       *last_steps,
                                 const UtNnRate       *rates,
                                 size_t                n_rates);

/* Sixteen neighbours belong together, so that no two parts have numbers on one cache line. */
static inline size_t
_ut_nn_rows_get_part (size_t row,
                      size_t n_parts)
{
  return row / 16 % n_parts;
}

void _ut_nn_rows_settle     (UtNnRows                 *rows,
                             size_t                    part,
                             size_t                    n_parts);

/* The row's parameters after n_steps into @target (I). */
void _ut_nn_rows_read       (const UtNnRows           *rows,
                             size_t                    row,
                             float                    *target);

/* Lets the row's numbers come from memory meanwhile; a row is read soon after. */
void _ut_nn_rows_prefetch   (const UtNnRows           *rows,
                             size_t                    row);

void _ut_nn_rows_begin_step (UtNnRows                 *rows);

/* Of the step under way, for a row whose parameters were @present (I) before it. */
void _ut_nn_rows_write      (UtNnRows                 *rows,
                             size_t                    row,
                             const float              *present,
                             const float              *gradient);

/* Of the step under way, for a row without a gradient; only where nothing is postponed. */
void _ut_nn_rows_write_idle (UtNnRows                 *rows,
                             size_t                    row);

void _ut_nn_rows_end_step   (UtNnRows                 *rows);

/* numbers *= scale */
static inline void
_ut_nn_scale (float   scale,
              float  *numbers,
              size_t  n)
{
  if (scale == 1.0f)
    return;
  for (size_t i = 0; i < n; i++)
    numbers[i] *= scale;
}
