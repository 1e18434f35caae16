/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-panels-private.h"
#include "ut-nn-readout-private.h"

#include <math.h>
#include <string.h>

void
_ut_nn_readout_init (UtNnReadoutForm *form,
                     const UtNnShape *shape)
{
  form->kind = shape->readout;
  form->hidden = shape->hidden;
  form->width = _ut_nn_round_up (shape->hidden);
  form->n_directions = _ut_nn_shape_n_directions (shape);
  form->n_features = _ut_nn_shape_n_features (shape);
  form->feature_width = _ut_nn_round_up (form->n_features);
}

void
_ut_nn_readout_place_weights (const UtNnReadoutForm *form,
                              UtNnArena             *arena,
                              bool                   for_training,
                              UtNnReadoutWeights    *weights)
{
  if (form->kind != UT_NN_READOUT_ATTENTION)
    return;

  weights->forward = _ut_nn_arena_take_reals (arena, form->n_features, form->width);
  weights->bias = _ut_nn_arena_take_reals (arena, 1, form->width);
  weights->context = _ut_nn_arena_take_reals (arena, 1, form->width);
  if (for_training)
    weights->back = _ut_nn_arena_take_reals (arena, form->width, form->feature_width);
}

void
_ut_nn_readout_place_cache (const UtNnReadoutForm *form,
                            UtNnArena             *arena,
                            bool                   for_training,
                            size_t                 max_sentences,
                            size_t                 max_tokens,
                            UtNnReadoutCache      *cache)
{
  cache->pooled = _ut_nn_arena_take_reals (arena, max_sentences, form->feature_width);
  if (for_training)
    cache->d_pooled = _ut_nn_arena_take_reals (arena, max_sentences, form->feature_width);
  if (form->kind != UT_NN_READOUT_ATTENTION)
    return;

  cache->u = _ut_nn_arena_take_reals (arena, max_tokens, form->width);
  cache->scores = _ut_nn_arena_take_reals (arena, max_tokens, 1);
  cache->attention = _ut_nn_arena_take_reals (arena, max_tokens, 1);
}

void
_ut_nn_readout_pack (const UtNnReadoutForm *form,
                     const UtReal          *weight,
                     const UtReal          *bias,
                     const UtReal          *context,
                     UtNnReadoutWeights    *weights)
{
  _ut_nn_panels_pack_transposed (weight, 1, form->hidden, form->n_features, weights->forward);
  memcpy (weights->bias, bias, form->hidden * sizeof (UtReal));
  memcpy (weights->context, context, form->hidden * sizeof (UtReal));
  if (weights->back != NULL)
    _ut_nn_panels_pack (weight, 1, form->hidden, form->n_features, weights->back);
}

/* The packed row whose states of direction @direction are read last. */
static size_t
get_last_row (const UtNnSequence *sequence,
              size_t              s,
              size_t              length,
              size_t              direction)
{
  return _ut_nn_sequence_get_row (sequence, s, direction == 0 ? length - 1 : 0);
}

static void
read_last (const UtNnReadoutForm *form,
           const UtNnSequence    *sequence,
           const UtReal          *features,
           size_t                 s,
           size_t                 length,
           UtReal                *pooled)
{
  for (size_t direction = 0; direction < form->n_directions; direction++)
    memcpy (pooled + direction * form->hidden,
            features + get_last_row (sequence, s, length, direction) * form->feature_width
            + direction * form->hidden,
            form->hidden * sizeof (UtReal));
}

static void
read_mean (const UtNnReadoutForm *form,
           const UtNnSequence    *sequence,
           const UtReal          *features,
           size_t                 s,
           size_t                 length,
           UtReal                *pooled)
{
  UtReal share = (UtReal) 1 / (UtReal) length;

  memset (pooled, 0, form->feature_width * sizeof (UtReal));
  for (size_t t = 0; t < length; t++)
    {
      const UtReal *row = features + (sequence->starts[t] + s) * form->feature_width;

      for (size_t i = 0; i < form->feature_width; i++)
        pooled[i] += row[i];
    }
  for (size_t i = 0; i < form->feature_width; i++)
    pooled[i] *= share;
}

