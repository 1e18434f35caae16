/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtLabelBar:
 *
 * How the labels of some rows are balanced: a bar, the negative part at its start, the positive one
 * at its end, in the colours of the signs. What it shows must also stand beside it in words; it is of
 * role presentation. Main thread.
 */
#define UT_TYPE_LABEL_BAR (ut_label_bar_get_type ())
G_DECLARE_FINAL_TYPE (UtLabelBar, ut_label_bar, UT, LABEL_BAR, GtkWidget)

/** ut_label_bar_new: an even one. */
GtkWidget *ut_label_bar_new       (void);

/** ut_label_bar_set_share: @share of positive rows, 0 to 1. */
void       ut_label_bar_set_share (UtLabelBar *self,
                                   double      share);

G_END_DECLS
