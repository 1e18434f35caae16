/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The cells, in PyTorch's equations and gate order; σ is the logistic function, ∘ the product of
 * elements, h the state before and h' the state after the token x.
 *
 * RNN    h' = tanh (W_ih x + b_ih + W_hh h + b_hh)
 *
 * LSTM   i = σ (W_ii x + b_ii + W_hi h + b_hi)       c' = f ∘ c + i ∘ g
 *        f = σ (W_if x + b_if + W_hf h + b_hf)       h' = o ∘ tanh (c')
 *        g = tanh (W_ig x + b_ig + W_hg h + b_hg)
 *        o = σ (W_io x + b_io + W_ho h + b_ho)
 *
 * GRU    r = σ (W_ir x + b_ir + W_hr h + b_hr)       u = W_hn h + b_hn
 *        z = σ (W_iz x + b_iz + W_hz h + b_hz)       n = tanh (W_in x + b_in + r ∘ u)
 *        h' = (1 - z) ∘ n + z ∘ h
 *
 * A layer's gates stand side by side in the order above (PyTorch stacks them in the rows of its
 * tensors). The input products of all tokens are one product; the recurrent ones are one product
 * per time step over the sentences still alive; each weight gradient is one product over all
 * tokens.
 */
#include "ut-nn-layer-private.h"
#include "ut-nn-panels-private.h"
#include "ut-nn-shape-private.h"

#include <string.h>

void
_ut_nn_layer_init (UtNnLayer *layer,
                   UtNnCell   cell,
                   size_t     inputs,
                   size_t     hidden)
{
  layer->cell = cell;
  layer->n_gates = _ut_nn_cell_n_gates (cell);
  layer->inputs = inputs;
  layer->input_width = _ut_nn_round_up (inputs);
  layer->hidden = hidden;
  layer->width = _ut_nn_round_up (hidden);
  layer->gate_width = layer->n_gates * layer->width;
  layer->n_plain_gates = cell == UT_NN_CELL_GRU ? 2 : layer->n_gates;
}

void
_ut_nn_layer_place_weights (const UtNnLayer  *layer,
                            UtNnArena        *arena,
                            bool              for_training,
                            UtNnLayerWeights *weights)
{
  size_t width = layer->width;

  weights->input = _ut_nn_arena_take_reals (arena, layer->inputs, layer->gate_width);
  weights->hidden = _ut_nn_arena_take_reals (arena, layer->hidden, layer->gate_width);
  weights->bias = _ut_nn_arena_take_reals (arena, 1, layer->gate_width);
  weights->candidate_bias = _ut_nn_arena_take_reals (arena, 1, width);
  weights->zeros = _ut_nn_arena_take_reals (arena, 1, layer->input_width);
  if (!for_training)
    return;

  weights->input_back = _ut_nn_arena_take_reals (arena, layer->gate_width, layer->input_width);
  weights->hidden_back = _ut_nn_arena_take_reals (arena, layer->n_plain_gates * width, width);
  weights->candidate_back = _ut_nn_arena_take_reals (arena, width, width);
}

void
_ut_nn_layer_place_cache (const UtNnLayer *layer,
                          UtNnArena       *arena,
                          bool             for_training,
                          size_t           max_sentences,
                          size_t           max_tokens,
                          UtNnLayerCache  *cache)
{
  size_t width = layer->width;

  cache->gates = _ut_nn_arena_take_reals (arena, max_tokens, layer->gate_width);
  cache->h = _ut_nn_arena_take_reals (arena, max_tokens, width);
  cache->zeros = _ut_nn_arena_take_reals (arena, max_sentences, width);
  if (layer->cell == UT_NN_CELL_LSTM)
    {
      cache->c = _ut_nn_arena_take_reals (arena, max_tokens, width);
      cache->tanh_c = _ut_nn_arena_take_reals (arena, max_tokens, width);
    }
  if (layer->cell == UT_NN_CELL_GRU)
    cache->u = _ut_nn_arena_take_reals (arena, max_tokens, width);
  if (!for_training)
    return;

  cache->h_previous = _ut_nn_arena_take_reals (arena, max_tokens, width);
  cache->d_state = _ut_nn_arena_take_reals (arena, max_sentences, width);
  cache->unused = _ut_nn_arena_take_reals (arena, max_sentences, width);
}

