/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-batch-private.h"
#include "ut-nn-columns-private.h"
#include "ut-nn-model.h"

static size_t
minimum (size_t a,
         size_t b)
{
  return a < b ? a : b;
}

static bool
runs_along_batch (UtNnFaults faults)
{
  return (faults & UT_NN_FAULT_STATE) != 0;
}

size_t
_ut_nn_count_shards (UtNnFaults faults,
                     size_t     n_sentences)
{
  size_t n = n_sentences / UT_NN_SHARD_SENTENCES + (n_sentences % UT_NN_SHARD_SENTENCES > 0);

  return minimum (n, runs_along_batch (faults) ? 1 : UT_NN_MAX_SHARDS);
}

size_t
_ut_nn_count_shard_sentences (UtNnFaults faults,
                              size_t     max_sentences)
{
  size_t n = max_sentences / UT_NN_MAX_SHARDS + (max_sentences % UT_NN_MAX_SHARDS > 0);

  if (runs_along_batch (faults))
    return max_sentences;
  return minimum (n > UT_NN_SHARD_SENTENCES ? n : UT_NN_SHARD_SENTENCES, max_sentences);
}

void
_ut_nn_packing_place (UtNnPacking     *packing,
                      UtNnArena       *arena,
                      const UtNnShape *shape,
                      size_t           max_sentences,
                      size_t           max_length)
{
  UtNnFaults faults = shape->faults;
  size_t shard_sentences = _ut_nn_count_shard_sentences (faults, max_sentences);
  size_t max_steps = runs_along_batch (faults) ? max_sentences : max_length;
  size_t shard_tokens;

  if (__builtin_mul_overflow (shard_sentences, max_length, &shard_tokens))
    {
      arena->overflow = true;
      return;
    }

  packing->faults = faults;
  packing->max_sentences = max_sentences;
  packing->max_length = max_length;
  packing->n_bigrams = shape->n_bigrams;
  packing->order = _ut_nn_arena_take (arena, max_sentences, sizeof *packing->order);
  packing->counts = _ut_nn_arena_take (arena, max_length + 2, sizeof *packing->counts);
  for (size_t i = 0; i < _ut_nn_count_shards (faults, max_sentences); i++)
    {
      UtNnSequence *shard = &packing->shards[i];

      shard->starts = _ut_nn_arena_take (arena, max_steps + 1, sizeof *shard->starts);
      shard->lengths = _ut_nn_arena_take (arena, shard_sentences, sizeof *shard->lengths);
      shard->items = _ut_nn_arena_take (arena, shard_sentences, sizeof *shard->items);
      shard->firsts = _ut_nn_arena_take (arena, shard_sentences, sizeof *shard->firsts);
      shard->ends = _ut_nn_arena_take (arena, shard_sentences, sizeof *shard->ends);
      shard->ids = _ut_nn_arena_take (arena, shard_tokens, sizeof *shard->ids);
      if (shape->n_bigrams > 0)
        shard->bigrams = _ut_nn_arena_take (arena, shard_tokens, sizeof *shard->bigrams);
      if (runs_along_batch (faults))
        _ut_nn_columns_place (shard, arena, shard_sentences, shard_tokens);
    }
}

static size_t
get_row (const uint32_t *rows,
         size_t          i)
{
  return rows == NULL ? i : rows[i];
}

void
_ut_nn_sentences_find_starts (const UtNnSentences *sentences,
                              const uint32_t      *rows,
                              size_t               n_rows,
                              size_t              *starts)
{
  size_t n_before = 0;

  for (size_t i = 0; i < n_rows; i++)
    {
      const size_t *offset = sentences->offsets + get_row (rows, i);

      starts[i] = n_before;
      n_before += offset[1] - offset[0];
    }
}

/* The rows are anywhere in memory: asked for at once they arrive sooner than one by one. */
static void
prefetch (const UtNnSentences *sentences,
          const uint32_t      *rows,
          size_t               n_rows)
{
  for (size_t i = 0; i < n_rows; i++)
    __builtin_prefetch (sentences->offsets + get_row (rows, i));
  for (size_t i = 0; i < n_rows; i++)
    __builtin_prefetch (sentences->tokens + sentences->offsets[get_row (rows, i)]);
}

static UtNnStatus
check (const UtNnPacking   *packing,
       const UtNnSentences *sentences,
       const uint32_t      *rows,
       size_t               n_rows,
       size_t               vocabulary)
{
  if (n_rows == 0 || n_rows > packing->max_sentences)
    return UT_NN_ERROR_SHAPE;

  prefetch (sentences, rows, n_rows);
  for (size_t i = 0; i < n_rows; i++)
    {
      const size_t *offset = sentences->offsets + get_row (rows, i);

      if (offset[1] <= offset[0] || offset[1] - offset[0] > packing->max_length)
        return UT_NN_ERROR_SHAPE;
      for (size_t token = offset[0]; token < offset[1]; token++)
        if (sentences->tokens[token] >= vocabulary)
          return UT_NN_ERROR_SHAPE;
    }
  return UT_NN_OK;
}

static size_t
find_longest (const UtNnSentences *sentences,
              const uint32_t      *rows,
              size_t               n_rows)
{
  size_t longest = 0;

  for (size_t i = 0; i < n_rows; i++)
    {
      const size_t *offset = sentences->offsets + get_row (rows, i);

      if (offset[1] - offset[0] > longest)
        longest = offset[1] - offset[0];
    }
  return longest;
}

