/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch.h"
#include "ut-nn-memory-private.h"

/*
 * Sentences in packed form: sorted by falling length, token rows ordered by time step. Step t holds
 * the rows starts[t] to starts[t + 1] - 1, one for each sentence that is still alive; sentence s
 * stands in row starts[t] + s, and the state before it in row starts[t - 1] + s.
 *
 * Where the state runs along the batch, each position takes the place of a sentence there, and the
 * sentences in the caller's order, as far as they have it, those of its tokens.
 */
typedef struct
{
  size_t n_sentences;
  size_t n_steps;               /* T */
  size_t n_tokens;              /* N, with the padding that is read */
  size_t *starts;               /* (T + 1) */
  size_t *lengths;              /* (n_sentences): positions, with the padding that is read */
  size_t *items;                /* (n_sentences): which of the caller's rows this is */
  size_t *firsts;               /* (n_sentences): where its tokens start among the caller's */
  size_t *ends;                 /* (n_sentences): and where they end */
  uint32_t *ids;                /* (N) */
  uint32_t *bigrams;            /* (nullable) (N): rows, UT_NN_NO_BIGRAM for first tokens */
  size_t *row_starts;           /* (n_sentences) (nullable): where each sentence's rows start in */
  size_t *rows;                 /* (N) (nullable): those of its positions, along the batch */
} UtNnSequence;

#define UT_NN_NO_BIGRAM UINT32_MAX

/* The packed row of position @t of sentence @s. */
static inline size_t
_ut_nn_sequence_get_row (const UtNnSequence *sequence,
                         size_t              s,
                         size_t              t)
{
  return sequence->rows == NULL ? sequence->starts[t] + s
                                : sequence->rows[sequence->row_starts[s] + t];
}

/* What stands at position @t of sentence @s, from the caller's tokens. */
static inline uint32_t
_ut_nn_sequence_get_id (const UtNnSequence *sequence,
                        const uint32_t     *tokens,
                        size_t              s,
                        size_t              t)
{
  size_t token = sequence->firsts[s] + t;

  return token < sequence->ends[s] ? tokens[token] : UT_NN_PAD;
}

/* Where each of the rows' tokens start, row after row; rows is nullable, as for
 * ut_nn_predictor_run(). */
void _ut_nn_sentences_find_starts (const UtNnSentences *sentences,
                                   const uint32_t      *rows,
                                   size_t               n_rows,
                                   size_t              *starts);

/* A batch cut into shards, with the memory for the largest one. */
typedef struct
{
  UtNnFaults faults;            /* of the shape */
  size_t max_sentences;
  size_t max_length;
  size_t n_bigrams;             /* of the shape */
  size_t n_sentences;           /* B */
  size_t n_tokens;              /* N, without padding */
  size_t n_shards;
  UtNnSequence shards[UT_NN_MAX_SHARDS];
  size_t *order;                /* (max_sentences): the caller's rows as they are packed */
  size_t *counts;               /* (max_length + 2): of the counting sort; zero between calls */
} UtNnPacking;

/* How many shards a batch has, and how many sentences a shard of a batch up to that size
 * can have. What runs along the batch cannot be cut. */
size_t     _ut_nn_count_shards          (UtNnFaults           faults,
                                         size_t               n_sentences);
size_t     _ut_nn_count_shard_sentences (UtNnFaults           faults,
                                         size_t               max_sentences);

void       _ut_nn_packing_place         (UtNnPacking         *packing,
                                         UtNnArena           *arena,
                                         const UtNnShape     *shape,
                                         size_t               max_sentences,
                                         size_t               max_length);

/* Checks and packs a batch; rows is nullable, as for ut_nn_predictor_run(). Changes nothing that is
 * read later unless it returns %UT_NN_OK. */
UtNnStatus _ut_nn_packing_fill          (UtNnPacking         *packing,
                                         const UtNnSentences *sentences,
                                         const uint32_t      *rows,
                                         size_t               n_rows,
                                         size_t               vocabulary);

/* Packs the first @longest tokens of sentence @row, the first @longest - 1 and so on, @n in all, as
 * items 0 to @n - 1; the sentence was in a batch that _ut_nn_packing_fill() found right, and @n is
 * at most the largest batch. Not along the batch. */
void       _ut_nn_packing_fill_prefixes (UtNnPacking         *packing,
                                         const UtNnSentences *sentences,
                                         size_t               row,
                                         size_t               longest,
                                         size_t               n);
