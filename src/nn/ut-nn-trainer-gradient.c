/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-trainer-private.h"

#include <math.h>
#include <string.h>

/* Gradients are added up so many numbers at a time, which stay in the first-level cache. */
#define BLOCK_SIZE ((size_t) 4096)

/* Neighbours among the dense tensors' numbers: @first to @end - 1. */
typedef struct
{
  size_t first;
  size_t end;
} Stretch;

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

/* UtNnSums the dense tensors' gradients over the shards, in the order of the shards. */
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
      if (_ut_nn_trainer_has_subwords (self))
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

void
_ut_nn_trainer_reduce_part (void   *data,
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
void
_ut_nn_trainer_reduce_subwords (void   *data,
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
  if (!self->options.freezes_embedding && _ut_nn_trainer_has_further (self))
    sum += _ut_nn_table_sum_squares (&self->further, _ut_nn_trainer_get_further_set (self));
  return sqrt (sum);
}

UtNnStatus
_ut_nn_trainer_clip (UtNnTrainer *self)
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
  float *parameters = _ut_nn_trainer_get_dense (self, self->model->parameters) + stretch.first;
  size_t n = stretch.end - stretch.first;

  _ut_nn_scale (self->gradient_scale, gradient, n);
  self->kernels->adam (n, &self->words.rows.step, gradient, parameters, parameters,
                       _ut_nn_trainer_get_dense (self, self->first) + stretch.first,
                       _ut_nn_trainer_get_dense (self, self->second) + stretch.first);
}

void
_ut_nn_trainer_write_part (void   *data,
                           size_t  part,
                           size_t  thread)
{
  UtNnTrainer *self = data;

  write_stretch (self, get_stretch (self, part));
  if (self->options.freezes_embedding)
    return;
  _ut_nn_table_write_part (&self->words, &self->batch->words.set, part, self->gradient_scale);
  if (_ut_nn_trainer_has_further (self))
    _ut_nn_table_write_part (&self->further, _ut_nn_trainer_get_further_set (self), part,
                             self->gradient_scale);
}

/* UtNnSums the shards up, in their order, and looks whether all is finite. */
UtNnStatus
_ut_nn_trainer_sum_up (UtNnTrainer    *self,
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
