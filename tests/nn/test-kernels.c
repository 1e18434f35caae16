/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "ut-nn-kernels-private.h"

/* Normalised mean square error against the reference: conventions ask for single precision sums. */
#define KERNEL_TOLERANCE 1e-7
/* The vectorised activations, relative to the exact value. */
#define ACTIVATION_TOLERANCE 1e-6

/* Sizes with and without full tiles, panels and vectors. */
static const size_t row_counts[] = { 1, 2, 3, 4, 5, 6, 7, 12, 13, 31 };
static const size_t widths[] = { 16, 32, 48, 64, 80, 144 };

enum { MAX_ROWS = 31, MAX_WIDTH = 144, MAX_SIZE = MAX_ROWS * 4 * MAX_WIDTH };

typedef struct
{
  float numbers[MAX_SIZE];
} Array;

static void
array_fill (Array  *array,
            GRand  *random,
            double  low,
            double  high)
{
  for (size_t i = 0; i < MAX_SIZE; i++)
    array->numbers[i] = (float) g_rand_double_range (random, low, high);
}

static void
assert_near (const char  *what,
             const float *numbers,
             const float *reference,
             size_t       n)
{
  double error = 0, norm = 0;

  for (size_t i = 0; i < n; i++)
    {
      double difference = (double) numbers[i] - (double) reference[i];

      error += difference * difference;
      norm += (double) reference[i] * (double) reference[i];
    }
  if (!(error <= KERNEL_TOLERANCE * norm))
    g_error ("%s: normalised mean square error %g", what, error / norm);
}

