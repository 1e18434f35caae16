/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-compare-column.h"

G_BEGIN_DECLS

/**
 * UtCompareColumns:
 *
 * The columns of the table of runs: which are shown, in which order, and by which the rows are
 * sorted. The settings "compare-columns", "compare-sort" and "compare-descending" remember it. Main
 * thread.
 *
 * Signal ::changed: another choice or another order.
 */
#define UT_TYPE_COMPARE_COLUMNS (ut_compare_columns_get_type ())
G_DECLARE_FINAL_TYPE (UtCompareColumns, ut_compare_columns, UT, COMPARE_COLUMNS, GObject)

/** ut_compare_columns_new: (transfer full): fills @view, which has no columns, with them. */
UtCompareColumns *ut_compare_columns_new        (GtkColumnView    *view,
                                                 GSettings        *settings);

/** ut_compare_columns_get: (transfer none): the column itself. */
GtkColumnViewColumn *ut_compare_columns_get     (UtCompareColumns *self,
                                                 UtCompareColumn   column);
/** ut_compare_columns_get_chosen: whether a person wants to see @column. */
gboolean          ut_compare_columns_get_chosen (UtCompareColumns *self,
                                                 UtCompareColumn   column);
/** ut_compare_columns_set_chosen: of the names always. */
void              ut_compare_columns_set_chosen (UtCompareColumns *self,
                                                 UtCompareColumn   column,
                                                 gboolean          chosen);
/** ut_compare_columns_set_narrow: whether there is room for the most needed ones alone. */
void              ut_compare_columns_set_narrow (UtCompareColumns *self,
                                                 gboolean          narrow);
/** ut_compare_columns_set_per_setting: whether rows are settings, which have a number of seeds. */
void              ut_compare_columns_set_per_setting (UtCompareColumns *self,
                                                 gboolean          per_setting);
/** ut_compare_columns_list: (transfer full) (element-type UtCompareColumn): those that are shown, as
 * they stand. */
GArray           *ut_compare_columns_list       (UtCompareColumns *self);

/** ut_compare_columns_get_sort: by which the rows are sorted first of all; -1 for none. */
int               ut_compare_columns_get_sort   (UtCompareColumns *self,
                                                 gboolean         *descending);
/** ut_compare_columns_sort: sorts by @column. */
void              ut_compare_columns_sort       (UtCompareColumns *self,
                                                 UtCompareColumn   column,
                                                 GtkSortType       direction);
/** ut_compare_columns_free_widths: texts are of another size. */
void              ut_compare_columns_free_widths (UtCompareColumns *self);

G_END_DECLS
