/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <math.h>
#include <ut-smooth.h>

static void
test_unbiased (void)
{
  UtSmooth smooth;

  g_test_summary ("A constant stays what it is from its first value on");
  ut_smooth_init (&smooth, 0.99);
  for (int i = 0; i < 500; i++)
    g_assert_cmpfloat_with_epsilon (ut_smooth_next (&smooth, 0.7), 0.7, 1e-12);
}

static void
test_formula (void)
{
  UtSmooth smooth;

  /* (0.5 * 1 + 3) / (0.5 + 1), then (0.25 * 1 + 0.5 * 3 + 2) / 1.75. */
  ut_smooth_init (&smooth, 0.5);
  g_assert_cmpfloat_with_epsilon (ut_smooth_next (&smooth, 1), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (ut_smooth_next (&smooth, 3), 3.5 / 1.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (ut_smooth_next (&smooth, 2), 3.75 / 1.75, 1e-12);
}

static void
test_not_finite (void)
{
  UtSmooth with, without;

  g_test_summary ("What is not finite is passed over");
  ut_smooth_init (&with, 0.9);
  ut_smooth_init (&without, 0.9);
  ut_smooth_next (&with, 1);
  ut_smooth_next (&without, 1);
  g_assert_true (isnan (ut_smooth_next (&with, NAN)));
  g_assert_true (isnan (ut_smooth_next (&with, INFINITY)));
  g_assert_cmpfloat (ut_smooth_next (&with, 2), ==, ut_smooth_next (&without, 2));
}

static void
test_at (void)
{
  static const double weights[] = { 0, 0.5, 0.98, UT_SMOOTH_MAX };
  const gsize n = 3000;
  g_autofree double *y = g_new (double, n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  g_test_summary ("One value by itself equals that of the whole pass");
  for (gsize i = 0; i < n; i++)
    y[i] = i % 97 == 3 ? NAN : g_rand_double (rand);
  for (gsize w = 0; w < G_N_ELEMENTS (weights); w++)
    {
      UtSmooth smooth;
      ut_smooth_init (&smooth, weights[w]);
      for (gsize i = 0; i < n; i++)
        {
          double expected = ut_smooth_next (&smooth, y[i]);
          double got = ut_smooth_at (y, i, weights[w]);
          if (isnan (expected))
            g_assert_true (isnan (got));
          else
            g_assert_cmpfloat_with_epsilon (got, expected, 1e-6);
        }
    }
}

static double
draw_value (GRand *rand)
{
  switch (g_rand_int_range (rand, 0, 30))
    {
    case 0:
      return NAN;
    case 1:
      return INFINITY;
    case 2:
      return -INFINITY;
    case 3:
      return g_rand_double_range (rand, -1e300, 1e300);
    default:
      return g_rand_double_range (rand, -1, 1);
    }
}

static void
test_within (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  g_test_summary ("A smoothed line stays within the range of its data, whatever they are");
  for (int round = 0; round < 400; round++)
    {
      UtSmooth smooth;
      double least = INFINITY, greatest = -INFINITY;
      int n = g_rand_int_range (rand, 1, 1500);

      ut_smooth_init (&smooth, round % 4 == 0 ? UT_SMOOTH_MAX : g_rand_double (rand));
      for (int i = 0; i < n; i++)
        {
          double y = draw_value (rand);
          double value = ut_smooth_next (&smooth, y);
          if (!isfinite (y))
            {
              g_assert_true (isnan (value));
              continue;
            }
          least = MIN (least, y);
          greatest = MAX (greatest, y);
          /* But for the rounding of a sum. */
          double slack = 1e-12 * MAX (fabs (least), fabs (greatest));
          g_assert_cmpfloat (value, >=, least - slack);
          g_assert_cmpfloat (value, <=, greatest + slack);
        }
    }
}

static void
test_steps (void)
{
  g_assert_cmpuint (ut_smooth_steps (0), ==, 1);
  g_assert_cmpuint (ut_smooth_steps (0.98), ==, 50);
  g_assert_cmpuint (ut_smooth_steps (0.999), ==, 1000);
  g_assert_cmpuint (ut_smooth_steps (ut_smooth_weight (60)), ==, 60);
  g_assert_cmpuint (ut_smooth_steps (1.5), ==, 1000);
  g_assert_cmpuint (ut_smooth_steps (NAN), ==, 1);
  g_assert_cmpfloat (ut_smooth_weight (0.2), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smooth/unbiased", test_unbiased);
  g_test_add_func ("/smooth/formula", test_formula);
  g_test_add_func ("/smooth/not-finite", test_not_finite);
  g_test_add_func ("/smooth/at", test_at);
  g_test_add_func ("/smooth/within", test_within);
  g_test_add_func ("/smooth/steps", test_steps);
  return g_test_run ();
}
