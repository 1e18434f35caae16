/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * What is asked for of a text: where its sentences are, which words a model guesses, and what the
 * answers to its sentences are together. Every answer to a text goes by these rules.
 */
#pragma once

#include "ut-prediction.h"

G_BEGIN_DECLS

/** _ut_reading_cut: (transfer full) (element-type UtSpan): the sentences of @text in its order; of
 * lines one each, also where it is empty. */
GArray  *_ut_reading_cut       (UtReading            reading,
                                const char          *text,
                                gsize                length);

/**
 * UtTextMean:
 * @sum: of the probabilities.
 * @n: sentences that have words.
 *
 * What a text is said to be: the mean of its sentences. Starts with zeros.
 */
typedef struct
{
  double sum;
  gsize n;
} UtTextMean;

/** _ut_text_mean_add: adds a sentence of @n_words, or passes over one without. */
void     _ut_text_mean_add     (UtTextMean          *self,
                                gsize                n_words,
                                double               probability);

/** _ut_text_mean_get: of the positive class; NaN where no sentence has words. */
double   _ut_text_mean_get     (const UtTextMean    *self);

/**
 * UtGuessedWords:
 * @offsets: (owned) (element-type gsize): where the parts of each word begin, and where they end.
 * @parts: (owned) (element-type guint32): of all words.
 *
 * Words that the vocabulary of a model does not have, and the model reads by their parts.
 */
typedef struct
{
  GArray *offsets;
  GArray *parts;
} UtGuessedWords;

void     _ut_guessed_words_init     (UtGuessedWords       *self);
void     _ut_guessed_words_clear    (UtGuessedWords       *self);

/** _ut_guessed_words_truncate: forgets all words. */
void     _ut_guessed_words_truncate (UtGuessedWords       *self);

/** _ut_guessed_words_add: returns the id of @word, behind those of the words that @subwords has. */
guint32  _ut_guessed_words_add      (UtGuessedWords       *self,
                                     const UtSubwords     *subwords,
                                     const char           *word);

/** _ut_guessed_words_get_view: as the engine reads them; valid until a word is added. */
UtNnSubwords _ut_guessed_words_get_view (const UtGuessedWords *self);

G_END_DECLS
