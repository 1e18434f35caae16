/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-source-list.h"

#include "ut-source-row.h"

struct _UtSourceList
{
  GtkBox parent_instance;

  UtSession *session;    /* (owned) (nullable) */
  GCancellable *loading; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtSourceList, ut_source_list, GTK_TYPE_BOX)

enum
{
  FETCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A source, and where it is already. */
typedef struct
{
  UtSource *source; /* (owned) */
  GFile *present;   /* (owned) (nullable) */
} Found;

static void
found_free (Found *self)
{
  ut_source_unref (self->source);
  g_clear_object (&self->present);
  g_free (self);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) sources = ut_sources_load (data, cancellable, &error);
  GPtrArray *all;

  if (sources == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  all = g_ptr_array_new_with_free_func ((GDestroyNotify) found_free);
  for (guint i = 0; i < sources->len; i++)
    {
      Found *found = g_new0 (Found, 1);

      found->source = ut_source_ref (sources->pdata[i]);
      found->present = ut_source_dup_present (found->source);
      g_ptr_array_add (all, found);
    }
  g_task_return_pointer (task, all, (GDestroyNotify) g_ptr_array_unref);
}

static void
clear (UtSourceList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
}

static void
fetched_cb (UtSourceList *self,
            GFile        *file)
{
  /* Word vectors are used from their row. */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    g_signal_emit (self, signals[FETCHED], 0, file);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  UtSourceList *self = UT_SOURCE_LIST (object);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->loading);
  if (all == NULL)
    {
      ut_session_send_message (self->session, error->message);
      return;
    }

  clear (self);
  for (guint i = 0; i < all->len; i++)
    {
      const Found *found = all->pdata[i];
      GtkWidget *row = ut_source_row_new (found->source, found->present, self->session);

      g_signal_connect_object (row, "fetched", G_CALLBACK (fetched_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self), row);
    }
}

static void
ut_source_list_dispose (GObject *object)
{
  UtSourceList *self = UT_SOURCE_LIST (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_source_list_parent_class)->dispose (object);
}

static void
ut_source_list_class_init (UtSourceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ut_source_list_dispose;

  /** UtSourceList::fetched: (folder): a data set was fetched. */
  signals[FETCHED] = g_signal_new ("fetched", UT_TYPE_SOURCE_LIST, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
}

static void
ut_source_list_init (UtSourceList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

void
ut_source_list_load (UtSourceList *self,
                     GFile        *file,
                     UtSession    *session)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (UT_IS_SOURCE_LIST (self));
  g_return_if_fail (file == NULL || G_IS_FILE (file));
  g_return_if_fail (UT_IS_SESSION (session));

  g_set_object (&self->session, session);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  task = g_task_new (self, self->loading, loaded_cb, NULL);
  g_task_set_source_tag (task, ut_source_list_load);
  g_task_set_name (task, "[undertone] list sources");
  if (file != NULL)
    g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_thread);
}
