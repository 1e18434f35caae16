/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-word-mark.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** UT_WORD_CURVE_N_LANES: how many lines a word curve has at most. */
#define UT_WORD_CURVE_N_LANES 8

/**
 * UtWordCurve:
 *
 * A probability after each word of a sentence, as lines over the words, and the weight of each word
 * in the sentence, if there are weights, as bars under them. As wide as its words; put it into a
 * #GtkScrolledWindow. Main thread.
 *
 * Properties: #UtWordCurve:axis-title (what the values are; "if the text ended here"),
 * #UtWordCurve:selected (index of a word, -1 for none), #UtWordCurve:summary (what a screen
 * reader is told). Signal ::word-activated (guint index): a word was clicked, or Return pressed
 * on it.
 */
#define UT_TYPE_WORD_CURVE (ut_word_curve_get_type ())
G_DECLARE_FINAL_TYPE (UtWordCurve, ut_word_curve, UT, WORD_CURVE, GtkWidget)

/** ut_word_curve_new: a curve without words. */
GtkWidget *ut_word_curve_new          (void);

/**
 * ut_word_curve_set_words:
 * @words: (array length=n): the words, valid UTF-8.
 * @marks: (array length=n) (nullable): how well the model knows each of them.
 *
 * Replaces the words and takes away all lanes, disputes and weights; nothing stays selected.
 */
void       ut_word_curve_set_words    (UtWordCurve        *self,
                                       const char *const  *words,
                                       const UtWordMark   *marks,
                                       gsize               n);

/**
 * ut_word_curve_set_lane:
 * @lane: below %UT_WORD_CURVE_N_LANES; the first is the current run's and drawn on top.
 * @label: the run's name.
 * @style: as ut_plot_style_get().
 * @probabilities: (array length=n) (nullable): 0 to 1 after each word; NaN is a gap. %NULL takes
 * the lane away.
 * @n: as many as there are words.
 */
void       ut_word_curve_set_lane     (UtWordCurve        *self,
                                       guint               lane,
                                       const char         *label,
                                       guint               style,
                                       const double       *probabilities,
                                       gsize               n);

/**
 * ut_word_curve_set_disputed:
 * @disputed: (array length=n) (nullable): of each word whether lanes disagree on it, which puts a line
 * above it; %NULL for none.
 * @n: as many as there are words.
 */
void       ut_word_curve_set_disputed (UtWordCurve        *self,
                                       const gboolean     *disputed,
                                       gsize               n);

/**
 * ut_word_curve_set_weights:
 * @weights: (array length=n) (nullable): the attention that each word gets, 0 to 1; NaN has no bar.
 * %NULL takes the bars away.
 * @n: as many as there are words.
 *
 * The bars have a scale of their own, from 0 to the largest weight, which is written above them.
 */
void       ut_word_curve_set_weights  (UtWordCurve        *self,
                                       const double       *weights,
                                       gsize               n);

/** ut_word_curve_clear: takes away words, lanes, disputes and weights. */
void       ut_word_curve_clear        (UtWordCurve        *self);

/** ut_word_curve_get_selected: index of the selected word, -1 for none. */
int        ut_word_curve_get_selected (UtWordCurve        *self);
void       ut_word_curve_set_selected (UtWordCurve        *self,
                                       int                 selected);

/**
 * ut_word_curve_dup_reading: (transfer full):
 * The selected or hovered word and its values, in words; or "".
 */
char      *ut_word_curve_dup_reading  (UtWordCurve        *self);

G_END_DECLS
