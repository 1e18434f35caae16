/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <stddef.h>
#include <stdint.h>

/**
 * UtNnRandom:
 * @seed: the seed of the run.
 * @stream: which of the run's independent sequences; one purpose each, see %UT_NN_STREAM_WEIGHTS.
 *
 * A counter-based random number generator: number @index of a stream is a pure function of seed,
 * stream and index, so that no order of calls and no number of threads changes it.
 */
typedef struct
{
  uint64_t seed;
  uint64_t stream;
} UtNnRandom;

/* Streams in use. A purpose that repeats each epoch adds the epoch (from 1) to its base. */
#define UT_NN_STREAM_WEIGHTS    UINT64_C (0x0100000000)
#define UT_NN_STREAM_EMBEDDING  UINT64_C (0x0200000000)
#define UT_NN_STREAM_SHUFFLE    UINT64_C (0x0300000000)
#define UT_NN_STREAM_UNKNOWN    UINT64_C (0x0400000000)
#define UT_NN_STREAM_SPLIT      UINT64_C (0x0500000000)
#define UT_NN_STREAM_EXAMPLES   UINT64_C (0x0600000000)
#define UT_NN_STREAM_DROPOUT    UINT64_C (0x0700000000)

/** ut_nn_random_bits: 64 uniform random bits, number @index of the stream. Any thread. */
uint64_t ut_nn_random_bits    (UtNnRandom random,
                               uint64_t   index);

/** ut_nn_random_uniform: a double in [0, 1) with 53 random bits, number @index of the stream. */
double   ut_nn_random_uniform (UtNnRandom random,
                               uint64_t   index);

/** ut_nn_random_normal: a standard normal double (Box and Muller 1958), number @index of the
 * stream. */
double   ut_nn_random_normal  (UtNnRandom random,
                               uint64_t   index);

/**
 * ut_nn_random_shuffle:
 * @random: the stream.
 * @items: (n) numbers, permuted in place.
 * @n: how many.
 *
 * A uniform random permutation (Durstenfeld 1964), without modulo bias.
 */
void     ut_nn_random_shuffle (UtNnRandom random,
                               uint32_t  *items,
                               size_t     n);
