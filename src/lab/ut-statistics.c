/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-statistics.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <ut-nn-random.h>

#define PROBABILITY 0.95
/* The quantile of the normal distribution that 0.975 stay below. */
#define NORMAL_QUANTILE 1.959963984540054
#define LOG_SQRT_2PI 0.91893853320467274178

static const UtInterval no_interval = { NAN, NAN };

/* Logarithms of probabilities. Differences of lgamma() lose as many digits as the numbers are large:
 * Loader 2000, "Fast and Accurate Computation of Binomial Probabilities", takes apart what cancels. */

/* log n! less Stirling's formula for it; @n from 0. Loader's equation 2. */
static double
get_stirling_error (double n)
{
  static const double coefficients[] = {
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156,
  };
  double inverse = 1 / n;
  double sum = 0;

  if (n < 16)
    {
      int sign;

      return n > 0 ? lgamma_r (n + 1, &sign) - (n + 0.5) * log (n) + n - LOG_SQRT_2PI : 0;
    }

  for (gsize i = G_N_ELEMENTS (coefficients); i-- > 0;)
    sum = sum * inverse * inverse + coefficients[i];
  return sum * inverse;
}

/* x log (x / mean) + mean − x, exact where both are near each other: Loader's section 3. */
static double
get_deviance (double x,
              double mean)
{
  if (x == 0)
    return mean;
  if (fabs (x - mean) >= 0.1 * (x + mean))
    return x * log (x / mean) + mean - x;

  double v = (x - mean) / (x + mean);
  double sum = (x - mean) * v;
  double term = 2 * x * v;

  for (int j = 1;; j++)
    {
      term *= v * v;

      double next = sum + term / (2 * j + 1);

      if (next == sum)
        return sum;
      sum = next;
    }
}

/* The probability of @x of @n, each of which has @p, or 1 − p = @q; for any numbers from 0. */
static double
get_binomial (double x,
              double n,
              double p,
              double q)
{
  if (x == 0)
    return n == 0 ? 1 : exp (p < 0.1 ? -get_deviance (n, n * q) - n * p : n * log (q));
  if (x == n)
    return exp (q < 0.1 ? -get_deviance (n, n * p) - n * q : n * log (p));

  double exponent = get_stirling_error (n) - get_stirling_error (x) - get_stirling_error (n - x)
                    - get_deviance (x, n * p) - get_deviance (n - x, n * q);

  return exp (exponent) * sqrt (n / (2 * G_PI * x * (n - x)));
}

/* Means */

double
ut_mean_quantile (gsize n)
{
  return n < 2 ? NAN : ut_t_quantile ((1 + PROBABILITY) / 2, (double) (n - 1));
}

UtMean
ut_mean (const double *values,
         gsize         n)
{
  return ut_mean_by (values, n, ut_mean_quantile (n));
}

UtMean
ut_mean_by (const double *values,
            gsize         n,
            double        quantile)
{
  UtMean mean = { n, NAN, NAN, no_interval };
  double sum = 0;
  double squares = 0;

  if (n == 0)
    return mean;
  g_return_val_if_fail (values != NULL, mean);

  for (gsize i = 0; i < n; i++)
    sum += values[i];
  mean.mean = sum / (double) n;
  /* The same numbers must not vary by rounding. */
  for (gsize i = 1; i < n && values[i] == values[0]; i++)
    if (i == n - 1)
      mean.mean = values[0];
  if (!isfinite (mean.mean))
    mean.mean = NAN;
  if (n < 2 || isnan (mean.mean))
    return mean;

  for (gsize i = 0; i < n; i++)
    squares += (values[i] - mean.mean) * (values[i] - mean.mean);
  mean.deviation = sqrt (squares / (double) (n - 1));

  double half = quantile * mean.deviation / sqrt ((double) n);

  mean.interval = (UtInterval) { mean.mean - half, mean.mean + half };
  return mean;
}

/* Shares of rows */

