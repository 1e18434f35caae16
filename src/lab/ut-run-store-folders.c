/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-lab-error.h"
#include "ut-probe-private.h"
#include "ut-run-folder-private.h"
#include "ut-run-store-private.h"
#include "ut-store-errands-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Handing a run to somebody. Each thread has a connection of its own: what it does takes longer than
 * the store's worker should. */

typedef struct
{
  char *store;         /* (owned): path */
  UtRunRecord *record; /* (owned) */
  GFile *from;         /* (owned) */
  GFile *to;           /* (owned) */
} Transfer;

static void
transfer_free (gpointer data)
{
  Transfer *transfer = data;

  g_free (transfer->store);
  g_clear_pointer (&transfer->record, _ut_run_record_free);
  g_clear_object (&transfer->from);
  g_clear_object (&transfer->to);
  g_free (transfer);
}

static gboolean
read_course (Transfer      *transfer,
             GCancellable  *cancellable,
             GError       **error)
{
  UtRunRecord *record = transfer->record;
  g_autoptr (UtRunDatabase) database = _ut_run_database_open (transfer->store, error);

  record->points = g_array_new (FALSE, FALSE, sizeof (UtPoint));
  record->looks = _ut_probe_looks_new ();
  return database != NULL
         && _ut_run_database_read_points (database, record->id, record->points, cancellable, error)
         && _ut_run_database_read_looks (database, record->id, record->looks, cancellable, error);
}

static void
export_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Transfer *transfer = data;
  GError *error = NULL;

  if (read_course (transfer, cancellable, &error)
      && _ut_run_folder_copy (transfer->from, transfer->to, cancellable, &error))
    {
      if (_ut_run_folder_describe (transfer->to, transfer->record, &error))
        {
          g_task_return_boolean (task, TRUE);
          return;
        }
      _ut_run_folder_delete (transfer->to, NULL);
    }

  g_task_return_error (task, error);
}

void
ut_run_store_export_async (UtRunStore          *self,
                           UtRun               *run,
                           GFile               *folder,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));
  g_return_if_fail (UT_IS_RUN (run));
  g_return_if_fail (G_IS_FILE (folder));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  UtRunRecord *record = _ut_run_get_record (run);

  g_task_set_source_tag (task, ut_run_store_export_async);
  if (!_ut_run_is_stored (run))
    {
      g_task_return_new_error (task, UT_LAB_ERROR, UT_LAB_ERROR_RUN,
                               _("%s was only opened; there is its file."), ut_run_get_name (run));
      return;
    }

  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->store = g_strdup (self->path);
  transfer->record = _ut_run_record_dup (record);
  transfer->record->epochs = g_array_copy (record->epochs);
  transfer->from = g_object_ref (_ut_run_get_folder (run));
  transfer->to = g_object_ref (folder);
  g_task_set_task_data (task, transfer, transfer_free);
  g_task_run_in_thread (task, export_thread);
}

gboolean
ut_run_store_export_finish (UtRunStore    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Taking one */

/* A model that is there must be whole: the person would find out much later. */
static gboolean
check_model (GFile         *folder,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GFile) file = g_file_get_child (folder, UT_RUN_MODEL_NAME);
  g_autoptr (UtModel) model = NULL;

  if (!g_file_query_exists (file, NULL))
    return TRUE;

  model = ut_model_load (file, cancellable, error);
  return model != NULL;
}

static void
import_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Transfer *transfer = data;
  GError *error = NULL;

  if (!_ut_run_folder_is_described (transfer->from))
    {
      g_autofree char *name = g_file_get_parse_name (transfer->from);

      g_task_return_new_error (task, UT_LAB_ERROR, UT_LAB_ERROR_RUN,
                               _("%s is not the folder of a run: there is no %s in it."), name,
                               UT_RUN_CONFIG_NAME);
      return;
    }

  transfer->record = _ut_run_folder_read (transfer->from, cancellable);
  if (transfer->record != NULL && transfer->record->is_damaged)
    g_set_error_literal (&error, UT_LAB_ERROR, UT_LAB_ERROR_RUN, transfer->record->failure);
  else if (transfer->record == NULL)
    g_cancellable_set_error_if_cancelled (cancellable, &error);
  else if (check_model (transfer->from, cancellable, &error)
           && _ut_run_folder_copy (transfer->from, transfer->to, cancellable, &error)
           && _ut_run_folder_forget (transfer->to, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_task_return_error (task, error);
}

void
ut_run_store_import_async (UtRunStore          *self,
                           GFile               *folder,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));
  g_return_if_fail (G_IS_FILE (folder));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Transfer *transfer = g_new0 (Transfer, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, ut_run_store_import_async);
  transfer->from = g_object_ref (folder);
  transfer->to = _ut_run_store_choose_folder (self, &error);
  g_task_set_task_data (task, transfer, transfer_free);
  if (transfer->to != NULL)
    g_task_run_in_thread (task, import_thread);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

