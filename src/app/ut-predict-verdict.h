/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtPredictOpinion:
 * @UT_PREDICT_NOTHING: there is no word to read.
 * @UT_PREDICT_CANNOT_SAY: half of the words or more are unknown.
 * @UT_PREDICT_UNSURE: 0.40 to 0.60.
 * @UT_PREDICT_POSITIVE: above.
 * @UT_PREDICT_NEGATIVE: below.
 *
 * What an answer amounts to.
 */
typedef enum
{
  UT_PREDICT_NOTHING,
  UT_PREDICT_CANNOT_SAY,
  UT_PREDICT_UNSURE,
  UT_PREDICT_POSITIVE,
  UT_PREDICT_NEGATIVE,
} UtPredictOpinion;

/**
 * ut_predict_opinion:
 * @probability: of the positive class; NaN where there is none.
 * @n_words: words of the text or sentence.
 * @n_unknown: how many of them the model neither knows nor guesses.
 *
 * Returns: what the answer amounts to.
 */
UtPredictOpinion ut_predict_opinion (double               probability,
                                     gsize                n_words,
                                     gsize                n_unknown);

/**
 * ut_predict_verdict_new:
 * @prediction: the answers.
 * @reading: how the text was read.
 * @n_head: (out) (nullable): bytes of the verdict's head, as "Positive 0.78".
 *
 * The verdict in one line; it names the rule it comes from and counts the words that are unknown or
 * guessed from their parts.
 *
 * Returns: (transfer full): translated text.
 */
char            *ut_predict_verdict_new (const UtPrediction *prediction,
                                         UtReading           reading,
                                         gsize              *n_head);

/**
 * ut_predict_limit_new:
 * @n_words: words of the text.
 * @n_tinted: words that can be tinted.
 *
 * Returns: (transfer full) (nullable): a line that says which part of the text is tinted; %NULL
 *   where
 *   all of it is.
 */
char            *ut_predict_limit_new   (gsize               n_words,
                                         gsize               n_tinted);

/**
 * ut_predict_get_hint:
 * @config: of the model that answers.
 *
 * Returns: (nullable): translated text that says how the answer at each word came about; %NULL for
 *   a model that reads forward and answers by its last state, where the answer to a text that ended
 *   there is simply the one it has at that word.
 */
const char      *ut_predict_get_hint    (const UtConfig      *config);

/**
 * ut_predict_sample_note_new:
 * @prediction: the answers of a model that learned from bundled, made-up reviews.
 *
 * Returns: (transfer full) (nullable): a line for a text of which the model does not know over 30
 *   %.
 */
char            *ut_predict_sample_note_new (const UtPrediction *prediction);

G_END_DECLS
