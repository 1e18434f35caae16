/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-model-private.h"
#include "ut-nn-network-private.h"
#include "ut-nn-pool-private.h"
#include "ut-nn-table-private.h"
#include "ut-nn-trainer.h"
#include "ut-nn-training-batch-private.h"

#include <stdalign.h>
#include <stdatomic.h>

/*
 * What the files of #UtNnTrainer share: ut-nn-trainer.c makes one and takes its steps,
 * ut-nn-trainer-gradient.c adds the shards' gradients up and has Adam use them, and
 * ut-nn-trainer-state.c hands its state out and takes it back.
 */

#define UT_NN_MAX_LEARNING_RATE 10.0f

/* What the sentences of a shard sum up to. */
typedef struct
{
  double loss;
  size_t n_correct;
} UtNnSums;

/* A thread's own copy of the packed weights. To share one would cost more than to pack one each:
 * every line of it would travel from the cache of the thread that wrote it. */
typedef struct
{
  alignas (UT_NN_ALIGNMENT) UtNnNetworkWeights weights;
  uint64_t version;             /* of the parameters it was packed from */
} UtNnThreadWeights;

/* What ut_nn_trainer_run() was called with. */
typedef struct
{
  const UtNnSentences *sentences;
  const uint32_t *rows;
  size_t n_rows;
  size_t batch_size;
  UtNnBatchFunc on_batch;
  void *data;
} UtNnRun;

struct UtNnTrainer
{
  UtNnModel *model;             /* (unowned) */
  UtNnTrainerOptions options;
  UtNnNetwork network;
  const UtNnKernels *kernels;   /* static */
  UtNnPool *pool;               /* (owned) */
  /* Threads; and parts of what is done for the parameters rather than for the sentences: each has
   * a stretch of the dense tensors' numbers and a part of the rows. */
  size_t n_parts;

  float *first;                 /* (owned): Adam's moments in the model's layout */
  float *second;                /* (owned) */
  void *memory;                 /* (owned): everything below */
  UtNnThreadWeights *thread_weights;  /* (threads) */
  uint64_t version;             /* of the parameters: rises with each change */
  UtNnWorkspace workspaces[UT_NN_MAX_SHARDS];
  UtNnTable words;
  UtNnTable further;            /* of subwords or of bigrams, where the shape has them */
  float *part_gradient;         /* (V, I) subwords: of each part of a word, by the word's number */
  float *dense_gradient;        /* (n_dense) */

  UtNnRun run;
  UtNnTrainingBatch batches[2]; /* the one that is trained on and the next one, in turn */
  UtNnTrainingBatch *batch;
  UtNnTrainingBatch *next;
  size_t next_row;              /* of the run: where the next batch starts */
  UtNnStatus next_status;       /* of making it ready */
  UtNnSums sums[UT_NN_MAX_SHARDS];
  UtNnOutcome *outcomes;        /* (max_sentences): of the batch, in the caller's order of rows */
  atomic_bool is_finite;        /* the gradient */
  float gradient_scale;         /* 1 where it is not clipped */
  UtNnStatus status;
};

static inline bool
_ut_nn_trainer_has_subwords (const UtNnTrainer *self)
{
  return self->network.shape.n_subwords > 0;
}

/* Whether there is a second table. */
static inline bool
_ut_nn_trainer_has_further (const UtNnTrainer *self)
{
  return _ut_nn_shape_n_further (&self->network.shape) > 0;
}

/* The rows of the second table that the batch uses. */
static inline const UtNnRowSet *
_ut_nn_trainer_get_further_set (const UtNnTrainer *self)
{
  return _ut_nn_trainer_has_subwords (self) ? &self->batch->subwords.set
                                            : &self->batch->bigrams.set;
}

/* Where a tensor begins in numbers in the model's layout. */
static inline float *
_ut_nn_trainer_get_tensor (const UtNnTrainer *self,
                           size_t             tensor,
                           float             *numbers)
{
  return numbers + self->network.layout.tensors[tensor].offset;
}

/* Likewise the dense tensors. */
static inline float *
_ut_nn_trainer_get_dense (const UtNnTrainer *self,
                          float             *numbers)
{
  return numbers + self->network.layout.first_dense;
}

/* Comparisons with NaN are false. */
static inline bool
_ut_nn_rate_is_valid (float learning_rate)
{
  return learning_rate > 0.0f && learning_rate <= UT_NN_MAX_LEARNING_RATE;
}

/* The gradient, in this order, and of each the parts in any order: reduce_part() adds up what the
 * shards have; reduce_subwords(), where there are such, what a word's parts get; sum_up() says what
 * came of the batch, and fails where the loss or the gradient is not finite; clip() bounds the
 * gradient's norm; write_part() takes Adam's step. */
void       _ut_nn_trainer_reduce_part     (void           *trainer,
                                           size_t          part,
                                           size_t          thread);
void       _ut_nn_trainer_reduce_subwords (void           *trainer,
                                           size_t          part,
                                           size_t          thread);
UtNnStatus _ut_nn_trainer_sum_up          (UtNnTrainer    *trainer,
                                           UtNnStepResult *result);
UtNnStatus _ut_nn_trainer_clip            (UtNnTrainer    *trainer);
void       _ut_nn_trainer_write_part      (void           *trainer,
                                           size_t          part,
                                           size_t          thread);
