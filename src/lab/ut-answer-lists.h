/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-answers.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Which development rows several models answer how. Pure functions of answers that match each other
 * (ut_answers_match()); they go through all rows once and may be called on any thread. A list of rows
 * is rising, and to be freed with g_free().
 */

/**
 * UtConfusion:
 * @n: by the label, then by whether the answer is right: n[1][0] is how many positive rows were
 *   answered wrong.
 *
 * How many rows of which label are answered how.
 */
typedef struct
{
  gsize n[2][2];
} UtConfusion;

/** ut_answers_confuse: counts all rows. */
UtConfusion  ut_answers_confuse       (const UtAnswers         *answers);

/**
 * ut_answers_find_cell:
 * @answers: of a model.
 * @label: 0 or 1.
 * @is_right: whether the answer is the label.
 * @n_rows: (out): how many there are.
 *
 * Returns: (transfer full) (array length=n_rows): the rows of one cell of the confusion matrix.
 */
guint32     *ut_answers_find_cell     (const UtAnswers         *answers,
                                       guint8                   label,
                                       gboolean                 is_right,
                                       gsize                   *n_rows);

/**
 * ut_answers_find_pair:
 * @first: of one model.
 * @first_right: whether it shall be right.
 * @second: of another one.
 * @second_right: likewise.
 * @n_rows: (out): how many there are.
 *
 * Returns: (transfer full) (array length=n_rows): the rows on which both are as wanted.
 */
guint32     *ut_answers_find_pair     (const UtAnswers         *first,
                                       gboolean                 first_right,
                                       const UtAnswers         *second,
                                       gboolean                 second_right,
                                       gsize                   *n_rows);

/**
 * ut_answers_find_disputed:
 * @answers: (array length=n_answers): of models, at least one.
 * @n_answers: how many.
 * @n_rows: (out): how many there are.
 *
 * Returns: (transfer full) (array length=n_rows): the rows on which some are right and some wrong.
 */
guint32     *ut_answers_find_disputed (UtAnswers * const       *answers,
                                       guint                    n_answers,
                                       gsize                   *n_rows);

/**
 * ut_answers_find_missed:
 * @answers: (array length=n_answers): of models, at least one.
 * @n_answers: how many.
 * @n_rows: (out): how many there are.
 *
 * Returns: (transfer full) (array length=n_rows): the rows on which all are wrong.
 */
guint32     *ut_answers_find_missed   (UtAnswers * const       *answers,
                                       guint                    n_answers,
                                       gsize                   *n_rows);

/**
 * ut_answers_mean_losses:
 * @answers: (array length=n_answers): of models, at least one.
 * @n_answers: how many.
 *
 * Returns: (transfer full) (array): for each row the mean of the losses that there are; NaN where no
 *   model has one.
 */
float       *ut_answers_mean_losses   (UtAnswers * const       *answers,
                                       guint                    n_answers);

/**
 * ut_answers_write:
 * @answers: (array length=n_answers): of models, at least one.
 * @names: (array length=n_answers): what their columns are called.
 * @n_answers: how many.
 * @losses: (nullable) (array): for each row, as ut_answers_mean_losses() has it.
 * @rows: (array length=n_rows): rows in any order.
 * @n_rows: how many.
 * @file: receives a header line `sentence<TAB>label<TAB>loss` and the names, and a line for each row:
 *   in the columns of the models the probability of a positive row, or the answer, 0 or 1, of a
 *   model that has none.
 * @cancellable: (nullable): polled while writing.
 * @error: names the file; #GIOErrorEnum.
 *
 * Writes by way of a temporary file. Blocks.
 */
gboolean     ut_answers_write         (UtAnswers * const       *answers,
                                       const char * const      *names,
                                       guint                    n_answers,
                                       const float             *losses,
                                       const guint32           *rows,
                                       gsize                    n_rows,
                                       GFile                   *file,
                                       GCancellable            *cancellable,
                                       GError                 **error);

G_END_DECLS
