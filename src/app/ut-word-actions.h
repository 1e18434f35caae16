/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-sentence-pane.h"
#include "ut-word-editor.h"

G_BEGIN_DECLS

/**
 * UtWordActions:
 *
 * The ways in which a person asks for an edit of a word: the keys Alt+Delete, Alt+Insert and
 * Alt+Return and the context menu of the text, for the word at the caret, a click or Return in curve
 * and table, Delete in the table; Escape ends the comparison. Main thread.
 *
 * Actions: "word.strike-out", "word.negate", "word.replace".
 */
#define UT_TYPE_WORD_ACTIONS (ut_word_actions_get_type ())
G_DECLARE_FINAL_TYPE (UtWordActions, ut_word_actions, UT, WORD_ACTIONS, GObject)

/**
 * ut_word_actions_new:
 * @page: holds the others; gets the actions and their keys. It must outlive what is returned.
 * @view: whose words are edited.
 * @pane: shows one sentence of them.
 * @lanes: who answers.
 * @editor: edits.
 *
 * Returns: (transfer full): to be disposed of while @page is.
 */
UtWordActions *ut_word_actions_new (GtkWidget      *page,
                                    UtReviewView   *view,
                                    UtSentencePane *pane,
                                    UtLanes        *lanes,
                                    UtWordEditor   *editor);

G_END_DECLS
