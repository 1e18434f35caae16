/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-model.h"

G_BEGIN_DECLS

/**
 * UtEvaluation:
 * @n_examples: rows read.
 * @loss: mean binary cross-entropy.
 * @accuracy: share with (logit > 0) = label.
 * @tp: positive rows answered positive.
 * @fp: negative rows answered positive.
 * @tn: negative rows answered negative.
 * @fn: positive rows answered negative.
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
} UtEvaluation;

/**
 * ut_evaluate:
 * @model: who answers.
 * @dataset: rows with labels.
 * @batch_size: of the forward pass; does not change the result.
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

G_END_DECLS
