/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-scatter-points.h"

#include <math.h>

/* A linear scale as one product and one sum, for many values in turn. */
typedef struct
{
  double factor;
  double offset;
} Line;

UtScatterBand
ut_scatter_band_choose (double share)
{
  if (share <= 0)
    return UT_SCATTER_NEVER;
  if (share >= 1)
    return UT_SCATTER_ALWAYS;
  return share < 0.5 ? UT_SCATTER_SELDOM : UT_SCATTER_OFTEN;
}

UtScatterPoints *
ut_scatter_points_new (const float *x,
                       const float *y,
                       const float *shares,
                       gsize        n)
{
  UtScatterPoints *self = g_atomic_rc_box_new0 (UtScatterPoints);

  self->x = g_new (float, n);
  self->y = g_new (float, n);
  self->bands = g_new0 (guint8, n);
  self->n = n;
  for (gsize i = 0; i < n; i++)
    {
      gboolean has = isfinite (x[i]) && isfinite (y[i]) && isfinite (shares[i]);

      self->x[i] = has ? x[i] : NAN;
      self->y[i] = has ? y[i] : NAN;
      if (!has)
        continue;
      self->bands[i] = (guint8) ut_scatter_band_choose ((double) shares[i]);
      self->n_of_band[self->bands[i]]++;
      self->n_points++;
    }
  return self;
}

UtScatterPoints *
ut_scatter_points_ref (UtScatterPoints *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
points_clear (gpointer data)
{
  UtScatterPoints *self = data;

  g_free (self->x);
  g_free (self->y);
  g_free (self->bands);
}

void
ut_scatter_points_unref (UtScatterPoints *self)
{
  g_atomic_rc_box_release_full (self, points_clear);
}

gboolean
ut_scatter_points_has (const UtScatterPoints *self,
                       gsize                  row)
{
  return row < self->n && !isnan (self->x[row]);
}

void
ut_scatter_points_get_range (const UtScatterPoints *self,
                             const float           *numbers,
                             double                *low,
                             double                *high)
{
  *low = *high = NAN;
  for (gsize i = 0; i < self->n; i++)
    {
      double number = (double) numbers[i];

      if (isnan (number))
        continue;
      if (!(number >= *low))
        *low = number;
      if (!(number <= *high))
        *high = number;
    }
}

static Line
get_line (const UtScale *scale)
{
  double factor = (scale->end - scale->start) / scale->extent;

  return (Line) { factor, scale->start - scale->origin * factor };
}

static double
map (const Line *line,
     float       number)
{
  return line->offset + line->factor * (double) number;
}

gssize
ut_scatter_points_find_nearest (const UtScatterPoints *self,
                                const UtScale         *x_scale,
                                const UtScale         *y_scale,
                                double                 x,
                                double                 y,
                                double                 radius)
{
  const Line x_line = get_line (x_scale), y_line = get_line (y_scale);
  double least = nextafter (radius * radius, INFINITY);
  gssize found = -1;

  /* Comparisons with NaN are false. */
  for (gsize i = 0; i < self->n; i++)
    {
      double dx = map (&x_line, self->x[i]) - x, dy = map (&y_line, self->y[i]) - y;

      if (dx * dx + dy * dy < least)
        {
          least = dx * dx + dy * dy;
          found = (gssize) i;
        }
    }
  return found;
}

gssize
ut_scatter_points_find_next (const UtScatterPoints *self,
                             const UtScale         *x_scale,
                             const UtScale         *y_scale,
                             gssize                 row,
                             int                    dx,
                             int                    dy)
{
  const Line x_line = get_line (x_scale), y_line = get_line (y_scale);
  double x = map (&x_line, self->x[row]), y = map (&y_line, self->y[row]);
  double least = INFINITY;
  gssize found = row;

  for (gsize i = 0; i < self->n; i++)
    {
      double right = map (&x_line, self->x[i]) - x, down = map (&y_line, self->y[i]) - y;
      double ahead = right * dx + down * dy;
      double aside = fabs (dx != 0 ? down : right);

      if (ahead >= 1 && aside <= ahead && ahead + 2 * aside < least)
        {
          least = ahead + 2 * aside;
          found = (gssize) i;
        }
    }
  return found;
}

static int
compare_y (gconstpointer a,
           gconstpointer b,
           gpointer      data)
{
  const float *y = data;
  guint32 row_a = *(const guint32 *) a, row_b = *(const guint32 *) b;

  if (y[row_a] != y[row_b])
    return y[row_a] < y[row_b] ? -1 : 1;
  return row_a < row_b ? -1 : row_a > row_b;
}

guint32 *
ut_scatter_points_sort (const UtScatterPoints *self)
{
  guint32 *rows = g_new (guint32, self->n_points);
  gsize n = 0;

  for (gsize i = 0; i < self->n; i++)
    if (ut_scatter_points_has (self, i))
      rows[n++] = (guint32) i;
  g_qsort_with_data (rows, (int) n, sizeof *rows, compare_y, self->y);
  return rows;
}

void
ut_scatter_points_surround (const UtScatterPoints *self,
                            const UtScale         *x_scale,
                            const UtScale         *y_scale,
                            const UtLasso         *lasso,
                            guint8                *inside)
{
  const Line x_line = get_line (x_scale), y_line = get_line (y_scale);

  for (gsize i = 0; i < self->n; i++)
    inside[i] = ut_lasso_contains (lasso, map (&x_line, self->x[i]), map (&y_line, self->y[i]));
}
