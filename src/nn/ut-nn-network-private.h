/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-lookup-private.h"
#include "ut-nn-model.h"
#include "ut-nn-positions-private.h"
#include "ut-nn-readout-private.h"
#include "ut-nn-stack-private.h"

/* Embedding, recurrent layers, read-out, classifier: what a model's shape says in terms of its
 * parts. */
typedef struct
{
  UtNnShape shape;
  UtNnLayout layout;
  size_t n_dense;               /* of the parameters, those after the tables, gaps included */
  bool is_bag;                  /* which has neither of the last two */
  size_t input_width;           /* I rounded up to UT_NN_LANES */
  UtNnStack stack;
  UtNnReadoutForm readout;
} UtNnNetwork;

/* The parameters as the kernels want them. */
typedef struct
{
  UtNnLookup lookup;            /* set by the user of the network */
  UtNnStackWeights stack;
  UtNnReadoutWeights readout;
  UtReal *fc_weight;            /* (feature width) but of a bag */
  UtReal fc_bias;
} UtNnNetworkWeights;

/* One shard's memory. */
typedef struct
{
  UtReal *x;                    /* (N, input width): the tokens' vectors */
  uint8_t *keeps;               /* (N) dropout of words: whether each token's own vector was kept */
  UtNnStackCache stack;
  UtNnReadoutCache readout;
  UtReal *scores;               /* (N) softmax over positions; then their gradient */
  UtReal *logits;               /* (sentences) */
  UtReal *d_logits;             /* (sentences) backward */
  UtReal *x_masks;              /* (N, input width) dropout: of what is dropped from x */
  UtReal *pooled_masks;         /* (sentences, feature width) dropout: likewise */
  UtReal *d_x;                  /* (N, input width) backward */
  UtReal *dense;                /* (n_dense) training: gradients of all tensors but the tables */
} UtNnWorkspace;

/* How a batch is learned. */
typedef struct
{
  UtNnDropout dropout;
  UtNnDropoutRates rates;
  double smoothing;             /* as UtNnTrainerOptions has it */
  size_t n_batch;               /* sentences of the whole batch that have a loss */
  const uint8_t *labels;        /* (n_batch): indexed by the sequence's items */
} UtNnLesson;

UtNnStatus _ut_nn_network_init            (UtNnNetwork              *network,
                                           const UtNnShape          *shape);

void       _ut_nn_network_place_weights   (const UtNnNetwork        *network,
                                           UtNnArena                *arena,
                                           bool                      for_training,
                                           UtNnNetworkWeights       *weights);

/* Room for a shard of a batch of up to @max_sentences of up to @max_length tokens; @rates is %NULL
 * in prediction, where nothing goes backward. */
void       _ut_nn_network_place_workspace (const UtNnNetwork        *network,
                                           UtNnArena                *arena,
                                           const UtNnDropoutRates   *rates,
                                           size_t                    max_sentences,
                                           size_t                    max_length,
                                           UtNnWorkspace            *workspace);

/* What training needs besides: room for the gradient of the dense tensors. */
void       _ut_nn_network_place_dense     (const UtNnNetwork        *network,
                                           UtNnArena                *arena,
                                           UtNnWorkspace            *workspace);

/* Checks a batch that @model, which should have the network's shape, is to read, and packs it.
 * Changes nothing that is read later unless it returns %UT_NN_OK. */
UtNnStatus _ut_nn_network_fill            (const UtNnNetwork        *network,
                                           const UtNnModel          *model,
                                           const UtNnSentences      *sentences,
                                           const uint32_t           *rows,
                                           size_t                    n_rows,
                                           UtNnPacking              *packing);

/* Sets up the look-up, for words as @sentences have them, and packs the weights, both from
 * parameters (layout.n_numbers), to read without a lesson. */
void       _ut_nn_network_take            (const UtNnNetwork        *network,
                                           const UtReal             *parameters,
                                           const UtNnSentences      *sentences,
                                           UtNnNetworkWeights       *weights);

