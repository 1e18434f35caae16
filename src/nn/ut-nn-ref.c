/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* Every kernel in the plainest form: what the fast ones are tested against, in float and double. */
#include "ut-nn-kernels-private.h"

#include <tgmath.h>

static void
ref_multiply (size_t        rows,
              size_t        depth,
              size_t        columns,
              const UtReal *a,
              size_t        a_stride,
              const UtReal *w,
              const UtReal *initial,
              size_t        initial_stride,
              UtReal       *c,
              size_t        c_stride)
{
  for (size_t row = 0; row < rows; row++)
    for (size_t column = 0; column < columns; column++)
      {
        size_t lane = column % UT_NN_LANES;
        const UtReal *panel = w + (column - lane) * depth;
        UtReal sum = initial[row * initial_stride + column];

        for (size_t k = 0; k < depth; k++)
          sum += a[row * a_stride + k] * panel[k * UT_NN_LANES + lane];
        c[row * c_stride + column] = sum;
      }
}

static void
ref_multiply_transposed (size_t        rows,
                         size_t        columns,
                         size_t        depth,
                         const UtReal *a,
                         size_t        a_stride,
                         const UtReal *b,
                         size_t        b_stride,
                         UtReal       *c,
                         size_t        c_stride)
{
  for (size_t row = 0; row < rows; row++)
    for (size_t column = 0; column < columns; column++)
      {
        UtReal sum = 0;

        for (size_t k = 0; k < depth; k++)
          sum += a[k * a_stride + row] * b[k * b_stride + column];
        c[row * c_stride + column] += sum;
      }
}

static void
ref_add_rows (size_t        rows,
              size_t        columns,
              const UtReal *a,
              size_t        a_stride,
              UtReal       *sums)
{
  for (size_t row = 0; row < rows; row++)
    for (size_t column = 0; column < columns; column++)
      sums[column] += a[row * a_stride + column];
}

