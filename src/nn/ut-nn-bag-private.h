/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch-private.h"
#include "ut-nn-kernels-private.h"

/*
 * Logistic regression on a bag of words and bigrams: a sentence's logit is the bias and the sum over
 * its tokens of x, of which the first number is the word's weight and that of its pair with the word
 * before. x (N, width) is looked up like any network's.
 */

/* The logit of the first @length tokens of sentence @s. */
UtReal _ut_nn_bag_classify (const UtNnSequence *sequence,
                            const UtReal       *x,
                            size_t              width,
                            UtReal              bias,
                            size_t              s,
                            size_t              length);

/* From d_logits (sentences) to d_x (N, width), of which it writes the first column. */
void   _ut_nn_bag_backward (const UtNnSequence *sequence,
                            const UtReal       *d_logits,
                            size_t              width,
                            UtReal             *d_x);
