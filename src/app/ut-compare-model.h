/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-compare-item.h"

G_BEGIN_DECLS

/**
 * UtCompareModel:
 *
 * The rows of the table of runs: all runs of a store, or all settings, group by group as
 * #UtComparison has them, each group under a heading where there are several. It follows the store,
 * a training run at the end of its epochs, and keeps rows that stay. It reads the answers of those
 * runs that may be among the best, to know which cannot be told from the best one. Main thread.
 *
 * Signals: ::item-changed (#UtCompareItem): a row says something else; ::updated: the comparison is a
 * new one, or knows more.
 */
#define UT_TYPE_COMPARE_MODEL (ut_compare_model_get_type ())
G_DECLARE_FINAL_TYPE (UtCompareModel, ut_compare_model, UT, COMPARE_MODEL, GObject)

/** ut_compare_model_new: (transfer full): the rows of the runs of @store; it rests at first. */
UtCompareModel *ut_compare_model_new            (UtRunStore     *store);

/** ut_compare_model_get_items: (transfer none): its rows, of type #UtCompareItem. */
GListModel     *ut_compare_model_get_items      (UtCompareModel *self);
/** ut_compare_model_get_comparison: (transfer none): what its rows say it from; valid until
 * ::updated. */
UtComparison   *ut_compare_model_get_comparison (UtCompareModel *self);
/** ut_compare_model_find: (transfer none) (nullable): the row that @run (nullable) is in. */
UtCompareItem  *ut_compare_model_find           (UtCompareModel *self,
                                                 UtRun          *run);

/** ut_compare_model_set_rests: whether it leaves changes until later, because nobody looks. */
void            ut_compare_model_set_rests      (UtCompareModel *self,
                                                 gboolean        rests);
gboolean        ut_compare_model_get_per_setting (UtCompareModel *self);
/** ut_compare_model_set_per_setting: whether its rows are settings instead of runs. */
void            ut_compare_model_set_per_setting (UtCompareModel *self,
                                                 gboolean        per_setting);

/** ut_compare_model_take_answers: @answers (transfer full) of @run were read. Whether they are those of
 * its best epoch, still. */
gboolean        ut_compare_model_take_answers   (UtCompareModel *self,
                                                 UtRun          *run,
                                                 UtAnswers      *answers);

G_END_DECLS
