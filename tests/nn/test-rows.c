/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "ut-nn-rows-private.h"
#include "ut-nn.h"

/* No multiple of a vector's lanes. */
enum { N_COLUMNS = 11 };

/* How the rows get their gradients: at every step, often, seldom, hardly ever, at one step of the
 * beginning, of the first steps that are caught up at once, and of the end, and never. */
enum { ALWAYS, OFTEN, SELDOM, RARELY, ONCE_EARLY, ONCE_AT_BORDER, ONCE_LATER, NEVER, N_ROWS };
enum { N_NUMBERS = N_ROWS * N_COLUMNS };
enum { N_PARTS = 2 };

/* The bound on what postponing may change: ABSOLUTE + RELATIVE·|p|, or else twice the error that
 * the dense loop in single precision has made in the row so far. */
#define ABSOLUTE 1e-6
#define RELATIVE 1e-5

typedef struct
{
  float parameters[N_NUMBERS];
  float first[N_NUMBERS];
  float second[N_NUMBERS];
} State;

typedef struct
{
  UtNnRows rows;
  State state;
  void *memory;
} Table;

static void
table_init (Table                    *table,
            const UtNnTrainerOptions *options,
            const State              *state)
{
  UtNnArena arena = { 0 };

  table->state = *state;
  g_assert_cmpint (_ut_nn_rows_init (&table->rows, _ut_nn_kernels_get (), N_ROWS, N_COLUMNS,
                                     options), ==, UT_NN_OK);
  _ut_nn_rows_place (&table->rows, &arena);
  table->memory = _ut_nn_alloc_zeroed (arena.used);
  g_assert_nonnull (table->memory);
  arena = (UtNnArena) { .base = table->memory };
  _ut_nn_rows_place (&table->rows, &arena);
  _ut_nn_rows_start (&table->rows, table->state.parameters, table->state.first,
                     table->state.second);
}

static void
table_clear (Table *table)
{
  _ut_nn_rows_clear (&table->rows);
  _ut_nn_free (table->memory);
}

static void
state_init (State *state)
{
  const UtNnRandom random = { 7, UT_NN_STREAM_EMBEDDING };

  memset (state, 0, sizeof *state);
  for (size_t i = 0; i < N_NUMBERS; i++)
    state->parameters[i] = (float) (0.5 * ut_nn_random_normal (random, i));
}

static bool
has_gradient (size_t   row,
              uint64_t t)
{
  const UtNnRandom random = { 8, UT_NN_STREAM_EXAMPLES };
  double u = ut_nn_random_uniform (random, t * N_ROWS + row);

  switch (row)
    {
    case ALWAYS:
      return true;
    case OFTEN:
      return u < 0.3;
    case SELDOM:
      return u < 0.02;
    case RARELY:
      return u < 0.002;
    case ONCE_EARLY:
      return t == 2;
    case ONCE_AT_BORDER:
      return t == UT_NN_ROWS_EARLY;
    case ONCE_LATER:
      return t == 1500;
    default:
      return false;
    }
}

/* Each column's gradients are of another size, so that roots stand above and below epsilon; those
 * of a column differ, and every third has a preferred sign. */
static void
draw_gradient (size_t   row,
               uint64_t t,
               double   scale,
               float   *gradient)
{
  const UtNnRandom random = { 9, UT_NN_STREAM_EXAMPLES };

  for (size_t i = 0; i < N_COLUMNS; i++)
    {
      double shift = i % 3 == 0 ? 1.0 : 0.0;
      double x = ut_nn_random_normal (random, (t * N_ROWS + row) * N_COLUMNS + i) + shift;

      gradient[i] = (float) (scale * pow (10.0, -0.2 * (double) i) * x);
    }
}

static void
step_table (Table  *table,
            double  scale)
{
  uint64_t t = table->rows.n_steps + 1;
  float present[N_ROWS][N_COLUMNS];

  for (size_t part = 0; part < N_PARTS; part++)
    _ut_nn_rows_settle (&table->rows, part, N_PARTS);
  for (size_t row = 0; row < N_ROWS; row++)
    _ut_nn_rows_read (&table->rows, row, present[row]);
  _ut_nn_rows_begin_step (&table->rows);
  for (size_t row = 0; row < N_ROWS; row++)
    if (has_gradient (row, t))
      {
        float gradient[N_COLUMNS];

        draw_gradient (row, t, scale, gradient);
        _ut_nn_rows_write (&table->rows, row, present[row], gradient);
      }
    else if (!table->rows.postpones)
      _ut_nn_rows_write_idle (&table->rows, row);
  _ut_nn_rows_end_step (&table->rows);
}