static void
add_biases (const UtNnLayer  *layer,
            const UtReal     *bias_ih,
            const UtReal     *bias_hh,
            UtNnLayerWeights *weights)
{
  size_t hidden = layer->hidden;
  size_t n_plain = layer->n_plain_gates;

  for (size_t gate = 0; gate < layer->n_gates; gate++)
    for (size_t lane = 0; lane < hidden; lane++)
      {
        size_t row = gate * hidden + lane;
        UtReal recurrent = gate < n_plain ? bias_hh[row] : 0;

        weights->bias[gate * layer->width + lane] = bias_ih[row] + recurrent;
      }
  if (n_plain < layer->n_gates)
    memcpy (weights->candidate_bias, bias_hh + n_plain * hidden, hidden * sizeof (UtReal));
}

void
_ut_nn_layer_pack (const UtNnLayer  *layer,
                   const UtReal     *weight_ih,
                   const UtReal     *weight_hh,
                   const UtReal     *bias_ih,
                   const UtReal     *bias_hh,
                   UtNnLayerWeights *weights)
{
  size_t hidden = layer->hidden;
  size_t n_gates = layer->n_gates;
  size_t n_plain = layer->n_plain_gates;

  _ut_nn_panels_pack_transposed (weight_ih, n_gates, hidden, layer->inputs, weights->input);
  _ut_nn_panels_pack_transposed (weight_hh, n_gates, hidden, hidden, weights->hidden);
  add_biases (layer, bias_ih, bias_hh, weights);
  if (weights->input_back == NULL)
    return;

  _ut_nn_panels_pack (weight_ih, n_gates, hidden, layer->inputs, weights->input_back);
  _ut_nn_panels_pack (weight_hh, n_plain, hidden, hidden, weights->hidden_back);
  if (n_plain < n_gates)
    _ut_nn_panels_pack (weight_hh + n_plain * hidden * hidden, 1, hidden, hidden,
                        weights->candidate_back);
}

/* The recurrent product of step t: adds W_hh h to the plain gates, and for the GRU computes u. */
static void
multiply_state (const UtNnLayer        *layer,
                const UtNnKernels      *kernels,
                const UtNnLayerWeights *weights,
                const UtReal           *h_previous,
                size_t                  n_alive,
                UtReal                 *gates,
                UtReal                 *u)
{
  size_t width = layer->width;
  size_t plain_width = layer->n_plain_gates * width;

  kernels->multiply (n_alive, layer->hidden, plain_width, h_previous, width, weights->hidden,
                     gates, layer->gate_width, gates, layer->gate_width);
  if (u != NULL)
    kernels->multiply (n_alive, layer->hidden, width, h_previous, width,
                       weights->hidden + _ut_nn_panels_size (layer->hidden, plain_width),
                       weights->candidate_bias, 0, u, width);
}

void
_ut_nn_layer_multiply (const UtNnLayer        *layer,
                       const UtNnKernels      *kernels,
                       const UtNnLayerWeights *weights,
                       size_t                  n_tokens,
                       const UtReal           *x,
                       UtReal                 *products)
{
  kernels->multiply (n_tokens, layer->inputs, layer->gate_width,
                     x, layer->input_width, weights->input,
                     weights->bias, 0, products, layer->gate_width);
}

