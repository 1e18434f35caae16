/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-stack-private.h"

#include <string.h>

void
_ut_nn_stack_init (UtNnStack       *stack,
                   const UtNnShape *shape)
{
  stack->n_layers = shape->n_layers;
  stack->n_directions = _ut_nn_shape_n_directions (shape);
  stack->n_features = _ut_nn_shape_n_features (shape);
  stack->feature_width = _ut_nn_round_up (stack->n_features);
  for (size_t i = 0; i < stack->n_layers; i++)
    _ut_nn_layer_init (&stack->layers[i], shape->cell, _ut_nn_shape_n_inputs (shape, i),
                       shape->hidden);
}

void
_ut_nn_stack_place_weights (const UtNnStack  *stack,
                            UtNnArena        *arena,
                            bool              for_training,
                            UtNnStackWeights *weights)
{
  for (size_t i = 0; i < stack->n_layers; i++)
    for (size_t direction = 0; direction < stack->n_directions; direction++)
      _ut_nn_layer_place_weights (&stack->layers[i], arena, for_training,
                                  &weights->layers[i][direction]);
}

void
_ut_nn_stack_place_cache (const UtNnStack        *stack,
                          UtNnArena              *arena,
                          const UtNnDropoutRates *rates,
                          size_t                  max_sentences,
                          size_t                  max_tokens,
                          UtNnStackCache         *cache)
{
  bool for_training = rates != NULL;
  bool drops = for_training && rates->layer > 0.0;
  bool has_two = stack->n_directions == 2;
  size_t width = stack->feature_width;
  size_t widest = stack->feature_width;

  for (size_t i = 0; i < stack->n_layers; i++)
    {
      size_t input_width = stack->layers[i].input_width;

      for (size_t direction = 0; direction < stack->n_directions; direction++)
        _ut_nn_layer_place_cache (&stack->layers[i], arena, for_training, max_sentences, max_tokens,
                                  &cache->caches[i][direction]);
      if (has_two || drops)
        cache->features[i] = _ut_nn_arena_take_reals (arena, max_tokens, width);
      if (has_two)
        cache->reversed[i] = _ut_nn_arena_take_reals (arena, max_tokens, input_width);
      if (for_training)
        cache->d_features[i] = _ut_nn_arena_take_reals (arena, max_tokens, width);
      if (drops && i > 0)
        cache->masks[i] = _ut_nn_arena_take_reals (arena, max_tokens, width);
      if (input_width > widest)
        widest = input_width;
    }
  if (!for_training || !has_two)
    return;

  cache->d_states = _ut_nn_arena_take_reals (arena, max_tokens, stack->layers[0].width);
  cache->d_reversed = _ut_nn_arena_take_reals (arena, max_tokens, widest);
}

/* The packed row of the token that stands as far from its sentence's end as the token in step @t of
 * sentence @s stands from its start. */
static size_t
get_opposite (const UtNnSequence *sequence,
              size_t              t,
              size_t              s)
{
  return sequence->starts[sequence->lengths[s] - 1 - t] + s;
}

/* Copies rows of @n numbers to their opposites' places. */
static void
reverse_rows (const UtNnSequence *sequence,
              size_t              n,
              const UtReal       *source,
              size_t              source_stride,
              UtReal             *target,
              size_t              target_stride)
{
  for (size_t t = 0; t < sequence->n_steps; t++)
    for (size_t row = sequence->starts[t]; row < sequence->starts[t + 1]; row++)
      memcpy (target + row * target_stride,
              source + get_opposite (sequence, t, row - sequence->starts[t]) * source_stride,
              n * sizeof (UtReal));
}

static void
copy_rows (size_t        n_rows,
           size_t        n,
           const UtReal *source,
           size_t        source_stride,
           UtReal       *target,
           size_t        target_stride)
{
  for (size_t row = 0; row < n_rows; row++)
    memcpy (target + row * target_stride, source + row * source_stride, n * sizeof (UtReal));
}

/* Adds rows of @n numbers to their opposites. */
static void
add_reversed_rows (const UtNnSequence *sequence,
                   size_t              n,
                   const UtReal       *source,
                   UtReal             *target)
{
  for (size_t t = 0; t < sequence->n_steps; t++)
    for (size_t row = sequence->starts[t]; row < sequence->starts[t + 1]; row++)
      {
        const UtReal *from = source + get_opposite (sequence, t, row - sequence->starts[t]) * n;

        for (size_t i = 0; i < n; i++)
          target[row * n + i] += from[i];
      }
}

