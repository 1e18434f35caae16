/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-trainer.h"
#include "ut-nn-model-private.h"
#include "ut-nn-network-private.h"
#include "ut-nn-pool-private.h"
#include "ut-nn-predictor.h"
#include "ut-nn-rows-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Numbers in a block of the work after the shards: 128 kB each of parameters and moments. */
#define BLOCK_SIZE ((size_t) 32768)
#define MAX_LEARNING_RATE 10.0f
/* Rows of the embedding in a block. */
#define ROWS_PER_BLOCK ((size_t) 64)

struct UtNnTrainer
{
  UtNnModel *model;             /* (unowned) */
  UtNnTrainerOptions options;
  UtNnNetwork network;
  const UtNnKernels *kernels;   /* static */
  UtNnPool *pool;               /* (owned) */

  float *gradient;              /* (owned): in the model's layout, as the next two */
  float *first;                 /* (owned) */
  float *second;                /* (owned) */
  void *memory;                 /* (owned): everything below */
  UtNnPacking packing;
  UtNnNetworkWeights weights;
  UtNnWorkspace workspaces[UT_NN_MAX_SHARDS];
  UtNnRows rows;
  /* The words of the batch, each once, the pad first. Only their rows of the embedding's gradient
   * are not zero. Their present rows stand side by side, and in the shards a word's place among
   * them stands for its id. */
  size_t n_words;
  uint32_t *words;              /* (V) */
  uint32_t *places;             /* (V): 0 but for the words of the batch */
  float *present;               /* (V, I) */
  bool *block_is_finite;        /* (n_dense_blocks) */
  size_t n_dense_blocks;
  size_t n_idle_blocks;         /* 0 where the rows are postponed */

  /* Of the step that runs. */
  size_t n_rows;
  uint8_t *labels;              /* (max_sentences): in the order of rows */
  UtNnStepResult *result;
  UtNnStatus status;
};

typedef struct
{
  const UtNnTrainer *trainer;
  float *embedding;             /* (V, I) */
} Export;

static size_t
divide_up (size_t a,
           size_t b)
{
  return a / b + (a % b > 0);
}

/* The last block is shorter. */
static size_t
get_block_size (size_t n,
                size_t first)
{
  return n - first < BLOCK_SIZE ? n - first : BLOCK_SIZE;
}

static void
place (UtNnTrainer *self,
       UtNnArena   *arena)
{
  size_t max_sentences = self->options.max_sentences;
  size_t max_length = self->options.max_length;
  size_t vocabulary = self->network.shape.vocabulary;

  _ut_nn_packing_place (&self->packing, arena, max_sentences, max_length);
  _ut_nn_network_place_weights (&self->network, arena, true, &self->weights);
  for (size_t i = 0; i < _ut_nn_count_shards (max_sentences); i++)
    _ut_nn_network_place_workspace (&self->network, arena, true, max_sentences, max_length,
                                    &self->workspaces[i]);
  _ut_nn_rows_place (&self->rows, arena);
  self->words = _ut_nn_arena_take (arena, vocabulary, sizeof *self->words);
  self->places = _ut_nn_arena_take (arena, vocabulary, sizeof *self->places);
  self->present = _ut_nn_arena_take (arena, self->network.tensors[UT_NN_TENSOR_EMBEDDING].size,
                                     sizeof *self->present);
  self->block_is_finite = _ut_nn_arena_take (arena, self->n_dense_blocks,
                                             sizeof *self->block_is_finite);
  self->labels = _ut_nn_arena_take (arena, max_sentences, sizeof *self->labels);
}

/* Comparisons with NaN are false. */
static bool
options_are_valid (const UtNnTrainerOptions *options)
{
  return options->learning_rate > 0.0f && options->learning_rate <= MAX_LEARNING_RATE
         && options->beta1 >= 0.0f && options->beta1 < 1.0f
         && options->beta2 >= 0.0f && options->beta2 < 1.0f
         && options->epsilon > 0.0f && options->epsilon <= 1.0f
         && options->max_sentences > 0 && options->max_length > 0;
}

