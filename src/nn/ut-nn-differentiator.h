/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch.h"
#include "ut-nn-model.h"

/**
 * UtNnDifferentiator:
 *
 * Says how a sentence's logit changes with the vectors of its tokens: runs models forward, without
 * dropout, and backward to these vectors. It owns its workspaces and worker threads and serves any
 * model of the shape it was created for.
 */
typedef struct UtNnDifferentiator UtNnDifferentiator;

/**
 * ut_nn_differentiator_new:
 * @shape: the models' shape, without faults: with them an answer is not one of a sentence's tokens
 *   alone, or none of positions that stay what they are.
 * @max_sentences: the largest batch, B.
 * @max_length: the longest sentence, T.
 * @n_threads: how many threads work; 1 means the caller's alone, 0 one for each physical core.
 * @differentiator: (out) (transfer full): free with ut_nn_differentiator_free().
 *
 * Returns: %UT_NN_OK, %UT_NN_ERROR_SHAPE or %UT_NN_ERROR_MEMORY.
 */
UtNnStatus ut_nn_differentiator_new             (const UtNnShape      *shape,
                                                 size_t                max_sentences,
                                                 size_t                max_length,
                                                 size_t                n_threads,
                                                 UtNnDifferentiator  **differentiator);

/** ut_nn_differentiator_free: @differentiator may be NULL. */
void       ut_nn_differentiator_free            (UtNnDifferentiator   *differentiator);

/**
 * ut_nn_differentiator_count_workspace:
 *
 * Returns: the bytes that the workspaces of a differentiator take; 0 where @shape is out of range,
 *   %UINT64_MAX where the number overflows.
 */
uint64_t   ut_nn_differentiator_count_workspace (const UtNnShape      *shape,
                                                 size_t                max_sentences,
                                                 size_t                max_length);

/**
 * ut_nn_differentiator_run:
 * @differentiator: the differentiator.
 * @model: a model of its shape.
 * @sentences: as for ut_nn_predictor_run().
 * @rows: (n_rows) (nullable): which of them; one may occur more than once. NULL means 0 to
 *   n_rows - 1.
 * @n_rows: B, 1 to the largest batch.
 * @scales: (n_rows) (nullable): what each row's vectors are multiplied with before the network
 *   reads them: 1 for the sentence itself, 0 for zeros in its place, and what is between them for a
 *   point on the straight path from these to it. NULL means 1 for all.
 * @logits: (out) (n_rows): one logit a row, of the scaled vectors.
 * @vectors: (out) (nullable) (N, I): the vectors of the rows' tokens, row after row, before they
 *   are scaled: what the embedding, subwords and bigrams give.
 * @gradients: (out) (nullable) (N, I): in the same order, the gradient of each row's logit with
 *   respect to the scaled vectors.
 *
 * Allocates nothing. All numbers are bit for bit the same for every number of threads and in every
 * batch; those of @logits with a scale of 1 are those of ut_nn_predictor_run().
 *
 * Returns: %UT_NN_OK or %UT_NN_ERROR_SHAPE.
 */
UtNnStatus ut_nn_differentiator_run             (UtNnDifferentiator   *differentiator,
                                                 const UtNnModel      *model,
                                                 const UtNnSentences  *sentences,
                                                 const uint32_t       *rows,
                                                 size_t                n_rows,
                                                 const float          *scales,
                                                 float                *logits,
                                                 float                *vectors,
                                                 float                *gradients);
