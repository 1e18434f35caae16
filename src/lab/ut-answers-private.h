/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-answers.h"

G_BEGIN_DECLS

/**
 * UtAnswerRows:
 *
 * Development rows and what is unknown in them; what answers of several runs share. Immutable,
 * atomically counted.
 */
typedef struct UtAnswerRows UtAnswerRows;

/** _ut_answer_rows_new: @vocabulary (nullable) of the training rows. Blocks; any thread. */
UtAnswerRows *_ut_answer_rows_new         (UtDataset     *dataset,
                                           UtVocabulary  *vocabulary);
UtAnswerRows *_ut_answer_rows_ref         (UtAnswerRows  *self);
void          _ut_answer_rows_unref       (UtAnswerRows  *self);
UtDataset    *_ut_answer_rows_get_dataset (UtAnswerRows  *self);

/**
 * _ut_answers_new:
 * @rows: the rows.
 * @logits: (transfer full) (array): (n_rows) what was answered.
 * @epoch: of which epoch they are.
 * @has_probabilities: whether they are more than signs.
 *
 * Returns: (transfer full): the answers.
 */
UtAnswers    *_ut_answers_new             (UtAnswerRows  *rows,
                                           float         *logits,
                                           guint          epoch,
                                           gboolean       has_probabilities);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtAnswerRows, _ut_answer_rows_unref)

G_END_DECLS
