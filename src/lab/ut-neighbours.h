/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-model.h"

G_BEGIN_DECLS

/**
 * UtNeighbour:
 * @word: of the model's vocabulary.
 * @similarity: the cosine of the angle between its vector and the asked word's, -1 to 1.
 */
typedef struct
{
  const char *word;
  float similarity;
} UtNeighbour;

/**
 * UtNeighbours:
 *
 * Which words lie near each other in a model's embedding, after training and before it. A word's
 * vector is what the network reads: its own, and where the model reads words by their parts the mean
 * of its n-grams' added. Immutable, atomically counted.
 */
typedef struct UtNeighbours UtNeighbours;

#define UT_TYPE_NEIGHBOURS (ut_neighbours_get_type ())
GType         ut_neighbours_get_type   (void);

/**
 * ut_neighbours_new:
 * @model: no ensemble, and no bag of words, whose words have no vectors.
 * @vectors: (nullable): the file of word vectors that the training began with, where it did.
 * @cancellable: (nullable): polled while reading.
 * @error: says why @model has no neighbours.
 *
 * The embedding before training follows from the model's seed and the word vectors it began with, so
 * that it needs these; ut_neighbours_get_reason() says where they are missing or others. Blocks; any
 * thread.
 *
 * Returns: (transfer full) (nullable): the neighbours.
 */
UtNeighbours *ut_neighbours_new        (UtModel             *model,
                                        GFile               *vectors,
                                        GCancellable        *cancellable,
                                        GError             **error);

UtNeighbours *ut_neighbours_ref        (UtNeighbours        *self);
void          ut_neighbours_unref      (UtNeighbours        *self);

/** ut_neighbours_get_reason: (nullable): why nothing is known of the time before training. */
const char   *ut_neighbours_get_reason (const UtNeighbours  *self);

/**
 * ut_neighbours_find:
 * @self: the neighbours.
 * @word: as the model sees it.
 * @before: whether before the training, where that is known, instead of after it.
 * @items: (out caller-allocates) (array length=n_items): the nearest words, the nearest first,
 *   without @word itself, `[pad]` and `[unk]`.
 * @n_items: at most how many.
 *
 * Returns: how many there are; 0 where the model does not know @word. Any thread.
 */
gsize         ut_neighbours_find       (const UtNeighbours  *self,
                                        const char          *word,
                                        gboolean             before,
                                        UtNeighbour         *items,
                                        gsize                n_items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtNeighbours, ut_neighbours_unref)

G_END_DECLS
