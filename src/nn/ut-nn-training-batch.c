/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-training-batch-private.h"
#include "ut-nn-positions-private.h"

#include <string.h>

static void
place_subwords (UtNnBatchSubwords  *subwords,
                UtNnArena          *arena,
                size_t              vocabulary,
                const UtNnSubwords *table,
                size_t              n_subwords,
                size_t              n_parts)
{
  subwords->table = table;
  if (table == NULL)
    return;

  size_t n = table->offsets[vocabulary];

  _ut_nn_row_set_place (&subwords->set, arena, n_subwords, n_parts);
  subwords->starts = _ut_nn_arena_take (arena, vocabulary + 1, sizeof *subwords->starts);
  subwords->lists = _ut_nn_arena_take (arena, n, sizeof *subwords->lists);
  subwords->user_starts = _ut_nn_arena_take (arena, n_subwords + 1, sizeof *subwords->user_starts);
  subwords->users = _ut_nn_arena_take (arena, n, sizeof *subwords->users);
}

static void
place_tokens (UtNnTokenSet *tokens,
              UtNnArena    *arena,
              size_t        n_rows,
              size_t        max_tokens,
              size_t        n_parts)
{
  _ut_nn_row_set_place (&tokens->set, arena, n_rows, n_parts);
  tokens->starts = _ut_nn_arena_take (arena, n_rows + 1, sizeof *tokens->starts);
  tokens->places = _ut_nn_arena_take (arena, max_tokens, sizeof *tokens->places);
}