void
_ut_nn_layer_run (const UtNnLayer        *layer,
                  const UtNnKernels      *kernels,
                  const UtNnLayerWeights *weights,
                  const UtNnSequence     *sequence,
                  UtNnLayerCache         *cache)
{
  size_t width = layer->width;

  for (size_t t = 0; t < sequence->n_steps; t++)
    {
      size_t start = sequence->starts[t];
      size_t n_alive = sequence->starts[t + 1] - start;
      size_t previous = t == 0 ? 0 : sequence->starts[t - 1];
      UtReal *gates = cache->gates + start * layer->gate_width;
      UtReal *h = cache->h + start * width;
      UtReal *u = layer->cell == UT_NN_CELL_GRU ? cache->u + start * width : NULL;
      const UtReal *h_previous = t == 0 ? cache->zeros : cache->h + previous * width;

      if (t > 0)
        multiply_state (layer, kernels, weights, h_previous, n_alive, gates, u);
      else if (u != NULL)
        for (size_t s = 0; s < n_alive; s++)
          memcpy (u + s * width, weights->candidate_bias, width * sizeof (UtReal));

      switch (layer->cell)
        {
        case UT_NN_CELL_LSTM:
          kernels->lstm_forward (n_alive, width, gates,
                                 t == 0 ? cache->zeros : cache->c + previous * width,
                                 cache->c + start * width, cache->tanh_c + start * width, h);
          break;
        case UT_NN_CELL_GRU:
          kernels->gru_forward (n_alive, width, gates, u, h_previous, h);
          break;
        case UT_NN_CELL_RNN:
        case UT_NN_CELL_BAG:
        default:
          kernels->tanh (n_alive * width, gates, h);
          break;
        }
    }
}

void
_ut_nn_layer_forward (const UtNnLayer        *layer,
                      const UtNnKernels      *kernels,
                      const UtNnLayerWeights *weights,
                      const UtNnSequence     *sequence,
                      const UtReal           *x,
                      UtNnLayerCache         *cache)
{
  _ut_nn_layer_multiply (layer, kernels, weights, sequence->n_tokens, x, cache->gates);
  _ut_nn_layer_run (layer, kernels, weights, sequence, cache);
}

/* Step t from the gradient of its states to the gradient of its gates' sums and of the states
 * before, which are kept for the gradient of the weights where that is wanted. */
static void
step_back (const UtNnLayer        *layer,
           const UtNnKernels      *kernels,
           const UtNnLayerWeights *weights,
           const UtNnSequence     *sequence,
           size_t                  t,
           bool                    keeps_states,
           UtNnLayerCache         *cache,
           UtReal                 *d_h)
{
  size_t width = layer->width;
  size_t start = sequence->starts[t];
  size_t n_alive = sequence->starts[t + 1] - start;
  size_t previous = t == 0 ? 0 : sequence->starts[t - 1] * width;
  UtReal *gates = cache->gates + start * layer->gate_width;
  UtReal *h = cache->h + start * width;
  UtReal *u = layer->cell == UT_NN_CELL_GRU ? cache->u + start * width : NULL;
  UtReal *d_now = d_h + start * width;
  UtReal *d_previous = t == 0 ? cache->unused : d_h + previous;

  switch (layer->cell)
    {
    case UT_NN_CELL_LSTM:
      kernels->lstm_backward (n_alive, width, gates,
                              t == 0 ? cache->zeros : cache->c + previous,
                              cache->tanh_c + start * width, d_now, cache->d_state);
      break;
    case UT_NN_CELL_GRU:
      kernels->gru_backward (n_alive, width, gates, u,
                             t == 0 ? cache->zeros : cache->h + previous, d_now, d_previous);
      break;
    case UT_NN_CELL_RNN:
    case UT_NN_CELL_BAG:
    default:
      kernels->rnn_backward (n_alive * width, h, d_now, gates);
      break;
    }
  if (t == 0)
    return;

  kernels->multiply (n_alive, layer->n_plain_gates * width, width, gates, layer->gate_width,
                     weights->hidden_back, d_previous, width, d_previous, width);
  if (u != NULL)
    kernels->multiply (n_alive, width, width, u, width,
                       weights->candidate_back, d_previous, width, d_previous, width);
  if (keeps_states)
    memcpy (cache->h_previous + start * width, cache->h + previous,
            n_alive * width * sizeof (UtReal));
}

