/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-evaluation.h"

#include "ut-checker-private.h"

typedef struct
{
  UtReadProgress progress; /* (nullable) */
  gpointer data;
  GCancellable *cancellable; /* (nullable) */
} Watch;

static gboolean
go_on (double   fraction,
       gpointer data)
{
  Watch *watch = data;

  if (watch->progress != NULL)
    watch->progress (fraction, watch->data);

  return !g_cancellable_is_cancelled (watch->cancellable);
}

gboolean
ut_evaluate (UtModel         *model,
             UtDataset       *dataset,
             guint            batch_size,
             guint            n_threads,
             UtReadProgress   progress,
             gpointer         progress_data,
             GCancellable    *cancellable,
             UtEvaluation    *evaluation,
             GError         **error)
{
  g_return_val_if_fail (model != NULL, FALSE);
  g_return_val_if_fail (dataset != NULL, FALSE);
  g_return_val_if_fail (batch_size > 0, FALSE);
  g_return_val_if_fail (evaluation != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  const UtNnModel *weights = ut_model_get_weights (model);
  g_autoptr (UtChecker) checker = _ut_checker_new (ut_nn_model_get_shape (weights),
                                                  ut_model_get_vocabulary (model),
                                                  ut_model_get_subwords (model),
                                                  dataset, batch_size, n_threads, error);

  if (checker == NULL)
    return FALSE;

  Watch watch = { progress, progress_data, cancellable };

  if (!_ut_checker_run (checker, weights, go_on, &watch, evaluation))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return FALSE;
    }
  if (progress != NULL)
    progress (1, progress_data);

  return TRUE;
}
