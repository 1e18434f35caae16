/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-trainer-private.h"

#include <math.h>
#include <stdlib.h>

#define MAX_DROPOUT 0.95f

static void
place_weights (UtNnTrainer *self,
               UtNnArena   *arena)
{
  UtNnThreadWeights *all = _ut_nn_arena_take (arena, self->n_parts, sizeof *all);

  for (size_t i = 0; i < self->n_parts; i++)
    {
      UtNnNetworkWeights weights = { 0 };

      _ut_nn_network_place_weights (&self->network, arena, true, &weights);
      if (all != NULL)
        all[i].weights = weights;
    }
  self->thread_weights = all;
}

static void
place (UtNnTrainer *self,
       UtNnArena   *arena)
{
  const UtNnDropoutRates rates = _ut_nn_dropout_rates (&self->options);
  const UtNnShape *shape = &self->network.shape;
  size_t max_sentences = self->options.max_sentences;
  size_t max_length = self->options.max_length;

  _ut_nn_table_place (&self->words, arena);
  if (_ut_nn_trainer_has_further (self))
    _ut_nn_table_place (&self->further, arena);
  if (_ut_nn_trainer_has_subwords (self))
    self->part_gradient = _ut_nn_arena_take (arena, shape->vocabulary,
                                             shape->embedding * sizeof (float));
  for (size_t i = 0; i < 2; i++)
    _ut_nn_training_batch_place (&self->batches[i], arena, max_sentences, max_length, shape,
                                 self->options.subwords, self->n_parts);
  place_weights (self, arena);
  for (size_t i = 0; i < _ut_nn_count_shards (shape->faults, max_sentences); i++)
    {
      _ut_nn_network_place_workspace (&self->network, arena, &rates, max_sentences, max_length,
                                      &self->workspaces[i]);
      _ut_nn_network_place_dense (&self->network, arena, &self->workspaces[i]);
      if (self->options.freezes_embedding)
        self->workspaces[i].d_x = NULL;
    }
  self->dense_gradient = _ut_nn_arena_take (arena, self->network.n_dense,
                                            sizeof *self->dense_gradient);
  self->outcomes = _ut_nn_arena_take (arena, max_sentences, sizeof *self->outcomes);
}

static bool
dropout_is_valid (float rate)
{
  return rate >= 0.0f && rate <= MAX_DROPOUT;
}

static bool
options_are_valid (const UtNnTrainerOptions *options)
{
  return _ut_nn_rate_is_valid (options->learning_rate)
         && options->beta1 >= 0.0f && options->beta1 < 1.0f
         && options->beta2 >= 0.0f && options->beta2 < 1.0f
         && options->epsilon > 0.0f && options->epsilon <= 1.0f
         && options->weight_decay >= 0.0f && options->weight_decay <= 1.0f
         && options->max_gradient_norm >= 0.0f && isfinite (options->max_gradient_norm)
         && options->label_smoothing >= 0.0f && options->label_smoothing <= 0.5f
         && dropout_is_valid (options->embedding_dropout)
         && dropout_is_valid (options->layer_dropout)
         && dropout_is_valid (options->readout_dropout)
         && dropout_is_valid (options->word_dropout)
         && options->max_sentences > 0 && options->max_length > 0;
}

/* Those of the notebook, for the notebook's faults. */
static bool
options_fit_faults (const UtNnTrainerOptions *options,
                    UtNnFaults                faults)
{
  return faults == 0
         || (options->label_smoothing == 0.0f && options->embedding_dropout == 0.0f
             && options->layer_dropout == 0.0f && options->readout_dropout == 0.0f
             && options->word_dropout == 0.0f);
}

/* The parts of all words of the vocabulary, where the shape has them, and of no others. */
static bool
subwords_are_valid (const UtNnSubwords *subwords,
                    const UtNnShape    *shape)
{
  if (shape->n_subwords == 0 || subwords == NULL)
    return shape->n_subwords == 0 && subwords == NULL;
  if (subwords->n_words < shape->vocabulary)
    return false;

  for (size_t id = 0; id < shape->vocabulary; id++)
    {
      if (subwords->offsets[id] > subwords->offsets[id + 1])
        return false;
      for (size_t i = subwords->offsets[id]; i < subwords->offsets[id + 1]; i++)
        if (subwords->rows[i] >= shape->n_subwords)
          return false;
    }
  return subwords->offsets[0] == 0 && subwords->offsets[shape->vocabulary] <= UINT32_MAX;
}

/* The tables' numbers within the model's. */
static void
start_tables (UtNnTrainer *self)
{
  const UtNnLayout *layout = &self->network.layout;
  float *parameters = self->model->parameters;

  _ut_nn_rows_start (&self->words.rows,
                     _ut_nn_trainer_get_tensor (self, layout->embedding, parameters),
                     _ut_nn_trainer_get_tensor (self, layout->embedding, self->first),
                     _ut_nn_trainer_get_tensor (self, layout->embedding, self->second));
  if (_ut_nn_trainer_has_further (self))
    _ut_nn_rows_start (&self->further.rows,
                       _ut_nn_trainer_get_tensor (self, layout->further, parameters),
                       _ut_nn_trainer_get_tensor (self, layout->further, self->first),
                       _ut_nn_trainer_get_tensor (self, layout->further, self->second));
}

