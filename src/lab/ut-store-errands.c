/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-store-errands-private.h"

#include "ut-model-private.h"
#include "ut-probe-private.h"
#include "ut-run-backup-private.h"
#include "ut-run-folder-private.h"
#include "ut-run-place-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where earlier versions kept deleted runs. */
#define OLD_TRASH_NAME ".trash"

/* Writing: each order is a copy, since the run goes on changing. */

typedef struct
{
  UtRunRecord *record; /* (owned) */
  UtRunFields fields;
} Record;

static Record *
record_new (UtRun       *run,
            UtRunFields  fields)
{
  Record *order = g_new (Record, 1);
  UtRunRecord *record = _ut_run_get_record (run);

  *order = (Record) { _ut_run_record_dup (record), fields };
  return order;
}

static void
record_free (gpointer data)
{
  Record *order = data;

  _ut_run_record_free (order->record);
  g_free (order);
}

static gboolean
write_new (UtRunDatabase  *database,
           gpointer        data,
           GError        **error)
{
  Record *order = data;

  return _ut_run_database_add (database, order->record, error);
}

void
_ut_store_errands_add (UtStoreWorker *worker,
                       UtRun         *run)
{
  Record *order = record_new (run, 0);
  UtRunRecord *record = _ut_run_get_record (run);

  /* The arrays themselves: nothing is added to them before this is written. */
  order->record->points = g_array_ref (record->points);
  order->record->epochs = g_array_ref (record->epochs);
  order->record->looks = g_ptr_array_ref (record->looks);
  _ut_store_worker_write (worker, write_new, order, record_free);
}

static gboolean
write_claim (UtRunDatabase  *database,
             gpointer        data,
             GError        **error)
{
  g_autoptr (GError) local_error = NULL;

  /* That another program has it is found out when it is to start. */
  if (!_ut_run_database_claim (database, data, &local_error)
      && !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_BUSY))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

void
_ut_store_errands_claim (UtStoreWorker *worker,
                         UtRun         *run)
{
  _ut_store_worker_write (worker, write_claim, g_strdup (ut_run_get_id (run)), g_free);
}

static gboolean
write_update (UtRunDatabase  *database,
              gpointer        data,
              GError        **error)
{
  Record *order = data;

  return _ut_run_database_update (database, order->record, order->fields, error);
}

void
_ut_store_errands_update (UtStoreWorker *worker,
                          UtRun         *run,
                          UtRunFields    fields)
{
  _ut_store_worker_write (worker, write_update, record_new (run, fields), record_free);
}

static gboolean
write_release (UtRunDatabase  *database,
               gpointer        data,
               GError        **error)
{
  return _ut_run_database_release (database, data, error);
}

void
_ut_store_errands_release (UtStoreWorker *worker,
                           UtRun         *run)
{
  _ut_store_worker_write (worker, write_release, g_strdup (ut_run_get_id (run)), g_free);
}

static gboolean
write_beat (UtRunDatabase  *database,
            gpointer        data,
            GError        **error)
{
  return _ut_run_database_beat (database, error);
}

void
_ut_store_errands_beat (UtStoreWorker *worker)
{
  _ut_store_worker_write (worker, write_beat, NULL, NULL);
}

typedef struct
{
  char *id; /* (owned) */
  gint64 date;
} Removal;

static Removal *
removal_new (UtRun *run)
{
  Removal *order = g_new (Removal, 1);

  *order = (Removal) { g_strdup (ut_run_get_id (run)), _ut_run_get_record (run)->trashed };
  return order;
}

static void
removal_free (gpointer data)
{
  Removal *order = data;

  g_free (order->id);
  g_free (order);
}

static gboolean
write_trashed (UtRunDatabase  *database,
               gpointer        data,
               GError        **error)
{
  Removal *order = data;

  return _ut_run_database_set_trashed (database, order->id, order->date, error);
}

void
_ut_store_errands_set_trashed (UtStoreWorker *worker,
                               UtRun         *run)
{
  _ut_store_worker_write (worker, write_trashed, removal_new (run), removal_free);
}

