/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-ids-private.h"

#include "ut-model-private.h"

void
_ut_word_ids_init (UtWordIds          *self,
                   UtModel            *model,
                   const UtWordAnswer *words,
                   gsize               n_words)
{
  const UtVocabulary *vocabulary = ut_model_get_vocabulary (model);
  const UtSubwords *subwords = ut_model_get_subwords (model);

  _ut_guessed_words_init (&self->words);
  self->ids = g_new (guint32, MAX (n_words, 1));
  for (gsize i = 0; i < n_words; i++)
    {
      self->ids[i] = ut_vocabulary_lookup (vocabulary, words[i].word);
      if (self->ids[i] == UT_VOCABULARY_UNKNOWN && subwords != NULL)
        self->ids[i] = _ut_guessed_words_add (&self->words, subwords, words[i].word);
    }

  self->guesses = subwords != NULL;
  if (self->guesses)
    self->listed = _ut_subwords_get_view (subwords);
  self->guessed = _ut_guessed_words_get_view (&self->words);
}

void
_ut_word_ids_clear (UtWordIds *self)
{
  g_free (self->ids);
  _ut_guessed_words_clear (&self->words);
}

UtNnSentences
_ut_word_ids_make_sentences (const UtWordIds *self,
                             const guint32   *tokens,
                             const gsize     *offsets)
{
  UtNnSentences sentences = { tokens, offsets };

  if (self->guesses)
    {
      sentences.subwords = &self->listed;
      sentences.extra_subwords = &self->guessed;
    }

  return sentences;
}