/* The dense loop in double precision, written once more from Kingma and Ba 2015, algorithm 1, and
 * Loshchilov and Hutter 2019, algorithm 2. */
typedef struct
{
  double parameters[N_NUMBERS];
  double first[N_NUMBERS];
  double second[N_NUMBERS];
} Exact;

static void
step_exact (Exact                    *exact,
            const UtNnTrainerOptions *options,
            uint64_t                  t,
            double                    scale)
{
  double beta1 = (double) options->beta1;
  double beta2 = (double) options->beta2;
  double decay = fmin (1.0, (double) options->learning_rate * (double) options->weight_decay);

  for (size_t row = 0; row < N_ROWS; row++)
    {
      float gradient[N_COLUMNS] = { 0 };

      if (has_gradient (row, t))
        draw_gradient (row, t, scale, gradient);
      for (size_t i = 0; i < N_COLUMNS; i++)
        {
          size_t k = row * N_COLUMNS + i;
          double g = (double) gradient[i];

          exact->first[k] = beta1 * exact->first[k] + (1.0 - beta1) * g;
          exact->second[k] = beta2 * exact->second[k] + (1.0 - beta2) * g * g;
          double m = exact->first[k] / (1.0 - pow (beta1, (double) t));
          double v = exact->second[k] / (1.0 - pow (beta2, (double) t));
          exact->parameters[k] -= decay * exact->parameters[k];
          exact->parameters[k] -= (double) options->learning_rate * m
                                  / (sqrt (v) + (double) options->epsilon);
        }
    }
}

/* The same in single precision: the kernel for all numbers at every step. */
static void
step_single (State          *state,
             const UtNnAdam *step,
             uint64_t        t,
             double          scale)
{
  float gradient[N_NUMBERS] = { 0 };

  for (size_t row = 0; row < N_ROWS; row++)
    if (has_gradient (row, t))
      draw_gradient (row, t, scale, gradient + row * N_COLUMNS);
  _ut_nn_kernels_get ()->adam (N_NUMBERS, step, gradient, state->parameters, state->parameters,
                               state->first, state->second);
}

/* A learning rate that changes with every step. */
static void
change_rate (Table              *table,
             UtNnTrainerOptions *options,
             float               mean)
{
  double wave = sin (0.1 * (double) (table->rows.n_steps + 1));

  options->learning_rate = (float) ((double) mean * (1.0 + 0.9 * wave));
  g_assert_cmpint (_ut_nn_rows_set_rate (&table->rows, options->learning_rate), ==, UT_NN_OK);
}

/* Returns the largest share of the bound that was used, all along the way. */
static double
measure_error (const UtNnTrainerOptions *options,
               bool                      changes_rate,
               double                    scale,
               uint64_t                  n_steps)
{
  UtNnTrainerOptions present_options = *options;
  g_autofree Table *table = g_new0 (Table, 1);
  g_autofree Exact *exact = g_new0 (Exact, 1);
  g_autofree State *single = g_new0 (State, 1);
  double single_error[N_ROWS] = { 0 };
  double largest = 0.0;

  state_init (single);
  table_init (table, options, single);
  for (size_t i = 0; i < N_NUMBERS; i++)
    exact->parameters[i] = (double) single->parameters[i];

  for (uint64_t t = 1; t <= n_steps; t++)
    {
      float present[N_NUMBERS];

      if (changes_rate)
        change_rate (table, &present_options, options->learning_rate);
      step_table (table, scale);
      step_exact (exact, &present_options, t, scale);
      step_single (single, &table->rows.step, t, scale);
      for (size_t row = 0; row < N_ROWS; row++)
        _ut_nn_rows_read (&table->rows, row, present + row * N_COLUMNS);

      for (size_t i = 0; i < N_NUMBERS; i++)
        {
          double *loop_error = &single_error[i / N_COLUMNS];

          *loop_error = fmax (*loop_error,
                              fabs ((double) single->parameters[i] - exact->parameters[i]));
        }
      for (size_t i = 0; i < N_NUMBERS; i++)
        {
          double p = exact->parameters[i];
          double error = fabs ((double) present[i] - p);
          double bound = fmax (ABSOLUTE + RELATIVE * fabs (p), 2.0 * single_error[i / N_COLUMNS]);

          if (!(error / bound <= largest))
            largest = error / bound;
          if (!(error <= bound))
            g_error ("step %" G_GUINT64_FORMAT ", row %zu, column %zu: %.9g instead of %.9g", t,
                     i / N_COLUMNS, i % N_COLUMNS, (double) present[i], p);
        }
    }
  table_clear (table);
  return largest;
}

