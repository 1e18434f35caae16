/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* The kernels for x86 processors with AVX-512 F (Intel servers since 2017, AMD since 2022). */
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#define LANES ((size_t) 16)
#define TILE_ROWS 6
#define TILE_PANELS 4
#define MAX_PANELS 8
#define LAST_ROWS CASE (1, 8); CASE (2, 4); CASE (3, 4); CASE (4, 4); CASE (5, 4);
#define MULTIPLY_TRANSPOSED multiply_transposed
#define HAS_PARTS
#define KERNELS _ut_nn_kernels_avx512
#define KERNELS_NAME "avx512"

/* Of the forms without a mask GCC 12 warns that they use something uninitialised. */
#define ALL ((__mmask16) 0xffff)

typedef __m512 Vector;
typedef uint32_t IntVector __attribute__ ((vector_size (64)));

static inline Vector
multiply_add (Vector a,
              Vector b,
              Vector c)
{
  return _mm512_fmadd_ps (a, b, c);
}

static inline Vector
square_root (Vector x)
{
  return _mm512_maskz_sqrt_ps (ALL, x);
}

static inline Vector
smaller (Vector a,
         Vector b)
{
  return _mm512_maskz_min_ps (ALL, a, b);
}

static inline Vector
larger (Vector a,
        Vector b)
{
  return _mm512_maskz_max_ps (ALL, a, b);
}

static inline Vector
load_part (const float *p,
           size_t       n)
{
  return _mm512_maskz_loadu_ps ((__mmask16) ((1u << n) - 1), p);
}

static inline void
store_part (float *p,
            size_t n,
            Vector v)
{
  _mm512_mask_storeu_ps (p, (__mmask16) ((1u << n) - 1), v);
}

static void multiply_transposed (size_t       rows,
                                 size_t       columns,
                                 size_t       depth,
                                 const float *a,
                                 size_t       a_stride,
                                 const float *b,
                                 size_t       b_stride,
                                 float       *c,
                                 size_t       c_stride);

#include "ut-nn-simd-private.h"

/* Rows of a and b that are multiplied at a time: a panel of a and the vectors of b that it meets at
 * a time fit into the first-level cache. */
#define DEPTH_BLOCK ((size_t) 192)
/* A tile of sums in registers: so many rows, which divide a panel, by so many vectors. */
#define SUM_ROWS 8
#define SUM_VECTORS 3

/*
 * A tile of c += panelᵀ × b: n_rows rows by n_vectors vectors of n floats each. Inlined with
 * constant sizes. Each element is one chain of multiply_add() in the order of the depth.
 */
ALWAYS_INLINE void
transposed_tile (const size_t n_rows,
                 const size_t n_vectors,
                 size_t       n,
                 size_t       depth,
                 const float *panel,
                 const float *b,
                 size_t       b_stride,
                 float       *c,
                 size_t       c_stride)
{
  Vector sums[SUM_ROWS][SUM_VECTORS];

#pragma GCC unroll 8
  for (size_t row = 0; row < n_rows; row++)
#pragma GCC unroll 4
    for (size_t v = 0; v < n_vectors; v++)
      sums[row][v] = load_part (c + row * c_stride + v * LANES, n);

  for (size_t k = 0; k < depth; k++)
    {
      Vector columns[SUM_VECTORS];

#pragma GCC unroll 4
      for (size_t v = 0; v < n_vectors; v++)
        columns[v] = load_part (b + k * b_stride + v * LANES, n);
#pragma GCC unroll 8
      for (size_t row = 0; row < n_rows; row++)
        {
          Vector scale = splat (panel[k * LANES + row]);

#pragma GCC unroll 4
          for (size_t v = 0; v < n_vectors; v++)
            sums[row][v] = multiply_add (scale, columns[v], sums[row][v]);
        }
    }

#pragma GCC unroll 8
  for (size_t row = 0; row < n_rows; row++)
#pragma GCC unroll 4
    for (size_t v = 0; v < n_vectors; v++)
      store_part (c + row * c_stride + v * LANES, n, sums[row][v]);
}

/* All columns of n_rows rows of c. */
ALWAYS_INLINE void
transposed_rows (const size_t n_rows,
                 size_t       columns,
                 size_t       depth,
                 const float *panel,
                 const float *b,
                 size_t       b_stride,
                 float       *c,
                 size_t       c_stride)
{
  size_t column = 0;

#pragma GCC unroll 4
  for (size_t n = SUM_VECTORS; n > 0; n--)
    for (; column + n * LANES <= columns; column += n * LANES)
      transposed_tile (n_rows, n, LANES, depth, panel, b + column, b_stride, c + column, c_stride);
  if (column < columns)
    transposed_tile (n_rows, 1, columns - column, depth, panel, b + column, b_stride,
                     c + column, c_stride);
}

static void
multiply_transposed (size_t       rows,
                     size_t       columns,
                     size_t       depth,
                     const float *a,
                     size_t       a_stride,
                     const float *b,
                     size_t       b_stride,
                     float       *c,
                     size_t       c_stride)
{
  float panel[DEPTH_BLOCK * LANES];

  for (size_t first = 0; first < depth; first += DEPTH_BLOCK)
    {
      size_t n_deep = depth - first < DEPTH_BLOCK ? depth - first : DEPTH_BLOCK;
      const float *b_block = b + first * b_stride;

      for (size_t start = 0; start < rows; start += LANES)
        {
          size_t n_rows = rows - start < LANES ? rows - start : LANES;
          size_t row = 0;

          for (size_t k = 0; k < n_deep; k++)
            store (panel + k * LANES, load_part (a + (first + k) * a_stride + start, n_rows));
          for (; row + SUM_ROWS <= n_rows; row += SUM_ROWS)
            transposed_rows (SUM_ROWS, columns, n_deep, panel + row, b_block, b_stride,
                             c + (start + row) * c_stride, c_stride);
          for (; row < n_rows; row++)
            transposed_rows (1, columns, n_deep, panel + row, b_block, b_stride,
                             c + (start + row) * c_stride, c_stride);
        }
    }
}

