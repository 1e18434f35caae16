/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-corpus.h"
#include "ut-data-map.h"
#include "ut-metrics.h"
#include "ut-model.h"
#include "ut-probe.h"

G_BEGIN_DECLS

/**
 * UtTrainerPhase:
 * @UT_TRAINER_PREPARING: reading files.
 * @UT_TRAINER_TRAINING: between two steps.
 * @UT_TRAINER_CHECKING: validating.
 * @UT_TRAINER_PAUSED: waits for Continue or Step.
 */
typedef enum
{
  UT_TRAINER_PREPARING,
  UT_TRAINER_TRAINING,
  UT_TRAINER_CHECKING,
  UT_TRAINER_PAUSED,
} UtTrainerPhase;

/**
 * UtTrainerUpdate:
 * @phase: what it does.
 * @file: (nullable): base name of the file being read, while preparing.
 * @fraction: of the file while preparing, of the whole run afterwards; 0 to 1.
 * @epoch: the current epoch, from 1.
 * @n_epochs: of the run.
 * @batch: batches done in this epoch.
 * @n_batches: of an epoch.
 * @n_dev: sentences that each epoch is checked on.
 * @step: steps done in the whole run.
 * @examples_per_second: over the last second or so, not counting pauses and speed limit.
 * @elapsed: seconds since the start, without pauses.
 * @trouble: (nullable): while paused: which file could not be written, and why, as
 *   "/home/me/m: No space left on device"; ut_trainer_set_paused() with FALSE tries again.
 * @remaining: seconds left at full speed; negative where not yet known.
 * @hold: number of the hold that has it write nothing, 0 where it may.
 * @points: (array length=n_points): the steps since the last update.
 * @epochs: (array length=n_new_epochs): the epochs since the last update.
 * @looks: (array length=n_looks): what was answered to sentences that are followed, since the last
 *   update.
 * @notices: (nullable): one sentence a line a person should know, since the last update, as
 *   "A tenth of the training rows is held out for validation."
 *
 * What the mailbox held. Valid during the signal.
 */
typedef struct
{
  UtTrainerPhase phase;
  const char *file;
  double fraction;
  guint epoch;
  guint n_epochs;
  guint batch;
  guint n_batches;
  guint n_dev;
  guint64 step;
  double examples_per_second;
  double elapsed;
  double remaining;
  const char *trouble;
  guint hold;
  const UtPoint *points;
  gsize n_points;
  const UtEpoch *epochs;
  gsize n_new_epochs;
  UtProbeLook * const *looks;
  gsize n_looks;
  const char *notices;
} UtTrainerUpdate;

/**
 * UtTrainerOutcome:
 * @UT_TRAINER_FINISHED: all epochs are done.
 * @UT_TRAINER_STOPPED: ended by ut_trainer_stop(); the best epoch is kept.
 * @UT_TRAINER_FAILED: ended by an error; what was best before is kept.
 */
typedef enum
{
  UT_TRAINER_FINISHED,
  UT_TRAINER_STOPPED,
  UT_TRAINER_FAILED,
} UtTrainerOutcome;

/**
 * UtTrainingResult:
 * @outcome: how it ended.
 * @model: (nullable) (owned): the best epoch's model.
 * @saved: whether @model is in the file that was asked for.
 * @best: the best epoch; @checked says whether there is one.
 * @checked: whether @best is valid; FALSE where a second stop skipped the check.
 * @last_epoch: the epoch in which it ended.
 * @map: (nullable) (owned): how it took its training rows in the epochs that ended, if one did.
 * @early: (nullable) (owned): where patience ended it before its last epoch, a sentence that says so.
 * @seconds: of the whole run.
 * @error: (nullable) (owned): what failed.
 */
typedef struct
{
  UtTrainerOutcome outcome;
  UtModel *model;
  gboolean saved;
  UtEpoch best;
  gboolean checked;
  guint last_epoch;
  UtDataMap *map;
  char *early;
  double seconds;
  GError *error;
} UtTrainingResult;

void ut_training_result_free (UtTrainingResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtTrainingResult, ut_training_result_free)

/**
 * UtTrainer:
 *
 * Trains one configuration in a worker. Main thread; none of its controls changes the result.
 *
 * Signals: ::update (const #UtTrainerUpdate *) at most 30 times a second; ::snapshot (#UtModel)
 * after ut_trainer_request_snapshot().
 */
