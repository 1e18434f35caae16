/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch.h"
#include "ut-nn-model.h"

/**
 * UtNnTrainerOptions:
 * @learning_rate: Adam's step size; more than 0, at most 10.
 * @beta1: decay of the first moment, 0.9 by default.
 * @beta2: decay of the second moment, 0.999 by default.
 * @epsilon: added to the root of the second moment, 1e-8 by default.
 * @max_sentences: the largest batch, B.
 * @max_length: the longest sentence, T.
 * @n_threads: how many threads work on a step; 0 means one for each physical core.
 *
 * What a trainer plans its memory for, and how it optimises.
 */
typedef struct
{
  float learning_rate;
  float beta1;
  float beta2;
  float epsilon;
  size_t max_sentences;
  size_t max_length;
  size_t n_threads;
} UtNnTrainerOptions;

/** UT_NN_TRAINER_OPTIONS_INIT: the notebook's optimiser; sizes and threads are to be filled in. */
#define UT_NN_TRAINER_OPTIONS_INIT \
  { .learning_rate = 1e-3f, .beta1 = 0.9f, .beta2 = 0.999f, .epsilon = 1e-8f }

/**
 * UtNnStepResult:
 * @loss: the batch's mean binary cross-entropy, in nats, before the step.
 * @n_correct: sentences with (logit > 0) = label, before the step.
 * @n_tokens: N.
 */
typedef struct
{
  double loss;
  size_t n_correct;
  size_t n_tokens;
} UtNnStepResult;

/**
 * UtNnTrainer:
 *
 * Trains one model: packs a batch, runs forward, backward and Adam. It owns gradients, moments,
 * workspaces and worker threads. Equal seeds and batches give equal bits for every n_threads.
 */
typedef struct UtNnTrainer UtNnTrainer;

/** UtNnMoment: the two running means of Adam (Kingma and Ba 2015, algorithm 1). */
typedef enum
{
  UT_NN_MOMENT_FIRST,
  UT_NN_MOMENT_SECOND,
} UtNnMoment;

/**
 * ut_nn_trainer_new:
 * @model: (transfer none): the model to train; it must outlive the trainer and is written only by
 *   ut_nn_trainer_step().
 * @options: copied.
 * @trainer: (out) (transfer full): free with ut_nn_trainer_free().
 *
 * Returns: %UT_NN_OK, %UT_NN_ERROR_SHAPE or %UT_NN_ERROR_MEMORY.
 */
UtNnStatus   ut_nn_trainer_new          (UtNnModel                *model,
                                         const UtNnTrainerOptions *options,
                                         UtNnTrainer             **trainer);

/** ut_nn_trainer_free: joins the worker threads; @trainer may be NULL. */
void         ut_nn_trainer_free         (UtNnTrainer              *trainer);

/**
 * ut_nn_trainer_step:
 * @trainer: the trainer.
 * @sentences: sentences with labels.
 * @rows: (n_rows): which of them make up the batch.
 * @n_rows: B, 1 to max_sentences.
 * @result: (out): the batch's figures.
 *
 * One step of training. Allocates nothing.
 *
 * Returns: %UT_NN_OK; %UT_NN_ERROR_SHAPE where labels are missing or above 1, a sentence is empty
 *   or too long, a token id is outside the vocabulary or the batch is too large;
 *   %UT_NN_ERROR_NOT_FINITE (@result holds the loss, the model is unchanged).
 */
UtNnStatus   ut_nn_trainer_step         (UtNnTrainer              *trainer,
                                         const UtNnSentences      *sentences,
                                         const uint32_t           *rows,
                                         size_t                    n_rows,
                                         UtNnStepResult           *result);

/** ut_nn_trainer_get_step_count: steps taken so far. */
uint64_t     ut_nn_trainer_get_step_count (const UtNnTrainer      *trainer);

/** ut_nn_trainer_set_step_count: together with the moments, continues an earlier training. */
void         ut_nn_trainer_set_step_count (UtNnTrainer            *trainer,
                                           uint64_t                n_steps);

/** ut_nn_trainer_get_moment: Adam's moment for a tensor of the model, of the tensor's shape. */
float       *ut_nn_trainer_get_moment   (UtNnTrainer              *trainer,
                                         UtNnMoment                moment,
                                         const UtNnTensor         *tensor);

/** ut_nn_trainer_get_gradient: the gradient of the last step for a tensor of the model. */
const float *ut_nn_trainer_get_gradient (const UtNnTrainer        *trainer,
                                         const UtNnTensor         *tensor);
