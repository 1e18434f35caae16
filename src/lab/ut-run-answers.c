/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-answers-private.h"

#include "ut-corpus-private.h"
#include "ut-lab-error.h"
#include "ut-run-database-private.h"
#include "ut-run-private.h"

#include <glib/gi18n-lib.h>

/* How many sets of rows stay in memory for those who ask next. */
#define MAX_KEPT 4

/* The rows of a configuration, being read for those who wait, or read. */
typedef struct
{
  char *identity;      /* (owned) */
  UtAnswerRows *rows;  /* (owned) (nullable): until they are read */
  GPtrArray *waiting;  /* (owned) (element-type GTask) */
} Entry;

/* Main thread: latest used first. */
static GQueue entries = G_QUEUE_INIT;

/* What answers are of, and who gives them. A worker's own: it holds nothing of the run. */
typedef struct
{
  UtAnswerRows *rows; /* (owned) */
  char *database;     /* (owned): its path */
  char *id;           /* (owned) */
  UtModel *model;     /* (owned) (nullable): answers anew */
  guint batch_size;
  guint epoch;
  gboolean is_as_coded;
} Order;

static void
order_free (Order *self)
{
  _ut_answer_rows_unref (self->rows);
  g_free (self->database);
  g_free (self->id);
  g_clear_pointer (&self->model, ut_model_unref);
  g_free (self);
}

/* Reading rows */

static void
entry_free (Entry *self)
{
  g_free (self->identity);
  g_clear_pointer (&self->rows, _ut_answer_rows_unref);
  g_ptr_array_unref (self->waiting);
  g_free (self);
}

/* Development rows that lie in a file of their own can be had without the training rows. */
static UtAnswerRows *
read_rows (const UtConfig  *config,
           GError         **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (UtCorpus) corpus = ut_corpus_read (config, NULL, NULL, NULL, &failure);

  if (corpus != NULL)
    return _ut_answer_rows_new (ut_corpus_get_dev (corpus), ut_corpus_get_vocabulary (corpus));

  g_autofree char *dev_path = _ut_corpus_dup_dev_path (config);
  g_autoptr (UtDataset) dataset = NULL;

  if (dev_path != NULL && !_ut_corpus_holds_out (config))
    {
      g_autoptr (GFile) file = g_file_new_for_path (dev_path);

      g_clear_error (&failure);
      dataset = ut_dataset_read (file, NULL, NULL, NULL, &failure);
    }
  if (dataset != NULL)
    return _ut_answer_rows_new (dataset, NULL);

  /* Translators: what is wrong with the file, which is named there, follows. */
  g_propagate_prefixed_error (error, g_steal_pointer (&failure), "%s ",
                              _("The rows that the run was checked on cannot be read:"));
  return NULL;
}

static void
read_rows_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  GError *error = NULL;
  UtAnswerRows *rows = read_rows (data, &error);

  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) _ut_answer_rows_unref);
  else
    g_task_return_error (task, error);
}

static void
keep (Entry *entry)
{
  guint n_kept = 0;

  g_queue_remove (&entries, entry);
  g_queue_push_head (&entries, entry);
  for (GList *link = entries.head; link != NULL;)
    {
      Entry *other = link->data;
      GList *next = link->next;

      if (other->rows != NULL && ++n_kept > MAX_KEPT)
        {
          g_queue_delete_link (&entries, link);
          entry_free (other);
        }
      link = next;
    }
}

static void
rows_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Entry *entry = data;
  g_autoptr (GPtrArray) waiting = g_ptr_array_ref (entry->waiting);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtAnswerRows) rows = g_task_propagate_pointer (G_TASK (result), &error);

  g_ptr_array_unref (entry->waiting);
  entry->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  if (rows != NULL)
    {
      entry->rows = _ut_answer_rows_ref (rows);
      keep (entry);
    }
  else
    {
      g_queue_remove (&entries, entry);
      entry_free (entry);
    }

  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (g_task_return_error_if_cancelled (task))
        continue;
      if (rows != NULL)
        g_task_return_pointer (task, _ut_answer_rows_ref (rows),
                               (GDestroyNotify) _ut_answer_rows_unref);
      else
        g_task_return_error (task, g_error_copy (error));
    }
}

