/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <math.h>
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
  return g_test_run ();
}
