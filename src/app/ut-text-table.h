/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtTextTable:
 *
 * A table of some hundred rows of text at most, whose columns are known only when it is filled: what
 * runs have in common and what not. A head sorts its column by the keys of its cells. Filling it
 * again with the same columns keeps order and place. Main thread.
 *
 * Signals: ::row-activated (row as a guint): Return or a double click on a row.
 */
#define UT_TYPE_TEXT_TABLE (ut_text_table_get_type ())
G_DECLARE_FINAL_TYPE (UtTextTable, ut_text_table, UT, TEXT_TABLE, GtkWidget)

/**
 * UtTextTableCell:
 * @text: what it says; copied.
 * @key: what it is sorted by; NaN comes last.
 * @low, @high: where they are not NaN, the ends of an interval around @key, a share, which is drawn
 *   below the text.
 */
typedef struct
{
  const char *text;
  double key;
  double low;
  double high;
} UtTextTableCell;

/** ut_text_table_begin: what follows takes the place of what is there at ut_text_table_end(). */
void ut_text_table_begin      (UtTextTable           *self);

/**
 * ut_text_table_add_column:
 * @self: the table.
 * @title: its head.
 * @is_number: whether its cells stand at the right.
 * @has_intervals: whether its cells have room for one.
 *
 * The first column, which names the rows, is not sorted by.
 */
void ut_text_table_add_column (UtTextTable           *self,
                               const char            *title,
                               gboolean               is_number,
                               gboolean               has_intervals);

/**
 * ut_text_table_add_row:
 * @self: the table.
 * @cells: (array): one for each column.
 * @style: the mark of a run before the first cell, as #UtPlotStyle counts them; -1 for none.
 * @is_current: whether it stands out.
 */
void ut_text_table_add_row    (UtTextTable           *self,
                               const UtTextTableCell *cells,
                               int                    style,
                               gboolean               is_current);

/** ut_text_table_end: shows what was added. */
void ut_text_table_end        (UtTextTable           *self);

/** ut_text_table_set_label: what a screen reader calls it. */
void ut_text_table_set_label  (UtTextTable           *self,
                               const char            *label);

/** ut_text_table_get_n_rows: how many rows it shows. */
guint ut_text_table_get_n_rows (UtTextTable          *self);

/** ut_text_table_get_text: (transfer none): what a cell says, by the row's number as it was added. */
const char *ut_text_table_get_text (UtTextTable      *self,
                                    guint             row,
                                    guint             column);

G_END_DECLS
