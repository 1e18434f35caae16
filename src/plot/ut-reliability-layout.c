/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-reliability-layout.h"

#include <math.h>

#define GAP UT_RELIABILITY_GAP

/* Of the height that the diagram and the bars share. */
#define BARS_SHARE 0.2

/* Where the axis of accuracy begins, unless something lies lower: so that the diagonal goes from
 * corner to corner. */
#define USUAL_LOW 0.5
#define STEP 0.1

/* How near is near, in pixels. */
#define NEAR 28

static double
find_low (const UtReliabilityLine *lines,
          guint                    n_lines,
          guint                    n_points)
{
  double low = USUAL_LOW;

  for (guint i = 0; i < n_lines; i++)
    for (guint j = 0; j < n_points; j++)
      {
        const UtReliabilityPoint *point = &lines[i].points[j];

        /* Of NaN and a number the number. */
        low = fmin (low, lines[i].kind == UT_RELIABILITY_OTHER ? point->accuracy
                                                               : point->accuracy_low);
      }

  return fmax (0, floor (low / STEP + 1e-9) * STEP);
}

static gsize
find_most (const UtReliabilityLine *lines,
           guint                    n_lines,
           guint                    n_points)
{
  gsize most = 1;

  for (guint i = 0; i < n_lines; i++)
    for (guint j = 0; j < n_points; j++)
      {
        if (lines[i].kind != UT_RELIABILITY_OTHER)
          most = MAX (most, lines[i].points[j].n);
      }

  return most;
}

void
ut_reliability_layout_init (UtReliabilityLayout     *self,
                            const UtReliabilityLine *lines,
                            guint                    n_lines,
                            guint                    n_points,
                            const UtReliabilityRoom *room)
{
  g_return_if_fail (self != NULL && room != NULL);
  g_return_if_fail (lines != NULL || n_lines == 0);

  double left = room->tick_width + 2 * GAP;
  double right = fmax (left + 1, room->width - room->label_width - 2 * GAP);
  /* The title of the axis stands above. */
  double top = 1.5 * room->text + GAP;
  /* Below are ticks and the title of the other axis. */
  double bottom = fmax (top + 3, room->height - 2 * room->text - 2 * GAP);
  double bars = fmax (1, BARS_SHARE * (bottom - top));
  double middle = fmax (top + 1, bottom - bars - GAP);

  ut_scale_init (&self->x, 0.5, 1, left, right, FALSE);
  ut_scale_init (&self->y, find_low (lines, n_lines, n_points), 1, middle, top, FALSE);
  ut_scale_init (&self->rows, 0, (double) find_most (lines, n_lines, n_points), bottom,
                 bottom - bars, FALSE);
  ut_ticks_init (&self->x_ticks, &self->x, fmax (1, 2 * room->tick_width));
  ut_ticks_init (&self->y_ticks, &self->y, fmax (1, 1.8 * room->text));
}

void
ut_reliability_layout_place (const UtReliabilityLayout *self,
                             const UtReliabilityPoint  *point,
                             double                    *x,
                             double                    *y)
{
  g_return_if_fail (self != NULL && point != NULL);
  g_return_if_fail (x != NULL && y != NULL);

  *x = point->n > 0 ? ut_scale_map (&self->x, point->confidence) : NAN;
  *y = point->n > 0 ? ut_scale_map (&self->y, point->accuracy) : NAN;
}

void
ut_reliability_layout_span (const UtReliabilityLayout *self,
                            const UtReliabilityPoint  *point,
                            double                    *from,
                            double                    *to)
{
  g_return_if_fail (self != NULL && point != NULL);
  g_return_if_fail (from != NULL && to != NULL);

  double low = fmax (point->low, self->x.low);

  *from = ut_scale_map (&self->x, low);
  *to = ut_scale_map (&self->x, fmax (point->high, low));
}

gboolean
ut_reliability_layout_find (const UtReliabilityLayout *self,
                            const UtReliabilityLine   *lines,
                            guint                      n_lines,
                            guint                      n_points,
                            double                     x,
                            double                     y,
                            guint                     *line,
                            guint                     *point)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (lines != NULL || n_lines == 0, FALSE);
  g_return_val_if_fail (line != NULL && point != NULL, FALSE);

  double least = NEAR;

  for (guint i = 0; i < n_lines; i++)
    for (guint j = 0; j < n_points; j++)
      {
        double at_x, at_y;

        ut_reliability_layout_place (self, &lines[i].points[j], &at_x, &at_y);
        /* False for NaN. */
        if (hypot (at_x - x, at_y - y) < least)
          {
            least = hypot (at_x - x, at_y - y);
            *line = i;
            *point = j;
          }
      }

  return least < NEAR;
}