static void
read_max (const UtNnReadoutForm *form,
          const UtNnSequence    *sequence,
          const UtReal          *features,
          size_t                 s,
          size_t                 length,
          UtReal                *pooled)
{
  memcpy (pooled, features + (sequence->starts[0] + s) * form->feature_width,
          form->feature_width * sizeof (UtReal));
  for (size_t t = 1; t < length; t++)
    {
      const UtReal *row = features + (sequence->starts[t] + s) * form->feature_width;

      for (size_t i = 0; i < form->feature_width; i++)
        pooled[i] = row[i] > pooled[i] ? row[i] : pooled[i];
    }
}

/* @attention (nullable) (N) receives the weights of the sentence's tokens. */
static void
read_attention (const UtNnReadoutForm *form,
                const UtNnSequence    *sequence,
                const UtReal          *features,
                const UtReal          *scores,
                size_t                 s,
                size_t                 length,
                UtReal                *attention,
                UtReal                *pooled)
{
  double largest = (double) scores[sequence->starts[0] + s];
  double sum = 0.0;

  for (size_t t = 1; t < length; t++)
    largest = fmax (largest, (double) scores[sequence->starts[t] + s]);
  for (size_t t = 0; t < length; t++)
    sum += exp ((double) scores[sequence->starts[t] + s] - largest);

  memset (pooled, 0, form->feature_width * sizeof (UtReal));
  for (size_t t = 0; t < length; t++)
    {
      size_t row = sequence->starts[t] + s;
      UtReal weight = (UtReal) (exp ((double) scores[row] - largest) / sum);

      for (size_t i = 0; i < form->feature_width; i++)
        pooled[i] += weight * features[row * form->feature_width + i];
      if (attention != NULL)
        attention[row] = weight;
    }
}

void
_ut_nn_readout_prefix (const UtNnReadoutForm  *form,
                       const UtNnSequence     *sequence,
                       const UtReal           *features,
                       const UtNnReadoutCache *cache,
                       size_t                  s,
                       size_t                  length,
                       UtReal                 *pooled)
{
  switch (form->kind)
    {
    case UT_NN_READOUT_MEAN:
      read_mean (form, sequence, features, s, length, pooled);
      break;
    case UT_NN_READOUT_MAX:
      read_max (form, sequence, features, s, length, pooled);
      break;
    case UT_NN_READOUT_ATTENTION:
      read_attention (form, sequence, features, cache->scores, s, length,
                      length == sequence->lengths[s] ? cache->attention : NULL, pooled);
      break;
    case UT_NN_READOUT_LAST:
    default:
      read_last (form, sequence, features, s, length, pooled);
      break;
    }
}

void
_ut_nn_readout_forward (const UtNnReadoutForm    *form,
                        const UtNnKernels        *kernels,
                        const UtNnReadoutWeights *weights,
                        const UtNnSequence       *sequence,
                        const UtReal             *features,
                        UtNnReadoutCache         *cache)
{
  size_t n_tokens = sequence->n_tokens;
  size_t width = form->width;

  if (form->kind == UT_NN_READOUT_ATTENTION)
    {
      kernels->multiply (n_tokens, form->n_features, width, features, form->feature_width,
                         weights->forward, weights->bias, 0, cache->u, width);
      kernels->tanh (n_tokens * width, cache->u, cache->u);
      for (size_t row = 0; row < n_tokens; row++)
        cache->scores[row] = kernels->dot (width, weights->context, cache->u + row * width);
    }

  for (size_t s = 0; s < sequence->n_sentences; s++)
    _ut_nn_readout_prefix (form, sequence, features, cache, s, sequence->lengths[s],
                           cache->pooled + s * form->feature_width);
}

static void
last_backward (const UtNnReadoutForm *form,
               const UtNnSequence    *sequence,
               size_t                 s,
               const UtReal          *d_pooled,
               UtReal                *d_features)
{
  for (size_t direction = 0; direction < form->n_directions; direction++)
    memcpy (d_features
            + get_last_row (sequence, s, sequence->lengths[s], direction) * form->feature_width
            + direction * form->hidden,
            d_pooled + direction * form->hidden, form->hidden * sizeof (UtReal));
}

static void
mean_backward (const UtNnReadoutForm *form,
               const UtNnSequence    *sequence,
               size_t                 s,
               const UtReal          *d_pooled,
               UtReal                *d_features)
{
  UtReal share = (UtReal) 1 / (UtReal) sequence->lengths[s];

  for (size_t t = 0; t < sequence->lengths[s]; t++)
    for (size_t i = 0; i < form->feature_width; i++)
      d_features[(sequence->starts[t] + s) * form->feature_width + i] = share * d_pooled[i];
}

