/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-benchmark-lane-private.h"

#include <stdlib.h>

/* Works for @seconds, and at least a step; @rate receives the work a second. */
static gboolean
work (UtBenchmarkLane  *lane,
      double            seconds,
      UtBenchmarkTick   tick,
      gpointer          tick_data,
      UtBenchmarkWork  *rate,
      GError          **error)
{
  UtBenchmarkWork done = { 0 };
  gint64 start = g_get_monotonic_time ();
  double elapsed;

  do
    {
      if (!lane->step (lane->data, &done, error) || !tick (tick_data))
        return FALSE;
      elapsed = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
    }
  while (elapsed <= 0 || elapsed < seconds);

  *rate = (UtBenchmarkWork) { done.units / elapsed, done.amount / elapsed };
  return TRUE;
}

gboolean
_ut_benchmark_lanes_run (UtBenchmarkLane  *lanes,
                         gsize             n_lanes,
                         UtBenchmarkTick   tick,
                         gpointer          tick_data,
                         GError          **error)
{
  for (gsize i = 0; i < n_lanes; i++)
    {
      double warm_up = lanes[i].seconds * UT_BENCHMARK_ROUNDS;
      UtBenchmarkWork ignored;

      if (!work (&lanes[i], warm_up, tick, tick_data, &ignored, error))
        return FALSE;
    }
  for (gsize round = 0; round < UT_BENCHMARK_ROUNDS; round++)
    for (gsize i = 0; i < n_lanes; i++)
      if (!work (&lanes[i], lanes[i].seconds, tick, tick_data, &lanes[i].rounds[round], error))
        return FALSE;

  return TRUE;
}

static int
compare_numbers (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

double
_ut_benchmark_median (double *numbers,
                      gsize   n)
{
  qsort (numbers, n, sizeof *numbers, compare_numbers);

  return n % 2 == 1 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2;
}