static void
test_error (void)
{
  static const double scales[] = { 1e3, 1.0, 1e-2, 1e-5, 1e-7, 1e-9, 1e-15, 1e-25 };
  static const float rates[] = { 1e-4f, 1e-3f, 1e-1f };

  g_test_summary ("Postponed rows are those of the dense loop in double precision, for gradients "
                  "of every size");
  for (size_t r = 0; r < G_N_ELEMENTS (rates); r++)
    for (size_t i = 0; i < G_N_ELEMENTS (scales); i++)
      {
        UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;

        options.learning_rate = rates[r];
        g_test_message ("rate %g, gradients of %g: %.3f of the bound", (double) rates[r], scales[i],
                        measure_error (&options, false, scales[i], 3000));
      }
}

static void
test_decay (void)
{
  static const struct
  {
    float learning_rate;
    float weight_decay;
  } cases[] = {
    { 1e-4f, 1e-4f }, { 1e-3f, 0.01f }, { 1e-3f, 1.0f }, { 1e-2f, 1.0f }, { 0.1f, 0.01f },
    { 0.1f, 1.0f }, { 0.5f, 1.0f }, { 1.0f, 1.0f }, { 10.0f, 1.0f },
  };
  static const double scales[] = { 1.0, 1e-2, 1e-7 };

  g_test_summary ("So they are with weight decay, from hardly any to all at once, also while the "
                  "learning rate changes; and rows that never had a gradient decay");
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    for (size_t k = 0; k < 2 * G_N_ELEMENTS (scales); k++)
      {
        UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
        bool changes_rate = k % 2 == 1;
        double scale = scales[k / 2];

        options.learning_rate = cases[i].learning_rate;
        options.weight_decay = cases[i].weight_decay;
        g_test_message ("decay %g, rate %g%s, gradients of %g: %.3f of the bound",
                        (double) options.weight_decay, (double) options.learning_rate,
                        changes_rate ? " that changes" : "", scale,
                        measure_error (&options, changes_rate, scale, 3000));
      }
}

static void
test_options (void)
{
  static const struct
  {
    float beta1;
    float beta2;
    float epsilon;
    bool postpones;
  } cases[] = {
    { 0.9f, 0.999f, 1e-8f, true },
    { 0.9f, 0.999f, 1e-30f, true },
    { 0.9f, 0.999f, 1.0f, true },
    { 0.0f, 0.999f, 1e-8f, true },
    { 0.5f, 0.9999f, 1e-8f, true },
    { 0.9f, 0.99999f, 1e-8f, true },
    { 0.9f, 0.99f, 1e-8f, false },
    { 0.99f, 0.999f, 1e-8f, false },
    { 0.9f, 0.5f, 1e-8f, false },
    { 0.9f, 0.0f, 1e-8f, false },
    { 0.0f, 0.0f, 1e-8f, false },
  };

  g_test_summary ("With other decays and epsilons, too; where they do not allow it, nothing is "
                  "postponed");
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
      UtNnRows rows;

      options.beta1 = cases[i].beta1;
      options.beta2 = cases[i].beta2;
      options.epsilon = cases[i].epsilon;
      g_assert_cmpint (_ut_nn_rows_init (&rows, _ut_nn_kernels_get (), N_ROWS, N_COLUMNS,
                                         &options), ==, UT_NN_OK);
      g_assert_cmpint (rows.postpones, ==, cases[i].postpones);
      _ut_nn_rows_clear (&rows);
      for (double scale = 1.0; scale > 1e-8; scale *= 1e-3)
        {
          options.weight_decay = 0.0f;
          g_test_message ("case %zu, gradients of %g: %.3f of the bound", i, scale,
                          measure_error (&options, false, scale, 1200));
          options.weight_decay = 0.3f;
          g_test_message ("with weight decay: %.3f of the bound",
                          measure_error (&options, false, scale, 1200));
        }
    }
}

static void
test_rate (void)
{
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  g_autofree Table *table = g_new0 (Table, 1);
  g_autofree Exact *exact = g_new0 (Exact, 1);
  State state;

  g_test_summary ("Each step has its own learning rate, also those that are made up for later");
  state_init (&state);
  table_init (table, &options, &state);
  for (size_t i = 0; i < N_NUMBERS; i++)
    exact->parameters[i] = (double) state.parameters[i];

  for (uint64_t t = 1; t <= 2000; t++)
    {
      float present[N_NUMBERS];

      change_rate (table, &options, 1e-3f);
      step_table (table, 1e-2);
      step_exact (exact, &options, t, 1e-2);
      for (size_t row = 0; row < N_ROWS; row++)
        _ut_nn_rows_read (&table->rows, row, present + row * N_COLUMNS);
      for (size_t i = 0; i < N_NUMBERS; i++)
        g_assert_cmpfloat_with_epsilon ((double) present[i], exact->parameters[i],
                                        ABSOLUTE + RELATIVE * fabs (exact->parameters[i]));
    }
  table_clear (table);
}

