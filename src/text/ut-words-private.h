/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * A set of words, numbered in order of first appearance: the interning behind data sets and
 * vocabularies. Built by one thread; read by any once it no longer changes.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct UtWords UtWords;

/* No word has this number. */
#define UT_WORDS_NONE G_MAXUINT32

UtWords    *_ut_words_new   (void);
void        _ut_words_free  (UtWords *self);

/*
 * _ut_words_add:
 * @self: the words.
 * @word: bytes without NUL.
 * @length: how many.
 *
 * Returns: the number of @word, which is new if it is _ut_words_get_n() before the call;
 *   %UT_WORDS_NONE if there are %UT_VOCABULARY_MAX words already.
 */
guint32     _ut_words_add   (UtWords       *self,
                             const char    *word,
                             gsize          length);

/* _ut_words_find: the number of @word or %UT_WORDS_NONE. */
guint32     _ut_words_find  (const UtWords *self,
                             const char    *word,
                             gsize          length);

/* _ut_words_get_n: how many words. */
guint32     _ut_words_get_n (const UtWords *self);

/* _ut_words_get: (transfer none): word @id; valid until the next _ut_words_add(). */
const char *_ut_words_get   (const UtWords *self,
                             guint32        id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtWords, _ut_words_free)

G_END_DECLS
