/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-owner-private.h"
#include "ut-run-store-private.h"
#include "ut-store-errands-private.h"

/* How soon what another program does is seen here. */
#define POLL_SECONDS 1

static void
remember (UtRunStore        *self,
          const UtRunRecord *record)
{
  g_hash_table_replace (self->changes, g_strdup (record->id),
                        GSIZE_TO_POINTER ((gsize) record->change));
}

static UtRun *
find_run (UtRunStore *self,
          const char *id,
          guint      *position)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      UtRun *run = g_ptr_array_index (self->runs, i);

      if (g_str_equal (ut_run_get_id (run), id))
        {
          *position = i;
          return run;
        }
    }

  return NULL;
}

UtRun *
_ut_run_store_find (UtRunStore *self,
                    const char *id)
{
  guint position;

  return find_run (self, id, &position);
}

static UtRun *
find_trashed (UtRunStore *self,
              const char *id,
              guint      *position)
{
  guint n_runs = g_list_model_get_n_items (G_LIST_MODEL (self->trash));

  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (G_LIST_MODEL (self->trash), i);

      if (g_str_equal (ut_run_get_id (run), id))
        {
          *position = i;
          return run;
        }
    }

  return NULL;
}

/* Whether this program knows better what becomes of @run. */
static gboolean
is_own (UtRunStore *self,
        UtRun      *run)
{
  return run == self->active || ut_run_get_queue_position (run) > 0;
}

/* The last deleted one first. */
static int
compare_trashed (gconstpointer a,
                 gconstpointer b,
                 gpointer      unused)
{
  gint64 first = _ut_run_get_record ((UtRun *) a)->trashed;
  gint64 second = _ut_run_get_record ((UtRun *) b)->trashed;

  return first > second ? -1 : first < second;
}

/* An unchanged run that another program trains is only read to see whether that program lives. */
static gboolean
says_nothing_new (UtRunStore        *self,
                  UtRun             *run,
                  const UtRunRecord *record)
{
  gpointer change = g_hash_table_lookup (self->changes, record->id);

  return run != NULL && GPOINTER_TO_SIZE (change) == (gsize) record->change
         && record->is_elsewhere && ut_run_is_elsewhere (run);
}

/* What another program did to a run that is known here. */
static void
update_run (UtRunStore  *self,
            UtRun       *run,
            UtRunRecord *record)
{
  gboolean trashed = record->trashed != 0;
  guint position;

  _ut_run_store_disconnect (self, run);
  _ut_run_take_record (run, record);
  if (g_list_store_find (self->trash, run, &position))
    g_list_store_remove (self->trash, position);
  if (!g_ptr_array_find (self->runs, run, &position))
    position = G_MAXUINT;

  if (!trashed && position != G_MAXUINT)
    {
      /* It keeps its place, which may be the one somebody works at. */
      _ut_run_store_connect (self, run);
      return;
    }
  if (position != G_MAXUINT)
    _ut_run_store_take_out (self, position);
  if (trashed)
    g_list_store_insert_sorted (self->trash, run, compare_trashed, NULL);
  else
    _ut_run_store_insert (self, run);
}

/* Adds a run that is not known yet to @fresh, or to the trash. */
static void
take_record (UtRunStore  *self,
             UtRunRecord *record,
             GPtrArray   *fresh)
{
  guint position;
  UtRun *known = find_run (self, record->id, &position);
  gboolean is_old = says_nothing_new (self, known, record);

  remember (self, record);
  if (known == NULL)
    known = find_trashed (self, record->id, &position);
  if (known != NULL)
    {
      g_autoptr (UtRun) run = g_object_ref (known);

      if (is_old || is_own (self, run))
        _ut_run_record_free (record);
      else
        update_run (self, run, record);
      return;
    }

  g_autoptr (GFile) folder = g_file_get_child (self->directory, record->id);
  g_autoptr (UtRun) run = _ut_run_new (record, folder, NULL);

  if (record->trashed != 0)
    g_list_store_insert_sorted (self->trash, run, compare_trashed, NULL);
  else
    g_ptr_array_add (fresh, g_steal_pointer (&run));
}

