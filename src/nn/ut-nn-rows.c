/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * What dense Adam does with an element p of a row whose last gradient came at step s, while it is
 * idle for K steps. With m and v its moments after step s, x = √v, and η the learning rate:
 *
 *   Δp = -Σ_k  η_{s+k} β1^k m / (1 - β1^{s+k})  /  (x √β2^k / √(1 - β2^{s+k}) + ε)      k = 1 … K
 *      = -m Σ_k  g_k / (x + e_k)
 *
 *   g_k = w_{s+k} c^k            w_t = η_t q_t / (1 - β1^t)      q_t = √(1 - β2^t)
 *   e_k = ε q_{s+k} / √β2^k      c = β1 / √β2
 *
 * g and e depend on s and K alone. c = 0.9005 by default, so that a few ten terms matter, over
 * which e hardly changes; with mean ē and standard deviation d of e under the weights g / G,
 * G = Σ g, the series of 1 / (x + e) around ē gives
 *
 *   Δp = -m G / (x + ē) · (1 + (d / (x + ē))²)
 *
 * Its error, relative to Δp, is of the order of twice the third power of d / ē where x is small
 * against ε, and nothing where x is large. Late in a training d / ē is 0.005; after step 512 it is
 * below 0.013, early on it is not small. So rows last written early are caught up step by step,
 * over as many steps as matter.
 *
 * G, ē and d follow from the sums S_j = Σ_k w_{s+k} q_{s+k}^j (β1 / β2^((1 + j) / 2))^k, j = 0, 1
 * and 2. A step adds a term to the sums of each of the last 256 steps; by then they have
 * converged, and stay 256 steps more, in which every row is visited once and takes along what it
 * will need from then on. All of this is in double precision and does not depend on what is read.
 *
 * With weight decay λ, step t first leaves r_t = 1 - η_t λ of p: of p as it was after step s in the
 * end R = Π r_{s+k}, k = 1 … K, and of the k-th term of Δp, whose weight g_k that changes, Π r_{s+j},
 * j > k. So a step multiplies the sums by r_t before it adds its terms; later on they shrink without
 * being written. Products over many steps are exp of a difference of Λ_t = Σ log r_i, i = 1 … t,
 * which follows from the learning rates alone. Late terms, over which e differs more, then have
 * more of the weight; but where they have much, R has made all of them small. A row that never had
 * a gradient has no momentum, but it decays.
 */
#include "ut-nn-rows-private.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW UT_NN_ROWS_WINDOW
#define EARLY UT_NN_ROWS_EARLY
#define REPLAY UT_NN_ROWS_REPLAY
#define RING UT_NN_ROWS_RING

/* How much of the sums may lie beyond the window, and how large d / ē may be. */
#define MAX_REST 1e-9
#define MAX_SPREAD 0.015

static double
get_factor (const UtNnRows *rows,
            size_t          j)
{
  return rows->beta1 / pow (rows->beta2, 0.5 * (double) (1 + j));
}

/* e changes from one step to the next by (1 - β2) / 2 / (1 - β2^t) of itself; the number of terms
 * that matter has the standard deviation of a geometric distribution. */
static bool
can_postpone (const UtNnRows *rows)
{
  if (rows->beta2 <= 0.0)
    return false;

  double factor = get_factor (rows, 2);
  double slope = 0.5 * (1.0 - rows->beta2) / (1.0 - pow (rows->beta2, (double) EARLY));

  return pow (factor, (double) WINDOW) <= MAX_REST && slope / (1.0 - factor) <= MAX_SPREAD;
}

UtNnStatus
_ut_nn_rows_init (UtNnRows                 *rows,
                  const UtNnKernels        *kernels,
                  size_t                    n_rows,
                  size_t                    n_columns,
                  const UtNnTrainerOptions *options)
{
  *rows = (UtNnRows) {
    .kernels = kernels,
    .n_rows = n_rows,
    .n_columns = n_columns,
    .beta1 = (double) options->beta1,
    .beta2 = (double) options->beta2,
    .epsilon = (double) options->epsilon,
    .weight_decay = (double) options->weight_decay,
  };
  rows->postpones = !options->freezes_embedding && can_postpone (rows);
  return _ut_nn_rows_set_rate (rows, options->learning_rate);
}

void
_ut_nn_rows_clear (UtNnRows *rows)
{
  free (rows->rates);
  free (rows->keep_logs);
  rows->rates = NULL;
  rows->keep_logs = NULL;
}