/* What the layer above or the read-out sees of layer @i: the states of both directions side by
 * side. */
static const UtReal *
join_states (const UtNnStack    *stack,
             const UtNnSequence *sequence,
             size_t              i,
             bool                is_changed,
             UtNnStackCache     *cache)
{
  const UtNnLayer *layer = &stack->layers[i];
  const UtReal *states = cache->caches[i][0].h;
  UtReal *features = cache->features[i];

  if (stack->n_directions == 1 && !is_changed)
    return states;

  copy_rows (sequence->n_tokens, layer->hidden, states, layer->width, features,
             stack->feature_width);
  if (stack->n_directions == 2)
    reverse_rows (sequence, layer->hidden, cache->caches[i][1].h, layer->width,
                  features + layer->hidden, stack->feature_width);
  return features;
}

/* Layer @i on rows x; the second direction reads them from the end. */
static void
layer_forward (const UtNnStack        *stack,
               const UtNnKernels      *kernels,
               const UtNnStackWeights *weights,
               const UtNnSequence     *sequence,
               size_t                  i,
               const UtReal           *x,
               UtNnStackCache         *cache)
{
  const UtNnLayer *layer = &stack->layers[i];

  _ut_nn_layer_forward (layer, kernels, &weights->layers[i][0], sequence, x, &cache->caches[i][0]);
  if (stack->n_directions == 1)
    return;

  reverse_rows (sequence, layer->input_width, x, layer->input_width, cache->reversed[i],
                layer->input_width);
  _ut_nn_layer_forward (layer, kernels, &weights->layers[i][1], sequence, cache->reversed[i],
                        &cache->caches[i][1]);
}

void
_ut_nn_stack_forward (const UtNnStack        *stack,
                      const UtNnKernels      *kernels,
                      const UtNnStackWeights *weights,
                      const UtNnSequence     *sequence,
                      const UtReal           *x,
                      const UtNnDropout      *dropout,
                      double                  rate,
                      UtNnStackCache         *cache)
{
  bool drops = dropout != NULL && rate > 0.0;

  for (size_t i = 0; i < stack->n_layers; i++)
    {
      bool is_last = i == stack->n_layers - 1;

      layer_forward (stack, kernels, weights, sequence, i, x, cache);
      x = join_states (stack, sequence, i, drops && !is_last, cache);
      if (drops && !is_last)
        {
          _ut_nn_dropout_draw_tokens (dropout, (UtNnDropoutSite) (UT_NN_DROPOUT_LAYER + i + 1),
                                      sequence, rate, stack->feature_width, cache->masks[i + 1]);
          _ut_nn_dropout_apply (sequence->n_tokens * stack->feature_width, cache->masks[i + 1],
                                cache->features[i]);
        }
    }
  cache->output = x;
}

void
_ut_nn_stack_place_whole (const UtNnStack *stack,
                          UtNnArena       *arena,
                          size_t           max_length,
                          UtNnStackWhole  *whole)
{
  const UtNnLayer *layer = &stack->layers[0];

  whole->states = _ut_nn_arena_take_reals (arena, max_length, layer->width);
  whole->products = _ut_nn_arena_take_reals (arena, max_length, layer->gate_width);
}

void
_ut_nn_stack_read_whole (const UtNnStack        *stack,
                         const UtNnKernels      *kernels,
                         const UtNnStackWeights *weights,
                         const UtNnSequence     *sequence,
                         const UtReal           *x,
                         UtNnStackCache         *cache,
                         UtNnStackWhole         *whole)
{
  const UtNnLayer *layer = &stack->layers[0];

  _ut_nn_layer_forward (layer, kernels, &weights->layers[0][0], sequence, x, &cache->caches[0][0]);
  memcpy (whole->states, cache->caches[0][0].h,
          sequence->n_tokens * layer->width * sizeof (UtReal));
  _ut_nn_layer_multiply (layer, kernels, &weights->layers[0][1], sequence->n_tokens, x,
                         whole->products);
}

