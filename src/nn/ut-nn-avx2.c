/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* The kernels for x86 processors with AVX2 and FMA (Intel and AMD since 2013 to 2017). */
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#define LANES ((size_t) 8)
#define TILE_ROWS 6
#define TILE_PANELS 1
#define MAX_PANELS 4
#define LAST_ROWS CASE (1, 4); CASE (2, 2); CASE (3, 2); CASE (4, 1); CASE (5, 1);
#define MULTIPLY_TRANSPOSED _ut_nn_kernels_multiply_transposed
#define KERNELS _ut_nn_kernels_avx2
#define KERNELS_NAME "avx2"

typedef __m256 Vector;
typedef uint32_t IntVector __attribute__ ((vector_size (32)));

static inline Vector
multiply_add (Vector a,
              Vector b,
              Vector c)
{
  return _mm256_fmadd_ps (a, b, c);
}

static inline Vector
square_root (Vector x)
{
  return _mm256_sqrt_ps (x);
}

static inline Vector
smaller (Vector a,
         Vector b)
{
  return _mm256_min_ps (a, b);
}

static inline Vector
larger (Vector a,
        Vector b)
{
  return _mm256_max_ps (a, b);
}

#include "ut-nn-simd-private.h"