static Entry *
find_entry (const char *identity)
{
  for (GList *link = entries.head; link != NULL; link = link->next)
    {
      Entry *entry = link->data;

      if (g_str_equal (entry->identity, identity))
        return entry;
    }
  return NULL;
}

static void
read_rows_async (UtConfig            *config,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *identity = _ut_corpus_dup_identity (config);
  Entry *entry = find_entry (identity);

  g_task_set_source_tag (task, read_rows_async);
  if (entry != NULL && entry->rows != NULL)
    {
      keep (entry);
      g_task_return_pointer (task, _ut_answer_rows_ref (entry->rows),
                             (GDestroyNotify) _ut_answer_rows_unref);
      return;
    }
  if (entry != NULL)
    {
      g_ptr_array_add (entry->waiting, g_steal_pointer (&task));
      return;
    }

  entry = g_new0 (Entry, 1);
  entry->identity = g_steal_pointer (&identity);
  entry->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (entry->waiting, g_steal_pointer (&task));
  g_queue_push_head (&entries, entry);

  /* Not to be cancelled by one of those who wait. */
  g_autoptr (GTask) worker = g_task_new (NULL, NULL, rows_read_cb, entry);

  g_task_set_source_tag (worker, read_rows_async);
  g_task_set_name (worker, "[undertone] read development rows");
  g_task_set_task_data (worker, ut_config_ref (config), (GDestroyNotify) ut_config_unref);
  g_task_run_in_thread (worker, read_rows_thread);
}

/* Answers */

static void
return_no_answers (GTask      *task,
                   const char *message)
{
  g_task_return_new_error (task, UT_LAB_ERROR, UT_LAB_ERROR_RUN, "%s", message);
}

/* Returns: (transfer full) (nullable): the logits that are kept; without any and @error, there are
 * none. */
static float *
read_answers (Order   *order,
              GError **error)
{
  g_autoptr (UtRunDatabase) database = _ut_run_database_open (order->database, error);
  gsize n_rows = 0;
  g_autofree float *logits = database != NULL
                             ? _ut_run_database_read_answers (database, order->id, &order->epoch,
                                                              &n_rows, error)
                             : NULL;

  if (logits != NULL
      && n_rows != ut_dataset_get_n_rows (_ut_answer_rows_get_dataset (order->rows)))
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED,
                           _("The answers on the development rows are damaged."));
      return NULL;
    }

  return g_steal_pointer (&logits);
}

static void
answers_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Order *order = data;
  GError *error = NULL;
  float *logits;

  if (order->model != NULL)
    logits = ut_evaluate_answers (order->model, _ut_answer_rows_get_dataset (order->rows),
                                  order->batch_size, 0, cancellable, &error);
  else
    logits = read_answers (order, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           logits != NULL ? _ut_answers_new (order->rows, logits, order->epoch,
                                                             !order->is_as_coded)
                                          : NULL,
                           (GDestroyNotify) ut_answers_unref);
}

static void start_worker (GTask   *task,
                          UtModel *model);

static void
model_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (UtModel) model = ut_run_get_model_finish (UT_RUN (source), result, &error);

  if (model != NULL)
    start_worker (task, model);
  else
    g_task_return_error (task, error);
}

/* Takes @task over. */
static void
ask_model (GTask *task)
{
  ut_run_get_model_async (g_task_get_source_object (task), g_task_get_cancellable (task), model_cb,
                          task);
}

