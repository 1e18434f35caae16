/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCompareKind:
 * @UT_COMPARE_HEADING: above the rows of a group.
 * @UT_COMPARE_RUN: a run.
 * @UT_COMPARE_SETTING: runs that differ in their seed alone.
 *
 * What a row of the table is about.
 */
typedef enum
{
  UT_COMPARE_HEADING,
  UT_COMPARE_RUN,
  UT_COMPARE_SETTING,
} UtCompareKind;

/**
 * UtCompareFacts:
 * @title: name of the run or the setting, or the heading.
 * @group: place of the group that it is in.
 * @is_ranked: whether its accuracy may be compared within the group.
 * @is_as_coded: whether it is as the notebook's code runs.
 * @standing: to the best one of the group.
 * @accuracy: of the best epoch; over the seeds, for a setting.
 * @first_epoch: the best one, the earliest over the seeds; -1 where there is none.
 * @last_epoch: the same, the latest.
 * @last: accuracy of the last epoch; this and what follows are means over the seeds for a setting,
 *   NaN where unknown.
 * @gap: training less validation accuracy, of the best epoch.
 * @seconds: of the whole run.
 * @steps_per_second: of the training.
 * @n_weights: numbers of the model, 0 where unknown.
 *
 * What a row says. The texts are not owned.
 */
typedef struct
{
  const char *title;
  guint group;
  gboolean is_ranked;
  gboolean is_as_coded;
  UtStanding standing;
  UtMean accuracy;
  int first_epoch;
  int last_epoch;
  double last;
  double gap;
  double seconds;
  double steps_per_second;
  guint64 n_weights;
} UtCompareFacts;

/**
 * UtCompareItem:
 *
 * A row of the table of runs: a heading, a run, or a setting with its runs. What it says is copied
 * into it, so that rows are sorted and drawn without a look at the runs. Main thread.
 */
#define UT_TYPE_COMPARE_ITEM (ut_compare_item_get_type ())
G_DECLARE_FINAL_TYPE (UtCompareItem, ut_compare_item, UT, COMPARE_ITEM, GObject)

/** ut_compare_item_new: (transfer full): a row that says nothing yet. */
UtCompareItem *ut_compare_item_new      (UtCompareKind         kind);

/**
 * ut_compare_item_update:
 * @self: the row.
 * @runs: (element-type UtRun): what it is about, the best one first; empty for a heading.
 * @facts: what it says.
 *
 * Returns: whether it says anything else than before.
 */
gboolean       ut_compare_item_update   (UtCompareItem        *self,
                                         GPtrArray            *runs,
                                         const UtCompareFacts *facts);

UtCompareKind  ut_compare_item_get_kind (UtCompareItem        *self);
/** ut_compare_item_get_facts: (transfer none): what it says. */
const UtCompareFacts *ut_compare_item_get_facts (UtCompareItem *self);
/** ut_compare_item_get_runs: (transfer none) (element-type UtRun): what it is about. */
GPtrArray     *ut_compare_item_get_runs (UtCompareItem        *self);
/** ut_compare_item_get_run: (transfer none) (nullable): the best of its runs; %NULL for a heading. */
UtRun         *ut_compare_item_get_run  (UtCompareItem        *self);
/** ut_compare_item_has_run: whether @run (nullable) is one of its runs. */
gboolean       ut_compare_item_has_run  (UtCompareItem        *self,
                                         UtRun                *run);

/** ut_compare_item_get_key: (nullable): what was kept in @slot, until it says anything else. */
const char    *ut_compare_item_get_key  (UtCompareItem        *self,
                                         guint                 slot);
/** ut_compare_item_take_key: keeps @key (transfer full) in @slot, and gives it back. */
const char    *ut_compare_item_take_key (UtCompareItem        *self,
                                         guint                 slot,
                                         char                 *key);
/** ut_compare_item_forget_keys: what it says besides its facts has changed. */
void           ut_compare_item_forget_keys (UtCompareItem     *self);

/** UT_COMPARE_ITEM_SLOTS: how many keys can be kept. */
#define UT_COMPARE_ITEM_SLOTS 16

G_END_DECLS
