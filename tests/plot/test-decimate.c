/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <math.h>
#include <string.h>
#include <ut-decimate.h>

static void
test_columns (void)
{
  const double x[] = { 0, 1, 2, 3, 4, 10 };
  const double y[] = { 5, 7, 6, 2, 3, 9 };
  g_auto (UtDecimator) decimator = { 0 };

  ut_decimator_prepare (&decimator, 0, 10, 5, FALSE, 0);
  ut_decimator_update (&decimator, x, y, G_N_ELEMENTS (x));
  g_assert_cmpfloat (decimator.columns[0].low, ==, 5);
  g_assert_cmpfloat (decimator.columns[0].high, ==, 7);
  g_assert_cmpfloat (decimator.columns[0].x, ==, 1);
  g_assert_cmpfloat (decimator.columns[1].low, ==, 2);
  g_assert_cmpfloat (decimator.columns[1].high, ==, 6);
  g_assert_cmpfloat (decimator.columns[2].low, ==, 3);
  g_assert_true (isnan (decimator.columns[3].x));
  g_test_message ("the right edge belongs to the last column");
  g_assert_cmpfloat (decimator.columns[4].high, ==, 9);
  g_assert_cmpuint (decimator.n_inside, ==, 6);
}

static void
test_outside (void)
{
  const double x[] = { 0, 1, 5, 8, 9 };
  const double y[] = { 1, 2, 3, 4, 5 };
  g_auto (UtDecimator) decimator = { 0 };

  g_test_summary ("The nearest points outside are kept, and smoothing starts before the view");
  ut_decimator_prepare (&decimator, 4, 6, 2, FALSE, 0.5);
  ut_decimator_update (&decimator, x, y, G_N_ELEMENTS (x));
  g_assert_cmpfloat (decimator.before.x, ==, 1);
  g_assert_cmpfloat (decimator.after.x, ==, 8);
  g_assert_cmpuint (decimator.n_inside, ==, 1);
  g_assert_cmpfloat_with_epsilon (decimator.columns[1].smooth, (0.25 * 1 + 0.5 * 2 + 3) / 1.75,
                                  1e-12);
}

static void
test_faults (void)
{
  const double x[] = { 0, 1, 2, 3, 4 };
  const double y[] = { 1, NAN, INFINITY, -INFINITY, 0 };
  g_auto (UtDecimator) decimator = { 0 };

  ut_decimator_prepare (&decimator, 0, 5, 5, FALSE, 0);
  ut_decimator_update (&decimator, x, y, G_N_ELEMENTS (x));
  g_assert_cmpint (decimator.columns[0].marks, ==, 0);
  g_assert_cmpint (decimator.columns[1].marks, ==, UT_COLUMN_MISSING);
  g_assert_cmpint (decimator.columns[2].marks, ==, UT_COLUMN_ABOVE);
  g_assert_cmpint (decimator.columns[3].marks, ==, UT_COLUMN_BELOW);
  g_assert_cmpint (decimator.columns[4].marks, ==, 0);
  g_assert_cmpuint (decimator.n_inside, ==, 2);

  g_test_message ("zero has no place on a logarithmic axis");
  ut_decimator_prepare (&decimator, 0, 5, 5, TRUE, 0);
  ut_decimator_update (&decimator, x, y, G_N_ELEMENTS (x));
  g_assert_cmpint (decimator.columns[4].marks, ==, UT_COLUMN_BELOW);
}