/* The folder first: what is left of one whose run is gone would be nobody's. */
static gboolean
write_deletion (UtRunDatabase  *database,
                gpointer        data,
                GError        **error)
{
  g_autoptr (GFile) folder = _ut_run_database_dup_folder (database, data);

  return _ut_run_folder_delete (folder, error) && _ut_run_database_delete (database, data, error);
}

void
_ut_store_errands_delete (UtStoreWorker *worker,
                          UtRun         *run)
{
  _ut_store_worker_write (worker, write_deletion, g_strdup (ut_run_get_id (run)), g_free);
}

static gboolean
write_states (UtRunDatabase  *database,
              gpointer        data,
              GError        **error)
{
  g_autoptr (GFile) folder = _ut_run_database_dup_folder (database, data);

  return _ut_run_folder_delete_states (folder, error);
}

void
_ut_store_errands_delete_states (UtStoreWorker *worker,
                                 UtRun         *run)
{
  _ut_store_worker_write (worker, write_states, g_strdup (ut_run_get_id (run)), g_free);
}

static gboolean
write_backup (UtRunDatabase  *database,
              gpointer        data,
              GError        **error)
{
  g_autoptr (GError) local_error = NULL;

  /* A store that cannot be written has no need of it now, and must not halt for it. */
  if (!_ut_run_backup_make (database, _ut_run_database_get_path (database), &local_error)
      && local_error->domain != G_IO_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

void
_ut_store_errands_back_up (UtStoreWorker *worker)
{
  _ut_store_worker_write (worker, write_backup, NULL, NULL);
}

/* Moving */

typedef struct
{
  char *chosen; /* (owned) */
  gboolean remembers;
  char *notice; /* (owned) (nullable) */
} Move;

static void
move_free (gpointer data)
{
  Move *move = data;

  g_free (move->chosen);
  g_free (move->notice);
  g_free (move);
}

/* Has the others look at @folder; one that has started to write before it did so is not lost. */
static gboolean
announce (UtRunDatabase  *database,
          Move           *move,
          const char     *folder,
          GError        **error)
{
  g_autofree char *old = g_path_get_dirname (_ut_run_database_get_path (database));
  g_autofree char *usual = _ut_run_place_dup_usual ();
  g_autoptr (GError) local_error = NULL;

  if (!move->remembers)
    return TRUE;
  if (!_ut_run_place_remember (folder, &local_error))
    {
      move->notice = g_strdup (local_error->message);
      return TRUE;
    }
  if (!_ut_run_database_has_news (database))
    return TRUE;

  _ut_run_place_remember (g_str_equal (old, usual) ? NULL : old, NULL);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                       _("Another program has changed the runs meanwhile. Try again."));
  return FALSE;
}

static void
move_runs (UtRunDatabase *database,
           GTask         *task)
{
  Move *move = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *folder = _ut_run_place_copy (database, move->chosen,
                                                g_task_get_cancellable (task), &error);

  if (folder != NULL && announce (database, move, folder, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&folder), g_free);
      return;
    }

  if (folder != NULL)
    _ut_run_place_drop (folder);
  g_task_return_error (task, error);
}

