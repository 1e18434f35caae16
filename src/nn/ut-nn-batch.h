/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-types.h"

/**
 * UT_NN_SHARD_SENTENCES: a batch is cut into one shard for so many sentences, at most
 * UT_NN_MAX_SHARDS. The rule knows the batch alone, so that sums have one order for every number of
 * threads.
 */
#define UT_NN_SHARD_SENTENCES ((size_t) 16)
/** UT_NN_MAX_SHARDS: each shard has a gradient of its own. */
#define UT_NN_MAX_SHARDS ((size_t) 16)

/**
 * UtNnSubwords:
 * @offsets: (n_words + 1): where each id's subwords start in @rows.
 * @rows: rows of subword.weight, each below the shape's n_subwords; one may occur more than once.
 * @n_words: how many words.
 *
 * The parts of words. A view that somebody else owns.
 */
typedef struct
{
  const size_t *offsets;
  const uint32_t *rows;
  size_t n_words;
} UtNnSubwords;

/**
 * UtNnSentences:
 * @tokens: all sentences' token ids, one after another.
 * @offsets: (n + 1) where each sentence starts in @tokens; the last entry is their total number.
 * @labels: (n) (nullable): 0 negative or 1 positive; only training needs them.
 * @subwords: (nullable): of the vocabulary, and then of any words with ids from V up, that are not in
 *   it; only prediction by a model with subwords needs them.
 * @extra_subwords: (nullable): of words whose ids follow those of @subwords.
 *
 * A view of sentences that somebody else owns. Sentence i is tokens[offsets[i]] up to, not
 * including, tokens[offsets[i + 1]], and holds at least one token.
 */
typedef struct
{
  const uint32_t *tokens;
  const size_t *offsets;
  const uint8_t *labels;
  const UtNnSubwords *subwords;
  const UtNnSubwords *extra_subwords;
} UtNnSentences;
