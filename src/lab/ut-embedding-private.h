/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-nn.h>
#include <ut-text.h>

G_BEGIN_DECLS

/**
 * _ut_embedding_fill:
 * @model: its embedding.weight is written.
 * @vectors: (nullable): word vectors of the embedding's size.
 * @seed: the run's.
 *
 * Words with a vector receive it; others are drawn from a normal with mean and deviation of all
 * found entries, without vectors from GloVe's own. A word's draw depends on its id alone. The pad
 * row is zero.
 */
void  _ut_embedding_fill     (UtNnModel       *model,
                              const UtVectors *vectors,
                              guint64          seed);

/** _ut_embedding_coverage: (transfer full): how many words and tokens of @train have a vector. */
char *_ut_embedding_coverage (const UtVectors    *vectors,
                              UtDataset          *train,
                              const UtVocabulary *vocabulary);

G_END_DECLS
