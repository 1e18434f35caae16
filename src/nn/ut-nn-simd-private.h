/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The fast kernels, written once in GCC's vector extension and compiled by each file that includes
 * this one for its own instruction set. That file defines
 *
 *   LANES             floats in a vector: 4, 8 or 16
 *   TILE_ROWS         rows of a product computed together, at most 8,
 *   TILE_PANELS       and panels: so many sums of TILE_ROWS × TILE_PANELS × 16 floats fit into
 *                     registers and keep the multipliers busy
 *   LAST_ROWS         CASE (rows, panels) for each smaller number of rows; panels are powers of
 *                     two, MAX_PANELS at most
 *   MULTIPLY_TRANSPOSED  the function of that name
 *   KERNELS           the name of the table to define
 *   KERNELS_NAME      what UT_NN_KERNELS calls it
 *   multiply_add()    a·b + c of vectors
 *   square_root()     of a vector
 *   smaller()         of two vectors, element by element; the second where one is NaN
 *   larger()          the same
 *   HAS_PARTS         where it has, of its own,
 *   load_part()       the first n floats of a vector, the others 0
 *   store_part()      the first n floats of a vector
 *
 * An element's result does not depend on where it stands. So arrays whose length is no multiple of
 * LANES end with a vector that is filled up with zeros, or, for Adam, with one that computes some
 * of the elements of the vector before it once more, from the same numbers.
 */
#include "ut-nn-kernels-private.h"

#include <string.h>

#define PANEL_VECTORS (UT_NN_LANES / LANES)
#define ALWAYS_INLINE static inline __attribute__ ((always_inline))

ALWAYS_INLINE Vector
load (const float *p)
{
  Vector v;

  memcpy (&v, p, sizeof v);
  return v;
}

ALWAYS_INLINE void
store (float *p,
       Vector v)
{
  memcpy (p, &v, sizeof v);
}

#ifndef HAS_PARTS
ALWAYS_INLINE Vector
load_part (const float *p,
           size_t       n)
{
  Vector v = { 0 };

  memcpy (&v, p, n * sizeof (float));
  return v;
}

ALWAYS_INLINE void
store_part (float *p,
            size_t n,
            Vector v)
{
  memcpy (p, &v, n * sizeof (float));
}
#endif

ALWAYS_INLINE Vector
splat (float x)
{
  return x - (Vector) { 0 };
}

/*
 * exp (x) - 1 = 2^n (exp (r) - 1) + (2^n - 1) with n = round (x / ln 2) and r = x - n ln 2, ln 2
 * in two parts so that r is exact (Cody and Waite, "Software manual for the elementary functions",
 * 1980, chapter 6). |r| ≤ ln 2 / 2, where the Taylor series to r^7 is exact to 7e-9 relative.
 * Adding and taking away 1.5·2^23 rounds to the nearest integer, which then stands in the low
 * bits. @power receives 2^n; x must lie in ±87.
 */
ALWAYS_INLINE Vector
reduced_expm1 (Vector  x,
               Vector *power)
{
  const Vector shift = splat (0x1.8p23f);
  Vector shifted = multiply_add (x, splat (0x1.715476p0f), shift);
  Vector n = shifted - shift;
  Vector r = multiply_add (n, splat (-0x1.63p-1f), x);

  r = multiply_add (n, splat (0x1.bd0106p-13f), r);
  *power = (Vector) (((IntVector) shifted << 23) + ((IntVector) { 0 } + 0x3f800000));

  Vector p = splat (1.0f / 5040);
  p = multiply_add (p, r, splat (1.0f / 720));
  p = multiply_add (p, r, splat (1.0f / 120));
  p = multiply_add (p, r, splat (1.0f / 24));
  p = multiply_add (p, r, splat (1.0f / 6));
  p = multiply_add (p, r, splat (0.5f));
  return multiply_add (p * r, r, r);
}

/* x within ±limit; a NaN stays one. */
ALWAYS_INLINE Vector
clamp (Vector x,
       float  limit)
{
  return larger (splat (-limit), smaller (splat (limit), x));
}

/* 1 / (1 + exp (-x)) */
ALWAYS_INLINE Vector
logistic (Vector x)
{
  Vector power;
  Vector p = reduced_expm1 (clamp (-x, 87.0f), &power);

  return splat (1.0f) / (multiply_add (p, power, power) + splat (1.0f));
}