static UtNnStatus
allocate (UtNnTrainer *self)
{
  size_t n_bytes = self->network.n_numbers * sizeof (float);
  UtNnArena arena = { 0 };

  place (self, &arena);
  self->memory = arena.overflow ? NULL : _ut_nn_alloc_zeroed (arena.used);
  self->gradient = _ut_nn_alloc_zeroed (n_bytes);
  self->first = _ut_nn_alloc_zeroed (n_bytes);
  self->second = _ut_nn_alloc_zeroed (n_bytes);
  if (self->memory == NULL || self->gradient == NULL
      || self->first == NULL || self->second == NULL)
    return UT_NN_ERROR_MEMORY;

  arena = (UtNnArena) { .base = self->memory };
  place (self, &arena);
  _ut_nn_rows_start (&self->rows, self->model->parameters, self->first, self->second);
  return _ut_nn_pool_new (self->options.n_threads, false, &self->pool);
}

UtNnStatus
ut_nn_trainer_new (UtNnModel                 *model,
                   const UtNnTrainerOptions  *options,
                   UtNnTrainer              **trainer)
{
  *trainer = NULL;
  if (!options_are_valid (options))
    return UT_NN_ERROR_SHAPE;

  UtNnTrainer *self = calloc (1, sizeof *self);
  if (self == NULL)
    return UT_NN_ERROR_MEMORY;

  self->model = model;
  self->options = *options;
  self->kernels = _ut_nn_kernels_get ();

  UtNnStatus status = _ut_nn_network_init (&self->network, &model->shape);
  if (status == UT_NN_OK)
    {
      size_t vocabulary = model->shape.vocabulary;

      _ut_nn_rows_init (&self->rows, self->kernels, vocabulary, model->shape.embedding, options);
      self->n_idle_blocks = self->rows.postpones ? 0 : divide_up (vocabulary, ROWS_PER_BLOCK);
      self->n_dense_blocks = divide_up (self->network.n_dense, BLOCK_SIZE);
      status = allocate (self);
    }
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
  _ut_nn_free (trainer->gradient);
  _ut_nn_free (trainer->first);
  _ut_nn_free (trainer->second);
  _ut_nn_free (trainer->memory);
  free (trainer);
}

static void
run_shard (void   *data,
           size_t  i)
{
  UtNnTrainer *self = data;
  const UtNnSequence *shard = &self->packing.shards[i];
  UtNnWorkspace *workspace = &self->workspaces[i];

  _ut_nn_network_forward (&self->network, self->kernels, &self->weights, shard, workspace);
  _ut_nn_network_backward (&self->network, self->kernels, &self->weights, shard, self->labels,
                           self->n_rows, workspace);
}

/* A number is finite unless all bits of its exponent are set; in this form the loop vectorises. */
static bool
all_finite (const float *numbers,
            size_t       n)
{
  uint32_t n_bad = 0;

  for (size_t i = 0; i < n; i++)
    {
      uint32_t bits;

      memcpy (&bits, &numbers[i], sizeof bits);
      n_bad += (bits & 0x7f800000u) == 0x7f800000u;
    }
  return n_bad == 0;
}

/* Sums a block of the dense tensors' gradients over the shards, in the order of the shards. */
static void
reduce_block (void   *data,
              size_t  block)
{
  UtNnTrainer *self = data;
  size_t first = block * BLOCK_SIZE;
  size_t n = get_block_size (self->network.n_dense, first);
  float *sums = self->gradient + self->network.n_numbers - self->network.n_dense + first;

  memcpy (sums, self->workspaces[0].dense + first, n * sizeof (float));
  for (size_t i = 1; i < self->packing.n_shards; i++)
    {
      const float *addend = self->workspaces[i].dense + first;

      for (size_t k = 0; k < n; k++)
        sums[k] += addend[k];
    }
  self->block_is_finite[block] = all_finite (sums, n);
}

static void
forget_words (UtNnTrainer *self)
{
  size_t columns = self->network.shape.embedding;

  for (size_t i = 0; i < self->n_words; i++)
    {
      memset (self->gradient + self->words[i] * columns, 0, columns * sizeof (float));
      self->places[self->words[i]] = 0;
    }
}

/* Lists the batch's words in the order of shards and packed rows, and puts their places where their
 * ids stood. */
static void
list_words (UtNnTrainer *self)
{
  self->words[0] = UT_NN_PAD;
  self->n_words = 1;
  for (size_t i = 0; i < self->packing.n_shards; i++)
    {
      const UtNnSequence *shard = &self->packing.shards[i];

      for (size_t row = 0; row < shard->n_tokens; row++)
        {
          uint32_t id = shard->ids[row];

          if (id != UT_NN_PAD && self->places[id] == 0)
            {
              self->places[id] = (uint32_t) self->n_words;
              self->words[self->n_words++] = id;
            }
          shard->ids[row] = self->places[id];
        }
    }
}

