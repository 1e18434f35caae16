/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-benchmark.h"

#include "ut-nn-kernels-private.h"
#include "ut-nn-memory-private.h"
#include "ut-nn-pool-private.h"
#include "ut-nn-random.h"
#include "ut-nn-shape-private.h"

#include <stdlib.h>

#include <cblas.h>

#define MAX_SIZE ((size_t) 16384)

struct UtNnSgemm
{
  UtNnPool *pool;               /* (owned) */
  size_t size;                  /* n */
  float *memory;                /* (owned) (3, n, n): two factors and their product */
};

UtNnStatus
ut_nn_sgemm_new (size_t      size,
                 UtNnSgemm **sgemm)
{
  const UtNnRandom random = { 1, UT_NN_STREAM_EXAMPLES };

  if (size == 0 || size > MAX_SIZE)
    return UT_NN_ERROR_SHAPE;

  UtNnSgemm *self = calloc (1, sizeof *self);
  if (self == NULL)
    return UT_NN_ERROR_MEMORY;

  self->size = size;
  self->memory = _ut_nn_alloc_zeroed (3 * size * size * sizeof *self->memory);
  if (self->memory == NULL || _ut_nn_pool_new (1, false, &self->pool) != UT_NN_OK)
    {
      ut_nn_sgemm_free (self);
      return UT_NN_ERROR_MEMORY;
    }

  for (size_t i = 0; i < 2 * size * size; i++)
    self->memory[i] = (float) (ut_nn_random_uniform (random, i) - 0.5);

  /* Choosing the kernels leaves OpenBLAS one thread. */
  (void) _ut_nn_kernels_get ();
  *sgemm = self;
  return UT_NN_OK;
}

void
ut_nn_sgemm_free (UtNnSgemm *self)
{
  if (self == NULL)
    return;

  _ut_nn_pool_free (self->pool);
  _ut_nn_free (self->memory);
  free (self);
}

static void
multiply (void *data)
{
  UtNnSgemm *self = data;
  int n = (int) self->size;
  float *a = self->memory;
  float *b = a + self->size * self->size;
  float *c = b + self->size * self->size;

  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a, n, b, n, 0, c, n);
}

double
ut_nn_sgemm_run (UtNnSgemm *self)
{
  double n = (double) self->size;

  _ut_nn_pool_call (self->pool, multiply, self);
  return 2 * n * n * n;
}

double
ut_nn_shape_count_operations (const UtNnShape *shape)
{
  double n_gates = (double) _ut_nn_cell_n_gates (shape->cell);
  double hidden = (double) shape->hidden;
  double n_operations = 0;

  for (size_t i = 0; i < shape->n_layers; i++)
    n_operations += 2.0 * (double) _ut_nn_shape_n_directions (shape) * n_gates * hidden
                    * ((double) _ut_nn_shape_n_inputs (shape, i) + hidden);
  if (shape->readout == UT_NN_READOUT_ATTENTION)
    n_operations += 2.0 * (double) _ut_nn_shape_n_features (shape) * hidden;
  return n_operations;
}

size_t
ut_nn_count_cores (void)
{
  return _ut_nn_count_cores ();
}

const char *
ut_nn_get_kernels (void)
{
  return _ut_nn_kernels_get ()->name;
}

const char *
ut_nn_get_blas_kernels (void)
{
  return openblas_get_corename ();
}
