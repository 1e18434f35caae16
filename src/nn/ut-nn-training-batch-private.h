/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch-private.h"
#include "ut-nn-row-set-private.h"

/* Where a token stands: its shard and its packed row there. */
typedef struct
{
  uint32_t shard;
  uint32_t row;
} UtNnPlace;

/* The rows of a table that the tokens of a batch stand for, and the tokens of each, by number. */
typedef struct
{
  UtNnRowSet set;
  uint32_t *starts;             /* (rows + 1): where each row's places start */
  UtNnPlace *places;            /* (tokens): row after row, in the order of shards and packed rows */
} UtNnTokenSet;

/* The parts of a batch's words, both ways; words and subwords go by their numbers. */
typedef struct
{
  const UtNnSubwords *table;    /* (unowned) (nullable): of the vocabulary; %NULL without subwords */
  UtNnRowSet set;
  size_t *starts;               /* (V + 1): where each word's subwords start in @lists */
  uint32_t *lists;
  uint32_t *user_starts;        /* (subwords + 1): where each subword's words start in @users */
  uint32_t *users;              /* as often as they have it, in the order the words were found */
} UtNnBatchSubwords;

/*
 * A batch made ready for a step of training: packed, with its labels and its words, each once. In
 * the shards a word's number among them stands in place of its id, and likewise a bigram's. All of
 * that depends on the batch alone, so that the next one can be made ready while this one is trained
 * on.
 */
typedef struct
{
  UtNnPacking packing;
  uint8_t *labels;              /* (max_sentences): in the order of the caller's rows */
  size_t n_counted;             /* sentences that have a loss */
  UtNnTokenSet words;           /* the pad among them, whose number is 0 */
  UtNnBatchSubwords subwords;   /* where the shape has them */
  UtNnTokenSet bigrams;         /* likewise */
} UtNnTrainingBatch;

/* @subwords is %NULL where the shape has none. */
void       _ut_nn_training_batch_place (UtNnTrainingBatch   *batch,
                                        UtNnArena           *arena,
                                        size_t               max_sentences,
                                        size_t               max_length,
                                        const UtNnShape     *shape,
                                        const UtNnSubwords  *subwords,
                                        size_t               n_parts);

/* Fails with %UT_NN_ERROR_SHAPE as ut_nn_trainer_run() does; then the batch must not be used
 * before it was filled again. */
UtNnStatus _ut_nn_training_batch_fill  (UtNnTrainingBatch   *batch,
                                        const UtNnSentences *sentences,
                                        const uint32_t      *rows,
                                        size_t               n_rows,
                                        size_t               vocabulary);
