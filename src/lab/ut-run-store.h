/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run.h"

G_BEGIN_DECLS

/**
 * UtRunStore:
 *
 * All runs, newest first, as a #GListModel of #UtRun. It trains one run at a time, further ones wait
 * in a queue. What is known of the runs lies in a database that other programs may read and write at
 * the same time; what they do is seen here within a second or two. Each run owns a folder besides,
 * for its model and the like. Main thread.
 *
 * Properties: active (#UtRun, nullable, read only): the run that trains; queue-paused (boolean):
 * whether runs that wait go on waiting; trouble (text, nullable, read only): why nothing can be saved
 * at the moment; nothing is lost meanwhile, and ut_run_store_retry() tries again; moving (boolean, read
 * only): whether ut_run_store_move_async() is under way.
 * Signals ::run-ended (#UtRun) after a run finished, stopped or failed, or an ensemble was checked;
 * ::run-changed (#UtRun) when it got another name, tags or note, or is shown or hidden.
 */
#define UT_TYPE_RUN_STORE (ut_run_store_get_type ())
G_DECLARE_FINAL_TYPE (UtRunStore, ut_run_store, UT, RUN_STORE, GObject)

/**
 * ut_run_store_new:
 * @directory: (nullable): where the database and the folder of the runs' folders lie; NULL is
 *   undertone in the person's data folder, or where they were moved to.
 *
 * Returns: (transfer full): a store without runs; ut_run_store_load_async() finds those there are.
 */
UtRunStore *ut_run_store_new         (GFile                *directory);

/**
 * ut_run_store_load_async: reads the database on a worker, and what run folders of earlier versions
 * say. A damaged run is listed as failed, says why. From then on it is seen what other programs do.
 */