static void
test_incremental (void)
{
  const gsize n = 5000;
  g_autofree double *x = g_new (double, n);
  g_autofree double *y = g_new (double, n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_auto (UtDecimator) whole = { 0 };
  g_auto (UtDecimator) parts = { 0 };

  g_test_summary ("Adding in parts gives what adding at once gives, and each point is taken once");
  for (gsize i = 0; i < n; i++)
    {
      x[i] = (double) i;
      y[i] = g_rand_double (rand);
    }
  ut_decimator_prepare (&whole, 500, 4000, 333, FALSE, 0.9);
  ut_decimator_update (&whole, x, y, n);
  for (gsize i = 0; i <= n; i += 7)
    {
      ut_decimator_prepare (&parts, 500, 4000, 333, FALSE, 0.9);
      ut_decimator_update (&parts, x, y, i);
    }
  ut_decimator_update (&parts, x, y, n);
  g_assert_cmpuint (parts.n_inside, ==, whole.n_inside);
  g_assert_cmpuint (parts.n_inside, ==, 3501);
  for (gsize i = 0; i < 333; i++)
    {
      g_assert_cmpfloat (parts.columns[i].low, ==, whole.columns[i].low);
      g_assert_cmpfloat (parts.columns[i].high, ==, whole.columns[i].high);
      g_assert_cmpfloat (parts.columns[i].smooth, ==, whole.columns[i].smooth);
      g_assert_cmpfloat (parts.columns[i].low, <=, parts.columns[i].smooth + 1);
    }
  ut_decimator_prepare (&parts, 500, 4001, 333, FALSE, 0.9);
  g_assert_cmpuint (parts.n_points, ==, 0);
}

static void
test_find (void)
{
  const double x[] = { 1, 2, 2, 5 };

  g_assert_cmpuint (ut_decimate_lower (x, 4, 0), ==, 0);
  g_assert_cmpuint (ut_decimate_lower (x, 4, 2), ==, 1);
  g_assert_cmpuint (ut_decimate_lower (x, 4, 6), ==, 4);
  g_assert_cmpuint (ut_decimate_lower (NULL, 0, 6), ==, 0);
  g_assert_cmpuint (ut_decimate_find (x, 4, -9), ==, 0);
  g_assert_cmpuint (ut_decimate_find (x, 4, 3.4), ==, 2);
  g_assert_cmpuint (ut_decimate_find (x, 4, 3.6), ==, 3);
  g_assert_cmpuint (ut_decimate_find (x, 4, 99), ==, 3);
}

static double
draw_value (GRand *rand)
{
  switch (g_rand_int_range (rand, 0, 25))
    {
    case 0:
      return NAN;
    case 1:
      return INFINITY;
    case 2:
      return -INFINITY;
    case 3:
      return 0;
    default:
      return g_rand_double_range (rand, -5, 5);
    }
}

/* Random points with x that mostly ascend by one, sometimes not at all, sometimes far. */
static void
draw_points (GRand  *rand,
             double *x,
             double *y,
             gsize   n)
{
  double at = 0;

  for (gsize i = 0; i < n; i++)
    {
      int kind = g_rand_int_range (rand, 0, 20);
      at += kind == 0 ? 0 : kind == 1 ? g_rand_double_range (rand, 0, 50) : 1;
      x[i] = at;
      y[i] = draw_value (rand);
    }
}

static void
test_holds (void)
{
  enum { N = 3000 };
  g_autofree double *x = g_new (double, N);
  g_autofree double *y = g_new (double, N);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  g_test_summary ("The band of columns holds every point, and a smoothed value no point exceeds");
  for (int round = 0; round < 100; round++)
    {
      g_auto (UtDecimator) self = { 0 };
      gsize n = (gsize) g_rand_int_range (rand, 1, N),
            n_columns = (gsize) g_rand_int_range (rand, 1, 700);
      gboolean positive = round % 3 == 0;
      gsize n_inside = 0;

      draw_points (rand, x, y, n);
      double first = g_rand_double_range (rand, -10, x[n - 1] / 2), last = first + 1 + x[n - 1] / 3;
      ut_decimator_prepare (&self, first, last, n_columns, positive, 0.8);
      ut_decimator_update (&self, x, y, n);
      double least = INFINITY, greatest = -INFINITY;
      for (gsize i = 0; i < n; i++)
        {
          gboolean drawable = isfinite (y[i]) && (!positive || y[i] > 0);
          if (isfinite (y[i]))
            {
              least = MIN (least, y[i]);
              greatest = MAX (greatest, y[i]);
            }
          if (x[i] < first || x[i] > last)
            continue;
          gsize at = (gsize) ((x[i] - first) * ((double) n_columns / (last - first)));
          const UtColumn *column = &self.columns[MIN (at, n_columns - 1)];
          if (drawable)
            {
              g_assert_cmpfloat (column->low, <=, y[i]);
              g_assert_cmpfloat (column->high, >=, y[i]);
              n_inside++;
            }
          else
            {
              g_assert_cmpuint (column->marks, !=, 0);
            }
        }
      g_assert_cmpuint (self.n_inside, ==, n_inside);
      for (gsize i = 0; i < n_columns; i++)
        if (!isnan (self.columns[i].x))
          {
            g_assert_cmpfloat (self.columns[i].smooth, >=, least - 1e-9);
            g_assert_cmpfloat (self.columns[i].smooth, <=, greatest + 1e-9);
          }
    }
}

static gboolean
same (double a,
      double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static void
assert_same (const UtColumn *a,
             const UtColumn *b,
             gsize           n)
{
  for (gsize i = 0; i < n; i++)
    g_assert_true (same (a[i].x, b[i].x) && same (a[i].low, b[i].low) && same (a[i].high, b[i].high)
                   && same (a[i].smooth, b[i].smooth) && a[i].marks == b[i].marks);
}

static void
test_stays (void)
{
  enum { N = 2000, COLUMNS = 300 };
  g_autofree double *x = g_new (double, N);
  g_autofree double *y = g_new (double, N);
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);

  g_test_summary (
      "Columns stay put as points are appended: only those the new points fall into change, "
      "and in the end it is as if all had come at once");
  for (int round = 0; round < 40; round++)
    {
      g_auto (UtDecimator) grown = { 0 };
      g_auto (UtDecimator) whole = { 0 };
      g_autofree UtColumn *before = g_new (UtColumn, COLUMNS);
      gsize n = 0;

      draw_points (rand, x, y, N);
      double last = x[N - 1] * 0.8;
      while (n < N)
        {
          ut_decimator_prepare (&grown, 0, last, COLUMNS, FALSE, 0.9);
          memcpy (before, grown.columns, COLUMNS * sizeof *before);
          gsize from = n, added = (gsize) g_rand_int_range (rand, 1, 200);
          n = MIN (N, n + added);
          ut_decimator_update (&grown, x, y, n);
          gsize touched = (gsize) MIN (x[from] * (COLUMNS / last), COLUMNS);
          assert_same (grown.columns, before, touched);
        }
      ut_decimator_prepare (&whole, 0, last, COLUMNS, FALSE, 0.9);
      ut_decimator_update (&whole, x, y, N);
      assert_same (grown.columns, whole.columns, COLUMNS);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decimate/columns", test_columns);
  g_test_add_func ("/decimate/outside", test_outside);
  g_test_add_func ("/decimate/faults", test_faults);
  g_test_add_func ("/decimate/incremental", test_incremental);
  g_test_add_func ("/decimate/find", test_find);
  g_test_add_func ("/decimate/holds", test_holds);
  g_test_add_func ("/decimate/stays", test_stays);
  return g_test_run ();
}
