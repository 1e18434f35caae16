/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-benchmark-data-private.h"

G_BEGIN_DECLS

/**
 * UtBenchmarkWork:
 * @units: steps, sentences or products.
 * @amount: tokens, or operations of a product.
 *
 * What was done.
 */
typedef struct
{
  double units;
  double amount;
} UtBenchmarkWork;

/** UT_BENCHMARK_ROUNDS: how often each lane has its turn. */
#define UT_BENCHMARK_ROUNDS 5

/**
 * UtBenchmarkLane:
 * @step: does a bit of work, for @data, and adds it to @work; FALSE ends the measurement, with
 *   or without @error.
 * @data: what @step works on.
 * @seconds: how long a turn is at least; a turn is one step at least.
 * @rounds: (out): the work a second of each turn.
 *
 * One of the things that are measured in turn.
 */
typedef struct
{
  gboolean (*step) (gpointer          data,
                    UtBenchmarkWork  *work,
                    GError          **error);
  gpointer data;
  double seconds;
  UtBenchmarkWork rounds[UT_BENCHMARK_ROUNDS];
} UtBenchmarkLane;

/**
 * _ut_benchmark_lanes_run:
 * @lanes: the lanes.
 * @n_lanes: how many.
 * @tick: asked after each step whether to go on.
 * @tick_data: for @tick.
 * @error: a step's; not set where @tick said no.
 *
 * Gives each lane its turn, and again, so that what else the machine does meets all of them. Before
 * that each warms up for as long as all its turns last together.
 *
 * Returns: FALSE where a step or @tick said no.
 */
gboolean _ut_benchmark_lanes_run (UtBenchmarkLane  *lanes,
                                  gsize             n_lanes,
                                  UtBenchmarkTick   tick,
                                  gpointer          tick_data,
                                  GError          **error);

/** _ut_benchmark_median: of @n numbers, which it sorts. */
double   _ut_benchmark_median    (double           *numbers,
                                  gsize             n);

G_END_DECLS
