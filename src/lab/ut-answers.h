/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run.h"
#include "ut-statistics.h"

G_BEGIN_DECLS

/**
 * UtAnswers:
 *
 * The development rows of a run with what the model of its best epoch answered on them. Runs on the
 * same rows share these. Immutable, atomically counted.
 */
typedef struct UtAnswers UtAnswers;

#define UT_TYPE_ANSWERS (ut_answers_get_type ())
GType        ut_answers_get_type          (void);

UtAnswers   *ut_answers_ref               (UtAnswers       *self);
void         ut_answers_unref             (UtAnswers       *self);

/**
 * ut_run_get_answers_async:
 * @self: the run.
 *
 * Reads on a worker what the run answered, from the store, and its development rows, from its data's
 * files, unless they are read already for another run. An ensemble, whose answers are not in the
 * store, and a run of an earlier version, that did not keep them, answer anew. %UT_LAB_ERROR_RUN
 * where there are none, as before the first epoch has ended; %UT_LAB_ERROR_DATA where the rows are
 * not those that the run was checked on any more; other errors where a file cannot be read. Main
 * thread.
 */
void         ut_run_get_answers_async     (UtRun               *self,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
/** ut_run_get_answers_finish: (transfer full) (nullable): the answers; @error says which file is
 * concerned, and what can be done. */
UtAnswers   *ut_run_get_answers_finish    (UtRun               *self,
                                           GAsyncResult        *result,
                                           GError             **error);

/** ut_answers_get_dataset: (transfer none): the development rows. */
UtDataset   *ut_answers_get_dataset       (const UtAnswers *self);
/** ut_answers_get_n_rows: how many there are, at least one. */
gsize        ut_answers_get_n_rows        (const UtAnswers *self);
/** ut_answers_get_epoch: of which epoch they are; 0 for an ensemble and for a check before the end of
 * the first one. */
guint        ut_answers_get_epoch         (const UtAnswers *self);
/** ut_answers_has_probabilities: whether the logits are more than signs: a run as the notebook's code
 * runs may answer with a position, so that its logits are 1, −1 or, where it is no label, 0. */
gboolean     ut_answers_has_probabilities (const UtAnswers *self);
/** ut_answers_get_n_right: on how many rows the answer is the label. */
gsize        ut_answers_get_n_right       (const UtAnswers *self);

/** ut_answers_get_logit: of @row: above 0 it is answered positive. */
double       ut_answers_get_logit         (const UtAnswers *self,
                                           gsize            row);
/** ut_answers_get_probability: that the model gives to a positive @row, 0 to 1; NaN without
 * ut_answers_has_probabilities(). */
double       ut_answers_get_probability   (const UtAnswers *self,
                                           gsize            row);
/** ut_answers_get_label: 0 or 1. */
guint8       ut_answers_get_label         (const UtAnswers *self,
                                           gsize            row);
/** ut_answers_is_right: whether the answer is the label. */
gboolean     ut_answers_is_right          (const UtAnswers *self,
                                           gsize            row);
/** ut_answers_get_loss: cross-entropy of the label, in nats; NaN without
 * ut_answers_has_probabilities(). */
double       ut_answers_get_loss          (const UtAnswers *self,
                                           gsize            row);
/** ut_answers_dup_text: (transfer full): the sentence. */
char        *ut_answers_dup_text          (const UtAnswers *self,
                                           gsize            row);
/** ut_answers_get_n_words: how many words it has. */
gsize        ut_answers_get_n_words       (const UtAnswers *self,
                                           gsize            row);
/** ut_answers_get_unknown_share: of its words, those that the run's training rows do not have, 0 to
 * 1; 0 of a sentence without words; NaN where the training rows cannot be read any more. */
double       ut_answers_get_unknown_share (const UtAnswers *self,
                                           gsize            row);

/** ut_answers_match: whether both are of the same rows. */
gboolean     ut_answers_match             (const UtAnswers *a,
                                           const UtAnswers *b);

/** ut_answers_compare: on how many rows which of the two is right; they must match. */
UtAgreement  ut_answers_compare           (const UtAnswers *first,
                                           const UtAnswers *second);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtAnswers, ut_answers_unref)

G_END_DECLS
