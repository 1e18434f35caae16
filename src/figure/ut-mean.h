/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtMean:
 * @mean: NaN where there is no value.
 * @deviation: the standard deviation of a sample (n - 1 below); 0 for one value.
 * @n: how many values.
 *
 * What several values come to. Pure; any thread.
 */
typedef struct
{
  double mean;
  double deviation;
  gsize  n;
} UtMean;

/** ut_mean_init: (@values): (array length=n_values): what is not finite is passed over. */
void   ut_mean_init     (UtMean       *self,
                         const double *values,
                         gsize         n_values);

/** ut_mean_interval: half of the 95 % interval of the mean, by Student's t; 0 for one value. */
double ut_mean_interval (const UtMean *self);

G_END_DECLS