static UtNnStatus
allocate (UtNnTrainer *self)
{
  size_t n_bytes = self->network.layout.n_numbers * sizeof (float);
  UtNnArena arena = { 0 };

  UtNnStatus status = _ut_nn_pool_new (self->options.n_threads, false, &self->pool);
  if (status != UT_NN_OK)
    return status;

  self->n_parts = _ut_nn_pool_get_n_threads (self->pool);
  place (self, &arena);
  self->memory = arena.overflow ? NULL : _ut_nn_alloc_zeroed (arena.used);
  self->first = _ut_nn_alloc_zeroed (n_bytes);
  self->second = _ut_nn_alloc_zeroed (n_bytes);
  if (self->memory == NULL || self->first == NULL || self->second == NULL)
    return UT_NN_ERROR_MEMORY;

  arena = (UtNnArena) { .base = self->memory };
  place (self, &arena);
  self->batch = &self->batches[0];
  self->next = &self->batches[1];
  start_tables (self);
  return UT_NN_OK;
}

UtNnStatus
ut_nn_trainer_new (UtNnModel                 *model,
                   const UtNnTrainerOptions  *options,
                   UtNnTrainer              **trainer)
{
  *trainer = NULL;
  if (!options_are_valid (options) || !options_fit_faults (options, model->shape.faults)
      || !subwords_are_valid (options->subwords, &model->shape))
    return UT_NN_ERROR_SHAPE;

  UtNnTrainer *self = calloc (1, sizeof *self);
  if (self == NULL)
    return UT_NN_ERROR_MEMORY;

  self->model = model;
  self->options = *options;
  self->kernels = _ut_nn_kernels_get ();

  UtNnStatus status = _ut_nn_network_init (&self->network, &model->shape);
  if (status == UT_NN_OK)
    status = _ut_nn_table_init (&self->words, self->kernels, model->shape.vocabulary,
                                model->shape.embedding, UT_NN_PAD + 1, options);
  if (status == UT_NN_OK && _ut_nn_trainer_has_further (self))
    status = _ut_nn_table_init (&self->further, self->kernels,
                                _ut_nn_shape_n_further (&model->shape), model->shape.embedding, 0,
                                options);
  if (status == UT_NN_OK)
    status = allocate (self);
  if (status != UT_NN_OK)
    {
      ut_nn_trainer_free (self);
      return status;
    }

  *trainer = self;
  return UT_NN_OK;
}

void
ut_nn_trainer_free (UtNnTrainer *trainer)
{
  if (trainer == NULL)
    return;
  _ut_nn_pool_free (trainer->pool);
  _ut_nn_table_clear (&trainer->words);
  _ut_nn_table_clear (&trainer->further);
  _ut_nn_free (trainer->first);
  _ut_nn_free (trainer->second);
  _ut_nn_free (trainer->memory);
  free (trainer);
}

/* Before the shards: the rows they read. */
static void
read_part (void   *data,
           size_t  part,
           size_t  thread)
{
  UtNnTrainer *self = data;

  _ut_nn_table_read_part (&self->words, &self->batch->words.set, part);
  if (_ut_nn_trainer_has_further (self))
    _ut_nn_table_read_part (&self->further, _ut_nn_trainer_get_further_set (self), part);
}

static const UtNnNetworkWeights *
pack_weights (UtNnTrainer *self,
              size_t       thread)
{
  UtNnThreadWeights *own = &self->thread_weights[thread];

  if (own->version != self->version)
    _ut_nn_network_pack (&self->network, self->model->parameters, &own->weights);
  own->version = self->version;
  own->weights.lookup = (UtNnLookup) {
    .n_columns = self->network.shape.embedding,
    .words = self->words.present,
    .n_words = self->batch->words.set.n,
    .subwords = _ut_nn_trainer_has_subwords (self) ? self->further.present : NULL,
    .listed = { self->batch->subwords.starts, self->batch->subwords.lists,
                self->batch->words.set.n },
    .bigrams = self->network.is_bag ? self->further.present : NULL,
  };
  return &own->weights;
}

/* Called with the answers of before the step. */
static UtNnSums
sum_up (const UtNnNetwork   *network,
        const UtNnSequence  *shard,
        const UtNnWorkspace *workspace,
        const uint8_t       *labels,
        UtNnOutcome         *outcomes)
{
  UtNnSums sums = { 0 };

  for (size_t s = 0; s < shard->n_sentences; s++)
    {
      uint8_t label = labels[shard->items[s]];
      UtNnOutcome outcome = _ut_nn_network_compare (network, shard, workspace, s, label);

      outcomes[shard->items[s]] = outcome;
      sums.loss += outcome.loss;
      sums.n_correct += outcome.answer == label;
    }
  return sums;
}

