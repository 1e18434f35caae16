/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** UtLassoVertex: a corner, in pixels. */
typedef struct
{
  double x;
  double y;
} UtLassoVertex;

/**
 * UtLasso:
 *
 * A closed polygon, in any direction, that may cross itself: what an odd number of its sides
 * surrounds is inside. Immutable.
 */
typedef struct UtLasso UtLasso;

/**
 * ut_lasso_new:
 * @vertices: (array length=n): in order; the last is joined to the first. Those that are not finite
 *   are passed over.
 * @n: how many; below three nothing is inside.
 *
 * Returns: (transfer full): the lasso.
 */
UtLasso  *ut_lasso_new      (const UtLassoVertex *vertices,
                             gsize                n);
void      ut_lasso_free     (UtLasso             *self);

/** ut_lasso_contains: whether a point is inside; NaN is not. Looks at few of the sides only. */
gboolean  ut_lasso_contains (const UtLasso       *self,
                             double               x,
                             double               y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtLasso, ut_lasso_free)

G_END_DECLS