/* Rows of any length @depth; what follows a row in memory must not matter. */
static void
test_multiply (gconstpointer data)
{
  const UtNnKernels *kernels = data;
  static const size_t depths[] = { 1, 5, 50, 64 };
  g_autofree Array *a = g_new (Array, 1), *w = g_new (Array, 1), *initial = g_new (Array, 1);
  g_autofree Array *c = g_new (Array, 1), *expected = g_new (Array, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  const size_t stride = MAX_WIDTH;

  g_test_summary ("Product of rows and packed weights, from a bias and onto itself");
  array_fill (a, random, -1, 1);
  array_fill (w, random, -1, 1);
  array_fill (initial, random, -1, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (row_counts); i++)
    for (size_t j = 0; j < G_N_ELEMENTS (widths); j++)
      for (size_t k = 0; k < G_N_ELEMENTS (depths); k++)
        for (int from_bias = 0; from_bias < 2; from_bias++)
          {
            size_t rows = row_counts[i];

            *c = *initial;
            *expected = *initial;
            _ut_nn_kernels_ref.multiply (rows, depths[k], widths[j], a->numbers, stride, w->numbers,
                                         from_bias ? initial->numbers : expected->numbers,
                                         from_bias ? 0 : stride, expected->numbers, stride);
            kernels->multiply (rows, depths[k], widths[j], a->numbers, stride, w->numbers,
                               from_bias ? initial->numbers : c->numbers,
                               from_bias ? 0 : stride, c->numbers, stride);
            for (size_t row = 0; row < rows; row++)
              assert_near ("multiply", c->numbers + row * stride, expected->numbers + row * stride,
                           widths[j]);
            /* Nothing beside and behind the result is written. */
            for (size_t row = 0; row < rows; row++)
              g_assert_cmpmem (c->numbers + row * stride + widths[j],
                               (stride - widths[j]) * sizeof (float),
                               initial->numbers + row * stride + widths[j],
                               (stride - widths[j]) * sizeof (float));
            size_t n_behind = MAX_SIZE - rows * stride;
            g_assert_cmpmem (c->numbers + rows * stride, n_behind * sizeof (float),
                             initial->numbers + rows * stride, n_behind * sizeof (float));
          }
}

/* What a prediction's promise of equal bits rests on. */
static void
test_row_independence (gconstpointer data)
{
  const UtNnKernels *kernels = data;
  g_autofree Array *a = g_new (Array, 1), *w = g_new (Array, 1), *initial = g_new (Array, 1);
  g_autofree Array *all = g_new (Array, 1), *part = g_new (Array, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  const size_t stride = MAX_WIDTH;
  const size_t depth = 50;

  g_test_summary ("A row of a product has the same bits whichever rows stand beside it");
  array_fill (a, random, -1, 1);
  array_fill (w, random, -1, 1);
  array_fill (initial, random, -1, 1);
  for (size_t j = 0; j < G_N_ELEMENTS (widths); j++)
    {
      kernels->multiply (MAX_ROWS, depth, widths[j], a->numbers, stride, w->numbers,
                         initial->numbers, 0, all->numbers, stride);
      for (size_t n = 1; n <= MAX_ROWS; n++)
        for (size_t first = 0; first + n <= MAX_ROWS; first++)
          {
            kernels->multiply (n, depth, widths[j], a->numbers + first * stride, stride, w->numbers,
                               initial->numbers, 0, part->numbers, stride);
            for (size_t row = 0; row < n; row++)
              g_assert_cmpmem (part->numbers + row * stride, widths[j] * sizeof (float),
                               all->numbers + (first + row) * stride, widths[j] * sizeof (float));
          }
    }
}

static void
test_sums (gconstpointer data)
{
  const UtNnKernels *kernels = data;
  static const size_t sizes[] = { 1, 3, 8, 11, 16, 50, 64, 70, 100 };
  static const size_t depths[] = { 0, 1, 2, 30 };
  g_autofree Array *a = g_new (Array, 1), *b = g_new (Array, 1);
  g_autofree Array *c = g_new (Array, 1), *expected = g_new (Array, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  const size_t stride = MAX_WIDTH;

  g_test_summary ("Weight gradients, sums of rows and inner products");
  array_fill (a, random, -1, 1);
  array_fill (b, random, -1, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      size_t n = sizes[i];
      float dot = kernels->dot (n, a->numbers, b->numbers);
      float expected_dot = _ut_nn_kernels_ref.dot (n, a->numbers, b->numbers);

      g_assert_cmpfloat_with_epsilon (dot, expected_dot, 1e-5);
      for (size_t k = 0; k < G_N_ELEMENTS (depths); k++)
        {
          array_fill (c, random, -1, 1);
          *expected = *c;
          kernels->add_rows (depths[k], n, a->numbers, stride, c->numbers);
          _ut_nn_kernels_ref.add_rows (depths[k], n, a->numbers, stride, expected->numbers);
          assert_near ("add_rows", c->numbers, expected->numbers, MAX_SIZE);

          for (size_t j = 0; j < G_N_ELEMENTS (sizes); j++)
            {
              kernels->multiply_transposed (n, sizes[j], depths[k], a->numbers, stride,
                                            b->numbers, stride, c->numbers, stride);
              _ut_nn_kernels_ref.multiply_transposed (n, sizes[j], depths[k], a->numbers, stride,
                                                      b->numbers, stride,
                                                      expected->numbers, stride);
              assert_near ("multiply_transposed", c->numbers, expected->numbers, MAX_SIZE);
            }
        }
    }
}

static double
get_relative_error (double value,
                    double exact)
{
  return exact == 0.0 ? fabs (value) : fabs (value - exact) / fabs (exact);
}

static void
test_activations (gconstpointer data)
{
  const UtNnKernels *kernels = data;
  double worst_sigmoid = 0, worst_tanh = 0;

  g_test_summary ("Sigmoid and tanh are within 1e-6 of the exact value, relatively");
  for (int exponent = -80; exponent <= 24; exponent++)
    for (int step = 0; step < 512; step++)
      {
        /* From 1e-6 or so to 88, both signs, and 0 where exponent and step are smallest. */
        float x[UT_NN_LANES], sigmoid[UT_NN_LANES], tangent[UT_NN_LANES];

        for (size_t lane = 0; lane < UT_NN_LANES; lane++)
          {
            double part = (step + (double) lane / UT_NN_LANES) / 512;
            double magnitude = exp2 (exponent / 4.0) * (1 + part * 0.1892);

            x[lane] = (float) fmin (magnitude, 87.0) * (lane % 2 == 0 ? 1.0f : -1.0f);
          }
        if (exponent == -80 && step == 0)
          x[0] = 0.0f;
        kernels->sigmoid (UT_NN_LANES, x, sigmoid);
        kernels->tanh (UT_NN_LANES, x, tangent);
        for (size_t lane = 0; lane < UT_NN_LANES; lane++)
          {
            worst_sigmoid = fmax (worst_sigmoid,
                                  get_relative_error ((double) sigmoid[lane],
                                                      1 / (1 + exp (-(double) x[lane]))));
            worst_tanh = fmax (worst_tanh, get_relative_error ((double) tangent[lane],
                                                               tanh ((double) x[lane])));
          }
      }
  g_test_message ("%s: sigmoid %.3g, tanh %.3g", kernels->name, worst_sigmoid, worst_tanh);
  g_assert_cmpfloat (worst_sigmoid, <=, ACTIVATION_TOLERANCE);
  g_assert_cmpfloat (worst_tanh, <=, ACTIVATION_TOLERANCE);
}

static void
test_limits (gconstpointer data)
{
  const UtNnKernels *kernels = data;
  const float x[UT_NN_LANES] = { INFINITY, -INFINITY, NAN, 1e30f, -1e30f, 0.0f, -0.0f, 100.0f };
  float sigmoid[UT_NN_LANES], tangent[UT_NN_LANES];

  g_test_summary ("Sigmoid and tanh at infinity, zero and not a number");
  kernels->sigmoid (UT_NN_LANES, x, sigmoid);
  kernels->tanh (UT_NN_LANES, x, tangent);
  g_assert_cmpfloat (sigmoid[0], ==, 1.0f);
  g_assert_cmpfloat (sigmoid[1], <=, 1e-37f);
  g_assert_cmpfloat (sigmoid[1], >=, 0.0f);
  g_assert_true (isnan (sigmoid[2]));
  g_assert_cmpfloat (sigmoid[3], ==, 1.0f);
  g_assert_cmpfloat (sigmoid[4], <=, 1e-37f);
  g_assert_cmpfloat (sigmoid[5], ==, 0.5f);
  g_assert_cmpfloat (sigmoid[6], ==, 0.5f);
  g_assert_cmpfloat (sigmoid[7], ==, 1.0f);
  g_assert_cmpfloat (tangent[0], ==, 1.0f);
  g_assert_cmpfloat (tangent[1], ==, -1.0f);
  g_assert_true (isnan (tangent[2]));
  g_assert_cmpfloat (tangent[3], ==, 1.0f);
  g_assert_cmpfloat (tangent[4], ==, -1.0f);
  g_assert_cmpfloat (tangent[5], ==, 0.0f);
  g_assert_true (signbit (tangent[6]));
  g_assert_cmpfloat (tangent[7], ==, 1.0f);
}

enum { N_ARRAYS = 7 };

static void
test_cells (gconstpointer data)
{
  const UtNnKernels *kernels = data;
  g_autofree Array *start = g_new (Array, N_ARRAYS);
  g_autofree Array *x = g_new (Array, N_ARRAYS), *y = g_new (Array, N_ARRAYS);
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  g_test_summary ("The element-wise parts of LSTM, GRU and RNN, forward and backward");
  for (size_t i = 0; i < N_ARRAYS; i++)
    array_fill (&start[i], random, -2, 2);
  for (size_t i = 0; i < G_N_ELEMENTS (row_counts); i++)
    for (size_t j = 0; j < G_N_ELEMENTS (widths); j++)
      for (int pass = 0; pass < 2; pass++)
        {
          const UtNnKernels *k = pass == 0 ? &_ut_nn_kernels_ref : kernels;
          Array *z = pass == 0 ? x : y;
          size_t rows = row_counts[i], width = widths[j];

          memcpy (z, start, N_ARRAYS * sizeof *z);
          k->lstm_forward (rows, width, z[0].numbers, z[1].numbers, z[2].numbers, z[3].numbers,
                           z[4].numbers);
          k->lstm_backward (rows, width, z[0].numbers, z[1].numbers, z[3].numbers, z[5].numbers,
                            z[6].numbers);
          if (pass == 1)
            for (size_t a = 0; a < N_ARRAYS; a++)
              assert_near ("lstm", y[a].numbers, x[a].numbers, MAX_SIZE);
        }
  for (size_t i = 0; i < G_N_ELEMENTS (row_counts); i++)
    for (size_t j = 0; j < G_N_ELEMENTS (widths); j++)
      for (int pass = 0; pass < 2; pass++)
        {
          const UtNnKernels *k = pass == 0 ? &_ut_nn_kernels_ref : kernels;
          Array *z = pass == 0 ? x : y;
          size_t rows = row_counts[i], width = widths[j];

          memcpy (z, start, N_ARRAYS * sizeof *z);
          k->gru_forward (rows, width, z[0].numbers, z[1].numbers, z[2].numbers, z[3].numbers);
          k->gru_backward (rows, width, z[0].numbers, z[1].numbers, z[2].numbers, z[4].numbers,
                           z[5].numbers);
          k->rnn_backward (rows * width, z[3].numbers, z[4].numbers, z[6].numbers);
          if (pass == 1)
            for (size_t a = 0; a < N_ARRAYS; a++)
              assert_near ("gru and rnn", y[a].numbers, x[a].numbers, MAX_SIZE);
        }
}

static void
test_adam (gconstpointer data)
{
  const UtNnKernels *kernels = data;
  const UtNnAdam step = { 0.9f, 0.999f, 0.1f, 0.001f, 1e-3f, 1.5f, 1e-8f, 0.97f };
  g_autofree Array *start = g_new (Array, 3);
  g_autofree Array *gradient = g_new (Array, 1), *zero = g_new0 (Array, 1);
  g_autofree Array *x = g_new (Array, 3), *y = g_new (Array, 3);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  g_test_summary ("Adam is the reference's; without gradient it is Adam with a gradient of zero, "
                  "and an element's bits do not depend on where it stands");
  array_fill (&start[0], random, -1, 1);
  array_fill (&start[1], random, -1, 1);
  array_fill (&start[2], random, 0, 1);
  array_fill (gradient, random, -1, 1);
  for (size_t n = 0; n < 40; n++)
    {
      memcpy (x, start, 3 * sizeof *x);
      memcpy (y, start, 3 * sizeof *y);
      _ut_nn_kernels_ref.adam (n, &step, gradient->numbers, x[0].numbers,
                               x[0].numbers, x[1].numbers, x[2].numbers);
      kernels->adam (n, &step, gradient->numbers, y[0].numbers,
                     y[0].numbers, y[1].numbers, y[2].numbers);
      for (size_t i = 0; i < 3; i++)
        assert_near ("adam", y[i].numbers, x[i].numbers, MAX_SIZE);
      g_assert_cmpmem (y[0].numbers + n, (MAX_SIZE - n) * sizeof (float),
                       start[0].numbers + n, (MAX_SIZE - n) * sizeof (float));

      memcpy (x, start, 3 * sizeof *x);
      for (size_t i = 0; i < n; i++)
        kernels->adam (1, &step, gradient->numbers + i, start[0].numbers + i,
                       x[0].numbers + i, x[1].numbers + i, x[2].numbers + i);
      g_assert_cmpmem (x, 3 * sizeof *x, y, 3 * sizeof *y);

      memcpy (x, start, 3 * sizeof *x);
      memcpy (y, start, 3 * sizeof *y);
      kernels->adam (n, &step, zero->numbers, start[0].numbers,
                     x[0].numbers, x[1].numbers, x[2].numbers);
      kernels->adam_idle (n, &step, y[0].numbers, y[1].numbers, y[2].numbers);
      g_assert_cmpmem (x, 3 * sizeof *x, y, 3 * sizeof *y);
    }
}

static void
test_idle (gconstpointer data)
{
  enum { N_STEPS = 5 };
  const UtNnKernels *kernels = data;
  const UtNnIdle idle = { 6e-3f, 2e-2f, 3e-3f, 0.8f };
  g_autofree Array *start = g_new (Array, 3);
  g_autofree Array *x = g_new (Array, 3), *y = g_new (Array, 3);
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  UtNnAdam steps[N_STEPS];

  g_test_summary ("Steps made up for are the reference's, write the target only, and replayed they "
                  "have the bits of idle steps one by one, wherever an element stands");
  array_fill (&start[0], random, -1, 1);
  array_fill (&start[1], random, -1, 1);
  array_fill (&start[2], random, 0, 1e-3f);
  for (size_t k = 0; k < N_STEPS; k++)
    steps[k] = (UtNnAdam) { 0.9f, 0.999f, 0.1f, 0.001f, 1e-3f / (float) (k + 1), 1.5f, 1e-8f,
                            1.0f - 0.01f * (float) (k + 1) };
  for (size_t n = 0; n < 40; n++)
    {
      Array target[2], parts;

      for (size_t i = 0; i < 2; i++)
        memcpy (&target[i], &start[0], sizeof target[i]);
      parts = start[0];
      memcpy (x, start, 3 * sizeof *x);
      _ut_nn_kernels_ref.adam_catch_up (n, &idle, x[0].numbers, x[1].numbers, x[2].numbers,
                                        target[0].numbers);
      kernels->adam_catch_up (n, &idle, x[0].numbers, x[1].numbers, x[2].numbers,
                              target[1].numbers);
      for (size_t i = 0; i < n; i++)
        kernels->adam_catch_up (1, &idle, x[0].numbers + i, x[1].numbers + i, x[2].numbers + i,
                                parts.numbers + i);
      assert_near ("catch up", target[1].numbers, target[0].numbers, MAX_SIZE);
      g_assert_cmpmem (&parts, sizeof parts, &target[1], sizeof target[1]);
      g_assert_cmpmem (x, 3 * sizeof *x, start, 3 * sizeof *start);

      memcpy (y, start, 3 * sizeof *y);
      kernels->adam_replay (n, N_STEPS, steps, x[0].numbers, x[1].numbers, x[2].numbers,
                            target[1].numbers);
      for (size_t k = 0; k < N_STEPS; k++)
        kernels->adam_idle (n, &steps[k], y[0].numbers, y[1].numbers, y[2].numbers);
      g_assert_cmpmem (&target[1], sizeof target[1], &y[0], sizeof y[0]);
      g_assert_cmpmem (x, 3 * sizeof *x, start, 3 * sizeof *start);
    }
}

static void
test_keep (gconstpointer data)
{
  enum { N = 19 };
  const UtNnKernels *kernels = data;
  static const float keeps[] = { 1.0f, 0.5f, 0.0f };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  float start[N];

  g_test_summary ("Without momentum a parameter is kept exactly, or half of it, or nothing");
  for (size_t i = 0; i < N; i++)
    start[i] = (float) g_rand_double_range (random, -1, 1);
  start[0] = -0.0f;
  for (size_t k = 0; k < G_N_ELEMENTS (keeps); k++)
    {
      const UtNnAdam step = { 0.9f, 0.999f, 0.1f, 0.001f, 1e-3f, 1.5f, 1e-8f, keeps[k] };
      const UtNnIdle idle = { 6e-3f, 2e-2f, 3e-3f, keeps[k] };
      const float zero[N] = { 0 };
      float dense[N], caught_up[N], replayed[N], first[N] = { 0 }, second[N] = { 0 };

      kernels->adam (N, &step, zero, start, dense, first, second);
      kernels->adam_catch_up (N, &idle, start, zero, zero, caught_up);
      kernels->adam_replay (N, 1, &step, start, zero, zero, replayed);
      for (size_t i = 0; i < N; i++)
        {
          g_assert_cmpfloat (dense[i], ==, keeps[k] * start[i]);
          g_assert_cmpfloat (caught_up[i], ==, keeps[k] * start[i]);
          g_assert_cmpfloat (replayed[i], ==, keeps[k] * start[i]);
        }
    }
}

static void
test_selection (void)
{
  const char *wanted = g_getenv ("UT_NN_KERNELS");

  g_test_summary ("UT_NN_KERNELS names the kernels");
  g_assert_true (_ut_nn_kernels_find ("ref") == &_ut_nn_kernels_ref);
  g_assert_true (_ut_nn_kernels_find ("portable") == &_ut_nn_kernels_portable);
  g_assert_null (_ut_nn_kernels_find ("fast"));
  if (g_test_subprocess ())
    {
      g_assert_cmpstr (_ut_nn_kernels_get ()->name, ==, wanted);
      return;
    }
  g_setenv ("UT_NN_KERNELS", "ref", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_setenv ("UT_NN_KERNELS", "portable", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } tests[] = {
    { "multiply", test_multiply },
    { "row-independence", test_row_independence },
    { "sums", test_sums },
    { "activations", test_activations },
    { "limits", test_limits },
    { "cells", test_cells },
    { "adam", test_adam },
    { "idle", test_idle },
    { "keep", test_keep },
  };
  static const char *const names[] = { "ref", "portable", "avx2", "avx512" };

  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    for (size_t k = 0; k < G_N_ELEMENTS (tests); k++)
      {
        g_autofree char *path = g_strdup_printf ("/nn/kernels/%s/%s", names[i], tests[k].name);
        const UtNnKernels *kernels = _ut_nn_kernels_find (names[i]);

        /* A processor without AVX2 or AVX-512 has no such kernels to test. */
        if (kernels != NULL)
          g_test_add_data_func (path, kernels, tests[k].func);
      }
  g_test_add_func ("/nn/kernels/selection", test_selection);
  return g_test_run ();
}