/* Adds gradientᵀ·rows, over the tokens from @first on, to @n_gates gates of a weight tensor. Where
 * H needs no padding the gates are neighbours and one product does. */
static void
add_weight_gradient (const UtNnLayer   *layer,
                     const UtNnKernels *kernels,
                     size_t             n_gates,
                     size_t             n_tokens,
                     const UtReal      *gradient,
                     size_t             gradient_stride,
                     const UtReal      *rows,
                     size_t             row_stride,
                     size_t             columns,
                     UtReal            *target)
{
  bool is_dense = layer->hidden == layer->width;
  size_t n_products = is_dense ? 1 : n_gates;
  size_t n_rows = is_dense ? n_gates * layer->hidden : layer->hidden;

  for (size_t i = 0; i < n_products; i++)
    kernels->multiply_transposed (n_rows, columns, n_tokens,
                                  gradient + i * layer->width, gradient_stride, rows, row_stride,
                                  target + i * n_rows * columns, columns);
}

/* From the gradient of the gates' sums, which step_back() left. */
static void
add_gradients (const UtNnLayer          *layer,
               const UtNnKernels        *kernels,
               const UtNnSequence       *sequence,
               const UtReal             *x,
               const UtNnLayerCache     *cache,
               const UtNnLayerGradients *gradients)
{
  size_t width = layer->width;
  size_t hidden = layer->hidden;
  size_t gate_width = layer->gate_width;
  size_t n_plain = layer->n_plain_gates;
  size_t n_tokens = sequence->n_tokens;

  /* The first step has no state before it. */
  size_t second = sequence->starts[1];
  add_weight_gradient (layer, kernels, layer->n_gates, n_tokens, cache->gates, gate_width,
                       x, layer->input_width, layer->inputs, gradients->weight_ih);
  add_weight_gradient (layer, kernels, n_plain, n_tokens - second,
                       cache->gates + second * gate_width, gate_width,
                       cache->h_previous + second * width, width, hidden, gradients->weight_hh);
  if (n_plain < layer->n_gates)
    add_weight_gradient (layer, kernels, 1, n_tokens - second, cache->u + second * width, width,
                         cache->h_previous + second * width, width, hidden,
                         gradients->weight_hh + n_plain * hidden * hidden);

  for (size_t gate = 0; gate < layer->n_gates; gate++)
    {
      const UtReal *sums = cache->gates + gate * width;

      kernels->add_rows (n_tokens, hidden, sums, gate_width, gradients->bias_ih + gate * hidden);
      if (gate < n_plain)
        kernels->add_rows (n_tokens, hidden, sums, gate_width, gradients->bias_hh + gate * hidden);
      else
        kernels->add_rows (n_tokens, hidden, cache->u, width, gradients->bias_hh + gate * hidden);
    }
}

void
_ut_nn_layer_backward (const UtNnLayer          *layer,
                       const UtNnKernels        *kernels,
                       const UtNnLayerWeights   *weights,
                       const UtNnSequence       *sequence,
                       const UtReal             *x,
                       UtNnLayerCache           *cache,
                       UtReal                   *d_h,
                       UtReal                   *d_x,
                       const UtNnLayerGradients *gradients)
{
  if (layer->cell == UT_NN_CELL_LSTM)
    memset (cache->d_state, 0, sequence->starts[1] * layer->width * sizeof (UtReal));
  for (size_t t = sequence->n_steps; t-- > 0;)
    step_back (layer, kernels, weights, sequence, t, gradients != NULL, cache, d_h);

  if (gradients != NULL)
    add_gradients (layer, kernels, sequence, x, cache, gradients);
  if (d_x != NULL)
    kernels->multiply (sequence->n_tokens, layer->gate_width, layer->input_width, cache->gates,
                       layer->gate_width, weights->input_back, weights->zeros, 0, d_x,
                       layer->input_width);
}
