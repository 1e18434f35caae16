/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* The kernels for every processor: vectors of four floats, mapped to what the target has. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#define LANES ((size_t) 4)
#define TILE_ROWS 2
#define TILE_PANELS 1
#define MAX_PANELS 2
#define LAST_ROWS CASE (1, 2);
#define MULTIPLY_TRANSPOSED _ut_nn_kernels_multiply_transposed
#define KERNELS _ut_nn_kernels_portable
#define KERNELS_NAME "portable"

typedef float Vector __attribute__ ((vector_size (16)));
typedef uint32_t IntVector __attribute__ ((vector_size (16)));

static inline Vector
multiply_add (Vector a,
              Vector b,
              Vector c)
{
  return a * b + c;
}

static inline Vector
square_root (Vector x)
{
  for (size_t lane = 0; lane < LANES; lane++)
    x[lane] = sqrtf (x[lane]);
  return x;
}

static inline Vector
choose (IntVector condition,
        Vector    a,
        Vector    b)
{
  return (Vector) ((condition & (IntVector) a) | (~condition & (IntVector) b));
}

static inline Vector
smaller (Vector a,
         Vector b)
{
  return choose ((IntVector) (a < b), a, b);
}

static inline Vector
larger (Vector a,
        Vector b)
{
  return choose ((IntVector) (a > b), a, b);
}

#include "ut-nn-simd-private.h"
