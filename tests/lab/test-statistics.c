/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <math.h>
#include <string.h>
#include <ut-lab.h>

/* Both sides compute in double, by other ways. */
#define RELATIVE 1e-9
/* The end of an interval that lies near 0 is a difference of numbers as large as the interval. */
#define OF_INTERVAL 1e-11

typedef struct
{
  const char *line;  /* for messages */
  GArray *first;     /* (element-type double): the arguments */
  GArray *second;    /* (element-type double): those behind a semicolon */
  GArray *expected;  /* (element-type double) */
} Case;

typedef void (*CheckCase) (const Case *one);

static GArray *
parse_numbers (const char *text)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (double));
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      {
        char *end;
        double number = g_ascii_strtod (parts[i], &end);

        g_assert_cmpint (*end, ==, '\0');
        g_array_append_val (numbers, number);
      }
  return numbers;
}

static double
get (GArray *numbers,
     guint   place)
{
  g_assert_cmpuint (place, <, numbers->len);
  return g_array_index (numbers, double, place);
}

static guint64
get_count (const Case *one,
           guint       place)
{
  return (guint64) get (one->first, place);
}

static void
assert_near (const Case *one,
             const char *what,
             double      found,
             double      expected,
             double      slack)
{
  double difference = fabs (found - expected);

  if (found == expected || difference <= RELATIVE * fabs (expected) + slack)
    return;

  g_test_message ("%s", one->line);
  g_test_message ("%s: %.17g instead of %.17g: %g off, relative %g", what, found, expected, difference,
                  difference / fabs (expected));
  g_test_fail ();
}

static void
assert_interval (const Case *one,
                 UtInterval  interval,
                 guint       place)
{
  double low = get (one->expected, place);
  double high = get (one->expected, place + 1);
  double slack = OF_INTERVAL * (fabs (low) + fabs (high));

  assert_near (one, "low", interval.low, low, slack);
  assert_near (one, "high", interval.high, high, slack);
}

static void
check_golden (const char *name,
              CheckCase   check,
              guint       n_expected)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "lab", "statistics-golden.tsv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint n_cases = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

      if (g_strv_length (fields) != 3 || !g_str_equal (fields[0], name))
        continue;

      g_auto (GStrv) parts = g_strsplit (fields[1], ";", -1);
      Case one = { lines[i], parse_numbers (parts[0]),
                   parse_numbers (parts[1] != NULL ? parts[1] : ""), parse_numbers (fields[2]) };

      check (&one);
      n_cases++;
      g_array_unref (one.first);
      g_array_unref (one.second);
      g_array_unref (one.expected);
    }
  g_assert_cmpuint (n_cases, ==, n_expected);
}

static void
check_mcnemar (const Case *one)
{
  UtAgreement agreement = { 17, get_count (one, 0), get_count (one, 1), 4 };
  UtAgreement swapped = { 0, agreement.n_second, agreement.n_first, 0 };
  double p = ut_mcnemar_p (&agreement);

  assert_near (one, "p", p, get (one->expected, 0), 0);
  g_assert_cmpfloat (p, >=, 0);
  g_assert_cmpfloat (p, <=, 1);
  /* Only rows on which one alone is right count, and neither model comes first. */
  g_assert_cmpfloat (ut_mcnemar_p (&swapped), ==, p);
}

static void
test_mcnemar (void)
{
  g_test_summary ("McNemar's exact test gives what SciPy's binomial test does, up to a million rows");

  check_golden ("mcnemar", check_mcnemar, 28);
}

static void
check_wilson (const Case *one)
{
  assert_interval (one, ut_wilson_interval (get_count (one, 0), get_count (one, 1)), 0);
}

static void
test_wilson (void)
{
  g_test_summary ("Wilson's interval is that of SciPy, and stays within 0 and 1");

  check_golden ("wilson", check_wilson, 16);

  UtInterval none = ut_wilson_interval (0, 0);

  g_assert_true (isnan (none.low) && isnan (none.high));
  for (guint64 n = 1; n < 40; n++)
    for (guint64 right = 0; right <= n; right++)
      {
        UtInterval interval = ut_wilson_interval (right, n);
        double share = (double) right / (double) n;

        g_assert_true (interval.low >= 0 && interval.low <= share);
        g_assert_true (interval.high <= 1 && interval.high >= share);
      }
}

