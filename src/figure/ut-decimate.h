/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-smooth.h"

G_BEGIN_DECLS

/**
 * UtColumnMarks:
 * @UT_COLUMN_MISSING: a value was not a number.
 * @UT_COLUMN_ABOVE: a value was +infinite.
 * @UT_COLUMN_BELOW: a value was -infinite, or not positive on a logarithmic axis.
 */
typedef enum
{
  UT_COLUMN_MISSING = 1 << 0,
  UT_COLUMN_ABOVE   = 1 << 1,
  UT_COLUMN_BELOW   = 1 << 2,
} UtColumnMarks;

/**
 * UtColumn:
 * @x: of its last drawable point; NaN when it has none.
 * @low, @high: least and greatest drawable value.
 * @smooth: smoothed value at @x.
 */
typedef struct
{
  double        x;
  double        low;
  double        high;
  double        smooth;
  UtColumnMarks marks;
} UtColumn;

/**
 * UtDecimator:
 * @before, @after: the nearest drawable points outside, where lines come from and go to.
 * @n_points: how many points it has seen.
 * @n_inside: how many drawable ones lie within.
 *
 * Folds points into one least and one greatest value per column of pixels, so that drawing costs
 * the same for any number of points. Further points are added at their own cost. Pure; one thread
 * at a time.
 */
typedef struct
{
  double    first;
  double    last;
  gsize     n_columns;
  gboolean  positive;
  UtColumn *columns; /* (owned) (nullable) */
  UtColumn  before;
  UtColumn  after;
  gsize     n_points;
  gsize     n_inside;
  UtSmooth  smooth;
} UtDecimator;

/**
 * ut_decimator_prepare:
 * @first, @last: x at the left edge of the first and the right edge of the last column.
 * @positive: whether only values > 0 can be drawn.
 * @weight: as ut_smooth_init().
 *
 * Starts afresh unless everything is as it was. @self is zeros before its first use.
 */
void ut_decimator_prepare (UtDecimator  *self,
                           double        first,
                           double        last,
                           gsize         n_columns,
                           gboolean      positive,
                           double        weight);

/** ut_decimator_update: takes in those of all (@n) points that it has not seen; x is ascending. */
void ut_decimator_update  (UtDecimator  *self,
                           const double *x,
                           const double *y,
                           gsize         n);

/** ut_decimator_clear: frees what @self holds; it is zeros again. */
void ut_decimator_clear   (UtDecimator  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtDecimator, ut_decimator_clear)

/** ut_decimate_find: index of the point whose x is nearest to @at; @n > 0. */
gsize ut_decimate_find    (const double *x,
                           gsize         n,
                           double        at);

/** ut_decimate_lower: index of the first point with x >= @at, @n if there is none. */
gsize ut_decimate_lower   (const double *x,
                           gsize         n,
                           double        at);

G_END_DECLS
