/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-types.h"

/**
 * UtNnSgemm:
 *
 * A product of two large square matrices by OpenBLAS on one thread: what the machine's processor
 * can do at most. The thread is one like those that train: as nice, in the same floating-point
 * mode.
 */
typedef struct UtNnSgemm UtNnSgemm;

/**
 * ut_nn_sgemm_new:
 * @size: rows and columns of the matrices, 1 to 16,384.
 * @sgemm: (out) (transfer full): free with ut_nn_sgemm_free().
 *
 * Returns: %UT_NN_OK, %UT_NN_ERROR_SHAPE or %UT_NN_ERROR_MEMORY.
 */
UtNnStatus  ut_nn_sgemm_new              (size_t           size,
                                          UtNnSgemm      **sgemm);

/** ut_nn_sgemm_free: @sgemm may be NULL. */
void        ut_nn_sgemm_free             (UtNnSgemm       *sgemm);

/**
 * ut_nn_sgemm_run:
 *
 * Multiplies once.
 *
 * Returns: the number of floating-point operations, 2·size³.
 */
double      ut_nn_sgemm_run              (UtNnSgemm       *sgemm);

/**
 * ut_nn_shape_count_operations:
 *
 * Returns: the useful floating-point operations of a token forward: those of the products, of a
 *   recurrent layer with one direction 2·G·H·(I + H). Training, which goes backward to weights and
 *   inputs, has three times as many.
 */
double      ut_nn_shape_count_operations (const UtNnShape *shape);

/** ut_nn_count_cores: how many threads 0 stands for: the physical cores this process may use. */
size_t      ut_nn_count_cores            (void);

/** ut_nn_get_kernels: the kernels in use, "ref", "portable" or a set of instructions. */
const char *ut_nn_get_kernels            (void);

/** ut_nn_get_blas_kernels: the kernels OpenBLAS uses, by its names of processors: "Haswell". */
const char *ut_nn_get_blas_kernels       (void);