static void
run_shard (UtNnTrainer *self,
           size_t       i,
           size_t       thread)
{
  const UtNnNetworkWeights *weights = pack_weights (self, thread);
  const UtNnTrainingBatch *batch = self->batch;
  const UtNnSequence *shard = &batch->packing.shards[i];
  UtNnWorkspace *workspace = &self->workspaces[i];
  const UtNnLesson lesson = {
    .dropout = { self->options.seed, self->words.rows.n_steps + 1 },
    .rates = _ut_nn_dropout_rates (&self->options),
    .smoothing = (double) self->options.label_smoothing,
    .n_batch = batch->n_counted,
    .labels = batch->labels,
  };

  _ut_nn_network_forward (&self->network, self->kernels, weights, shard, &lesson, workspace);
  self->sums[i] = sum_up (&self->network, shard, workspace, batch->labels, self->outcomes);
  _ut_nn_network_backward (&self->network, self->kernels, weights, shard, &lesson, workspace);
}

/* Of the run, from next_row on; there is at least one. */
static void
make_next_ready (UtNnTrainer *self)
{
  const UtNnRun *run = &self->run;
  size_t n_left = run->n_rows - self->next_row;

  self->next_status
    = _ut_nn_training_batch_fill (self->next, run->sentences, run->rows + self->next_row,
                                  n_left < run->batch_size ? n_left : run->batch_size,
                                  self->network.shape.vocabulary);
}

/* The shards; and, for whoever is done with them first, the next batch. */
static void
run_item (void   *data,
          size_t  item,
          size_t  thread)
{
  UtNnTrainer *self = data;

  if (item < self->batch->packing.n_shards)
    run_shard (self, item, thread);
  else
    make_next_ready (self);
}

/* One step on the batch, and the next one made ready where there is one. */
static UtNnStatus
take_step (UtNnTrainer    *self,
           UtNnStepResult *result)
{
  bool has_next = self->next_row < self->run.n_rows;

  _ut_nn_pool_spread (self->pool, read_part, self, self->n_parts);
  _ut_nn_pool_spread (self->pool, run_item, self, self->batch->packing.n_shards + has_next);
  atomic_store (&self->is_finite, true);
  _ut_nn_pool_spread (self->pool, _ut_nn_trainer_reduce_part, self, self->n_parts);
  if (_ut_nn_trainer_has_subwords (self) && !self->options.freezes_embedding)
    _ut_nn_pool_spread (self->pool, _ut_nn_trainer_reduce_subwords, self, self->n_parts);

  UtNnStatus status = _ut_nn_trainer_sum_up (self, result);
  if (status == UT_NN_OK)
    status = _ut_nn_trainer_clip (self);
  if (status != UT_NN_OK)
    return status;

  _ut_nn_rows_begin_step (&self->words.rows);
  if (_ut_nn_trainer_has_further (self))
    _ut_nn_rows_begin_step (&self->further.rows);
  _ut_nn_pool_spread (self->pool, _ut_nn_trainer_write_part, self, self->n_parts);
  _ut_nn_rows_end_step (&self->words.rows);
  if (_ut_nn_trainer_has_further (self))
    _ut_nn_rows_end_step (&self->further.rows);
  self->version++;
  return UT_NN_OK;
}

static void
run (void *data)
{
  UtNnTrainer *self = data;
  bool goes_on = true;

  self->next_row = 0;
  self->version++;
  make_next_ready (self);
  self->status = self->next_status;
  while (self->status == UT_NN_OK && goes_on)
    {
      UtNnTrainingBatch *batch = self->next;
      UtNnStepResult result;

      self->next = self->batch;
      self->batch = batch;
      self->next_row += batch->packing.n_sentences;
      self->status = take_step (self, &result);

      goes_on = self->run.on_batch (self->run.data, &result) && self->next_row < self->run.n_rows;
      if (self->status == UT_NN_OK && goes_on)
        self->status = self->next_status;
    }
}

UtNnStatus
ut_nn_trainer_run (UtNnTrainer         *trainer,
                   const UtNnSentences *sentences,
                   const uint32_t      *rows,
                   size_t               n_rows,
                   size_t               batch_size,
                   UtNnBatchFunc        on_batch,
                   void                *data)
{
  if (n_rows == 0 || batch_size == 0)
    return UT_NN_ERROR_SHAPE;

  trainer->run = (UtNnRun) { sentences, rows, n_rows, batch_size, on_batch, data };
  _ut_nn_pool_call (trainer->pool, run, trainer);
  return trainer->status;
}

static bool
keep_result (void                 *data,
             const UtNnStepResult *result)
{
  UtNnStepResult *kept = data;

  *kept = *result;
  return true;
}

UtNnStatus
ut_nn_trainer_step (UtNnTrainer         *trainer,
                    const UtNnSentences *sentences,
                    const uint32_t      *rows,
                    size_t               n_rows,
                    UtNnStepResult      *result)
{
  *result = (UtNnStepResult) { 0 };
  return ut_nn_trainer_run (trainer, sentences, rows, n_rows, n_rows, keep_result, result);
}
