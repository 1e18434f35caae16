/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-random-private.h"

#include <math.h>

/* Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11, section 3.3:
 * the multipliers and Weyl constants of Philox4x32 and its ten rounds. */
#define PHILOX_M0 UINT32_C (0xD2511F53)
#define PHILOX_M1 UINT32_C (0xCD9E8D57)
#define PHILOX_W0 UINT32_C (0x9E3779B9)
#define PHILOX_W1 UINT32_C (0xBB67AE85)
#define PHILOX_ROUNDS 10

void
_ut_nn_philox (const uint32_t counter[4],
               const uint32_t key[2],
               uint32_t       block[4])
{
  uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  uint32_t k0 = key[0], k1 = key[1];

  for (size_t round = 0; round < PHILOX_ROUNDS; round++)
    {
      uint64_t p0 = (uint64_t) PHILOX_M0 * c0;
      uint64_t p1 = (uint64_t) PHILOX_M1 * c2;

      c0 = (uint32_t) (p1 >> 32) ^ c1 ^ k0;
      c1 = (uint32_t) p1;
      c2 = (uint32_t) (p0 >> 32) ^ c3 ^ k1;
      c3 = (uint32_t) p0;
      k0 += PHILOX_W0;
      k1 += PHILOX_W1;
    }

  block[0] = c0;
  block[1] = c1;
  block[2] = c2;
  block[3] = c3;
}

/* The counter is the index and the stream, the key is the seed: number @index costs one block. */
static void
draw (UtNnRandom random,
      uint64_t   index,
      uint64_t   bits[2])
{
  const uint32_t counter[4] = {
    (uint32_t) index, (uint32_t) (index >> 32),
    (uint32_t) random.stream, (uint32_t) (random.stream >> 32),
  };
  const uint32_t key[2] = { (uint32_t) random.seed, (uint32_t) (random.seed >> 32) };
  uint32_t block[4];

  _ut_nn_philox (counter, key, block);
  bits[0] = (uint64_t) block[1] << 32 | block[0];
  bits[1] = (uint64_t) block[3] << 32 | block[2];
}

static double
to_uniform (uint64_t bits)
{
  return (double) (bits >> 11) * 0x1p-53;
}

uint64_t
ut_nn_random_bits (UtNnRandom random,
                   uint64_t   index)
{
  uint64_t bits[2];

  draw (random, index, bits);
  return bits[0];
}

double
ut_nn_random_uniform (UtNnRandom random,
                      uint64_t   index)
{
  return to_uniform (ut_nn_random_bits (random, index));
}

double
ut_nn_random_normal (UtNnRandom random,
                     uint64_t   index)
{
  uint64_t bits[2];

  draw (random, index, bits);

  /* 1 - u lies in (0, 1], so that the logarithm is finite. */
  double radius = sqrt (-2.0 * log (1.0 - to_uniform (bits[0])));
  return radius * cos (2.0 * M_PI * to_uniform (bits[1]));
}

void
ut_nn_random_shuffle (UtNnRandom  random,
                      uint32_t   *items,
                      size_t      n)
{
  uint64_t index = 0;

  for (size_t i = n; i > 1; i--)
    {
      /* The 2^64 mod i smallest draws are drawn again; the others hit each remainder equally
       * often. */
      uint64_t n_rejected = (0 - (uint64_t) i) % i;
      uint64_t bits;
      do
        bits = ut_nn_random_bits (random, index++);
      while (bits < n_rejected);

      size_t j = bits % i;
      uint32_t item = items[i - 1];
      items[i - 1] = items[j];
      items[j] = item;
    }
}
