/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch.h"
#include "ut-nn-model.h"
#include "ut-nn-predictor.h"

/**
 * UtNnTrainerOptions:
 * @learning_rate: Adam's step size; more than 0, at most 10.
 * @beta1: decay of the first moment, 0.9 by default.
 * @beta2: decay of the second moment, 0.999 by default.
 * @epsilon: added to the root of the second moment, 1e-8 by default.
 * @weight_decay: λ, 0 to 1: a step first takes learning rate · λ of each parameter away, or all of it
 *   where that is more than 1 (Loshchilov and Hutter 2019, as PyTorch's AdamW has it); 0 by default.
 * @max_gradient_norm: a gradient whose Euclidean norm over all tensors is larger is scaled down to
 *   it, by max / (norm + 1e-6) as PyTorch does; 0 by default, which leaves gradients as they are.
 * @label_smoothing: s, 0 to 0.5: the network learns y (1 - s) + s / 2 in place of the label y; 0 by
 *   default.
 * @embedding_dropout: with which probability an element of a token's vector is dropped in a step, and
 *   those that stay are scaled up to make good for it (Srivastava et al. 2014, as PyTorch has it); 0
 *   to 0.95, in steps of 2^-16; 0 by default.
 * @layer_dropout: likewise of the features that a layer hands to the next.
 * @readout_dropout: likewise of what the classifier sees.
 * @word_dropout: with which probability the own vector of a token that has subwords is dropped as a
 *   whole, without scaling; 0 to 0.95; 0 by default.
 * @seed: of what is dropped, together with the step.
 * @freezes_embedding: whether the vectors of words and subwords stay as they are; no gradient is
 *   computed for them, and they have no part in the norm.
 * @subwords: (nullable): of the vocabulary, where the model has a table of them; it must outlive the
 *   trainer.
 * @max_sentences: the largest batch, B.
 * @max_length: the longest sentence, T.
 * @n_threads: how many threads work on a step; 0 means one for each physical core.
 *
 * What a trainer plans its memory for, and how it optimises. A shape with faults wants neither
 * dropout nor smoothed labels.
 */
typedef struct
{
  float learning_rate;
  float beta1;
  float beta2;
  float epsilon;
  float weight_decay;
  float max_gradient_norm;
  float label_smoothing;
  float embedding_dropout;
  float layer_dropout;
  float readout_dropout;
  float word_dropout;
  uint64_t seed;
  bool freezes_embedding;
  const UtNnSubwords *subwords;
  size_t max_sentences;
  size_t max_length;
  size_t n_threads;
} UtNnTrainerOptions;

/** UT_NN_TRAINER_OPTIONS_INIT: the notebook's optimiser; sizes and threads are to be filled in. */
#define UT_NN_TRAINER_OPTIONS_INIT \
  { .learning_rate = 1e-3f, .beta1 = 0.9f, .beta2 = 0.999f, .epsilon = 1e-8f }

/**
 * ut_nn_shape_count_workspace:
 * @shape: of a model.
 * @options: (nullable): of a trainer; %NULL for a predictor.
 * @max_sentences: B.
 * @max_length: T.
 *
 * Returns: how many bytes of activations and their gradients such a batch needs; 0 where the shape
 *   is out of range, %UINT64_MAX where the number is.
 */
uint64_t     ut_nn_shape_count_workspace  (const UtNnShape          *shape,
                                           const UtNnTrainerOptions *options,
                                           size_t                    max_sentences,
                                           size_t                    max_length);

/**
 * UtNnStepResult:
 * @loss: the batch's mean loss, as #UtNnOutcome has it, before the step, with what is dropped; with
 *   the labels themselves, so that it compares with others also where what is learned is smoothed; 0
 *   where no sentence counts.
 * @n_correct: sentences whose answer is their label, before the step.
 * @n_sentences: B.
 * @n_tokens: N.
 * @outcomes: (B): of each sentence, in the order of the caller's rows, what @loss and @n_correct sum
 *   up; they belong to the trainer and hold until its next step.
 */
typedef struct
{
  double loss;
  size_t n_correct;
  size_t n_sentences;
  size_t n_tokens;
  const UtNnOutcome *outcomes;
} UtNnStepResult;

/**
 * UtNnTrainer:
 *
 * Trains one model: packs a batch, runs forward, backward and Adam. It owns gradients, moments,
 * workspaces and worker threads. Equal seeds and batches give equal bits for every n_threads.
 */
typedef struct UtNnTrainer UtNnTrainer;

/**
 * UtNnRate:
 * @first_step: the number, from 1, of the first step it holds for.
 * @learning_rate: Adam's step size from there on.
 *
 * An entry of the history of the learning rate, which the steps that are postponed need.
 */
typedef struct
{
  uint64_t first_step;
  float learning_rate;
} UtNnRate;

/** UtNnMoment: the two running means of Adam (Kingma and Ba 2015, algorithm 1). */
typedef enum
{
  UT_NN_MOMENT_FIRST,
  UT_NN_MOMENT_SECOND,
} UtNnMoment;

/**
 * ut_nn_trainer_new:
 * @model: (transfer none): the model to train; it must outlive the trainer and is written only by
 *   ut_nn_trainer_step(). From then on a row of its tables of vectors is as the last step left it
 *   that had a gradient for the row; ut_nn_trainer_export() gives the present values of all.
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
 * UtNnBatchFunc:
 * @data: what ut_nn_trainer_run() was given.
 * @result: the batch's figures, also where they are not finite.
 *
 * Called after each batch, on one of the trainer's threads, while all others wait: it should be
 * quick, and of the trainer's functions may call ut_nn_trainer_set_learning_rate() only.
 *
 * Returns: whether to go on with the next batch.
 */
