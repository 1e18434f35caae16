/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtSurePane:
 *
 * How sure the current run is of its answers on its development rows, and how often it is right:
 * in words, as a reliability diagram and as tables, before and after a temperature, which a click
 * gives to the run's model and another one takes away; with the other shown runs on the same rows
 * beside it. Composite template `ui/ut-sure-pane.ui`; main thread.
 */
#define UT_TYPE_SURE_PANE (ut_sure_pane_get_type ())
G_DECLARE_FINAL_TYPE (UtSurePane, ut_sure_pane, UT, SURE_PANE, GtkBox)

/** ut_sure_pane_new: follows the runs of @session while it is to be seen. */
GtkWidget *ut_sure_pane_new (UtSession *session);

G_END_DECLS
