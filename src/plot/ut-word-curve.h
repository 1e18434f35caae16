/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-word-mark.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** UT_WORD_CURVE_N_LANES: how many lines a word curve has at most. */
#define UT_WORD_CURVE_N_LANES 8

/**
 * UtWordEdit:
 * @UT_WORD_EDIT_NONE: the word stood there before, too.
 * @UT_WORD_EDIT_STRUCK_OUT: it stood there only before: the word is struck through.
 * @UT_WORD_EDIT_PUT_IN: it did not stand there before: the word is underlined.
 *
 * What an edit has done to a word.
 */
typedef enum
{
  UT_WORD_EDIT_NONE,
  UT_WORD_EDIT_STRUCK_OUT,
  UT_WORD_EDIT_PUT_IN,
} UtWordEdit;

/**
 * UtWordBefore:
 * @edits: (array length=n_words): what was done to each word of the curve.
 * @replaced: (array length=n_words) (nullable): for each word that was put in the one it stands in
 *   place of, or %NULL.
 * @probabilities: (array length=n_words): the first lane's values before the edits; NaN is a gap.
 * @first: the first word behind the last edit, which may be one beyond the last word.
 * @n_remembered: for how many words from @first on the edits matter.
 * @to_the_end: whether they still matter behind the last word.
 *
 * What the first lane was before its words were edited.
 */
typedef struct
{
  const UtWordEdit *edits;
  const char *const *replaced;
  const double *probabilities;
  gsize first;
  gsize n_remembered;
  gboolean to_the_end;
} UtWordBefore;

/**
 * UtWordCurve:
 *
 * A probability after each word of a sentence, as lines over the words, and the weight of each word
 * in the sentence, if there are weights, as bars under them. After an edit the first lane's line of
 * before stays as a thin one, with the gap between the two shaded, and a bracket over the words for
 * which the edit matters. As wide as its words; put it into a #GtkScrolledWindow. Main thread.
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
 * Replaces the words and takes away all lanes, disputes, weights and what was before; nothing stays
 * selected.
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

/**
 * ut_word_curve_set_before:
 * @before: (nullable): what was before an edit, for as many words as there are; copied. %NULL takes
 * it away.
 *
 * Words that were struck out are among the words of the curve, and have values in its lanes: those
 * of the word before.
 */
void       ut_word_curve_set_before   (UtWordCurve        *self,
                                       const UtWordBefore *before);

/** ut_word_curve_clear: takes away words, lanes, disputes, weights and what was before. */
void       ut_word_curve_clear        (UtWordCurve        *self);

/** ut_word_curve_get_selected: index of the selected word, -1 for none. */
int        ut_word_curve_get_selected (UtWordCurve        *self);
void       ut_word_curve_set_selected (UtWordCurve        *self,
                                       int                 selected);

/**
 * ut_word_curve_get_word_area:
 * @index: of a word.
 * @area: (out): where the word is written, in the widget's coordinates.
 *
 * Returns: whether there is such a word.
 */
gboolean   ut_word_curve_get_word_area (UtWordCurve       *self,
                                        int                index,
                                        GdkRectangle      *area);

/**
 * ut_word_curve_dup_reading: (transfer full):
 * The selected or hovered word and its values, in words; or "".
 */
char      *ut_word_curve_dup_reading  (UtWordCurve        *self);

G_END_DECLS
