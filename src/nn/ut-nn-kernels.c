/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-kernels-private.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <cblas.h>

static pthread_once_t chosen_once = PTHREAD_ONCE_INIT;
static const UtNnKernels *chosen;

void
_ut_nn_kernels_multiply_transposed (size_t       rows,
                                    size_t       columns,
                                    size_t       depth,
                                    const float *a,
                                    size_t       a_stride,
                                    const float *b,
                                    size_t       b_stride,
                                    float       *c,
                                    size_t       c_stride)
{
  if (depth > 0)
    cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int) rows, (int) columns, (int) depth,
                 1.0f, a, (int) a_stride, b, (int) b_stride, 1.0f, c, (int) c_stride);
}

const UtNnKernels *
_ut_nn_kernels_find (const char *name)
{
#ifdef UT_NN_HAVE_X86
  if (strcmp (name, _ut_nn_kernels_avx512.name) == 0)
    return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("fma")
           ? &_ut_nn_kernels_avx512 : NULL;
  if (strcmp (name, _ut_nn_kernels_avx2.name) == 0)
    return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma")
           ? &_ut_nn_kernels_avx2 : NULL;
#endif
  if (strcmp (name, _ut_nn_kernels_portable.name) == 0)
    return &_ut_nn_kernels_portable;
  if (strcmp (name, _ut_nn_kernels_ref.name) == 0)
    return &_ut_nn_kernels_ref;
  return NULL;
}

static void
choose (void)
{
  const char *wanted = getenv ("UT_NN_KERNELS");

  /* The worker pool owns the cores. */
  openblas_set_num_threads (1);

  if (wanted != NULL)
    chosen = _ut_nn_kernels_find (wanted);
  if (chosen == NULL)
    chosen = _ut_nn_kernels_find ("avx512");
  if (chosen == NULL)
    chosen = _ut_nn_kernels_find ("avx2");
  if (chosen == NULL)
    chosen = &_ut_nn_kernels_portable;
}

const UtNnKernels *
_ut_nn_kernels_get (void)
{
  pthread_once (&chosen_once, choose);
  return chosen;
}