UtInterval
ut_wilson_interval (guint64 n_right,
                    guint64 n)
{
  g_return_val_if_fail (n_right <= n, no_interval);

  if (n == 0)
    return no_interval;

  double rows = (double) n;
  double share = (double) n_right / rows;
  double z2 = NORMAL_QUANTILE * NORMAL_QUANTILE;
  double centre = (share + z2 / (2 * rows)) / (1 + z2 / rows);
  double half = NORMAL_QUANTILE / (1 + z2 / rows)
                * sqrt (share * (1 - share) / rows + z2 / (4 * rows * rows));

  /* At the ends both terms are the same but for rounding. */
  return (UtInterval) {
    n_right == 0 ? 0 : MAX (0, centre - half),
    n_right == n ? 1 : MIN (1, centre + half),
  };
}

double
ut_mcnemar_p (const UtAgreement *agreement)
{
  g_return_val_if_fail (agreement != NULL, NAN);

  double fewer = (double) MIN (agreement->n_first, agreement->n_second);
  double n = (double) agreement->n_first + (double) agreement->n_second;

  if (agreement->n_first == agreement->n_second)
    return 1;

  /* From the greatest term down, as far as they count. */
  double term = 1;
  double sum = 1;

  for (double k = fewer; k > 0 && term > sum * DBL_EPSILON / 4; k--)
    {
      term *= k / (n - k + 1);
      sum += term;
    }
  return MIN (1, 2 * get_binomial (fewer, n, 0.5, 0.5) * sum);
}

/* Bootstrap */

/* One purpose of random numbers of its own; the seed is fixed. */
static const UtNnRandom bootstrap_random = { 20260710, UINT64_C (0x0800000000) };

/* A binomial number by inversion, its first terms being summed up: Kachitvichyanukul and Schmeiser
 * 1988, algorithm BINV. For few expected ones. */
static guint64
draw_few (guint64  n,
          double   p,
          guint64 *counter)
{
  double ratio = p / (1 - p);
  double term = exp ((double) n * log1p (-p));
  double rest = ut_nn_random_uniform (bootstrap_random, (*counter)++);
  guint64 k = 0;

  while (rest > term && k < n)
    {
      rest -= term;
      k++;
      term *= ratio * ((double) (n - k + 1) / (double) k);
    }
  return k;
}

/* Likewise by rejection from a transformed uniform number: Hörmann 1993, "The Generation of Binomial
 * Random Variates", algorithm BTRS. For an expectation from 10. */
static guint64
draw_many (guint64  n,
           double   p,
           guint64 *counter)
{
  double size = (double) n;
  double spread = sqrt (size * p * (1 - p));
  double b = 1.15 + 2.53 * spread;
  double a = -0.0873 + 0.0248 * b + 0.01 * p;
  double centre = size * p + 0.5;
  double alpha = (2.83 + 5.1 / b) * spread;
  double squeeze = 0.92 - 4.2 / b;
  double at_mode = get_binomial (floor ((size + 1) * p), size, p, 1 - p);

  for (;;)
    {
      double u = ut_nn_random_uniform (bootstrap_random, (*counter)++) - 0.5;
      double v = ut_nn_random_uniform (bootstrap_random, (*counter)++);
      double margin = 0.5 - fabs (u);
      double k = floor ((2 * a / margin + b) * u + centre);

      if (k < 0 || k > size)
        continue;
      if (margin >= 0.07 && v <= squeeze)
        return (guint64) k;
      if (v * alpha / (a / (margin * margin) + b) <= get_binomial (k, size, p, 1 - p) / at_mode)
        return (guint64) k;
    }
}

