/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtRunRow:
 *
 * A row of the run list: tick, colour and dash, name, a badge where it runs as the notebook's code
 * does, how it stands, tags, menu. The tooltip has all of it, and the note. The list's Space, F2 and
 * Shift+F10 do what the tick and the menu do.
 *
 * Accessibility: rows of a #GtkListView have no name of their own, so the widget names its parent
 * after name and state, and describes it by tags and note.
 */
#define UT_TYPE_RUN_ROW (ut_run_row_get_type ())
G_DECLARE_FINAL_TYPE (UtRunRow, ut_run_row, UT, RUN_ROW, GtkBox)

/** ut_run_row_new: a row without a run. */
GtkWidget *ut_run_row_new       (void);

/** ut_run_row_set_run: shows @run, or nothing. */
void       ut_run_row_set_run   (UtRunRow *self,
                                 UtRun    *run);

/** ut_run_row_open_menu: what a press on its menu button does. */
void       ut_run_row_open_menu (UtRunRow *self);

/** ut_run_row_rename: asks for another name, in place. */
void       ut_run_row_rename    (UtRunRow *self);

G_END_DECLS
