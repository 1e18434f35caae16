/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-control-private.h"
#include "ut-mailbox-private.h"
#include "ut-trainer.h"

G_BEGIN_DECLS

/** UtJobTrain: as ut_nn_trainer_run(). */
typedef UtNnStatus (*UtJobTrain) (UtNnTrainer         *trainer,
                                  const UtNnSentences *sentences,
                                  const guint32       *rows,
                                  gsize                n_rows,
                                  gsize                batch_size,
                                  UtNnBatchFunc        on_batch,
                                  gpointer             data);

/** UT_JOB_SAVE_INTERVAL: no more than a minute's work is lost. */
#define UT_JOB_SAVE_INTERVAL G_TIME_SPAN_MINUTE

/**
 * UtJob:
 * @config: (owned): what to train.
 * @corpus: (owned) (nullable): its data, where read already.
 * @log: (owned) (nullable): receives the log.
 * @model: (owned) (nullable): receives the best epoch's model.
 * @state: (owned) (nullable): receives the training state.
 * @map: (owned) (nullable): receives the data map.
 * @store: (owned) (nullable): path of the store that receives the course.
 * @run_id: (owned) (nullable): of the run there.
 * @start: (owned) (nullable): a training state to go on from.
 * @waits_to_save: whether a file that cannot be written pauses the training.
 * @save_interval: microseconds, after which the state is saved within an epoch.
 * @control: (owned): what the main thread wishes.
 * @mailbox: (owned): the way back.
 * @train: trains on batches: ut_nn_trainer_run(), or what a test puts before it.
 *
 * All that a training's worker knows: values, and what is atomically counted.
 */
typedef struct
{
  UtConfig *config;
  UtCorpus *corpus;
  GFile *log;
  GFile *model;
  GFile *state;
  GFile *map;
  char *store;
  char *run_id;
  GFile *start;
  gboolean waits_to_save;
  gint64 save_interval;
  UtControl *control;
  UtMailbox *mailbox;
  UtJobTrain train;
} UtJob;

void              _ut_job_free (UtJob   *job);

/**
 * _ut_job_run:
 * @job: the job.
 * @error: what failed before there was anything to keep.
 *
 * Trains. Blocks; on a worker.
 *
 * Returns: (transfer full) (nullable): how it went.
 */
UtTrainingResult *_ut_job_run  (UtJob   *job,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtJob, _ut_job_free)

G_END_DECLS
