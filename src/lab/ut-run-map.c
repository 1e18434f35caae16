/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-folder-private.h"
#include "ut-run-private.h"

#include "ut-lab-error.h"

#include <glib/gi18n-lib.h>

static void
return_no_map (GTask *task)
{
  g_task_return_new_error (task, UT_LAB_ERROR, UT_LAB_ERROR_RUN, "%s",
                           _("This run has no data map; a run that trains here has one as soon as "
                             "its first epoch has ended."));
}

static void
read_map_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  GError *error = NULL;
  UtDataMap *map = ut_data_map_read (data, cancellable, &error);

  if (map != NULL)
    g_task_return_pointer (task, map, (GDestroyNotify) ut_data_map_unref);
  else
    g_task_return_error (task, error);
}

static void
map_read_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  UtDataMap *map = g_task_propagate_pointer (G_TASK (result), &error);

  if (map != NULL)
    {
      g_task_return_pointer (task, map, (GDestroyNotify) ut_data_map_unref);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_error_free (error);
      return_no_map (task);
    }
  else
    {
      g_task_return_error (task, error);
    }
}

/* The worker's task does not hold the run: its last reference may fall there. */
void
ut_run_get_data_map_async (UtRun               *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (UT_IS_RUN (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GFile *folder = _ut_run_get_folder (self);

  g_task_set_source_tag (task, ut_run_get_data_map_async);
  if (folder == NULL)
    {
      return_no_map (task);
      g_object_unref (task);
      return;
    }

  g_autoptr (GTask) worker = g_task_new (NULL, cancellable, map_read_cb, task);

  g_task_set_source_tag (worker, ut_run_get_data_map_async);
  g_task_set_task_data (worker, g_file_get_child (folder, UT_RUN_MAP_NAME), g_object_unref);
  g_task_run_in_thread (worker, read_map_thread);
}

UtDataMap *
ut_run_get_data_map_finish (UtRun         *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
