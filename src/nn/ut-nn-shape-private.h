/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-model.h"

#include <stdbool.h>

/* Tensors of one direction of a layer, in PyTorch's order. */
enum
{
  UT_NN_LAYER_WEIGHT_IH,
  UT_NN_LAYER_WEIGHT_HH,
  UT_NN_LAYER_BIAS_IH,
  UT_NN_LAYER_BIAS_HH,
  UT_NN_N_LAYER_TENSORS
};

#define UT_NN_MAX_DIRECTIONS 2
/* The embedding, subwords, those of all layers, three of attention and two of the classifier. */
#define UT_NN_MAX_TENSORS \
  (2 + UT_NN_MAX_LAYERS * UT_NN_MAX_DIRECTIONS * UT_NN_N_LAYER_TENSORS + 3 + 2)

/* Tensors start at multiples of this many numbers, a cache line of floats. */
#define UT_NN_TENSOR_ALIGNMENT ((size_t) 16)

/* A model's tensors in PyTorch's state-dict order, and where the parts of the network find theirs
 * among them. */
typedef struct
{
  size_t n_tensors;
  UtNnTensor tensors[UT_NN_MAX_TENSORS];
  size_t embedding;             /* index */
  size_t further;               /* index of a second table, subwords or bigrams, where there is one */
  size_t layers[UT_NN_MAX_LAYERS][UT_NN_MAX_DIRECTIONS];  /* of the first of four */
  size_t attention;             /* of weight, bias and context, where the shape has it */
  size_t fc;                    /* of weight and bias; of a bag's bias */
  size_t n_numbers;             /* length of the array that holds all, gaps included */
  size_t first_dense;           /* where in it the tensors start that are no tables of vectors */
} UtNnLayout;

/* G: how many gates a cell has. */
size_t _ut_nn_cell_n_gates        (UtNnCell          cell);

/* 1 or 2. */
size_t _ut_nn_shape_n_directions  (const UtNnShape  *shape);

/* Rows of the second table; 0 where there is none. */
size_t _ut_nn_shape_n_further     (const UtNnShape  *shape);

/* D: how many features a token has. */
size_t _ut_nn_shape_n_features    (const UtNnShape  *shape);

/* How many inputs layer @i has. */
size_t _ut_nn_shape_n_inputs      (const UtNnShape  *shape,
                                   size_t            i);

/* Whether a token's features depend on nothing behind it. */
bool   _ut_nn_shape_reads_forward (const UtNnShape  *shape);

/* Whether the shape is in range; @layout is filled in then. */
bool   _ut_nn_shape_lay_out       (const UtNnShape  *shape,
                                   UtNnLayout       *layout);

bool   _ut_nn_shape_is_equal      (const UtNnShape  *a,
                                   const UtNnShape  *b);