/* With e = exp (2 |x|) - 1, tanh |x| = e / (e + 2), which keeps its precision near zero. Beyond 9.5
 * the result is 1 in single precision. */
ALWAYS_INLINE Vector
hyperbolic_tangent (Vector x)
{
  const IntVector sign = (IntVector) x & ((IntVector) { 0 } + 0x80000000u);
  Vector magnitude = (Vector) ((IntVector) x & ((IntVector) { 0 } + 0x7fffffffu));
  Vector power;
  Vector p = reduced_expm1 (clamp (magnitude + magnitude, 19.0f), &power);
  Vector e = multiply_add (p, power, power - splat (1.0f));

  return (Vector) ((IntVector) (e / (e + splat (2.0f))) | sign);
}

/*
 * A tile of c: n_rows rows by n_panels panels, in registers while the sum runs along the depth.
 * Inlined with constant sizes. Each element is one chain of multiply_add() in the order of the
 * depth, for every size of tile.
 */
ALWAYS_INLINE void
multiply_tile (const size_t n_rows,
               const size_t n_panels,
               size_t       depth,
               const float *a,
               size_t       a_stride,
               const float *w,
               const float *initial,
               size_t       initial_stride,
               float       *c,
               size_t       c_stride)
{
  const size_t n_vectors = n_panels * PANEL_VECTORS;
  Vector sums[TILE_ROWS][MAX_PANELS * PANEL_VECTORS];

#pragma GCC unroll 8
  for (size_t row = 0; row < n_rows; row++)
#pragma GCC unroll 8
    for (size_t v = 0; v < n_vectors; v++)
      sums[row][v] = load (initial + row * initial_stride + v * LANES);

  for (size_t k = 0; k < depth; k++)
    {
      Vector columns[MAX_PANELS * PANEL_VECTORS];

#pragma GCC unroll 8
      for (size_t v = 0; v < n_vectors; v++)
        columns[v] = load (w + v / PANEL_VECTORS * depth * UT_NN_LANES
                           + k * UT_NN_LANES + v % PANEL_VECTORS * LANES);
#pragma GCC unroll 8
      for (size_t row = 0; row < n_rows; row++)
        {
          Vector scale = splat (a[row * a_stride + k]);

#pragma GCC unroll 8
          for (size_t v = 0; v < n_vectors; v++)
            sums[row][v] = multiply_add (scale, columns[v], sums[row][v]);
        }
    }

#pragma GCC unroll 8
  for (size_t row = 0; row < n_rows; row++)
#pragma GCC unroll 8
    for (size_t v = 0; v < n_vectors; v++)
      store (c + row * c_stride + v * LANES, sums[row][v]);
}

/* Tiles of n_rows × n_panels over the rows, whose number is a multiple of n_rows, and over the
 * columns from @column on; returns the first column that is left. */
ALWAYS_INLINE size_t
multiply_columns (const size_t n_rows,
                  const size_t n_panels,
                  size_t       rows,
                  size_t       depth,
                  size_t       column,
                  size_t       columns,
                  const float *a,
                  size_t       a_stride,
                  const float *w,
                  const float *initial,
                  size_t       initial_stride,
                  float       *c,
                  size_t       c_stride)
{
  for (; column + n_panels * UT_NN_LANES <= columns; column += n_panels * UT_NN_LANES)
    for (size_t row = 0; row < rows; row += n_rows)
      multiply_tile (n_rows, n_panels, depth, a + row * a_stride, a_stride, w + column * depth,
                     initial + row * initial_stride + column, initial_stride,
                     c + row * c_stride + column, c_stride);
  return column;
}

/* All columns of rows whose number is a multiple of n_rows; n_panels, a power of two, at a time. */
ALWAYS_INLINE void
multiply_rows (const size_t n_rows,
               const size_t n_panels,
               size_t       rows,
               size_t       depth,
               size_t       columns,
               const float *a,
               size_t       a_stride,
               const float *w,
               const float *initial,
               size_t       initial_stride,
               float       *c,
               size_t       c_stride)
{
  size_t column = 0;

#pragma GCC unroll 4
  for (size_t n = MAX_PANELS; n > 0; n /= 2)
    if (n <= n_panels)
      column = multiply_columns (n_rows, n, rows, depth, column, columns, a, a_stride, w,
                                 initial, initial_stride, c, c_stride);
}