static void
forget_missing (UtRunStore *self,
                GHashTable *present)
{
  for (guint i = self->runs->len; i > 0; i--)
    {
      UtRun *run = g_ptr_array_index (self->runs, i - 1);

      if (_ut_run_is_stored (run) && !is_own (self, run)
          && !g_hash_table_contains (present, ut_run_get_id (run)))
        _ut_run_store_take_out (self, i - 1);
    }
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->trash)); i > 0; i--)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (G_LIST_MODEL (self->trash), i - 1);

      if (_ut_run_is_stored (run) && !g_hash_table_contains (present, ut_run_get_id (run)))
        g_list_store_remove (self->trash, i - 1);
    }
}

static void
take_list (UtRunStore  *self,
           UtStoreList *list)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  while (list->records->len > 0)
    take_record (self, g_ptr_array_steal_index_fast (list->records, list->records->len - 1), fresh);
  _ut_run_store_insert_all (self, fresh);
}

typedef struct
{
  UtRunStore *store; /* (owned) */
  guint n_edits;
} Poll;

static void
polled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autofree Poll *poll = data;
  g_autoptr (UtRunStore) self = poll->store;
  g_autoptr (UtStoreList) list = _ut_store_errands_list_finish (result, NULL);

  self->is_polling = FALSE;
  if (list == NULL)
    return;

  /* What was edited since would be lost by what was read before. */
  self->must_list = poll->n_edits != self->n_edits;
  if (self->must_list)
    return;
  take_list (self, list);
  forget_missing (self, list->present);
}

/* A program that was killed cannot write that it does not train any more. */
static gboolean
forget_elsewhere (UtRunStore *self,
                  GHashTable *known)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->runs->len; i++)
    {
      UtRun *run = g_ptr_array_index (self->runs, i);

      if (ut_run_is_elsewhere (run) && g_hash_table_remove (known, ut_run_get_id (run)))
        found = TRUE;
    }

  return found;
}

static gboolean
poll_cb (gpointer data)
{
  UtRunStore *self = data;
  gboolean is_beat = ++self->n_polls % UT_OWNER_BEAT_SECONDS == 0;

  if (is_beat && self->active != NULL && self->trouble == NULL)
    _ut_store_errands_beat (self->worker);
  if (is_beat && self->must_remember)
    _ut_run_store_remember (self);
  if (self->is_polling)
    return G_SOURCE_CONTINUE;

  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id, change;
  Poll *poll = g_new (Poll, 1);

  g_hash_table_iter_init (&iter, self->changes);
  while (g_hash_table_iter_next (&iter, &id, &change))
    g_hash_table_insert (known, g_strdup (id), change);
  if (is_beat && forget_elsewhere (self, known))
    self->must_list = TRUE;

  *poll = (Poll) { g_object_ref (self), self->n_edits };
  self->is_polling = TRUE;
  _ut_store_errands_poll_async (self->worker, g_steal_pointer (&known), self->must_list, polled_cb,
                                poll);

  return G_SOURCE_CONTINUE;
}

/* Loading */

static void
list_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  UtRunStore *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (UtStoreList) list = _ut_store_errands_list_finish (result, &error);

  if (list == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self->salvage = list->salvage;
  /* A run that was added meanwhile is not in it yet. */
  take_list (self, list);
  if (self->n_edits == GPOINTER_TO_UINT (g_task_get_task_data (task)))
    forget_missing (self, list->present);
  if (self->poll_source == 0)
    {
      self->poll_source = g_timeout_add_seconds (POLL_SECONDS, poll_cb, self);
      g_source_set_name_by_id (self->poll_source, "ut_run_store_poll");
    }
  g_task_return_boolean (task, TRUE);
}

void
ut_run_store_load_async (UtRunStore          *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, ut_run_store_load_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (self->n_edits), NULL);
  if (!_ut_run_store_is_there (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
    }
  else if (_ut_run_store_make_directory (self, &error) || g_file_query_exists (self->directory, NULL))
    _ut_store_errands_list_async (self->worker, self->directory, cancellable, list_cb, task);
  else
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
    }
}

gboolean
ut_run_store_load_finish (UtRunStore    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