static void
check_t_p (const Case *one)
{
  assert_near (one, "p", ut_t_p (get (one->first, 0), get (one->first, 1)), get (one->expected, 0), 0);
  assert_near (one, "p of −t", ut_t_p (-get (one->first, 0), get (one->first, 1)),
               get (one->expected, 0), 0);
}

static void
check_t_quantile (const Case *one)
{
  double probability = get (one->first, 0);
  double df = get (one->first, 1);
  double quantile = ut_t_quantile (probability, df);

  assert_near (one, "quantile", quantile, get (one->expected, 0), 1e-10);
  if (probability > 0.501)
    g_assert_cmpfloat_with_epsilon (ut_t_p (quantile, df), 2 * (1 - probability), 1e-10);
}

static void
check_beta (const Case *one)
{
  assert_near (one, "I", ut_beta (get (one->first, 0), get (one->first, 1), get (one->first, 2)),
               get (one->expected, 0), 0);
}

static void
test_distributions (void)
{
  g_test_summary ("Student's t and the incomplete beta function are those of SciPy");

  check_golden ("t_p", check_t_p, 140);
  check_golden ("t_quantile", check_t_quantile, 140);
  check_golden ("beta", check_beta, 280);
}

static void
test_distributions_of_nothing (void)
{
  g_test_summary ("Where a distribution is not defined it is not a number; at its ends it is");

  g_assert_true (isnan (ut_t_p (1, 0)));
  g_assert_true (isnan (ut_t_p (1, -3)));
  g_assert_true (isnan (ut_t_p (NAN, 3)));
  g_assert_true (isnan (ut_t_p (1, NAN)));
  g_assert_cmpfloat (ut_t_p (INFINITY, 3), ==, 0);
  g_assert_cmpfloat (ut_t_p (0, 3), ==, 1);
  g_assert_cmpfloat (ut_t_p (1e300, 3), ==, 0);
  g_assert_true (isnan (ut_t_quantile (0.9, 0)));
  g_assert_true (isnan (ut_t_quantile (NAN, 3)));
  g_assert_true (isnan (ut_t_quantile (1.1, 3)));
  g_assert_cmpfloat (ut_t_quantile (0.5, 3), ==, 0);
  g_assert_cmpfloat (ut_t_quantile (1, 3), ==, INFINITY);
  g_assert_cmpfloat (ut_t_quantile (0, 3), ==, -INFINITY);
  g_assert_true (isnan (ut_beta (0, 1, 0.5)));
  g_assert_true (isnan (ut_beta (1, 1, 1.5)));
  g_assert_true (isnan (ut_beta (1, NAN, 0.5)));
}

static void
check_test (const Case    *one,
            const UtTTest *test)
{
  double scale = fabs (get (one->expected, 4)) + fabs (get (one->expected, 5));

  assert_near (one, "difference", test->difference, get (one->expected, 0), OF_INTERVAL * scale);
  assert_near (one, "t", test->t, get (one->expected, 1), 1e-9);
  assert_near (one, "df", test->df, get (one->expected, 2), 0);
  assert_near (one, "p", test->p, get (one->expected, 3), 1e-15);
  assert_interval (one, test->interval, 4);
}

static void
check_paired (const Case *one)
{
  UtTTest test, swapped;
  const double *first = (const double *) (void *) one->first->data;
  const double *second = (const double *) (void *) one->second->data;

  g_assert_true (ut_t_test_paired (first, second, one->first->len, &test));
  check_test (one, &test);
  g_assert_true (ut_t_test_paired (second, first, one->first->len, &swapped));
  g_assert_cmpfloat (swapped.p, ==, test.p);
  g_assert_cmpfloat (swapped.difference, ==, -test.difference);
  g_assert_cmpfloat (swapped.interval.low, ==, -test.interval.high);
}

static void
check_welch (const Case *one)
{
  UtTTest test, swapped;
  const double *first = (const double *) (void *) one->first->data;
  const double *second = (const double *) (void *) one->second->data;

  g_assert_true (ut_t_test_welch (first, one->first->len, second, one->second->len, &test));
  check_test (one, &test);
  g_assert_true (ut_t_test_welch (second, one->second->len, first, one->first->len, &swapped));
  g_assert_cmpfloat_with_epsilon (swapped.p, test.p, 1e-12);
  g_assert_cmpfloat (swapped.difference, ==, -test.difference);
}