static void
answers_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  UtRun *self = g_task_get_source_object (task);
  GError *error = NULL;
  UtAnswers *answers = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (answers != NULL)
    g_task_return_pointer (task, answers, (GDestroyNotify) ut_answers_unref);
  else if (ut_run_is_active (self))
    return_no_answers (task, _("The run has not been checked yet; it is when its first epoch has "
                               "ended."));
  else
    ask_model (g_steal_pointer (&task));
}

/* With @model it answers anew; else what is kept is read. The task's data are the rows. */
static void
start_worker (GTask   *task,
              UtModel *model)
{
  UtRun *self = g_task_get_source_object (task);
  UtConfig *config = ut_run_get_config (self);
  const UtEpoch *best = ut_run_get_best (self);
  g_autoptr (GFile) runs = g_file_get_parent (_ut_run_get_folder (self));
  g_autoptr (GFile) store = g_file_get_parent (runs);
  g_autoptr (GFile) database = g_file_get_child (store, UT_RUN_DATABASE_NAME);
  Order *order = g_new0 (Order, 1);
  g_autoptr (GTask) worker = g_task_new (NULL, g_task_get_cancellable (task), answers_cb,
                                         g_object_ref (task));

  order->rows = _ut_answer_rows_ref (g_task_get_task_data (task));
  order->database = g_file_get_path (database);
  order->id = g_strdup (ut_run_get_id (self));
  order->model = model != NULL ? ut_model_ref (model) : NULL;
  order->batch_size = (guint) ut_config_get_int (config, UT_SETTING_EVAL_BATCH_SIZE);
  order->epoch = best != NULL ? best->epoch : 0;
  order->is_as_coded = ut_run_get_n_members (self) == 0 && ut_config_is_as_coded (config);
  g_task_set_source_tag (worker, start_worker);
  g_task_set_name (worker, "[undertone] answers of a run");
  g_task_set_task_data (worker, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (worker, answers_thread);
}

static void
rows_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  UtRun *self = g_task_get_source_object (task);
  const char *development = ut_run_get_development (self);
  GError *error = NULL;
  g_autoptr (UtAnswerRows) rows = g_task_propagate_pointer (G_TASK (result), &error);

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (development == NULL
      || !g_str_equal (ut_dataset_get_hash (_ut_answer_rows_get_dataset (rows)), development))
    {
      g_autofree char *path = _ut_corpus_dup_dev_path (ut_run_get_config (self));
      g_autofree char *name = g_filename_display_name (path != NULL ? path : "");

      g_task_return_new_error (task, UT_LAB_ERROR, UT_LAB_ERROR_DATA,
                               /* Translators: the name of a file. */
                               _("%s: these are not the rows that the run was checked on; the file "
                                 "has changed since."), name);
      return;
    }

  g_task_set_task_data (task, g_steal_pointer (&rows), (GDestroyNotify) _ut_answer_rows_unref);
  /* The answers of an ensemble are not kept. */
  if (ut_run_get_n_members (self) > 0)
    ask_model (g_steal_pointer (&task));
  else
    start_worker (task, NULL);
}

void
ut_run_get_answers_async (UtRun               *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (UT_IS_RUN (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gboolean is_checked = ut_run_get_best (self) != NULL || ut_run_get_evaluation (self) != NULL;

  g_task_set_source_tag (task, ut_run_get_answers_async);
  if (_ut_run_get_folder (self) == NULL)
    return_no_answers (task, _("This model was opened from a file: it was not checked on any rows "
                               "here."));
  else if (ut_run_get_n_members (self) > 0 && !is_checked)
    return_no_answers (task, _("The ensemble has not been checked yet."));
  else if (!is_checked && ut_run_is_active (self))
    return_no_answers (task, _("The run has not been checked yet; it is when its first epoch has "
                               "ended."));
  else if (!is_checked || ut_run_get_development (self) == NULL)
    return_no_answers (task, _("The run was not checked on any rows."));
  else
    read_rows_async (ut_run_get_config (self), cancellable, rows_cb, g_steal_pointer (&task));
}

UtAnswers *
ut_run_get_answers_finish (UtRun         *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
