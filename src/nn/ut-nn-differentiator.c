/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-differentiator.h"
#include "ut-nn-model-private.h"
#include "ut-nn-network-private.h"
#include "ut-nn-pool-private.h"

#include <stdlib.h>
#include <string.h>

struct UtNnDifferentiator
{
  UtNnNetwork network;
  const UtNnKernels *kernels;   /* static */
  UtNnPool *pool;               /* (owned) */
  void *memory;                 /* (owned): everything below */
  UtNnPacking packing;
  UtNnNetworkWeights weights;
  UtNnWorkspace workspaces[UT_NN_MAX_SHARDS];
  size_t *token_starts;         /* (max_sentences): each row's first place in what is given back */

  /* Of the call that runs. */
  const float *parameters;
  const UtNnSentences *sentences;
  const float *scales;          /* (nullable) */
  float *logits;
  float *vectors;               /* (nullable) */
  float *gradients;             /* (nullable) */
};

static void
place (UtNnDifferentiator *self,
       UtNnArena          *arena,
       size_t              max_sentences,
       size_t              max_length)
{
  const UtNnDropoutRates no_dropout = { 0 };

  _ut_nn_packing_place (&self->packing, arena, &self->network.shape, max_sentences, max_length);
  _ut_nn_network_place_weights (&self->network, arena, true, &self->weights);
  for (size_t i = 0; i < _ut_nn_count_shards (0, max_sentences); i++)
    _ut_nn_network_place_workspace (&self->network, arena, &no_dropout, max_sentences, max_length,
                                    &self->workspaces[i]);
  self->token_starts = _ut_nn_arena_take (arena, max_sentences, sizeof *self->token_starts);
}

UtNnStatus
ut_nn_differentiator_new (const UtNnShape     *shape,
                          size_t               max_sentences,
                          size_t               max_length,
                          size_t               n_threads,
                          UtNnDifferentiator **differentiator)
{
  UtNnDifferentiator *self = calloc (1, sizeof *self);

  *differentiator = NULL;
  if (self == NULL)
    return UT_NN_ERROR_MEMORY;

  UtNnStatus status = _ut_nn_network_init (&self->network, shape);
  if (status == UT_NN_OK && (max_sentences == 0 || max_length == 0 || shape->faults != 0))
    status = UT_NN_ERROR_SHAPE;
  if (status == UT_NN_OK)
    {
      UtNnArena arena = { 0 };

      place (self, &arena, max_sentences, max_length);
      self->memory = arena.overflow ? NULL : _ut_nn_alloc_zeroed (arena.used);
      if (self->memory == NULL)
        status = UT_NN_ERROR_MEMORY;
    }
  if (status == UT_NN_OK)
    {
      UtNnArena arena = { .base = self->memory };

      place (self, &arena, max_sentences, max_length);
      self->kernels = _ut_nn_kernels_get ();
      status = _ut_nn_pool_new (n_threads, true, &self->pool);
    }
  if (status != UT_NN_OK)
    {
      ut_nn_differentiator_free (self);
      return status;
    }

  *differentiator = self;
  return UT_NN_OK;
}

void
ut_nn_differentiator_free (UtNnDifferentiator *differentiator)
{
  if (differentiator == NULL)
    return;
  _ut_nn_pool_free (differentiator->pool);
  _ut_nn_free (differentiator->memory);
  free (differentiator);
}

/* From packed rows (N, input width) to the caller's order (N, I). */
static void
copy_out (const UtNnDifferentiator *self,
          const UtNnSequence       *shard,
          const float              *rows,
          float                    *target)
{
  size_t columns = self->network.shape.embedding;

  for (size_t t = 0; t < shard->n_steps; t++)
    for (size_t row = shard->starts[t]; row < shard->starts[t + 1]; row++)
      {
        size_t token = self->token_starts[shard->items[row - shard->starts[t]]] + t;

        memcpy (target + token * columns, rows + row * self->network.input_width,
                columns * sizeof (float));
      }
}

static void
scale_rows (const UtNnDifferentiator *self,
            const UtNnSequence       *shard,
            float                    *x)
{
  size_t width = self->network.input_width;

  for (size_t t = 0; t < shard->n_steps; t++)
    for (size_t row = shard->starts[t]; row < shard->starts[t + 1]; row++)
      {
        float scale = self->scales[shard->items[row - shard->starts[t]]];

        for (size_t i = 0; i < width; i++)
          x[row * width + i] *= scale;
      }
}

static void
run_shard (void   *data,
           size_t  i,
           size_t  thread)
{
  UtNnDifferentiator *self = data;
  const UtNnSequence *shard = &self->packing.shards[i];
  UtNnWorkspace *workspace = &self->workspaces[i];

  _ut_nn_network_look_up (&self->network, &self->weights, shard, NULL, workspace);
  if (self->vectors != NULL)
    copy_out (self, shard, workspace->x, self->vectors);
  if (self->scales != NULL)
    scale_rows (self, shard, workspace->x);
  _ut_nn_network_read (&self->network, self->kernels, &self->weights, shard, NULL, workspace);
  for (size_t s = 0; s < shard->n_sentences; s++)
    self->logits[shard->items[s]] = workspace->logits[s];
  if (self->gradients == NULL)
    return;

  _ut_nn_network_differentiate (&self->network, self->kernels, &self->weights, shard, workspace);
  copy_out (self, shard, workspace->d_x, self->gradients);
}

static void
run (void *data)
{
  UtNnDifferentiator *self = data;

  _ut_nn_network_take (&self->network, self->parameters, self->sentences, &self->weights);
  _ut_nn_pool_spread (self->pool, run_shard, self, self->packing.n_shards);
}

UtNnStatus
ut_nn_differentiator_run (UtNnDifferentiator  *differentiator,
                          const UtNnModel     *model,
                          const UtNnSentences *sentences,
                          const uint32_t      *rows,
                          size_t               n_rows,
                          const float         *scales,
                          float               *logits,
                          float               *vectors,
                          float               *gradients)
{
  UtNnStatus status = _ut_nn_network_fill (&differentiator->network, model, sentences, rows, n_rows,
                                           &differentiator->packing);
  if (status != UT_NN_OK)
    return status;

  _ut_nn_sentences_find_starts (sentences, rows, n_rows, differentiator->token_starts);
  differentiator->parameters = model->parameters;
  differentiator->sentences = sentences;
  differentiator->scales = scales;
  differentiator->logits = logits;
  differentiator->vectors = vectors;
  differentiator->gradients = gradients;
  _ut_nn_pool_call (differentiator->pool, run, differentiator);
  return UT_NN_OK;
}