static void
check_mean (const Case *one)
{
  UtMean mean = ut_mean ((const double *) (void *) one->first->data, one->first->len);

  g_assert_cmpuint (mean.n, ==, one->first->len);
  assert_near (one, "mean", mean.mean, get (one->expected, 0), 0);
  assert_near (one, "deviation", mean.deviation, get (one->expected, 1), 0);
  assert_interval (one, mean.interval, 2);
}

static void
test_t_tests (void)
{
  g_test_summary ("The paired test, Welch's and the interval of a mean are those of SciPy");

  check_golden ("paired", check_paired, 24);
  check_golden ("welch", check_welch, 27);
  check_golden ("mean", check_mean, 24);
}

static void
test_means_of_little (void)
{
  static const double same[] = { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 };
  static const double broken[] = { 0.1, NAN, 0.3 };
  static const double endless[] = { 0.1, INFINITY };
  UtMean mean;

  g_test_summary ("No number has no mean, one has no deviation, and the same ones have none but 0");

  mean = ut_mean (NULL, 0);
  g_assert_cmpuint (mean.n, ==, 0);
  g_assert_true (isnan (mean.mean) && isnan (mean.deviation) && isnan (mean.interval.low));
  mean = ut_mean (same, 1);
  g_assert_cmpfloat (mean.mean, ==, 0.1);
  g_assert_true (isnan (mean.deviation) && isnan (mean.interval.low) && isnan (mean.interval.high));
  for (gsize n = 2; n <= G_N_ELEMENTS (same); n++)
    {
      mean = ut_mean (same, n);
      g_assert_cmpfloat (mean.mean, ==, 0.1);
      g_assert_cmpfloat (mean.deviation, ==, 0);
      g_assert_cmpfloat (mean.interval.low, ==, 0.1);
      g_assert_cmpfloat (mean.interval.high, ==, 0.1);
    }
  mean = ut_mean (broken, G_N_ELEMENTS (broken));
  g_assert_true (isnan (mean.mean) && isnan (mean.deviation));
  mean = ut_mean (endless, G_N_ELEMENTS (endless));
  g_assert_true (isnan (mean.mean) && isnan (mean.deviation));
}

static void
test_t_tests_of_little (void)
{
  static const double same[] = { 0.5, 0.5, 0.5 };
  static const double more[] = { 0.75, 0.75, 0.75 };
  static const double spread[] = { 0.5, 0.75, 1 };
  static const double broken[] = { 0.5, NAN, 0.7 };
  UtTTest test;

  g_test_summary ("Without spread p is 0 or 1; too few numbers, or such as are none, have no test");

  g_assert_false (ut_t_test_paired (same, more, 1, &test));
  g_assert_true (isnan (test.p) && isnan (test.difference) && isnan (test.interval.low));
  g_assert_false (ut_t_test_paired (same, broken, 3, &test));
  g_assert_true (isnan (test.p));
  g_assert_false (ut_t_test_welch (same, 1, spread, 3, &test));
  g_assert_false (ut_t_test_welch (spread, 3, same, 1, &test));
  g_assert_false (ut_t_test_welch (spread, 3, broken, 3, &test));
  g_assert_true (isnan (test.p));
  g_assert_false (ut_t_test_welch (NULL, 0, NULL, 0, &test));

  g_assert_true (ut_t_test_paired (same, same, 3, &test));
  g_assert_cmpfloat (test.p, ==, 1);
  g_assert_cmpfloat (test.t, ==, 0);
  g_assert_true (ut_t_test_paired (same, more, 3, &test));
  g_assert_cmpfloat (test.p, ==, 0);
  g_assert_cmpfloat (test.t, ==, -INFINITY);
  g_assert_cmpfloat (test.interval.low, ==, -0.25);
  g_assert_cmpfloat (test.interval.high, ==, -0.25);
  g_assert_true (ut_t_test_welch (more, 3, same, 2, &test));
  g_assert_cmpfloat (test.p, ==, 0);
  g_assert_cmpfloat (test.t, ==, INFINITY);
  g_assert_cmpfloat (test.df, ==, 3);
  g_assert_true (ut_t_test_welch (same, 2, same, 3, &test));
  g_assert_cmpfloat (test.p, ==, 1);
}

static void
check_bootstrap (const Case *one)
{
  UtAgreement agreement = { get_count (one, 0), get_count (one, 1), get_count (one, 2),
                            get_count (one, 3) };
  UtInterval interval = ut_bootstrap_difference (&agreement);
  double slack = get (one->expected, 2);

  assert_near (one, "low", interval.low, get (one->expected, 0), slack);
  assert_near (one, "high", interval.high, get (one->expected, 1), slack);
}

