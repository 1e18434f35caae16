/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

/** UT_SMOOTH_MAX: the largest weight of the past: about 1,000 steps. */
#define UT_SMOOTH_MAX 0.999

/**
 * UtSmooth:
 *
 * De-biased exponential smoothing (D. Kingma, J. Ba, "Adam", 2015, section 3): s = Σ w^k y[i-k] /
 * Σ w^k, so that the first value is the first point, not a share of it. What is not finite is
 * passed over. Pure; any thread.
 */
typedef struct
{
  double weight; /* of the past, 0 (none) to UT_SMOOTH_MAX */
  double sum;
  double mass;
} UtSmooth;

/** ut_smooth_init: @weight outside its range is clamped; NaN is 0. */
void   ut_smooth_init   (UtSmooth     *self,
                         double        weight);

/** ut_smooth_next: the smoothed value after @y; NaN where @y is not finite. */
static inline double
ut_smooth_next (UtSmooth *self,
                double    y)
{
  if (!isfinite (y))
    return NAN;
  self->sum = self->weight * self->sum + (1 - self->weight) * y;
  /* After many values the mass is 1 but for rounding, and a division is what costs most. */
  if (self->mass >= 1 - 1e-13)
    return self->sum;
  self->mass = self->weight * self->mass + (1 - self->weight);
  return self->sum / self->mass;
}

/** ut_smooth_at: the smoothed value at @index of @y, without the values before being kept. */
double ut_smooth_at     (const double *y,
                         gsize         index,
                         double        weight);

/** ut_smooth_steps: over about how many values @weight averages, in two digits; 1 for none. */
guint  ut_smooth_steps  (double        weight);

/** ut_smooth_weight: the reverse, for any real number of steps >= 1. */
double ut_smooth_weight (double        steps);

G_END_DECLS