typedef bool (*UtNnBatchFunc) (void                 *data,
                               const UtNnStepResult *result);

/**
 * ut_nn_trainer_run:
 * @trainer: the trainer.
 * @sentences: sentences with labels.
 * @rows: (n_rows): which of them to train on, in this order.
 * @n_rows: at least 1.
 * @batch_size: B, rows to a batch, 1 to max_sentences; the last batch may be smaller.
 * @on_batch: (scope call): told of each batch.
 * @data: for @on_batch.
 *
 * Trains batch by batch until the rows are used up or @on_batch says no. The next batch is made
 * ready while one is computed. Allocates nothing.
 *
 * Returns: %UT_NN_OK; %UT_NN_ERROR_SHAPE where labels are missing or above 1, a sentence is empty
 *   or too long, a token id is outside the vocabulary or the batch is too large; it is returned
 *   when such a batch has its turn, of which @on_batch is not told; %UT_NN_ERROR_NOT_FINITE, of
 *   which it is; the model is then as before that batch.
 */
UtNnStatus   ut_nn_trainer_run          (UtNnTrainer              *trainer,
                                         const UtNnSentences      *sentences,
                                         const uint32_t           *rows,
                                         size_t                    n_rows,
                                         size_t                    batch_size,
                                         UtNnBatchFunc             on_batch,
                                         void                     *data);

/**
 * ut_nn_trainer_step:
 * @trainer: the trainer.
 * @sentences: sentences with labels.
 * @rows: (n_rows): which of them make up the batch.
 * @n_rows: B, 1 to max_sentences.
 * @result: (out): the batch's figures.
 *
 * One step of training: ut_nn_trainer_run() with a single batch.
 *
 * Returns: as ut_nn_trainer_run(). With %UT_NN_ERROR_NOT_FINITE @result holds the loss.
 */
UtNnStatus   ut_nn_trainer_step         (UtNnTrainer              *trainer,
                                         const UtNnSentences      *sentences,
                                         const uint32_t           *rows,
                                         size_t                    n_rows,
                                         UtNnStepResult           *result);

/** ut_nn_trainer_get_step_count: steps taken so far. */
uint64_t     ut_nn_trainer_get_step_count (const UtNnTrainer      *trainer);

/**
 * ut_nn_trainer_set_learning_rate:
 * @trainer: the trainer.
 * @learning_rate: for the steps to come; more than 0, at most 10.
 *
 * Returns: %UT_NN_OK; %UT_NN_ERROR_SHAPE where it is out of range; %UT_NN_ERROR_MEMORY where the
 *   history of the rate cannot grow. The rate is then as before.
 */
UtNnStatus   ut_nn_trainer_set_learning_rate (UtNnTrainer         *trainer,
                                              float                learning_rate);

/** ut_nn_trainer_get_rates: the history of the learning rate; @n_rates receives its length, at
 * least 1. It belongs to the trainer and holds until the rate is set again. */
const UtNnRate *ut_nn_trainer_get_rates (const UtNnTrainer        *trainer,
                                         size_t                   *n_rates);

/**
 * ut_nn_trainer_export:
 * @trainer: the trainer.
 * @copy: a model of the same shape, but not the one that is trained.
 *
 * Writes the parameters as they stand after the last step. Changes nothing of the training, and
 * allocates nothing.
 */
void         ut_nn_trainer_export       (const UtNnTrainer        *trainer,
                                         UtNnModel                *copy);

/**
 * ut_nn_trainer_get_last_steps:
 * @trainer: the trainer.
 * @tensor: a tensor of the model.
 *
 * Returns: (nullable): (rows): for each row of a table of vectors the number, from 1, of the last
 *   step that had a gradient for it, 0 where none had: model and moments hold the row as that step
 *   left it; %NULL for other tensors, of which each step writes all.
 */
const uint64_t *ut_nn_trainer_get_last_steps (const UtNnTrainer   *trainer,
                                              const UtNnTensor    *tensor);

/**
 * ut_nn_trainer_restore:
 * @trainer: a new trainer, made with the options of the earlier one, for a model with the numbers
 *   of the earlier one's.
 * @n_steps: what ut_nn_trainer_get_step_count() said.
 * @last_steps: (V): what ut_nn_trainer_get_last_steps() said of embedding.weight.
 * @further_steps: (nullable): what it said of subword.weight or bigram.weight, where the model has
 *   one.
 * @rates: (n_rates): what ut_nn_trainer_get_rates() said.
 * @n_rates: at least 1.
 *
 * Together with the moments, continues an earlier training with the same bits.
 *
 * Returns: %UT_NN_OK; %UT_NN_ERROR_SHAPE where one of the last steps is beyond @n_steps, or the
 *   rates do not start at step 1, do not follow each other, are beyond the next step or out of range;
 *   %UT_NN_ERROR_MEMORY. Then nothing has changed.
 */
UtNnStatus   ut_nn_trainer_restore      (UtNnTrainer              *trainer,
                                         uint64_t                  n_steps,
                                         const uint64_t           *last_steps,
                                         const uint64_t           *further_steps,
                                         const UtNnRate           *rates,
                                         size_t                    n_rates);

/** ut_nn_trainer_get_moment: Adam's moment for a tensor of the model, of the tensor's shape. The rows
 * of a table of vectors are those of their last steps. */
float       *ut_nn_trainer_get_moment   (UtNnTrainer              *trainer,
                                         UtNnMoment                moment,
                                         const UtNnTensor         *tensor);

/** ut_nn_trainer_copy_gradient: the gradient of the last step for a tensor of the model, into
 * @target of the tensor's shape. */
void         ut_nn_trainer_copy_gradient (const UtNnTrainer       *trainer,
                                          const UtNnTensor        *tensor,
                                          float                   *target);