#define UT_TYPE_TRAINER (ut_trainer_get_type ())
G_DECLARE_FINAL_TYPE (UtTrainer, ut_trainer, UT, TRAINER, GObject)

/**
 * ut_trainer_new:
 * @config: what to train.
 * @corpus: (nullable): the data, where it is read already and ut_corpus_matches().
 *
 * Returns: (transfer full): a trainer that has not started.
 */
UtTrainer        *ut_trainer_new              (UtConfig   *config,
                                               UtCorpus   *corpus);

/**
 * ut_trainer_set_outputs:
 * @log: (nullable): receives one JSON object a line, flushed within a second.
 * @model: (nullable): receives the best epoch's model, each time there is a better one.
 * @state: (nullable): receives the training state beside it.
 *
 * Before the start.
 */
void              ut_trainer_set_outputs      (UtTrainer  *self,
                                               GFile      *log,
                                               GFile      *model,
                                               GFile      *state);

/** ut_trainer_set_map_output: @map (nullable) receives the data map at the end of each epoch; before
 * the start. */
void              ut_trainer_set_map_output   (UtTrainer  *self,
                                               GFile      *map);

/**
 * ut_trainer_continue_from:
 * @state: a training state that a trainer left, which may be the very file that is to receive the
 *   state.
 *
 * Has the training go on where @state stands instead of from its start, with the same bits as if it
 * had never ended. The configuration must be that of @state, but for more epochs, another learning
 * rate, another size of the validation batch and another number of threads; the data must have the
 * same contents. The log is cut off behind the steps and epochs that @state knows, and goes on from
 * there. The best epoch so far counts: its model is read back from the model's file, or follows from
 * @state where that is the best epoch's own (the state's file with ".best" behind it, or the state
 * itself where the last epoch was the best one). With more epochs, patience that was lost begins
 * anew. Before the start; where @state is refused, no file is touched.
 */
void              ut_trainer_continue_from    (UtTrainer  *self,
                                               GFile      *state);

/**
 * ut_trainer_set_waits_to_save:
 * @waits: whether a file that cannot be written, because the disk is full or for another reason,
 *   pauses the training, which tells of it, instead of ending it, as by default. While it waits, a
 *   stop ends it as failed.
 *
 * Before the start.
 */
void              ut_trainer_set_waits_to_save (UtTrainer *self,
                                               gboolean    waits);

/** ut_trainer_set_paused: takes effect within one batch. */
void              ut_trainer_set_paused       (UtTrainer  *self,
                                               gboolean    paused);
gboolean          ut_trainer_get_paused       (UtTrainer  *self);
/** ut_trainer_step: one batch while paused. */
void              ut_trainer_step             (UtTrainer  *self);
/** ut_trainer_set_speed: most batches a second; 0 is full speed. */
void              ut_trainer_set_speed        (UtTrainer  *self,
                                               double      batches_per_second);
/**
 * ut_trainer_stop: ends within one batch and keeps the best epoch; without one it checks the
 * current weights first, as epoch 0. A second call skips that.
 */
void              ut_trainer_stop             (UtTrainer  *self);
/** ut_trainer_request_snapshot: ::snapshot follows at the next batch, at once while paused. */
void              ut_trainer_request_snapshot (UtTrainer  *self);
/**
 * ut_trainer_set_probes:
 * @probes: (nullable): sentences whose answers are followed from now on.
 *
 * At any time. About once a second, at the end of each epoch, in each pause and when others are set
 * they are asked, which changes nothing of the training, as no look at it does.
 */
void              ut_trainer_set_probes       (UtTrainer  *self,
                                               UtProbes   *probes);
/** ut_trainer_get_corpus: (transfer none) (nullable): the data, once it is read. */
UtCorpus         *ut_trainer_get_corpus       (UtTrainer  *self);

/** ut_trainer_run_async: starts; once per trainer. */
void              ut_trainer_run_async        (UtTrainer            *self,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
/**
 * ut_trainer_run_finish:
 * @error: what failed before there was anything to keep.
 *
 * Returns: (transfer full) (nullable): how it went. All updates were delivered before.
 */
UtTrainingResult *ut_trainer_run_finish       (UtTrainer            *self,
                                               GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
