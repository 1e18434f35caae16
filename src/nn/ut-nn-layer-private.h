/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch-private.h"
#include "ut-nn-kernels-private.h"

/*
 * A recurrent layer: a function from packed rows (N, I) to packed states (N, H), with a backward
 * pass that yields the gradient of the rows. It knows neither the embedding before it nor the
 * read-out after it. W and the width of the inputs are H and I rounded up to UT_NN_LANES; the
 * padding is zero.
 */
typedef struct
{
  UtNnCell cell;
  size_t n_gates;               /* G */
  size_t inputs;                /* I */
  size_t input_width;
  size_t hidden;                /* H */
  size_t width;                 /* W */
  size_t gate_width;            /* G·W */
  /* Gates whose hidden product is simply added to the input product: all but the GRU's n. */
  size_t n_plain_gates;
} UtNnLayer;

/* The layer's tensors as the kernels want them; to be packed again whenever they change. What only
 * backward wants is %NULL in prediction. */
typedef struct
{
  UtReal *input;                /* x·W_ihᵀ: depth I, columns G·W */
  UtReal *hidden;               /* h·W_hhᵀ: depth H, columns G·W */
  UtReal *input_back;           /* gradient·W_ih: depth G·W, columns of the input width */
  UtReal *hidden_back;          /* gradient·W_hh, plain gates: depth G·W or 2·W, columns W */
  UtReal *candidate_back;       /* gradient·W_hh, the GRU's n: depth W, columns W */
  UtReal *bias;                 /* (G·W): b_ih, and b_hh of the plain gates */
  UtReal *candidate_bias;       /* (W): b_hh of the GRU's n */
  UtReal *zeros;                /* (input width): where a product starts from nothing */
} UtNnLayerWeights;

/* What forward leaves for backward, and backward's own scratch. */
typedef struct
{
  UtReal *gates;                /* (N, G·W): activations of the gates, then their gradients */
  UtReal *h;                    /* (N, W): the states */
  UtReal *c;                    /* (N, W) LSTM */
  UtReal *tanh_c;               /* (N, W) LSTM */
  UtReal *u;                    /* (N, W) GRU: W_hn h + b_hn, then its gradient */
  UtReal *h_previous;           /* (N, W) backward: the state before each row, from step 1 on */
  UtReal *d_state;              /* (sentences, W) backward: d_c of the LSTM */
  UtReal *zeros;                /* (sentences, W): the state before the first token */
  UtReal *unused;               /* (sentences, W): the gradient of that state, which nobody wants */
} UtNnLayerCache;

/* Where backward adds the gradients, each of the tensor's own shape. */
typedef struct
{
  UtReal *weight_ih;            /* (G·H, I) */
  UtReal *weight_hh;            /* (G·H, H) */
  UtReal *bias_ih;              /* (G·H) */
  UtReal *bias_hh;              /* (G·H) */
} UtNnLayerGradients;

void _ut_nn_layer_init          (UtNnLayer                *layer,
                                 UtNnCell                  cell,
                                 size_t                    inputs,
                                 size_t                    hidden);

void _ut_nn_layer_place_weights (const UtNnLayer          *layer,
                                 UtNnArena                *arena,
                                 bool                      for_training,
                                 UtNnLayerWeights         *weights);

void _ut_nn_layer_place_cache   (const UtNnLayer          *layer,
                                 UtNnArena                *arena,
                                 bool                      for_training,
                                 size_t                    max_sentences,
                                 size_t                    max_tokens,
                                 UtNnLayerCache           *cache);

void _ut_nn_layer_pack          (const UtNnLayer          *layer,
                                 const UtReal             *weight_ih,
                                 const UtReal             *weight_hh,
                                 const UtReal             *bias_ih,
                                 const UtReal             *bias_hh,
                                 UtNnLayerWeights         *weights);

/* The products of inputs x (N, input width), with the biases, from which cache->gates (N, G·W)
 * starts; each row by itself, whatever N is. */
void _ut_nn_layer_multiply      (const UtNnLayer          *layer,
                                 const UtNnKernels        *kernels,
                                 const UtNnLayerWeights   *weights,
                                 size_t                    n_tokens,
                                 const UtReal             *x,
                                 UtReal                   *products);

/* From these in cache->gates to cache->h (N, W). */
void _ut_nn_layer_run           (const UtNnLayer          *layer,
                                 const UtNnKernels        *kernels,
                                 const UtNnLayerWeights   *weights,
                                 const UtNnSequence       *sequence,
                                 UtNnLayerCache           *cache);

/* Both: x (N, input width) to cache->h (N, W). */
void _ut_nn_layer_forward       (const UtNnLayer          *layer,
                                 const UtNnKernels        *kernels,
                                 const UtNnLayerWeights   *weights,
                                 const UtNnSequence       *sequence,
                                 const UtReal             *x,
                                 UtNnLayerCache           *cache);

/* d_h (N, W) holds the gradient that reaches the states from above and is used up; d_x (N, input
 * width) receives the gradient of the rows and may be NULL; gradients, which may be NULL, are added
 * to. */
void _ut_nn_layer_backward      (const UtNnLayer          *layer,
                                 const UtNnKernels        *kernels,
                                 const UtNnLayerWeights   *weights,
                                 const UtNnSequence       *sequence,
                                 const UtReal             *x,
                                 UtNnLayerCache           *cache,
                                 UtReal                   *d_h,
                                 UtReal                   *d_x,
                                 const UtNnLayerGradients *gradients);
