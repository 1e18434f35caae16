/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-word-spans.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** UT_WORD_TINTED_MAX: beyond so many words a text is read, but not tinted. */
#define UT_WORD_TINTED_MAX 10000
/** UT_WORD_PARAGRAPH_MAX: a paragraph of more words is not tinted: GTK lays it out as a whole, again
 * after every change of its tags, in a time that grows with the square of its length. */
#define UT_WORD_PARAGRAPH_MAX 1500

/**
 * UtWordPainter:
 *
 * Keeps the tags of a #GtkTextBuffer equal to a list of spans: one tag per tint, full or pale, and
 * four without looks of their own, by which the view finds the words to draw a wave, dots or dashes
 * under; and one that puts a line above disputed words. Only what changed is touched, in slices that
 * leave the main loop free, and never inside a
 * user action, which would empty the redo history. Tags are the painter's alone: those that pasted
 * text brings along are refused. Main thread.
 */
typedef struct UtWordPainter UtWordPainter;

/** ut_word_painter_new: (transfer full): a painter for @buffer, which it does not keep alive. */
UtWordPainter *ut_word_painter_new         (GtkTextBuffer       *buffer);

void           ut_word_painter_free        (UtWordPainter       *self);

/**
 * ut_word_painter_paint:
 * @self: the painter.
 * @spans: (transfer full) (element-type UtWordSpan): what shall be tinted or marked, in text order,
 *   without overlap; spans of step 0 without any mark need not be there.
 *
 * Starts at once and goes on in idle time; any edit of the text ends it.
 */
void           ut_word_painter_paint       (UtWordPainter       *self,
                                            GArray              *spans);

/** UT_WORD_N_TINTS: with that of step 0, which is none. */
#define UT_WORD_N_TINTS (2 * UT_WORD_STEPS + 1)

/** ut_word_painter_is_busy: whether a part of the spans is not yet painted. */
gboolean       ut_word_painter_is_busy     (const UtWordPainter *self);

/**
 * ut_word_painter_set_colours:
 * @self: the painter.
 * @pale: whether of pale spans or of the others.
 * @tints: (array fixed-size=9): background by step, from -4; that of step 0 is not used.
 * @positive: of the solid line under words that pull to positive.
 */
void           ut_word_painter_set_colours (UtWordPainter       *self,
                                            gboolean             pale,
                                            const GdkRGBA       *tints,
                                            const GdkRGBA       *positive);

/** ut_word_painter_get_mark_tag: (transfer none) (nullable): the tag of words with @mark, NULL for
 * %UT_WORD_MARK_NONE. */
GtkTextTag    *ut_word_painter_get_mark_tag (const UtWordPainter *self,
                                             UtWordMark           mark);

/** ut_word_painter_get_negative_tag: (transfer none): the tag of all words that pull to negative and
 * are pale, or are not. */
GtkTextTag    *ut_word_painter_get_negative_tag (const UtWordPainter *self,
                                                 gboolean             pale);

/** ut_word_painter_get_tag: (transfer none) (nullable): the tag of @step, NULL for 0. */
GtkTextTag    *ut_word_painter_get_tag     (const UtWordPainter *self,
                                            int                  step,
                                            gboolean             pale);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtWordPainter, ut_word_painter_free)

G_END_DECLS