static void
read_block (void   *data,
            size_t  block)
{
  UtNnTrainer *self = data;
  size_t first = block * ROWS_PER_BLOCK;
  size_t end = first + ROWS_PER_BLOCK;

  for (size_t i = first; i < end && i < self->n_words; i++)
    _ut_nn_rows_read (&self->rows, self->words[i],
                      self->present + i * self->network.shape.embedding);
}

/* Adds the tokens' gradients to their words' rows, in the order of shards and packed rows. The pad
 * row has none. */
static void
gather_embedding_gradient (UtNnTrainer *self)
{
  size_t columns = self->network.shape.embedding;
  size_t stride = self->network.layer.input_width;

  for (size_t i = 0; i < self->packing.n_shards; i++)
    {
      const UtNnSequence *shard = &self->packing.shards[i];

      for (size_t row = 0; row < shard->n_tokens; row++)
        {
          uint32_t id = self->words[shard->ids[row]];
          const float *addend = self->workspaces[i].d_x + row * stride;
          float *sums = self->gradient + id * columns;

          if (id != UT_NN_PAD)
            self->kernels->add_rows (1, columns, addend, stride, sums);
        }
    }
}

static bool
gradient_is_finite (const UtNnTrainer *self)
{
  size_t columns = self->network.shape.embedding;

  for (size_t block = 0; block < self->n_dense_blocks; block++)
    if (!self->block_is_finite[block])
      return false;
  for (size_t i = 0; i < self->n_words; i++)
    if (!all_finite (self->gradient + self->words[i] * columns, columns))
      return false;
  return true;
}

/* Fills in the batch's figures, summed shard by shard. */
static void
measure (UtNnTrainer *self)
{
  double sum = 0.0;
  size_t n_correct = 0;

  for (size_t i = 0; i < self->packing.n_shards; i++)
    {
      const UtNnSequence *shard = &self->packing.shards[i];

      for (size_t s = 0; s < shard->n_sentences; s++)
        {
          float logit = self->workspaces[i].logits[s];
          uint8_t label = self->labels[shard->items[s]];

          sum += ut_nn_loss ((double) logit, label);
          n_correct += (logit > 0.0f) == (label == 1);
        }
    }
  self->result->loss = sum / (double) self->n_rows;
  self->result->n_correct = n_correct;
  self->result->n_tokens = self->packing.n_tokens;
}

static void
write_words (UtNnTrainer *self,
             size_t       block)
{
  size_t columns = self->network.shape.embedding;
  size_t first = block * ROWS_PER_BLOCK;
  size_t end = first + ROWS_PER_BLOCK;

  for (size_t i = first; i < end && i < self->n_words; i++)
    if (self->words[i] != UT_NN_PAD)
      _ut_nn_rows_write (&self->rows, self->words[i], self->present + i * columns,
                         self->gradient + self->words[i] * columns);
}

static void
write_idle_rows (UtNnTrainer *self,
                 size_t       block)
{
  size_t row = block * ROWS_PER_BLOCK;
  size_t end = row + ROWS_PER_BLOCK;

  for (; row < end && row < self->network.shape.vocabulary; row++)
    if (row != UT_NN_PAD && self->places[row] == 0)
      _ut_nn_rows_write_idle (&self->rows, row);
}

static void
write_dense (UtNnTrainer *self,
             size_t       block)
{
  size_t first = block * BLOCK_SIZE;
  size_t n = get_block_size (self->network.n_dense, first);

  first += self->network.n_numbers - self->network.n_dense;
  self->kernels->adam (n, &self->rows.step, self->model->parameters + first, self->first + first,
                       self->second + first, self->gradient + first);
}

static void
write_block (void   *data,
             size_t  block)
{
  UtNnTrainer *self = data;

  if (block < self->n_dense_blocks)
    write_dense (self, block);
  else if (block < self->n_dense_blocks + self->n_idle_blocks)
    write_idle_rows (self, block - self->n_dense_blocks);
  else
    write_words (self, block - self->n_dense_blocks - self->n_idle_blocks);
}

