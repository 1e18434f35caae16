/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * How SST-2 cuts a stretch of text without white space into words. The rules are the Penn
 * Treebank's as far as they can be told from the text alone.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * UtLetter:
 * @c: the character, after _ut_letter_normalize().
 * @start: its first byte in the text.
 * @end: the byte after it and after the marks without width that follow it.
 */
typedef struct
{
  gunichar c;
  gsize start;
  gsize end;
} UtLetter;

/* What _ut_letter_normalize() returns for a character that divides words, and for one that has no
 * width. */
#define UT_LETTER_SPACE 0u
#define UT_LETTER_DROPPED 1u

/* _ut_letter_normalize: curly quotes become straight, all hyphens one, all dashes one (an em
 * dash). */
gunichar _ut_letter_normalize (gunichar c);

/* _ut_letter_lower: how @c is written in a word. */
gunichar _ut_letter_lower     (gunichar c);

/*
 * UtWordRulesEmit:
 * @start: first byte of a word in the text.
 * @end: the byte after it.
 * @word: (nullable): how it is written, or %NULL for @letters as they are.
 * @letters: (array length=n_letters): what it was cut from.
 * @n_letters: how many.
 * @data: what was given to _ut_word_rules_init().
 */
typedef void (*UtWordRulesEmit) (gsize           start,
                                 gsize           end,
                                 const char     *word,
                                 const UtLetter *letters,
                                 gsize           n_letters,
                                 gpointer        data);

/* What a piece of text carries from one stretch to the next. */
typedef struct
{
  UtWordRulesEmit emit;
  gpointer data;
  gboolean in_quotes; /* after an opening and before its closing double quote */
} UtWordRules;

void     _ut_word_rules_init  (UtWordRules     *self,
                               UtWordRulesEmit  emit,
                               gpointer         data);

/*
 * _ut_word_rules_cut:
 * @self: the state of the piece.
 * @letters: (array length=n): a stretch without white space, may be empty.
 * @n: how many.
 * @next: the character that follows the white space behind it, UT_LETTER_SPACE where nothing but
 *   that follows in the piece.
 *
 * Emits the words of a stretch in order. Takes time in proportion to @n.
 */
void     _ut_word_rules_cut   (UtWordRules     *self,
                               const UtLetter  *letters,
                               gsize            n,
                               gunichar         next);

/* _ut_word_rules_is_title: whether a name follows @word ("Mr", "vs") and its full stop ends no
 * sentence. */
gboolean _ut_word_rules_is_title (const char   *word,
                                  gsize         length);

/* _ut_word_rules_is_before_number: whether the full stop of @word ends no sentence where a number
 * follows ("No. 9"). */
gboolean _ut_word_rules_is_before_number (const char *word,
                                          gsize       length);

G_END_DECLS