static UtReal
ref_dot (size_t        n,
         const UtReal *a,
         const UtReal *b)
{
  UtReal sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

static UtReal
logistic (UtReal x)
{
  return 1 / (1 + exp (-x));
}

static void
ref_sigmoid (size_t        n,
             const UtReal *x,
             UtReal       *y)
{
  for (size_t i = 0; i < n; i++)
    y[i] = logistic (x[i]);
}

static void
ref_tanh (size_t        n,
          const UtReal *x,
          UtReal       *y)
{
  for (size_t i = 0; i < n; i++)
    y[i] = tanh (x[i]);
}

static void
ref_rnn_backward (size_t        n,
                  const UtReal *h,
                  const UtReal *d_h,
                  UtReal       *gradient)
{
  for (size_t i = 0; i < n; i++)
    gradient[i] = d_h[i] * (1 - h[i] * h[i]);
}

static void
ref_lstm_forward (size_t        rows,
                  size_t        width,
                  UtReal       *gates,
                  const UtReal *c_previous,
                  UtReal       *c,
                  UtReal       *tanh_c,
                  UtReal       *h)
{
  for (size_t k = 0; k < rows * width; k++)
    {
      UtReal *gate = gates + k / width * 4 * width + k % width;
      UtReal i = logistic (gate[0]);
      UtReal f = logistic (gate[width]);
      UtReal g = tanh (gate[2 * width]);
      UtReal o = logistic (gate[3 * width]);

      c[k] = f * c_previous[k] + i * g;
      tanh_c[k] = tanh (c[k]);
      h[k] = o * tanh_c[k];
      gate[0] = i;
      gate[width] = f;
      gate[2 * width] = g;
      gate[3 * width] = o;
    }
}

static void
ref_lstm_backward (size_t        rows,
                   size_t        width,
                   UtReal       *gates,
                   const UtReal *c_previous,
                   const UtReal *tanh_c,
                   const UtReal *d_h,
                   UtReal       *d_c)
{
  for (size_t k = 0; k < rows * width; k++)
    {
      UtReal *gate = gates + k / width * 4 * width + k % width;
      UtReal i = gate[0];
      UtReal f = gate[width];
      UtReal g = gate[2 * width];
      UtReal o = gate[3 * width];
      UtReal d = d_c[k] + d_h[k] * o * (1 - tanh_c[k] * tanh_c[k]);

      gate[0] = d * g * i * (1 - i);
      gate[width] = d * c_previous[k] * f * (1 - f);
      gate[2 * width] = d * i * (1 - g * g);
      gate[3 * width] = d_h[k] * tanh_c[k] * o * (1 - o);
      d_c[k] = d * f;
    }
}

static void
ref_gru_forward (size_t        rows,
                 size_t        width,
                 UtReal       *gates,
                 const UtReal *u,
                 const UtReal *h_previous,
                 UtReal       *h)
{
  for (size_t k = 0; k < rows * width; k++)
    {
      UtReal *gate = gates + k / width * 3 * width + k % width;
      UtReal r = logistic (gate[0]);
      UtReal z = logistic (gate[width]);
      UtReal n = tanh (gate[2 * width] + r * u[k]);

      h[k] = n + z * (h_previous[k] - n);
      gate[0] = r;
      gate[width] = z;
      gate[2 * width] = n;
    }
}

static void
ref_gru_backward (size_t        rows,
                  size_t        width,
                  UtReal       *gates,
                  UtReal       *u,
                  const UtReal *h_previous,
                  const UtReal *d_h,
                  UtReal       *d_previous)
{
  for (size_t k = 0; k < rows * width; k++)
    {
      UtReal *gate = gates + k / width * 3 * width + k % width;
      UtReal r = gate[0];
      UtReal z = gate[width];
      UtReal n = gate[2 * width];
      UtReal d_n = d_h[k] * (1 - z) * (1 - n * n);

      gate[0] = d_n * u[k] * r * (1 - r);
      gate[width] = d_h[k] * (h_previous[k] - n) * z * (1 - z);
      gate[2 * width] = d_n;
      u[k] = d_n * r;
      d_previous[k] += d_h[k] * z;
    }
}

static void
ref_adam (size_t          n,
          const UtNnAdam *step,
          const UtReal   *gradient,
          const UtReal   *before,
          UtReal         *parameter,
          UtReal         *first,
          UtReal         *second)
{
  for (size_t i = 0; i < n; i++)
    {
      UtReal g = gradient[i];

      first[i] = step->beta1 * first[i] + step->one_minus_beta1 * g;
      second[i] = step->beta2 * second[i] + step->one_minus_beta2 * g * g;
      parameter[i] = step->keep * before[i]
                     - step->step_size * (first[i] / (sqrt (second[i]) * step->root_scale
                                                      + step->epsilon));
    }
}

static void
ref_adam_idle (size_t          n,
               const UtNnAdam *step,
               UtReal         *parameter,
               UtReal         *first,
               UtReal         *second)
{
  for (size_t i = 0; i < n; i++)
    {
      const UtReal zero = 0;

      ref_adam (1, step, &zero, &parameter[i], &parameter[i], &first[i], &second[i]);
    }
}

static void
ref_adam_catch_up (size_t          n,
                   const UtNnIdle *idle,
                   const UtReal   *parameter,
                   const UtReal   *first,
                   const UtReal   *second,
                   UtReal         *target)
{
  for (size_t i = 0; i < n; i++)
    {
      UtReal inverse = 1 / (sqrt (second[i]) + idle->shift);
      UtReal spread = idle->spread * inverse;

      target[i] = idle->keep * parameter[i]
                  - first[i] * idle->gain * inverse * (1 + spread * spread);
    }
}

static void
ref_adam_replay (size_t          n,
                 size_t          n_steps,
                 const UtNnAdam *steps,
                 const UtReal   *parameter,
                 const UtReal   *first,
                 const UtReal   *second,
                 UtReal         *target)
{
  for (size_t i = 0; i < n; i++)
    {
      UtReal m = first[i];
      UtReal v = second[i];

      target[i] = parameter[i];
      for (size_t k = 0; k < n_steps; k++)
        ref_adam_idle (1, &steps[k], &target[i], &m, &v);
    }
}

const UtNnKernels _ut_nn_kernels_ref = {
  .name = "ref",
  .multiply = ref_multiply,
  .multiply_transposed = ref_multiply_transposed,
  .add_rows = ref_add_rows,
  .dot = ref_dot,
  .sigmoid = ref_sigmoid,
  .tanh = ref_tanh,
  .rnn_backward = ref_rnn_backward,
  .lstm_forward = ref_lstm_forward,
  .lstm_backward = ref_lstm_backward,
  .gru_forward = ref_gru_forward,
  .gru_backward = ref_gru_backward,
  .adam = ref_adam,
  .adam_idle = ref_adam_idle,
  .adam_catch_up = ref_adam_catch_up,
  .adam_replay = ref_adam_replay,
};
