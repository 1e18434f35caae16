/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-dropout-private.h"
#include "ut-nn-layer-private.h"
#include "ut-nn-shape-private.h"

/*
 * The recurrent layers of a network, one upon the other, each with one or two directions: a
 * function from packed rows (N, I) to packed features (N, D). The second direction reads each
 * sentence from its end: it is a layer like the first, on rows that change places within their
 * sentence.
 */
typedef struct
{
  size_t n_layers;
  size_t n_directions;
  UtNnLayer layers[UT_NN_MAX_LAYERS];   /* both directions of a layer have one form */
  size_t n_features;            /* D */
  size_t feature_width;         /* D rounded up to UT_NN_LANES */
} UtNnStack;

typedef struct
{
  UtNnLayerWeights layers[UT_NN_MAX_LAYERS][UT_NN_MAX_DIRECTIONS];
} UtNnStackWeights;

typedef struct
{
  UtNnLayerGradients layers[UT_NN_MAX_LAYERS][UT_NN_MAX_DIRECTIONS];
} UtNnStackGradients;

/* What forward leaves for backward, and scratch; by layer where there is one for each. */
typedef struct
{
  UtNnLayerCache caches[UT_NN_MAX_LAYERS][UT_NN_MAX_DIRECTIONS];
  UtReal *features[UT_NN_MAX_LAYERS];   /* (N, feature width): where they are not the states */
  UtReal *masks[UT_NN_MAX_LAYERS];      /* (N, feature width) dropout: of the layer's input */
  UtReal *reversed[UT_NN_MAX_LAYERS];   /* (N, input width): the second direction's rows */
  UtReal *d_features[UT_NN_MAX_LAYERS]; /* (N, feature width) training */
  UtReal *d_states;             /* (N, W) training, two directions */
  UtReal *d_reversed;           /* (N, input width) training, two directions */
  const UtReal *output;         /* (N, feature width): the last layer's features */
} UtNnStackCache;

/* What beginnings of a sentence have in common, with two directions: of the first layer the states of
 * the first direction and the input products of the second. By token. */
typedef struct
{
  UtReal *states;               /* (T, W) */
  UtReal *products;             /* (T, G·W) */
} UtNnStackWhole;

void _ut_nn_stack_init          (UtNnStack                *stack,
                                 const UtNnShape          *shape);

void _ut_nn_stack_place_weights (const UtNnStack          *stack,
                                 UtNnArena                *arena,
                                 bool                      for_training,
                                 UtNnStackWeights         *weights);

/* @rates is %NULL in prediction. */
void _ut_nn_stack_place_cache   (const UtNnStack          *stack,
                                 UtNnArena                *arena,
                                 const UtNnDropoutRates   *rates,
                                 size_t                    max_sentences,
                                 size_t                    max_tokens,
                                 UtNnStackCache           *cache);

/* x (N, input width) to cache->output. Between layers elements are dropped at @rate where @dropout
 * is given and the rate is not 0. */
void _ut_nn_stack_forward       (const UtNnStack          *stack,
                                 const UtNnKernels        *kernels,
                                 const UtNnStackWeights   *weights,
                                 const UtNnSequence       *sequence,
                                 const UtReal             *x,
                                 const UtNnDropout        *dropout,
                                 double                    rate,
                                 UtNnStackCache           *cache);

void _ut_nn_stack_place_whole   (const UtNnStack          *stack,
                                 UtNnArena                *arena,
                                 size_t                    max_length,
                                 UtNnStackWhole           *whole);

/* x (T, input width), of one sentence alone, to @whole, by way of @cache. */
void _ut_nn_stack_read_whole    (const UtNnStack          *stack,
                                 const UtNnKernels        *kernels,
                                 const UtNnStackWeights   *weights,
                                 const UtNnSequence       *sequence,
                                 const UtReal             *x,
                                 UtNnStackCache           *cache,
                                 UtNnStackWhole           *whole);

/* As _ut_nn_stack_forward() without dropout, where all sentences are beginnings of that one. */
void _ut_nn_stack_read_prefixes (const UtNnStack          *stack,
                                 const UtNnKernels        *kernels,
                                 const UtNnStackWeights   *weights,
                                 const UtNnSequence       *sequence,
                                 const UtNnStackWhole     *whole,
                                 UtNnStackCache           *cache);

/* The last of cache->d_features holds the gradient of the output and is used up, as are the others;
 * d_x (N, input width) receives the gradient of the rows and may be NULL; gradients, which may be
 * NULL, are added to. @rate as forward had it. */
void _ut_nn_stack_backward      (const UtNnStack          *stack,
                                 const UtNnKernels        *kernels,
                                 const UtNnStackWeights   *weights,
                                 const UtNnSequence       *sequence,
                                 const UtReal             *x,
                                 double                    rate,
                                 UtNnStackCache           *cache,
                                 UtReal                   *d_x,
                                 const UtNnStackGradients *gradients);