static void
run (void *data)
{
  UtNnTrainer *self = data;

  forget_words (self);
  list_words (self);

  size_t n_word_blocks = divide_up (self->n_words, ROWS_PER_BLOCK);
  _ut_nn_pool_spread (self->pool, read_block, self, n_word_blocks);
  _ut_nn_network_pack_weights (&self->network, self->model->parameters, true, &self->weights);
  /* Where the shards' places point to. */
  self->weights.embedding = self->present;
  _ut_nn_pool_spread (self->pool, run_shard, self, self->packing.n_shards);
  measure (self);
  gather_embedding_gradient (self);
  _ut_nn_pool_spread (self->pool, reduce_block, self, self->n_dense_blocks);

  if (!isfinite (self->result->loss) || !gradient_is_finite (self))
    {
      self->status = UT_NN_ERROR_NOT_FINITE;
      return;
    }

  _ut_nn_rows_begin_step (&self->rows);
  _ut_nn_pool_spread (self->pool, write_block, self,
                      self->n_dense_blocks + self->n_idle_blocks + n_word_blocks);
  _ut_nn_rows_end_step (&self->rows);
  self->status = UT_NN_OK;
}

UtNnStatus
ut_nn_trainer_step (UtNnTrainer         *trainer,
                    const UtNnSentences *sentences,
                    const uint32_t      *rows,
                    size_t               n_rows,
                    UtNnStepResult      *result)
{
  *result = (UtNnStepResult) { 0 };
  if (sentences->labels == NULL)
    return UT_NN_ERROR_SHAPE;

  UtNnStatus status = _ut_nn_packing_fill (&trainer->packing, sentences, rows, n_rows,
                                           trainer->network.shape.vocabulary);
  if (status != UT_NN_OK)
    return status;
  for (size_t i = 0; i < n_rows; i++)
    {
      trainer->labels[i] = sentences->labels[rows == NULL ? i : rows[i]];
      if (trainer->labels[i] > 1)
        return UT_NN_ERROR_SHAPE;
    }

  trainer->n_rows = n_rows;
  trainer->result = result;
  _ut_nn_pool_call (trainer->pool, run, trainer);
  return trainer->status;
}

static void
export_block (void   *data,
              size_t  block)
{
  const Export *self = data;
  size_t columns = self->trainer->network.shape.embedding;
  size_t row = block * ROWS_PER_BLOCK;
  size_t end = row + ROWS_PER_BLOCK;

  for (; row < end && row < self->trainer->network.shape.vocabulary; row++)
    _ut_nn_rows_read (&self->trainer->rows, row, self->embedding + row * columns);
}

static void
export_rows (void *data)
{
  const Export *self = data;
  size_t n_blocks = divide_up (self->trainer->network.shape.vocabulary, ROWS_PER_BLOCK);

  _ut_nn_pool_spread (self->trainer->pool, export_block, data, n_blocks);
}

void
ut_nn_trainer_export (const UtNnTrainer *trainer,
                      UtNnModel         *copy)
{
  size_t n_dense = trainer->network.n_dense;
  size_t first = trainer->network.n_numbers - n_dense;
  Export export = { trainer, copy->parameters };

  memcpy (copy->parameters + first, trainer->model->parameters + first, n_dense * sizeof (float));
  /* The pool's threads compute in the floating-point mode of the steps. */
  _ut_nn_pool_call (trainer->pool, export_rows, &export);
}

uint64_t
ut_nn_trainer_get_step_count (const UtNnTrainer *trainer)
{
  return trainer->rows.n_steps;
}

const uint64_t *
ut_nn_trainer_get_last_steps (const UtNnTrainer *trainer)
{
  return trainer->rows.last_steps;
}

UtNnStatus
ut_nn_trainer_restore (UtNnTrainer    *trainer,
                       uint64_t        n_steps,
                       const uint64_t *last_steps)
{
  size_t vocabulary = trainer->network.shape.vocabulary;

  for (size_t row = 0; row < vocabulary; row++)
    if (last_steps[row] > n_steps)
      return UT_NN_ERROR_SHAPE;

  memcpy (trainer->rows.last_steps, last_steps, vocabulary * sizeof *last_steps);
  _ut_nn_rows_restore (&trainer->rows, n_steps);
  return UT_NN_OK;
}

float *
ut_nn_trainer_get_moment (UtNnTrainer      *trainer,
                          UtNnMoment        moment,
                          const UtNnTensor *tensor)
{
  return (moment == UT_NN_MOMENT_FIRST ? trainer->first : trainer->second) + tensor->offset;
}

const float *
ut_nn_trainer_get_gradient (const UtNnTrainer *trainer,
                            const UtNnTensor  *tensor)
{
  return trainer->gradient + tensor->offset;
}
