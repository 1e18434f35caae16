/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-data-map.h"
#include "ut-evaluation.h"
#include "ut-trainer.h"

G_BEGIN_DECLS

/**
 * UtRunState:
 * @UT_RUN_QUEUED: waits for its turn.
 * @UT_RUN_PREPARING: reads its files.
 * @UT_RUN_TRAINING: trains.
 * @UT_RUN_CHECKING: validates.
 * @UT_RUN_PAUSED: waits for Continue or Step.
 * @UT_RUN_STOPPING: Stop was asked for.
 * @UT_RUN_STOPPED: ended by Stop.
 * @UT_RUN_FINISHED: all epochs are done.
 * @UT_RUN_FAILED: ended by an error.
 * @UT_RUN_INTERRUPTED: the program ended while it trained.
 * @UT_RUN_OPENED: no training: a model file that was opened.
 * @UT_RUN_ENSEMBLE: no training: the mean of other runs' models, checked or not.
 */
typedef enum
{
  UT_RUN_QUEUED,
  UT_RUN_PREPARING,
  UT_RUN_TRAINING,
  UT_RUN_CHECKING,
  UT_RUN_PAUSED,
  UT_RUN_STOPPING,
  UT_RUN_STOPPED,
  UT_RUN_FINISHED,
  UT_RUN_FAILED,
  UT_RUN_INTERRUPTED,
  UT_RUN_OPENED,
  UT_RUN_ENSEMBLE,
} UtRunState;

#define UT_TYPE_RUN_STATE (ut_run_state_get_type ())
GType           ut_run_state_get_type       (void);

/**
 * UtRun:
 *
 * One run of the list: its configuration, state, points, epochs and model. Main thread.
 *
 * It may stand for an ensemble, whose models are those of other runs and whose configuration is the
 * first one's. It is checked instead of trained, by the same queue.
 *
 * Properties (read only unless said): id, name (writable), config, state, shown (writable: drawn in
 * all plots), style (colour and dash, from 0; fixed for the run's life), best-accuracy and
 * best-epoch (negative where there is none), failure (text, nullable), progress (0 to 1),
 * queue-position (0: not queued), tested (whether it was tested on the test rows), tags (writable:
 * words, each of them once), note (writable: text, nullable), elsewhere (whether another program
 * trains it), reproduction (text, nullable: whether it came out as the run that it repeats).
 * Signals ::progressed after each update: points, epochs or status changed; ::rewound before one that
 * does not only add to points and epochs.
 */
#define UT_TYPE_RUN (ut_run_get_type ())
G_DECLARE_FINAL_TYPE (UtRun, ut_run, UT, RUN, GObject)

const char     *ut_run_get_id               (UtRun       *self);
const char     *ut_run_get_name             (UtRun       *self);
void            ut_run_set_name             (UtRun       *self,
                                             const char  *name);
/** ut_run_get_tags: (transfer none) (nullable): the words a person put on it. */
const char * const *ut_run_get_tags         (UtRun       *self);
/** ut_run_set_tags: (nullable): spaces around a tag, empty and repeated ones are left out. */
void            ut_run_set_tags             (UtRun       *self,
                                             const char * const *tags);
/** ut_run_get_note: (nullable): what a person wrote about it. */
const char     *ut_run_get_note             (UtRun       *self);
void            ut_run_set_note             (UtRun       *self,
                                             const char  *note);
/** ut_run_get_reproduction: (nullable): of a run that trained another one again, once that is known:
 * a sentence that says whether the two are the same. */
const char     *ut_run_get_reproduction     (UtRun       *self);
/** ut_run_get_created: when it was added, microseconds since 1970. */
gint64          ut_run_get_created          (UtRun       *self);
/** ut_run_get_deleted: when it was put into the trash, microseconds since 1970; 0 where it was not. */
gint64          ut_run_get_deleted          (UtRun       *self);
/** ut_run_is_elsewhere: whether another program trains it, so that it cannot be steered from here. */
gboolean        ut_run_is_elsewhere         (UtRun       *self);
UtConfig       *ut_run_get_config           (UtRun       *self);
UtRunState      ut_run_get_state            (UtRun       *self);
/** ut_run_is_active: whether it prepares, trains, checks, is paused or stopping. */
gboolean        ut_run_is_active            (UtRun       *self);
gboolean        ut_run_get_shown            (UtRun       *self);
void            ut_run_set_shown            (UtRun       *self,
                                             gboolean     shown);
guint           ut_run_get_style            (UtRun       *self);
guint           ut_run_get_queue_position   (UtRun       *self);
const char     *ut_run_get_failure          (UtRun       *self);
/** ut_run_get_notices: (nullable): sentences a person should know, one a line. */
const char     *ut_run_get_notices          (UtRun       *self);
/** ut_run_get_progress: (transfer none): the last update's figures, without points and epochs. */
const UtTrainerUpdate *ut_run_get_progress  (UtRun       *self);
/**
 * ut_run_get_points: (transfer none) (array length=n_points): all steps; valid until ::progressed.
 * Those of a run that does not train are read from the store when somebody asks for them: see
 * ut_run_store_read_points() and ut_run_store_follow_shown().
 */
const UtPoint  *ut_run_get_points           (UtRun       *self,
                                             gsize       *n_points);
