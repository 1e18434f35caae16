/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The words of many texts, one after the other, without a list for each: as ut_tokens_new() and
 * ut_tokens_join() would have them, but with one tokenizer's room used again and again. Used by one
 * thread at a time.
 */
#pragma once

#include "ut-tokens.h"

G_BEGIN_DECLS

typedef struct UtTokenizer UtTokenizer;

UtTokenizer *_ut_tokenizer_new  (void);
void         _ut_tokenizer_free (UtTokenizer *self);

/*
 * _ut_tokenizer_append:
 * @self: the tokenizer.
 * @text: UTF-8 text, may hold anything.
 * @length: its bytes.
 * @tokenized: whether to split at spaces only, as ut_tokens_new_from_spaces() does.
 * @joined: receives the words with a space between them.
 *
 * Returns: how many words that were.
 */
gsize        _ut_tokenizer_append (UtTokenizer *self,
                                   const char  *text,
                                   gsize        length,
                                   gboolean     tokenized,
                                   GString     *joined);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtTokenizer, _ut_tokenizer_free)

G_END_DECLS
