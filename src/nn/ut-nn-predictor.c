/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-predictor.h"
#include "ut-nn-reader-private.h"

#include <stdlib.h>

struct UtNnPredictor
{
  UtNnReader reader;
  bool (*should_stop) (void *data); /* (nullable) */
  void *stop_data;

  /* Of the call that runs. */
  const uint32_t *rows;         /* (nullable) */
  size_t n_rows;
  float *logits;                /* (nullable) */
  UtNnOutcome *outcomes;        /* (nullable) */
  float *token_logits;          /* (nullable) */
  float *attention;             /* (nullable) */
  size_t last_prefix;           /* in token_logits: of the longest of the packed prefixes */
  bool stopped;
};

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

  UtNnStatus status = _ut_nn_reader_init (&self->reader, shape, max_sentences, max_length,
                                          n_threads, false);
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
  _ut_nn_reader_clear (&predictor->reader);
  free (predictor);
}

/* Where the states do not depend on what is behind them, those of the first tokens are those of the
 * text that ends there. */
static void
classify_prefixes (UtNnPredictor      *self,
                   const UtNnSequence *shard,
                   UtNnWorkspace      *workspace)
{
  const UtNnReader *reader = &self->reader;

  for (size_t s = 0; s < shard->n_sentences; s++)
    for (size_t t = 0; t < shard->ends[s] - shard->firsts[s]; t++)
      self->token_logits[reader->token_starts[shard->items[s]] + t]
        = _ut_nn_network_classify_prefix (&reader->network, reader->kernels, &reader->weights,
                                          shard, workspace, s, t + 1);
}

static void
copy_attention (UtNnPredictor       *self,
                const UtNnSequence  *shard,
                const UtNnWorkspace *workspace)
{
  for (size_t s = 0; s < shard->n_sentences; s++)
    for (size_t t = 0; t < shard->lengths[s]; t++)
      self->attention[self->reader.token_starts[shard->items[s]] + t]
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
        = _ut_nn_network_compare (&self->reader.network, shard, workspace, s,
                                  self->reader.sentences->labels[get_row (self, item)]);
    }
}

static void
run_shard (void   *data,
           size_t  i,
           size_t  thread)
{
  UtNnPredictor *self = data;
  const UtNnSequence *shard = &self->reader.packing.shards[i];
  UtNnWorkspace *workspace = &self->reader.workspaces[i];

  _ut_nn_reader_read (&self->reader, i);
  if (self->logits != NULL)
    for (size_t s = 0; s < shard->n_sentences; s++)
      self->logits[shard->items[s]] = workspace->logits[s];
  if (self->outcomes != NULL)
    compare (self, shard, workspace);
  if (self->attention != NULL)
    copy_attention (self, shard, workspace);
  if (self->token_logits != NULL && _ut_nn_shape_reads_forward (&self->reader.network.shape))
    classify_prefixes (self, shard, workspace);
}

static void
run_prefixes (void   *data,
              size_t  i,
              size_t  thread)
{
  UtNnPredictor *self = data;
  const UtNnSequence *shard = &self->reader.packing.shards[i];
  UtNnWorkspace *workspace = &self->reader.workspaces[i];

  _ut_nn_reader_read_prefixes (&self->reader, i);
  for (size_t s = 0; s < shard->n_sentences; s++)
    self->token_logits[self->last_prefix - shard->items[s]] = workspace->logits[s];
}

/* Where a state depends on the tokens behind it, each prefix of a sentence is read from its end. */
static void
read_prefixes (UtNnPredictor *self)
{
  UtNnPacking *packing = &self->reader.packing;
  const UtNnSentences *sentences = self->reader.sentences;

  for (size_t i = 0; i < self->n_rows; i++)
    {
      size_t row = get_row (self, i);
      size_t longest = sentences->offsets[row + 1] - sentences->offsets[row];

      _ut_nn_reader_read_whole (&self->reader, row, longest);
      while (longest > 0)
        {
          self->stopped = self->should_stop != NULL && self->should_stop (self->stop_data);
          if (self->stopped)
            return;

          size_t n = longest < packing->max_sentences ? longest : packing->max_sentences;

          _ut_nn_packing_fill_prefixes (packing, sentences, row, longest, n);
          self->last_prefix = self->reader.token_starts[i] + longest - 1;
          _ut_nn_pool_spread (self->reader.pool, run_prefixes, self, packing->n_shards);
          longest -= n;
        }
    }
}

static void
run (void *data)
{
  UtNnPredictor *self = data;

  _ut_nn_reader_run (&self->reader, run_shard, self);
  if (self->token_logits != NULL && !_ut_nn_shape_reads_forward (&self->reader.network.shape))
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
  UtNnStatus status = _ut_nn_reader_fill (&predictor->reader, model, sentences, rows, n_rows);
  if (status != UT_NN_OK)
    return status;

  predictor->rows = rows;
  predictor->n_rows = n_rows;
  predictor->stopped = false;
  _ut_nn_pool_call (predictor->reader.pool, run, predictor);
  return predictor->stopped ? UT_NN_STOPPED : UT_NN_OK;
}

void
ut_nn_predictor_set_stop (UtNnPredictor  *predictor,
                          bool          (*should_stop) (void *data),
                          void           *data)
{
  predictor->should_stop = should_stop;
  predictor->stop_data = data;
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
  bool has_attention = predictor->reader.network.shape.readout == UT_NN_READOUT_ATTENTION;

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
