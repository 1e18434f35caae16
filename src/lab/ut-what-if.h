/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-prediction.h"

G_BEGIN_DECLS

/**
 * UtEditKind:
 * @UT_EDIT_STRIKE_OUT: the word is not there.
 * @UT_EDIT_REPLACE: others are in its place.
 * @UT_EDIT_NEGATE: "not" stands before it.
 *
 * What is done to a word.
 */
typedef enum
{
  UT_EDIT_STRIKE_OUT,
  UT_EDIT_REPLACE,
  UT_EDIT_NEGATE,
} UtEditKind;

/**
 * UtEdit:
 * @word: which word, as the prediction counts them.
 * @kind: what is done to it.
 * @text: for %UT_EDIT_REPLACE valid UTF-8, which is cut into words as any text; without a word it
 *   strikes out. Else %NULL.
 *
 * An edit of a sentence. Suggestions for @text are what ut_neighbours_find() gives.
 */
typedef struct
{
  gsize word;
  UtEditKind kind;
  const char *text;
} UtEdit;

/** UT_WHAT_IF_FORGOTTEN: below which share of its largest size a gap counts as closed. */
#define UT_WHAT_IF_FORGOTTEN 0.1

/**
 * UtWhatIfStep:
 * @before: (nullable) (owned by the what-if): the sentence's word at this step; %NULL where one was
 *   put in.
 * @after: (nullable) (owned by the what-if): that of the edited sentence; %NULL where it was struck
 *   out.
 * @word: of @before, as the prediction counts them, else that of the next word, which may be one
 *   beyond the sentence.
 * @edited: whether an edit has changed this step.
 * @known: whether the model knows @after, or guesses it; %TRUE without one.
 * @logit_before: the answer if the text ended here; where @before is %NULL still that of the step
 *   before, or of no words.
 * @logit_after: likewise of the edited sentence.
 * @gap: @logit_after - @logit_before.
 *
 * A step along a sentence and the edited one at once.
 */
typedef struct
{
  const char *before;
  const char *after;
  gsize word;
  gboolean edited;
  gboolean known;
  double logit_before;
  double logit_after;
  double gap;
} UtWhatIfStep;

/**
 * UtWhatIf:
 * @steps: (array length=n_steps): the words of both sentences, those that are the same side by
 *   side.
 * @n_steps: how many.
 * @text: (owned): the edited sentence: its words, between spaces.
 * @logit_before: of the sentence.
 * @logit_after: of the edited one; without a word left, of no words.
 * @first_edited: the first step that was edited.
 * @last_edited: the last one, from which on the sentences are the same.
 * @largest_gap: the largest gap from @first_edited on, by its size, with its sign.
 * @n_remembered: how long the model remembers the edit: how many words after @last_edited it reads
 *   before the gap has closed, that is, is smaller in size than %UT_WHAT_IF_FORGOTTEN of
 *   @largest_gap, for the rest of the sentence; 0 where it is so from the next word on, or nothing
 *   ever changed.
 * @to_the_end: whether the gap is still open after the last word, so that @n_remembered are all the
 *   words behind, and more might be.
 *
 * What a model makes of a sentence if some of its words were others, and how long it matters.
 * Immutable, atomically counted; read its members directly.
 */
typedef struct
{
  const UtWhatIfStep *steps;
  gsize n_steps;
  const char *text;
  double logit_before;
  double logit_after;
  gsize first_edited;
  gsize last_edited;
  double largest_gap;
  gsize n_remembered;
  gboolean to_the_end;
} UtWhatIf;

#define UT_TYPE_WHAT_IF (ut_what_if_get_type ())
GType     ut_what_if_get_type   (void);

/**
 * ut_what_if_new:
 * @model: who answered.
 * @prediction: its answers.
 * @sentence: which sentence is edited.
 * @edits: (array length=n_edits): by rising @word, which is in @sentence; one for a word.
 * @n_edits: at least one.
 * @cancellable: (nullable): polled by the reading.
 * @error: cancelled, or memory.
 *
 * Reads the edited sentence once. One that became longer than %UT_DATASET_MAX_TOKENS is read in
 * pieces, as any is. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): what would be.
 */
UtWhatIf *ut_what_if_new        (UtModel             *model,
                                 UtPrediction        *prediction,
                                 gsize                sentence,
                                 const UtEdit        *edits,
                                 gsize                n_edits,
                                 GCancellable        *cancellable,
                                 GError             **error);

/** ut_what_if_new_async: ut_what_if_new() on a worker; @edits are copied. Main thread. */
void      ut_what_if_new_async  (UtModel             *model,
                                 UtPrediction        *prediction,
                                 gsize                sentence,
                                 const UtEdit        *edits,
                                 gsize                n_edits,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
UtWhatIf *ut_what_if_new_finish (GAsyncResult        *result,
                                 GError             **error);

UtWhatIf *ut_what_if_ref        (UtWhatIf            *self);
void      ut_what_if_unref      (UtWhatIf            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtWhatIf, ut_what_if_unref)

G_END_DECLS
