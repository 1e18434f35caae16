/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtSpan:
 * @start: first byte.
 * @end: the byte after the last.
 */
typedef struct
{
  gsize start;
  gsize end;
} UtSpan;

/**
 * ut_sentences_split:
 * @text: valid UTF-8.
 * @length: its bytes.
 *
 * Finds the sentences by Unicode's rules, but ends none at a title or an initial (`Mr. Burns`, `J.
 * K. Rowling`), behind a number with which it begins (`1. Good songs`), in the address of a web
 * page or where lower case goes on behind a quote (`"Good?" he asked.`). One line break is a space;
 * an empty line or a bullet at the start of a line ends a sentence, and the bullet belongs to none.
 * A span has no white space at its ends and is never empty. The locale has no influence. Takes time
 * in proportion to @length. Any thread.
 *
 * Returns: (transfer full) (element-type UtSpan): the sentences in text order.
 */
GArray *ut_sentences_split (const char *text,
                            gsize       length);

G_END_DECLS