/**
 * ut_run_get_epochs: (transfer none) (array length=n_epochs): all epochs; valid until ::progressed.
 */
const UtEpoch  *ut_run_get_epochs           (UtRun       *self,
                                             gsize       *n_epochs);
/**
 * ut_run_get_looks: (transfer none) (array length=n_looks): what it answered to sentences that were
 * followed, in order; valid until ::progressed. They come with the points.
 */
UtProbeLook * const *ut_run_get_looks       (UtRun       *self,
                                             gsize       *n_looks);
/** ut_run_get_best: (transfer none) (nullable): the best epoch. */
const UtEpoch  *ut_run_get_best             (UtRun       *self);
/**
 * ut_run_get_evaluation: (transfer none) (nullable): what the check of an ensemble gave, where it was
 * checked.
 */
const UtEvaluation *ut_run_get_evaluation   (UtRun       *self);
/** ut_run_get_n_members: how many runs an ensemble averages; 0 for any other run. */
guint           ut_run_get_n_members        (UtRun       *self);
/** ut_run_get_member_name: (transfer none): how the run @member of an ensemble was called. */
const char     *ut_run_get_member_name      (UtRun       *self,
                                             guint        member);
/** ut_run_has_member: whether an ensemble needs @run. */
gboolean        ut_run_has_member           (UtRun       *self,
                                             UtRun       *run);
/**
 * ut_run_get_development: (transfer none) (nullable): which development rows it was checked on: their
 * content hash; %NULL where it was not. Only figures of runs with the same ones compare, and among
 * those not the ones of which ut_config_is_as_coded() says so.
 */
const char     *ut_run_get_development      (UtRun       *self);
/** ut_run_get_n_development_rows: how many these are, 0 where they were not read. */
gsize           ut_run_get_n_development_rows (UtRun     *self);
/** ut_run_get_n_weights: how many numbers its model has; 0 where its data was not read yet, and for an
 * ensemble and a run of an earlier version, which did not write it down. */
guint64         ut_run_get_n_weights        (UtRun       *self);
/** ut_run_get_data_facts: its rows and their content hashes, as far as they were read; valid until it
 * trains. */
UtDataFacts     ut_run_get_data_facts       (UtRun       *self);
/** ut_run_get_version: (nullable): of the program that trained it. */
const char     *ut_run_get_version          (UtRun       *self);
/**
 * ut_run_get_majority: share of the commoner development label, NaN where unknown; @label receives
 * it.
 */
double          ut_run_get_majority         (UtRun       *self,
                                             guint8      *label);

/* Controls of a run in training; elsewhere they do nothing. */
void            ut_run_set_paused           (UtRun       *self,
                                             gboolean     paused);
void            ut_run_step                 (UtRun       *self);
void            ut_run_set_speed            (UtRun       *self,
                                             double       batches_per_second);
double          ut_run_get_speed            (UtRun       *self);
void            ut_run_stop                 (UtRun       *self);

/**
 * ut_run_get_model_async:
 * @self: the run.
 *
 * The model that answers for the run: the best epoch's, or a snapshot of the weights of this moment
 * while it trains and while it is paused. For an ensemble its members' models are read.
 */
void            ut_run_get_model_async      (UtRun               *self,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
/** ut_run_get_model_finish: (transfer full) (nullable): the model. */
UtModel        *ut_run_get_model_finish     (UtRun               *self,
                                             GAsyncResult        *result,
                                             GError             **error);

/**
 * ut_run_get_test:
 * @self: the run.
 * @date: (out) (optional): when it was tested, microseconds since 1970.
 *
 * Returns: (transfer none) (nullable): how its model did on the test rows; %NULL where it was not
 *   tested.
 */
const UtEvaluation *ut_run_get_test         (UtRun       *self,
                                             gint64      *date);
/**
 * ut_run_test_async:
 * @self: a run that was not tested yet.
 * @file: the test rows of its data.
 * @cancellable: (nullable): to give up, which leaves it untested.
 *
 * Has the model that answers for the run answer the test rows. A run is tested once: who looks at
 * them again and again chooses by them. The result stays with the run.
 */
void            ut_run_test_async           (UtRun               *self,
                                             GFile               *file,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
/** ut_run_test_finish: whether it was done; @error says why not. */
gboolean        ut_run_test_finish          (UtRun               *self,
                                             GAsyncResult        *result,
                                             GError             **error);

/**
 * ut_run_get_data_map_async:
 * @self: the run.
 * @train: (nullable): the training rows that the map shall have, as they are in their file; with
 *   %NULL it has those that the run was trained on.
 *
 * Reads how the run took its training rows, up to the last epoch that ended. A run has no map
 * before its first epoch has ended, and neither has one that did not train here. Rows of @train
 * that the run left out have no numbers: ut_data_map_spread().
 */
void            ut_run_get_data_map_async   (UtRun               *self,
                                             UtDataset           *train,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
/** ut_run_get_data_map_finish: (transfer full) (nullable): the map; %UT_LAB_ERROR_RUN where there
 * is none, %UT_LAB_ERROR_DATA where the rows asked for are not those that the run was trained on
 * and left out, or its list of rows to leave out cannot be read. */
UtDataMap      *ut_run_get_data_map_finish  (UtRun               *self,
                                             GAsyncResult        *result,
                                             GError             **error);

G_END_DECLS