static void
simd_multiply (size_t       rows,
               size_t       depth,
               size_t       columns,
               const float *a,
               size_t       a_stride,
               const float *w,
               const float *initial,
               size_t       initial_stride,
               float       *c,
               size_t       c_stride)
{
  size_t tiled_rows = rows - rows % TILE_ROWS;

  multiply_rows (TILE_ROWS, TILE_PANELS, tiled_rows, depth, columns, a, a_stride, w,
                 initial, initial_stride, c, c_stride);
  a += tiled_rows * a_stride;
  initial += tiled_rows * initial_stride;
  c += tiled_rows * c_stride;

  /* Few rows leave registers for more panels at a time, which keeps the multipliers busy. */
#define CASE(n_rows, n_panels) \
  case n_rows: \
    multiply_rows (n_rows, n_panels, n_rows, depth, columns, a, a_stride, w, \
                   initial, initial_stride, c, c_stride); \
    break

  switch (rows - tiled_rows)
    {
      LAST_ROWS
    default:
      break;
    }
#undef CASE
}

static void
simd_add_rows (size_t       rows,
               size_t       columns,
               const float *a,
               size_t       a_stride,
               float       *sums)
{
  for (size_t row = 0; row < rows; row++, a += a_stride)
    {
      size_t column = 0;

      for (; column + LANES <= columns; column += LANES)
        store (sums + column, load (sums + column) + load (a + column));
      if (column < columns)
        store_part (sums + column, columns - column,
                    load_part (sums + column, columns - column)
                    + load_part (a + column, columns - column));
    }
}

static float
simd_dot (size_t       n,
          const float *a,
          const float *b)
{
  Vector sums = { 0 };
  float sum = 0.0f;
  size_t i = 0;

  for (; i + LANES <= n; i += LANES)
    sums = multiply_add (load (a + i), load (b + i), sums);
  if (i < n)
    sums = multiply_add (load_part (a + i, n - i), load_part (b + i, n - i), sums);
  for (size_t lane = 0; lane < LANES; lane++)
    sum += sums[lane];
  return sum;
}

static void
simd_sigmoid (size_t       n,
              const float *x,
              float       *y)
{
  for (size_t i = 0; i < n; i += LANES)
    store (y + i, logistic (load (x + i)));
}

static void
simd_tanh (size_t       n,
           const float *x,
           float       *y)
{
  for (size_t i = 0; i < n; i += LANES)
    store (y + i, hyperbolic_tangent (load (x + i)));
}

static void
simd_rnn_backward (size_t       n,
                   const float *h,
                   const float *d_h,
                   float       *gradient)
{
  const Vector one = splat (1.0f);

  for (size_t i = 0; i < n; i += LANES)
    {
      Vector state = load (h + i);

      store (gradient + i, load (d_h + i) * (one - state * state));
    }
}

static void
simd_lstm_forward (size_t       rows,
                   size_t       width,
                   float       *gates,
                   const float *c_previous,
                   float       *c,
                   float       *tanh_c,
                   float       *h)
{
  for (size_t row = 0; row < rows; row++)
    for (size_t lane = 0; lane < width; lane += LANES)
      {
        float *gate = gates + row * 4 * width + lane;
        size_t k = row * width + lane;
        Vector i = logistic (load (gate));
        Vector f = logistic (load (gate + width));
        Vector g = hyperbolic_tangent (load (gate + 2 * width));
        Vector o = logistic (load (gate + 3 * width));
        Vector cell = multiply_add (f, load (c_previous + k), i * g);
        Vector squashed = hyperbolic_tangent (cell);

        store (c + k, cell);
        store (tanh_c + k, squashed);
        store (h + k, o * squashed);
        store (gate, i);
        store (gate + width, f);
        store (gate + 2 * width, g);
        store (gate + 3 * width, o);
      }
}

