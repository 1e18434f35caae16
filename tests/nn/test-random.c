/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "ut-nn-random-private.h"

static void
test_known_answers (void)
{
  static const struct
  {
    uint32_t counter[4];
    uint32_t key[2];
    uint32_t block[4];
  } answers[] = {
    { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
    { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, { 0xffffffff, 0xffffffff },
      { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
    { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, { 0xa4093822, 0x299f31d0 },
      { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
  };

  g_test_summary ("Philox4x32-10 gives the answers of Random123's kat_vectors");
  for (size_t i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      uint32_t block[4];

      _ut_nn_philox (answers[i].counter, answers[i].key, block);
      g_assert_cmpmem (block, sizeof block, answers[i].block, sizeof answers[i].block);
    }
  g_assert_cmphex (ut_nn_random_bits ((UtNnRandom) { 0, 0 }, 0), ==, 0xe169c58d6627e8d5);
}

static void
test_streams (void)
{
  const UtNnRandom random = { 7, UT_NN_STREAM_SHUFFLE };

  g_test_summary ("Seed, stream and index each change the number, in both their halves");
  uint64_t bits = ut_nn_random_bits (random, 3);
  g_assert_cmphex (bits, ==, ut_nn_random_bits (random, 3));
  g_assert_cmphex (bits, !=, ut_nn_random_bits (random, 4));
  g_assert_cmphex (bits, !=, ut_nn_random_bits (random, 3 + (UINT64_C (1) << 32)));
  g_assert_cmphex (bits, !=, ut_nn_random_bits ((UtNnRandom) { 8, UT_NN_STREAM_SHUFFLE }, 3));
  g_assert_cmphex (bits, !=, ut_nn_random_bits ((UtNnRandom) { 7 + (UINT64_C (1) << 32),
                                                               UT_NN_STREAM_SHUFFLE }, 3));
  g_assert_cmphex (bits, !=, ut_nn_random_bits ((UtNnRandom) { 7, UT_NN_STREAM_SHUFFLE + 1 }, 3));
  g_assert_cmphex (bits, !=, ut_nn_random_bits ((UtNnRandom) { 7, UT_NN_STREAM_UNKNOWN }, 3));
}

static void
test_moments (void)
{
  enum { N = 200000 };
  const UtNnRandom random = { 42, UT_NN_STREAM_EMBEDDING };
  double uniform_sum = 0, uniform_squares = 0, normal_sum = 0, normal_squares = 0, fourth = 0;

  g_test_summary ("Uniform and normal numbers have their mean, variance and fourth moment");
  for (size_t i = 0; i < N; i++)
    {
      double u = ut_nn_random_uniform (random, i);
      double z = ut_nn_random_normal (random, i);

      g_assert_cmpfloat (u, >=, 0.0);
      g_assert_cmpfloat (u, <, 1.0);
      g_assert_true (isfinite (z));
      uniform_sum += u;
      uniform_squares += u * u;
      normal_sum += z;
      normal_squares += z * z;
      fourth += z * z * z * z;
    }

  /* Five standard errors of each mean. */
  double root = sqrt (N);
  g_assert_cmpfloat_with_epsilon (uniform_sum / N, 0.5, 5 * sqrt (1.0 / 12) / root);
  g_assert_cmpfloat_with_epsilon (uniform_squares / N, 1.0 / 3, 5 * sqrt (4.0 / 45) / root);
  g_assert_cmpfloat_with_epsilon (normal_sum / N, 0.0, 5 / root);
  g_assert_cmpfloat_with_epsilon (normal_squares / N, 1.0, 5 * sqrt (2) / root);
  g_assert_cmpfloat_with_epsilon (fourth / N, 3.0, 5 * sqrt (96) / root);
}

static void
test_shuffle (void)
{
  enum { N = 5, N_TRIALS = 24000 };
  unsigned counts[N][N] = { 0 };

  g_test_summary ("A shuffle is a permutation, and each item stands everywhere equally often");
  for (uint64_t seed = 0; seed < N_TRIALS; seed++)
    {
      uint32_t items[N] = { 0, 1, 2, 3, 4 };
      unsigned seen = 0;

      ut_nn_random_shuffle ((UtNnRandom) { seed, UT_NN_STREAM_SHUFFLE }, items, N);
      for (size_t i = 0; i < N; i++)
        {
          seen |= 1u << items[i];
          counts[items[i]][i]++;
        }
      g_assert_cmpuint (seen, ==, (1u << N) - 1);
    }

  double expected = (double) N_TRIALS / N;
  for (size_t item = 0; item < N; item++)
    for (size_t i = 0; i < N; i++)
      g_assert_cmpfloat_with_epsilon (counts[item][i], expected,
                                      5 * sqrt (expected * (1 - 1.0 / N)));

  uint32_t one = 9;
  ut_nn_random_shuffle ((UtNnRandom) { 1, 2 }, &one, 1);
  ut_nn_random_shuffle ((UtNnRandom) { 1, 2 }, NULL, 0);
  g_assert_cmpuint (one, ==, 9);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/random/known-answers", test_known_answers);
  g_test_add_func ("/nn/random/streams", test_streams);
  g_test_add_func ("/nn/random/moments", test_moments);
  g_test_add_func ("/nn/random/shuffle", test_shuffle);
  return g_test_run ();
}
