/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-record-private.h"
#include "ut-run.h"

G_BEGIN_DECLS

/**
 * _ut_run_new:
 * @record: (transfer full): what is known of it.
 * @folder: (nullable): its folder.
 * @model: (nullable): its model, where it is not in the folder.
 *
 * Returns: (transfer full): the run.
 */
UtRun   *_ut_run_new                (UtRunRecord *record,
                                     GFile       *folder,
                                     UtModel     *model);

GFile   *_ut_run_get_folder         (UtRun       *self);
/** _ut_run_set_folder: it lies in @folder now. */
void     _ut_run_set_folder         (UtRun       *self,
                                     GFile       *folder);
/** _ut_run_get_record: (transfer none): what is known of it; points only where they were read. */
UtRunRecord *_ut_run_get_record     (UtRun       *self);
/** _ut_run_take_record: what another program made of it; @record is (transfer full). Points that were
 * read are forgotten where there are others now. */
void     _ut_run_take_record        (UtRun       *self,
                                     UtRunRecord *record);
/** _ut_run_has_points: whether its points are in memory, or there are none. */
gboolean _ut_run_has_points         (UtRun       *self);
/** _ut_run_set_points: (element-type UtPoint): those that the store has, and its looks (element-type
 * UtProbeLook); both are (transfer full). */
void     _ut_run_set_points         (UtRun       *self,
                                     GArray      *points,
                                     GPtrArray   *looks);
/** _ut_run_set_probes: (nullable): the sentences that it follows from now on, or once it trains. */
void     _ut_run_set_probes         (UtRun       *self,
                                     UtProbes    *probes);
void     _ut_run_set_state          (UtRun       *self,
                                     UtRunState   state);
void     _ut_run_set_queue_position (UtRun       *self,
                                     guint        position);
void     _ut_run_add_notice         (UtRun       *self,
                                     const char  *notice);

/** _ut_run_set_test: what the test gave, and that it was now. */
void     _ut_run_set_test           (UtRun              *self,
                                     const UtEvaluation *evaluation);

/**
 * UtRunEnded:
 * @self: the run, its state being set.
 * @corpus: (nullable): the data it read.
 * @data: what the caller gave.
 *
 * Called when a training or check that _ut_run_start() began has ended.
 */
typedef void (*UtRunEnded)          (UtRun       *self,
                                     UtCorpus    *corpus,
                                     gpointer     data);

/** _ut_run_set_plan: what it is to do when it is started the next time: train what @config says, and,
 * if it has begun, from where it ended or from its best epoch. */
void     _ut_run_set_plan           (UtRun       *self,
                                     UtConfig    *config,
                                     gboolean     from_best);
/** _ut_run_has_state: whether a training state of it is kept. */
gboolean _ut_run_has_state          (UtRun       *self);
/** _ut_run_set_reproduction: what came of reproducing another run. */
void     _ut_run_set_reproduction   (UtRun       *self,
                                     const char  *text);
/** _ut_run_prepare: it is about to be started. */
void     _ut_run_prepare            (UtRun       *self);
/** _ut_run_fail: it could not be. */
void     _ut_run_fail               (UtRun       *self,
                                     const char  *message);
/** _ut_run_start: @store is the path of the store that receives its course; @corpus is nullable; @ended
 * is called once, @self being kept alive until then. Its points must be there. */
void     _ut_run_start              (UtRun       *self,
                                     const char  *store,
                                     UtCorpus    *corpus,
                                     UtRunEnded   ended,
                                     gpointer     data);
/** _ut_run_hold: it writes nothing from soon on, until it is released. */
void     _ut_run_hold               (UtRun       *self);
/** _ut_run_is_held: whether it writes nothing any more. */
gboolean _ut_run_is_held            (UtRun       *self);
/** _ut_run_release: lets it go on, in the store at the path @store (nullable) if it was copied
 * there. */
void     _ut_run_release            (UtRun       *self,
                                     const char  *store);

G_END_DECLS
