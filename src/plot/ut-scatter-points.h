/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-lasso.h"
#include "ut-scale.h"

G_BEGIN_DECLS

/**
 * UtScatterBand:
 * @UT_SCATTER_NEVER: a share of 0.
 * @UT_SCATTER_SELDOM: below a half.
 * @UT_SCATTER_OFTEN: a half and above.
 * @UT_SCATTER_ALWAYS: 1.
 *
 * Into which of four kinds a share falls.
 */
typedef enum
{
  UT_SCATTER_NEVER,
  UT_SCATTER_SELDOM,
  UT_SCATTER_OFTEN,
  UT_SCATTER_ALWAYS,
} UtScatterBand;

/** UT_SCATTER_N_BANDS: how many there are. */
#define UT_SCATTER_N_BANDS (UT_SCATTER_ALWAYS + 1)

/** ut_scatter_band_choose: the band of @share, which is finite. */
UtScatterBand    ut_scatter_band_choose         (double                  share);

/**
 * UtScatterPoints:
 * @x, @y: (array length=n): NaN, both, where the row has no point.
 * @bands: (array length=n): of type #UtScatterBand.
 * @n: how many rows.
 * @n_points: how many of them have a point.
 * @n_of_band: likewise, of each band.
 *
 * The points of a scatter plot and what is asked of them, in pixels by way of two linear scales.
 * Immutable, atomically counted.
 */
typedef struct
{
  float  *x;
  float  *y;
  guint8 *bands;
  gsize   n;
  gsize   n_points;
  gsize   n_of_band[UT_SCATTER_N_BANDS];
} UtScatterPoints;

/** ut_scatter_points_new: (transfer full): of copies; rows of which a number is not finite have no
 * point. */
UtScatterPoints *ut_scatter_points_new          (const float            *x,
                                                 const float            *y,
                                                 const float            *shares,
                                                 gsize                   n);
UtScatterPoints *ut_scatter_points_ref          (UtScatterPoints        *self);
void             ut_scatter_points_unref        (UtScatterPoints        *self);

/** ut_scatter_points_has: whether @row has a point. */
gboolean         ut_scatter_points_has          (const UtScatterPoints  *self,
                                                 gsize                   row);

/** ut_scatter_points_get_range: the least and the largest of @x or @y; NaN without points. */
void             ut_scatter_points_get_range    (const UtScatterPoints  *self,
                                                 const float            *numbers,
                                                 double                 *low,
                                                 double                 *high);

/** ut_scatter_points_find_nearest: the row whose point is nearest to a pixel and at most @radius
 * away, of equal ones the first; -1 for none. */
gssize           ut_scatter_points_find_nearest (const UtScatterPoints  *self,
                                                 const UtScale          *x_scale,
                                                 const UtScale          *y_scale,
                                                 double                  x,
                                                 double                  y,
                                                 double                  radius);

/**
 * ut_scatter_points_find_next:
 * @dx, @dy: the direction: one of them is -1 or 1, the other 0.
 *
 * Looks from the point of @row for the nearest one that lies at least a pixel ahead and not more
 * to the side than ahead; what is aside counts twice.
 *
 * Returns: its row; @row where there is none.
 */
gssize           ut_scatter_points_find_next    (const UtScatterPoints  *self,
                                                 const UtScale          *x_scale,
                                                 const UtScale          *y_scale,
                                                 gssize                  row,
                                                 int                     dx,
                                                 int                     dy);

/** ut_scatter_points_sort: (transfer full) (array length=n_points): the rows that have a point, by
 * rising y, of equal ones the first first. */
guint32         *ut_scatter_points_sort         (const UtScatterPoints  *self);

/** ut_scatter_points_surround: sets @inside[row] to 1 for each point in the lasso, else to 0. */
void             ut_scatter_points_surround     (const UtScatterPoints  *self,
                                                 const UtScale          *x_scale,
                                                 const UtScale          *y_scale,
                                                 const UtLasso          *lasso,
                                                 guint8                 *inside);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtScatterPoints, ut_scatter_points_unref)

G_END_DECLS
