/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-place-private.h"
#include "ut-run-store-private.h"
#include "ut-store-errands-private.h"

#include <glib/gi18n-lib.h>

/* From the moment when nothing is written any more until it is again. First the run that trains has to
 * come to a point where it waits; then the store's thread copies, as it is the only one that wrote. */
typedef struct
{
  GFile *chosen;    /* (owned) */
  gulong cancelled; /* handler of the cancellable, or 0 */
  gboolean copies;
  char *notice;     /* (owned) (nullable) */
} Move;

static void
move_free (gpointer data)
{
  Move *move = data;

  g_object_unref (move->chosen);
  g_free (move->notice);
  g_free (move);
}

static void
set_moving (UtRunStore *self,
            GTask      *task)
{
  g_set_object (&self->moving, task);
  g_object_notify (G_OBJECT (self), "moving");
}

static void
move_run (UtRun *run,
          GFile *directory)
{
  g_autoptr (GFile) folder = g_file_get_child (directory, ut_run_get_id (run));

  if (_ut_run_is_stored (run))
    _ut_run_set_folder (run, folder);
}

/* Nothing of this has read or written anything since the copy was made. */
static void
settle (UtRunStore *self,
        const char *folder)
{
  g_free (self->path);
  self->path = g_build_filename (folder, UT_RUN_DATABASE_NAME, NULL);
  g_clear_object (&self->directory);
  self->directory = g_file_new_build_filename (folder, UT_RUN_FOLDERS_NAME, NULL);

  for (guint i = 0; i < self->runs->len; i++)
    move_run (g_ptr_array_index (self->runs, i), self->directory);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->trash)); i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (G_LIST_MODEL (self->trash), i);

      move_run (run, self->directory);
    }
}

/* @folder (transfer full) is NULL where all is as it was, for the reason @error (transfer full). */
static void
end (UtRunStore *self,
     char       *folder,
     GError     *error)
{
  g_autoptr (GTask) task = g_object_ref (self->moving);
  Move *move = g_task_get_task_data (task);

  if (move->cancelled != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), move->cancelled);
  if (folder != NULL)
    {
      settle (self, folder);
      self->must_remember = move->notice != NULL;
    }
  /* What another program did was read by the copy. */
  self->must_list = TRUE;
  set_moving (self, NULL);
  _ut_store_worker_release (self->worker, folder != NULL ? self->path : NULL);
  if (self->active != NULL)
    _ut_run_release (self->active, folder != NULL ? self->path : NULL);
  if (folder != NULL)
    ut_run_store_retry (self);
  _ut_run_store_start_next (self);

  if (folder != NULL)
    g_task_return_pointer (task, folder, g_free);
  else
    g_task_return_error (task, error);
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (UtRunStore) self = data;
  Move *move = g_task_get_task_data (self->moving);
  GError *error = NULL;
  char *folder = _ut_store_errands_move_finish (result, &move->notice, &error);

  end (self, folder, error);
}

void
_ut_run_store_go_on_moving (UtRunStore *self)
{
  Move *move = g_task_get_task_data (self->moving);
  GCancellable *cancellable = g_task_get_cancellable (self->moving);
  GError *error = NULL;

  if (move->copies)
    return;
  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      end (self, NULL, error);
      return;
    }
  if (self->active != NULL && !_ut_run_is_held (self->active))
    return;

  move->copies = TRUE;
  _ut_store_errands_move_async (self->worker, move->chosen, self->remembers, cancellable, copied_cb,
                                g_object_ref (self));
}

void
ut_run_store_move_async (UtRunStore          *self,
                         GFile               *chosen,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (UT_IS_RUN_STORE (self));
  g_return_if_fail (G_IS_FILE (chosen));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Move *move = g_new0 (Move, 1);

  g_task_set_source_tag (task, ut_run_store_move_async);
  g_task_set_check_cancellable (task, FALSE);
  move->chosen = g_object_ref (chosen);
  g_task_set_task_data (task, move, move_free);
  if (self->moving != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               _("The runs are being moved already."));
      return;
    }

  if (cancellable != NULL)
    move->cancelled = g_signal_connect_object (cancellable, "cancelled",
                                               G_CALLBACK (_ut_run_store_go_on_moving), self,
                                               G_CONNECT_SWAPPED);
  _ut_store_worker_hold (self->worker);
  if (self->active != NULL)
    _ut_run_hold (self->active);
  set_moving (self, task);
  _ut_run_store_go_on_moving (self);
}

char *
ut_run_store_move_finish (UtRunStore    *self,
                          GAsyncResult  *result,
                          char         **notice,
                          GError       **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  Move *move = g_task_get_task_data (G_TASK (result));

  if (notice != NULL)
    *notice = g_steal_pointer (&move->notice);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Remembering */

void
_ut_run_store_remember (UtRunStore *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  self->must_remember = !_ut_run_place_remember (folder, NULL);
}

gboolean
_ut_run_store_is_there (UtRunStore  *self,
                        GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *usual = _ut_run_place_dup_usual ();

  if (!self->remembers || g_str_equal (folder, usual) || g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;

  g_autofree char *note = _ut_run_place_dup_note ();
  g_autofree char *name = g_filename_display_name (folder);
  g_autofree char *note_name = g_filename_display_name (note);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               /* Translators: a folder, and a file that names it. */
               _("The runs were moved to %s, which is not there. Connect its disk and start again; or "
                 "delete the file %s to go back to the usual place."), name, note_name);
  return FALSE;
}
