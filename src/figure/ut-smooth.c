/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-smooth.h"

/* What is left out of a sum once its weights have fallen to this: less than a pixel by far. */
#define NEGLIGIBLE 1e-9

static double
clamp_weight (double weight)
{
  return isnan (weight) ? 0 : CLAMP (weight, 0, UT_SMOOTH_MAX);
}

void
ut_smooth_init (UtSmooth *self,
                double    weight)
{
  g_return_if_fail (self != NULL);

  *self = (UtSmooth) { .weight = clamp_weight (weight), .sum = 0, .mass = 0 };
}

double
ut_smooth_at (const double *y,
              gsize         index,
              double        weight)
{
  g_return_val_if_fail (y != NULL, NAN);

  weight = clamp_weight (weight);
  if (!isfinite (y[index]))
    return NAN;
  double sum = 0, mass = 0, share = 1;
  for (gsize i = index + 1; i > 0 && share > NEGLIGIBLE; i--)
    if (isfinite (y[i - 1]))
      {
        sum += share * y[i - 1];
        mass += share;
        share *= weight;
      }
  return sum / mass;
}

guint
ut_smooth_steps (double weight)
{
  double steps = 1 / (1 - clamp_weight (weight));
  double unit = steps >= 100 ? 10 : 1;
  return (guint) (round (steps / unit) * unit);
}

double
ut_smooth_weight (double steps)
{
  return clamp_weight (steps > 1 ? 1 - 1 / steps : 0);
}
