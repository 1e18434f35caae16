/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-compare-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtCompareColumn:
 * @UT_COLUMN_NAME: of the run, or in what a setting differs from the others.
 * @UT_COLUMN_DATA: the data set.
 * @UT_COLUMN_CELL: the cell.
 * @UT_COLUMN_BEST: highest validation accuracy.
 * @UT_COLUMN_EPOCH: the epoch of it.
 * @UT_COLUMN_LAST: validation accuracy of the last epoch.
 * @UT_COLUMN_GAP: training less validation accuracy of the best epoch.
 * @UT_COLUMN_TIME: of the training.
 * @UT_COLUMN_SPEED: steps a second.
 * @UT_COLUMN_WEIGHTS: numbers of the model.
 * @UT_COLUMN_SEED: the seed, or the seeds.
 * @UT_COLUMN_N: how many seeds; of settings alone.
 * @UT_COLUMN_TAGS: words a person put on it.
 * @UT_COLUMN_COURSE: the validation accuracy, drawn.
 *
 * A column of the table of runs.
 */
typedef enum
{
  UT_COLUMN_NAME,
  UT_COLUMN_DATA,
  UT_COLUMN_CELL,
  UT_COLUMN_BEST,
  UT_COLUMN_EPOCH,
  UT_COLUMN_LAST,
  UT_COLUMN_GAP,
  UT_COLUMN_TIME,
  UT_COLUMN_SPEED,
  UT_COLUMN_WEIGHTS,
  UT_COLUMN_SEED,
  UT_COLUMN_N,
  UT_COLUMN_TAGS,
  UT_COLUMN_COURSE,
} UtCompareColumn;

#define UT_N_COMPARE_COLUMNS (UT_COLUMN_COURSE + 1)

/** ut_compare_column_get_id: "name", "data" …: what settings and actions call it. */
const char  *ut_compare_column_get_id        (UtCompareColumn  column);
/** ut_compare_column_from_id: whether @id names one; @column receives it. */
gboolean     ut_compare_column_from_id       (const char      *id,
                                              UtCompareColumn *column);
/** ut_compare_column_get_title: its head, translated. */
const char  *ut_compare_column_get_title     (UtCompareColumn  column);
/** ut_compare_column_is_number: whether its texts stand at the right. */
gboolean     ut_compare_column_is_number     (UtCompareColumn  column);
/** ut_compare_column_expands: whether it takes room that the others leave. */
gboolean     ut_compare_column_expands       (UtCompareColumn  column);
/** ut_compare_column_is_narrow: whether it stays where there is little room. */
gboolean     ut_compare_column_is_narrow     (UtCompareColumn  column);
/** ut_compare_column_can_sort: whether rows can be sorted by it. */
gboolean     ut_compare_column_can_sort      (UtCompareColumn  column);
/** ut_compare_column_get_direction: which end of it one wants to see first. */
GtkSortType  ut_compare_column_get_direction (UtCompareColumn  column);
/**
 * ut_compare_column_get_sample:
 * @column: a column that is not drawn.
 * @per_setting: whether rows are settings.
 * @with_baseline: whether they are compared with one of them.
 *
 * Returns: the longest text that its cells have room for.
 */
const char  *ut_compare_column_get_sample    (UtCompareColumn  column,
                                              gboolean         per_setting,
                                              gboolean         with_baseline);

/**
 * ut_compare_column_dup_text:
 * @column: a column.
 * @item: a row that is no heading.
 * @baseline: (nullable): the row that it is compared with.
 *
 * Returns: (transfer full): what stands there: "0.833", and beside a baseline of the same, ranked
 *   group "0.833 (+0.012)"; "–" for a number that is not known.
 */
char        *ut_compare_column_dup_text      (UtCompareColumn  column,
                                              UtCompareItem   *item,
                                              UtCompareItem   *baseline);

/** ut_compare_column_compare: below 0 where @a comes before @b in rising order; what is not known comes
 * before all that is. */
int          ut_compare_column_compare       (UtCompareColumn  column,
                                              UtCompareItem   *a,
                                              UtCompareItem   *b);

/** ut_compare_item_get_mark: (nullable): "best", "≈ best" or "as coded", translated. */
const char  *ut_compare_item_get_mark        (UtCompareItem   *item);

G_END_DECLS
