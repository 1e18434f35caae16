/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-window-private.h"

#include "ut-classify-dialog.h"
#include "ut-classify-window.h"

#include <glib/gi18n.h>

static void classify_file (UtWindow *self,
                           GFile    *file);

/* The run that answered answers again. */
static void
ask_cb (UtWindow         *self,
        const char       *text,
        UtClassifyWindow *window)
{
  UtRun *run = ut_session_find_run (self->session,
                                    ut_run_get_id (ut_classify_window_get_run (window)));

  if (run != NULL)
    ut_session_set_current (self->session, run);
  g_action_group_activate_action (G_ACTION_GROUP (self), "ask", g_variant_new_string (text));
  gtk_window_present (GTK_WINDOW (self));
}

static void
started_cb (UtWindow         *self,
            UtClassifyWindow *window)
{
  g_signal_connect_object (window, "ask", G_CALLBACK (ask_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "again", G_CALLBACK (classify_file), self, G_CONNECT_SWAPPED);
}

static void
classify_file (UtWindow *self,
               GFile    *file)
{
  UtRun *run = ut_session_get_current (self->session);
  GtkWindow *dialog;

  if (run == NULL)
    {
      ut_window_show_toast (self, _("There is no model to ask yet."));
      return;
    }

  dialog = ut_classify_dialog_new (GTK_WINDOW (self), run, file);
  g_signal_connect_object (dialog, "started", G_CALLBACK (started_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
classify_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  classify_file (user_data, file);
}

/* Choosing */

static void
response_cb (UtWindow *self,
             int       response)
{
  g_autoptr (GFile) file = _ut_window_close_chooser (self, response);

  if (file != NULL)
    classify_file (self, file);
}

static void
classify_file_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  UtWindow *self = user_data;

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Classify a File"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Dropping */

/* One file is texts to ask about; what else is dropped is what it is elsewhere. */
static gboolean
drop_cb (UtWindow     *self,
         const GValue *value)
{
  g_autoptr (GSList) dropped = gdk_file_list_get_files (g_value_get_boxed (value));
  gboolean single = dropped != NULL && dropped->next == NULL;

  if (single && !_ut_window_is_model (dropped->data)
      && g_action_group_get_action_enabled (G_ACTION_GROUP (self), "classify-file"))
    classify_file (self, dropped->data);
  else
    _ut_window_open_files (self, dropped);

  return dropped != NULL;
}

void
_ut_window_install_classify (UtWindow *self)
{
  const GActionEntry entries[] = {
    { "classify-file", classify_file_cb },
    { "classify", classify_cb, "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
_ut_window_classify_dropped (UtWindow  *self,
                             GtkWidget *page)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  /* A text view would take the name of the file for a text. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (page, GTK_EVENT_CONTROLLER (target));
}
