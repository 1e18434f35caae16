/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-model.h"

G_BEGIN_DECLS

/**
 * UtWordAnswer:
 * @start: first byte in the text.
 * @end: the byte after the last.
 * @word: (owned by the prediction): as the model sees it.
 * @known: whether the model's vocabulary has it.
 * @guessed: whether the model, which does not know it, reads it by its parts.
 * @logit: the answer if the text ended here; of a model with a softmax over positions the log-odds
 *   of the second position against the first.
 * @probability: of the positive class, likewise; as all probabilities that which
 *   ut_model_get_probability() makes of the logit.
 * @change: @logit less that of the word before; for the first word less that of the empty sentence.
 * @attention: its weight among the words of its sentence, 0 to 1; NaN unless the model's read-out is
 *   attention.
 */
typedef struct
{
  gsize start;
  gsize end;
  const char *word;
  gboolean known;
  gboolean guessed;
  double logit;
  double probability;
  double change;
  double attention;
} UtWordAnswer;

/**
 * UtSentenceAnswer:
 * @start: first byte in the text.
 * @end: the byte after the last.
 * @first_word: index of its first word.
 * @n_words: how many; 0 for a sentence without words, whose probability is NaN.
 * @n_unknown: how many of them the model does not know and cannot guess.
 * @n_guessed: how many it guesses from their parts.
 * @logit: after its last word.
 * @probability: of the positive class.
 */
typedef struct
{
  gsize start;
  gsize end;
  gsize first_word;
  gsize n_words;
  gsize n_unknown;
  gsize n_guessed;
  double logit;
  double probability;
} UtSentenceAnswer;

/**
 * UtPrediction:
 * @sentences: (array length=n_sentences): in text order.
 * @words: (array length=n_words): of all sentences, in text order.
 * @n_unknown: words the model does not know and cannot guess.
 * @n_guessed: words it guesses from their parts.
 * @probability: mean over the sentences; NaN where there is none.
 *
 * What one model makes of one text. Of an ensemble logits are means, and a word is known or guessed
 * where one of its models knows or guesses it. Immutable, atomically counted; read its members
 * directly.
 */
typedef struct
{
  const UtSentenceAnswer *sentences;
  gsize n_sentences;
  const UtWordAnswer *words;
  gsize n_words;
  gsize n_unknown;
  gsize n_guessed;
  double probability;
} UtPrediction;

#define UT_TYPE_PREDICTION (ut_prediction_get_type ())
GType         ut_prediction_get_type (void);

/**
 * UtReading:
 * @UT_READING_SENTENCES: each sentence for itself.
 * @UT_READING_WHOLE: the whole text as one.
 * @UT_READING_TOKENIZED_LINES: each line is a sentence, its tokens are split at spaces.
 * @UT_READING_LINES: each line is a sentence.
 */
typedef enum
{
  UT_READING_SENTENCES,
  UT_READING_WHOLE,
  UT_READING_TOKENIZED_LINES,
  UT_READING_LINES,
} UtReading;

/**
 * ut_prediction_new:
 * @model: who answers.
 * @text: valid UTF-8.
 * @length: its bytes.
 * @reading: what a sentence is. Lines give one answer each, also empty ones.
 * @cancellable: (nullable): polled between sentences.
 * @error: cancelled, or memory.
 *
 * Blocks; any thread. A sentence beyond %UT_DATASET_MAX_TOKENS words is read in pieces of that
 * size.
 *
 * Returns: (transfer full) (nullable): the answers.
 */
UtPrediction *ut_prediction_new        (UtModel             *model,
                                        const char          *text,
                                        gsize                length,
                                        UtReading            reading,
                                        GCancellable        *cancellable,
                                        GError             **error);

/** ut_prediction_new_async: ut_prediction_new() on a worker; @text is copied. Main thread. */
void          ut_prediction_new_async  (UtModel             *model,
                                        const char          *text,
                                        UtReading            reading,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
UtPrediction *ut_prediction_new_finish (GAsyncResult        *result,
                                        GError             **error);

UtPrediction *ut_prediction_ref        (UtPrediction        *self);
void          ut_prediction_unref      (UtPrediction        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtPrediction, ut_prediction_unref)

G_END_DECLS
