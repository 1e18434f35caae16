/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run.h"

G_BEGIN_DECLS

/**
 * UtRunStore:
 *
 * All runs, newest first, as a #GListModel of #UtRun; each owns a folder. It trains one run at a
 * time, further ones wait in a queue. Main thread.
 *
 * Property: active (#UtRun, nullable): the run that trains.
 * Signals ::run-ended (#UtRun) after a run finished, stopped or failed, or an ensemble was checked;
 * ::run-changed (#UtRun) when it got another name, or is shown or hidden.
 */
#define UT_TYPE_RUN_STORE (ut_run_store_get_type ())
G_DECLARE_FINAL_TYPE (UtRunStore, ut_run_store, UT, RUN_STORE, GObject)

/**
 * ut_run_store_new:
 * @directory: (nullable): where the run folders lie; NULL is undertone/runs in the person's data
 *   folder.
 *
 * Returns: (transfer full): a store without runs; ut_run_store_load_async() finds those there are.
 */
UtRunStore *ut_run_store_new         (GFile                *directory);

/**
 * ut_run_store_load_async: reads the folders on a worker. A damaged run is listed as failed, says
 * why.
 */
void        ut_run_store_load_async  (UtRunStore           *self,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean    ut_run_store_load_finish (UtRunStore           *self,
                                      GAsyncResult         *result,
                                      GError              **error);

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

/** ut_run_store_start_now: moves a queued run to the head of the queue. */
void        ut_run_store_start_now   (UtRunStore           *self,
                                      UtRun                *run);

/**
 * ut_run_store_remove: takes a run off the list; a queued one leaves the queue, an active one is
 * refused.
 */
gboolean    ut_run_store_remove      (UtRunStore           *self,
                                      UtRun                *run);
/**
 * ut_run_store_restore: undoes ut_run_store_remove(), until ut_run_store_purge() or the program's
 * end.
 */
void        ut_run_store_restore     (UtRunStore           *self,
                                      UtRun                *run);
/** ut_run_store_purge: deletes the folder of a removed run. */
void        ut_run_store_purge       (UtRunStore           *self,
                                      UtRun                *run);

/** ut_run_store_stop_all: empties the queue and stops the run that trains. */
void        ut_run_store_stop_all    (UtRunStore           *self);

G_END_DECLS
