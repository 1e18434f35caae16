/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtRowTable:
 *
 * The rows of one part of a data set, which a person searches, filters by label, and sorts by the
 * head of a column. Searching is done on a worker; what was found before stays until it is done.
 * Composite template `ui/ut-row-table.ui`; main thread.
 *
 * Property: #UtRowTable:part (#UtDataPart as an int, read only).
 * Signals: ::row-selected (row as an int, -1 for none); ::row-activated (sentence): Return or a
 * double click on a row.
 */
#define UT_TYPE_ROW_TABLE (ut_row_table_get_type ())
G_DECLARE_FINAL_TYPE (UtRowTable, ut_row_table, UT, ROW_TABLE, GtkBox)

/**
 * ut_row_table_set_inspection: shows a part of @inspection (nullable); the part that was shown
 * before, where there is one.
 */
void       ut_row_table_set_inspection (UtRowTable    *self,
                                        UtInspection  *inspection);

/** ut_row_table_get_part: which part is shown. */
UtDataPart ut_row_table_get_part       (UtRowTable    *self);

/** ut_row_table_set_part: shows @part, where there is one. */
void       ut_row_table_set_part       (UtRowTable    *self,
                                        UtDataPart     part);

/**
 * ut_row_table_set_subset:
 * @self: the table.
 * @rows: (nullable) (array length=n_rows): the rows of the part to look at, rising; %NULL for all.
 * @n_rows: how many.
 *
 * Another part or data set has no subset.
 */
void       ut_row_table_set_subset     (UtRowTable    *self,
                                        const guint32 *rows,
                                        gsize          n_rows);

/**
 * ut_row_table_set_losses:
 * @self: the table.
 * @losses: (nullable): a float for each row of the part that is shown.
 * @run: (nullable): whose they are.
 */
void       ut_row_table_set_losses     (UtRowTable    *self,
                                        GBytes        *losses,
                                        const char    *run);

/** ut_row_table_sort_by_loss: puts the hardest rows first, where there are losses. */
void       ut_row_table_sort_by_loss   (UtRowTable    *self);

G_END_DECLS
