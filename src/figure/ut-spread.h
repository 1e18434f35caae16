/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtSpread:
 * @mean: NaN where there is no value.
 * @deviation: the standard deviation of a sample (n - 1 below); 0 for one value.
 * @n: how many values.
 *
 * What several values come to in a place of a line: as quick as a line of a thousand places needs it.
 * Tests are done with the statistics of the layer lab. Pure; any thread.
 */
typedef struct
{
  double mean;
  double deviation;
  gsize  n;
} UtSpread;

/** ut_spread_init: (@values): (array length=n_values): what is not finite is passed over. */
void   ut_spread_init     (UtSpread       *self,
                           const double   *values,
                           gsize           n_values);

/** ut_spread_interval: half of the 95 % interval of the mean, by Student's t; 0 for one value. */
double ut_spread_interval (const UtSpread *self);

G_END_DECLS
