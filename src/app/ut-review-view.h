/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtReviewView:
 *
 * A text view that shows what a model makes of each word, in place. Main thread.
 *
 * Properties: #UtReviewView:sentence and #UtReviewView:word (writable): index in the prediction
 * of the sentence and of the word at the caret, -1 where there is none; setting one moves the
 * caret there. #UtReviewView:tinted: whether words are coloured by what they are worth.
 * #UtReviewView:stale: whether the tints answer for an older text and are drawn paler.
 *
 * CSS: a `textview` node with the class `review`. Colours are the named ones `ut_word_n4` to
 * `ut_word_n1`, `ut_word_p1` to `ut_word_p4`, `ut_word_negative`, `ut_word_positive` (lines under
 * words), `ut_word_unknown` (dots and dashes) and `ut_word_bar` (beside the sentence at the caret).
 * Keys: those of #GtkTextView; Tab leaves. Pasting takes plain text.
 */
#define UT_TYPE_REVIEW_VIEW (ut_review_view_get_type ())
G_DECLARE_FINAL_TYPE (UtReviewView, ut_review_view, UT, REVIEW_VIEW, GtkTextView)

/** ut_review_view_new: an empty view. */
GtkWidget *ut_review_view_new          (void);

/** ut_review_view_dup_text: (transfer full): the whole text; its characters are those of the
 * buffer. */
char      *ut_review_view_dup_text     (UtReviewView       *self);

/**
 * ut_review_view_set_answers:
 * @self: the view.
 * @prediction: (nullable): what is known of the text; %NULL for nothing.
 * @text: (nullable): the text it was made from, which is still the buffer's.
 * @worths: (nullable) (array length=prediction->n_words): what each word is worth, NaN where that is
 *   not known yet; %NULL for its own change.
 *
 * Shows the answers. A word whose worth is not known keeps its tint, paler, until it is. The first #UT_WORD_TINTED_MAX words are tinted, without paragraphs of more than
 * #UT_WORD_PARAGRAPH_MAX words.
 */
void       ut_review_view_set_answers  (UtReviewView       *self,
                                        const UtPrediction *prediction,
                                        const char         *text,
                                        const double       *worths);

/**
 * ut_review_view_set_worths:
 * @self: the view.
 * @worths: (array length=n_worths): as for ut_review_view_set_answers().
 * @n_worths: as many as the answers set last have words.
 *
 * Tints the words anew.
 */
void       ut_review_view_set_worths   (UtReviewView       *self,
                                        const double       *worths,
                                        gsize               n_worths);

/** ut_review_view_get_in_sight: whether there are sentences; which of them are on the screen, the
 * last one included. */
gboolean   ut_review_view_get_in_sight (UtReviewView       *self,
                                        gsize              *first,
                                        gsize              *last);

/** ut_review_view_set_disputed: puts a line above the words of the prediction that models disagree on;
 * %NULL takes it away. With other answers, words that are still there keep it until then. */
void       ut_review_view_set_disputed (UtReviewView       *self,
                                        const gboolean     *disputed,
                                        gsize               n_words);

int        ut_review_view_get_sentence (UtReviewView       *self);
void       ut_review_view_set_sentence (UtReviewView       *self,
                                        int                 sentence);
int        ut_review_view_get_word     (UtReviewView       *self);
void       ut_review_view_set_word     (UtReviewView       *self,
                                        int                 word);
/** ut_review_view_get_n_in_reach: how many of the words that is, whether they are tinted or not. */
guint      ut_review_view_get_n_in_reach (UtReviewView     *self);
gboolean   ut_review_view_get_tinted   (UtReviewView       *self);
void       ut_review_view_set_tinted   (UtReviewView       *self,
                                        gboolean            tinted);
gboolean   ut_review_view_get_stale    (UtReviewView       *self);
void       ut_review_view_set_stale    (UtReviewView       *self,
                                        gboolean            stale);

G_END_DECLS
