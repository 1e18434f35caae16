/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-band.h"

#include <math.h>

double
ut_band_half (const UtSpread *mean,
              gboolean        interval)
{
  return interval ? ut_spread_interval (mean) : mean->deviation;
}

static UtColumn
column_of (const double *values,
           gsize         n,
           double        x,
           gboolean      interval)
{
  UtSpread mean;

  ut_spread_init (&mean, values, n);
  double half = ut_band_half (&mean, interval);
  return (UtColumn) {
    .x = isnan (mean.mean) ? NAN : x,
    .low = mean.mean - half,
    .high = mean.mean + half,
    .smooth = mean.mean,
  };
}

/* From the point @a on to before @b, in columns of @width; a point is its smoothed value. */
static void
join (double            *values,
      gsize              stride,
      const UtDecimator *member,
      const UtColumn    *a,
      const UtColumn    *b,
      gsize              from,
      gsize              to)
{
  double width = (member->last - member->first) / (double) member->n_columns;

  for (gsize i = from; i < to; i++)
    {
      double x = member->first + ((double) i + 0.5) * width;
      double share = b->x > a->x ? CLAMP ((x - a->x) / (b->x - a->x), 0, 1) : 1;
      values[i * stride] = a->smooth + (b->smooth - a->smooth) * share;
    }
}

/* The line of @member at each column: values[column * stride]. */
static void
trace (double            *values,
       gsize              stride,
       const UtDecimator *member)
{
  const UtColumn *last = isnan (member->before.x) ? NULL : &member->before;
  gsize next = 0;

  for (gsize i = 0; i < member->n_columns; i++)
    {
      const UtColumn *at = &member->columns[i];
      if (isnan (at->x) || isnan (at->smooth))
        continue;
      if (last != NULL)
        join (values, stride, member, last, at, next, i);
      values[i * stride] = at->smooth;
      last = at;
      next = i + 1;
    }
  if (last != NULL && !isnan (member->after.x))
    join (values, stride, member, last, &member->after, next, member->n_columns);
}

void
ut_band_fold (UtDecimator              *self,
              const UtDecimator *const *members,
              gsize                     n_members,
              gboolean                  interval)
{
  g_return_if_fail (self != NULL && members != NULL && n_members > 0);

  gsize n_columns = members[0]->n_columns;
  double width = (members[0]->last - members[0]->first) / (double) n_columns;
  g_autofree double *values = g_new (double, n_columns * n_members);
  g_autofree double *before = g_new (double, n_members);
  g_autofree double *after = g_new (double, n_members);

  for (gsize i = 0; i < n_columns * n_members; i++)
    values[i] = NAN;
  ut_decimator_prepare (self, members[0]->first, members[0]->last, n_columns, members[0]->positive,
                        members[0]->smooth.weight);
  self->n_inside = 0;
  for (gsize k = 0; k < n_members; k++)
    {
      g_return_if_fail (members[k]->n_columns == n_columns);
      trace (values + k, n_members, members[k]);
      before[k] = members[k]->before.smooth;
      after[k] = members[k]->after.smooth;
      self->n_inside = MAX (self->n_inside, members[k]->n_inside);
    }
  for (gsize i = 0; i < n_columns; i++)
    {
      double x = members[0]->first + ((double) i + 0.5) * width;
      self->columns[i] = column_of (values + i * n_members, n_members, x, interval);
      for (gsize k = 0; k < n_members; k++)
        self->columns[i].marks |= members[k]->columns[i].marks;
    }
  self->before = column_of (before, n_members, members[0]->before.x, interval);
  self->after = column_of (after, n_members, members[0]->after.x, interval);
}