void        ut_run_store_load_async  (UtRunStore           *self,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
/** ut_run_store_load_finish: @error is %UT_LAB_ERROR_DAMAGED where ut_run_store_restore_backup() may
 * help, and %UT_LAB_ERROR_NEWER where a later version of the program is needed. */
gboolean    ut_run_store_load_finish (UtRunStore           *self,
                                      GAsyncResult         *result,
                                      GError              **error);

/**
 * ut_run_store_tend: what one program does that a person works with, once it is loaded: copies the
 * database, if that was not done today; deletes what lies in the trash for a month; and takes over
 * runs that waited for their turn in a program that ended. Those wait on: the queue is paused then.
 *
 * Returns: how many those are.
 */
guint       ut_run_store_tend        (UtRunStore           *self);

/** ut_run_store_set_probes: (nullable): the sentences that the run that trains follows from now on, and
 * those that come after it. */
void        ut_run_store_set_probes  (UtRunStore           *self,
                                      UtProbes             *probes);
/** ut_run_store_get_probes: (transfer none) (nullable): the same. */
UtProbes   *ut_run_store_get_probes  (UtRunStore           *self);
/** ut_run_store_read_points: has the points of @run read, if they are not in memory;
 * #UtRun::progressed tells that they are. */
void        ut_run_store_read_points (UtRunStore           *self,
                                      UtRun                *run);
/** ut_run_store_follow_shown: the points of shown runs are read unasked from now on, as one wants who
 * draws them. */
void        ut_run_store_follow_shown (UtRunStore          *self);

/**
 * ut_run_store_add:
 * @self: the store.
 * @config: what to train.
 * @corpus: (nullable): its data, where read already.
 * @error: where the folder cannot be made.
 *
 * Adds a run named after its cell and a number ("GRU 3"), starts it or puts it into the queue.
 *
 * Returns: (transfer none) (nullable): the run.
 */
UtRun      *ut_run_store_add         (UtRunStore           *self,
                                      UtConfig             *config,
                                      UtCorpus             *corpus,
                                      GError              **error);

/**
 * ut_run_store_add_ensemble:
 * @self: the store.
 * @members: (element-type UtRun): from 1 to %UT_MODEL_MAX_MEMBERS runs of the store that
 *   ut_ensemble_can_join() each other.
 * @error: where the folder cannot be made.
 *
 * Adds a run that answers with the mean of what @members answer ("Ensemble of 5"), and checks it on
 * the development rows as soon as nothing trains.
 *
 * Returns: (transfer none) (nullable): the run.
 */
UtRun      *ut_run_store_add_ensemble (UtRunStore          *self,
                                      GPtrArray            *members,
                                      GError              **error);

/**
 * ut_run_store_add_model: lists an opened model as a run of state %UT_RUN_OPENED, this session
 * only.
 */
UtRun      *ut_run_store_add_model   (UtRunStore           *self,
                                      UtModel              *model,
                                      const char           *name);

/** ut_run_store_get_active: (transfer none) (nullable): the run that trains. */
UtRun      *ut_run_store_get_active  (UtRunStore           *self);

/** ut_run_can_continue: whether it ended before its last epoch and may go on. */
gboolean    ut_run_can_continue      (UtRun                *self);
/** ut_run_can_train_further: whether it may be given more epochs. */
gboolean    ut_run_can_train_further (UtRun                *self);
/**
 * ut_run_store_continue:
 * @self: the store.
 * @run: one that ut_run_can_continue().
 *
 * Has @run go on where it ended, or what was kept of it did, with the same bits as if it had not
 * ended; puts it into the queue if another one trains.
 *
 * Returns: whether it does.
 */
gboolean    ut_run_store_continue    (UtRunStore           *self,
                                      UtRun                *run);
/** ut_run_store_train_further: the same with @n_epochs in all, more than there are; @error says what
 * is wrong with them. */
gboolean    ut_run_store_train_further (UtRunStore         *self,
                                      UtRun                *run,
                                      guint                 n_epochs,
                                      GError              **error);
/** ut_run_store_continue_slower: the same from the best epoch on, with half the learning rate. */
gboolean    ut_run_store_continue_slower (UtRunStore       *self,
                                      UtRun                *run,
                                      GError              **error);

/** ut_run_store_start_now: moves a queued run to the head of the queue. */
void        ut_run_store_start_now   (UtRunStore           *self,
                                      UtRun                *run);
/** ut_run_store_move_queued: gives a queued run the position @position, from 1, or the last one. */
void        ut_run_store_move_queued (UtRunStore           *self,
                                      UtRun                *run,
                                      guint                 position);
/** ut_run_store_get_n_queued: how many runs wait. */
guint       ut_run_store_get_n_queued (UtRunStore          *self);
gboolean    ut_run_store_get_queue_paused (UtRunStore      *self);
/** ut_run_store_set_queue_paused: whether the next run is not started; the one that trains goes
 * on. */
void        ut_run_store_set_queue_paused (UtRunStore      *self,
                                      gboolean              paused);

/**
 * ut_run_store_remove: puts a run into the trash; a queued one leaves the queue; one that trains,
 * here or elsewhere, is refused.
 */
gboolean    ut_run_store_remove      (UtRunStore           *self,
                                      UtRun                *run);
/** ut_run_store_restore: takes a run out of the trash; one that had been queued is queued again. */
void        ut_run_store_restore     (UtRunStore           *self,
                                      UtRun                *run);
/** ut_run_store_purge: deletes a run in the trash for good. */
void        ut_run_store_purge       (UtRunStore           *self,
                                      UtRun                *run);
/** ut_run_store_get_trash: (transfer none): the runs in the trash, as a #GListModel. */
GListModel *ut_run_store_get_trash   (UtRunStore           *self);

/**
 * ut_run_store_export_async:
 * @self: the store.
 * @run: one of its runs.
 * @folder: a folder that is not there yet.
 *
 * Makes @folder with all that there is of @run: description and log as text, model, training state and
 * data map. Where it fails or is cancelled, there is no folder.
 */
void        ut_run_store_export_async (UtRunStore          *self,
                                      UtRun                *run,
                                      GFile                *folder,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean    ut_run_store_export_finish (UtRunStore         *self,
                                      GAsyncResult         *result,
                                      GError              **error);
/** ut_run_store_import_async: adds the run of such a @folder, which stays as it is; a damaged one is
 * refused. */
void        ut_run_store_import_async (UtRunStore          *self,
                                      GFile                *folder,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
/** ut_run_store_import_finish: (transfer none) (nullable): the new run. */
UtRun      *ut_run_store_import_finish (UtRunStore         *self,
                                      GAsyncResult         *result,
                                      GError              **error);

/**
 * UtRunSizes:
 * @models: bytes of models, data maps and the states of runs that did not finish.
 * @states: bytes of training states that only serve to train finished runs further.
 * @n_states: how many runs have such.
 * @database: bytes of the database.
 * @trash: bytes of the files of deleted runs.
 * @n_trash: how many those are.
 *
 * What the runs take.
 */
typedef struct
{
  guint64 models;
  guint64 states;
  guint n_states;
  guint64 database;
  guint64 trash;
  guint n_trash;
} UtRunSizes;

void        ut_run_store_measure_async (UtRunStore         *self,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean    ut_run_store_measure_finish (UtRunStore        *self,
                                      GAsyncResult         *result,
                                      UtRunSizes           *sizes,
                                      GError              **error);
/** ut_run_store_delete_states: of finished runs, which then cannot be trained further. */
void        ut_run_store_delete_states (UtRunStore         *self);

/**
 * ut_run_store_reproduce:
 * @self: the store.
 * @run: a run that trained.
 * @error: why not.
 *
 * Adds a run that trains the same once more. When it has ended, ut_run_get_reproduction() says whether
 * the two are the same to the last bit.
 *
 * Returns: (transfer none) (nullable): the new run.
 */
UtRun      *ut_run_store_reproduce   (UtRunStore           *self,
                                      UtRun                *run,
                                      GError              **error);

/** ut_run_store_stop_all: empties the queue and stops the run that trains. */
void        ut_run_store_stop_all    (UtRunStore           *self);

/** ut_run_store_get_trouble: (nullable): why nothing can be saved at the moment. */
const char *ut_run_store_get_trouble (UtRunStore           *self);
/** ut_run_store_retry: tries to save what could not be saved. */
void        ut_run_store_retry       (UtRunStore           *self);

/** ut_run_store_close: what a program that ends does at last, where others may hold references still:
 * waits until all is on the disk. From then on nothing is read and nothing saved. Blocks. */
void        ut_run_store_close       (UtRunStore           *self);
/**
 * ut_run_store_move_async:
 * @self: the store.
 * @chosen: a folder that a person chose.
 * @cancellable: (nullable): to leave all as it was.
 *
 * Copies all runs into a new folder in @chosen and goes on there, with what could not be saved so far,
 * and so do programs that start later. The old place is only read, and stays as it was. The run that
 * trains waits meanwhile, and goes on with the same bits.
 */
void        ut_run_store_move_async  (UtRunStore           *self,
                                      GFile                *chosen,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
/**
 * ut_run_store_move_finish:
 * @self: the store.
 * @result: the result.
 * @notice: (out) (nullable): why later programs do not know of it yet, if they do not; it is tried
 *   again until it succeeds.
 * @error: why all is as it was: @chosen cannot be written, has runs already, lies in the folder of the
 *   runs or is too small; or another program trains one of them.
 *
 * Returns: (transfer full) (nullable): the new folder's path.
 */
char       *ut_run_store_move_finish (UtRunStore           *self,
                                      GAsyncResult         *result,
                                      char                **notice,
                                      GError              **error);

/** ut_run_store_dup_backup: (transfer full) (nullable): path of the last copy of the database. */
char       *ut_run_store_dup_backup  (UtRunStore           *self);
/** ut_run_store_restore_backup: puts that copy in the place of a database that could not be loaded,
 * which is kept beside it; ut_run_store_load_async() may then be called again. Blocks. */
gboolean    ut_run_store_restore_backup (UtRunStore        *self,
                                      GError              **error);
/** ut_run_store_set_aside: likewise, but with nothing in its place: the list begins anew. The runs'
 * folders stay where they are. Blocks. */
gboolean    ut_run_store_set_aside   (UtRunStore           *self,
                                      GError              **error);
/** ut_run_store_dup_recovered: (transfer full) (nullable): what the last load found of damaged stores
 * that had stepped aside, and of runs of which only files were left, in sentences. */
char       *ut_run_store_dup_recovered (UtRunStore         *self);

G_END_DECLS
