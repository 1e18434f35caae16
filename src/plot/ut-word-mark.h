/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtWordMark:
 * @UT_WORD_MARK_NONE: the model knows the word.
 * @UT_WORD_MARK_GUESSED: it does not, but reads it by its parts: the word is dashed.
 * @UT_WORD_MARK_UNKNOWN: it does not: the word is dotted.
 *
 * How well a model knows a word, as the line under it shows.
 */
typedef enum
{
  UT_WORD_MARK_NONE,
  UT_WORD_MARK_GUESSED,
  UT_WORD_MARK_UNKNOWN,
} UtWordMark;

/** UT_WORD_N_MARKS: how many there are, with none. */
#define UT_WORD_N_MARKS (UT_WORD_MARK_UNKNOWN + 1)

/** ut_word_mark_choose: the mark of a word that is known, or else guessed. */
static inline UtWordMark
ut_word_mark_choose (gboolean known,
                     gboolean guessed)
{
  if (known)
    return UT_WORD_MARK_NONE;

  return guessed ? UT_WORD_MARK_GUESSED : UT_WORD_MARK_UNKNOWN;
}

G_END_DECLS
