/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ut_line_fold:
 * @text: valid UTF-8.
 * @length: its bytes.
 * @longest: bytes of a line that is not yet too long.
 *
 * Breaks lines of more than @longest bytes: behind the last sentence that fits, or else behind the last
 * word. A line goes on with a letter only, so that ut_sentences_split() finds the very same sentences
 * and the words stay the same; what has no such place, as a word that is too long by itself, is left
 * whole. Takes time in proportion to @length. Any thread.
 *
 * Returns: (transfer full) (nullable): the text with more line breaks, NULL where there are none to add.
 */
char *ut_line_fold (const char *text,
                    gsize       length,
                    gsize       longest);

G_END_DECLS