static void
simd_lstm_backward (size_t       rows,
                    size_t       width,
                    float       *gates,
                    const float *c_previous,
                    const float *tanh_c,
                    const float *d_h,
                    float       *d_c)
{
  const Vector one = splat (1.0f);

  for (size_t row = 0; row < rows; row++)
    for (size_t lane = 0; lane < width; lane += LANES)
      {
        float *gate = gates + row * 4 * width + lane;
        size_t k = row * width + lane;
        Vector i = load (gate);
        Vector f = load (gate + width);
        Vector g = load (gate + 2 * width);
        Vector o = load (gate + 3 * width);
        Vector squashed = load (tanh_c + k);
        Vector d_state = load (d_h + k);
        Vector d = load (d_c + k) + d_state * o * (one - squashed * squashed);

        store (gate, d * g * i * (one - i));
        store (gate + width, d * load (c_previous + k) * f * (one - f));
        store (gate + 2 * width, d * i * (one - g * g));
        store (gate + 3 * width, d_state * squashed * o * (one - o));
        store (d_c + k, d * f);
      }
}

static void
simd_gru_forward (size_t       rows,
                  size_t       width,
                  float       *gates,
                  const float *u,
                  const float *h_previous,
                  float       *h)
{
  for (size_t row = 0; row < rows; row++)
    for (size_t lane = 0; lane < width; lane += LANES)
      {
        float *gate = gates + row * 3 * width + lane;
        size_t k = row * width + lane;
        Vector r = logistic (load (gate));
        Vector z = logistic (load (gate + width));
        Vector n = hyperbolic_tangent (multiply_add (r, load (u + k), load (gate + 2 * width)));

        store (h + k, multiply_add (z, load (h_previous + k) - n, n));
        store (gate, r);
        store (gate + width, z);
        store (gate + 2 * width, n);
      }
}

static void
simd_gru_backward (size_t       rows,
                   size_t       width,
                   float       *gates,
                   float       *u,
                   const float *h_previous,
                   const float *d_h,
                   float       *d_previous)
{
  const Vector one = splat (1.0f);

  for (size_t row = 0; row < rows; row++)
    for (size_t lane = 0; lane < width; lane += LANES)
      {
        float *gate = gates + row * 3 * width + lane;
        size_t k = row * width + lane;
        Vector r = load (gate);
        Vector z = load (gate + width);
        Vector n = load (gate + 2 * width);
        Vector d = load (d_h + k);
        Vector d_n = d * (one - z) * (one - n * n);

        store (gate, d_n * load (u + k) * r * (one - r));
        store (gate + width, d * (load (h_previous + k) - n) * z * (one - z));
        store (gate + 2 * width, d_n);
        store (u + k, d_n * r);
        store (d_previous + k, multiply_add (d, z, load (d_previous + k)));
      }
}

ALWAYS_INLINE Vector
move (const UtNnAdam *step,
      Vector          parameter,
      Vector          first,
      Vector          second)
{
  Vector root = multiply_add (square_root (second), splat (step->root_scale),
                              splat (step->epsilon));

  return multiply_add (splat (-step->step_size), first / root, splat (step->keep) * parameter);
}

ALWAYS_INLINE void
adam_vector (const UtNnAdam *step,
             Vector          g,
             Vector         *p,
             Vector         *m,
             Vector         *v)
{
  *m = multiply_add (splat (step->one_minus_beta1), g, splat (step->beta1) * *m);
  *v = multiply_add (splat (step->one_minus_beta2) * g, g, splat (step->beta2) * *v);
  *p = move (step, *p, *m, *v);
}

static void
simd_adam (size_t          n,
           const UtNnAdam *step,
           const float    *gradient,
           const float    *before,
           float          *parameter,
           float          *first,
           float          *second)
{
  if (n < LANES)
    {
      Vector p = load_part (before, n);
      Vector m = load_part (first, n);
      Vector v = load_part (second, n);

      adam_vector (step, load_part (gradient, n), &p, &m, &v);
      store_part (parameter, n, p);
      store_part (first, n, m);
      store_part (second, n, v);
      return;
    }

  size_t last = n - LANES;
  Vector last_p = load (before + last);
  Vector last_m = load (first + last);
  Vector last_v = load (second + last);

  for (size_t i = 0; i < last; i += LANES)
    {
      Vector p = load (before + i);
      Vector m = load (first + i);
      Vector v = load (second + i);

      adam_vector (step, load (gradient + i), &p, &m, &v);
      store (parameter + i, p);
      store (first + i, m);
      store (second + i, v);
    }
  adam_vector (step, load (gradient + last), &last_p, &last_m, &last_v);
  store (parameter + last, last_p);
  store (first + last, last_m);
  store (second + last, last_v);
}

