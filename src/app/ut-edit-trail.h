/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtEditTrail:
 *
 * A sentence as it was before some edits of its words, and its stages since: stage 0 is without
 * any, each further one has another edit. It knows words only, as models see them, so that undoing and
 * redoing in the text leads to stages that it knows. Main thread.
 */
typedef struct UtEditTrail UtEditTrail;

/** ut_edit_trail_new: (transfer full): of sentence @sentence, at stage 0. */
UtEditTrail  *ut_edit_trail_new        (const UtPrediction   *prediction,
                                        gsize                 sentence);
void          ut_edit_trail_free       (UtEditTrail          *self);

/**
 * ut_edit_trail_add:
 * @self: the trail.
 * @word: which word of the sentence, counted from 0 at the present stage.
 * @kind: what is done to it.
 * @text: (nullable): for %UT_EDIT_REPLACE what stands there then, in words of people.
 *
 * Adds a stage behind the present one, in place of those that were there, and goes there.
 */
void          ut_edit_trail_add        (UtEditTrail          *self,
                                        gsize                 word,
                                        UtEditKind            kind,
                                        const char           *text);

/**
 * ut_edit_trail_follow:
 * @self: the trail.
 * @prediction: (nullable): of the text now.
 * @sentence: which sentence of it this is now, -1 for one without words.
 *
 * Goes to the stage that has the words of the sentence.
 *
 * Returns: whether there is one.
 */
gboolean      ut_edit_trail_follow     (UtEditTrail          *self,
                                        const UtPrediction   *prediction,
                                        int                   sentence);

/** ut_edit_trail_get_stage: where it is. */
guint         ut_edit_trail_get_stage  (const UtEditTrail    *self);

/** ut_edit_trail_get_n_words: of the sentence before the edits. */
gsize         ut_edit_trail_get_n_words (const UtEditTrail   *self);

/** ut_edit_trail_get_word: (transfer none): word @word of the sentence before the edits. */
const char   *ut_edit_trail_get_word   (const UtEditTrail    *self,
                                        gsize                 word);

/**
 * ut_edit_trail_get_edits:
 * @self: the trail.
 * @n_edits: (out): how many; 0 where the words are those of stage 0.
 *
 * Returns: (transfer none) (array length=n_edits): what leads from stage 0 to the present one,
 *   until the trail goes elsewhere.
 */
const UtEdit *ut_edit_trail_get_edits  (const UtEditTrail    *self,
                                        gsize                *n_edits);

/**
 * ut_edit_trail_ask_async: has @model read the sentence before the edits and at the present stage,
 * on a worker. There must be an edit.
 */
void          ut_edit_trail_ask_async  (const UtEditTrail    *self,
                                        UtModel              *model,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);

/** ut_edit_trail_ask_finish: (transfer full): both sentences, side by side. */
UtWhatIf     *ut_edit_trail_ask_finish (GAsyncResult         *result,
                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtEditTrail, ut_edit_trail_free)

G_END_DECLS
