/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtNotebookDrawing:
 *
 * A batch of three sentences twice, as the notebook documents what happens to it and as its code
 * does: where the state runs, where the answer is read, what padding is. Side by side, or one
 * above the other where that is too narrow. From left to right in every language, as the
 * notebook's sentences are.
 *
 * CSS: one node `notebookdrawing`; the named colours `ut_notebook_state` (arrows) and
 * `ut_notebook_answer`; everything else is in the text colour.
 *
 * Accessibility: role %GTK_ACCESSIBLE_ROLE_IMG; its description says what is to be seen.
 */
#define UT_TYPE_NOTEBOOK_DRAWING (ut_notebook_drawing_get_type ())
G_DECLARE_FINAL_TYPE (UtNotebookDrawing, ut_notebook_drawing, UT, NOTEBOOK_DRAWING, GtkWidget)

/** ut_notebook_drawing_new: the drawing. */
GtkWidget *ut_notebook_drawing_new (void);

G_END_DECLS
