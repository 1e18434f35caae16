/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-private.h"
#include "ut-run-salvage-private.h"
#include "ut-store-worker-private.h"

G_BEGIN_DECLS

/*
 * What the main thread has the store's worker do. Main thread.
 */

/** _ut_store_errands_add: adds @run, whose points are those in memory. */
void       _ut_store_errands_add         (UtStoreWorker        *worker,
                                          UtRun                *run);
/** _ut_store_errands_update: writes @fields of @run as they are now. */
void       _ut_store_errands_update      (UtStoreWorker        *worker,
                                          UtRun                *run,
                                          UtRunFields           fields);
/** _ut_store_errands_claim: makes this program the owner of @run, unless another one is. */
void       _ut_store_errands_claim       (UtStoreWorker        *worker,
                                          UtRun                *run);
/** _ut_store_errands_claim_async: makes this program the owner of @run, once all that was to be written
 * before is written; and reads its points and looks, where they are not in memory. */
void       _ut_store_errands_claim_async (UtStoreWorker        *worker,
                                          UtRun                *run,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/** _ut_store_errands_claim_finish: whether it is; @points (out) (transfer full) (nullable)
 * (element-type UtPoint) and @looks (likewise) (element-type UtProbeLook) receive what was read. */
gboolean   _ut_store_errands_claim_finish (GAsyncResult        *result,
                                          GArray              **points,
                                          GPtrArray           **looks,
                                          GError              **error);
/** _ut_store_errands_release: nobody is. */
void       _ut_store_errands_release     (UtStoreWorker        *worker,
                                          UtRun                *run);
/** _ut_store_errands_beat: says that this program lives. */
void       _ut_store_errands_beat        (UtStoreWorker        *worker);
/** _ut_store_errands_set_trashed: writes when @run was deleted, or that it was not. */
void       _ut_store_errands_set_trashed (UtStoreWorker        *worker,
                                          UtRun                *run);
/** _ut_store_errands_delete: deletes @run and its folder. */
void       _ut_store_errands_delete      (UtStoreWorker        *worker,
                                          UtRun                *run);
/** _ut_store_errands_delete_states: deletes what @run needs to be trained further. */
void       _ut_store_errands_delete_states (UtStoreWorker      *worker,
                                          UtRun                *run);
/** _ut_store_errands_back_up: copies the store, if that was not done today. */
void       _ut_store_errands_back_up     (UtStoreWorker        *worker);

/** _ut_store_errands_move_async: copies all runs into a folder in @chosen, and, where @remembers, has
 * programs look for them there from now on. */
void       _ut_store_errands_move_async  (UtStoreWorker        *worker,
                                          GFile                *chosen,
                                          gboolean              remembers,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/** _ut_store_errands_move_finish: (transfer full) (nullable): the new folder; @notice receives, (transfer
 * full) (nullable), why it could not be remembered. */
char      *_ut_store_errands_move_finish (GAsyncResult         *result,
                                          char                **notice,
                                          GError              **error);

/**
 * UtStoreList:
 * @records: (owned) (element-type UtRunRecord): of runs that are new or have changed.
 * @present: (owned) (element-type utf8): the ids of all runs.
 * @salvage: what was recovered before it was read.
 *
 * What the store holds.
 */
typedef struct
{
  GPtrArray *records;
  GHashTable *present;
  UtRunSalvage salvage;
} UtStoreList;

void         _ut_store_list_free                (UtStoreList          *self);

/** _ut_store_errands_list_async: reads all runs; folders in @runs that are described but not in the
 * store are taken over, and what can still be read of a damaged store is brought back. */
void         _ut_store_errands_list_async       (UtStoreWorker        *worker,
                                                 GFile                *runs,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/** _ut_store_errands_poll_async: what other programs have changed since; @known (transfer full) leads
 * from ids to the changes that are known. %NULL without an error is nothing. */
void         _ut_store_errands_poll_async       (UtStoreWorker        *worker,
                                                 GHashTable           *known,
                                                 gboolean              in_any_case,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/** _ut_store_errands_list_finish: (transfer full) (nullable): for both. */
UtStoreList *_ut_store_errands_list_finish      (GAsyncResult         *result,
                                                 GError              **error);

/** _ut_store_errands_read_points_async: reads the points and looks of @run. */
void         _ut_store_errands_read_points_async (UtStoreWorker       *worker,
                                                 UtRun                *run,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
/** _ut_store_errands_read_points_finish: (transfer full) (element-type UtPoint): those that are there,
 * also where @error is set; @looks (out) (transfer full) (element-type UtProbeLook) likewise. */
GArray      *_ut_store_errands_read_points_finish (GAsyncResult       *result,
                                                 GPtrArray           **looks,
                                                 GError              **error);

/**
 * UtStoreComparison:
 * @difference: the first step that differs; 0 where none does, as far as both runs go.
 * @n_steps: how far that is.
 * @is_whole: whether they are of the same length.
 * @same_model: whether their models are the same, byte for byte but for a calibration.
 */
typedef struct
{
  guint64 difference;
  guint64 n_steps;
  gboolean is_whole;
  gboolean same_model;
} UtStoreComparison;

void         _ut_store_errands_compare_async    (UtStoreWorker        *worker,
                                                 UtRun                *original,
                                                 UtRun                *again,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean     _ut_store_errands_compare_finish   (GAsyncResult         *result,
                                                 UtStoreComparison    *comparison,
                                                 GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtStoreList, _ut_store_list_free)

G_END_DECLS
