/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-window-private.h"

#include "ut-import-dialog.h"

#include <glib/gi18n.h>

/* How the files of models end; all others are data. */
#define MODEL_SUFFIX ".safetensors"

static void
reloaded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  UtDataList *list = UT_DATA_LIST (source);
  g_autoptr (GTask) task = data;
  UtWindow *self = g_task_get_source_object (task);
  GFile *folder = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  UtDataEntry *entry;

  if (!ut_data_list_load_finish (list, result, &error))
    {
      ut_session_send_message (self->session, error->message);
      return;
    }

  entry = ut_data_list_find_folder (list, folder);
  if (entry != NULL && self->data_page != NULL)
    ut_data_page_select (self->data_page, entry);
}

void
_ut_window_show_data (UtWindow *self,
                      GFile    *folder)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, _ut_window_show_data);
  g_task_set_task_data (task, g_object_ref (folder), g_object_unref);
  adw_view_stack_set_visible_child_name (self->stack, "data");
  ut_data_list_load_async (ut_session_get_data (self->session), NULL, reloaded_cb, task);
}

static void
import_files (UtWindow   *self,
              GListModel *files)
{
  GtkWindow *dialog = ut_import_dialog_new (GTK_WINDOW (self), files);

  g_signal_connect_object (dialog, "imported", G_CALLBACK (_ut_window_show_data), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

/* Choosing */

static void
open_data_response_cb (UtWindow *self,
                       int       response)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (files != NULL && g_list_model_get_n_items (files) > 0)
    import_files (self, files);
}

static void
choose (UtWindow             *self,
        const char           *title,
        GtkFileChooserAction  action)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  /* Two files may be a pair, one of each label. */
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser),
                                        action == GTK_FILE_CHOOSER_ACTION_OPEN);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (open_data_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
open_data_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  choose (user_data, _("Open Labelled Reviews"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
open_data_folder_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  choose (user_data, _("Open a Folder of Reviews"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  g_autofree const char **uris = g_variant_get_strv (parameter, NULL);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  for (gsize i = 0; uris[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);

      g_list_store_append (files, file);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (files)) > 0)
    import_files (user_data, G_LIST_MODEL (files));
}

/* Dropping */

gboolean
_ut_window_is_model (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL && g_str_has_suffix (name, MODEL_SUFFIX);
}

void
_ut_window_open_files (UtWindow *self,
                       GSList   *dropped)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  for (GSList *l = dropped; l != NULL; l = l->next)
    {
      if (_ut_window_is_model (l->data))
        ut_window_open_model (self, l->data);
      else
        g_list_store_append (files, l->data);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (files)) > 0)
    import_files (self, G_LIST_MODEL (files));
}

static gboolean
drop_cb (UtWindow     *self,
         const GValue *value)
{
  g_autoptr (GSList) dropped = gdk_file_list_get_files (g_value_get_boxed (value));

  _ut_window_open_files (self, dropped);

  return dropped != NULL;
}

void
_ut_window_install_data (UtWindow *self)
{
  const GActionEntry entries[] = {
    { "open-data", open_data_cb },
    { "open-data-folder", open_data_folder_cb },
    { "import", import_cb, "as" },
  };
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
