/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ticks.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Rounding of value / step, so that a tick on the very edge is kept. */
#define SLACK 1e-6

double
ut_ticks_step (double span,
               double pieces)
{
  g_return_val_if_fail (span > 0 && pieces > 0, 1.0);

  double rough = span / pieces;
  double power = pow (10, floor (log10 (rough)));
  double share = rough / power;
  return power * (share <= 1 + SLACK ? 1 : share <= 2 + SLACK ? 2 : share <= 5 + SLACK ? 5 : 10);
}

static void
add (UtTicks       *self,
     const UtScale *scale,
     double         value)
{
  double slack = (scale->high - scale->low) * SLACK;
  if (self->n < UT_TICKS_MAX && value >= scale->low - slack && value <= scale->high + slack)
    self->values[self->n++] = value;
}

static void
add_linear (UtTicks       *self,
            const UtScale *scale,
            double         pieces)
{
  self->step = ut_ticks_step (scale->high - scale->low, pieces);
  double first = ceil (scale->low / self->step - SLACK);
  for (gsize i = 0; i < UT_TICKS_MAX; i++)
    {
      /* A product, not a sum: no error piles up, and zero is zero. */
      double value = (first + (double) i) * self->step;
      if (value > scale->high + self->step * SLACK)
        break;
      add (self, scale, value == 0 ? 0 : value);
    }
}

static void
add_decades (UtTicks       *self,
             const UtScale *scale,
             double         pixels_per_decade,
             double         distance)
{
  static const double fine[] = { 1, 2, 5 };
  /* 1 to 2 is the narrowest gap but for 5 to 10, which is as wide. */
  gboolean with_fine = pixels_per_decade * log10 (2) >= distance;
  int stride = MAX (1, (int) ceil (distance / pixels_per_decade));
  int last = (int) floor (log10 (scale->high) + SLACK);

  for (int decade = (int) floor (log10 (scale->low)); decade <= last; decade++)
    {
      if (with_fine)
        for (gsize i = 0; i < G_N_ELEMENTS (fine); i++)
          add (self, scale, fine[i] * pow (10, decade));
      else if (decade % stride == 0)
        add (self, scale, pow (10, decade));
    }
}

void
ut_ticks_init (UtTicks       *self,
               const UtScale *scale,
               double         distance)
{
  g_return_if_fail (self != NULL && scale != NULL && distance > 0);

  double length = fabs (scale->end - scale->start);
  double pieces = CLAMP (floor (length / distance), 1, UT_TICKS_MAX - 2);
  *self = (UtTicks) { .step = 0, .n = 0 };

  if (scale->log)
    {
      double decades = log10 (scale->high) - log10 (scale->low);
      if (decades > 1)
        add_decades (self, scale, MAX (length / decades, 1e-9), distance);
      if (self->n < 2)
        {
          *self = (UtTicks) { .step = 0, .n = 0 };
          add_linear (self, scale, pieces);
        }
    }
  else
    {
      add_linear (self, scale, pieces);
    }
}

void
ut_ticks_init_time (UtTicks       *self,
                    const UtScale *scale,
                    double         distance)
{
  static const double steps[]
      = { 1,    2,    5,    10,   15,    30,    60,    120,  300,
          600,  900,  1800, 3600, 7200,  10800, 21600, 43200, 86400 };

  g_return_if_fail (self != NULL && scale != NULL && distance > 0);

  ut_ticks_init (self, scale, distance);
  self->time = TRUE;
  /* Below a second decimal steps are as good as any. */
  if (scale->log || self->step < 1)
    return;
  double pieces = MAX (floor (fabs (scale->end - scale->start) / distance), 1);
  gsize i = 0;
  while (i + 1 < G_N_ELEMENTS (steps) && (scale->high - scale->low) / steps[i] > pieces)
    i++;
  double span = scale->high - scale->low;
  self->step
      = span / steps[i] > pieces ? steps[i] * ut_ticks_step (span / steps[i], pieces) : steps[i];
  self->n = 0;
  for (double k = ceil (scale->low / self->step - SLACK); self->n < UT_TICKS_MAX; k++)
    {
      if (k * self->step > scale->high + SLACK * self->step)
        break;
      self->values[self->n++] = k * self->step;
    }
}

