/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-trainer.h"

G_BEGIN_DECLS

/**
 * UtMailbox:
 *
 * The only door from a worker back to the main thread. The worker appends points and overwrites the
 * status under one lock; at most one 33 ms source is queued in the main context, which empties it.
 * So no point is lost, and there are at most 30 deliveries a second. Atomically counted.
 */
typedef struct UtMailbox UtMailbox;

/**
 * UtMailboxFuncs:
 * @update: called with what gathered; main thread.
 * @snapshot: called with a copy of the weights; main thread.
 */
typedef struct
{
  void (*update)   (const UtTrainerUpdate *update,
                    gpointer               data);
  void (*snapshot) (UtModel               *model,
                    gpointer               data);
} UtMailboxFuncs;

/** _ut_mailbox_new: delivers in the main context that is the caller's default. */
UtMailbox *_ut_mailbox_new           (const UtMailboxFuncs  *funcs,
                                      gpointer               data);
UtMailbox *_ut_mailbox_ref           (UtMailbox             *self);
void       _ut_mailbox_unref         (UtMailbox             *self);

/* Worker */
/** _ut_mailbox_post: overwrites the status with the scalars and the texts of @status; @point,
 * @epoch and @notice, each of them nullable, are added. */
void       _ut_mailbox_post          (UtMailbox             *self,
                                      const UtTrainerUpdate *status,
                                      const UtPoint         *point,
                                      const UtEpoch         *epoch,
                                      const char            *notice);
/** _ut_mailbox_post_look: (transfer full): @look is added; it comes with the next status. */
void       _ut_mailbox_post_look     (UtMailbox             *self,
                                      UtProbeLook           *look);
/** _ut_mailbox_post_snapshot: (transfer full): @model takes the place of one not yet delivered. */
void       _ut_mailbox_post_snapshot (UtMailbox             *self,
                                      UtModel               *model);
/** _ut_mailbox_post_corpus: the data, once read. */
void       _ut_mailbox_post_corpus   (UtMailbox             *self,
                                      UtCorpus              *corpus);

/* Main thread */
/** _ut_mailbox_flush: delivers now what there is. */
void       _ut_mailbox_flush         (UtMailbox             *self);
/** _ut_mailbox_close: delivers nothing any more. */
void       _ut_mailbox_close         (UtMailbox             *self);
/** _ut_mailbox_dup_corpus: (transfer full) (nullable): the data, if read. */
UtCorpus  *_ut_mailbox_dup_corpus    (UtMailbox             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtMailbox, _ut_mailbox_unref)

G_END_DECLS
