/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-nn.h>
#include <ut-text.h>

G_BEGIN_DECLS

/**
 * UtFeed:
 *
 * The training rows in the order in which a run sees them: a new seeded permutation each epoch and,
 * where the unknown word is trained, rare words replaced by it. What a batch holds follows from
 * data, seed and epoch alone. One thread at a time.
 */
typedef struct UtFeed UtFeed;

/** _ut_feed_new: (transfer full): @train_unknown as the setting of that name. */
UtFeed        *_ut_feed_new           (UtDataset     *dataset,
                                       UtVocabulary  *vocabulary,
                                       guint64        seed,
                                       gboolean       train_unknown,
                                       gsize          batch_size);
void           _ut_feed_free          (UtFeed        *self);

/** _ut_feed_get_n_batches: of an epoch; the last one may be smaller. */
gsize          _ut_feed_get_n_batches (const UtFeed  *self);
/** _ut_feed_begin_epoch: @epoch from 1. */
void           _ut_feed_begin_epoch   (UtFeed        *self,
                                       guint          epoch);
/** _ut_feed_get_rows: (array length=n_rows): the epoch's rows after its first @n_batches. */
const guint32 *_ut_feed_get_rows      (const UtFeed  *self,
                                       gsize          n_batches,
                                       UtNnSentences *sentences,
                                       gsize         *n_rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtFeed, _ut_feed_free)

G_END_DECLS
