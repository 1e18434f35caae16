/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * UtVocabulary:
 *
 * The words a model knows, in id order: `[pad]` is 0, `[unk]` is 1, the words of the training set
 * follow in the order of their first appearance. Immutable, atomically counted.
 */
typedef struct UtVocabulary UtVocabulary;

#define UT_TYPE_VOCABULARY (ut_vocabulary_get_type ())
GType         ut_vocabulary_get_type (void);

#define UT_VOCABULARY_PAD 0u
#define UT_VOCABULARY_UNKNOWN 1u
/** UT_VOCABULARY_MAX: the most words a vocabulary holds. */
#define UT_VOCABULARY_MAX (1u << 24)

/**
 * ut_vocabulary_new:
 * @words: (array length=n_words): all words in id order, `[pad]` and `[unk]` first.
 * @n_words: how many.
 * @error: says which word is missing, invalid or there twice.
 *
 * Returns: (transfer full) (nullable): the vocabulary.
 */
UtVocabulary *ut_vocabulary_new      (const char * const *words,
                                      gsize               n_words,
                                      GError            **error);

UtVocabulary *ut_vocabulary_ref      (UtVocabulary       *self);
void          ut_vocabulary_unref    (UtVocabulary       *self);

/** ut_vocabulary_get_size: V, with `[pad]` and `[unk]`. */
guint         ut_vocabulary_get_size (const UtVocabulary *self);

/** ut_vocabulary_get_word: (transfer none): the word of @id, which is less than the size. */
const char   *ut_vocabulary_get_word (const UtVocabulary *self,
                                      guint               id);

/**
 * ut_vocabulary_lookup:
 * @self: the vocabulary.
 * @word: a word as the model sees it, already lower-cased.
 *
 * Returns: its id, %UT_VOCABULARY_UNKNOWN for any other word. `[pad]` in a text is unknown, too.
 */
guint         ut_vocabulary_lookup   (const UtVocabulary *self,
                                      const char         *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtVocabulary, ut_vocabulary_unref)

G_END_DECLS
