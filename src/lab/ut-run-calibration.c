/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-calibration.h"

#include "ut-answers.h"
#include "ut-lab-error.h"
#include "ut-model-private.h"
#include "ut-run-folder-private.h"
#include "ut-run-parts-private.h"
#include "ut-run-store-private.h"
#include "ut-safetensors-private.h"

#include <glib/gi18n-lib.h>

/* What goes from thread to thread: one of them has it at a time. */
typedef struct
{
  UtRun *run;         /* (owned): the main thread's */
  gboolean takes_away;
  char *id;           /* (owned) */
  GFile *file;        /* (owned): of the model */
  UtModel *model;     /* (owned) (nullable): until it is read from there */
  UtDataset *dataset; /* (owned) (nullable) */
  char *checksum;     /* (owned) (nullable): of the file, before the model was read */
  UtModel *result;    /* (owned) (nullable): what is to be written */
  UtCalibrating calibrating;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->run);
  g_free (order->id);
  g_object_unref (order->file);
  g_clear_pointer (&order->model, ut_model_unref);
  g_clear_pointer (&order->dataset, ut_dataset_unref);
  g_free (order->checksum);
  g_clear_pointer (&order->result, ut_model_unref);
  g_free (order);
}

static gboolean
check_state (UtRun   *self,
             GError **error)
{
  const char *message;

  if (ut_run_is_elsewhere (self))
    message = _("Another program is training this run.");
  else if (ut_run_is_active (self) || ut_run_get_state (self) == UT_RUN_QUEUED)
    message = _("A run is calibrated when it has ended.");
  else if (ut_run_get_best (self) == NULL || ut_run_get_development (self) == NULL)
    message = _("The run was not checked on any rows.");
  else
    return TRUE;

  g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN, message);
  return FALSE;
}

gboolean
ut_run_check_calibration (UtRun   *self,
                          GError **error)
{
  g_return_val_if_fail (UT_IS_RUN (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!_ut_run_is_stored (self))
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN,
                   _("%s was only opened; there are no rows here that it was checked on."),
                   ut_run_get_name (self));
      return FALSE;
    }

  return _ut_model_check_probabilities (ut_run_get_n_members (self) > 0, ut_run_get_config (self),
                                        error)
         && check_state (self, error);
}

GFile *
ut_run_dup_model_file (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);

  return self->folder != NULL && ut_run_get_n_members (self) == 0
         ? g_file_get_child (self->folder, UT_RUN_MODEL_NAME) : NULL;
}

/* Writing, on the store's worker: what starts to train does so by way of it, too, and so comes
 * before or after. */

/* A file that is not there has no checksum, and neither has one of an earlier version. */
static char *
read_checksum (GFile *file)
{
  g_autoptr (UtSafetensors) opened = _ut_safetensors_open (file, NULL, NULL);

  return opened != NULL ? g_strdup (_ut_safetensors_get_checksum (opened)) : NULL;
}

static gboolean
replace_model (Order   *order,
               GFile   *file,
               GError **error)
{
  g_autofree char *checksum = read_checksum (file);

  if (g_strcmp0 (checksum, order->checksum) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                           _("The model has changed meanwhile. Try again."));
      return FALSE;
    }

  return ut_model_save (order->result, file, NULL, error);
}