void
_ut_store_errands_move_async (UtStoreWorker       *worker,
                              GFile               *chosen,
                              gboolean             remembers,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Move *move = g_new0 (Move, 1);

  *move = (Move) { .chosen = g_file_get_path (chosen), .remembers = remembers };
  g_task_set_source_tag (task, _ut_store_errands_move_async);
  /* Once it is done it is done, whoever wished otherwise meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, move, move_free);
  if (move->chosen != NULL)
    {
      _ut_store_worker_read (worker, task, move_runs);
      return;
    }

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _("That is no folder of this computer."));
  g_object_unref (task);
}

char *
_ut_store_errands_move_finish (GAsyncResult  *result,
                               char         **notice,
                               GError       **error)
{
  Move *move = g_task_get_task_data (G_TASK (result));

  *notice = g_steal_pointer (&move->notice);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Lists */

void
_ut_store_list_free (UtStoreList *self)
{
  g_ptr_array_unref (self->records);
  g_hash_table_unref (self->present);
  g_free (self);
}

static UtStoreList *
read_list (UtRunDatabase  *database,
           GHashTable     *known,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr (GHashTable) present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *records = _ut_run_database_list (database, known, present, cancellable, error);

  if (records == NULL)
    return NULL;

  UtStoreList *list = g_new (UtStoreList, 1);

  *list = (UtStoreList) { .records = records, .present = g_steal_pointer (&present) };
  return list;
}

/* What a run folder of an earlier version says becomes part of the store, and is then left to it. */
static gboolean
take_over (UtRunDatabase  *database,
           GFile          *folder,
           gint64          trashed,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr (UtRunRecord) record = _ut_run_folder_read (folder, cancellable);

  if (record == NULL)
    return !g_cancellable_set_error_if_cancelled (cancellable, error);

  record->trashed = trashed;
  /* What could not be read may be mended yet. */
  return _ut_run_database_add (database, record, error)
         && (record->is_damaged || _ut_run_folder_forget (folder, error));
}

/* Those that cannot be taken over now stay as they are, for the next time. */
static void
take_over_folders (UtRunDatabase *database,
                   GFile         *folder,
                   GHashTable    *present,
                   gint64         trashed,
                   GCancellable  *cancellable)
{
  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, NULL);
  GFileInfo *info;
  GFile *child;

  while (children != NULL
         && g_file_enumerator_iterate (children, &info, &child, cancellable, NULL) && info != NULL)
    {
      const char *name = g_file_info_get_name (info);

      if (*name == '.' || g_hash_table_contains (present, name)
          || !_ut_run_folder_is_described (child))
        continue;
      take_over (database, child, trashed, cancellable, NULL);
    }
}

static void
empty_old_trash (UtRunDatabase *database,
                 GFile         *runs)
{
  g_autoptr (GFile) trash = g_file_get_child (runs, OLD_TRASH_NAME);
  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (trash, G_FILE_ATTRIBUTE_STANDARD_NAME,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info;
  GFile *child;

  while (children != NULL && g_file_enumerator_iterate (children, &info, &child, NULL, NULL)
         && info != NULL)
    {
      g_autoptr (GFile) back = g_file_get_child (runs, g_file_info_get_name (info));

      if (g_file_move (child, back, G_FILE_COPY_NOFOLLOW_SYMLINKS
                       | G_FILE_COPY_NO_FALLBACK_FOR_MOVE, NULL, NULL, NULL, NULL))
        take_over (database, back, g_get_real_time (), NULL, NULL);
    }
  g_file_delete (trash, NULL, NULL);
}

/* What cannot be brought back now stays where it is, and is noted, for the next time. */
static UtRunSalvage
salvage_runs (UtRunDatabase *database)
{
  UtRunSalvage salvage = { 0 };
  g_autoptr (GError) error = NULL;

  if (!_ut_run_database_is_read_only (database)
      && !_ut_run_salvage_do (database, &salvage, &error))
    g_debug ("%s", error->message);

  return salvage;
}

static void
list_all (UtRunDatabase *database,
          GTask         *task)
{
  GFile *runs = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  UtRunSalvage salvage = salvage_runs (database);
  UtStoreList *list = read_list (database, NULL, cancellable, &error);

  if (list != NULL && !_ut_run_database_is_read_only (database))
    {
      guint n_runs = g_hash_table_size (list->present);

      empty_old_trash (database, runs);
      take_over_folders (database, runs, list->present, 0, cancellable);
      _ut_store_list_free (list);
      list = read_list (database, NULL, cancellable, &error);
      g_debug ("%u runs, %u of them new", n_runs,
               list != NULL ? g_hash_table_size (list->present) - n_runs : 0);
    }

  if (list == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  list->salvage = salvage;
  g_task_return_pointer (task, list, (GDestroyNotify) _ut_store_list_free);
}

void
_ut_store_errands_list_async (UtStoreWorker       *worker,
                              GFile               *runs,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, _ut_store_errands_list_async);
  g_task_set_task_data (task, g_object_ref (runs), g_object_unref);
  _ut_store_worker_read (worker, task, list_all);
}

static void
list_changed (UtRunDatabase *database,
              GTask         *task)
{
  GHashTable *known = g_task_get_task_data (task);
  GError *error = NULL;
  UtStoreList *list = read_list (database, known, NULL, &error);

  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify) _ut_store_list_free);
  else
    g_task_return_error (task, error);
}

