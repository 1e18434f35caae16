/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtScatter:
 *
 * Many points, one for each row of something, coloured and shaped by a share that each has, of
 * which a person selects some. Main thread.
 *
 * Properties: #UtScatter:x-title and #UtScatter:y-title (what the axes measure),
 * #UtScatter:hovered (row under the pointer or the crosshair, -1 for none; read only),
 * #UtScatter:n-selected (read only).
 * Signals: ::selection-changed, whoever changed it; ::row-activated (guint row): Return or a double
 * click on a point.
 *
 * Keys, mouse, CSS nodes and accessibility are described in ut-scatter.c.
 */
#define UT_TYPE_SCATTER (ut_scatter_get_type ())
G_DECLARE_FINAL_TYPE (UtScatter, ut_scatter, UT, SCATTER, GtkWidget)

/** ut_scatter_new: a plot without points. */
GtkWidget     *ut_scatter_new           (void);

/**
 * ut_scatter_set_points:
 * @self: the plot.
 * @x: (array length=n) (nullable): of each row.
 * @y: (array length=n) (nullable): likewise.
 * @shares: (array length=n) (nullable): 0 to 1: which of four bands the row belongs to: 0, below a
 *   half, a half and above, 1.
 * @n: how many rows; 0 takes all points away.
 *
 * Copies the numbers. A row of which one is not finite has no point and cannot be selected. Nothing
 * stays selected.
 */
void           ut_scatter_set_points    (UtScatter      *self,
                                         const float    *x,
                                         const float    *y,
                                         const float    *shares,
                                         gsize           n);

/** ut_scatter_get_n_points: how many rows have a point. */
gsize          ut_scatter_get_n_points  (UtScatter      *self);

/**
 * ut_scatter_set_selection:
 * @self: the plot.
 * @rows: (array length=n) (nullable): in any order; rows without a point are passed over.
 * @n: how many; 0 selects nothing.
 */
void           ut_scatter_set_selection (UtScatter      *self,
                                         const guint32  *rows,
                                         gsize           n);

/**
 * ut_scatter_get_selection:
 * @self: the plot.
 * @n: (out): how many rows are selected.
 *
 * Returns: (transfer none) (array length=n) (nullable): them, rising; valid until the next
 *   ::selection-changed.
 */
const guint32 *ut_scatter_get_selection (UtScatter      *self,
                                         gsize          *n);

/** ut_scatter_get_hovered: the row under the pointer or the crosshair, -1 for none. */
int            ut_scatter_get_hovered   (UtScatter      *self);

/** ut_scatter_set_hovered: moves the crosshair to @row, as where it was chosen in a list; -1 takes
 * it away. */
void           ut_scatter_set_hovered   (UtScatter      *self,
                                         int             row);

/**
 * ut_scatter_dup_reading: (transfer full):
 * The numbers of the hovered row, in words; "" without one.
 */
char          *ut_scatter_dup_reading   (UtScatter      *self);

G_END_DECLS
