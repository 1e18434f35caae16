/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-prediction.h"
#include "ut-worth-method.h"

G_BEGIN_DECLS

/** UT_WORTH_MIN_STEPS: points on the path that integrated gradients begin with. */
#define UT_WORTH_MIN_STEPS 16
/** UT_WORTH_MAX_STEPS: the most that there are. */
#define UT_WORTH_MAX_STEPS 512
/** UT_WORTH_MAX_GAP: which gap, as a share of the difference or in units of the logit, is small
 * enough to end with fewer. */
#define UT_WORTH_MAX_GAP 0.01

/**
 * UtSentenceWorth:
 * @logit: of the sentence; NaN where it has no words or was not asked for.
 * @baseline: the logit that the words' worths start from: of no words for %UT_WORTH_CHANGE, of zero
 *   vectors in place of the words' for both gradients; NaN for %UT_WORTH_LEAVE_OUT, which has none.
 * @gap: the sum of the words' worths less what it should be, @logit - @baseline; NaN where
 *   @baseline is. Gradient times input does not promise a small one; for integrated gradients it is
 *   what the midpoint rule leaves.
 * @n_steps: for %UT_WORTH_INTEGRATED how many points of the path were taken, else 0.
 * @converged: for %UT_WORTH_INTEGRATED whether @gap is at most %UT_WORTH_MAX_GAP, in units of the
 *   logit or as a share of @logit - @baseline; else %TRUE.
 */
typedef struct
{
  double logit;
  double baseline;
  double gap;
  guint n_steps;
  gboolean converged;
} UtSentenceWorth;

/**
 * UtExplanation:
 * @prediction: (owned): whose sentences and words these are.
 * @method: what a worth is.
 * @sentences: (array length=prediction->n_sentences): one for each sentence.
 * @worths: (array length=prediction->n_words): one for each word; NaN where its sentence was not
 *   asked for.
 *
 * What the words of sentences are worth to a model's answers. Of an ensemble each number is the
 * mean of its models'. Immutable, atomically counted; read its members directly.
 */
typedef struct
{
  UtPrediction *prediction;
  UtWorthMethod method;
  const UtSentenceWorth *sentences;
  const double *worths;
} UtExplanation;

#define UT_TYPE_EXPLANATION (ut_explanation_get_type ())
GType          ut_explanation_get_type   (void);

/**
 * UtWorthFunc:
 * @first_word: the first of some words that are done, as the prediction counts them.
 * @worths: (array length=n_words): what they are worth.
 * @n_words: how many.
 * @user_data: the caller's.
 *
 * Told of words as they are done. Every word comes once; those of a sentence come in order.
 */
typedef void (*UtWorthFunc) (gsize         first_word,
                             const double *worths,
                             gsize         n_words,
                             gpointer      user_data);

/**
 * ut_explanation_new:
 * @model: who answered.
 * @prediction: its answers.
 * @method: what a worth shall be.
 * @first_sentence: the first sentence that is asked for.
 * @n_sentences: how many are; none beyond the last.
 * @func: (nullable) (scope call): told of words as they are done, on this thread.
 * @user_data: for @func.
 * @cancellable: (nullable): polled between batches.
 * @error: cancelled, memory, or ut_worth_method_get_objection().
 *
 * Blocks; any thread. The numbers do not depend on how many sentences are asked for, nor on the
 * threads that compute them. A sentence of n words costs nothing for %UT_WORTH_CHANGE, n readings
 * of n - 1 words for %UT_WORTH_LEAVE_OUT, a reading and the way back for %UT_WORTH_GRADIENT, and 16
 * to 1,008 of these for %UT_WORTH_INTEGRATED.
 *
 * Returns: (transfer full) (nullable): the worths.
 */
UtExplanation *ut_explanation_new        (UtModel             *model,
                                          UtPrediction        *prediction,
                                          UtWorthMethod        method,
                                          gsize                first_sentence,
                                          gsize                n_sentences,
                                          UtWorthFunc          func,
                                          gpointer             user_data,
                                          GCancellable        *cancellable,
                                          GError             **error);

/**
 * ut_explanation_new_async: ut_explanation_new() on a worker. Main thread, on which @func is
 * called, too, before @callback and never once @cancellable was cancelled.
 */
void           ut_explanation_new_async  (UtModel             *model,
                                          UtPrediction        *prediction,
                                          UtWorthMethod        method,
                                          gsize                first_sentence,
                                          gsize                n_sentences,
                                          UtWorthFunc          func,
                                          gpointer             func_data,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
UtExplanation *ut_explanation_new_finish (GAsyncResult        *result,
                                          GError             **error);

UtExplanation *ut_explanation_ref        (UtExplanation       *self);
void           ut_explanation_unref      (UtExplanation       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtExplanation, ut_explanation_unref)

G_END_DECLS
