/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-positions-private.h"

#include <math.h>

/* The softmax of scores x is exp (x - largest) / sum. */
typedef struct
{
  double largest;
  size_t first;                 /* position of the largest, or of the first that is as large */
  double sum;
} Softmax;

static double
get_score (const UtNnSequence *sequence,
           const UtReal       *scores,
           size_t              s,
           size_t              t)
{
  return (double) scores[_ut_nn_sequence_get_row (sequence, s, t)];
}

static Softmax
sum_up (const UtNnSequence *sequence,
        const UtReal       *scores,
        size_t              s)
{
  Softmax softmax = { .largest = get_score (sequence, scores, s, 0) };

  for (size_t t = 1; t < sequence->lengths[s]; t++)
    {
      double score = get_score (sequence, scores, s, t);

      if (score > softmax.largest)
        {
          softmax.largest = score;
          softmax.first = t;
        }
    }
  for (size_t t = 0; t < sequence->lengths[s]; t++)
    softmax.sum += exp (get_score (sequence, scores, s, t) - softmax.largest);
  return softmax;
}

UtReal
_ut_nn_positions_get_logit (const UtNnSequence *sequence,
                            const UtReal       *scores,
                            size_t              s,
                            size_t              length)
{
  if (length == 1)
    return 0;
  return scores[_ut_nn_sequence_get_row (sequence, s, 1)]
         - scores[_ut_nn_sequence_get_row (sequence, s, 0)];
}

UtNnOutcome
_ut_nn_positions_compare (const UtNnSequence *sequence,
                          const UtReal       *scores,
                          size_t              s,
                          uint8_t             label)
{
  Softmax softmax = sum_up (sequence, scores, s);
  UtNnOutcome outcome = {
    .answer = softmax.first > 1 ? UT_NN_ANSWER_NEITHER : (UtNnAnswer) softmax.first,
    .counts = _ut_nn_positions_have (sequence, s, label),
  };

  if (outcome.counts)
    outcome.loss = log (softmax.sum) - (get_score (sequence, scores, s, label) - softmax.largest);
  return outcome;
}

/* d loss / d score = (softmax - wanted) / n_counted */
void
_ut_nn_positions_differentiate (const UtNnSequence *sequence,
                                UtReal             *scores,
                                size_t              s,
                                uint8_t             label,
                                size_t              n_counted)
{
  Softmax softmax = sum_up (sequence, scores, s);
  bool counts = _ut_nn_positions_have (sequence, s, label);

  for (size_t t = 0; t < sequence->lengths[s]; t++)
    {
      UtReal *score = &scores[_ut_nn_sequence_get_row (sequence, s, t)];
      double error = exp ((double) *score - softmax.largest) / softmax.sum - (t == label);

      *score = counts ? (UtReal) (error / (double) n_counted) : 0;
    }
}
