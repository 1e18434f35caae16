/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtTrashRow:
 *
 * A deleted run: colour and dash, name, how it stood and when it was deleted, and the buttons Restore
 * and Delete for Good.
 *
 * Signals ::restore and ::delete: a button, or for the latter the key Delete on the row, was pressed.
 */
#define UT_TYPE_TRASH_ROW (ut_trash_row_get_type ())
G_DECLARE_FINAL_TYPE (UtTrashRow, ut_trash_row, UT, TRASH_ROW, AdwActionRow)

/** ut_trash_row_new: (transfer none): a row of @run. */
GtkWidget *ut_trash_row_new         (UtRun      *run);

/** ut_trash_row_get_run: (transfer none): its run. */
UtRun     *ut_trash_row_get_run     (UtTrashRow *self);

/** ut_trash_row_grab_focus: brings the focus to its first button. */
void       ut_trash_row_grab_focus  (UtTrashRow *self);

G_END_DECLS
