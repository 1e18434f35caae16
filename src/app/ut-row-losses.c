/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-row-losses.h"

struct _UtRowLosses
{
  GObject parent_instance;

  UtSession *session;      /* (owned) */
  GSignalGroup *signals;   /* (owned): of the current run */
  UtDataset *dataset;      /* (owned) (nullable) */
  GBytes *losses;          /* (owned) (nullable): a float for each row */
  char *run;               /* (owned) (nullable) */
  GCancellable *underway;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtRowLosses, ut_row_losses, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  UtModel *model;     /* (owned) */
  UtDataset *dataset; /* (owned) */
} Order;

static void
order_free (Order *self)
{
  ut_model_unref (self->model);
  ut_dataset_unref (self->dataset);
  g_free (self);
}

static void
evaluate_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Order *order = data;
  GError *error = NULL;
  float *losses = ut_evaluate_rows (order->model, order->dataset, 0, cancellable, &error);

  if (losses != NULL)
    g_task_return_pointer (task,
                           g_bytes_new_take (losses, ut_dataset_get_n_rows (order->dataset)
                                                     * sizeof (float)),
                           (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
drop (UtRowLosses *self)
{
  gboolean had = self->losses != NULL;

  g_clear_pointer (&self->losses, g_bytes_unref);
  g_clear_pointer (&self->run, g_free);
  if (had)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
evaluated_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  UtRowLosses *self = UT_ROW_LOSSES (object);
  g_autoptr (GError) error = NULL;
  GBytes *losses = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->underway);
  /* There is too little memory then; the rows are shown without. */
  if (losses == NULL)
    {
      ut_session_send_message (self->session, error->message);
      return;
    }

  g_clear_pointer (&self->losses, g_bytes_unref);
  self->losses = losses;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
model_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (UtRowLosses) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) model = ut_run_get_model_finish (UT_RUN (object), result, &error);
  g_autoptr (GTask) task = NULL;
  Order *order;

  /* Predict says why a model cannot be read. */
  if (model == NULL || self->dataset == NULL
      || self->underway == NULL || g_cancellable_is_cancelled (self->underway))
    return;

  g_free (self->run);
  self->run = g_strdup (ut_run_get_name (UT_RUN (object)));
  order = g_new0 (Order, 1);
  order->model = g_steal_pointer (&model);
  order->dataset = ut_dataset_ref (self->dataset);
  task = g_task_new (self, self->underway, evaluated_cb, NULL);
  g_task_set_source_tag (task, model_cb);
  g_task_set_name (task, "[undertone] losses of rows");
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (task, evaluate_thread);
}

static gboolean
can_answer (UtRun *run)
{
  if (ut_config_is_as_coded (ut_run_get_config (run)))
    return FALSE;

  switch (ut_run_get_state (run))
    {
    case UT_RUN_STOPPED:
    case UT_RUN_FINISHED:
    case UT_RUN_FAILED:
    case UT_RUN_INTERRUPTED:
      return ut_run_get_best (run) != NULL;
    case UT_RUN_OPENED:
    case UT_RUN_ENSEMBLE:
      return TRUE;
    case UT_RUN_QUEUED:
    case UT_RUN_PREPARING:
    case UT_RUN_TRAINING:
    case UT_RUN_CHECKING:
    case UT_RUN_PAUSED:
    case UT_RUN_STOPPING:
    default:
      return FALSE;
    }
}

static void
ask (UtRowLosses *self)
{
  UtRun *run = ut_session_get_current (self->session);

  g_cancellable_cancel (self->underway);
  g_clear_object (&self->underway);
  drop (self);
  if (run == NULL || self->dataset == NULL || !can_answer (run))
    return;

  self->underway = g_cancellable_new ();
  ut_run_get_model_async (run, self->underway, model_cb, g_object_ref (self));
}

static void
current_changed_cb (UtRowLosses *self)
{
  g_signal_group_set_target (self->signals, ut_session_get_current (self->session));
  ask (self);
}

static void
ut_row_losses_dispose (GObject *object)
{
  UtRowLosses *self = UT_ROW_LOSSES (object);

  g_cancellable_cancel (self->underway);
  g_clear_object (&self->underway);
  g_clear_object (&self->signals);
  g_clear_object (&self->session);
  g_clear_pointer (&self->dataset, ut_dataset_unref);

  G_OBJECT_CLASS (ut_row_losses_parent_class)->dispose (object);
}

static void
ut_row_losses_finalize (GObject *object)
{
  UtRowLosses *self = UT_ROW_LOSSES (object);

  g_clear_pointer (&self->losses, g_bytes_unref);
  g_free (self->run);

  G_OBJECT_CLASS (ut_row_losses_parent_class)->finalize (object);
}

static void
ut_row_losses_class_init (UtRowLossesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_row_losses_dispose;
  object_class->finalize = ut_row_losses_finalize;

  /** UtRowLosses::changed: there are other losses, or none any more. */
  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_ROW_LOSSES, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ut_row_losses_init (UtRowLosses *self)
{
  self->signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->signals, "notify::state", G_CALLBACK (ask), self,
                                 G_CONNECT_SWAPPED);
}

UtRowLosses *
ut_row_losses_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  UtRowLosses *self = g_object_new (UT_TYPE_ROW_LOSSES, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::current", G_CALLBACK (current_changed_cb), self,
                           G_CONNECT_SWAPPED);
  current_changed_cb (self);

  return self;
}

void
ut_row_losses_set_data (UtRowLosses *self,
                        UtDataset   *dataset)
{
  g_return_if_fail (UT_IS_ROW_LOSSES (self));

  if (dataset == self->dataset)
    return;

  g_clear_pointer (&self->dataset, ut_dataset_unref);
  self->dataset = dataset != NULL ? ut_dataset_ref (dataset) : NULL;
  ask (self);
}

GBytes *
ut_row_losses_get (UtRowLosses *self)
{
  g_return_val_if_fail (UT_IS_ROW_LOSSES (self), NULL);

  return self->losses;
}

const char *
ut_row_losses_get_run (UtRowLosses *self)
{
  g_return_val_if_fail (UT_IS_ROW_LOSSES (self), NULL);

  return self->losses != NULL ? self->run : NULL;
}