static void
poll_store (UtRunDatabase *database,
            GTask         *task)
{
  if (_ut_run_database_has_news (database))
    list_changed (database, task);
  else
    g_task_return_pointer (task, NULL, NULL);
}

void
_ut_store_errands_poll_async (UtStoreWorker       *worker,
                              GHashTable          *known,
                              gboolean             in_any_case,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, _ut_store_errands_poll_async);
  g_task_set_task_data (task, known, (GDestroyNotify) g_hash_table_unref);
  _ut_store_worker_read (worker, task, in_any_case ? list_changed : poll_store);
}

UtStoreList *
_ut_store_errands_list_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Points */

typedef struct
{
  char *id;         /* (owned) */
  GArray *points;   /* (owned) (nullable) (element-type UtPoint) */
  GPtrArray *looks; /* (owned) (nullable) (element-type UtProbeLook) */
} Reading;

static void
reading_free (Reading *self)
{
  g_free (self->id);
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->looks, g_ptr_array_unref);
  g_free (self);
}

static gboolean
read_course (UtRunDatabase  *database,
             Reading        *reading,
             GCancellable   *cancellable,
             GError        **error)
{
  return _ut_run_database_read_points (database, reading->id, reading->points, cancellable, error)
         && _ut_run_database_read_looks (database, reading->id, reading->looks, cancellable, error);
}