void
ut_ticks_widen (double   *low,
                double   *high,
                gboolean  log_scale,
                double    length,
                double    distance)
{
  g_return_if_fail (low != NULL && high != NULL && distance > 0);

  UtScale scale;
  UtTicks ticks;
  ut_scale_init (&scale, *low, *high, 0, MAX (length, 1), log_scale);
  ut_ticks_init (&ticks, &scale, distance);
  if (ticks.step > 0)
    {
      double below = floor (scale.low / ticks.step + SLACK) * ticks.step;
      *low = log_scale && below <= 0 ? scale.low : below;
      *high = ceil (scale.high / ticks.step - SLACK) * ticks.step;
    }
  else
    {
      /* The next whole tenth of the value's own decade: 0.0273 becomes 0.02 below and 0.03 above.
       * */
      double power = pow (10, floor (log10 (scale.low) + SLACK));
      *low = floor (scale.low / power + SLACK) * power;
      power = pow (10, floor (log10 (scale.high) - SLACK));
      *high = ceil (scale.high / power - SLACK) * power;
    }
}

/* As "1:05" or "2:00:00". */
static char *
dup_clock (double seconds)
{
  gint64 whole = (gint64) round (seconds);
  int below = (int) (whole % 60), minutes = (int) (whole / 60 % 60);

  if (whole >= 3600)
    return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", whole / 3600, minutes, below);
  return g_strdup_printf ("%d:%02d", minutes, below);
}

char *
ut_ticks_format_time (double seconds)
{
  if (!isfinite (seconds) || fabs (seconds) > 1e12)
    return ut_ticks_format_value (seconds);
  if (seconds >= 60)
    return dup_clock (seconds);
  /* Translators: seconds. */
  return g_strdup_printf (_("%.3g s"), seconds);
}

char *
ut_ticks_format (const UtTicks *self,
                 double         value)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->time)
    return self->step >= 1 ? dup_clock (value) : ut_ticks_format_time (value);
  double size = fabs (value);
  if (size > 0 && (size >= 1e7 || size < 1e-4))
    return g_strdup_printf ("%.3g", value);
  double step
      = self->step > 0 ? self->step : MAX (pow (10, floor (log10 (MAX (size, 1e-4)))), 1e-4);
  int decimals = CLAMP ((int) -floor (log10 (step) + SLACK), 0, 9);
  return g_strdup_printf ("%'.*f", decimals, value);
}

char *
ut_ticks_format_value (double value)
{
  if (isnan (value))
    return g_strdup (_("not a number"));
  if (isinf (value))
    return g_strdup (value > 0 ? "∞" : "−∞");
  double size = fabs (value);
  if (size > 0 && (size >= 1e7 || size < 1e-3))
    return g_strdup_printf ("%.3g", value);
  if (size >= 1000)
    return g_strdup_printf ("%'.0f", value);
  return g_strdup_printf ("%.*f", size >= 100 ? 1 : size >= 10 ? 2 : 3, value);
}

char *
ut_ticks_format_place (double x)
{
  if (fabs (x) < 1e9 && x == rint (x))
    return g_strdup_printf ("%'.0f", x);
  return ut_ticks_format_value (x);
}

void
ut_ticks_spread (double *centres,
                 gsize   n,
                 double  height,
                 double  low,
                 double  high)
{
  g_return_if_fail (centres != NULL || n == 0);

  if (n == 0)
    return;
  g_autofree gsize *order = g_new (gsize, n);
  for (gsize i = 0; i < n; i++)
    {
      gsize j = i;
      for (; j > 0 && centres[order[j - 1]] > centres[i]; j--)
        order[j] = order[j - 1];
      order[j] = i;
    }

  double gap = MIN (height, (high - low) / (double) n);
  double first = low + gap / 2;
  double last = high - gap / 2;
  /* Labels that touch make a block, which stands around the mean of its wishes; blocks that come to
   * touch are joined. That is the least movement in squares. */
  g_autofree double *sums = g_new (double, n);
  g_autofree gsize *counts = g_new (gsize, n);
  gsize blocks = 0;
  for (gsize i = 0; i < n; i++)
    {
      sums[blocks] = centres[order[i]];
      counts[blocks] = 1;
      blocks++;
      while (blocks > 1)
        {
          double size = (double) counts[blocks - 1], before = (double) counts[blocks - 2];
          double above = CLAMP (sums[blocks - 2] / before, first + gap * (before - 1) / 2,
                                last - gap * (before - 1) / 2);
          double below = CLAMP (sums[blocks - 1] / size, first + gap * (size - 1) / 2,
                                last - gap * (size - 1) / 2);
          if (below - above >= gap * (size + before) / 2)
            break;
          sums[blocks - 2] += sums[blocks - 1];
          counts[blocks - 2] += counts[blocks - 1];
          blocks--;
        }
    }
  gsize label = 0;
  for (gsize b = 0; b < blocks; b++)
    {
      double half = gap * ((double) counts[b] - 1) / 2;
      double centre = CLAMP (sums[b] / (double) counts[b], first + half, last - half);
      for (gsize i = 0; i < counts[b]; i++)
        centres[order[label++]] = centre - half + gap * (double) i;
    }
}
