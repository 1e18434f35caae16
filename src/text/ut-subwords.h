/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-vocabulary.h"

#include <glib-object.h>

G_BEGIN_DECLS

/** UT_SUBWORD_MAX_LENGTH: the most characters an n-gram may have. */
#define UT_SUBWORD_MAX_LENGTH 16

/** UT_SUBWORD_MAX_BUCKETS: the most buckets n-grams may be hashed into. */
#define UT_SUBWORD_MAX_BUCKETS (1u << 22)

/** UT_SUBWORD_MAX_CHARACTERS: of a longer `<word>` only the n-grams within these are taken. */
#define UT_SUBWORD_MAX_CHARACTERS 256

/** UT_SUBWORDS_MAX: the most n-grams a table holds. */
#define UT_SUBWORDS_MAX (1u << 26)

/**
 * UtSubwordRule:
 * @min_length: characters of the shortest n-grams, 1 to @max_length.
 * @max_length: characters of the longest n-grams, up to %UT_SUBWORD_MAX_LENGTH.
 * @n_buckets: what n-grams are hashed into, 1 to %UT_SUBWORD_MAX_BUCKETS.
 *
 * Which parts of a word tell of its meaning: character n-grams as in fastText (Bojanowski, Grave,
 * Joulin and Mikolov, "Enriching Word Vectors with Subword Information", 2017, section 3.2). The
 * word gets its boundaries, `<word>`, and of that every n-gram of @min_length to @max_length code
 * points is taken, from left to right, at each place the shorter first; one that occurs twice
 * counts twice. A boundary alone is none, and `<word>` as a whole is one only if it is short enough.
 *
 * The bucket of an n-gram is the FNV-1a hash of its UTF-8, 32 bits wide, modulo @n_buckets. As in
 * fastText, whose published models depend on it, a byte from 0x80 up is extended with its sign
 * before it is added; for such bytes the hash is not what others call FNV-1a.
 */
typedef struct
{
  guint min_length;
  guint max_length;
  guint32 n_buckets;
} UtSubwordRule;

/** UT_SUBWORD_RULE_INIT: n-grams of 3 to 5 characters, 65,536 buckets. */
#define UT_SUBWORD_RULE_INIT { .min_length = 3, .max_length = 5, .n_buckets = 65536 }

/** ut_subword_rule_is_valid: whether all members are in their ranges. */
gboolean       ut_subword_rule_is_valid (const UtSubwordRule *self);

/**
 * ut_subwords_append:
 * @rule: a valid rule.
 * @word: UTF-8, as the model sees it, without boundaries.
 * @buckets: (element-type guint32): gets the buckets of the word's n-grams.
 *
 * At most %UT_SUBWORD_MAX_CHARACTERS × %UT_SUBWORD_MAX_LENGTH are appended, however long the word
 * is. Any thread.
 *
 * Returns: how many were appended; 0 where `<word>` is shorter than the shortest n-grams.
 */
guint          ut_subwords_append       (const UtSubwordRule *rule,
                                         const char          *word,
                                         GArray              *buckets);

/**
 * UtSubwords:
 *
 * The n-grams of a list of words: the words of a vocabulary by their ids, and behind them further
 * words that it does not know. `[pad]` and `[unk]` have none. Immutable, atomically counted.
 */
typedef struct UtSubwords UtSubwords;

#define UT_TYPE_SUBWORDS (ut_subwords_get_type ())
GType          ut_subwords_get_type     (void);

/**
 * ut_subwords_new:
 * @rule: a valid rule.
 * @vocabulary: (nullable): the words with ids 0 to V - 1; %NULL where V is 0.
 * @extra_words: (array length=n_extra) (nullable): UTF-8; the words with ids from V up.
 * @n_extra: how many.
 * @error: %UT_TEXT_ERROR_SIZE where there are more than %UT_SUBWORDS_MAX n-grams.
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the table, which refers to none of the arguments.
 */
UtSubwords    *ut_subwords_new          (const UtSubwordRule *rule,
                                         const UtVocabulary  *vocabulary,
                                         const char * const  *extra_words,
                                         gsize                n_extra,
                                         GError             **error);

UtSubwords    *ut_subwords_ref          (UtSubwords          *self);
void           ut_subwords_unref        (UtSubwords          *self);

/** ut_subwords_get_rule: (transfer none): what the table was made by. */
const UtSubwordRule *ut_subwords_get_rule (const UtSubwords  *self);

/** ut_subwords_get_n_words: how many words, with `[pad]` and `[unk]`. */
gsize          ut_subwords_get_n_words  (const UtSubwords    *self);

/** ut_subwords_get_offsets: (transfer none): (n_words + 1) where each word's buckets start. */
const gsize   *ut_subwords_get_offsets  (const UtSubwords    *self);

/** ut_subwords_get_buckets: (transfer none): (offsets[n_words]), each less than n_buckets. */
const guint32 *ut_subwords_get_buckets  (const UtSubwords    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtSubwords, ut_subwords_unref)

G_END_DECLS