void
_ut_nn_training_batch_place (UtNnTrainingBatch  *batch,
                             UtNnArena          *arena,
                             size_t              max_sentences,
                             size_t              max_length,
                             const UtNnShape    *shape,
                             const UtNnSubwords *subwords,
                             size_t              n_parts)
{
  size_t max_tokens;

  if (__builtin_mul_overflow (max_sentences, max_length, &max_tokens) || max_tokens > UINT32_MAX)
    {
      arena->overflow = true;
      return;
    }

  _ut_nn_packing_place (&batch->packing, arena, shape, max_sentences, max_length);
  batch->labels = _ut_nn_arena_take (arena, max_sentences, sizeof *batch->labels);
  place_tokens (&batch->words, arena, shape->vocabulary, max_tokens, n_parts);
  place_subwords (&batch->subwords, arena, shape->vocabulary, subwords, shape->n_subwords, n_parts);
  if (shape->n_bigrams > 0)
    place_tokens (&batch->bigrams, arena, shape->n_bigrams, max_tokens, n_parts);
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

static size_t
count_losses (const UtNnTrainingBatch *batch)
{
  const UtNnPacking *packing = &batch->packing;
  size_t n = 0;

  if ((packing->faults & UT_NN_FAULT_LOSS) == 0)
    return packing->n_sentences;
  for (size_t i = 0; i < packing->n_shards; i++)
    for (size_t s = 0; s < packing->shards[i].n_sentences; s++)
      n += _ut_nn_positions_have (&packing->shards[i], s,
                                  batch->labels[packing->shards[i].items[s]]);
  return n;
}

/* From counts in starts[i + 1] to where each of @n groups starts, once its members were put in
 * place: a group's start is its next free place meanwhile, and thus ends up where the next group
 * starts. */
static void
begin_counting_sort (uint32_t *starts,
                     size_t    n)
{
  uint32_t n_before = 0;

  for (size_t i = 1; i <= n; i++)
    {
      uint32_t count = starts[i];

      starts[i] = n_before;
      n_before += count;
    }
}

/* What the tokens of a shard stand for: rows, and numbers of rows once these have some. */
static uint32_t *
get_rows (UtNnTrainingBatch  *batch,
          const UtNnTokenSet *tokens,
          size_t              shard)
{
  return tokens == &batch->words ? batch->packing.shards[shard].ids
                                 : batch->packing.shards[shard].bigrams;
}

static void
find_rows (UtNnTrainingBatch *batch,
           UtNnTokenSet      *tokens)
{
  for (size_t i = 0; i < batch->packing.n_shards; i++)
    {
      const uint32_t *rows = get_rows (batch, tokens, i);

      for (size_t k = 0; k < batch->packing.shards[i].n_tokens; k++)
        if (rows[k] != UT_NN_NO_BIGRAM)
          _ut_nn_row_set_add (&tokens->set, rows[k]);
    }
  _ut_nn_row_set_number (&tokens->set);
}

/* Puts numbers in place of rows, and counts the tokens of each in starts[number + 1]. */
static void
number_tokens (UtNnTrainingBatch *batch,
               UtNnTokenSet      *tokens)
{
  memset (tokens->starts, 0, (tokens->set.n + 1) * sizeof *tokens->starts);
  for (size_t i = 0; i < batch->packing.n_shards; i++)
    {
      uint32_t *rows = get_rows (batch, tokens, i);

      for (size_t k = 0; k < batch->packing.shards[i].n_tokens; k++)
        if (rows[k] != UT_NN_NO_BIGRAM)
          {
            rows[k] = _ut_nn_row_set_get_number (&tokens->set, rows[k]);
            tokens->starts[rows[k] + 1]++;
          }
    }
}

static void
sort_places (UtNnTrainingBatch *batch,
             UtNnTokenSet      *tokens)
{
  begin_counting_sort (tokens->starts, tokens->set.n);
  for (size_t i = 0; i < batch->packing.n_shards; i++)
    {
      const uint32_t *numbers = get_rows (batch, tokens, i);

      for (size_t k = 0; k < batch->packing.shards[i].n_tokens; k++)
        if (numbers[k] != UT_NN_NO_BIGRAM)
          tokens->places[tokens->starts[numbers[k] + 1]++]
            = (UtNnPlace) { (uint32_t) i, (uint32_t) k };
    }
}

/* Of a set that holds what is there in any case. */
static void
fill_tokens (UtNnTrainingBatch *batch,
             UtNnTokenSet      *tokens)
{
  find_rows (batch, tokens);
  number_tokens (batch, tokens);
  sort_places (batch, tokens);
}

static void
find_subwords (UtNnBatchSubwords *subwords,
               const UtNnRowSet  *words)
{
  const UtNnSubwords *table = subwords->table;

  _ut_nn_row_set_clear (&subwords->set);
  for (size_t i = 0; i < words->n; i++)
    for (size_t k = table->offsets[words->found[i]]; k < table->offsets[words->found[i] + 1]; k++)
      _ut_nn_row_set_add (&subwords->set, table->rows[k]);
  _ut_nn_row_set_number (&subwords->set);
}

/* Each word's subwords, and how many words each subword has in user_starts[number + 1]. */
static void
list_subwords (UtNnBatchSubwords *subwords,
               const UtNnRowSet  *words)
{
  const UtNnSubwords *table = subwords->table;
  size_t n = 0;

  memset (subwords->user_starts, 0, (subwords->set.n + 1) * sizeof *subwords->user_starts);
  for (size_t i = 0; i < words->n; i++)
    {
      uint32_t id = words->rows[i];

      subwords->starts[i] = n;
      for (size_t k = table->offsets[id]; k < table->offsets[id + 1]; k++)
        {
          uint32_t number = _ut_nn_row_set_get_number (&subwords->set, table->rows[k]);

          subwords->lists[n++] = number;
          subwords->user_starts[number + 1]++;
        }
    }
  subwords->starts[words->n] = n;
}

/* Sorts the words by subword. */
static void
sort_users (UtNnBatchSubwords *subwords,
            const UtNnRowSet  *words)
{
  begin_counting_sort (subwords->user_starts, subwords->set.n);
  for (size_t i = 0; i < words->n; i++)
    {
      uint32_t word = _ut_nn_row_set_get_number (words, words->found[i]);

      for (size_t k = subwords->starts[word]; k < subwords->starts[word + 1]; k++)
        subwords->users[subwords->user_starts[subwords->lists[k] + 1]++] = word;
    }
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

  batch->n_counted = count_losses (batch);
  _ut_nn_row_set_clear (&batch->words.set);
  _ut_nn_row_set_add (&batch->words.set, UT_NN_PAD);
  fill_tokens (batch, &batch->words);
  if (batch->subwords.table != NULL)
    {
      find_subwords (&batch->subwords, &batch->words.set);
      list_subwords (&batch->subwords, &batch->words.set);
      sort_users (&batch->subwords, &batch->words.set);
    }
  if (batch->packing.n_bigrams > 0)
    {
      _ut_nn_row_set_clear (&batch->bigrams.set);
      fill_tokens (batch, &batch->bigrams);
    }
  return UT_NN_OK;
}
