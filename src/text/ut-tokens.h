/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * UtToken:
 * @start: first byte of the token in the original text.
 * @end: the byte after its last one.
 * @word: (owned by the list): the token as the model sees it: SST-2's form, in lower case.
 */
typedef struct
{
  gsize start;
  gsize end;
  const char *word;
} UtToken;

/**
 * UtTokens:
 * @items: (array length=n_items): the tokens in text order.
 * @n_items: how many.
 *
 * The tokens of a piece of text. Immutable, atomically counted; read its members directly.
 */
typedef struct
{
  const UtToken *items;
  gsize n_items;
} UtTokens;

#define UT_TYPE_TOKENS (ut_tokens_get_type ())
GType     ut_tokens_get_type    (void);

/**
 * ut_tokens_new:
 * @text: UTF-8 text, may hold anything.
 * @start: first byte of the piece to read.
 * @end: the byte after it.
 *
 * Words in SST-2's manner: contractions (`do n't`, `it 's`), possessives, quotes, punctuation,
 * brackets, ellipses and dashes are tokens of their own; curly quotes are read as straight. Soft
 * hyphens and marks without width are not in the word, but in its byte range. A byte that is not
 * UTF-8 is read as U+FFFD. Byte ranges refer to @text. Takes time in proportion to the piece. Any
 * thread.
 *
 * Returns: (transfer full): the tokens.
 */
UtTokens *ut_tokens_new         (const char *text,
                                 gsize       start,
                                 gsize       end);

/** ut_tokens_new_from_spaces: as ut_tokens_new(), but split at spaces only and lower-cased. */
UtTokens *ut_tokens_new_from_spaces (const char *text,
                                     gsize       start,
                                     gsize       end);

/** ut_tokens_join: (transfer full): the words joined by one space. */
char     *ut_tokens_join        (const UtTokens *self);

UtTokens *ut_tokens_ref         (UtTokens   *self);
void      ut_tokens_unref       (UtTokens   *self);

/**
 * ut_lower_case:
 * @text: valid UTF-8.
 * @length: its bytes.
 *
 * Lower-cases code point by code point, whatever the locale says.
 *
 * Returns: (transfer full): the lower-cased text.
 */
char     *ut_lower_case         (const char *text,
                                 gsize       length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtTokens, ut_tokens_unref)

G_END_DECLS
