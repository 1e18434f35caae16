/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <math.h>
#include <ut-band.h>

static void
test_mean (void)
{
  const double values[] = { 2, NAN, 4, 4, INFINITY, 4, 5, 5, 7, 9 };
  UtSpread mean;

  ut_spread_init (&mean, values, G_N_ELEMENTS (values));
  g_assert_cmpuint (mean.n, ==, 8);
  g_assert_cmpfloat (mean.mean, ==, 5);
  /* 32 / 7 is the variance of the sample. */
  g_assert_cmpfloat_with_epsilon (mean.deviation, sqrt (32.0 / 7), 1e-12);
  /* 2.364624 is the 0.975 quantile of t with 7 degrees of freedom. */
  g_assert_cmpfloat_with_epsilon (ut_spread_interval (&mean), 2.364624 * sqrt (32.0 / 7 / 8), 1e-4);

  ut_spread_init (&mean, values, 1);
  g_assert_cmpfloat (mean.deviation, ==, 0);
  g_assert_cmpfloat (ut_spread_interval (&mean), ==, 0);
  ut_spread_init (&mean, values + 1, 1);
  g_assert_true (isnan (mean.mean));
  g_assert_cmpuint (mean.n, ==, 0);
}

static void
test_quantiles (void)
{
  /* From SciPy 1.10: t.ppf(0.975, df). */
  const struct
  {
    gsize  n;
    double quantile;
  } cases[] = { { 2, 12.706205 }, { 6, 2.570582 }, { 31, 2.042272 }, { 32, 2.039513 },
                { 41, 2.021075 }, { 101, 1.983972 }, { 1001, 1.962339 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const UtSpread mean = { .mean = 0, .deviation = 1, .n = cases[i].n };
      g_assert_cmpfloat_with_epsilon (ut_spread_interval (&mean) * sqrt ((double) cases[i].n),
                                      cases[i].quantile, 1e-4);
    }
}

#define COLUMNS 97
#define POINTS 700
#define MEMBERS 5

static double
draw_value (GRand *rand)
{
  switch (g_rand_int_range (rand, 0, 40))
    {
    case 0:
      return NAN;
    case 1:
      return INFINITY;
    case 2:
      return -INFINITY;
    default:
      return g_rand_double_range (rand, -10, 10);
    }
}

static void
test_within (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  g_test_summary (
      "A mean of lines lies between the least and the greatest of them, and so does its "
      "band within what they can vary by");
  for (int round = 0; round < 60; round++)
    {
      UtDecimator members[MEMBERS] = { { 0 } };
      const UtDecimator *pointers[MEMBERS];
      g_auto (UtDecimator) band = { 0 };
      double x[POINTS], y[POINTS];
      double first = g_rand_double_range (rand, 0, 100),
             last = first + g_rand_double_range (rand, 1, 600);
      double least = INFINITY, greatest = -INFINITY;

      for (gsize k = 0; k < MEMBERS; k++)
        {
          gsize n = (gsize) g_rand_int_range (rand, 1, POINTS);
          for (gsize i = 0; i < n; i++)
            {
              x[i] = (double) i + 1;
              y[i] = draw_value (rand);
            }
          ut_decimator_prepare (&members[k], first, last, COLUMNS, FALSE, round % 2 == 0 ? 0.9 : 0);
          ut_decimator_update (&members[k], x, y, n);
          pointers[k] = &members[k];
          const UtColumn *ends[] = { &members[k].before, &members[k].after };
          for (gsize i = 0; i < COLUMNS + 2; i++)
            {
              const UtColumn *at = i < COLUMNS ? &members[k].columns[i] : ends[i - COLUMNS];
              if (!isnan (at->smooth))
                {
                  least = MIN (least, at->smooth);
                  greatest = MAX (greatest, at->smooth);
                }
            }
        }
      ut_band_fold (&band, pointers, MEMBERS, FALSE);
      for (gsize i = 0; i < COLUMNS; i++)
        {
          const UtColumn *at = &band.columns[i];
          if (isnan (at->x))
            continue;
          g_assert_cmpfloat (at->smooth, >=, least);
          g_assert_cmpfloat (at->smooth, <=, greatest);
          g_assert_cmpfloat (at->low, <=, at->smooth);
          g_assert_cmpfloat (at->high, >=, at->smooth);
          /* No sample of range r has a deviation of more than r / sqrt 2. */
          g_assert_cmpfloat (at->high - at->low, <=, 2 * (greatest - least) / sqrt (2) + 1e-9);
        }
      for (gsize k = 0; k < MEMBERS; k++)
        ut_decimator_clear (&members[k]);
    }
}

static void
test_same (void)
{
  UtDecimator members[2] = { { 0 } };
  const UtDecimator *pointers[] = { &members[0], &members[1] };
  g_auto (UtDecimator) band = { 0 };
  const double x[] = { 0, 50, 100 }, y[] = { 1, 2, 3 }, above[] = { 3, 4, 5 };

  g_test_summary ("Between points a line is straight, and the band is what the lines are apart");
  for (int k = 0; k < 2; k++)
    {
      ut_decimator_prepare (&members[k], 0, 100, 10, FALSE, 0);
      ut_decimator_update (&members[k], x, k == 0 ? y : above, 3);
    }
  ut_band_fold (&band, pointers, 2, FALSE);
  /* The column from 20 to 30 has its middle at 25. */
  g_assert_cmpfloat_with_epsilon (band.columns[2].smooth, 2.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (band.columns[2].high - band.columns[2].smooth, sqrt (2), 1e-9);
  g_assert_cmpfloat_with_epsilon (band.columns[5].smooth, 3, 1e-9);
  for (int k = 0; k < 2; k++)
    ut_decimator_clear (&members[k]);
}

static void
test_lengths (void)
{
  UtDecimator members[2] = { { 0 } };
  const UtDecimator *pointers[] = { &members[0], &members[1] };
  g_auto (UtDecimator) band = { 0 };
  const double x[] = { 5, 15, 25, 35 }, low[] = { 1, 1, 1, 1 }, high[] = { 3, 3, 3, 3 };

  g_test_summary ("Where one line has ended the mean is of the others");
  for (int k = 0; k < 2; k++)
    {
      ut_decimator_prepare (&members[k], 0, 40, 4, FALSE, 0);
      ut_decimator_update (&members[k], x, k == 0 ? low : high, k == 0 ? 2 : 4);
    }
  ut_band_fold (&band, pointers, 2, TRUE);
  g_assert_cmpfloat (band.columns[1].smooth, ==, 2);
  g_assert_cmpfloat (band.columns[2].smooth, ==, 3);
  g_assert_cmpfloat (band.columns[2].high, ==, 3);
  for (int k = 0; k < 2; k++)
    ut_decimator_clear (&members[k]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spread/mean", test_mean);
  g_test_add_func ("/spread/quantiles", test_quantiles);
  g_test_add_func ("/spread/within", test_within);
  g_test_add_func ("/spread/same", test_same);
  g_test_add_func ("/spread/lengths", test_lengths);
  return g_test_run ();
}
