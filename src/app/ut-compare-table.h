/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-compare-model.h"
#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtCompareTable:
 *
 * The table of all runs, or of all settings: sorted by heads of columns, searched as the run list
 * is, compared with one row, copied as text. One or more rows can be selected; a single one is the
 * session's current run, and another current run is selected in turn, unless it is among those that
 * are. Which columns there are, in which order, by which the rows are sorted and whether rows are
 * settings is remembered. At 700 pixels and less it keeps name, best and time. Composite template
 * `ui/ut-compare-table.ui`; main thread.
 *
 * Signal ::changed: other rows are selected, or something else is known of the runs.
 *
 * Actions: compare.sort (s), compare.descending, compare.column-ID, compare.per-setting,
 * compare.baseline (s, a run's id; empty for none), compare.copy (s, a format). Keys: Space shows or
 * hides what is selected, Shift+F10 opens the menu of a row, F2, Delete and Ctrl+Z as in the run
 * list.
 *
 * Accessibility: rows are named after run, accuracy and mark, cells after head and text.
 */
#define UT_TYPE_COMPARE_TABLE (ut_compare_table_get_type ())
G_DECLARE_FINAL_TYPE (UtCompareTable, ut_compare_table, UT, COMPARE_TABLE, GtkWidget)

/** ut_compare_table_set_session: once. */
void            ut_compare_table_set_session  (UtCompareTable *self,
                                               UtSession      *session);

/** ut_compare_table_get_model: (transfer none) (nullable): what its rows are from. */
UtCompareModel *ut_compare_table_get_model    (UtCompareTable *self);

/** ut_compare_table_dup_selected: (transfer full) (element-type UtCompareItem): the selected rows, as
 * they stand, without headings. */
GPtrArray      *ut_compare_table_dup_selected (UtCompareTable *self);

/** ut_compare_table_dup_text: (transfer full): what is shown, in the order in which it is shown. */
char           *ut_compare_table_dup_text     (UtCompareTable *self,
                                               UtTableFormat   format);

G_END_DECLS
