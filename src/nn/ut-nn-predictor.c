/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-model-private.h"
#include "ut-nn-network-private.h"
#include "ut-nn-pool-private.h"
#include "ut-nn-predictor.h"

#include <stdlib.h>

struct UtNnPredictor
{
  UtNnNetwork network;
  const UtNnKernels *kernels;   /* static */
  UtNnPool *pool;               /* (owned) */
  void *memory;                 /* (owned): everything below */
  UtNnPacking packing;
  UtNnNetworkWeights weights;
  UtNnWorkspace workspaces[UT_NN_MAX_SHARDS];
  size_t *token_starts;         /* (max_sentences): each row's first place in token_logits */

  /* Of the call that runs. */
  const float *parameters;
  const UtNnSentences *sentences;
  const uint32_t *rows;         /* (nullable) */
  size_t n_rows;
  float *logits;                /* (nullable) */
  UtNnOutcome *outcomes;        /* (nullable) */
  float *token_logits;          /* (nullable) */
  float *attention;             /* (nullable) */
  size_t last_prefix;           /* in token_logits: of the longest of the prefixes that are packed */
};

static void
place (UtNnPredictor *self,
       UtNnArena     *arena,
       size_t         max_sentences,
       size_t         max_length)
{
  UtNnFaults faults = self->network.shape.faults;

  _ut_nn_packing_place (&self->packing, arena, &self->network.shape, max_sentences, max_length);
  _ut_nn_network_place_weights (&self->network, arena, false, &self->weights);
  for (size_t i = 0; i < _ut_nn_count_shards (faults, max_sentences); i++)
    _ut_nn_network_place_workspace (&self->network, arena, NULL, max_sentences, max_length,
                                    &self->workspaces[i]);
  self->token_starts = _ut_nn_arena_take (arena, max_sentences, sizeof *self->token_starts);
}

UtNnStatus
ut_nn_predictor_new (const UtNnShape  *shape,
                     size_t            max_sentences,
                     size_t            max_length,
                     size_t            n_threads,
                     UtNnPredictor   **predictor)
{
  UtNnPredictor *self = calloc (1, sizeof *self);

  *predictor = NULL;
  if (self == NULL)
    return UT_NN_ERROR_MEMORY;

  UtNnStatus status = _ut_nn_network_init (&self->network, shape);
  if (status == UT_NN_OK && (max_sentences == 0 || max_length == 0))
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
      ut_nn_predictor_free (self);
      return status;
    }

  *predictor = self;
  return UT_NN_OK;
}

void
ut_nn_predictor_free (UtNnPredictor *predictor)
{
  if (predictor == NULL)
    return;
  _ut_nn_pool_free (predictor->pool);
  _ut_nn_free (predictor->memory);
  free (predictor);
}

/* Where the states do not depend on what is behind them, those of the first tokens are those of the
 * text that ends there. */
static void
classify_prefixes (UtNnPredictor      *self,
                   const UtNnSequence *shard,
                   UtNnWorkspace      *workspace)
{
  for (size_t s = 0; s < shard->n_sentences; s++)
    for (size_t t = 0; t < shard->ends[s] - shard->firsts[s]; t++)
      self->token_logits[self->token_starts[shard->items[s]] + t]
        = _ut_nn_network_classify_prefix (&self->network, self->kernels, &self->weights, shard,
                                          workspace, s, t + 1);
}

static void
copy_attention (UtNnPredictor       *self,
                const UtNnSequence  *shard,
                const UtNnWorkspace *workspace)
{
  for (size_t s = 0; s < shard->n_sentences; s++)
    for (size_t t = 0; t < shard->lengths[s]; t++)
      self->attention[self->token_starts[shard->items[s]] + t]
        = workspace->readout.attention[shard->starts[t] + s];
}

static size_t
get_row (const UtNnPredictor *self,
         size_t               i)
{
  return self->rows == NULL ? i : self->rows[i];
}

static void
compare (UtNnPredictor       *self,
         const UtNnSequence  *shard,
         const UtNnWorkspace *workspace)
{
  for (size_t s = 0; s < shard->n_sentences; s++)
    {
      size_t item = shard->items[s];

      self->outcomes[item]
        = _ut_nn_network_compare (&self->network, shard, workspace, s,
                                  self->sentences->labels[get_row (self, item)]);
    }
}

