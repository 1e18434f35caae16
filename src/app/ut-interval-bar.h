/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtIntervalBar:
 *
 * A share with its interval on a line from 0 to 1: where it lies and how sure that is, for a cell of a
 * table that says the same in text. In the colour of the node's text; CSS node `intervalbar`; role
 * presentation. Main thread.
 */
#define UT_TYPE_INTERVAL_BAR (ut_interval_bar_get_type ())
G_DECLARE_FINAL_TYPE (UtIntervalBar, ut_interval_bar, UT, INTERVAL_BAR, GtkWidget)

/** ut_interval_bar_new: without a share. */
GtkWidget *ut_interval_bar_new (void);

/** ut_interval_bar_set: @low to @high around @value; NaN takes the share away. */
void       ut_interval_bar_set (UtIntervalBar *self,
                                double         low,
                                double         value,
                                double         high);

G_END_DECLS
