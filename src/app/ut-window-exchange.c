/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-window-private.h"

#include <glib/gi18n.h>

/* How many runs of one name a folder takes. */
#define MAX_SAME_NAME 1000

/* Exporting */

typedef struct
{
  UtRun *run;    /* (owned) */
  GFile *parent; /* (owned): where its folder goes */
  GFile *folder; /* (owned) (nullable): as it is tried */
  guint n_tries;
} Export;

static void
export_free (Export *self)
{
  g_clear_object (&self->run);
  g_clear_object (&self->parent);
  g_clear_object (&self->folder);
  g_free (self);
}

/* "GRU 3", and where that is there already "GRU 3 (2)". */
static void
name_folder (Export *self)
{
  g_autofree char *name = g_strdelimit (g_strdup (ut_run_get_name (self->run)), "/", '-');
  g_autofree char *numbered = NULL;

  /* It would be hidden, or be another folder altogether. */
  if (*name == '.')
    *name = '-';
  if (++self->n_tries > 1)
    numbered = g_strdup_printf ("%s (%u)", name, self->n_tries);
  g_clear_object (&self->folder);
  self->folder = g_file_get_child (self->parent, numbered != NULL ? numbered : name);
}

static void
show_cb (UtWindow *self,
         AdwToast *toast)
{
  gtk_show_uri (GTK_WINDOW (self), g_object_get_data (G_OBJECT (toast), "uri"), GDK_CURRENT_TIME);
}

static void
say_exported (UtWindow *self,
              Export   *export)
{
  g_autofree char *name = g_file_get_basename (export->folder);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *text = g_strdup_printf (_("%s is exported to the folder “%s”."),
                                           ut_run_get_name (export->run), shown);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, _("Show"));
  g_object_set_data_full (G_OBJECT (toast), "uri", g_file_get_uri (export->folder), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  UtRunStore *store = UT_RUN_STORE (source);
  g_autoptr (GTask) task = user_data;
  UtWindow *self = g_task_get_source_object (task);
  Export *export = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (ut_run_store_export_finish (store, result, &error))
    {
      say_exported (self, export);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) &&
           export->n_tries < MAX_SAME_NAME)
    {
      name_folder (export);
      ut_run_store_export_async (store, export->run, export->folder, NULL, exported_cb,
                                 g_steal_pointer (&task));
    }
  else
    {
      ut_window_show_toast (self, error->message);
    }
}

static void
export_run (UtWindow *self,
            UtRun    *run,
            GFile    *parent)
{
  /* The task carries window and run to the answers. */
  GTask *task = g_task_new (self, NULL, NULL, NULL);
  Export *export = g_new0 (Export, 1);

  export->run = g_object_ref (run);
  export->parent = g_object_ref (parent);
  name_folder (export);
  g_task_set_source_tag (task, export_run);
  g_task_set_task_data (task, export, (GDestroyNotify) export_free);
  ut_run_store_export_async (ut_session_get_store (self->session), run, export->folder, NULL,
                             exported_cb, task);
}

/* Importing */

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (UtWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_import_finish (UT_RUN_STORE (source), result, &error);
  g_autofree char *text = NULL;

  if (run == NULL)
    {
      ut_window_show_toast (self, error->message);
      return;
    }

  text = g_strdup_printf (_("%s is imported."), ut_run_get_name (run));
  ut_window_show_toast (self, text);
  ut_session_set_current (self->session, run);
}

static void
import_run (UtWindow *self,
            GFile    *folder)
{
  ut_run_store_import_async (ut_session_get_store (self->session), folder, NULL, imported_cb,
                             g_object_ref (self));
}

/* Choosing */

GtkFileChooserNative *
_ut_window_open_chooser (UtWindow   *self,
                         const char *title,
                         const char *accept,
                         GCallback   response_cb)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, accept, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", response_cb, self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));

  return self->chooser;
}

GFile *
_ut_window_close_chooser (UtWindow *self,
                          int       response)
{
  GFile *folder = response == GTK_RESPONSE_ACCEPT
                  ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;

  g_clear_object (&self->chooser);
  return folder;
}

static void
export_response_cb (UtWindow             *self,
                    int                   response,
                    GtkFileChooserNative *chooser)
{
  g_autoptr (UtRun) run = g_object_ref (g_object_get_data (G_OBJECT (chooser), "run"));
  g_autoptr (GFile) parent = _ut_window_close_chooser (self, response);

  if (parent != NULL)
    export_run (self, run, parent);
}

static void
import_response_cb (UtWindow *self,
                    int       response)
{
  g_autoptr (GFile) folder = _ut_window_close_chooser (self, response);

  if (folder != NULL)
    import_run (self, folder);
}

/* Actions */

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = _ut_window_find_run (self, parameter);
  g_autofree char *title = NULL;
  GtkFileChooserNative *chooser;

  if (run == NULL)
    return;

  title = g_strdup_printf (_("Export %s Into a Folder"), ut_run_get_name (run));
  chooser = _ut_window_open_chooser (self, title, _("Export"), G_CALLBACK (export_response_cb));
  g_object_set_data_full (G_OBJECT (chooser), "run", g_object_ref (run), g_object_unref);
}

static void
export_to_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  UtWindow *self = user_data;
  g_autoptr (GVariant) id = g_variant_get_child_value (parameter, 0);
  g_autoptr (GVariant) uri = g_variant_get_child_value (parameter, 1);
  g_autoptr (GFile) parent = g_file_new_for_uri (g_variant_get_string (uri, NULL));
  UtRun *run = _ut_window_find_run (self, id);

  if (run != NULL)
    export_run (self, run, parent);
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  _ut_window_open_chooser (user_data, _("Import the Folder of a Run"), _("Import"),
                           G_CALLBACK (import_response_cb));
}

static void
import_from_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  g_autoptr (GFile) folder = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  import_run (user_data, folder);
}

static void
reproduced_cb (UtWindow   *self,
               GParamSpec *pspec,
               UtRun      *run)
{
  if (ut_run_get_reproduction (run) != NULL)
    ut_window_show_toast (self, ut_run_get_reproduction (run));
}

static void
reproduce_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = _ut_window_find_run (self, parameter);
  g_autoptr (GError) error = NULL;
  UtRun *again;

  if (run == NULL)
    return;

  again = ut_run_store_reproduce (ut_session_get_store (self->session), run, &error);
  if (again == NULL)
    {
      ut_window_show_toast (self, error->message);
      return;
    }

  g_signal_connect_object (again, "notify::reproduction", G_CALLBACK (reproduced_cb), self,
                           G_CONNECT_SWAPPED);
  ut_session_set_current (self->session, again);
}

void
_ut_window_install_exchange (UtWindow *self)
{
  const GActionEntry entries[] = {
    { "run-export", export_cb, "s" },
    { "run-export-to", export_to_cb, "(ss)" },
    { "run-reproduce", reproduce_cb, "s" },
    { "import-run", import_cb },
    { "import-run-from", import_from_cb, "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
