/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-lanes.h"
#include "ut-word-editor.h"
#include "ut-worth-reader.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtSentencePane:
 *
 * One sentence, word by word: as the curve of the running answer, one line a lane, and as the table of
 * its words, which are pages of one place and select each other. Words on which the lanes disagree are
 * marked in both. Hidden where there is no sentence with words.
 * Composite template `ui/ut-sentence-pane.ui`; main thread.
 *
 * Properties: #UtSentencePane:sentence: index in the front's prediction of the sentence shown, -1
 * for none; #UtSentencePane:word: index in that prediction of the word at the caret, -1 for none,
 * which need not be in the sentence; it tells when the person selects another.
 *
 * Signals ::word-activated (index in that prediction, a number): a word was clicked in the curve,
 * or Return pressed on it; ::word-struck-out (index, a number): Delete was pressed on it.
 */
#define UT_TYPE_SENTENCE_PANE (ut_sentence_pane_get_type ())
G_DECLARE_FINAL_TYPE (UtSentencePane, ut_sentence_pane, UT, SENTENCE_PANE, GtkBox)

/** ut_sentence_pane_set_lanes: who answers, and what words are coloured by; once. */
void ut_sentence_pane_set_lanes    (UtSentencePane *self,
                                    UtLanes        *lanes,
                                    UtWorthReader  *colours);

/** ut_sentence_pane_set_editor: who compares the sentence with what it was before edits; once,
 * after the lanes. */
void ut_sentence_pane_set_editor   (UtSentencePane *self,
                                    UtWordEditor   *editor);

/** ut_sentence_pane_update: shows what the lanes answer now to @sentence, with @word at the caret. */
void ut_sentence_pane_update       (UtSentencePane *self,
                                    int             sentence,
                                    int             word);

/** ut_sentence_pane_update_lane: shows what @lane answers now, which is not the front. */
void ut_sentence_pane_update_lane  (UtSentencePane *self,
                                    guint           lane);
/** ut_sentence_pane_update_worths: shows what words are coloured by now. */
void ut_sentence_pane_update_worths (UtSentencePane *self);

int  ut_sentence_pane_get_sentence (UtSentencePane *self);
int  ut_sentence_pane_get_word     (UtSentencePane *self);
/** ut_sentence_pane_set_word: selects @word, if it is one of the sentence. */
void ut_sentence_pane_set_word     (UtSentencePane *self,
                                    int             word);

/**
 * ut_sentence_pane_get_word_area:
 * @self: the pane.
 * @area: (out): where the selected word stands.
 *
 * Returns: (transfer none): the widget that it stands in, and that @area refers to.
 */
GtkWidget *ut_sentence_pane_get_word_area (UtSentencePane *self,
                                           GdkRectangle   *area);

G_END_DECLS