static void
read_points (UtRunDatabase *database,
             GTask         *task)
{
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  if (read_course (database, reading, g_task_get_cancellable (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
_ut_store_errands_read_points_async (UtStoreWorker       *worker,
                                     UtRun               *run,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Reading *reading = g_new (Reading, 1);

  *reading = (Reading) { g_strdup (ut_run_get_id (run)),
                         g_array_new (FALSE, FALSE, sizeof (UtPoint)), _ut_probe_looks_new () };
  g_task_set_source_tag (task, _ut_store_errands_read_points_async);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  _ut_store_worker_read (worker, task, read_points);
}

static void
claim_and_read (UtRunDatabase *database,
                GTask         *task)
{
  Reading *reading = g_task_get_task_data (task);
  g_autofree char *folder = g_path_get_dirname (_ut_run_database_get_path (database));
  GError *error = NULL;

  if (_ut_run_place_check (folder, &error)
      && _ut_run_database_claim (database, reading->id, &error)
      && (reading->points == NULL
          || read_course (database, reading, NULL, &error)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
_ut_store_errands_claim_async (UtStoreWorker       *worker,
                               UtRun               *run,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->id = g_strdup (ut_run_get_id (run));
  if (!_ut_run_has_points (run))
    {
      reading->points = g_array_new (FALSE, FALSE, sizeof (UtPoint));
      reading->looks = _ut_probe_looks_new ();
    }
  g_task_set_source_tag (task, _ut_store_errands_claim_async);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  _ut_store_worker_read (worker, task, claim_and_read);
}

gboolean
_ut_store_errands_claim_finish (GAsyncResult  *result,
                                GArray       **points,
                                GPtrArray    **looks,
                                GError       **error)
{
  Reading *reading = g_task_get_task_data (G_TASK (result));

  *points = g_steal_pointer (&reading->points);
  *looks = g_steal_pointer (&reading->looks);
  return g_task_propagate_boolean (G_TASK (result), error);
}

GArray *
_ut_store_errands_read_points_finish (GAsyncResult  *result,
                                      GPtrArray    **looks,
                                      GError       **error)
{
  Reading *reading = g_task_get_task_data (G_TASK (result));

  g_task_propagate_boolean (G_TASK (result), error);
  *looks = g_steal_pointer (&reading->looks);
  return g_steal_pointer (&reading->points);
}

/* Comparing */

typedef struct
{
  char *ids[2];      /* (owned): of the original and of what reproduces it */
  GFile *folders[2]; /* (owned) */
} Pair;

static void
pair_free (Pair *self)
{
  for (gsize i = 0; i < 2; i++)
    {
      g_free (self->ids[i]);
      g_object_unref (self->folders[i]);
    }
  g_free (self);
}

/* The first step at which one differs from the other, 0 where they are the same as far as both go. */
static guint64
find_difference (GArray *original,
                 GArray *again)
{
  guint n_points = MIN (original->len, again->len);

  for (guint i = 0; i < n_points; i++)
    {
      const UtPoint *first = &g_array_index (original, UtPoint, i);
      const UtPoint *second = &g_array_index (again, UtPoint, i);

      if (first->step != second->step || first->epoch != second->epoch
          || memcmp (&first->loss, &second->loss, sizeof first->loss) != 0
          || memcmp (&first->accuracy, &second->accuracy, sizeof first->accuracy) != 0)
        return MIN (first->step, second->step);
    }

  return 0;
}

static gboolean
read_sum (GFile    *folder,
          char    **sum,
          GError  **error)
{
  g_autoptr (GFile) file = g_file_get_child (folder, UT_RUN_MODEL_NAME);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, error);

  if (bytes == NULL)
    return FALSE;

  *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return TRUE;
}

/* Whoever calibrated one of them has changed its file, but not what was learned. */
static gboolean
have_same_models (GFile * const folders[2])
{
  UtModel *models[2] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (GFile) file = g_file_get_child (folders[i], UT_RUN_MODEL_NAME);

      models[i] = ut_model_load (file, NULL, NULL);
    }

  gboolean same = models[0] != NULL && models[1] != NULL
                  && (ut_model_get_calibration (models[0]) != NULL
                      || ut_model_get_calibration (models[1]) != NULL)
                  && _ut_model_is_same (models[0], models[1]);

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    g_clear_pointer (&models[i], ut_model_unref);

  return same;
}

static void
compare_runs (UtRunDatabase *database,
              GTask         *task)
{
  Pair *pair = g_task_get_task_data (task);
  UtStoreComparison comparison = { 0 };
  GArray *points[2] = { NULL };
  char *sums[2] = { NULL };
  GError *error = NULL;
  gboolean read = TRUE;

  for (gsize i = 0; i < 2 && read; i++)
    {
      points[i] = g_array_new (FALSE, FALSE, sizeof (UtPoint));
      read = _ut_run_database_read_points (database, pair->ids[i], points[i], NULL, &error)
             && read_sum (pair->folders[i], &sums[i], &error);
    }
  if (read)
    {
      guint n_common = MIN (points[0]->len, points[1]->len);

      comparison.difference = find_difference (points[0], points[1]);
      comparison.n_steps = n_common;
      comparison.is_whole = points[0]->len == points[1]->len;
      comparison.same_model = g_str_equal (sums[0], sums[1]) || have_same_models (pair->folders);
      g_task_return_pointer (task, g_memdup2 (&comparison, sizeof comparison), g_free);
    }
  else
    {
      g_task_return_error (task, error);
    }
  for (gsize i = 0; i < 2; i++)
    {
      g_clear_pointer (&points[i], g_array_unref);
      g_free (sums[i]);
    }
}

void
_ut_store_errands_compare_async (UtStoreWorker       *worker,
                                 UtRun               *original,
                                 UtRun               *again,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Pair *pair = g_new (Pair, 1);

  *pair = (Pair) {
    { g_strdup (ut_run_get_id (original)), g_strdup (ut_run_get_id (again)) },
    { g_object_ref (_ut_run_get_folder (original)), g_object_ref (_ut_run_get_folder (again)) },
  };
  g_task_set_source_tag (task, _ut_store_errands_compare_async);
  g_task_set_task_data (task, pair, (GDestroyNotify) pair_free);
  _ut_store_worker_read (worker, task, compare_runs);
}

gboolean
_ut_store_errands_compare_finish (GAsyncResult       *result,
                                  UtStoreComparison  *comparison,
                                  GError            **error)
{
  g_autofree UtStoreComparison *found = g_task_propagate_pointer (G_TASK (result), error);

  if (found == NULL)
    return FALSE;

  *comparison = *found;
  return TRUE;
}
