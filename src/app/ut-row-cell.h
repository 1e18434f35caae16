/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtRowCell:
 *
 * One line of text in a long table. Unlike a GtkLabel it asks for the same size whatever its text
 * is, so that a new text costs no more than its drawing: a column view of GTK 4.8 keeps 200 rows,
 * and measures all of them again when one asks for another size. Text that is too long ends with an
 * ellipsis, and is the tooltip. CSS node `label`; role presentation, so that whoever holds it names
 * what it shows. Main thread.
 */
#define UT_TYPE_ROW_CELL (ut_row_cell_get_type ())
G_DECLARE_FINAL_TYPE (UtRowCell, ut_row_cell, UT, ROW_CELL, GtkWidget)

/**
 * ut_row_cell_new:
 * @sample: the longest texts there will be, a line for each: as wide as the widest of them it
 *   wants to be, at least 3 characters.
 * @alignment: where the text stands if there is more room: 0 at its start, 1 at its end.
 *
 * Returns: (transfer full): a cell without text.
 */
GtkWidget  *ut_row_cell_new      (const char  *sample,
                                  float        alignment);

const char *ut_row_cell_get_text (UtRowCell   *self);
void        ut_row_cell_set_text (UtRowCell   *self,
                                  const char  *text);
/** ut_row_cell_measure_text: how many pixels its text takes if nothing of it is left out. */
int         ut_row_cell_measure_text (UtRowCell *self);

G_END_DECLS