UtRun *
ut_run_store_import_finish (UtRunStore    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  Transfer *transfer = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  g_autoptr (GFile) parent = g_file_get_parent (transfer->to);

  if (self->moving == NULL && g_file_equal (parent, self->directory))
    return _ut_run_store_add_read (self, g_steal_pointer (&transfer->record), transfer->to);

  /* The copy of all runs may have been made before this one was there. */
  _ut_run_folder_delete (transfer->to, NULL);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                       _("The runs were moved meanwhile. Import it again."));
  return NULL;
}

/* Sizes */

typedef struct
{
  char *store;       /* (owned): path */
  GFile *runs;       /* (owned) */
  GHashTable *trash; /* (owned) (element-type utf8): ids of the runs in it */
  GHashTable *ended; /* (owned) (element-type utf8): of those that are finished */
  UtRunSizes sizes;
} Measure;

static void
measure_free (gpointer data)
{
  Measure *measure = data;

  g_free (measure->store);
  g_object_unref (measure->runs);
  g_hash_table_unref (measure->trash);
  g_hash_table_unref (measure->ended);
  g_free (measure);
}

static guint64
get_size (GFile      *folder,
          const char *name)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);

  return info != NULL ? (guint64) g_file_info_get_size (info) : 0;
}

static void
measure_run (Measure    *measure,
             const char *id)
{
  g_autoptr (GFile) folder = g_file_get_child (measure->runs, id);
  guint64 size = _ut_run_folder_get_size (folder);

  if (g_hash_table_contains (measure->trash, id))
    {
      measure->sizes.trash += size;
      return;
    }

  guint64 states = get_size (folder, UT_RUN_STATE_NAME) + get_size (folder, UT_RUN_BEST_STATE_NAME);

  if (states > 0 && g_hash_table_contains (measure->ended, id))
    {
      measure->sizes.n_states++;
      measure->sizes.states += states;
      size -= MIN (size, states);
    }
  measure->sizes.models += size;
}

static void
measure_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  static const char * const endings[] = { "", "-wal", "-shm" };
  Measure *measure = data;
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (measure->runs), 0, NULL);
  g_autofree char *parent = g_path_get_dirname (measure->store);
  g_autofree char *name = g_path_get_basename (measure->store);
  g_autoptr (GFile) folder = g_file_new_for_path (parent);
  const char *id;

  while (dir != NULL && (id = g_dir_read_name (dir)) != NULL)
    measure_run (measure, id);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (name, endings[i], NULL);

      measure->sizes.database += get_size (folder, file);
    }

  g_task_return_boolean (task, TRUE);
}

static GHashTable *
list_ids (GListModel *runs,
          gboolean    all)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (runs, i);

      if (all || ut_run_get_state (run) == UT_RUN_FINISHED)
        g_hash_table_add (ids, g_strdup (ut_run_get_id (run)));
    }

  return ids;
}

/* What was deleted before must not be measured. */
static void
written (UtRunDatabase *database,
         GTask         *task)
{
  g_task_return_boolean (task, TRUE);
}

/* A store that cannot be opened takes room, too. */
static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;

  g_task_propagate_boolean (G_TASK (result), NULL);
  g_task_run_in_thread (task, measure_thread);
}

void
ut_run_store_measure_async (UtRunStore          *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Measure *measure = g_new0 (Measure, 1);

  measure->store = g_strdup (self->path);
  measure->runs = g_object_ref (self->directory);
  measure->trash = list_ids (G_LIST_MODEL (self->trash), TRUE);
  measure->ended = list_ids (G_LIST_MODEL (self), FALSE);
  measure->sizes.n_trash = g_hash_table_size (measure->trash);
  g_task_set_source_tag (task, ut_run_store_measure_async);
  g_task_set_task_data (task, measure, measure_free);
  _ut_store_worker_read (self->worker, g_task_new (NULL, NULL, written_cb, task), written);
}

gboolean
ut_run_store_measure_finish (UtRunStore    *self,
                             GAsyncResult  *result,
                             UtRunSizes    *sizes,
                             GError       **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (sizes != NULL, FALSE);

  *sizes = ((const Measure *) g_task_get_task_data (G_TASK (result)))->sizes;
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ut_run_store_delete_states (UtRunStore *self)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));

  for (guint i = 0; i < self->runs->len; i++)
    {
      UtRun *run = g_ptr_array_index (self->runs, i);

      if (ut_run_get_state (run) == UT_RUN_FINISHED && _ut_run_is_stored (run))
        _ut_store_errands_delete_states (self->worker, run);
    }
}
