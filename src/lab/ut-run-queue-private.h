/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-private.h"

G_BEGIN_DECLS

/**
 * UtRunQueue:
 *
 * Runs that wait for their turn, and the data that some of them were given. Tells each run its
 * position. Main thread.
 */
typedef struct UtRunQueue UtRunQueue;

UtRunQueue *_ut_run_queue_new       (void);
void        _ut_run_queue_free      (UtRunQueue  *self);

/** _ut_run_queue_add: @run comes last; @corpus is nullable. */
void        _ut_run_queue_add       (UtRunQueue  *self,
                                     UtRun       *run,
                                     UtCorpus    *corpus);
/** _ut_run_queue_remove: whether @run was in it. */
gboolean    _ut_run_queue_remove    (UtRunQueue  *self,
                                     UtRun       *run);
/** _ut_run_queue_move: gives @run, if it is in the queue, the position @position, from 1, or the
 * last one. */
void        _ut_run_queue_move      (UtRunQueue  *self,
                                     UtRun       *run,
                                     guint        position);
/** _ut_run_queue_peek: (transfer none) (nullable): the next run. */
UtRun      *_ut_run_queue_peek      (UtRunQueue  *self);
/** _ut_run_queue_pop: (transfer full): takes the next run out; @corpus (out) (transfer full)
 * (nullable) receives its data. */
UtRun      *_ut_run_queue_pop       (UtRunQueue  *self,
                                     UtCorpus   **corpus);
guint       _ut_run_queue_get_length (UtRunQueue *self);

G_END_DECLS
