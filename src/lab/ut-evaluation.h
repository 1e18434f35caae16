/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-model.h"

G_BEGIN_DECLS

/**
 * UtEvaluation:
 * @n_examples: rows read.
 * @loss: mean cross-entropy of the rows that have one, as #UtNnOutcome says; of a calibrated model
 *   that of its probabilities.
 * @accuracy: share whose answer is the label.
 * @tp: positive rows answered positive.
 * @fp: negative rows answered positive.
 * @tn: negative rows answered negative.
 * @fn: positive rows answered negative.
 * @neither: rows answered with a position that is no label; only by a softmax over positions.
 */
typedef struct
{
  gsize n_examples;
  double loss;
  double accuracy;
  gsize tp;
  gsize fp;
  gsize tn;
  gsize fn;
  gsize neither;
} UtEvaluation;

/**
 * ut_evaluate:
 * @model: who answers.
 * @dataset: rows with labels.
 * @batch_size: of the forward pass; changes the result only of a model as the notebook's code runs,
 *   whose answers depend on the other rows of a batch, which come in the order of the file.
 * @n_threads: 0 for one each physical core.
 * @progress: (nullable) (scope call): told how far it is.
 * @progress_data: for @progress.
 * @cancellable: (nullable): polled between batches.
 * @evaluation: (out): the figures.
 * @error: cancelled, or memory.
 *
 * Blocks; any thread.
 *
 * Returns: whether it was done.
 */
gboolean ut_evaluate (UtModel         *model,
                      UtDataset       *dataset,
                      guint            batch_size,
                      guint            n_threads,
                      UtReadProgress   progress,
                      gpointer         progress_data,
                      GCancellable    *cancellable,
                      UtEvaluation    *evaluation,
                      GError         **error);

/**
 * ut_evaluate_rows:
 * @model: who answers; not one as the notebook's code runs, whose answers depend on a row's
 *   neighbours.
 * @dataset: rows with labels.
 * @n_threads: 0 for one each physical core.
 * @cancellable: (nullable): polled between batches.
 * @error: cancelled, or memory.
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable) (array): (n_rows) of each row the cross-entropy of its label;
 *   g_free() it.
 */
float   *ut_evaluate_rows (UtModel         *model,
                           UtDataset       *dataset,
                           guint            n_threads,
                           GCancellable    *cancellable,
                           GError         **error);

/**
 * ut_evaluate_answers:
 * @model: who answers.
 * @dataset: rows.
 * @batch_size: as for ut_evaluate().
 * @n_threads: 0 for one each physical core.
 * @cancellable: (nullable): polled between batches.
 * @error: cancelled, or memory.
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable) (array): (n_rows) the logit of each row, whatever the
 *   temperature, of an ensemble the mean; of a model as the notebook's code runs 1, −1 or, for
 *   neither answer, 0; g_free() it.
 */
float   *ut_evaluate_answers (UtModel         *model,
                              UtDataset       *dataset,
                              guint            batch_size,
                              guint            n_threads,
                              GCancellable    *cancellable,
                              GError         **error);

G_END_DECLS