static void
test_stored (gconstpointer data)
{
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  g_autofree Table *table = g_new0 (Table, 1);
  State state;

  g_test_summary ("A row's state is written by steps that have a gradient for it, and by no other");
  options.weight_decay = *(const float *) data;
  state_init (&state);
  table_init (table, &options, &state);
  for (uint64_t t = 1; t <= 1600; t++)
    {
      State before = table->state;

      step_table (table, 1e-2);
      for (size_t row = 0; row < N_ROWS; row++)
        {
          const size_t first = row * N_COLUMNS;
          const size_t n_bytes = N_COLUMNS * sizeof (float);

          if (has_gradient (row, t))
            {
              g_assert_cmpuint (table->rows.last_steps[row], ==, t);
              continue;
            }
          g_assert_cmpuint (table->rows.last_steps[row], <, t);
          g_assert_cmpmem (table->state.parameters + first, n_bytes, before.parameters + first,
                           n_bytes);
          g_assert_cmpmem (table->state.first + first, n_bytes, before.first + first, n_bytes);
          g_assert_cmpmem (table->state.second + first, n_bytes, before.second + first, n_bytes);
        }
    }
  g_assert_cmpuint (table->rows.last_steps[NEVER], ==, 0);
  table_clear (table);
}

/* A step of a training whose learning rate falls every 90 steps. */
static void
step_schedule (Table *table)
{
  uint64_t n_steps = table->rows.n_steps;

  if (n_steps % 90 == 0)
    g_assert_cmpint (_ut_nn_rows_set_rate (&table->rows,
                                           (float) (1e-3 * pow (0.9, (double) n_steps / 90))),
                     ==, UT_NN_OK);
  step_table (table, 1e-2);
}

static void
test_restore (gconstpointer data)
{
  static const uint64_t breaks[] = { 0, 1, 3, 300, 511, 512, 600, 767, 769, 900, 1023, 1024, 1400,
                                     1755, 1756, 2011, 2012, 2100 };
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;
  const uint64_t n_steps = 2600;
  g_autofree Table *whole = g_new0 (Table, 1);
  State state;

  g_test_summary ("Rows as stored, their last steps and the rates continue a training with the "
                  "same bits");
  options.weight_decay = *(const float *) data;
  state_init (&state);
  table_init (whole, &options, &state);
  while (whole->rows.n_steps < n_steps)
    step_schedule (whole);

  for (size_t i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      g_autofree Table *earlier = g_new0 (Table, 1);
      g_autofree Table *later = g_new0 (Table, 1);

      table_init (earlier, &options, &state);
      while (earlier->rows.n_steps < breaks[i])
        step_schedule (earlier);
      table_init (later, &options, &earlier->state);
      g_assert_cmpint (_ut_nn_rows_restore (&later->rows, breaks[i], earlier->rows.last_steps,
                                            earlier->rows.rates, earlier->rows.n_rates),
                       ==, UT_NN_OK);

      while (later->rows.n_steps < n_steps)
        {
          step_schedule (later);
          /* All along the way, and not only where they stop. */
          step_schedule (earlier);
          for (size_t row = 0; row < N_ROWS; row++)
            {
              float a[N_COLUMNS], b[N_COLUMNS];

              _ut_nn_rows_read (&earlier->rows, row, a);
              _ut_nn_rows_read (&later->rows, row, b);
              g_assert_cmpmem (a, sizeof a, b, sizeof b);
            }
        }
      g_assert_cmpmem (&whole->state, sizeof whole->state, &later->state, sizeof later->state);
      g_assert_cmpmem (&whole->state, sizeof whole->state, &earlier->state, sizeof earlier->state);
      table_clear (earlier);
      table_clear (later);
    }
  table_clear (whole);
}

int
main (int    argc,
      char **argv)
{
  static const float no_decay = 0.0f;
  static const float decay = 0.7f;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/rows/error", test_error);
  g_test_add_func ("/nn/rows/decay", test_decay);
  g_test_add_func ("/nn/rows/options", test_options);
  g_test_add_func ("/nn/rows/rate", test_rate);
  g_test_add_data_func ("/nn/rows/stored", &no_decay, test_stored);
  g_test_add_data_func ("/nn/rows/stored-decay", &decay, test_stored);
  g_test_add_data_func ("/nn/rows/restore", &no_decay, test_restore);
  g_test_add_data_func ("/nn/rows/restore-decay", &decay, test_restore);
  return g_test_run ();
}
