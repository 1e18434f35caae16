/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-scale.h"

#include <math.h>

/* Beyond this, differences overflow or logarithms lose their meaning. */
#define LARGEST 1e300
#define SMALLEST 1e-300

/* Cairo's coordinates are 24.8 fixed point. */
#define FARTHEST 1e6

/* Values closer than this share of their size cannot be told apart by ticks. */
#define NEAREST 1e-12

static void
mend_linear (double *low,
             double *high)
{
  *low = CLAMP (*low, -LARGEST, LARGEST);
  *high = CLAMP (*high, -LARGEST, LARGEST);
  double size = MAX (fabs (*low), fabs (*high));
  if (*high - *low <= size * NEAREST)
    {
      double margin = size > SMALLEST ? size / 10 : 1.0;
      *low -= margin;
      *high += margin;
    }
}

static void
mend_log (double *low,
          double *high)
{
  if (*high <= 0)
    {
      *low = 0.1;
      *high = 1.0;
      return;
    }
  *high = CLAMP (*high, SMALLEST * 1e6, LARGEST);
  if (*low <= 0)
    *low = *high / 1000;
  *low = CLAMP (*low, SMALLEST, LARGEST);
  if (*high <= *low * (1 + NEAREST))
    {
      *low /= 2;
      *high *= 2;
    }
}

void
ut_scale_init (UtScale  *self,
               double    low,
               double    high,
               double    start,
               double    end,
               gboolean  log_scale)
{
  g_return_if_fail (self != NULL);

  if (!isfinite (low))
    low = isfinite (high) ? high : 0.0;
  if (!isfinite (high))
    high = isfinite (low) && low != 0.0 ? low : 1.0;
  if (low > high)
    {
      double swap = low;
      low = high;
      high = swap;
    }
  if (log_scale)
    mend_log (&low, &high);
  else
    mend_linear (&low, &high);

  self->low = low;
  self->high = high;
  self->start = start;
  self->end = end;
  self->log = log_scale;
  self->origin = log_scale ? log (low) : low;
  self->extent = (log_scale ? log (high) : high) - self->origin;
}

double
ut_scale_map (const UtScale *self,
              double         value)
{
  g_return_val_if_fail (self != NULL, NAN);

  if (isnan (value) || (self->log && value <= 0))
    return NAN;
  double share = ((self->log ? log (value) : value) - self->origin) / self->extent;
  double pixel = self->start + share * (self->end - self->start);
  return CLAMP (pixel, self->start - FARTHEST, self->start + FARTHEST);
}

double
ut_scale_invert (const UtScale *self,
                 double         pixel)
{
  g_return_val_if_fail (self != NULL, NAN);

  double length = self->end - self->start;
  double share = length == 0 ? 0 : (pixel - self->start) / length;
  double value = self->origin + share * self->extent;
  return self->log ? exp (value) : value;
}
