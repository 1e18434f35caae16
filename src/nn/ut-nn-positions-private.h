/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch-private.h"
#include "ut-nn-kernels-private.h"
#include "ut-nn-predictor.h"

/*
 * The softmax over a sentence's positions, by the score that the classifier gives each of them;
 * scores are (N), by packed row. The label is the position that is wanted.
 */

/* Whether sentence @s has the position of @label. */
static inline bool
_ut_nn_positions_have (const UtNnSequence *sequence,
                       size_t              s,
                       uint8_t             label)
{
  return label < sequence->lengths[s];
}

/* The log-odds of position 1 against position 0, where the first @length positions of sentence @s
 * are all; 0 where there is only one. */
UtReal      _ut_nn_positions_get_logit     (const UtNnSequence *sequence,
                                            const UtReal       *scores,
                                            size_t              s,
                                            size_t              length);

UtNnOutcome _ut_nn_positions_compare       (const UtNnSequence *sequence,
                                            const UtReal       *scores,
                                            size_t              s,
                                            uint8_t             label);

/* Puts the gradient of the sentence's loss divided by @n_counted in place of its scores; without a
 * loss it is zero. */
void        _ut_nn_positions_differentiate (const UtNnSequence *sequence,
                                            UtReal             *scores,
                                            size_t              s,
                                            uint8_t             label,
                                            size_t              n_counted);
