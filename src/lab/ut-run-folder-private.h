/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-record-private.h"

G_BEGIN_DECLS

/*
 * The folder of a run: what is too large for the store's tables, and, where a run is handed to
 * somebody else, all the rest beside it, as text. Everything blocks; any thread.
 */

/* Files of a run's folder */
#define UT_RUN_CONFIG_NAME "config.json"
#define UT_RUN_ENSEMBLE_NAME "ensemble.json" /* in place of it, in earlier versions */
#define UT_RUN_LOG_NAME "log.jsonl"
#define UT_RUN_MODEL_NAME "model.safetensors"
#define UT_RUN_STATE_NAME "state.safetensors"
#define UT_RUN_BEST_STATE_NAME UT_RUN_STATE_NAME ".best" /* where it is not the last one */
#define UT_RUN_MAP_NAME "map.safetensors"

/**
 * _ut_run_folder_read:
 * @folder: a run's folder with its description and its log.
 * @cancellable: (nullable): to give up.
 *
 * A damaged folder gives a failed run that says why; a run that was under way is interrupted.
 *
 * Returns: (transfer full) (nullable): the record, with points; NULL only when cancelled.
 */
UtRunRecord *_ut_run_folder_read         (GFile         *folder,
                                          GCancellable  *cancellable);

/** _ut_run_folder_is_described: whether @folder has a description, as one has that was handed over
 * or made by an earlier version. */
gboolean     _ut_run_folder_is_described (GFile         *folder);

/** _ut_run_folder_describe: writes description and log into @folder. */
gboolean     _ut_run_folder_describe     (GFile         *folder,
                                          UtRunRecord   *record,
                                          GError       **error);
/** _ut_run_folder_forget: deletes them again. */
gboolean     _ut_run_folder_forget       (GFile         *folder,
                                          GError       **error);

/** _ut_run_folder_copy: makes @to with copies of the files of @from. A link is not followed, other
 * than regular files are passed over; where it fails or is cancelled, @to is not there. */
gboolean     _ut_run_folder_copy         (GFile         *from,
                                          GFile         *to,
                                          GCancellable  *cancellable,
                                          GError       **error);
/** _ut_run_folder_delete: deletes @folder and the files in it; a link in it is deleted, not followed;
 * a folder that is not there is no error. */
gboolean     _ut_run_folder_delete       (GFile         *folder,
                                          GError       **error);
/** _ut_run_folder_delete_states: deletes the training states in @folder. */
gboolean     _ut_run_folder_delete_states (GFile        *folder,
                                          GError       **error);
/** _ut_run_folder_get_size: bytes of the files in @folder, as far as they can be read. */
guint64      _ut_run_folder_get_size     (GFile         *folder);

G_END_DECLS
