/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-parallel-axis.h"

#include <math.h>
#include <string.h>

/* So much of a logarithmic axis is between 0 and the least value above it. */
#define ZERO_SHARE 0.15

/* More different values than this are read from round numbers beside them. */
#define MOST_EXACT 8

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const double *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

/* Returns: (transfer full): the finite values without repetition, rising. */
static double *
sort_distinct (const double *values,
               gsize         n,
               gsize        *n_distinct)
{
  double *distinct = g_new (double, n + 1);
  gsize n_finite = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      distinct[n_finite++] = values[i];
  qsort (distinct, n_finite, sizeof (double), compare);

  *n_distinct = 0;
  for (gsize i = 0; i < n_finite; i++)
    if (i == 0 || distinct[i] > distinct[*n_distinct - 1])
      distinct[(*n_distinct)++] = distinct[i];
  return distinct;
}

/* Whether there is room for a label at each of @values. */
static gboolean
have_room (const UtParallelAxis *self,
           const double         *values,
           gsize                 n,
           double                distance)
{
  for (gsize i = 1; i < n; i++)
    if (fabs (ut_parallel_axis_map (self, values[i]) - ut_parallel_axis_map (self, values[i - 1]))
        < distance)
      return FALSE;
  return TRUE;
}

static void
label (UtParallelAxis *self,
       const double   *values,
       gsize           n,
       gboolean        whole,
       double          distance)
{
  if (n <= UT_TICKS_MAX && (whole || (n <= MOST_EXACT && have_room (self, values, n, distance))))
    {
      self->exact = TRUE;
      self->ticks.n = n;
      memcpy (self->ticks.values, values, n * sizeof (double));
      return;
    }

  ut_ticks_init (&self->ticks, &self->scale, distance);
  if (!isnan (self->zero) && self->ticks.n < UT_TICKS_MAX)
    {
      memmove (self->ticks.values + 1, self->ticks.values, self->ticks.n * sizeof (double));
      self->ticks.values[0] = 0;
      self->ticks.n++;
    }
}

void
ut_parallel_axis_init (UtParallelAxis *self,
                       const double   *values,
                       gsize           n,
                       gboolean        log_scale,
                       gboolean        whole,
                       double          start,
                       double          end,
                       double          distance)
{
  g_return_if_fail (self != NULL && (values != NULL || n == 0) && distance > 0);

  gsize n_distinct;
  g_autofree double *distinct = sort_distinct (values, n, &n_distinct);
  double *placed = distinct;

  *self = (UtParallelAxis) { .zero = NAN };
  for (; log_scale && n_distinct > 0 && placed[0] < 0; n_distinct--)
    placed++;
  if (n_distinct == 0)
    {
      ut_scale_init (&self->scale, 0, 1, start, end, FALSE);
      return;
    }

  /* 0 alone is a constant like any other. */
  if (log_scale && placed[0] == 0 && n_distinct > 1)
    {
      self->zero = start;
      ut_scale_init (&self->scale, placed[1], placed[n_distinct - 1],
                     start + ZERO_SHARE * (end - start), end, TRUE);
    }
  else
    {
      ut_scale_init (&self->scale, placed[0], placed[n_distinct - 1], start, end,
                     log_scale && placed[0] > 0);
    }
  label (self, placed, n_distinct, whole, distance);
}

double
ut_parallel_axis_map (const UtParallelAxis *self,
                      double                value)
{
  g_return_val_if_fail (self != NULL, NAN);

  return value == 0 && !isnan (self->zero) ? self->zero : ut_scale_map (&self->scale, value);
}

double
ut_parallel_axis_invert (const UtParallelAxis *self,
                         double                pixel)
{
  g_return_val_if_fail (self != NULL, NAN);

  double middle = (self->zero + self->scale.start) / 2;

  if (!isnan (self->zero) && (self->zero < middle ? pixel < middle : pixel > middle))
    return 0;
  return ut_scale_invert (&self->scale, pixel);
}

char *
ut_parallel_axis_format (const UtParallelAxis *self,
                         double                value)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->exact || value == 0 ? ut_parallel_format_value (value)
                                   : ut_ticks_format (&self->ticks, value);
}

char *
ut_parallel_format_value (double value)
{
  return fabs (value) >= 1e4 && fabs (value) < 1e7 ? g_strdup_printf ("%'.0f", value)
                                                   : g_strdup_printf ("%.4g", value);
}

gboolean
ut_parallel_brush_is_set (const UtParallelBrush *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->low <= self->high;
}

gboolean
ut_parallel_brush_keeps (const UtParallelBrush *self,
                         double                 value)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->low > self->high || (value >= self->low && value <= self->high);
}

void
ut_parallel_brush_step (UtParallelBrush *self,
                        const double    *values,
                        gsize            n,
                        gboolean         upper,
                        int              direction)
{
  g_return_if_fail (self != NULL && (values != NULL || n == 0));

  gsize n_distinct;
  g_autofree double *distinct = sort_distinct (values, n, &n_distinct);

  if (n_distinct == 0)
    return;
  if (!ut_parallel_brush_is_set (self))
    *self = (UtParallelBrush) { distinct[0], distinct[n_distinct - 1] };

  /* An end does not step over the other one. */
  double end = upper ? self->high : self->low;
  double least = upper ? self->low : -INFINITY;
  double most = upper ? INFINITY : self->high;
  double next = end;

  for (gsize i = 0; i < n_distinct; i++)
    {
      double value = distinct[direction < 0 ? i : n_distinct - 1 - i];

      if (value >= least && value <= most && (direction < 0 ? value < end : value > end))
        next = value;
    }
  if (upper)
    self->high = next;
  else
    self->low = next;
  if (self->low <= distinct[0] && self->high >= distinct[n_distinct - 1])
    *self = UT_PARALLEL_BRUSH_NONE;
}
