/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch.h"
#include "ut-nn-model.h"

/**
 * UtNnPredictor:
 *
 * Runs models forward. It owns its workspaces and worker threads and serves any model of the shape
 * it was created for.
 */
typedef struct UtNnPredictor UtNnPredictor;

/**
 * ut_nn_predictor_new:
 * @shape: the models' shape.
 * @max_sentences: the largest batch, B.
 * @max_length: the longest sentence, T.
 * @n_threads: how many threads work; 1 means the caller's alone, 0 one for each physical core.
 * @predictor: (out) (transfer full): free with ut_nn_predictor_free().
 *
 * Returns: %UT_NN_OK, %UT_NN_ERROR_SHAPE or %UT_NN_ERROR_MEMORY.
 */
UtNnStatus ut_nn_predictor_new  (const UtNnShape     *shape,
                                 size_t               max_sentences,
                                 size_t               max_length,
                                 size_t               n_threads,
                                 UtNnPredictor      **predictor);

/** ut_nn_predictor_free: @predictor may be NULL. */
void       ut_nn_predictor_free (UtNnPredictor       *predictor);

/**
 * ut_nn_predictor_set_stop:
 * @predictor: the predictor.
 * @should_stop: (nullable): whether to stop; called from time to time while the beginnings of
 *   sentences are read, on any thread. %NULL means never.
 * @data: its argument.
 *
 * Of use with two directions, where the logits of a long sentence's tokens take long.
 */
void       ut_nn_predictor_set_stop (UtNnPredictor  *predictor,
                                     bool          (*should_stop) (void *data),
                                     void           *data);

/**
 * ut_nn_predictor_run:
 * @predictor: the predictor.
 * @model: a model of the predictor's shape.
 * @sentences: the sentences; labels are not read. Where the shape has subwords, ids from V up are
 *   those of words that are not in the vocabulary, and read by their parts.
 * @rows: (n_rows) (nullable): which of them; NULL means 0 to n_rows - 1.
 * @n_rows: B, 1 to the predictor's largest batch.
 * @logits: (out) (n_rows): one logit a sentence, in the order of @rows.
 * @token_logits: (out) (nullable) (N): of each token the logit of its sentence if that ended there,
 *   sentence after sentence in the order of @rows. With one direction they cost next to nothing;
 *   with two each beginning of a sentence is read from its end, in batches of the predictor's size.
 * @attention: (out) (nullable) (N): in the same order, the weight of each token in its sentence,
 *   0 to 1; %NULL unless the read-out is attention.
 *
 * Allocates nothing. A logit is bit for bit the same for every number of threads and, without
 * faults, in every batch.
 *
 * With %UT_NN_FAULT_LOSS a logit is the log-odds of position 1 against position 0 (0 where there is
 * no such position), and with %UT_NN_FAULT_PADDING a token's leaves the padding out that the batch
 * would put behind it.
 *
 * Returns: %UT_NN_OK, %UT_NN_ERROR_SHAPE or %UT_NN_STOPPED.
 */
UtNnStatus ut_nn_predictor_run  (UtNnPredictor       *predictor,
                                 const UtNnModel     *model,
                                 const UtNnSentences *sentences,
                                 const uint32_t      *rows,
                                 size_t               n_rows,
                                 float               *logits,
                                 float               *token_logits,
                                 float               *attention);

/**
 * UtNnAnswer:
 * @UT_NN_ANSWER_NEGATIVE: the label 0: the logit is at most 0.
 * @UT_NN_ANSWER_POSITIVE: the label 1: it is more than 0.
 * @UT_NN_ANSWER_NEITHER: with %UT_NN_FAULT_LOSS: a position that is no label. There, the label is the
 *   position with the highest score, of equal ones the first.
 */
typedef enum
{
  UT_NN_ANSWER_NEGATIVE,
  UT_NN_ANSWER_POSITIVE,
  UT_NN_ANSWER_NEITHER,
} UtNnAnswer;

/**
 * UtNnOutcome:
 * @answer: right where it equals the label.
 * @counts: whether it has a loss; it has but where, with %UT_NN_FAULT_LOSS, the sentence has no such
 *   position as its label.
 * @loss: cross-entropy, in nats: ut_nn_loss() of the logit, or that of the softmax over positions; 0
 *   where it does not count.
 *
 * How a sentence's answer compares with its label.
 */
typedef struct
{
  UtNnAnswer answer;
  bool counts;
  double loss;
} UtNnOutcome;

/**
 * ut_nn_predictor_compare:
 * @predictor: the predictor.
 * @model: a model of the predictor's shape.
 * @sentences: as for ut_nn_predictor_run(), with labels.
 * @rows: (n_rows) (nullable): which of them; NULL means 0 to n_rows - 1.
 * @n_rows: B, 1 to the predictor's largest batch.
 * @outcomes: (out) (n_rows): one a sentence, in the order of @rows.
 *
 * Allocates nothing. Depends on batch and threads as a logit does.
 *
 * Returns: %UT_NN_OK or %UT_NN_ERROR_SHAPE.
 */
UtNnStatus ut_nn_predictor_compare (UtNnPredictor       *predictor,
                                    const UtNnModel     *model,
                                    const UtNnSentences *sentences,
                                    const uint32_t      *rows,
                                    size_t               n_rows,
                                    UtNnOutcome         *outcomes);

/**
 * ut_nn_loss:
 * @logit: a logit.
 * @label: 0 or 1.
 *
 * Returns: the binary cross-entropy max(x, 0) - x·y + log(1 + exp(-|x|)), in nats.
 */
double     ut_nn_loss           (double               logit,
                                 uint8_t              label);

/** ut_nn_sigmoid: 1 / (1 + exp(-x)), the probability of the positive class. */
double     ut_nn_sigmoid        (double               logit);
