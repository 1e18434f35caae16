/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-metadata-private.h"
#include "ut-metrics.h"
#include "ut-safetensors-private.h"
#include "ut-schedule-private.h"
#include "ut-stopwatch-private.h"

G_BEGIN_DECLS

#define UT_METADATA_STATE "undertone.state"
#define UT_METADATA_TIMES "undertone.times"

/**
 * UtProgress:
 * @step: steps done in the whole run.
 * @epoch: from 1, the epoch that is done or under way; 0 before the first one.
 * @batch: batches done in it.
 * @n_ended: epochs whose batches are all done: @epoch, or one less.
 * @n_checked: epochs whose check is done: @n_ended, or one less.
 * @n_examples: rows that the epoch's batches had so far.
 * @loss_sum: of these rows.
 * @n_correct: of these rows.
 * @checked: whether there is a best epoch.
 * @best: the best epoch, where there is one.
 * @best_model: checksum of the file that has its model; empty where there is none.
 * @accuracy_to_beat: by the minimum delta, or patience is lost; negative before the first check.
 * @n_idle_epochs: epochs in a row that did not.
 * @schedule: the learning rate's.
 * @times: taken so far.
 *
 * How far a training has come, besides the numbers of its tensors. A value.
 */
typedef struct
{
  guint64 step;
  guint epoch;
  guint batch;
  guint n_ended;
  guint n_checked;
  guint64 n_examples;
  double loss_sum;
  guint64 n_correct;
  gboolean checked;
  UtEpoch best;
  char best_model[UT_SAFETENSORS_MAX_CHECKSUM + 1];
  double accuracy_to_beat;
  guint n_idle_epochs;
  UtSchedule schedule;
  UtTimes times;
} UtProgress;

/** UT_PROGRESS_INIT: before the first step; the schedule is still to be given. */
#define UT_PROGRESS_INIT { .accuracy_to_beat = -1 }

/** _ut_progress_is_best: whether it stands at the end of the best epoch. */
gboolean _ut_progress_is_best   (const UtProgress  *self);

/** _ut_progress_make_state: (transfer full): the text of %UT_METADATA_STATE, in which each number
 * has the same bits when it is read back. */
char    *_ut_progress_make_state (const UtProgress *self);
/** _ut_progress_make_times: (transfer full): the text of %UT_METADATA_TIMES, apart from the other,
 * as it is all in which equal trainings differ. */
char    *_ut_progress_make_times (const UtProgress *self);

/**
 * _ut_progress_read:
 * @file: a training state.
 * @n_rows: of its training data, at least 1.
 * @config: of its training.
 * @self: (out): what it says of both texts, all in its range; the schedule is made ready for
 *   @config.
 */
gboolean _ut_progress_read      (UtSafetensors     *file,
                                 gsize              n_rows,
                                 const UtConfig    *config,
                                 UtProgress        *self,
                                 GError           **error);

G_END_DECLS
