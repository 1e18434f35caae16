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

typedef struct
{
  GFile *file;        /* (owned) */
  UtDataset *train;   /* (owned) (nullable): the rows that are asked for */
  GFile *list;        /* (owned) (nullable): the rows that were left out */
} Order;

static void
order_free (Order *self)
{
  g_object_unref (self->file);
  g_clear_pointer (&self->train, ut_dataset_unref);
  g_clear_object (&self->list);
  g_free (self);
}

/* Returns: (transfer full) (nullable): @map (transfer full) on the rows that are asked for. */
static UtDataMap *
fit_map (const Order   *order,
         UtDataMap     *map,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (UtDataMap) read = map;
  g_autoptr (UtDataset) list = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *name = NULL;

  if (order->train == NULL || ut_data_map_matches (read, order->train))
    return g_steal_pointer (&read);
  if (order->list == NULL)
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_DATA,
                           _("These are not the rows that the run was trained on; they may have "
                             "changed since."));
      return NULL;
    }

  name = g_file_get_parse_name (order->list);
  list = ut_dataset_read (order->list, NULL, NULL, cancellable, &failure);
  if (list != NULL)
    {
      UtDataMap *spread = ut_data_map_spread (read, order->train, list);

      if (spread == NULL)
        g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DATA,
                     /* Translators: the name of a file. */
                     _("The run left the rows out that %s had. The file or the training rows have "
                       "changed since, so that it is not known which rows the run was trained on."),
                     name);
      return spread;
    }
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DATA,
                 /* Translators: the name of a file. */
                 _("The run left the rows out that %s had. The file is gone, so that it is not "
                   "known which rows the run was trained on."), name);
  else
    /* Translators: what is wrong with the file, which is named there. */
    g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_DATA,
                 _("The list of the rows that the run left out cannot be read any more: %s"),
                 failure->message);

  return NULL;
}

static void
read_map_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;
  UtDataMap *map = ut_data_map_read (order->file, cancellable, &error);

  if (map != NULL)
    map = fit_map (order, map, cancellable, &error);

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
                           UtDataset           *train,
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

  const char *list = ut_config_get_exclude_path (ut_run_get_config (self));
  Order *order = g_new0 (Order, 1);

  order->file = g_file_get_child (folder, UT_RUN_MAP_NAME);
  order->train = train != NULL ? ut_dataset_ref (train) : NULL;
  order->list = list != NULL ? g_file_new_for_path (list) : NULL;

  g_autoptr (GTask) worker = g_task_new (NULL, cancellable, map_read_cb, task);

  g_task_set_source_tag (worker, ut_run_get_data_map_async);
  g_task_set_task_data (worker, order, (GDestroyNotify) order_free);
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
