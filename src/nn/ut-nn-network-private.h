/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-layer-private.h"
#include "ut-nn-shape-private.h"

/* Embedding, recurrent layer, classifier: what a model's shape says in terms of the layers. */
typedef struct
{
  UtNnShape shape;
  UtNnTensor tensors[UT_NN_N_TENSORS];
  size_t n_numbers;             /* of the parameters, gaps included */
  size_t n_dense;               /* of those, the numbers after the embedding */
  UtNnLayer layer;
} UtNnNetwork;

/* The parameters as the kernels want them. */
typedef struct
{
  const UtReal *embedding;      /* (V, I) (unowned): set by the user of the network */
  UtNnLayerWeights layer;
  UtReal *fc_weight;            /* (W) */
  UtReal fc_bias;
} UtNnNetworkWeights;

/* One shard's memory. */
typedef struct
{
  UtNnLayerCache cache;
  UtReal *x;                    /* (N, input width): the tokens' embeddings */
  UtReal *logits;               /* (sentences) */
  UtReal *d_h;                  /* (N, W) */
  UtReal *d_x;                  /* (N, input width) */
  UtReal *dense;                /* (n_dense): gradients of all tensors but the embedding */
} UtNnWorkspace;

UtNnStatus _ut_nn_network_init            (UtNnNetwork              *network,
                                           const UtNnShape          *shape);

void       _ut_nn_network_place_weights   (const UtNnNetwork        *network,
                                           UtNnArena                *arena,
                                           bool                      for_training,
                                           UtNnNetworkWeights       *weights);

/* Room for a shard of a batch of up to @max_sentences of up to @max_length tokens. */
void       _ut_nn_network_place_workspace (const UtNnNetwork        *network,
                                           UtNnArena                *arena,
                                           bool                      for_training,
                                           size_t                    max_sentences,
                                           size_t                    max_length,
                                           UtNnWorkspace            *workspace);

/* Packs the weights, from parameters (n_numbers); the embedding is left to the caller. */
void       _ut_nn_network_pack            (const UtNnNetwork        *network,
                                           const UtReal             *parameters,
                                           UtNnNetworkWeights       *weights);

/* Fills in workspace->logits and the layer's cache. */
void       _ut_nn_network_forward         (const UtNnNetwork        *network,
                                           const UtNnKernels        *kernels,
                                           const UtNnNetworkWeights *weights,
                                           const UtNnSequence       *sequence,
                                           UtNnWorkspace            *workspace);

/* After forward: the classifier on the state in packed row @row. */
UtReal     _ut_nn_network_classify        (const UtNnNetwork        *network,
                                           const UtNnKernels        *kernels,
                                           const UtNnNetworkWeights *weights,
                                           const UtNnWorkspace      *workspace,
                                           size_t                    row);

/* After forward: workspace->dense and, unless it is NULL, workspace->d_x receive the gradient of the
 * sum of the sentences' losses divided by @n_batch. @labels (sentences of the whole batch) is
 * indexed by the sequence's items; @smoothing as UtNnTrainerOptions has it. */
void       _ut_nn_network_backward        (const UtNnNetwork        *network,
                                           const UtNnKernels        *kernels,
                                           const UtNnNetworkWeights *weights,
                                           const UtNnSequence       *sequence,
                                           const uint8_t            *labels,
                                           double                    smoothing,
                                           size_t                    n_batch,
                                           UtNnWorkspace            *workspace);
