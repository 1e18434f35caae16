/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <math.h>
#include <ut-ticks.h>

static void
assert_ticks (double      low,
              double      high,
              gboolean    log_scale,
              double      length,
              double      distance,
              const char *expected)
{
  UtScale scale;
  UtTicks ticks;
  g_autoptr (GString) text = g_string_new (NULL);

  ut_scale_init (&scale, low, high, 0, length, log_scale);
  ut_ticks_init (&ticks, &scale, distance);
  for (gsize i = 0; i < ticks.n; i++)
    {
      g_autofree char *label = ut_ticks_format (&ticks, ticks.values[i]);
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", label);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_step (void)
{
  g_assert_cmpfloat_with_epsilon (ut_ticks_step (10, 10), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (ut_ticks_step (10, 9), 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (ut_ticks_step (1, 4), 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (ut_ticks_step (6, 1), 10, 1e-12);
  g_assert_cmpfloat_with_epsilon (ut_ticks_step (3e-7, 3), 1e-7, 1e-18);
}

static void
test_linear (void)
{
  assert_ticks (0, 1, FALSE, 200, 40, "0.0 0.2 0.4 0.6 0.8 1.0");
  assert_ticks (0.31, 0.69, FALSE, 200, 40, "0.4 0.5 0.6");
  assert_ticks (-1, 1, FALSE, 100, 40, "-1 0 1");
  assert_ticks (0, 33680, FALSE, 560, 80, "0 5000 10000 15000 20000 25000 30000");
  assert_ticks (0.5, 0.5002, FALSE, 200, 60, "0.5000 0.5001 0.5002");
}

static void
test_log (void)
{
  assert_ticks (0.01, 10, TRUE, 300, 60, "0.01 0.1 1 10");
  assert_ticks (0.05, 2, TRUE, 300, 20, "0.05 0.1 0.2 0.5 1 2");
  assert_ticks (1e-8, 1e4, TRUE, 200, 40, "1e-06 0.001 1 1000");
  g_test_message ("less than a decade has linear steps");
  assert_ticks (0.3, 0.7, TRUE, 200, 40, "0.3 0.4 0.5 0.6 0.7");
}

static void
test_many (void)
{
  g_test_summary ("Any range gives ascending ticks within it, never more than fit");
  static const double lows[] = { 0, -1e300, 1e-300, 1, 123456789.123, -3 };
  static const double spans[] = { 0, 1e-12, 1e-3, 1, 7, 1e9, 1e300 };

  for (gsize i = 0; i < G_N_ELEMENTS (lows); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (spans); j++)
      for (int log_scale = 0; log_scale < 2; log_scale++)
        {
          UtScale scale;
          UtTicks ticks;
          ut_scale_init (&scale, lows[i], lows[i] + spans[j], 0, 500, log_scale);
          ut_ticks_init (&ticks, &scale, 40);
          g_assert_cmpuint (ticks.n, <=, UT_TICKS_MAX);
          double slack = (scale.high - scale.low) * 1e-3;
          for (gsize k = 0; k < ticks.n; k++)
            {
              g_assert_cmpfloat (ticks.values[k], >=, scale.low - slack);
              g_assert_cmpfloat (ticks.values[k], <=, scale.high + slack);
              if (k > 0)
                g_assert_cmpfloat (ticks.values[k], >, ticks.values[k - 1]);
            }
        }
}

static void
assert_widened (double   low,
                double   high,
                gboolean log_scale,
                double   expected_low,
                double   expected_high)
{
  ut_ticks_widen (&low, &high, log_scale, 200, 40);
  g_assert_cmpfloat_with_epsilon (low, expected_low, 1e-9);
  g_assert_cmpfloat_with_epsilon (high, expected_high, 1e-9);
}

static void
test_widen (void)
{
  assert_widened (0.31, 1.27, FALSE, 0.2, 1.4);
  assert_widened (0, 1, FALSE, 0, 1);
  assert_widened (0.0273, 3.1, TRUE, 0.02, 4);
  double low = NAN, high = NAN;
  ut_ticks_widen (&low, &high, FALSE, 200, 40);
  g_assert_true (isfinite (low) && isfinite (high) && low < high);
}

static void
test_value (void)
{
  static const struct
  {
    double      value;
    const char *text;
  } cases[] = {
    { 0, "0.000" },      { 0.83349, "0.833" }, { 12.3456, "12.35" },  { 123.456, "123.5" },
    { 33680, "33680" },  { 1e-5, "1e-05" },    { NAN, "not a number" }, { INFINITY, "∞" },
    { -INFINITY, "−∞" }, { 1e12, "1e+12" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ut_ticks_format_value (cases[i].value);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_place (void)
{
  g_autofree char *whole = ut_ticks_format_place (2105);
  g_autofree char *half = ut_ticks_format_place (2.5);
  g_autofree char *zero = ut_ticks_format_place (0);
  g_autofree char *none = ut_ticks_format_place (NAN);

  g_assert_cmpstr (whole, ==, "2105");
  g_assert_cmpstr (half, ==, "2.500");
  g_assert_cmpstr (zero, ==, "0");
  g_assert_cmpstr (none, ==, "not a number");
}

static void
test_spread (void)
{
  double apart[] = { 10, 80, 40 };
  ut_ticks_spread (apart, 3, 10, 0, 100);
  g_assert_cmpfloat (apart[0], ==, 10);
  g_assert_cmpfloat (apart[1], ==, 80);
  g_assert_cmpfloat (apart[2], ==, 40);

  double close[] = { 52, 50, 48 };
  ut_ticks_spread (close, 3, 10, 0, 100);
  g_assert_cmpfloat_with_epsilon (close[0], 60, 1e-9);
  g_assert_cmpfloat_with_epsilon (close[1], 50, 1e-9);
  g_assert_cmpfloat_with_epsilon (close[2], 40, 1e-9);

  double edge[] = { 0, 0, 99 };
  ut_ticks_spread (edge, 3, 10, 0, 100);
  g_assert_cmpfloat_with_epsilon (edge[0], 5, 1e-9);
  g_assert_cmpfloat_with_epsilon (edge[1], 15, 1e-9);
  g_assert_cmpfloat_with_epsilon (edge[2], 95, 1e-9);

  g_test_message ("too many for the room stand evenly");
  double crowd[] = { 7, 7, 7, 7, 7 };
  ut_ticks_spread (crowd, 5, 10, 0, 20);
  for (gsize i = 0; i < 5; i++)
    g_assert_cmpfloat_with_epsilon (crowd[i], 2 + 4.0 * (double) i, 1e-9);
}

static void
test_time (void)
{
  const struct
  {
    double      high;
    double      step;
    const char *last;
  } cases[] = {
    { 4, 1, "0:04" },        { 55, 10, "0:50" },         { 200, 60, "3:00" },
    { 1700, 300, "25:00" },  { 20000, 3600, "5:00:00" }, { 400000, 86400, "96:00:00" },
  };

  g_test_summary ("Time is in steps that people count in");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      UtScale scale;
      UtTicks ticks;
      ut_scale_init (&scale, 0, cases[i].high, 0, 600, FALSE);
      ut_ticks_init_time (&ticks, &scale, 100);
      g_autofree char *last = ut_ticks_format (&ticks, ticks.values[ticks.n - 1]);
      g_assert_cmpfloat (ticks.step, ==, cases[i].step);
      g_assert_cmpstr (last, ==, cases[i].last);
      g_assert_cmpuint (ticks.n, <=, 7);
    }
  UtScale scale;
  UtTicks ticks;
  ut_scale_init (&scale, 0, 1, 0, 600, FALSE);
  ut_ticks_init_time (&ticks, &scale, 100);
  g_autofree char *part = ut_ticks_format (&ticks, ticks.values[1]);
  g_assert_cmpstr (part, ==, "0.2 s");
  g_autofree char *place = ut_ticks_format_time (2.345);
  g_assert_cmpstr (place, ==, "2.35 s");
  g_autofree char *long_time = ut_ticks_format_time (7265);
  g_assert_cmpstr (long_time, ==, "2:01:05");
  g_autofree char *nothing = ut_ticks_format_time (NAN);
  g_assert_cmpstr (nothing, ==, "not a number");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ticks/step", test_step);
  g_test_add_func ("/ticks/linear", test_linear);
  g_test_add_func ("/ticks/log", test_log);
  g_test_add_func ("/ticks/many", test_many);
  g_test_add_func ("/ticks/widen", test_widen);
  g_test_add_func ("/ticks/value", test_value);
  g_test_add_func ("/ticks/place", test_place);
  g_test_add_func ("/ticks/spread", test_spread);
  g_test_add_func ("/ticks/time", test_time);
  return g_test_run ();
}
