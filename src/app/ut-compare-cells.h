/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-compare-columns.h"

G_BEGIN_DECLS

/**
 * UtCompareCells:
 *
 * The cells of the table of runs: it makes them, fills them, fills those again that are on the screen
 * when a row says something else, and names them and their rows for screen readers. Main thread.
 */
typedef struct UtCompareCells UtCompareCells;

/** ut_compare_cells_new: (transfer full): serves @columns until it is freed. */
UtCompareCells *ut_compare_cells_new          (UtCompareColumns *columns);
void            ut_compare_cells_free         (UtCompareCells   *self);

/** ut_compare_cells_set_baseline: the row (nullable) that all are compared with. */
void            ut_compare_cells_set_baseline (UtCompareCells   *self,
                                               UtCompareItem    *baseline);
/** ut_compare_cells_set_per_setting: whether rows are settings, of which there is more to say. */
void            ut_compare_cells_set_per_setting (UtCompareCells *self,
                                               gboolean          per_setting);
/** ut_compare_cells_refresh: @item, or with %NULL any row, says something else. */
void            ut_compare_cells_refresh      (UtCompareCells   *self,
                                               UtCompareItem    *item);
/** ut_compare_cells_find: (transfer none) (nullable): the widget of the row that shows @item, if one
 * does. */
GtkWidget      *ut_compare_cells_find         (UtCompareCells   *self,
                                               UtCompareItem    *item);
/** ut_compare_cells_pick: (transfer none) (nullable): what the row shows that @widget (nullable) is in
 * or is. */
UtCompareItem  *ut_compare_cells_pick         (UtCompareCells   *self,
                                               GtkWidget        *widget);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCompareCells, ut_compare_cells_free)

G_END_DECLS