void
_ut_nn_rows_place (UtNnRows  *rows,
                   UtNnArena *arena)
{
  rows->last_steps = _ut_nn_arena_take (arena, rows->n_rows, sizeof *rows->last_steps);
  rows->early_steps = _ut_nn_arena_take (arena, EARLY + REPLAY, sizeof *rows->early_steps);
  for (size_t i = 0; i < 2; i++)
    rows->decays[i] = _ut_nn_arena_take (arena, WINDOW + 1, sizeof (double));
  for (size_t j = 0; j < 3; j++)
    {
      rows->factors[j] = _ut_nn_arena_take (arena, WINDOW + 1, sizeof (double));
      rows->sums[j] = _ut_nn_arena_take (arena, RING, sizeof (double));
    }
  rows->settled = _ut_nn_arena_take (arena, rows->n_rows, sizeof *rows->settled);
}

void
_ut_nn_rows_start (UtNnRows *rows,
                   float    *parameters,
                   float    *first,
                   float    *second)
{
  rows->parameters = parameters;
  rows->first = first;
  rows->second = second;
  for (size_t k = 0; k <= WINDOW; k++)
    {
      rows->decays[0][k] = pow (rows->beta1, (double) k);
      rows->decays[1][k] = pow (rows->beta2, (double) k);
      for (size_t j = 0; j < 3; j++)
        rows->factors[j][k] = pow (get_factor (rows, j), (double) k);
    }
  for (size_t i = 0; i < 2; i++)
    {
      rows->squares[i][0] = rows->decays[i][WINDOW];
      for (size_t k = 1; k < UT_NN_ROWS_N_SQUARES; k++)
        rows->squares[i][k] = rows->squares[i][k - 1] * rows->squares[i][k - 1];
    }
}

static bool
reserve_rates (UtNnRows *rows,
               size_t    n_rates)
{
  UtNnRate *rates;
  double *keep_logs;

  if (n_rates <= rows->rates_size)
    return true;

  /* A rate that changes with every step shall not copy its history with every step. */
  size_t size = n_rates < 8 ? 8 : n_rates + n_rates / 2;
  rates = realloc (rows->rates, size * sizeof *rates);
  if (rates == NULL)
    return false;
  rows->rates = rates;
  keep_logs = realloc (rows->keep_logs, size * sizeof *keep_logs);
  if (keep_logs == NULL)
    return false;
  rows->keep_logs = keep_logs;
  rows->rates_size = size;
  return true;
}

/* r of a step with the rate i. It is never quite 0, which has no logarithm. */
static double
get_keep (const UtNnRows *rows,
          size_t          i)
{
  return fmax (1.0 - (double) rows->rates[i].learning_rate * rows->weight_decay, DBL_MIN);
}

/* Λ_t of a step with the rate i. */
static double
get_keep_log (const UtNnRows *rows,
              size_t          i,
              uint64_t        t)
{
  uint64_t n = t + 1 - rows->rates[i].first_step;

  return rows->keep_logs[i] + (double) n * log (get_keep (rows, i));
}

/* Once the rate i is there: what those before it leave. */
static void
start_rate (UtNnRows *rows,
            size_t    i)
{
  rows->keep_logs[i] = i > 0 ? get_keep_log (rows, i - 1, rows->rates[i].first_step - 1) : 0.0;
}

UtNnStatus
_ut_nn_rows_set_rate (UtNnRows *rows,
                      float     learning_rate)
{
  const UtNnRate rate = { rows->n_steps + 1, learning_rate };
  bool replaces = rows->n_rates > 0 && rows->rates[rows->n_rates - 1].first_step == rate.first_step;

  if (!replaces)
    {
      if (!reserve_rates (rows, rows->n_rates + 1))
        return UT_NN_ERROR_MEMORY;
      rows->n_rates++;
    }
  rows->rates[rows->n_rates - 1] = rate;
  start_rate (rows, rows->n_rates - 1);
  return UT_NN_OK;
}

