/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-types.h"

/**
 * UtNnTensor:
 * @name: PyTorch's state-dict name, as "rnn.weight_ih_l0"; static.
 * @n_dims: 1 or 2.
 * @dims: rows and columns; dims[1] is 1 for a vector.
 * @size: dims[0] × dims[1].
 * @offset: where its numbers start in the model's one array.
 *
 * One entry of a model's table of tensors, in PyTorch's state-dict order.
 */
typedef struct
{
  const char *name;
  size_t n_dims;
  size_t dims[2];
  size_t size;
  size_t offset;
} UtNnTensor;

/**
 * UtNnModel:
 *
 * The parameters of a classifier: embedding.weight (V, I); subword.weight (n_subwords, I) where
 * there are any; of the first layer rnn.weight_ih_l0 (G·H, I), rnn.weight_hh_l0 (G·H, H),
 * rnn.bias_ih_l0 (G·H), rnn.bias_hh_l0 (G·H), and the same with _reverse at the end for a second
 * direction; of each further layer likewise, with weight_ih (G·H, D); for attention attention.weight
 * (H, D), attention.bias (H) and context.weight (1, H); fc.weight (1, D), fc.bias (1). A bag has
 * embedding.weight (V, 1), bigram.weight (n_bigrams, 1) where there are any, and fc.bias (1): its
 * logit is the sum of all. One aligned allocation; what it needs follows from its shape alone.
 */
typedef struct UtNnModel UtNnModel;

/**
 * ut_nn_bigram_row:
 * @previous: a token's id.
 * @id: that of the token after it.
 * @n_bigrams: of a bag's shape.
 *
 * Returns: the row of bigram.weight that stands for the pair: the 32-bit number
 *   (previous · 0x9E3779B1 + id) · 0x85EBCA77, its upper half xored to its lower, modulo @n_bigrams.
 */
uint32_t          ut_nn_bigram_row             (uint32_t         previous,
                                                uint32_t         id,
                                                size_t           n_bigrams);

/**
 * ut_nn_shape_count_parameters:
 *
 * Returns: how many numbers a model of @shape has, or 0 where the shape is out of range.
 */
size_t            ut_nn_shape_count_parameters (const UtNnShape *shape);

/**
 * ut_nn_model_new:
 * @shape: the shape; copied.
 * @model: (out) (transfer full): a model whose numbers are all zero; free with ut_nn_model_free().
 *
 * Returns: %UT_NN_OK, %UT_NN_ERROR_SHAPE or %UT_NN_ERROR_MEMORY.
 */
UtNnStatus        ut_nn_model_new              (const UtNnShape *shape,
                                                UtNnModel      **model);

/** ut_nn_model_copy: as ut_nn_model_new(), with the shape and the numbers of @source. */
UtNnStatus        ut_nn_model_copy             (const UtNnModel *source,
                                                UtNnModel      **model);

/** ut_nn_model_assign: copies the numbers of @source, of the same shape, into @model. */
void              ut_nn_model_assign           (UtNnModel       *model,
                                                const UtNnModel *source);

/** ut_nn_model_free: @model may be NULL. */
void              ut_nn_model_free             (UtNnModel       *model);

/**
 * ut_nn_model_initialize:
 * @model: the model.
 * @seed: the run's seed.
 *
 * Draws all tensors but the vectors uniformly, as PyTorch does: from ±1/√H in recurrent layers, from
 * ±1/√n in linear ones with n inputs. Vectors are left alone: those of words come from elsewhere,
 * those of subwords start at zero, and so does all of a bag.
 */
void              ut_nn_model_initialize       (UtNnModel       *model,
                                                uint64_t         seed);

/** ut_nn_model_get_shape: the shape it was created with. */
const UtNnShape  *ut_nn_model_get_shape        (const UtNnModel *model);

/** ut_nn_model_get_tensors: the table of tensors; @n_tensors receives its length. */
const UtNnTensor *ut_nn_model_get_tensors      (const UtNnModel *model,
                                                size_t          *n_tensors);

/** ut_nn_model_find_tensor: (nullable): the tensor called @name. */
const UtNnTensor *ut_nn_model_find_tensor      (const UtNnModel *model,
                                                const char      *name);

/** ut_nn_model_get_data: the numbers of @tensor, dims[0] × dims[1], to be written. */
float            *ut_nn_model_get_data         (UtNnModel        *model,
                                                const UtNnTensor *tensor);

/** ut_nn_model_peek_data: the numbers of @tensor, to be read. */
const float      *ut_nn_model_peek_data        (const UtNnModel  *model,
                                                const UtNnTensor *tensor);
