/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-edit-trail.h"
#include "ut-lanes.h"
#include "ut-review-view.h"

G_BEGIN_DECLS

/**
 * UtWordEditor:
 *
 * Edits words of a text, each edit as one step that the text view undoes and redoes, and has the
 * lanes compare the edited sentence with what it was. Undoing takes the last edit off the
 * comparison. Any other change of the sentence ends it, as an edit of another sentence does. Main
 * thread; what is compared comes from workers.
 *
 * Signal ::changed: there is another comparison, or none any more.
 */
#define UT_TYPE_WORD_EDITOR (ut_word_editor_get_type ())
G_DECLARE_FINAL_TYPE (UtWordEditor, ut_word_editor, UT, WORD_EDITOR, GObject)

/** ut_word_editor_new: (transfer full): edits the text of @view, which @lanes read. */
UtWordEditor   *ut_word_editor_new         (UtReviewView *view,
                                            UtLanes      *lanes);

/**
 * ut_word_editor_edit:
 * @self: the editor.
 * @word: which word, as the front's prediction counts them.
 * @kind: what to do to it.
 * @text: (nullable): for %UT_EDIT_REPLACE what shall stand there.
 *
 * Returns: whether the text was edited: not before the front has answered to the present text.
 */
gboolean        ut_word_editor_edit        (UtWordEditor *self,
                                            guint         word,
                                            UtEditKind    kind,
                                            const char   *text);

/** ut_word_editor_end: ends the comparison; the text stays as it is. */
void            ut_word_editor_end         (UtWordEditor *self);

/** ut_word_editor_is_active: whether the sentence at the caret is compared. */
gboolean        ut_word_editor_is_active   (UtWordEditor *self);

/** ut_word_editor_get_what_if: (transfer none) (nullable): what @lane makes of the edits, where the
 * sentence at the caret is compared. */
const UtWhatIf *ut_word_editor_get_what_if (UtWordEditor *self,
                                            guint         lane);

/** ut_word_editor_get_model: (transfer none) (nullable): who of @lane answered that. */
UtModel        *ut_word_editor_get_model   (UtWordEditor *self,
                                            guint         lane);

/** ut_word_editor_dup_text: (transfer full) (nullable): the front's comparison in words, or why it
 * cannot compare. */
char           *ut_word_editor_dup_text    (UtWordEditor *self);

/** ut_word_editor_dup_details: (transfer full) (nullable): those of all lanes, a line for each, where
 * there are several. */
char           *ut_word_editor_dup_details (UtWordEditor *self);

G_END_DECLS