static void
simd_adam_idle (size_t          n,
                const UtNnAdam *step,
                float          *parameter,
                float          *first,
                float          *second)
{
  const Vector beta1 = splat (step->beta1);
  const Vector beta2 = splat (step->beta2);
  size_t i = 0;

  for (; i + LANES <= n; i += LANES)
    {
      Vector m = beta1 * load (first + i);
      Vector v = beta2 * load (second + i);

      store (parameter + i, move (step, load (parameter + i), m, v));
      store (first + i, m);
      store (second + i, v);
    }
  if (i < n)
    {
      Vector m = beta1 * load_part (first + i, n - i);
      Vector v = beta2 * load_part (second + i, n - i);

      store_part (parameter + i, n - i, move (step, load_part (parameter + i, n - i), m, v));
      store_part (first + i, n - i, m);
      store_part (second + i, n - i, v);
    }
}

ALWAYS_INLINE Vector
catch_up_vector (const UtNnIdle *idle,
                 Vector          parameter,
                 Vector          first,
                 Vector          second)
{
  const Vector one = splat (1.0f);
  Vector inverse = one / (square_root (second) + splat (idle->shift));
  Vector spread = splat (idle->spread) * inverse;
  Vector move_by = splat (-idle->gain) * first * inverse;

  return multiply_add (move_by, multiply_add (spread, spread, one),
                       splat (idle->keep) * parameter);
}

static void
simd_adam_catch_up (size_t          n,
                    const UtNnIdle *idle,
                    const float    *parameter,
                    const float    *first,
                    const float    *second,
                    float          *target)
{
  if (n < LANES)
    {
      store_part (target, n, catch_up_vector (idle, load_part (parameter, n), load_part (first, n),
                                              load_part (second, n)));
      return;
    }

  size_t last = n - LANES;

  for (size_t i = 0; i < last; i += LANES)
    store (target + i, catch_up_vector (idle, load (parameter + i), load (first + i),
                                        load (second + i)));
  store (target + last, catch_up_vector (idle, load (parameter + last), load (first + last),
                                         load (second + last)));
}

ALWAYS_INLINE Vector
replay_vector (size_t          n_steps,
               const UtNnAdam *steps,
               Vector          parameter,
               Vector          first,
               Vector          second)
{
  for (size_t k = 0; k < n_steps; k++)
    {
      first = splat (steps[k].beta1) * first;
      second = splat (steps[k].beta2) * second;
      parameter = move (&steps[k], parameter, first, second);
    }
  return parameter;
}

static void
simd_adam_replay (size_t          n,
                  size_t          n_steps,
                  const UtNnAdam *steps,
                  const float    *parameter,
                  const float    *first,
                  const float    *second,
                  float          *target)
{
  if (n < LANES)
    {
      store_part (target, n, replay_vector (n_steps, steps, load_part (parameter, n),
                                            load_part (first, n), load_part (second, n)));
      return;
    }

  size_t last = n - LANES;

  for (size_t i = 0; i < last; i += LANES)
    store (target + i, replay_vector (n_steps, steps, load (parameter + i), load (first + i),
                                      load (second + i)));
  store (target + last, replay_vector (n_steps, steps, load (parameter + last),
                                       load (first + last), load (second + last)));
}

const UtNnKernels KERNELS = {
  .name = KERNELS_NAME,
  .multiply = simd_multiply,
  .multiply_transposed = MULTIPLY_TRANSPOSED,
  .add_rows = simd_add_rows,
  .dot = simd_dot,
  .sigmoid = simd_sigmoid,
  .tanh = simd_tanh,
  .rnn_backward = simd_rnn_backward,
  .lstm_forward = simd_lstm_forward,
  .lstm_backward = simd_lstm_backward,
  .gru_forward = simd_gru_forward,
  .gru_backward = simd_gru_backward,
  .adam = simd_adam,
  .adam_idle = simd_adam_idle,
  .adam_catch_up = simd_adam_catch_up,
  .adam_replay = simd_adam_replay,
};
