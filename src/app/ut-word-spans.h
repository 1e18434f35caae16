/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-word-mark.h>

G_BEGIN_DECLS

/**
 * UtCharCursor:
 * @text: UTF-8 text.
 * @length: its bytes.
 * @byte: (private): how far it counted.
 * @chars: (private): characters up to there.
 *
 * Turns byte offsets of one text into character offsets, as #GtkTextIter counts them. Offsets
 * asked for in ascending order cost one pass over the text in all.
 */
typedef struct
{
  const char *text;
  gsize length;
  gsize byte;
  guint chars;
} UtCharCursor;

/** ut_char_cursor_init: starts @self at the first byte of @text, which must outlive it. */
void  ut_char_cursor_init (UtCharCursor *self,
                           const char   *text,
                           gsize         length);

/**
 * ut_char_cursor_seek:
 * @self: the cursor.
 * @byte: an offset; beyond the text it means the text's end.
 *
 * A carriage return, a combining mark and a part of an emoji are characters of their own, as in a
 * #GtkTextBuffer.
 *
 * Returns: how many characters begin before @byte.
 */
guint ut_char_cursor_seek (UtCharCursor *self,
                           gsize         byte);

/**
 * UtWordSpan:
 * @start: first character.
 * @end: the character after the last.
 * @step: which tint, -%UT_WORD_STEPS to %UT_WORD_STEPS; 0 for none.
 * @pale: whether the tint is an older one, until there is a new one.
 * @mark: whether it is dotted or dashed.
 * @disputed: whether it has a line above.
 *
 * A word or sentence in the buffer. Arrays of it (#GArray) are in text order.
 */
typedef struct
{
  guint start;
  guint end;
  int step;
  gboolean pale;
  UtWordMark mark;
  gboolean disputed;
} UtWordSpan;

/** UT_WORD_STEPS: how many tints either sign has. */
#define UT_WORD_STEPS 4

/**
 * ut_word_step:
 * @worth: in units of the logit, by any method; may be NaN.
 *
 * The bounds 0.5, 1, 2 and 4 double from step to step; a worth of 1 multiplies the odds by e.
 *
 * Returns: the tint, -%UT_WORD_STEPS to %UT_WORD_STEPS; the sign is that of @worth.
 */
int   ut_word_step        (double        worth);

/** ut_word_spans_insert: follows the insertion of @n characters at @at, as tags do: text put into a
 * span belongs to it, text at its edge does not. */
void  ut_word_spans_insert (GArray      *spans,
                            guint        at,
                            guint        n);

/** ut_word_spans_delete: follows the deletion of the characters from @start to @end. No span is
 * dropped, an empty one keeps its place. */
void  ut_word_spans_delete (GArray      *spans,
                            guint        start,
                            guint        end);

/**
 * ut_word_spans_inherit:
 * @spans: (element-type UtWordSpan): what words look like now.
 * @worths: (array length=spans->len): what they are worth.
 * @old: (element-type UtWordSpan): what words looked like before.
 *
 * Gives the words whose worth is NaN the tints, paler, of those words of @old that stand at the very
 * same place.
 */
void  ut_word_spans_inherit (GArray       *spans,
                             const double *worths,
                             const GArray *old);

/** ut_word_spans_inherit_disputes: marks those words of @spans as disputed that stand at the very same
 * place as one of @old which is. */
void  ut_word_spans_inherit_disputes (GArray       *spans,
                                      const GArray *old);

/**
 * ut_word_spans_find:
 * @spans: (element-type UtWordSpan): in text order.
 * @at: a character offset.
 *
 * Returns: index of the last span that starts at or before @at; the first where none does; -1 where
 *   there is no span.
 */
int   ut_word_spans_find  (const GArray *spans,
                           guint         at);

G_END_DECLS
