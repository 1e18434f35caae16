/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch-private.h"

/* Where a token stands: its shard and its packed row there. */
typedef struct
{
  uint32_t shard;
  uint32_t row;
} UtNnPlace;

/*
 * A batch made ready for a step of training: packed, with its labels and its words, each once. In
 * the shards a word's number among them stands in place of its id. All of that depends on the batch
 * alone, so that the next one can be made ready while this one is trained on.
 */
typedef struct
{
  UtNnPacking packing;
  uint8_t *labels;              /* (max_sentences): in the order of the caller's rows */
  size_t n_words;
  size_t n_parts;
  size_t *part_starts;          /* (n_parts + 1): where the words of each part of the rows start */
  uint32_t *words;              /* (V): ids, part after part, the pad first */
  uint32_t *found;              /* (V): ids in the order of shards and rows, the pad first */
  uint32_t *numbers;            /* (V): of the words of the batch; 0 for all others */
  uint32_t *starts;             /* (V + 1): where each word's places start */
  UtNnPlace *places;            /* (tokens): word after word, in the order of shards and rows */
} UtNnTrainingBatch;

void       _ut_nn_training_batch_place (UtNnTrainingBatch   *batch,
                                        UtNnArena           *arena,
                                        size_t               max_sentences,
                                        size_t               max_length,
                                        size_t               vocabulary,
                                        size_t               n_parts);

/* Fails with %UT_NN_ERROR_SHAPE as ut_nn_trainer_run() does; then the batch must not be used
 * before it was filled again. */
UtNnStatus _ut_nn_training_batch_fill  (UtNnTrainingBatch   *batch,
                                        const UtNnSentences *sentences,
                                        const uint32_t      *rows,
                                        size_t               n_rows,
                                        size_t               vocabulary);