/* A counting sort, stable, so that the order depends on nothing but the batch. */
static void
sort_by_length (UtNnPacking         *packing,
                const UtNnSentences *sentences,
                const uint32_t      *rows,
                size_t               n_rows,
                size_t               longest)
{
  for (size_t i = 0; i < n_rows; i++)
    {
      const size_t *offset = sentences->offsets + get_row (rows, i);

      packing->counts[offset[1] - offset[0]]++;
    }

  size_t n_before = 0;
  for (size_t length = longest; length > 0; length--)
    {
      size_t count = packing->counts[length];

      packing->counts[length] = n_before;
      n_before += count;
    }
  for (size_t i = 0; i < n_rows; i++)
    {
      const size_t *offset = sentences->offsets + get_row (rows, i);

      packing->order[packing->counts[offset[1] - offset[0]]++] = i;
    }
  for (size_t length = 1; length <= longest; length++)
    packing->counts[length] = 0;
}

/* Sentences by falling length are dealt to and fro, 0 1 2 2 1 0 0 1 2, so that no shard always gets
 * the longer one. */
static size_t
get_shard (size_t i,
           size_t n_shards)
{
  size_t place = i % n_shards;

  return i / n_shards % 2 == 0 ? place : n_shards - 1 - place;
}

static void
begin_shards (UtNnPacking *packing,
              size_t       n_sentences)
{
  packing->n_sentences = n_sentences;
  packing->n_tokens = 0;
  packing->n_shards = _ut_nn_count_shards (packing->faults, n_sentences);
  for (size_t i = 0; i < packing->n_shards; i++)
    packing->shards[i].n_sentences = 0;
}

/* Gives the @i-th sentence of the order, whose tokens are the caller's @first to @end - 1, to its
 * shard. */
static void
deal (UtNnPacking *packing,
      size_t       i,
      size_t       item,
      size_t       first,
      size_t       end,
      size_t       length)
{
  UtNnSequence *shard = &packing->shards[get_shard (i, packing->n_shards)];

  shard->items[shard->n_sentences] = item;
  shard->firsts[shard->n_sentences] = first;
  shard->ends[shard->n_sentences] = end;
  shard->lengths[shard->n_sentences++] = length;
  packing->n_tokens += end - first;
}

static void
fill_shard (UtNnSequence   *shard,
            const uint32_t *tokens)
{
  size_t n_alive = shard->n_sentences;

  shard->n_steps = shard->lengths[0];
  shard->n_tokens = 0;
  for (size_t t = 0; t < shard->n_steps; t++)
    {
      while (shard->lengths[n_alive - 1] <= t)
        n_alive--;

      shard->starts[t] = shard->n_tokens;
      for (size_t s = 0; s < n_alive; s++)
        shard->ids[shard->n_tokens++] = _ut_nn_sequence_get_id (shard, tokens, s, t);
    }
  shard->starts[shard->n_steps] = shard->n_tokens;
}

static void
find_bigrams (UtNnSequence *shard,
              size_t        n_bigrams)
{
  for (size_t t = 0; t < shard->n_steps; t++)
    for (size_t row = shard->starts[t]; row < shard->starts[t + 1]; row++)
      {
        size_t s = row - shard->starts[t];

        shard->bigrams[row] = t == 0 ? UT_NN_NO_BIGRAM
                                     : ut_nn_bigram_row (shard->ids[shard->starts[t - 1] + s],
                                                         shard->ids[row], n_bigrams);
      }
}

static void
fill_shards (UtNnPacking    *packing,
             const uint32_t *tokens)
{
  for (size_t i = 0; i < packing->n_shards; i++)
    {
      if (runs_along_batch (packing->faults))
        _ut_nn_columns_fill (&packing->shards[i], packing->counts, tokens);
      else
        fill_shard (&packing->shards[i], tokens);
      if (packing->n_bigrams > 0)
        find_bigrams (&packing->shards[i], packing->n_bigrams);
    }
}

UtNnStatus
_ut_nn_packing_fill (UtNnPacking         *packing,
                     const UtNnSentences *sentences,
                     const uint32_t      *rows,
                     size_t               n_rows,
                     size_t               vocabulary)
{
  UtNnStatus status = check (packing, sentences, rows, n_rows, vocabulary);
  bool reads_padding = (packing->faults & UT_NN_FAULT_PADDING) != 0;

  if (status != UT_NN_OK)
    return status;

  size_t longest = find_longest (sentences, rows, n_rows);
  if (runs_along_batch (packing->faults))
    for (size_t i = 0; i < n_rows; i++)
      packing->order[i] = i;
  else
    sort_by_length (packing, sentences, rows, n_rows, longest);

  begin_shards (packing, n_rows);
  for (size_t i = 0; i < n_rows; i++)
    {
      size_t item = packing->order[i];
      const size_t *offset = sentences->offsets + get_row (rows, item);

      deal (packing, i, item, offset[0], offset[1],
            reads_padding ? longest : offset[1] - offset[0]);
    }
  fill_shards (packing, sentences->tokens);
  return UT_NN_OK;
}

void
_ut_nn_packing_fill_prefixes (UtNnPacking         *packing,
                              const UtNnSentences *sentences,
                              size_t               row,
                              size_t               longest,
                              size_t               n)
{
  begin_shards (packing, n);
  for (size_t i = 0; i < n; i++)
    {
      size_t first = sentences->offsets[row];

      deal (packing, i, i, first, first + longest - i, longest - i);
    }
  fill_shards (packing, sentences->tokens);
}
