/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-network-private.h"
#include "ut-nn-pool-private.h"

/*
 * What reads batches of sentences without learning from them: a network, its memory for the largest
 * batch, and the threads that work. Each object that says something of its own about what was read
 * has one.
 */
typedef struct
{
  UtNnNetwork network;
  const UtNnKernels *kernels;   /* static */
  UtNnPool *pool;               /* (owned) */
  void *memory;                 /* (owned): everything below */
  UtNnPacking packing;
  UtNnNetworkWeights weights;
  UtNnWorkspace workspaces[UT_NN_MAX_SHARDS];
  UtNnStackWhole whole;         /* two directions: of a sentence whose beginnings are read */
  size_t *token_starts;         /* (max_sentences): each row's first place in what is given back */

  /* Of the batch. */
  const float *parameters;
  const UtNnSentences *sentences;
} UtNnReader;

/* @reader, all zero, is filled in, with room to go backward where @goes_back. Clear it whatever is
 * returned: %UT_NN_OK, %UT_NN_ERROR_SHAPE or %UT_NN_ERROR_MEMORY. */
UtNnStatus _ut_nn_reader_init  (UtNnReader          *reader,
                                const UtNnShape     *shape,
                                size_t               max_sentences,
                                size_t               max_length,
                                size_t               n_threads,
                                bool                 goes_back);

void       _ut_nn_reader_clear (UtNnReader          *reader);

/* Checks and packs a batch, and finds where its rows' tokens stand. Changes nothing that is read
 * later unless it returns %UT_NN_OK. */
UtNnStatus _ut_nn_reader_fill  (UtNnReader          *reader,
                                const UtNnModel     *model,
                                const UtNnSentences *sentences,
                                const uint32_t      *rows,
                                size_t               n_rows);

/* Sets up look-up and weights for the batch, and calls @run_shard with each of its shards' numbers;
 * on a thread of the pool. */
void       _ut_nn_reader_run   (UtNnReader          *reader,
                                void               (*run_shard) (void   *data,
                                                                 size_t  i,
                                                                 size_t  thread),
                                void                *data);

/* With two directions: takes what the beginnings of sentence @row, of @length tokens, have in
 * common. It takes the place of the batch in the packing. */
void       _ut_nn_reader_read_whole (UtNnReader     *reader,
                                     size_t          row,
                                     size_t          length);

/* As _ut_nn_reader_read() where the shards are beginnings of that sentence. */
void       _ut_nn_reader_read_prefixes (UtNnReader  *reader,
                                        size_t       i);

/* Runs shard @i forward; what comes of it is in its workspace. */
void       _ut_nn_reader_read  (UtNnReader          *reader,
                                size_t               i);
