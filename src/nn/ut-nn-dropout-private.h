/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch-private.h"
#include "ut-nn-kernels-private.h"
#include "ut-nn-trainer.h"

/* What is dropped at random while training (Srivastava et al. 2014): elements of the tokens'
 * vectors, of the features between two layers, by the layer above, and of the read-out; and a
 * token's own vector as a whole, so that its parts must do. */
typedef enum
{
  UT_NN_DROPOUT_EMBEDDING,
  UT_NN_DROPOUT_READOUT,
  UT_NN_DROPOUT_WORD,
  UT_NN_DROPOUT_LAYER = UT_NN_DROPOUT_WORD,     /* + the layer's number, from 1 */
} UtNnDropoutSite;

/* With which probability an element is dropped; 0 where none is. */
typedef struct
{
  double embedding;
  double layer;
  double readout;
  double word;
} UtNnDropoutRates;

/*
 * The random numbers of a step. Whether an element is dropped depends on the seed, the step, the
 * site, the sentence's place in the batch, the token's position and the column, and on nothing
 * else: neither on the way a batch is packed nor on the threads.
 */
typedef struct
{
  uint64_t seed;
  uint64_t step;                /* from 1 */
} UtNnDropout;

UtNnDropoutRates _ut_nn_dropout_rates (const UtNnTrainerOptions *options);

/* So many elements are drawn at once. */
#define UT_NN_DROPOUT_GROUP ((size_t) 8)

/* Fills @mask (columns) for a token with 0 where the element is dropped, which happens with
 * probability @rate (in steps of 2^-16), and with 1 / (1 - rate) elsewhere; columns is a multiple of
 * UT_NN_DROPOUT_GROUP. */
void _ut_nn_dropout_draw         (const UtNnDropout  *dropout,
                                  UtNnDropoutSite     site,
                                  size_t              item,
                                  size_t              position,
                                  double              rate,
                                  size_t              columns,
                                  UtReal             *mask);

/* The masks (N, columns) of all tokens of a sequence. */
void _ut_nn_dropout_draw_tokens  (const UtNnDropout  *dropout,
                                  UtNnDropoutSite     site,
                                  const UtNnSequence *sequence,
                                  double              rate,
                                  size_t              columns,
                                  UtReal             *masks);

/* numbers ∘= masks */
void _ut_nn_dropout_apply        (size_t              n,
                                  const UtReal       *masks,
                                  UtReal             *numbers);
