/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-trainer.h"
#include "ut-nn-model-private.h"
#include "ut-nn-network-private.h"
#include "ut-nn-pool-private.h"
#include "ut-nn-table-private.h"
#include "ut-nn-training-batch-private.h"

#include <math.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Gradients are added up so many numbers at a time, which stay in the first-level cache. */
#define BLOCK_SIZE ((size_t) 4096)
#define MAX_LEARNING_RATE 10.0f
#define MAX_DROPOUT 0.95f

/* What the sentences of a shard sum up to. */
typedef struct
{
  double loss;
  size_t n_correct;
} Sums;

/* A thread's own copy of the packed weights. To share one would cost more than to pack one each:
 * every line of it would travel from the cache of the thread that wrote it. */
typedef struct
{
  alignas (UT_NN_ALIGNMENT) UtNnNetworkWeights weights;
  uint64_t version;             /* of the parameters it was packed from */
} ThreadWeights;

/* What ut_nn_trainer_run() was called with. */
typedef struct
{
  const UtNnSentences *sentences;
  const uint32_t *rows;
  size_t n_rows;
  size_t batch_size;
  UtNnBatchFunc on_batch;
  void *data;
} Run;

struct UtNnTrainer
{
  UtNnModel *model;             /* (unowned) */
  UtNnTrainerOptions options;
  UtNnNetwork network;
  const UtNnKernels *kernels;   /* static */
  UtNnPool *pool;               /* (owned) */
  /* Threads; and parts of what is done for the parameters rather than for the sentences: each has
   * a stretch of the dense tensors' numbers and a part of the rows. */
  size_t n_parts;

  float *first;                 /* (owned): Adam's moments in the model's layout */
  float *second;                /* (owned) */
  void *memory;                 /* (owned): everything below */
  ThreadWeights *thread_weights;  /* (threads) */
  uint64_t version;             /* of the parameters: rises with each change */
  UtNnWorkspace workspaces[UT_NN_MAX_SHARDS];
  UtNnTable words;
  UtNnTable further;            /* of subwords or of bigrams, where the shape has them */
  float *part_gradient;         /* (V, I) subwords: of each part of a word, by the word's number */
  float *dense_gradient;        /* (n_dense) */

  Run run;
  UtNnTrainingBatch batches[2]; /* the one that is trained on and the next one, in turn */
  UtNnTrainingBatch *batch;
  UtNnTrainingBatch *next;
  size_t next_row;              /* of the run: where the next batch starts */
  UtNnStatus next_status;       /* of making it ready */
  Sums sums[UT_NN_MAX_SHARDS];
  UtNnOutcome *outcomes;        /* (max_sentences): of the batch, in the caller's order of rows */
  atomic_bool is_finite;        /* the gradient */
  float gradient_scale;         /* 1 where it is not clipped */
  UtNnStatus status;
};

/* Neighbours among the dense tensors' numbers: @first to @end - 1. */
typedef struct
{
  size_t first;
  size_t end;
} Stretch;

typedef struct
{
  const UtNnTrainer *trainer;
  UtNnModel *copy;
} Export;

static bool
has_subwords (const UtNnTrainer *self)
{
  return self->network.shape.n_subwords > 0;
}

static bool
has_further (const UtNnTrainer *self)
{
  return _ut_nn_shape_n_further (&self->network.shape) > 0;
}

/* The rows of the second table that the batch uses. */
static const UtNnRowSet *
get_further_set (const UtNnTrainer *self)
{
  return has_subwords (self) ? &self->batch->subwords.set : &self->batch->bigrams.set;
}

static float *
get_tensor (const UtNnTrainer *self,
            size_t             tensor,
            float             *numbers)
{
  return numbers + self->network.layout.tensors[tensor].offset;
}

static void
place_weights (UtNnTrainer *self,
               UtNnArena   *arena)
{
  ThreadWeights *all = _ut_nn_arena_take (arena, self->n_parts, sizeof *all);

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
  if (has_further (self))
    _ut_nn_table_place (&self->further, arena);
  if (has_subwords (self))
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
      if (self->options.freezes_embedding)
        self->workspaces[i].d_x = NULL;
    }
  self->dense_gradient = _ut_nn_arena_take (arena, self->network.n_dense,
                                            sizeof *self->dense_gradient);
  self->outcomes = _ut_nn_arena_take (arena, max_sentences, sizeof *self->outcomes);
}