static void
test_bootstrap (void)
{
  g_test_summary ("Drawing how many rows of each kind there are is as drawing the rows themselves");

  check_golden ("bootstrap", check_bootstrap, 8);
}

static void
test_bootstrap_properties (void)
{
  UtAgreement none = { 0, 0, 0, 0 };
  UtAgreement only_first = { 0, 40, 0, 0 };
  UtAgreement large = { 600000, 130000, 129000, 141000 };
  UtInterval interval = ut_bootstrap_difference (&none);

  g_test_summary ("An interval comes out again, is negative for the other order, and lies as normal "
                  "theory has it where there are many rows");

  g_assert_true (isnan (interval.low) && isnan (interval.high));
  interval = ut_bootstrap_difference (&only_first);
  g_assert_cmpfloat (interval.low, ==, 1);
  g_assert_cmpfloat (interval.high, ==, 1);

  for (guint64 first = 0; first < 30; first += 7)
    for (guint64 second = 0; second < 30; second += 6)
      {
        UtAgreement agreement = { 50, first, second, 5 };
        UtAgreement swapped = { 50, second, first, 5 };
        UtAgreement same = { 5, first, second, 50 };
        UtInterval one = ut_bootstrap_difference (&agreement);
        UtInterval again = ut_bootstrap_difference (&agreement);
        UtInterval other = ut_bootstrap_difference (&swapped);
        UtInterval rest = ut_bootstrap_difference (&same);
        double difference = ((double) first - (double) second) / (double) (55 + first + second);

        g_assert_cmpfloat (one.low, ==, again.low);
        g_assert_cmpfloat (one.high, ==, again.high);
        g_assert_cmpfloat (rest.low, ==, one.low);
        g_assert_cmpfloat (rest.high, ==, one.high);
        if (first != second)
          {
            g_assert_cmpfloat (other.low, ==, -one.high);
            g_assert_cmpfloat (other.high, ==, -one.low);
          }
        g_assert_true (one.low >= -1 && one.high <= 1);
        g_assert_true (one.low <= difference && difference <= one.high);
      }

  double n = 1e6;
  double difference = 1000 / n;
  double half = 1.96 * sqrt ((259000 / n - difference * difference) / n);
  gint64 start = g_get_monotonic_time ();

  interval = ut_bootstrap_difference (&large);
  g_test_message ("a million rows: %.1f ms", (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpfloat_with_epsilon (interval.low, difference - half, 0.05 * half);
  g_assert_cmpfloat_with_epsilon (interval.high, difference + half, 0.05 * half);
}

static void
test_holm (void)
{
  double p[] = { 0.04, 0.01, NAN, 0.03, 0.6 };
  double one[] = { 0.2 };

  g_test_summary ("Holm's correction by hand: the least of four is four times as large");

  ut_holm (p, G_N_ELEMENTS (p));
  g_assert_cmpfloat_with_epsilon (p[1], 0.04, 1e-15);
  g_assert_cmpfloat_with_epsilon (p[3], 0.09, 1e-15);
  /* 0.08 would be less than the one before. */
  g_assert_cmpfloat_with_epsilon (p[0], 0.09, 1e-15);
  g_assert_cmpfloat_with_epsilon (p[4], 0.6, 1e-15);
  g_assert_true (isnan (p[2]));
  ut_holm (one, 1);
  g_assert_cmpfloat (one[0], ==, 0.2);
  ut_holm (NULL, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/lab/statistics/mcnemar", test_mcnemar);
  g_test_add_func ("/lab/statistics/wilson", test_wilson);
  g_test_add_func ("/lab/statistics/distributions", test_distributions);
  g_test_add_func ("/lab/statistics/distributions-of-nothing", test_distributions_of_nothing);
  g_test_add_func ("/lab/statistics/t-tests", test_t_tests);
  g_test_add_func ("/lab/statistics/means-of-little", test_means_of_little);
  g_test_add_func ("/lab/statistics/t-tests-of-little", test_t_tests_of_little);
  g_test_add_func ("/lab/statistics/bootstrap", test_bootstrap);
  g_test_add_func ("/lab/statistics/bootstrap-properties", test_bootstrap_properties);
  g_test_add_func ("/lab/statistics/holm", test_holm);

  return g_test_run ();
}
