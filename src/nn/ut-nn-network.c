/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-network-private.h"
#include "ut-nn-predictor.h"

#include <string.h>

UtNnStatus
_ut_nn_network_init (UtNnNetwork     *network,
                     const UtNnShape *shape)
{
  network->n_numbers = _ut_nn_shape_lay_out (shape, network->tensors);
  if (network->n_numbers == 0)
    return UT_NN_ERROR_SHAPE;

  network->shape = *shape;
  network->n_dense = network->n_numbers - network->tensors[UT_NN_TENSOR_EMBEDDING + 1].offset;
  _ut_nn_layer_init (&network->layer, shape->cell, shape->embedding, shape->hidden);
  return UT_NN_OK;
}

void
_ut_nn_network_place_weights (const UtNnNetwork  *network,
                              UtNnArena          *arena,
                              bool                for_training,
                              UtNnNetworkWeights *weights)
{
  _ut_nn_layer_place_weights (&network->layer, arena, for_training, &weights->layer);
  weights->fc_weight = _ut_nn_arena_take (arena, network->layer.width, sizeof (UtReal));
}

void
_ut_nn_network_place_workspace (const UtNnNetwork *network,
                                UtNnArena         *arena,
                                bool               for_training,
                                size_t             max_sentences,
                                size_t             max_length,
                                UtNnWorkspace     *workspace)
{
  size_t n_sentences = _ut_nn_count_shard_sentences (max_sentences);
  size_t n_inputs;
  size_t n_states;
  size_t n_tokens;

  if (__builtin_mul_overflow (n_sentences, max_length, &n_tokens)
      || __builtin_mul_overflow (n_tokens, network->layer.input_width, &n_inputs)
      || __builtin_mul_overflow (n_tokens, network->layer.width, &n_states))
    {
      arena->overflow = true;
      return;
    }

  _ut_nn_layer_place_cache (&network->layer, arena, for_training, n_sentences, n_tokens,
                            &workspace->cache);
  workspace->x = _ut_nn_arena_take (arena, n_inputs, sizeof (UtReal));
  workspace->logits = _ut_nn_arena_take (arena, n_sentences, sizeof (UtReal));
  if (!for_training)
    return;

  workspace->d_h = _ut_nn_arena_take (arena, n_states, sizeof (UtReal));
  workspace->d_x = _ut_nn_arena_take (arena, n_inputs, sizeof (UtReal));
  workspace->dense = _ut_nn_arena_take (arena, network->n_dense, sizeof (UtReal));
}

void
_ut_nn_network_pack (const UtNnNetwork  *network,
                     const UtReal       *parameters,
                     UtNnNetworkWeights *weights)
{
  const UtNnTensor *tensors = network->tensors;

  _ut_nn_layer_pack (&network->layer,
                     parameters + tensors[UT_NN_TENSOR_WEIGHT_IH].offset,
                     parameters + tensors[UT_NN_TENSOR_WEIGHT_HH].offset,
                     parameters + tensors[UT_NN_TENSOR_BIAS_IH].offset,
                     parameters + tensors[UT_NN_TENSOR_BIAS_HH].offset,
                     &weights->layer);
  memcpy (weights->fc_weight, parameters + tensors[UT_NN_TENSOR_FC_WEIGHT].offset,
          network->layer.hidden * sizeof (UtReal));
  weights->fc_bias = parameters[tensors[UT_NN_TENSOR_FC_BIAS].offset];
}

static size_t
get_last_row (const UtNnSequence *sequence,
              size_t              s)
{
  return sequence->starts[sequence->lengths[s] - 1] + s;
}

void
_ut_nn_network_forward (const UtNnNetwork        *network,
                        const UtNnKernels        *kernels,
                        const UtNnNetworkWeights *weights,
                        const UtNnSequence       *sequence,
                        UtNnWorkspace            *workspace)
{
  const UtNnLayer *layer = &network->layer;

  for (size_t row = 0; row < sequence->n_tokens; row++)
    memcpy (workspace->x + row * layer->input_width,
            weights->embedding + sequence->ids[row] * layer->inputs,
            layer->inputs * sizeof (UtReal));

  _ut_nn_layer_forward (layer, kernels, &weights->layer, sequence, workspace->x, &workspace->cache);

  for (size_t s = 0; s < sequence->n_sentences; s++)
    workspace->logits[s] = _ut_nn_network_classify (network, kernels, weights, workspace,
                                                    get_last_row (sequence, s));
}

UtReal
_ut_nn_network_classify (const UtNnNetwork        *network,
                         const UtNnKernels        *kernels,
                         const UtNnNetworkWeights *weights,
                         const UtNnWorkspace      *workspace,
                         size_t                    row)
{
  size_t width = network->layer.width;

  return kernels->dot (width, weights->fc_weight, workspace->cache.h + row * width)
         + weights->fc_bias;
}

void
_ut_nn_network_backward (const UtNnNetwork        *network,
                         const UtNnKernels        *kernels,
                         const UtNnNetworkWeights *weights,
                         const UtNnSequence       *sequence,
                         const uint8_t            *labels,
                         double                    smoothing,
                         size_t                    n_batch,
                         UtNnWorkspace            *workspace)
{
  const UtNnLayer *layer = &network->layer;
  const UtNnTensor *tensors = network->tensors;
  size_t first = tensors[UT_NN_TENSOR_EMBEDDING + 1].offset;
  UtReal *fc_weight = workspace->dense + tensors[UT_NN_TENSOR_FC_WEIGHT].offset - first;
  UtReal *fc_bias = workspace->dense + tensors[UT_NN_TENSOR_FC_BIAS].offset - first;
  const UtNnLayerGradients gradients = {
    .weight_ih = workspace->dense + tensors[UT_NN_TENSOR_WEIGHT_IH].offset - first,
    .weight_hh = workspace->dense + tensors[UT_NN_TENSOR_WEIGHT_HH].offset - first,
    .bias_ih = workspace->dense + tensors[UT_NN_TENSOR_BIAS_IH].offset - first,
    .bias_hh = workspace->dense + tensors[UT_NN_TENSOR_BIAS_HH].offset - first,
  };

  memset (workspace->dense, 0, network->n_dense * sizeof (UtReal));
  memset (workspace->d_h, 0, sequence->n_tokens * layer->width * sizeof (UtReal));

  /* d loss / d logit = (σ (logit) - target) / B */
  for (size_t s = 0; s < sequence->n_sentences; s++)
    {
      double target = labels[sequence->items[s]] * (1.0 - smoothing) + 0.5 * smoothing;
      double error = ut_nn_sigmoid ((double) workspace->logits[s]) - target;
      UtReal d_logit = (UtReal) (error / (double) n_batch);
      size_t row = get_last_row (sequence, s);
      const UtReal *h = workspace->cache.h + row * layer->width;
      UtReal *d_h = workspace->d_h + row * layer->width;

      for (size_t i = 0; i < layer->hidden; i++)
        {
          fc_weight[i] += d_logit * h[i];
          d_h[i] = d_logit * weights->fc_weight[i];
        }
      *fc_bias += d_logit;
    }

  _ut_nn_layer_backward (layer, kernels, &weights->layer, sequence, workspace->x,
                         &workspace->cache, workspace->d_h, workspace->d_x, &gradients);
}
