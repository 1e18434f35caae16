/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-private.h"

#include "ut-lab-error.h"

#include <glib/gi18n-lib.h>

/* A worker's own: it holds nothing of the run. */
typedef struct
{
  GFile *file;    /* (owned) */
  UtModel *model; /* (owned) */
  guint batch_size;
  UtEvaluation evaluation;
} Order;

static void
order_free (Order *self)
{
  g_object_unref (self->file);
  ut_model_unref (self->model);
  g_free (self);
}

static void
test_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Order *order = data;
  GError *error = NULL;
  g_autoptr (UtDataset) dataset = ut_dataset_read (order->file, NULL, NULL, cancellable, &error);

  if (dataset != NULL
      && ut_evaluate (order->model, dataset, order->batch_size, 0, NULL, NULL, cancellable,
                      &order->evaluation, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  UtRun *self = g_task_get_source_object (task);
  const Order *order = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (ut_run_get_test (self, NULL) == NULL)
    _ut_run_set_test (self, &order->evaluation);
  g_task_return_boolean (task, TRUE);
}

static void
model_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  UtRun *self = UT_RUN (source);
  GError *error = NULL;
  UtModel *model = ut_run_get_model_finish (self, result, &error);

  if (model == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  UtConfig *config = ut_run_get_config (self);
  Order *order = g_new0 (Order, 1);
  g_autoptr (GTask) worker = g_task_new (NULL, g_task_get_cancellable (task), tested_cb,
                                         g_object_ref (task));

  order->file = g_object_ref (g_task_get_task_data (task));
  order->model = model;
  order->batch_size = (guint) ut_config_get_int (config, UT_SETTING_EVAL_BATCH_SIZE);
  g_task_set_source_tag (worker, model_cb);
  g_task_set_name (worker, "[undertone] test a run");
  g_task_set_task_data (worker, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (worker, test_thread);
}

void
ut_run_test_async (UtRun               *self,
                   GFile               *file,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_return_if_fail (UT_IS_RUN (self));
  g_return_if_fail (G_IS_FILE (file));

  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ut_run_test_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  /* The weights of this moment are not what will answer for it. */
  if (ut_run_get_test (self, NULL) != NULL || ut_run_is_active (self))
    {
      g_task_return_new_error (task, UT_LAB_ERROR, UT_LAB_ERROR_RUN, "%s",
                               ut_run_is_active (self) ? _("A run is tested when it has ended.")
                                                       : _("A run is tested once."));
      g_object_unref (task);
      return;
    }

  ut_run_get_model_async (self, cancellable, model_cb, task);
}

gboolean
ut_run_test_finish (UtRun         *self,
                    GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (UT_IS_RUN (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
