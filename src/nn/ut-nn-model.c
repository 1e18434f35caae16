/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-model-private.h"
#include "ut-nn-memory-private.h"
#include "ut-nn-random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

UtNnStatus
ut_nn_model_new (const UtNnShape  *shape,
                 UtNnModel       **model)
{
  UtNnLayout layout;
  size_t n_bytes;

  *model = NULL;
  if (!_ut_nn_shape_lay_out (shape, &layout))
    return UT_NN_ERROR_SHAPE;
  if (__builtin_mul_overflow (layout.n_numbers, sizeof (float), &n_bytes))
    return UT_NN_ERROR_MEMORY;

  UtNnModel *self = calloc (1, sizeof *self);
  if (self == NULL)
    return UT_NN_ERROR_MEMORY;

  self->shape = *shape;
  self->layout = layout;
  self->parameters = _ut_nn_alloc_zeroed (n_bytes);
  if (self->parameters == NULL)
    {
      free (self);
      return UT_NN_ERROR_MEMORY;
    }

  *model = self;
  return UT_NN_OK;
}

UtNnStatus
ut_nn_model_copy (const UtNnModel  *source,
                  UtNnModel       **model)
{
  UtNnStatus status = ut_nn_model_new (&source->shape, model);

  if (status == UT_NN_OK)
    ut_nn_model_assign (*model, source);
  return status;
}

void
ut_nn_model_assign (UtNnModel       *model,
                    const UtNnModel *source)
{
  memcpy (model->parameters, source->parameters, source->layout.n_numbers * sizeof (float));
}

void
ut_nn_model_free (UtNnModel *model)
{
  if (model == NULL)
    return;
  _ut_nn_free (model->parameters);
  free (model);
}

/* PyTorch's bounds: by the hidden size in a recurrent layer, by a linear layer's inputs in its
 * weight and bias. */
static double
get_bound (const UtNnModel *model,
           size_t           i)
{
  const UtNnLayout *layout = &model->layout;
  bool of_features = i >= layout->fc
                     || (model->shape.readout == UT_NN_READOUT_ATTENTION
                         && (i == layout->attention || i == layout->attention + 1));
  size_t n = of_features ? _ut_nn_shape_n_features (&model->shape) : model->shape.hidden;

  return 1.0 / sqrt ((double) n);
}

void
ut_nn_model_initialize (UtNnModel *model,
                        uint64_t   seed)
{
  UtNnRandom random = { seed, UT_NN_STREAM_WEIGHTS };
  uint64_t n_drawn = 0;

  for (size_t i = 0; i < model->layout.n_tensors; i++)
    {
      const UtNnTensor *tensor = &model->layout.tensors[i];
      float *data = model->parameters + tensor->offset;
      double bound = get_bound (model, i);

      if (tensor->offset < model->layout.first_dense || model->shape.cell == UT_NN_CELL_BAG)
        continue;
      for (size_t j = 0; j < tensor->size; j++)
        data[j] = (float) ((2.0 * ut_nn_random_uniform (random, n_drawn++) - 1.0) * bound);
    }
}

const UtNnShape *
ut_nn_model_get_shape (const UtNnModel *model)
{
  return &model->shape;
}

const UtNnTensor *
ut_nn_model_get_tensors (const UtNnModel *model,
                         size_t          *n_tensors)
{
  *n_tensors = model->layout.n_tensors;
  return model->layout.tensors;
}

const UtNnTensor *
ut_nn_model_find_tensor (const UtNnModel *model,
                         const char      *name)
{
  for (size_t i = 0; i < model->layout.n_tensors; i++)
    if (strcmp (model->layout.tensors[i].name, name) == 0)
      return &model->layout.tensors[i];
  return NULL;
}

float *
ut_nn_model_get_data (UtNnModel        *model,
                      const UtNnTensor *tensor)
{
  return model->parameters + tensor->offset;
}

const float *
ut_nn_model_peek_data (const UtNnModel  *model,
                       const UtNnTensor *tensor)
{
  return model->parameters + tensor->offset;
}
