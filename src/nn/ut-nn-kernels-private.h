/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <stddef.h>
#include <stdint.h>

/* The tests build the reference and everything above the kernels in double precision, too. */
#ifdef UT_NN_DOUBLE
typedef double UtReal;
#else
typedef float UtReal;
#endif

/* Widths of activations are rounded up to this many lanes, whose padding is always zero: the floats
 * of the widest vector. It is also the number of columns in a panel of packed weights. */
#define UT_NN_LANES ((size_t) 16)

/* Adam's numbers for one step t (Kingma and Ba 2015, algorithm 1, in PyTorch's order of
 * operations), with decoupled weight decay (Loshchilov and Hutter 2019). */
typedef struct
{
  UtReal beta1;
  UtReal beta2;
  UtReal one_minus_beta1;
  UtReal one_minus_beta2;
  UtReal step_size;             /* learning rate / (1 - beta1^t) */
  UtReal root_scale;            /* 1 / sqrt (1 - beta2^t) */
  UtReal epsilon;
  UtReal keep;                  /* 1 - learning rate · weight decay */
} UtNnAdam;

/* Adam's numbers for several steps without a gradient at once; the equation stands in
 * ut-nn-rows.c. */
typedef struct
{
  UtReal gain;                  /* G */
  UtReal shift;                 /* the mean of e, ε's part in the denominators */
  UtReal spread;                /* its standard deviation */
  UtReal keep;                  /* R: what weight decay leaves of the parameter */
} UtNnIdle;

/*
 * The inner loops. W below is a width rounded up to UT_NN_LANES; arrays may have any alignment.
 * Each kernel computes an element with the same operations in the same order wherever the element
 * stands and however many rows there are: a sentence's result does not depend on its company.
 */
typedef struct
{
  const char *name;

  /* c = initial + a × w. a (rows, depth) and c (rows, columns) have row strides; w (depth, columns)
   * is packed in panels; columns is a multiple of UT_NN_LANES. Row r of the initial value stands at
   * initial + r·initial_stride: a bias has stride 0, and c itself is allowed. */
  void (*multiply) (size_t rows, size_t depth, size_t columns,
                    const UtReal *a, size_t a_stride,
                    const UtReal *w,
                    const UtReal *initial, size_t initial_stride,
                    UtReal *c, size_t c_stride);

  /* c += aᵀ × b. a (depth, rows), b (depth, columns), c (rows, columns). */
  void (*multiply_transposed) (size_t rows, size_t columns, size_t depth,
                               const UtReal *a, size_t a_stride,
                               const UtReal *b, size_t b_stride,
                               UtReal *c, size_t c_stride);

  /* sums (columns) += the sum of the rows of a (rows, columns). */
  void (*add_rows) (size_t rows, size_t columns,
                    const UtReal *a, size_t a_stride,
                    UtReal *sums);

  /* Σ a·b over n numbers. */
  UtReal (*dot) (size_t n, const UtReal *a, const UtReal *b);

  /* y = 1 / (1 + exp(-x)) and y = tanh(x); y may be x; n is a multiple of UT_NN_LANES. */
  void (*sigmoid) (size_t n, const UtReal *x, UtReal *y);
  void (*tanh) (size_t n, const UtReal *x, UtReal *y);

  /* gradient = d_h ∘ (1 - h²), n a multiple of UT_NN_LANES. */
  void (*rnn_backward) (size_t n, const UtReal *h, const UtReal *d_h, UtReal *gradient);

  /* The cells' element-wise parts; equations in ut-nn-layer.c. gates (rows, G·W) holds sums on
   * entry of forward and activations after it; backward replaces these by the gradient of the
   * sums. */
  void (*lstm_forward) (size_t rows, size_t width, UtReal *gates,
                        const UtReal *c_previous, UtReal *c, UtReal *tanh_c, UtReal *h);
  void (*lstm_backward) (size_t rows, size_t width, UtReal *gates,
                         const UtReal *c_previous, const UtReal *tanh_c,
                         const UtReal *d_h, UtReal *d_c);
  void (*gru_forward) (size_t rows, size_t width, UtReal *gates,
                       const UtReal *u, const UtReal *h_previous, UtReal *h);
  void (*gru_backward) (size_t rows, size_t width, UtReal *gates, UtReal *u,
                        const UtReal *h_previous, const UtReal *d_h, UtReal *d_previous);

  /* One step of Adam on n numbers: parameter = what @before, which may be @parameter itself, moves
   * to; adam_idle is the same for a gradient of zero. */
  void (*adam) (size_t n, const UtNnAdam *step, const UtReal *gradient, const UtReal *before,
                UtReal *parameter, UtReal *first, UtReal *second);
  void (*adam_idle) (size_t n, const UtNnAdam *step, UtReal *parameter,
                     UtReal *first, UtReal *second);

  /* target = the parameters after idle steps, which write nothing else: those of @idle at once, or
   * n_steps of them one by one, each with its own numbers. */
  void (*adam_catch_up) (size_t n, const UtNnIdle *idle, const UtReal *parameter,
                         const UtReal *first, const UtReal *second, UtReal *target);
  void (*adam_replay) (size_t n, size_t n_steps, const UtNnAdam *steps, const UtReal *parameter,
                       const UtReal *first, const UtReal *second, UtReal *target);
} UtNnKernels;

#ifndef UT_NN_DOUBLE
/* The transposed product by OpenBLAS, for tables without an own one. */
void _ut_nn_kernels_multiply_transposed (size_t       rows,
                                         size_t       columns,
                                         size_t       depth,
                                         const float *a,
                                         size_t       a_stride,
                                         const float *b,
                                         size_t       b_stride,
                                         float       *c,
                                         size_t       c_stride);
#endif

extern const UtNnKernels _ut_nn_kernels_ref;
extern const UtNnKernels _ut_nn_kernels_portable;
#ifdef UT_NN_HAVE_X86
extern const UtNnKernels _ut_nn_kernels_avx2;
extern const UtNnKernels _ut_nn_kernels_avx512;
#endif

/* The fastest kernels this processor runs, or those that UT_NN_KERNELS names. Any thread. */
const UtNnKernels *_ut_nn_kernels_get  (void);

/* (nullable): the kernels called @name, if this processor runs them. */
const UtNnKernels *_ut_nn_kernels_find (const char *name);

static inline size_t
_ut_nn_round_up (size_t n)
{
  return (n + UT_NN_LANES - 1) / UT_NN_LANES * UT_NN_LANES;
}
