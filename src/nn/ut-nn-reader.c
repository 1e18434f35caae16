/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-model-private.h"
#include "ut-nn-reader-private.h"

static void
place (UtNnReader *self,
       UtNnArena  *arena,
       size_t      max_sentences,
       size_t      max_length,
       bool        goes_back)
{
  const UtNnDropoutRates no_dropout = { 0 };
  UtNnFaults faults = self->network.shape.faults;

  _ut_nn_packing_place (&self->packing, arena, &self->network.shape, max_sentences, max_length);
  _ut_nn_network_place_weights (&self->network, arena, goes_back, &self->weights);
  for (size_t i = 0; i < _ut_nn_count_shards (faults, max_sentences); i++)
    _ut_nn_network_place_workspace (&self->network, arena, goes_back ? &no_dropout : NULL,
                                    max_sentences, max_length, &self->workspaces[i]);
  if (!_ut_nn_shape_reads_forward (&self->network.shape))
    _ut_nn_stack_place_whole (&self->network.stack, arena, max_length, &self->whole);
  self->token_starts = _ut_nn_arena_take (arena, max_sentences, sizeof *self->token_starts);
}

UtNnStatus
_ut_nn_reader_init (UtNnReader      *reader,
                    const UtNnShape *shape,
                    size_t           max_sentences,
                    size_t           max_length,
                    size_t           n_threads,
                    bool             goes_back)
{
  UtNnStatus status = _ut_nn_network_init (&reader->network, shape);
  UtNnArena arena = { 0 };

  if (status != UT_NN_OK)
    return status;
  if (max_sentences == 0 || max_length == 0)
    return UT_NN_ERROR_SHAPE;

  place (reader, &arena, max_sentences, max_length, goes_back);
  reader->memory = arena.overflow ? NULL : _ut_nn_alloc_zeroed (arena.used);
  if (reader->memory == NULL)
    return UT_NN_ERROR_MEMORY;

  arena = (UtNnArena) { .base = reader->memory };
  place (reader, &arena, max_sentences, max_length, goes_back);
  reader->kernels = _ut_nn_kernels_get ();
  return _ut_nn_pool_new (n_threads, true, &reader->pool);
}

void
_ut_nn_reader_clear (UtNnReader *reader)
{
  _ut_nn_pool_free (reader->pool);
  _ut_nn_free (reader->memory);
}

UtNnStatus
_ut_nn_reader_fill (UtNnReader          *reader,
                    const UtNnModel     *model,
                    const UtNnSentences *sentences,
                    const uint32_t      *rows,
                    size_t               n_rows)
{
  UtNnStatus status = _ut_nn_network_fill (&reader->network, model, sentences, rows, n_rows,
                                           &reader->packing);

  if (status != UT_NN_OK)
    return status;

  _ut_nn_sentences_find_starts (sentences, rows, n_rows, reader->token_starts);
  reader->parameters = model->parameters;
  reader->sentences = sentences;
  return UT_NN_OK;
}

void
_ut_nn_reader_run (UtNnReader *reader,
                   void      (*run_shard) (void   *data,
                                           size_t  i,
                                           size_t  thread),
                   void       *data)
{
  _ut_nn_network_take (&reader->network, reader->parameters, reader->sentences, &reader->weights);
  _ut_nn_pool_spread (reader->pool, run_shard, data, reader->packing.n_shards);
}

void
_ut_nn_reader_read (UtNnReader *reader,
                    size_t      i)
{
  _ut_nn_network_forward (&reader->network, reader->kernels, &reader->weights,
                          &reader->packing.shards[i], NULL, &reader->workspaces[i]);
}

void
_ut_nn_reader_read_whole (UtNnReader *reader,
                          size_t      row,
                          size_t      length)
{
  _ut_nn_packing_fill_prefixes (&reader->packing, reader->sentences, row, length, 1);
  _ut_nn_network_read_whole (&reader->network, reader->kernels, &reader->weights,
                             &reader->packing.shards[0], &reader->workspaces[0], &reader->whole);
}

void
_ut_nn_reader_read_prefixes (UtNnReader *reader,
                             size_t      i)
{
  _ut_nn_network_read_prefixes (&reader->network, reader->kernels, &reader->weights,
                                &reader->packing.shards[i], &reader->whole,
                                &reader->workspaces[i]);
}
