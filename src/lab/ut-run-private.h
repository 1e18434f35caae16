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
/** _ut_run_get_file_name: what its file in that folder is called. */
const char *_ut_run_get_file_name   (UtRun       *self);
gint64   _ut_run_get_created        (UtRun       *self);
/** _ut_run_to_text: (transfer full): what that file is to hold. */
char    *_ut_run_to_text            (UtRun       *self);
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

/** _ut_run_start: @corpus is nullable; @ended is called once, @self being kept alive until then. */
void     _ut_run_start              (UtRun       *self,
                                     UtCorpus    *corpus,
                                     UtRunEnded   ended,
                                     gpointer     data);

G_END_DECLS