/* Comparisons with NaN are false. */
static bool
rate_is_valid (float learning_rate)
{
  return learning_rate > 0.0f && learning_rate <= MAX_LEARNING_RATE;
}

static bool
dropout_is_valid (float rate)
{
  return rate >= 0.0f && rate <= MAX_DROPOUT;
}

static bool
options_are_valid (const UtNnTrainerOptions *options)
{
  return rate_is_valid (options->learning_rate)
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

  _ut_nn_rows_start (&self->words.rows, get_tensor (self, layout->embedding, parameters),
                     get_tensor (self, layout->embedding, self->first),
                     get_tensor (self, layout->embedding, self->second));
  if (has_further (self))
    _ut_nn_rows_start (&self->further.rows, get_tensor (self, layout->further, parameters),
                       get_tensor (self, layout->further, self->first),
                       get_tensor (self, layout->further, self->second));
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
  if (status == UT_NN_OK && has_further (self))
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

static float *
get_dense (const UtNnTrainer *self,
           float             *numbers)
{
  return numbers + self->network.layout.first_dense;
}

/* Whole cache lines. */
static Stretch
get_stretch (const UtNnTrainer *self,
             size_t             part)
{
  size_t n_lines = self->network.n_dense / UT_NN_TENSOR_ALIGNMENT;

  return (Stretch) {
    .first = n_lines * part / self->n_parts * UT_NN_TENSOR_ALIGNMENT,
    .end = n_lines * (part + 1) / self->n_parts * UT_NN_TENSOR_ALIGNMENT,
  };
}

/* Before the shards: the rows they read. */
static void
read_part (void   *data,
           size_t  part,
           size_t  thread)
{
  UtNnTrainer *self = data;

  _ut_nn_table_read_part (&self->words, &self->batch->words.set, part);
  if (has_further (self))
    _ut_nn_table_read_part (&self->further, get_further_set (self), part);
}

static const UtNnNetworkWeights *
pack_weights (UtNnTrainer *self,
              size_t       thread)
{
  ThreadWeights *own = &self->thread_weights[thread];

  if (own->version != self->version)
    _ut_nn_network_pack (&self->network, self->model->parameters, &own->weights);
  own->version = self->version;
  own->weights.lookup = (UtNnLookup) {
    .n_columns = self->network.shape.embedding,
    .words = self->words.present,
    .n_words = self->batch->words.set.n,
    .subwords = has_subwords (self) ? self->further.present : NULL,
    .listed = { self->batch->subwords.starts, self->batch->subwords.lists,
                self->batch->words.set.n },
    .bigrams = self->network.is_bag ? self->further.present : NULL,
  };
  return &own->weights;
}

/* Called with the answers of before the step. */
static Sums
sum_up (const UtNnNetwork   *network,
        const UtNnSequence  *shard,
        const UtNnWorkspace *workspace,
        const uint8_t       *labels,
        UtNnOutcome         *outcomes)
{
  Sums sums = { 0 };

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
  const Run *run = &self->run;
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

/* Sums the dense tensors' gradients over the shards, in the order of the shards. */
static bool
reduce_stretch (UtNnTrainer *self,
                Stretch      stretch)
{
  for (size_t first = stretch.first; first < stretch.end; first += BLOCK_SIZE)
    {
      size_t n = stretch.end - first < BLOCK_SIZE ? stretch.end - first : BLOCK_SIZE;
      float *sums = self->dense_gradient + first;

      memcpy (sums, self->workspaces[0].dense + first, n * sizeof (float));
      for (size_t i = 1; i < self->batch->packing.n_shards; i++)
        self->kernels->add_rows (1, n, self->workspaces[i].dense + first, n, sums);
    }
  return _ut_nn_all_finite (self->dense_gradient + stretch.first, stretch.end - stretch.first);
}

/* Adds up the gradients of a row's tokens, in the order of shards and packed rows: all of them, or
 * those that kept their own vector. */
static void
add_tokens (const UtNnTrainer  *self,
            const UtNnTokenSet *tokens,
            size_t              number,
            bool                all,
            float              *sums)
{
  size_t columns = self->network.shape.embedding;
  size_t stride = self->network.input_width;

  memset (sums, 0, columns * sizeof (float));
  for (size_t i = tokens->starts[number]; i < tokens->starts[number + 1]; i++)
    {
      UtNnPlace place = tokens->places[i];
      const UtNnWorkspace *workspace = &self->workspaces[place.shard];

      if (all || workspace->keeps[place.row])
        self->kernels->add_rows (1, columns, workspace->d_x + place.row * stride, stride, sums);
    }
}

/* What each of a word's parts gets: its share of all tokens. */
static void
share_out (UtNnTrainer *self,
           size_t       word)
{
  const UtNnBatchSubwords *subwords = &self->batch->subwords;
  size_t columns = self->network.shape.embedding;
  size_t n = subwords->starts[word + 1] - subwords->starts[word];
  float *gradient = self->part_gradient + word * columns;

  if (n == 0)
    return;
  add_tokens (self, &self->batch->words, word, true, gradient);
  _ut_nn_scale (1.0f / (float) n, gradient, columns);
}

/* The pad has no gradient. */
static bool
reduce_words (UtNnTrainer *self,
              size_t       part)
{
  const UtNnTokenSet *words = &self->batch->words;
  const UtNnRowSet *set = &words->set;
  size_t columns = self->network.shape.embedding;
  bool all_keep = self->options.word_dropout == 0.0f;

  for (size_t i = set->part_starts[part]; i < set->part_starts[part + 1]; i++)
    {
      float *gradient = self->words.gradient + i * columns;

      if (i == UT_NN_PAD)
        memset (gradient, 0, columns * sizeof (float));
      else
        add_tokens (self, words, i, all_keep, gradient);
      if (has_subwords (self))
        share_out (self, i);
    }
  return _ut_nn_table_check_part (&self->words, set, part, self->options.max_gradient_norm > 0.0f);
}

static bool
reduce_bigrams (UtNnTrainer *self,
                size_t       part)
{
  const UtNnTokenSet *bigrams = &self->batch->bigrams;
  const UtNnRowSet *set = &bigrams->set;

  for (size_t i = set->part_starts[part]; i < set->part_starts[part + 1]; i++)
    add_tokens (self, bigrams, i, true,
                self->further.gradient + i * self->network.shape.embedding);
  return _ut_nn_table_check_part (&self->further, set, part,
                                  self->options.max_gradient_norm > 0.0f);
}

static void
reduce_part (void   *data,
             size_t  part,
             size_t  thread)
{
  UtNnTrainer *self = data;

  if (!reduce_stretch (self, get_stretch (self, part))
      || (!self->options.freezes_embedding && !reduce_words (self, part))
      || (!self->options.freezes_embedding && self->network.shape.n_bigrams > 0
          && !reduce_bigrams (self, part)))
    atomic_store (&self->is_finite, false);
}

/* Once all words have shared out: adds up what a subword gets of its words, in the order in which
 * these were found. */
static void
reduce_subwords (void   *data,
                 size_t  part,
                 size_t  thread)
{
  UtNnTrainer *self = data;
  const UtNnBatchSubwords *subwords = &self->batch->subwords;
  const UtNnRowSet *set = &subwords->set;
  size_t columns = self->network.shape.embedding;

  for (size_t i = set->part_starts[part]; i < set->part_starts[part + 1]; i++)
    {
      float *gradient = self->further.gradient + i * columns;

      memset (gradient, 0, columns * sizeof (float));
      for (size_t k = subwords->user_starts[i]; k < subwords->user_starts[i + 1]; k++)
        self->kernels->add_rows (1, columns, self->part_gradient + subwords->users[k] * columns,
                                 columns, gradient);
    }
  if (!_ut_nn_table_check_part (&self->further, set, part,
                                self->options.max_gradient_norm > 0.0f))
    atomic_store (&self->is_finite, false);
}

/* The gradient's norm over all tensors, added up in an order that threads have no part in. */
static double
get_gradient_norm (const UtNnTrainer *self)
{
  size_t n_dense = self->network.n_dense;
  double sum = 0.0;

  for (size_t first = 0; first < n_dense; first += BLOCK_SIZE)
    {
      const float *block = self->dense_gradient + first;
      size_t n = n_dense - first < BLOCK_SIZE ? n_dense - first : BLOCK_SIZE;

      sum += (double) self->kernels->dot (n, block, block);
    }
  if (!self->options.freezes_embedding)
    sum += _ut_nn_table_sum_squares (&self->words, &self->batch->words.set);
  if (!self->options.freezes_embedding && has_further (self))
    sum += _ut_nn_table_sum_squares (&self->further, get_further_set (self));
  return sqrt (sum);
}

static UtNnStatus
clip_gradient (UtNnTrainer *self)
{
  double limit = (double) self->options.max_gradient_norm;

  self->gradient_scale = 1.0f;
  if (limit == 0.0)
    return UT_NN_OK;

  double norm = get_gradient_norm (self);
  if (!isfinite (norm))
    return UT_NN_ERROR_NOT_FINITE;
  if (limit < norm + 1e-6)
    self->gradient_scale = (float) (limit / (norm + 1e-6));
  return UT_NN_OK;
}

static void
write_stretch (UtNnTrainer *self,
               Stretch      stretch)
{
  float *gradient = self->dense_gradient + stretch.first;
  float *parameters = get_dense (self, self->model->parameters) + stretch.first;
  size_t n = stretch.end - stretch.first;

  _ut_nn_scale (self->gradient_scale, gradient, n);
  self->kernels->adam (n, &self->words.rows.step, gradient, parameters, parameters,
                       get_dense (self, self->first) + stretch.first,
                       get_dense (self, self->second) + stretch.first);
}

static void
write_part (void   *data,
            size_t  part,
            size_t  thread)
{
  UtNnTrainer *self = data;

  write_stretch (self, get_stretch (self, part));
  if (self->options.freezes_embedding)
    return;
  _ut_nn_table_write_part (&self->words, &self->batch->words.set, part, self->gradient_scale);
  if (has_further (self))
    _ut_nn_table_write_part (&self->further, get_further_set (self), part, self->gradient_scale);
}

/* Sums the shards up, in their order, and looks whether all is finite. */
static UtNnStatus
finish_gradient (UtNnTrainer    *self,
                 UtNnStepResult *result)
{
  const UtNnPacking *packing = &self->batch->packing;
  double loss = 0.0;

  *result = (UtNnStepResult) {
    .n_sentences = packing->n_sentences,
    .n_tokens = packing->n_tokens,
    .outcomes = self->outcomes,
  };
  for (size_t i = 0; i < packing->n_shards; i++)
    {
      loss += self->sums[i].loss;
      result->n_correct += self->sums[i].n_correct;
    }
  if (self->batch->n_counted > 0)
    result->loss = loss / (double) self->batch->n_counted;

  return isfinite (result->loss) && atomic_load (&self->is_finite) ? UT_NN_OK
                                                                   : UT_NN_ERROR_NOT_FINITE;
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
  _ut_nn_pool_spread (self->pool, reduce_part, self, self->n_parts);
  if (has_subwords (self) && !self->options.freezes_embedding)
    _ut_nn_pool_spread (self->pool, reduce_subwords, self, self->n_parts);

  UtNnStatus status = finish_gradient (self, result);
  if (status == UT_NN_OK)
    status = clip_gradient (self);
  if (status != UT_NN_OK)
    return status;

  _ut_nn_rows_begin_step (&self->words.rows);
  if (has_further (self))
    _ut_nn_rows_begin_step (&self->further.rows);
  _ut_nn_pool_spread (self->pool, write_part, self, self->n_parts);
  _ut_nn_rows_end_step (&self->words.rows);
  if (has_further (self))
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

  trainer->run = (Run) { sentences, rows, n_rows, batch_size, on_batch, data };
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

static void
export_part (void   *data,
             size_t  part,
             size_t  thread)
{
  const Export *self = data;
  const UtNnTrainer *trainer = self->trainer;
  const UtNnLayout *layout = &trainer->network.layout;
  float *numbers = self->copy->parameters;

  _ut_nn_table_export_part (&trainer->words, part, trainer->n_parts,
                            get_tensor (trainer, layout->embedding, numbers));
  if (has_further (trainer))
    _ut_nn_table_export_part (&trainer->further, part, trainer->n_parts,
                              get_tensor (trainer, layout->further, numbers));
}

static void
export_rows (void *data)
{
  const Export *self = data;

  _ut_nn_pool_spread (self->trainer->pool, export_part, data, self->trainer->n_parts);
}

void
ut_nn_trainer_export (const UtNnTrainer *trainer,
                      UtNnModel         *copy)
{
  size_t n_dense = trainer->network.n_dense;
  Export export = { trainer, copy };

  memcpy (get_dense (trainer, copy->parameters), get_dense (trainer, trainer->model->parameters),
          n_dense * sizeof (float));
  /* The pool's threads compute in the floating-point mode of the steps. */
  _ut_nn_pool_call (trainer->pool, export_rows, &export);
}

uint64_t
ut_nn_trainer_get_step_count (const UtNnTrainer *trainer)
{
  return trainer->words.rows.n_steps;
}

/* (nullable): the table that the tensor is. */
static const UtNnTable *
find_table (const UtNnTrainer *self,
            const UtNnTensor  *tensor)
{
  const UtNnLayout *layout = &self->network.layout;

  if (tensor->offset == layout->tensors[layout->embedding].offset)
    return &self->words;
  if (has_further (self) && tensor->offset == layout->tensors[layout->further].offset)
    return &self->further;
  return NULL;
}

const uint64_t *
ut_nn_trainer_get_last_steps (const UtNnTrainer *trainer,
                              const UtNnTensor  *tensor)
{
  const UtNnTable *table = find_table (trainer, tensor);

  return table != NULL ? table->rows.last_steps : NULL;
}

UtNnStatus
ut_nn_trainer_set_learning_rate (UtNnTrainer *trainer,
                                 float        learning_rate)
{
  if (!rate_is_valid (learning_rate))
    return UT_NN_ERROR_SHAPE;

  /* The words' table goes last, so that nothing has changed where that fails: a rate that only the
   * other has is set again before it counts. */
  if (has_further (trainer)
      && _ut_nn_rows_set_rate (&trainer->further.rows, learning_rate) != UT_NN_OK)
    return UT_NN_ERROR_MEMORY;
  return _ut_nn_rows_set_rate (&trainer->words.rows, learning_rate);
}

const UtNnRate *
ut_nn_trainer_get_rates (const UtNnTrainer *trainer,
                         size_t            *n_rates)
{
  *n_rates = trainer->words.rows.n_rates;
  return trainer->words.rows.rates;
}

static bool
rates_are_valid (const UtNnRate *rates,
                 size_t          n_rates,
                 uint64_t        n_steps)
{
  if (n_rates == 0 || rates[0].first_step != 1)
    return false;
  for (size_t i = 0; i < n_rates; i++)
    if (!rate_is_valid (rates[i].learning_rate) || rates[i].first_step > n_steps + 1
        || (i > 0 && rates[i].first_step <= rates[i - 1].first_step))
      return false;
  return true;
}

static bool
last_steps_are_valid (const uint64_t *last_steps,
                      size_t          n_rows,
                      uint64_t        n_steps)
{
  for (size_t row = 0; row < n_rows; row++)
    if (last_steps[row] > n_steps)
      return false;
  return true;
}

UtNnStatus
ut_nn_trainer_restore (UtNnTrainer    *trainer,
                       uint64_t        n_steps,
                       const uint64_t *last_steps,
                       const uint64_t *further_steps,
                       const UtNnRate *rates,
                       size_t          n_rates)
{
  const UtNnShape *shape = &trainer->network.shape;

  if (!rates_are_valid (rates, n_rates, n_steps)
      || !last_steps_are_valid (last_steps, shape->vocabulary, n_steps)
      || has_further (trainer) != (further_steps != NULL)
      || !last_steps_are_valid (further_steps, _ut_nn_shape_n_further (shape), n_steps))
    return UT_NN_ERROR_SHAPE;

  UtNnStatus status = _ut_nn_rows_restore (&trainer->words.rows, n_steps, last_steps, rates,
                                           n_rates);
  if (status == UT_NN_OK && has_further (trainer))
    status = _ut_nn_rows_restore (&trainer->further.rows, n_steps, further_steps, rates, n_rates);
  return status;
}

float *
ut_nn_trainer_get_moment (UtNnTrainer      *trainer,
                          UtNnMoment        moment,
                          const UtNnTensor *tensor)
{
  return (moment == UT_NN_MOMENT_FIRST ? trainer->first : trainer->second) + tensor->offset;
}

void
ut_nn_trainer_copy_gradient (const UtNnTrainer *trainer,
                             const UtNnTensor  *tensor,
                             float             *target)
{
  const UtNnTable *table = find_table (trainer, tensor);

  if (table == NULL)
    memcpy (target,
            trainer->dense_gradient + (tensor->offset - trainer->network.layout.first_dense),
            tensor->size * sizeof (float));
  else
    _ut_nn_table_copy_gradient (table,
                                table == &trainer->words ? &trainer->batch->words.set
                                                         : get_further_set (trainer), target);
}
