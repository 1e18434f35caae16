/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-ticks.h"

G_BEGIN_DECLS

/**
 * UtParallelAxis:
 * @scale: from the least value that is above 0 on a logarithmic axis, else from the least.
 * @zero: the pixel of 0 on a logarithmic axis, apart from the others; NaN where there is none.
 * @ticks: where labels are: at the values themselves where these are few.
 * @exact: whether they are.
 *
 * One axis of parallel coordinates: where the values of one setting stand. Pure; any thread.
 */
typedef struct
{
  UtScale  scale;
  double   zero;
  UtTicks  ticks;
  gboolean exact;
} UtParallelAxis;

/**
 * ut_parallel_axis_init:
 * @values: (array length=n): in any order; what is not finite is passed over.
 * @log: whether equal distances are equal ratios; negative numbers are passed over then, too.
 * @whole: whether the values are the numbers of choices: each has its label.
 * @start: pixel of the least value.
 * @end: pixel of the greatest.
 * @distance: smallest distance of two labels, in pixels, > 0.
 */
void   ut_parallel_axis_init      (UtParallelAxis       *self,
                                   const double         *values,
                                   gsize                 n,
                                   gboolean              log,
                                   gboolean              whole,
                                   double                start,
                                   double                end,
                                   double                distance);

/** ut_parallel_axis_map: pixel of @value; NaN where it has no place. */
double ut_parallel_axis_map       (const UtParallelAxis *self,
                                   double                value);

/** ut_parallel_axis_invert: value at @pixel, which may lie beside the axis. */
double ut_parallel_axis_invert    (const UtParallelAxis *self,
                                   double                pixel);

/** ut_parallel_axis_format: (transfer full): the label of a tick. */
char  *ut_parallel_axis_format    (const UtParallelAxis *self,
                                   double                value);

/** ut_parallel_format_value: (transfer full): @value with at most four digits, and no more than it has. */
char  *ut_parallel_format_value   (double                value);

/**
 * UtParallelBrush:
 * @low, @high: the values that are kept, both included; @high below @low keeps all, also those that
 *   have no value.
 */
typedef struct
{
  double low;
  double high;
} UtParallelBrush;

#define UT_PARALLEL_BRUSH_NONE ((UtParallelBrush) { 1, 0 })

/** ut_parallel_brush_is_set: whether it leaves anything out. */
gboolean ut_parallel_brush_is_set (const UtParallelBrush *self);

/** ut_parallel_brush_keeps: whether @value is kept; NaN is only where all are. */
gboolean ut_parallel_brush_keeps  (const UtParallelBrush *self,
                                   double                 value);

/**
 * ut_parallel_brush_step:
 * @self: (inout): unset, it starts as all there is.
 * @values: (array length=n): the values on the axis, in any order.
 * @upper: whether the upper end moves, or the lower one.
 * @direction: 1 moves it to the next greater value, -1 to the next smaller one.
 *
 * The end goes on to the next value that leaves the ends in order, if there is one. A brush that
 * keeps all values is unset.
 */
void     ut_parallel_brush_step   (UtParallelBrush       *self,
                                   const double          *values,
                                   gsize                  n,
                                   gboolean               upper,
                                   int                    direction);

G_END_DECLS