/* Rows of the packed beginnings from those of the tokens. */
static void
spread_whole (const UtNnLayer      *layer,
              const UtNnSequence   *sequence,
              const UtNnStackWhole *whole,
              UtReal               *states,
              UtReal               *products)
{
  size_t width = layer->width;
  size_t gate_width = layer->gate_width;

  for (size_t t = 0; t < sequence->n_steps; t++)
    for (size_t row = sequence->starts[t]; row < sequence->starts[t + 1]; row++)
      {
        size_t opposite = sequence->lengths[row - sequence->starts[t]] - 1 - t;

        memcpy (states + row * width, whole->states + t * width, width * sizeof (UtReal));
        memcpy (products + row * gate_width, whole->products + opposite * gate_width,
                gate_width * sizeof (UtReal));
      }
}

void
_ut_nn_stack_read_prefixes (const UtNnStack        *stack,
                            const UtNnKernels      *kernels,
                            const UtNnStackWeights *weights,
                            const UtNnSequence     *sequence,
                            const UtNnStackWhole   *whole,
                            UtNnStackCache         *cache)
{
  UtNnLayerCache *first = cache->caches[0];

  spread_whole (&stack->layers[0], sequence, whole, first[0].h, first[1].gates);
  _ut_nn_layer_run (&stack->layers[0], kernels, &weights->layers[0][1], sequence, &first[1]);

  const UtReal *x = join_states (stack, sequence, 0, false, cache);

  for (size_t i = 1; i < stack->n_layers; i++)
    {
      layer_forward (stack, kernels, weights, sequence, i, x, cache);
      x = join_states (stack, sequence, i, false, cache);
    }
  cache->output = x;
}

/* The features that layer @i read. */
static const UtReal *
get_input (const UtNnStack      *stack,
           const UtNnStackCache *cache,
           const UtReal         *x,
           bool                  drops,
           size_t                i)
{
  if (i == 0)
    return x;
  return stack->n_directions == 2 || drops ? cache->features[i - 1] : cache->caches[i - 1][0].h;
}

/* (nullable): of one direction of layer @i. */
static const UtNnLayerGradients *
get_gradients (const UtNnStackGradients *gradients,
               size_t                    i,
               size_t                    direction)
{
  return gradients == NULL ? NULL : &gradients->layers[i][direction];
}

static void
layer_backward (const UtNnStack          *stack,
                const UtNnKernels        *kernels,
                const UtNnStackWeights   *weights,
                const UtNnSequence       *sequence,
                size_t                    i,
                const UtReal             *x,
                UtNnStackCache           *cache,
                UtReal                   *d_x,
                const UtNnStackGradients *gradients)
{
  const UtNnLayer *layer = &stack->layers[i];
  UtReal *d_features = cache->d_features[i];

  if (stack->n_directions == 1)
    {
      _ut_nn_layer_backward (layer, kernels, &weights->layers[i][0], sequence, x,
                             &cache->caches[i][0], d_features, d_x,
                             get_gradients (gradients, i, 0));
      return;
    }

  copy_rows (sequence->n_tokens, layer->hidden, d_features, stack->feature_width, cache->d_states,
             layer->width);
  _ut_nn_layer_backward (layer, kernels, &weights->layers[i][0], sequence, x,
                         &cache->caches[i][0], cache->d_states, d_x,
                         get_gradients (gradients, i, 0));
  reverse_rows (sequence, layer->hidden, d_features + layer->hidden, stack->feature_width,
                cache->d_states, layer->width);
  _ut_nn_layer_backward (layer, kernels, &weights->layers[i][1], sequence, cache->reversed[i],
                         &cache->caches[i][1], cache->d_states,
                         d_x == NULL ? NULL : cache->d_reversed, get_gradients (gradients, i, 1));
  if (d_x != NULL)
    add_reversed_rows (sequence, layer->input_width, cache->d_reversed, d_x);
}

void
_ut_nn_stack_backward (const UtNnStack          *stack,
                       const UtNnKernels        *kernels,
                       const UtNnStackWeights   *weights,
                       const UtNnSequence       *sequence,
                       const UtReal             *x,
                       double                    rate,
                       UtNnStackCache           *cache,
                       UtReal                   *d_x,
                       const UtNnStackGradients *gradients)
{
  bool drops = rate > 0.0;

  for (size_t i = stack->n_layers; i-- > 0;)
    {
      UtReal *d_input = i == 0 ? d_x : cache->d_features[i - 1];

      layer_backward (stack, kernels, weights, sequence, i, get_input (stack, cache, x, drops, i),
                      cache, d_input, gradients);
      if (drops && i > 0)
        _ut_nn_dropout_apply (sequence->n_tokens * stack->feature_width, cache->masks[i], d_input);
    }
}
