/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-training-batch-private.h"
#include "ut-nn-rows-private.h"

#include <string.h>

void
_ut_nn_training_batch_place (UtNnTrainingBatch *batch,
                             UtNnArena         *arena,
                             size_t             max_sentences,
                             size_t             max_length,
                             size_t             vocabulary,
                             size_t             n_parts)
{
  size_t max_tokens;

  if (__builtin_mul_overflow (max_sentences, max_length, &max_tokens) || max_tokens > UINT32_MAX)
    {
      arena->overflow = true;
      return;
    }

  _ut_nn_packing_place (&batch->packing, arena, max_sentences, max_length);
  batch->labels = _ut_nn_arena_take (arena, max_sentences, sizeof *batch->labels);
  batch->words = _ut_nn_arena_take (arena, vocabulary, sizeof *batch->words);
  batch->n_parts = n_parts;
  batch->part_starts = _ut_nn_arena_take (arena, n_parts + 1, sizeof *batch->part_starts);
  batch->found = _ut_nn_arena_take (arena, vocabulary, sizeof *batch->found);
  batch->numbers = _ut_nn_arena_take (arena, vocabulary, sizeof *batch->numbers);
  batch->starts = _ut_nn_arena_take (arena, vocabulary + 1, sizeof *batch->starts);
  batch->places = _ut_nn_arena_take (arena, max_tokens, sizeof *batch->places);
}

static bool
copy_labels (UtNnTrainingBatch   *batch,
             const UtNnSentences *sentences,
             const uint32_t      *rows,
             size_t               n_rows)
{
  for (size_t i = 0; i < n_rows; i++)
    {
      batch->labels[i] = sentences->labels[rows == NULL ? i : rows[i]];
      if (batch->labels[i] > 1)
        return false;
    }
  return true;
}

static void
forget_words (UtNnTrainingBatch *batch)
{
  for (size_t i = 0; i < batch->n_words; i++)
    batch->numbers[batch->words[i]] = 0;
  batch->n_words = 0;
}

/* Finds the batch's words, and counts those of each part in part_starts[part + 1]. */
static void
find_words (UtNnTrainingBatch *batch)
{
  memset (batch->part_starts, 0, (batch->n_parts + 1) * sizeof *batch->part_starts);
  batch->found[0] = UT_NN_PAD;
  batch->n_words = 1;
  batch->part_starts[_ut_nn_rows_get_part (UT_NN_PAD, batch->n_parts) + 1] = 1;
  for (size_t i = 0; i < batch->packing.n_shards; i++)
    {
      const UtNnSequence *shard = &batch->packing.shards[i];

      for (size_t row = 0; row < shard->n_tokens; row++)
        {
          uint32_t id = shard->ids[row];

          if (id == UT_NN_PAD || batch->numbers[id] != 0)
            continue;
          batch->numbers[id] = 1;
          batch->found[batch->n_words++] = id;
          batch->part_starts[_ut_nn_rows_get_part (id, batch->n_parts) + 1]++;
        }
    }
}

/* A counting sort of the words by part, by which the pad becomes number 0. A part's start is its
 * next free place meanwhile, and thus ends up where the next part starts. */
static void
number_words (UtNnTrainingBatch *batch)
{
  size_t n_before = 0;

  for (size_t part = 1; part <= batch->n_parts; part++)
    {
      size_t count = batch->part_starts[part];

      batch->part_starts[part] = n_before;
      n_before += count;
    }
  for (size_t i = 0; i < batch->n_words; i++)
    {
      uint32_t id = batch->found[i];
      size_t number = batch->part_starts[_ut_nn_rows_get_part (id, batch->n_parts) + 1]++;

      batch->words[number] = id;
      batch->numbers[id] = (uint32_t) number;
      batch->starts[number + 1] = 0;
    }
}

/* Puts numbers in place of ids, and counts the tokens of each word in starts[number + 1]. */
static void
number_tokens (UtNnTrainingBatch *batch)
{
  for (size_t i = 0; i < batch->packing.n_shards; i++)
    {
      UtNnSequence *shard = &batch->packing.shards[i];

      for (size_t row = 0; row < shard->n_tokens; row++)
        {
          uint32_t number = batch->numbers[shard->ids[row]];

          shard->ids[row] = number;
          batch->starts[number + 1]++;
        }
    }
}

/* A counting sort of the tokens by word. A word's start is its next free place meanwhile, and thus
 * ends up where the next word starts. */
static void
sort_places (UtNnTrainingBatch *batch)
{
  uint32_t n_before = 0;

  for (size_t i = 1; i <= batch->n_words; i++)
    {
      uint32_t count = batch->starts[i];

      batch->starts[i] = n_before;
      n_before += count;
    }
  for (size_t i = 0; i < batch->packing.n_shards; i++)
    {
      const UtNnSequence *shard = &batch->packing.shards[i];

      for (size_t row = 0; row < shard->n_tokens; row++)
        batch->places[batch->starts[shard->ids[row] + 1]++]
          = (UtNnPlace) { (uint32_t) i, (uint32_t) row };
    }
  batch->starts[0] = 0;
}

UtNnStatus
_ut_nn_training_batch_fill (UtNnTrainingBatch   *batch,
                            const UtNnSentences *sentences,
                            const uint32_t      *rows,
                            size_t               n_rows,
                            size_t               vocabulary)
{
  if (sentences->labels == NULL)
    return UT_NN_ERROR_SHAPE;

  UtNnStatus status = _ut_nn_packing_fill (&batch->packing, sentences, rows, n_rows, vocabulary);
  if (status != UT_NN_OK)
    return status;
  if (!copy_labels (batch, sentences, rows, n_rows))
    return UT_NN_ERROR_SHAPE;

  forget_words (batch);
  find_words (batch);
  number_words (batch);
  number_tokens (batch);
  sort_places (batch);
  return UT_NN_OK;
}