/* Uses d_pooled up: the first of equal numbers takes it, as in PyTorch. */
static void
max_backward (const UtNnReadoutForm *form,
              const UtNnSequence    *sequence,
              size_t                 s,
              const UtReal          *features,
              const UtReal          *pooled,
              UtReal                *d_pooled,
              UtReal                *d_features)
{
  for (size_t t = 0; t < sequence->lengths[s]; t++)
    {
      size_t first = (sequence->starts[t] + s) * form->feature_width;

      for (size_t i = 0; i < form->feature_width; i++)
        {
          bool is_largest = features[first + i] == pooled[i];

          d_features[first + i] = is_largest ? d_pooled[i] : 0;
          d_pooled[i] = is_largest ? 0 : d_pooled[i];
        }
    }
}

/* Leaves the gradient of the sums W h + b in cache->u, and of the features what does not come
 * through the scores. */
static void
attention_backward (const UtNnReadoutForm      *form,
                    const UtNnKernels          *kernels,
                    const UtNnReadoutWeights   *weights,
                    const UtNnSequence         *sequence,
                    size_t                      s,
                    const UtReal               *features,
                    UtNnReadoutCache           *cache,
                    UtReal                     *d_features,
                    const UtNnReadoutGradients *gradients)
{
  size_t feature_width = form->feature_width;
  const UtReal *d_pooled = cache->d_pooled + s * feature_width;
  /* Σ a (d_pooled · h) */
  UtReal mean = kernels->dot (feature_width, d_pooled, cache->pooled + s * feature_width);

  for (size_t t = 0; t < sequence->lengths[s]; t++)
    {
      size_t row = sequence->starts[t] + s;
      UtReal weight = cache->attention[row];
      const UtReal *h = features + row * feature_width;
      UtReal *u = cache->u + row * form->width;
      UtReal d_score = weight * (kernels->dot (feature_width, d_pooled, h) - mean);

      for (size_t i = 0; gradients != NULL && i < form->hidden; i++)
        gradients->context[i] += d_score * u[i];
      for (size_t i = 0; i < form->width; i++)
        u[i] = d_score * weights->context[i] * (1 - u[i] * u[i]);
      for (size_t i = 0; i < feature_width; i++)
        d_features[row * feature_width + i] = weight * d_pooled[i];
    }
}

void
_ut_nn_readout_backward (const UtNnReadoutForm      *form,
                         const UtNnKernels          *kernels,
                         const UtNnReadoutWeights   *weights,
                         const UtNnSequence         *sequence,
                         const UtReal               *features,
                         UtNnReadoutCache           *cache,
                         UtReal                     *d_features,
                         const UtNnReadoutGradients *gradients)
{
  size_t width = form->feature_width;
  size_t n_tokens = sequence->n_tokens;

  if (form->kind == UT_NN_READOUT_LAST)
    memset (d_features, 0, n_tokens * width * sizeof (UtReal));
  for (size_t s = 0; s < sequence->n_sentences; s++)
    {
      UtReal *d_pooled = cache->d_pooled + s * width;

      switch (form->kind)
        {
        case UT_NN_READOUT_MEAN:
          mean_backward (form, sequence, s, d_pooled, d_features);
          break;
        case UT_NN_READOUT_MAX:
          max_backward (form, sequence, s, features, cache->pooled + s * width, d_pooled,
                        d_features);
          break;
        case UT_NN_READOUT_ATTENTION:
          attention_backward (form, kernels, weights, sequence, s, features, cache, d_features,
                              gradients);
          break;
        case UT_NN_READOUT_LAST:
        default:
          last_backward (form, sequence, s, d_pooled, d_features);
          break;
        }
    }
  if (form->kind != UT_NN_READOUT_ATTENTION)
    return;

  kernels->multiply (n_tokens, form->width, width, cache->u, form->width, weights->back,
                     d_features, width, d_features, width);
  if (gradients == NULL)
    return;
  kernels->multiply_transposed (form->hidden, form->n_features, n_tokens, cache->u, form->width,
                                features, width, gradients->weight, form->n_features);
  kernels->add_rows (n_tokens, form->hidden, cache->u, form->width, gradients->bias);
}
