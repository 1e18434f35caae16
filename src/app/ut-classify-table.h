/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-classify-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtClassifyTable:
 *
 * The rows of a classified file: line, label, answer, probability, words, unknown words, text. They
 * are filtered and sorted on a worker, read from the disk where they are seen, and copied as they
 * are saved. Composite template `ui/ut-classify-table.ui`; main thread.
 *
 * Signals: ::row-activated (text): Return or a double click on a row; ::message (text): that rows
 * were copied, or why not. Keys: Ctrl+C copies the selected rows.
 */
#define UT_TYPE_CLASSIFY_TABLE (ut_classify_table_get_type ())
G_DECLARE_FINAL_TYPE (UtClassifyTable, ut_classify_table, UT, CLASSIFY_TABLE, GtkBox)

/** ut_classify_table_set_rows: shows @rows; to be called once. */
void ut_classify_table_set_rows   (UtClassifyTable  *self,
                                   UtClassifiedRows *rows);

/** ut_classify_table_set_filter: shows the rows that @filter says. */
void ut_classify_table_set_filter (UtClassifyTable  *self,
                                   UtClassifyFilter  filter);

/** ut_classify_table_update_meanings: labels mean something else. */
void ut_classify_table_update_meanings (UtClassifyTable *self);

/** ut_classify_table_get_n_listed: how many rows are listed. */
guint ut_classify_table_get_n_listed (UtClassifyTable *self);

G_END_DECLS
