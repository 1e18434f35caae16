/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <math.h>
#include <ut-scale.h>

static void
test_linear (void)
{
  UtScale scale;

  ut_scale_init (&scale, -1, 3, 100, 20, FALSE);
  g_assert_cmpfloat_with_epsilon (ut_scale_map (&scale, -1), 100, 1e-9);
  g_assert_cmpfloat_with_epsilon (ut_scale_map (&scale, 0), 80, 1e-9);
  g_assert_cmpfloat_with_epsilon (ut_scale_map (&scale, 3), 20, 1e-9);
  g_assert_true (isnan (ut_scale_map (&scale, NAN)));
  for (double v = -2; v < 5; v += 0.37)
    g_assert_cmpfloat_with_epsilon (ut_scale_invert (&scale, ut_scale_map (&scale, v)), v, 1e-9);
}

static void
test_log (void)
{
  UtScale scale;

  ut_scale_init (&scale, 0.01, 100, 0, 400, TRUE);
  g_assert_cmpfloat_with_epsilon (ut_scale_map (&scale, 0.01), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (ut_scale_map (&scale, 1), 200, 1e-9);
  g_assert_cmpfloat_with_epsilon (ut_scale_map (&scale, 10), 300, 1e-9);
  g_assert_cmpfloat_with_epsilon (ut_scale_invert (&scale, 100), 0.1, 1e-12);
  g_assert_true (isnan (ut_scale_map (&scale, 0)));
  g_assert_true (isnan (ut_scale_map (&scale, -1)));
}

static void
test_constant (void)
{
  UtScale scale;

  g_test_summary ("A constant stands in the middle");
  ut_scale_init (&scale, 0.5, 0.5, 0, 100, FALSE);
  g_assert_cmpfloat_with_epsilon (ut_scale_map (&scale, 0.5), 50, 1e-9);
  ut_scale_init (&scale, 0, 0, 0, 100, FALSE);
  g_assert_cmpfloat (scale.low, ==, -1);
  g_assert_cmpfloat (scale.high, ==, 1);
  ut_scale_init (&scale, 4, 4, 0, 100, TRUE);
  g_assert_cmpfloat_with_epsilon (ut_scale_map (&scale, 4), 50, 1e-9);
}

static void
test_swapped (void)
{
  UtScale scale;

  ut_scale_init (&scale, 7, 2, 0, 10, FALSE);
  g_assert_cmpfloat (scale.low, ==, 2);
  g_assert_cmpfloat (scale.high, ==, 7);
}

/* Whatever the range, the scale can be drawn: finite ends, and the ends map to the ends. */
static void
test_pathological (void)
{
  static const double values[] = {
    0.0, -0.0, 1.0, -1.0, 1e-320, DBL_MIN, DBL_MAX, -DBL_MAX, 1e300, INFINITY, -INFINITY, NAN,
    1.0 + DBL_EPSILON, 1e-5, 12345678.9,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
      for (int log_scale = 0; log_scale < 2; log_scale++)
        {
          UtScale scale;
          ut_scale_init (&scale, values[i], values[j], 300, 10, log_scale);
          g_assert_true (isfinite (scale.low) && isfinite (scale.high));
          g_assert_cmpfloat (scale.low, <, scale.high);
          g_assert_true (!log_scale || scale.low > 0);
          g_assert_cmpfloat_with_epsilon (ut_scale_map (&scale, scale.low), 300, 1e-6);
          g_assert_cmpfloat_with_epsilon (ut_scale_map (&scale, scale.high), 10, 1e-6);
        }
}

static void
test_far (void)
{
  UtScale scale;

  g_test_summary ("Cairo's fixed-point coordinates are never left");
  ut_scale_init (&scale, 0, 1, 0, 100, FALSE);
  g_assert_cmpfloat (fabs (ut_scale_map (&scale, 1e200)), <=, 1e6);
  g_assert_cmpfloat (fabs (ut_scale_map (&scale, -INFINITY)), <=, 1e6);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scale/linear", test_linear);
  g_test_add_func ("/scale/log", test_log);
  g_test_add_func ("/scale/constant", test_constant);
  g_test_add_func ("/scale/swapped", test_swapped);
  g_test_add_func ("/scale/pathological", test_pathological);
  g_test_add_func ("/scale/far", test_far);
  return g_test_run ();
}
