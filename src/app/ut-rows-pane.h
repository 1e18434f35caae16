/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtRowsPane:
 *
 * The development rows of the shown runs by what these answered: confusion matrices whose cells open
 * their rows, rows on which runs disagree, the hardest ones, and slices by length, negation, unknown
 * words and an expression of one's own. A row that is activated is asked about in Predict
 * (`win.ask`). All that goes through rows is done on a worker. Composite template
 * `ui/ut-rows-pane.ui`; main thread.
 */
#define UT_TYPE_ROWS_PANE (ut_rows_pane_get_type ())
G_DECLARE_FINAL_TYPE (UtRowsPane, ut_rows_pane, UT, ROWS_PANE, GtkBox)

/** ut_rows_pane_new: follows the runs of @session while it is to be seen. */
GtkWidget *ut_rows_pane_new (UtSession *session);

G_END_DECLS