static guint64
draw_binomial (guint64  n,
               double   p,
               guint64 *counter)
{
  if (n == 0 || p <= 0)
    return 0;
  if (p >= 1)
    return n;
  if (p > 0.5)
    return n - draw_binomial (n, 1 - p, counter);

  return (double) n * p < 10 ? draw_few (n, p, counter) : draw_many (n, p, counter);
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* Between the two sorted values that lie around it, as definition 7 of Hyndman and Fan 1996. */
static double
get_percentile (const double *sorted,
                gsize         n,
                double        share)
{
  double place = share * (double) (n - 1);
  gsize below = (gsize) place;
  gsize above = MIN (below + 1, n - 1);

  return sorted[below] + (place - (double) below) * (sorted[above] - sorted[below]);
}

UtInterval
ut_bootstrap_difference (const UtAgreement *agreement)
{
  g_return_val_if_fail (agreement != NULL, no_interval);

  /* One order of the two, so that the other gives the negative. */
  gboolean swapped = agreement->n_first < agreement->n_second;
  guint64 n_more = MAX (agreement->n_first, agreement->n_second);
  guint64 n_differ = agreement->n_first + agreement->n_second;
  guint64 n = n_differ + agreement->n_both + agreement->n_neither;
  guint64 counter = 0;

  if (n == 0)
    return no_interval;
  if (n_differ == 0)
    return (UtInterval) { 0, 0 };

  g_autofree double *differences = g_new (double, UT_BOOTSTRAP_DRAWS);

  for (gsize i = 0; i < UT_BOOTSTRAP_DRAWS; i++)
    {
      guint64 differ = draw_binomial (n, (double) n_differ / (double) n, &counter);
      guint64 more = draw_binomial (differ, (double) n_more / (double) n_differ, &counter);

      differences[i] = (2 * (double) more - (double) differ) / (double) n;
    }
  qsort (differences, UT_BOOTSTRAP_DRAWS, sizeof *differences, compare_doubles);

  double low = get_percentile (differences, UT_BOOTSTRAP_DRAWS, (1 - PROBABILITY) / 2);
  double high = get_percentile (differences, UT_BOOTSTRAP_DRAWS, (1 + PROBABILITY) / 2);

  return swapped ? (UtInterval) { -high, -low } : (UtInterval) { low, high };
}

/* Student's t */

/* The continued fraction of DLMF 8.17.22, by the modified method of Lentz (Thompson and Barnett
 * 1986); it converges fast where x < (a + 1) / (a + b + 2). */
static double
get_beta_fraction (double a,
                   double b,
                   double x)
{
  const double tiny = 1e-300;
  double c = 1;
  double d = 1 - (a + b) * x / (a + 1);

  d = 1 / (fabs (d) < tiny ? tiny : d);

  double value = d;

  for (int m = 1; m < 100000; m++)
    {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));

      d = 1 + even * d;
      d = 1 / (fabs (d) < tiny ? tiny : d);
      c = 1 + even / c;
      c = fabs (c) < tiny ? tiny : c;
      value *= d * c;

      d = 1 + odd * d;
      d = 1 / (fabs (d) < tiny ? tiny : d);
      c = 1 + odd / c;
      c = fabs (c) < tiny ? tiny : c;
      value *= d * c;

      if (fabs (d * c - 1) < 2 * DBL_EPSILON)
        break;
    }
  return value;
}

/* Of @x and its complement @y = 1 − x, either of which may be too near 0 for the other to tell. */
static double
get_beta (double a,
          double b,
          double x,
          double y)
{
  if (x <= 0)
    return 0;
  if (y <= 0)
    return 1;

  /* x^a y^b / B (a, b) */
  double factor = a * b / (a + b) * get_binomial (a, a + b, x, y);

  return x < (a + 1) / (a + b + 2) ? factor * get_beta_fraction (a, b, x) / a
                                   : 1 - factor * get_beta_fraction (b, a, y) / b;
}

double
ut_beta (double a,
         double b,
         double x)
{
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1) || !isfinite (a) || !isfinite (b))
    return NAN;

  return get_beta (a, b, x, 1 - x);
}

double
ut_t_p (double t,
        double df)
{
  if (!(df > 0) || !isfinite (df) || isnan (t))
    return NAN;
  if (isinf (t))
    return 0;

  /* DLMF 8.17 (i) and Abramowitz and Stegun 26.7.1; scaled, for t² may be too large a number. */
  double ratio = fabs (t) / sqrt (df);
  double x = ratio > 1 ? 1 / ratio / ratio / (1 + 1 / ratio / ratio) : 1 / (1 + ratio * ratio);
  double y = ratio > 1 ? 1 / (1 + 1 / ratio / ratio) : ratio * ratio / (1 + ratio * ratio);

  return get_beta (df / 2, 0.5, x, y);
}

