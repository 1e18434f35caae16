/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtScale:
 * @low: value at @start; finite, below @high, positive when @log.
 * @high: value at @end.
 * @start: pixel of @low.
 * @end: pixel of @high; may be less than @start (a y axis runs upwards).
 * @log: whether equal pixels are equal ratios.
 *
 * Maps values to pixels and back. Pure; any thread.
 */
typedef struct
{
  double   low;
  double   high;
  double   start;
  double   end;
  gboolean log;
  double   origin; /* low, or its logarithm */
  double   extent; /* high - low, or that of the logarithms */
} UtScale;

/**
 * ut_scale_init:
 * @low, @high: the values to show, in any order; not finite, equal, nearly equal, or for @log not
 *   positive is mended to a range that can be drawn and contains what was finite.
 *
 * A constant v is put into the middle: v ± v/10, 0 into -1..1, and for @log v/2..2v.
 */
void   ut_scale_init   (UtScale       *self,
                        double         low,
                        double         high,
                        double         start,
                        double         end,
                        gboolean       log);

/**
 * ut_scale_map:
 * Pixel of @value, at most a million pixels away; NaN for NaN, and for @log for <= 0.
 */
double ut_scale_map    (const UtScale *self,
                        double         value);

/** ut_scale_invert: value at @pixel. */
double ut_scale_invert (const UtScale *self,
                        double         pixel);

G_END_DECLS
