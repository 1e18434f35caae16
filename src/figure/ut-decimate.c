/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-decimate.h"

#include <math.h>

static const UtColumn empty_column
    = { .x = NAN, .low = NAN, .high = NAN, .smooth = NAN, .marks = 0 };

void
ut_decimator_prepare (UtDecimator *self,
                      double       first,
                      double       last,
                      gsize        n_columns,
                      gboolean     positive,
                      double       weight)
{
  g_return_if_fail (self != NULL && n_columns > 0 && first < last);

  UtSmooth smooth;
  ut_smooth_init (&smooth, weight);
  if (self->columns != NULL && self->first == first && self->last == last
      && self->n_columns == n_columns && self->positive == positive
      && self->smooth.weight == smooth.weight)
    return;

  if (self->n_columns != n_columns)
    self->columns = g_renew (UtColumn, self->columns, n_columns);
  self->first = first;
  self->last = last;
  self->n_columns = n_columns;
  self->positive = positive;
  self->smooth = smooth;
  self->before = self->after = empty_column;
  self->n_points = self->n_inside = 0;
  for (gsize i = 0; i < n_columns; i++)
    self->columns[i] = empty_column;
}

static void
fold (UtColumn *column,
      double    x,
      double    y,
      double    smooth)
{
  if (isnan (column->x))
    column->low = column->high = y;
  else if (y < column->low)
    column->low = y;
  else if (y > column->high)
    column->high = y;
  column->x = x;
  column->smooth = smooth;
}

void
ut_decimator_update (UtDecimator  *self,
                     const double *x,
                     const double *y,
                     gsize         n)
{
  g_return_if_fail (self != NULL && self->columns != NULL);
  g_return_if_fail ((x != NULL && y != NULL) || n == 0);

  double per_x = (double) self->n_columns / (self->last - self->first);
  for (gsize i = self->n_points; i < n; i++)
    {
      double smooth = ut_smooth_next (&self->smooth, y[i]);
      gboolean drawable = isfinite (y[i]) && (!self->positive || y[i] > 0);
      if (x[i] < self->first)
        {
          if (drawable)
            self->before = (UtColumn) { x[i], y[i], y[i], smooth, 0 };
        }
      else if (x[i] > self->last)
        {
          if (drawable && isnan (self->after.x))
            self->after = (UtColumn) { x[i], y[i], y[i], smooth, 0 };
        }
      else if (!isnan (x[i]))
        {
          gsize at = (gsize) ((x[i] - self->first) * per_x);
          UtColumn *column = &self->columns[MIN (at, self->n_columns - 1)];
          if (drawable)
            {
              fold (column, x[i], y[i], smooth);
              self->n_inside++;
            }
          else
            {
              column->marks |= isnan (y[i]) ? UT_COLUMN_MISSING
                               : y[i] > 0   ? UT_COLUMN_ABOVE
                                            : UT_COLUMN_BELOW;
            }
        }
    }
  self->n_points = MAX (self->n_points, n);
}

void
ut_decimator_clear (UtDecimator *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->columns);
  *self = (UtDecimator) { .columns = NULL };
}

gsize
ut_decimate_lower (const double *x,
                   gsize         n,
                   double        at)
{
  g_return_val_if_fail (x != NULL || n == 0, 0);

  gsize low = 0, high = n;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      if (x[middle] < at)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gsize
ut_decimate_find (const double *x,
                  gsize         n,
                  double        at)
{
  g_return_val_if_fail (x != NULL && n > 0, 0);

  gsize i = ut_decimate_lower (x, n, at);
  if (i == n)
    return n - 1;
  return i > 0 && at - x[i - 1] <= x[i] - at ? i - 1 : i;
}
