/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-dropout-private.h"
#include "ut-nn-random-private.h"

/* Of a block of 128 random bits: 16 for each. */
#define N_DECISIONS UT_NN_DROPOUT_GROUP
/* A block's counter tells its columns in the lowest ten bits of its last word, for at most 8,192
 * features, and the token's position in the others. */
#define COLUMN_BITS 10

UtNnDropoutRates
_ut_nn_dropout_rates (const UtNnTrainerOptions *options)
{
  return (UtNnDropoutRates) {
    .embedding = (double) options->embedding_dropout,
    .layer = (double) options->layer_dropout,
    .readout = (double) options->readout_dropout,
    .word = (double) options->word_dropout,
  };
}

void
_ut_nn_dropout_draw (const UtNnDropout *dropout,
                     UtNnDropoutSite    site,
                     size_t             item,
                     size_t             position,
                     double             rate,
                     size_t             columns,
                     UtReal            *mask)
{
  const uint64_t stream = UT_NN_STREAM_DROPOUT ^ dropout->seed;
  const uint32_t key[2] = { (uint32_t) stream, (uint32_t) (stream >> 32) };
  uint32_t threshold = (uint32_t) (rate * 0x1p16 + 0.5);
  UtReal scale = (UtReal) (0x1p16 / (0x1p16 - (double) threshold));

  for (size_t first = 0; first < columns; first += N_DECISIONS)
    {
      const uint32_t counter[4] = {
        (uint32_t) dropout->step,
        (uint32_t) (dropout->step >> 32) << 8 | (uint32_t) site,
        (uint32_t) item,
        (uint32_t) (position << COLUMN_BITS | first / N_DECISIONS),
      };
      uint32_t block[4];

      _ut_nn_philox (counter, key, block);
      for (size_t i = 0; i < N_DECISIONS; i++)
        {
          uint32_t bits = block[i / 2] >> 16 * (i % 2) & 0xffff;

          mask[first + i] = bits < threshold ? 0 : scale;
        }
    }
}

void
_ut_nn_dropout_draw_tokens (const UtNnDropout  *dropout,
                            UtNnDropoutSite     site,
                            const UtNnSequence *sequence,
                            double              rate,
                            size_t              columns,
                            UtReal             *masks)
{
  for (size_t t = 0; t < sequence->n_steps; t++)
    for (size_t row = sequence->starts[t]; row < sequence->starts[t + 1]; row++)
      _ut_nn_dropout_draw (dropout, site, sequence->items[row - sequence->starts[t]], t, rate,
                           columns, masks + row * columns);
}

void
_ut_nn_dropout_apply (size_t        n,
                      const UtReal *masks,
                      UtReal       *numbers)
{
  for (size_t i = 0; i < n; i++)
    numbers[i] *= masks[i];
}
