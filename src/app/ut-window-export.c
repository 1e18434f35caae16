/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-window-private.h"

#include "ut-figure-window.h"

#include <glib/gi18n.h>
#include <ut-export.h>

/* Saying that a file is there */

static void
open_cb (UtWindow *self,
         AdwToast *toast)
{
  gtk_show_uri (GTK_WINDOW (self), g_object_get_data (G_OBJECT (toast), "uri"), GDK_CURRENT_TIME);
}

static void
say_saved (UtWindow *self,
           GFile    *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *text = g_strdup_printf (_("“%s” is saved."), name);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, _("Open"));
  g_object_set_data_full (G_OBJECT (toast), "uri", g_file_get_uri (file), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* What is exported */

/* (transfer full) (element-type UtRun): the shown runs that have curves. */
static GPtrArray *
list_shown (UtWindow *self)
{
  GListModel *store = G_LIST_MODEL (ut_session_get_store (self->session));
  GPtrArray *runs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (store); i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (store, i);
      gsize n_points, n_epochs;

      ut_run_get_points (run, &n_points);
      ut_run_get_epochs (run, &n_epochs);
      if (ut_run_get_shown (run) && (n_points > 0 || n_epochs > 0))
        g_ptr_array_add (runs, g_steal_pointer (&run));
    }
  return runs;
}

/* Figure */

static GtkWidget *
make_figure_window (UtWindow *self)
{
  g_autoptr (GPtrArray) runs = list_shown (self);

  if (runs->len == 0)
    {
      ut_window_show_toast (self, _("No run that is shown has a curve yet."));
      return NULL;
    }

  g_autoptr (UtRunFigure) figure
    = ut_run_figure_new (runs, ut_session_get_current (self->session),
                         ut_session_get_plot_view (self->session));
  GtkWidget *window = ut_figure_window_new (figure, ut_session_get_settings (self->session));

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (self));
  g_signal_connect_object (window, "saved", G_CALLBACK (say_saved), self, G_CONNECT_SWAPPED);
  return window;
}

static void
export_figure_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  GtkWidget *window = make_figure_window (user_data);

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
}

static void
export_figure_to_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  GtkWidget *window = make_figure_window (user_data);
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  if (window == NULL)
    return;
  gtk_window_present (GTK_WINDOW (window));
  ut_figure_window_save (UT_FIGURE_WINDOW (window), file);
}

/* Report */

typedef struct
{
  UtWindow *window; /* (owned) */
  GFile *file;      /* (owned) */
} Saving;

static void
saving_free (Saving *self)
{
  g_object_unref (self->window);
  g_object_unref (self->file);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
report_written_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (Saving) saving = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (saving->file, result, NULL, &error))
    {
      say_saved (saving->window, saving->file);
    }
  else
    {
      g_autofree char *name = g_file_get_parse_name (saving->file);
      g_autofree char *text = g_strdup_printf ("%s: %s", name, error->message);

      ut_window_show_toast (saving->window, text);
    }
}

static void
report_made_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (Saving) saving = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) page = ut_report_make_finish (result, &error);
  GFile *file = saving->file;

  if (page == NULL)
    ut_window_show_toast (saving->window, error->message);
  else
    g_file_replace_contents_bytes_async (file, page, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         report_written_cb, g_steal_pointer (&saving));
}

static void
make_report (UtWindow *self,
             GFile    *file)
{
  g_autoptr (GPtrArray) runs = list_shown (self);

  if (runs->len == 0)
    {
      ut_window_show_toast (self, _("No run that is shown has a curve yet."));
      return;
    }

  Saving *saving = g_new0 (Saving, 1);

  saving->window = g_object_ref (self);
  saving->file = g_object_ref (file);
  ut_report_make_async (runs, ut_session_get_current (self->session),
                        ut_session_get_plot_view (self->session), g_get_real_time (), NULL,
                        report_made_cb, saving);
}

static void
report_response_cb (UtWindow *self,
                    int       response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                           ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;

  g_clear_object (&self->chooser);
  if (file == NULL)
    return;

  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (uri != NULL)
    g_settings_set_string (ut_session_get_settings (self->session), "export-folder", uri);
  make_report (self, file);
}

static void
report_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  UtWindow *self = user_data;
  GSettings *settings = ut_session_get_settings (self->session);
  g_autofree char *uri = g_settings_get_string (settings, "export-folder");

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Save Report"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  /* Translators: the name of a file. */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), _("report.html"));
  if (*uri != '\0')
    {
      g_autoptr (GFile) folder = g_file_new_for_uri (uri);

      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
    }
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (report_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
report_to_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  make_report (user_data, file);
}

void
_ut_window_install_export (UtWindow *self)
{
  const GActionEntry entries[] = {
    { "export-figure", export_figure_cb },
    { "export-figure-to", export_figure_to_cb, "s" },
    { "report", report_cb },
    { "report-to", report_to_cb, "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
