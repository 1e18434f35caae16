/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch-private.h"
#include "ut-nn-kernels-private.h"
#include "ut-nn-shape-private.h"

/*
 * From the features of all tokens (N, D) to one vector for each sentence (sentences, D). With
 * attention, h being a token's features and a its weight,
 *
 *   u = tanh (W h + b)     a = softmax over the sentence's tokens of v · u     Σ a h
 *
 * v being context.weight. The feature width is D rounded up to UT_NN_LANES; the padding is zero.
 */
typedef struct
{
  UtNnReadout kind;
  size_t hidden;                /* H */
  size_t width;                 /* W */
  size_t n_directions;
  size_t n_features;            /* D */
  size_t feature_width;
} UtNnReadoutForm;

/* The tensors of attention as the kernels want them; nothing for the others. */
typedef struct
{
  UtReal *forward;              /* h·Wᵀ: depth D, columns W */
  UtReal *back;                 /* gradient·W: depth W, columns of the feature width; training */
  UtReal *bias;                 /* (W) */
  UtReal *context;              /* (W) */
} UtNnReadoutWeights;

typedef struct
{
  UtReal *pooled;               /* (sentences, feature width): the read-out */
  UtReal *d_pooled;             /* (sentences, feature width) training */
  UtReal *u;                    /* (N, W) attention; then the gradient of its sums */
  UtReal *scores;               /* (N) attention: v · u */
  UtReal *attention;            /* (N) attention: a, of whole sentences */
} UtNnReadoutCache;

/* Where backward adds the gradients of attention's tensors. */
typedef struct
{
  UtReal *weight;               /* (H, D) */
  UtReal *bias;                 /* (H) */
  UtReal *context;              /* (H) */
} UtNnReadoutGradients;

void _ut_nn_readout_init          (UtNnReadoutForm            *form,
                                   const UtNnShape            *shape);

void _ut_nn_readout_place_weights (const UtNnReadoutForm      *form,
                                   UtNnArena                  *arena,
                                   bool                        for_training,
                                   UtNnReadoutWeights         *weights);

void _ut_nn_readout_place_cache   (const UtNnReadoutForm      *form,
                                   UtNnArena                  *arena,
                                   bool                        for_training,
                                   size_t                      max_sentences,
                                   size_t                      max_tokens,
                                   UtNnReadoutCache           *cache);

/* From attention's tensors, which follow each other. */
void _ut_nn_readout_pack          (const UtNnReadoutForm      *form,
                                   const UtReal               *weight,
                                   const UtReal               *bias,
                                   const UtReal               *context,
                                   UtNnReadoutWeights         *weights);

/* features (N, feature width) to cache->pooled. */
void _ut_nn_readout_forward       (const UtNnReadoutForm      *form,
                                   const UtNnKernels          *kernels,
                                   const UtNnReadoutWeights   *weights,
                                   const UtNnSequence         *sequence,
                                   const UtReal               *features,
                                   UtNnReadoutCache           *cache);

/* After forward, with one direction: the read-out (feature width) of the first @length tokens of
 * sentence @s. */
void _ut_nn_readout_prefix        (const UtNnReadoutForm      *form,
                                   const UtNnSequence         *sequence,
                                   const UtReal               *features,
                                   const UtNnReadoutCache     *cache,
                                   size_t                      s,
                                   size_t                      length,
                                   UtReal                     *pooled);

/* From cache->d_pooled, which is used up, to d_features (N, feature width), which it overwrites;
 * gradients, which may be NULL, are added to. */
void _ut_nn_readout_backward      (const UtNnReadoutForm      *form,
                                   const UtNnKernels          *kernels,
                                   const UtNnReadoutWeights   *weights,
                                   const UtNnSequence         *sequence,
                                   const UtReal               *features,
                                   UtNnReadoutCache           *cache,
                                   UtReal                     *d_features,
                                   const UtNnReadoutGradients *gradients);
