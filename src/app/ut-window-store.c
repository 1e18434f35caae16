/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-window-private.h"

#include "ut-clean-up-window.h"
#include "ut-trash-window.h"

#include <glib/gi18n.h>

static void
trash_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  UtWindow *self = user_data;

  gtk_window_present (ut_trash_window_new (GTK_WINDOW (self), self->session));
}

static void
clean_up_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  UtWindow *self = user_data;

  gtk_window_present (ut_clean_up_window_new (GTK_WINDOW (self),
                                              ut_session_get_store (self->session)));
}

static void
quit_cb (gpointer user_data)
{
  g_autoptr (UtWindow) self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self), "app.quit", NULL);
}

static void
go_without_cb (gpointer user_data)
{
  g_autoptr (UtWindow) self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self), "app.start-without-runs", NULL);
}

/* Either closes this window, at which GTK 4.8 lets the dialog look as long as it is at work. */
static void
refusal_response_cb (UtWindow   *self,
                     const char *response)
{
  g_idle_add_once (strcmp (response, "without") == 0 ? go_without_cb : quit_cb,
                   g_object_ref (self));
}

/* Without an answer nothing may go on: the runs would have to be written to the store. */
static void
refused_cb (UtWindow *self)
{
  const char *refusal = ut_store_loader_get_refusal (ut_session_get_loader (self->session));
  GtkWidget *dialog;

  if (refusal == NULL)
    return;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Runs of a Later Version"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("%s\n\nWithout them, this program can be tried; what is trained "
                                    "then is gone when it ends."), refusal);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "without", _("Start Without Runs"),
                                    "quit", _("Quit"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "quit");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "quit");
  g_signal_connect_object (dialog, "response", G_CALLBACK (refusal_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_ut_window_install_store (UtWindow *self)
{
  const GActionEntry entries[] = {
    { "trash", trash_cb },
    { "clean-up", clean_up_cb },
  };
  UtStoreLoader *loader = ut_session_get_loader (self->session);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  ut_store_bar_set_loader (self->store_bar, loader);
  g_signal_connect_object (loader, "notify::refusal", G_CALLBACK (refused_cb), self,
                           G_CONNECT_SWAPPED);
  refused_cb (self);
}
