/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-engine-private.h"
#include "ut-metrics.h"
#include "ut-state-private.h"

G_BEGIN_DECLS

/**
 * UtKeeper:
 *
 * What a training leaves: log, course in the store, best model, state and data map, each of them only
 * where it is asked for. One thread at a time.
 */
typedef struct UtKeeper UtKeeper;

/** _ut_keeper_new: (transfer full): all files may be %NULL. */
UtKeeper *_ut_keeper_new        (GFile                  *log,
                                 GFile                  *model,
                                 GFile                  *state,
                                 GFile                  *map);
void      _ut_keeper_free       (UtKeeper               *self);

/** _ut_keeper_set_journal: the course goes into the store at @path, too, as that of the run @id;
 * before the start. */
void      _ut_keeper_set_journal (UtKeeper              *self,
                                 const char             *path,
                                 const char             *id);

/** _ut_keeper_move: what comes next goes into the store at @path, which has all that was written so
 * far, and into the run's folder there. */
void      _ut_keeper_move       (UtKeeper               *self,
                                 const char             *path);

/** _ut_keeper_start_log: starts the log's file anew. */
gboolean  _ut_keeper_start_log  (UtKeeper               *self,
                                 GError                **error);
/** _ut_keeper_forget: for a training that begins: no state and no course of an earlier one stay where
 * its own are to be. */
gboolean  _ut_keeper_forget     (UtKeeper               *self,
                                 GError                **error);
/** _ut_keeper_continue: for a training that goes on from @start, where it stood at @progress: the
 * log goes on from there, and the state's file is known to hold that, if it is @start. */
gboolean  _ut_keeper_continue   (UtKeeper               *self,
                                 GFile                  *start,
                                 const UtProgress       *progress,
                                 GError                **error);
/** _ut_keeper_add_point: for log and store, as the next one; written by the next flush. */
void      _ut_keeper_add_point  (UtKeeper               *self,
                                 const UtPoint          *point);
void      _ut_keeper_add_epoch  (UtKeeper               *self,
                                 const UtEpoch          *epoch);
void      _ut_keeper_add_look   (UtKeeper               *self,
                                 UtProbeLook            *look);
/** _ut_keeper_add_answers: (array length=n_rows): for the store: the logits of the development rows
 * after @epoch, the best one so far; @logits is (transfer full). */
void      _ut_keeper_add_answers (UtKeeper              *self,
                                 guint                   epoch,
                                 float                  *logits,
                                 gsize                   n_rows);
void      _ut_keeper_add_error  (UtKeeper               *self,
                                 const char             *message);
/** _ut_keeper_add_done: @best is NULL where nothing was checked. */
void      _ut_keeper_add_done   (UtKeeper               *self,
                                 const UtEpoch          *best,
                                 double                  seconds);
gboolean  _ut_keeper_flush_log  (UtKeeper               *self,
                                 GError                **error);

/** _ut_keeper_save_model: @saved receives whether there is a file for it, which then has it. */
gboolean  _ut_keeper_save_model (UtKeeper               *self,
                                 UtModel                *model,
                                 gboolean               *saved,
                                 GError                **error);
/** _ut_keeper_get_model_checksum: (nullable): of the file that was saved last, if one was. */
const char *_ut_keeper_get_model_checksum (const UtKeeper *self);
/** _ut_keeper_save_state: of @engine, which stands at @progress; the log is on the disk before
 * it. */
gboolean  _ut_keeper_save_state (UtKeeper               *self,
                                 const UtEngine         *engine,
                                 const UtProgress       *progress,
                                 GError                **error);
gboolean  _ut_keeper_save_map   (UtKeeper               *self,
                                 UtDataMap              *map,
                                 GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtKeeper, _ut_keeper_free)

G_END_DECLS