static void
run_shard (void   *data,
           size_t  i,
           size_t  thread)
{
  UtNnPredictor *self = data;
  const UtNnSequence *shard = &self->packing.shards[i];
  UtNnWorkspace *workspace = &self->workspaces[i];

  _ut_nn_network_forward (&self->network, self->kernels, &self->weights, shard, NULL, workspace);
  if (self->logits != NULL)
    for (size_t s = 0; s < shard->n_sentences; s++)
      self->logits[shard->items[s]] = workspace->logits[s];
  if (self->outcomes != NULL)
    compare (self, shard, workspace);
  if (self->attention != NULL)
    copy_attention (self, shard, workspace);
  if (self->token_logits != NULL && _ut_nn_shape_reads_forward (&self->network.shape))
    classify_prefixes (self, shard, workspace);
}

static void
run_prefixes (void   *data,
              size_t  i,
              size_t  thread)
{
  UtNnPredictor *self = data;
  const UtNnSequence *shard = &self->packing.shards[i];
  UtNnWorkspace *workspace = &self->workspaces[i];

  _ut_nn_network_forward (&self->network, self->kernels, &self->weights, shard, NULL, workspace);
  for (size_t s = 0; s < shard->n_sentences; s++)
    self->token_logits[self->last_prefix - shard->items[s]] = workspace->logits[s];
}

/* Where a state depends on the tokens behind it, each prefix of a sentence is read for itself. */
static void
read_prefixes (UtNnPredictor *self)
{
  for (size_t i = 0; i < self->n_rows; i++)
    {
      size_t row = get_row (self, i);
      size_t longest = self->sentences->offsets[row + 1] - self->sentences->offsets[row];

      while (longest > 0)
        {
          size_t n = longest < self->packing.max_sentences ? longest : self->packing.max_sentences;

          _ut_nn_packing_fill_prefixes (&self->packing, self->sentences, row, longest, n);
          self->last_prefix = self->token_starts[i] + longest - 1;
          _ut_nn_pool_spread (self->pool, run_prefixes, self, self->packing.n_shards);
          longest -= n;
        }
    }
}

static void
run (void *data)
{
  UtNnPredictor *self = data;

  _ut_nn_network_take (&self->network, self->parameters, self->sentences, &self->weights);
  _ut_nn_pool_spread (self->pool, run_shard, self, self->packing.n_shards);
  if (self->token_logits != NULL && !_ut_nn_shape_reads_forward (&self->network.shape))
    read_prefixes (self);
}

/* Packs the rows and runs the network; the results that are wanted are set. */
static UtNnStatus
run_batch (UtNnPredictor       *predictor,
           const UtNnModel     *model,
           const UtNnSentences *sentences,
           const uint32_t      *rows,
           size_t               n_rows)
{
  UtNnStatus status = _ut_nn_network_fill (&predictor->network, model, sentences, rows, n_rows,
                                           &predictor->packing);
  if (status != UT_NN_OK)
    return status;

  _ut_nn_sentences_find_starts (sentences, rows, n_rows, predictor->token_starts);
  predictor->parameters = model->parameters;
  predictor->sentences = sentences;
  predictor->rows = rows;
  predictor->n_rows = n_rows;
  _ut_nn_pool_call (predictor->pool, run, predictor);
  return UT_NN_OK;
}

UtNnStatus
ut_nn_predictor_run (UtNnPredictor       *predictor,
                     const UtNnModel     *model,
                     const UtNnSentences *sentences,
                     const uint32_t      *rows,
                     size_t               n_rows,
                     float               *logits,
                     float               *token_logits,
                     float               *attention)
{
  bool has_attention = predictor->network.shape.readout == UT_NN_READOUT_ATTENTION;

  if (attention != NULL && !has_attention)
    return UT_NN_ERROR_SHAPE;

  predictor->logits = logits;
  predictor->outcomes = NULL;
  predictor->token_logits = token_logits;
  predictor->attention = attention;
  return run_batch (predictor, model, sentences, rows, n_rows);
}

UtNnStatus
ut_nn_predictor_compare (UtNnPredictor       *predictor,
                         const UtNnModel     *model,
                         const UtNnSentences *sentences,
                         const uint32_t      *rows,
                         size_t               n_rows,
                         UtNnOutcome         *outcomes)
{
  if (sentences->labels == NULL)
    return UT_NN_ERROR_SHAPE;

  predictor->logits = NULL;
  predictor->outcomes = outcomes;
  predictor->token_logits = NULL;
  predictor->attention = NULL;
  return run_batch (predictor, model, sentences, rows, n_rows);
}
