/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-evaluation.h"

#include "ut-checker-private.h"

/* Of the forward pass; the rows' figures do not depend on it. */
#define ROWS_BATCH_SIZE 128

typedef struct
{
  UtReadProgress progress; /* (nullable) */
  gpointer data;
  GCancellable *cancellable; /* (nullable) */
  gsize n_done;              /* members */
  gsize n_members;
} Watch;

static gboolean
go_on (double   fraction,
       gpointer data)
{
  Watch *watch = data;

  if (watch->progress != NULL)
    watch->progress (((double) watch->n_done + fraction) / (double) watch->n_members, watch->data);

  return !g_cancellable_is_cancelled (watch->cancellable);
}

static UtChecker *
new_checker (UtModel    *model,
             UtDataset  *dataset,
             guint       batch_size,
             guint       n_threads,
             GError    **error)
{
  return _ut_checker_new (ut_nn_model_get_shape (ut_model_get_weights (model)),
                          ut_model_get_vocabulary (model), ut_model_get_subwords (model),
                          dataset, batch_size, n_threads, error);
}

/* What the logits are divided by: calibrating a model changes how sure it is. */
static double
get_temperature (const UtModel *model)
{
  const UtCalibration *calibration = ut_model_get_calibration (model);

  return calibration != NULL ? calibration->temperature : 1;
}

/* How the mean of the logits compares with the labels. */
static void
compare_means (UtModel      *model,
               UtDataset    *dataset,
               const double *sums,
               gsize         n_members,
               UtEvaluation *evaluation)
{
  double temperature = get_temperature (model);
  gsize n_rows = ut_dataset_get_n_rows (dataset);
  const guint8 *labels = ut_dataset_get_labels (dataset);
  g_autofree UtNnOutcome *outcomes = g_new (UtNnOutcome, n_rows);

  for (gsize i = 0; i < n_rows; i++)
    {
      double logit = sums[i] / (double) n_members;

      outcomes[i] = (UtNnOutcome) {
        .answer = logit > 0 ? UT_NN_ANSWER_POSITIVE : UT_NN_ANSWER_NEGATIVE,
        .counts = true,
        .loss = ut_nn_loss (logit / temperature, labels[i]),
      };
    }
  _ut_evaluation_sum_up (evaluation, dataset, outcomes);
}

/* Adds the logits of all members of @model, itself where it is no ensemble, to @sums; or, where that
 * is %NULL, compares the answers of its only member, which need not be logits. */
static gboolean
add_members (UtModel       *model,
             UtDataset     *dataset,
             guint          batch_size,
             guint          n_threads,
             Watch         *watch,
             double        *sums,
             UtEvaluation  *evaluation,
             GError       **error)
{
  UtModel * const *members = ut_model_get_members (model, &watch->n_members);

  for (; watch->n_done < watch->n_members; watch->n_done++)
    {
      UtModel *member = members[watch->n_done];
      const UtNnModel *weights = ut_model_get_weights (member);
      g_autoptr (UtChecker) checker = new_checker (member, dataset, batch_size, n_threads, error);

      if (checker == NULL)
        return FALSE;
      if (!(sums == NULL
            ? _ut_checker_run (checker, weights, go_on, watch, evaluation)
            : _ut_checker_add_logits (checker, weights, go_on, watch, sums)))
        {
          g_cancellable_set_error_if_cancelled (watch->cancellable, error);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check (UtModel       *model,
       UtDataset     *dataset,
       guint          batch_size,
       guint          n_threads,
       Watch         *watch,
       UtEvaluation  *evaluation,
       GError       **error)
{
  gsize n_members;
  g_autofree double *sums = NULL;

  ut_model_get_members (model, &n_members);
  if (n_members > 1 || ut_model_get_calibration (model) != NULL)
    sums = g_new0 (double, ut_dataset_get_n_rows (dataset));
  if (!add_members (model, dataset, batch_size, n_threads, watch, sums, evaluation, error))
    return FALSE;
  if (sums != NULL)
    compare_means (model, dataset, sums, n_members, evaluation);

  return TRUE;
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

  Watch watch = { progress, progress_data, cancellable, 0, 0 };

  if (!check (model, dataset, batch_size, n_threads, &watch, evaluation, error))
    return FALSE;
  if (progress != NULL)
    progress (1, progress_data);

  return TRUE;
}

float *
ut_evaluate_rows (UtModel       *model,
                  UtDataset     *dataset,
                  guint          n_threads,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (!ut_config_is_as_coded (ut_model_get_config (model)), NULL);
  g_return_val_if_fail (dataset != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  Watch watch = { NULL, NULL, cancellable, 0, 0 };
  gsize n_rows = ut_dataset_get_n_rows (dataset);
  const guint8 *labels = ut_dataset_get_labels (dataset);
  g_autofree double *sums = g_new0 (double, n_rows);

  if (!add_members (model, dataset, ROWS_BATCH_SIZE, n_threads, &watch, sums, NULL, error))
    return NULL;

  float *losses = g_new (float, n_rows);
  double temperature = get_temperature (model);

  for (gsize i = 0; i < n_rows; i++)
    losses[i] = (float) ut_nn_loss (sums[i] / (double) watch.n_members / temperature, labels[i]);

  return losses;
}

/* Of a single model as the notebook's code runs, whose answers need not be logits. */
static float *
dup_signs (UtModel       *model,
           UtDataset     *dataset,
           guint          batch_size,
           guint          n_threads,
           Watch         *watch,
           GError       **error)
{
  const UtNnModel *weights = ut_model_get_weights (model);
  g_autoptr (UtChecker) checker = new_checker (model, dataset, batch_size, n_threads, error);
  UtEvaluation evaluation;
  gsize n_rows;

  if (checker == NULL)
    return NULL;
  if (!_ut_checker_run (checker, weights, go_on, watch, &evaluation))
    {
      g_cancellable_set_error_if_cancelled (watch->cancellable, error);
      return NULL;
    }

  return _ut_checker_dup_answers (checker, weights, &n_rows);
}

float *
ut_evaluate_answers (UtModel       *model,
                     UtDataset     *dataset,
                     guint          batch_size,
                     guint          n_threads,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (dataset != NULL, NULL);
  g_return_val_if_fail (batch_size > 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  Watch watch = { NULL, NULL, cancellable, 0, 1 };
  gsize n_members;

  ut_model_get_members (model, &n_members);
  if (n_members == 1 && ut_config_is_as_coded (ut_model_get_config (model)))
    return dup_signs (model, dataset, batch_size, n_threads, &watch, error);

  gsize n_rows = ut_dataset_get_n_rows (dataset);
  g_autofree double *sums = g_new0 (double, n_rows);

  if (!add_members (model, dataset, batch_size, n_threads, &watch, sums, NULL, error))
    return NULL;

  float *logits = g_new (float, n_rows);

  for (gsize i = 0; i < n_rows; i++)
    logits[i] = (float) (sums[i] / (double) n_members);

  return logits;
}
