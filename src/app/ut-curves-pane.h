/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtCurvesPane:
 *
 * The curves of all shown runs: loss and accuracy, what the cursor reads, and what the current run
 * says. All such panes, on whatever page, have one view and the same series; one that is not mapped
 * does nothing. A run whose line is clicked becomes the current one.
 */
#define UT_TYPE_CURVES_PANE (ut_curves_pane_get_type ())
G_DECLARE_FINAL_TYPE (UtCurvesPane, ut_curves_pane, UT, CURVES_PANE, GtkBox)

/** ut_curves_pane_new: the curves of @session. */
GtkWidget *ut_curves_pane_new         (UtSession    *session);

/** ut_curves_pane_set_session: for one of a template; once. */
void       ut_curves_pane_set_session (UtCurvesPane *self,
                                       UtSession    *session);

G_END_DECLS
