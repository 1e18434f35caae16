/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-reading-private.h"

G_BEGIN_DECLS

/*
 * UtWordIds:
 * @ids: (owned) (n_words): of the vocabulary, or, where the model guesses words, behind it.
 *
 * Words as the engine reads them, by one model. A word that is guessed has an id of its own and a
 * list of parts.
 */
typedef struct
{
  guint32 *ids;
  gboolean guesses;     /* whether the model has subwords, and so the next two mean something */
  UtNnSubwords listed;  /* of the vocabulary; the model owns its arrays */
  UtNnSubwords guessed; /* a view of the next */
  UtGuessedWords words; /* (owned) */
} UtWordIds;

/**
 * _ut_word_ids_init:
 * @self: to be filled; clear with _ut_word_ids_clear().
 * @model: no ensemble; it must outlive @self.
 * @words: (array length=n_words): the words.
 *
 * Looks words up.
 */
void          _ut_word_ids_init           (UtWordIds          *self,
                                           UtModel            *model,
                                           const UtWordAnswer *words,
                                           gsize               n_words);

void          _ut_word_ids_clear          (UtWordIds          *self);

/**
 * _ut_word_ids_make_sentences:
 * @self: whose ids @tokens are; it must not move as long as what is returned is used.
 * @tokens: ids of all sentences, one after another.
 * @offsets: where each sentence starts, and the end.
 *
 * Returns: a view of both.
 */
UtNnSentences _ut_word_ids_make_sentences (const UtWordIds    *self,
                                           const guint32      *tokens,
                                           const gsize        *offsets);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtWordIds, _ut_word_ids_clear)

G_END_DECLS