/* Packs the weights, from parameters (layout.n_numbers); the look-up is left to the caller. */
void       _ut_nn_network_pack            (const UtNnNetwork        *network,
                                           const UtReal             *parameters,
                                           UtNnNetworkWeights       *weights);

/* Fills in workspace->x, the tokens' vectors. @lesson is %NULL in prediction, where nothing is
 * dropped. */
void       _ut_nn_network_look_up         (const UtNnNetwork        *network,
                                           const UtNnNetworkWeights *weights,
                                           const UtNnSequence       *sequence,
                                           const UtNnLesson         *lesson,
                                           UtNnWorkspace            *workspace);

/* From workspace->x, whatever it holds, to workspace->logits and what backward reads. */
void       _ut_nn_network_read            (const UtNnNetwork        *network,
                                           const UtNnKernels        *kernels,
                                           const UtNnNetworkWeights *weights,
                                           const UtNnSequence       *sequence,
                                           const UtNnLesson         *lesson,
                                           UtNnWorkspace            *workspace);

/* Both of these. */
void       _ut_nn_network_forward         (const UtNnNetwork        *network,
                                           const UtNnKernels        *kernels,
                                           const UtNnNetworkWeights *weights,
                                           const UtNnSequence       *sequence,
                                           const UtNnLesson         *lesson,
                                           UtNnWorkspace            *workspace);

/* After forward, with one direction: the logit of the first @length tokens of sentence @s; it uses
 * up the read-out of @s. */
UtReal     _ut_nn_network_classify_prefix (const UtNnNetwork        *network,
                                           const UtNnKernels        *kernels,
                                           const UtNnNetworkWeights *weights,
                                           const UtNnSequence       *sequence,
                                           UtNnWorkspace            *workspace,
                                           size_t                    s,
                                           size_t                    length);

/* With two directions: what the beginnings of one sentence, @sequence, have in common. */
void       _ut_nn_network_read_whole      (const UtNnNetwork        *network,
                                           const UtNnKernels        *kernels,
                                           const UtNnNetworkWeights *weights,
                                           const UtNnSequence       *sequence,
                                           UtNnWorkspace            *workspace,
                                           UtNnStackWhole           *whole);

/* As _ut_nn_network_forward() of such beginnings, bit for bit. */
void       _ut_nn_network_read_prefixes   (const UtNnNetwork        *network,
                                           const UtNnKernels        *kernels,
                                           const UtNnNetworkWeights *weights,
                                           const UtNnSequence       *sequence,
                                           const UtNnStackWhole     *whole,
                                           UtNnWorkspace            *workspace);

/* After forward and before backward: how sentence @s compares with its label. */
UtNnOutcome _ut_nn_network_compare         (const UtNnNetwork        *network,
                                            const UtNnSequence       *sequence,
                                            const UtNnWorkspace      *workspace,
                                            size_t                    s,
                                            uint8_t                   label);

/* After forward with the same lesson: workspace->dense and, unless it is %NULL, workspace->d_x
 * receive the gradient of the sum of the sentences' losses divided by n_batch. */
void       _ut_nn_network_backward        (const UtNnNetwork        *network,
                                           const UtNnKernels        *kernels,
                                           const UtNnNetworkWeights *weights,
                                           const UtNnSequence       *sequence,
                                           const UtNnLesson         *lesson,
                                           UtNnWorkspace            *workspace);

/* After _ut_nn_network_read() without a lesson, in a workspace with room for backward:
 * workspace->d_x receives the gradient of each sentence's logit with respect to its tokens'
 * vectors. Not with faults. */
void       _ut_nn_network_differentiate   (const UtNnNetwork        *network,
                                           const UtNnKernels        *kernels,
                                           const UtNnNetworkWeights *weights,
                                           const UtNnSequence       *sequence,
                                           UtNnWorkspace            *workspace);
