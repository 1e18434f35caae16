/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-spread.h"

#include <math.h>

/* The 0.975 quantile of Student's t with 1 to 30 degrees of freedom. */
static const double quantiles[] = {
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
  2.2010,  2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
  2.0796,  2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
};

void
ut_spread_init (UtSpread     *self,
                const double *values,
                gsize         n_values)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (values != NULL || n_values == 0);

  *self = (UtSpread) { .mean = NAN };
  double sum = 0, squares = 0, least = INFINITY, greatest = -INFINITY;
  for (gsize i = 0; i < n_values; i++)
    if (isfinite (values[i]))
      {
        sum += values[i];
        least = MIN (least, values[i]);
        greatest = MAX (greatest, values[i]);
        self->n++;
      }
  if (self->n == 0)
    return;
  /* Rounding must not carry the mean of equal values away from them. */
  self->mean = CLAMP (sum / (double) self->n, least, greatest);
  for (gsize i = 0; i < n_values; i++)
    if (isfinite (values[i]))
      squares += (values[i] - self->mean) * (values[i] - self->mean);
  if (self->n > 1)
    self->deviation = sqrt (squares / (double) (self->n - 1));
}

/* M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions", 1964, 26.7.5. */
static double
quantile (gsize freedom)
{
  const double z = 1.959964;
  double v = (double) freedom;

  if (freedom <= G_N_ELEMENTS (quantiles))
    return quantiles[freedom - 1];
  return z + (pow (z, 3) + z) / (4 * v)
         + (5 * pow (z, 5) + 16 * pow (z, 3) + 3 * z) / (96 * v * v);
}

double
ut_spread_interval (const UtSpread *self)
{
  g_return_val_if_fail (self != NULL, NAN);

  return self->n > 1 ? quantile (self->n - 1) * self->deviation / sqrt ((double) self->n) : 0;
}