double
ut_t_quantile (double probability,
               double df)
{
  if (!(probability >= 0 && probability <= 1 && df > 0) || !isfinite (df))
    return NAN;
  if (probability == 0.5)
    return 0;
  if (probability == 0 || probability == 1)
    return probability == 0 ? -INFINITY : INFINITY;

  /* What lies beyond it on both sides; the bounds are halved until nothing lies between them. */
  double p = 2 * MIN (probability, 1 - probability);
  double low = 0;
  double high = 1;

  while (ut_t_p (high, df) > p && high < DBL_MAX / 2)
    {
      low = high;
      high *= 2;
    }
  for (;;)
    {
      double middle = low + (high - low) / 2;

      if (middle <= low || middle >= high)
        break;
      if (ut_t_p (middle, df) > p)
        low = middle;
      else
        high = middle;
    }
  return probability < 0.5 ? -high : high;
}

/* What follows from the difference, its standard error and the degrees of freedom. */
static void
finish_t_test (double   difference,
               double   standard_error,
               double   df,
               UtTTest *test)
{
  double half = standard_error > 0 ? standard_error * ut_t_quantile ((1 + PROBABILITY) / 2, df) : 0;

  *test = (UtTTest) {
    .difference = difference,
    .t = standard_error > 0 ? difference / standard_error
                            : difference == 0 ? 0 : copysign (INFINITY, difference),
    .df = df,
    .interval = { difference - half, difference + half },
  };
  test->p = ut_t_p (test->t, df);
}

static void
clear_t_test (UtTTest *test)
{
  *test = (UtTTest) { NAN, NAN, NAN, NAN, no_interval };
}

gboolean
ut_t_test_paired (const double *first,
                  const double *second,
                  gsize         n,
                  UtTTest      *test)
{
  g_return_val_if_fail (test != NULL, FALSE);

  clear_t_test (test);
  if (n < 2)
    return FALSE;
  g_return_val_if_fail (first != NULL && second != NULL, FALSE);

  g_autofree double *differences = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    differences[i] = first[i] - second[i];

  UtMean mean = ut_mean (differences, n);

  if (!isfinite (mean.deviation))
    return FALSE;

  finish_t_test (mean.mean, mean.deviation / sqrt ((double) n), (double) (n - 1), test);
  return TRUE;
}

gboolean
ut_t_test_welch (const double *first,
                 gsize         n_first,
                 const double *second,
                 gsize         n_second,
                 UtTTest      *test)
{
  g_return_val_if_fail (test != NULL, FALSE);

  clear_t_test (test);
  if (n_first < 2 || n_second < 2)
    return FALSE;

  UtMean means[2] = { ut_mean (first, n_first), ut_mean (second, n_second) };

  if (!isfinite (means[0].deviation) || !isfinite (means[1].deviation))
    return FALSE;

  /* Scaled by the greater one: squares of tiny numbers may vanish. */
  double greater = MAX (means[0].deviation, means[1].deviation);
  double a = greater > 0 ? means[0].deviation / greater : 0;
  double b = greater > 0 ? means[1].deviation / greater : 0;

  a = a * a / (double) n_first;
  b = b * b / (double) n_second;

  double df = greater > 0 ? (a + b) * (a + b)
                            / (a * a / (double) (n_first - 1) + b * b / (double) (n_second - 1))
                          : (double) (n_first + n_second - 2);

  finish_t_test (means[0].mean - means[1].mean, greater * sqrt (a + b), df, test);
  return TRUE;
}

/* Several tests */

static int
compare_p (gconstpointer a,
           gconstpointer b,
           gpointer      data)
{
  const double *p = data;
  gsize first = *(const gsize *) a;
  gsize second = *(const gsize *) b;

  return p[first] < p[second] ? -1 : p[first] > p[second];
}

void
ut_holm (double *p,
         gsize   n)
{
  g_return_if_fail (p != NULL || n == 0);

  g_autofree gsize *order = g_new (gsize, n);
  gsize n_tests = 0;
  double least = 0;

  for (gsize i = 0; i < n; i++)
    if (!isnan (p[i]))
      order[n_tests++] = i;
  g_qsort_with_data (order, (int) n_tests, sizeof *order, compare_p, p);
  for (gsize i = 0; i < n_tests; i++)
    {
      least = MAX (least, MIN (1, p[order[i]] * (double) (n_tests - i)));
      p[order[i]] = least;
    }
}