static void
write_model (UtRunDatabase *database,
             GTask         *task)
{
  Order *order = g_task_get_task_data (task);
  g_autoptr (GFile) folder = _ut_run_database_dup_folder (database, order->id);
  g_autoptr (GFile) file = g_file_get_child (folder, UT_RUN_MODEL_NAME);
  GError *error = NULL;

  if (!_ut_run_database_claim (database, order->id, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  gboolean replaced = replace_model (order, file, &error);

  /* It tells other programs that the run has changed, too. */
  if (_ut_run_database_release (database, order->id, replaced ? &error : NULL) && replaced)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  Order *order = g_task_get_task_data (task);
  UtRun *run = order->run;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (run->model != NULL)
    {
      ut_model_unref (run->model);
      run->model = ut_model_ref (order->result);
    }
  g_signal_emit_by_name (run, "progressed");
  g_task_return_boolean (task, TRUE);
}

/* Calibrating, on a thread of its own */

static gboolean
make_result (Order         *order,
             GCancellable  *cancellable,
             GError       **error)
{
  order->checksum = read_checksum (order->file);
  if (order->model == NULL)
    order->model = ut_model_load (order->file, cancellable, error);
  if (order->model == NULL)
    return FALSE;
  if (order->takes_away)
    {
      order->result = ut_model_new_calibrated (order->model, NULL);
      return TRUE;
    }
  if (!ut_calibrate (order->model, order->dataset, UT_RELIABILITY_BINS, 0, cancellable,
                     &order->calibrating, error))
    return FALSE;

  if (order->calibrating.kind == UT_TEMPERATURE_FOUND)
    order->result = ut_model_new_calibrated (order->model, &order->calibrating.calibration);
  return TRUE;
}

static void
calibrate_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  GError *error = NULL;

  if (make_result (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
calibrated_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GTask) task = data;
  UtRunStore *self = g_task_get_source_object (task);
  Order *order = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)
      || g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error)
      || !check_state (order->run, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (order->result == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->moving != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY,
                               _("The runs are being moved. Try again afterwards."));
      return;
    }

  GTask *writer = g_task_new (NULL, NULL, written_cb, g_object_ref (task));

  g_task_set_source_tag (writer, calibrated_cb);
  g_task_set_task_data (writer, order, NULL);
  _ut_store_worker_read (self->worker, writer, write_model);
}

static void
start_worker (GTask *task)
{
  g_autoptr (GTask) worker = g_task_new (NULL, g_task_get_cancellable (task), calibrated_cb,
                                         g_object_ref (task));

  g_task_set_source_tag (worker, start_worker);
  g_task_set_name (worker, "[undertone] calibrate a run");
  g_task_set_task_data (worker, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (worker, calibrate_thread);
}

static void
answers_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  Order *order = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (UtAnswers) answers = ut_run_get_answers_finish (UT_RUN (source), result, &error);

  if (answers == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  order->dataset = ut_dataset_ref (ut_answers_get_dataset (answers));
  start_worker (task);
}

/* (transfer full) (nullable): NULL where it ended at once. */
static GTask *
start (UtRunStore          *self,
       UtRun               *run,
       gboolean             takes_away,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, start);
  /* What is written is written. */
  g_task_set_check_cancellable (task, FALSE);
  if (!ut_run_check_calibration (run, &error))
    {
      g_task_return_error (task, error);
      return NULL;
    }

  Order *order = g_new0 (Order, 1);

  order->run = g_object_ref (run);
  order->takes_away = takes_away;
  order->id = g_strdup (ut_run_get_id (run));
  order->file = ut_run_dup_model_file (run);
  order->model = run->model != NULL ? ut_model_ref (run->model) : NULL;
  g_task_set_task_data (task, order, order_free);

  return g_steal_pointer (&task);
}

void
ut_run_store_calibrate_async (UtRunStore          *self,
                              UtRun               *run,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));
  g_return_if_fail (UT_IS_RUN (run));

  GTask *task = start (self, run, FALSE, cancellable, callback, user_data);

  if (task != NULL)
    ut_run_get_answers_async (run, cancellable, answers_cb, task);
}

void
ut_run_store_uncalibrate_async (UtRunStore          *self,
                                UtRun               *run,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));
  g_return_if_fail (UT_IS_RUN (run));

  g_autoptr (GTask) task = start (self, run, TRUE, cancellable, callback, user_data);

  if (task != NULL)
    start_worker (task);
}

gboolean
ut_run_store_calibrate_finish (UtRunStore     *self,
                               GAsyncResult   *result,
                               UtCalibrating  *calibrating,
                               GError        **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  Order *order = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  if (calibrating != NULL && !order->takes_away)
    {
      *calibrating = order->calibrating;
      calibrating->calibration.data_hash = ut_run_get_development (order->run);
    }
  return TRUE;
}