/* Which learning rate step t has; of step 0, before the first, that of the first. */
static size_t
find_rate (const UtNnRows *rows,
           uint64_t        t)
{
  size_t low = 0;
  size_t high = rows->n_rates;

  /* Mostly it is the last one that is asked for. */
  if (rows->rates[high - 1].first_step <= t)
    return high - 1;

  while (high - low > 1)
    {
      size_t middle = low + (high - low) / 2;

      if (rows->rates[middle].first_step <= t)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* What decay in the steps after step t leaves of a number. */
static float
get_rest (const UtNnRows *rows,
          uint64_t        t)
{
  if (rows->weight_decay == 0.0)
    return 1.0f;

  uint64_t now = rows->n_steps;

  return (float) exp (get_keep_log (rows, find_rate (rows, now), now)
                      - get_keep_log (rows, find_rate (rows, t), t));
}

/* The bias corrections of step t, in double precision because 1 - β^t cancels. */
static double
correct_rate (const UtNnRows *rows,
              uint64_t        t)
{
  double learning_rate = (double) rows->rates[find_rate (rows, t)].learning_rate;

  return learning_rate / (1.0 - pow (rows->beta1, (double) t));
}

static double
correct_root (const UtNnRows *rows,
              uint64_t        t)
{
  return sqrt (1.0 - pow (rows->beta2, (double) t));
}

static UtNnAdam
make_step (const UtNnRows *rows,
           uint64_t        t)
{
  return (UtNnAdam) {
    .beta1 = (float) rows->beta1,
    .beta2 = (float) rows->beta2,
    .one_minus_beta1 = (float) (1.0 - rows->beta1),
    .one_minus_beta2 = (float) (1.0 - rows->beta2),
    .step_size = (float) correct_rate (rows, t),
    .root_scale = (float) (1.0 / correct_root (rows, t)),
    .epsilon = (float) rows->epsilon,
    .keep = (float) get_keep (rows, find_rate (rows, t)),
  };
}

/* Where the sums of step s stand: from step to step one place further down, so that the places of
 * s = t - 1, t - 2, … follow each other upwards. */
static size_t
get_slot (uint64_t s)
{
  return (size_t) (-s % RING);
}

/* Adds step t to the sums of the steps t - first_k, t - first_k - 1, …, whose places are
 * neighbours, once they have decayed. */
static void
add_terms (UtNnRows *rows,
           uint64_t  t,
           size_t    first_k,
           size_t    n)
{
  double keep = get_keep (rows, find_rate (rows, t));
  double root = correct_root (rows, t);
  double term = correct_rate (rows, t) * root;

  for (size_t j = 0; j < 3; j++)
    {
      double *sums = rows->sums[j] + get_slot (t - first_k);
      const double *factors = rows->factors[j] + first_k;

      for (size_t i = 0; i < n; i++)
        sums[i] = keep * sums[i] + term * factors[i];
      term *= root;
    }
}

/* As the sums stand; what decay leaves since the last step is up to the reader. */
static UtNnIdle
make_idle (const UtNnRows *rows,
           size_t          slot)
{
  double gain = rows->sums[0][slot];
  UtNnIdle idle = { .shift = (float) rows->epsilon };

  /* β1 = 0 leaves no momentum. */
  if (gain > 0.0)
    {
      double mean = rows->sums[1][slot] / gain;
      double variance = rows->sums[2][slot] / gain - mean * mean;

      idle.gain = (float) gain;
      idle.shift = (float) (rows->epsilon * mean);
      idle.spread = (float) (rows->epsilon * sqrt (fmax (variance, 0.0)));
    }
  return idle;
}

/* How many steps the row has been idle for; rows without momentum only are where they decay. */
static uint64_t
count_idle_steps (const UtNnRows *rows,
                  size_t          row)
{
  bool moves = rows->last_steps[row] > 0 || rows->weight_decay > 0.0;

  return rows->postpones && moves ? rows->n_steps - rows->last_steps[row] : 0;
}

void
_ut_nn_rows_read (const UtNnRows *rows,
                  size_t          row,
                  float          *target)
{
  size_t n = rows->n_columns;
  const float *parameters = rows->parameters + row * n;
  const float *first = rows->first + row * n;
  const float *second = rows->second + row * n;
  uint64_t last_step = rows->last_steps[row];
  uint64_t n_idle = count_idle_steps (rows, row);

  if (n_idle == 0)
    memcpy (target, parameters, n * sizeof (float));
  else if (last_step < EARLY)
    {
      size_t n_steps = last_step == 0 ? 0 : n_idle < REPLAY ? (size_t) n_idle : REPLAY;

      rows->kernels->adam_replay (n, n_steps, rows->early_steps + last_step, parameters, first,
                                  second, target);
      _ut_nn_scale (get_rest (rows, last_step + n_steps), target, n);
    }
  else
    {
      UtNnIdle idle = n_idle < RING ? make_idle (rows, get_slot (last_step)) : rows->settled[row];

      idle.keep = get_rest (rows, last_step);
      if (n_idle > WINDOW)
        idle.gain *= get_rest (rows, last_step + WINDOW);
      rows->kernels->adam_catch_up (n, &idle, parameters, first, second, target);
    }
}

void
_ut_nn_rows_prefetch (const UtNnRows *rows,
                      size_t          row)
{
  size_t first = row * rows->n_columns;

  __builtin_prefetch (rows->last_steps + row);
  for (size_t i = first; i < first + rows->n_columns; i += UT_NN_TENSOR_ALIGNMENT)
    {
      __builtin_prefetch (rows->parameters + i);
      __builtin_prefetch (rows->first + i);
      __builtin_prefetch (rows->second + i);
    }
}

void
_ut_nn_rows_begin_step (UtNnRows *rows)
{
  rows->step = make_step (rows, rows->n_steps + 1);
}

/* β^n: of n's lowest bits in one, of the others bit by bit; pow() takes longer. */
static double
get_decay (const UtNnRows *rows,
           size_t          moment,
           uint64_t        n)
{
  double decay = rows->decays[moment][n % WINDOW];
  const double *square = rows->squares[moment];

  for (n /= WINDOW; n > 0; n /= 2, square++)
    if (n % 2 == 1)
      decay *= *square;
  return decay;
}

void
_ut_nn_rows_write (UtNnRows    *rows,
                   size_t       row,
                   const float *present,
                   const float *gradient)
{
  size_t n = rows->n_columns;
  uint64_t n_steps = count_idle_steps (rows, row) + 1;
  UtNnAdam step = rows->step;

  /* The moments' decay of the idle steps and of this one. */
  step.beta1 = (float) get_decay (rows, 0, n_steps);
  step.beta2 = (float) get_decay (rows, 1, n_steps);
  rows->kernels->adam (n, &step, gradient, present, rows->parameters + row * n,
                       rows->first + row * n, rows->second + row * n);
  rows->last_steps[row] = rows->n_steps + 1;
}

void
_ut_nn_rows_write_idle (UtNnRows *rows,
                        size_t    row)
{
  size_t first = row * rows->n_columns;

  rows->kernels->adam_idle (rows->n_columns, &rows->step, rows->parameters + first,
                            rows->first + first, rows->second + first);
}

/* Each row comes by once in WINDOW steps, hence once between the step after which its sums no
 * longer grow and the one that takes their place. */
void
_ut_nn_rows_settle (UtNnRows *rows,
                    size_t    part,
                    size_t    n_parts)
{
  for (size_t row = rows->n_steps % WINDOW; row < rows->n_rows; row += WINDOW)
    {
      if (_ut_nn_rows_get_part (row, n_parts) != part)
        continue;

      uint64_t n_idle = count_idle_steps (rows, row);

      if (n_idle >= WINDOW && n_idle < RING)
        rows->settled[row] = make_idle (rows, get_slot (rows->last_steps[row]));
    }
}

void
_ut_nn_rows_end_step (UtNnRows *rows)
{
  uint64_t t = ++rows->n_steps;

  if (!rows->postpones)
    return;

  if (t <= EARLY + REPLAY)
    rows->early_steps[t - 1] = rows->step;

  size_t n = t - 1 < WINDOW ? (size_t) (t - 1) : WINDOW;
  size_t n_before_wrap = RING - get_slot (t - 1);

  if (n_before_wrap > n)
    n_before_wrap = n;
  add_terms (rows, t, 1, n_before_wrap);
  add_terms (rows, t, 1 + n_before_wrap, n - n_before_wrap);
  for (size_t j = 0; j < 3; j++)
    rows->sums[j][get_slot (t)] = 0.0;
}

/* The sums of step s by themselves: the same terms in the same order. */
static void
sum_up (UtNnRows *rows,
        uint64_t  s)
{
  uint64_t n_idle = rows->n_steps - s;
  size_t n = n_idle < WINDOW ? (size_t) n_idle : WINDOW;

  for (size_t j = 0; j < 3; j++)
    rows->sums[j][get_slot (s)] = 0.0;
  for (size_t k = 1; k <= n; k++)
    add_terms (rows, s + k, k, 1);
}

UtNnStatus
_ut_nn_rows_restore (UtNnRows       *rows,
                     uint64_t        n_steps,
                     const uint64_t *last_steps,
                     const UtNnRate *rates,
                     size_t          n_rates)
{
  if (!reserve_rates (rows, n_rates))
    return UT_NN_ERROR_MEMORY;

  memcpy (rows->last_steps, last_steps, rows->n_rows * sizeof *last_steps);
  memcpy (rows->rates, rates, n_rates * sizeof *rates);
  rows->n_rates = n_rates;
  for (size_t i = 0; i < n_rates; i++)
    start_rate (rows, i);
  rows->n_steps = n_steps;
  if (!rows->postpones)
    return UT_NN_OK;

  for (uint64_t t = 1; t <= n_steps && t <= EARLY + REPLAY; t++)
    rows->early_steps[t - 1] = make_step (rows, t);
  for (size_t row = 0; row < rows->n_rows; row++)
    if (rows->last_steps[row] >= EARLY && count_idle_steps (rows, row) >= WINDOW)
      {
        sum_up (rows, rows->last_steps[row]);
        rows->settled[row] = make_idle (rows, get_slot (rows->last_steps[row]));
      }
  for (uint64_t s = n_steps < RING ? 1 : n_steps - RING + 1; s <= n_steps; s++)
    sum_up (rows, s);
  return UT_NN_OK;
}
