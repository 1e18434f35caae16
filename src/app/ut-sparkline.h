/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtSparkline:
 *
 * The course of a number as a line as high as a line of text, with a mark at its best place. It has
 * no axes: it is drawn from its lowest to its highest value, but from no less than 0.05 apart, so
 * that a line that hardly moves looks like one. CSS node `sparkline`, whose `color` is the line's;
 * role presentation, so that whoever holds it says what it shows. Main thread.
 */
#define UT_TYPE_SPARKLINE (ut_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (UtSparkline, ut_sparkline, UT, SPARKLINE, GtkWidget)

/** ut_sparkline_new: (transfer full): a line without values. */
GtkWidget *ut_sparkline_new        (void);

/**
 * ut_sparkline_set_values:
 * @self: the line.
 * @values: (array length=n_values): in their order; those that are no numbers are left out.
 * @best: which of them is marked; @n_values for none.
 */
void       ut_sparkline_set_values (UtSparkline  *self,
                                    const double *values,
                                    gsize         n_values,
                                    gsize         best);

/** ut_sparkline_get_points: (array length=n_points) (transfer none): where the line goes: x and y of
 * each point in turn, from 0 to 1, y upwards; for tests. */
const float *ut_sparkline_get_points (UtSparkline *self,
                                      gsize       *n_points);

G_END_DECLS
