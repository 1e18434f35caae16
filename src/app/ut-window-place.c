/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-window-private.h"

#include "ut-run-text.h"

#include <glib/gi18n.h>

void
_ut_window_update_trouble (UtWindow *self)
{
  UtRunStore *store = ut_session_get_store (self->session);
  const char *trouble = ut_run_store_get_trouble (store);
  gboolean moves = self->moving != NULL;
  g_autofree char *text = NULL;

  if (moves)
    text = g_strdup (_("Copying all runs to the other place…"));
  else if (trouble != NULL)
    text = ut_run_text_dup_trouble (ut_run_store_get_active (store), trouble);

  /* The text stays while the bar closes. */
  if (text != NULL)
    gtk_label_set_label (self->trouble_label, text);
  gtk_info_bar_set_message_type (self->trouble_bar, moves ? GTK_MESSAGE_INFO : GTK_MESSAGE_ERROR);
  gtk_widget_set_visible (self->retry_button, !moves);
  gtk_widget_set_visible (self->place_button, !moves);
  gtk_widget_set_visible (self->keep_place_button, moves);
  gtk_info_bar_set_revealed (self->trouble_bar, text != NULL);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (UtWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;
  g_autofree char *folder = ut_run_store_move_finish (UT_RUN_STORE (source), result, &notice, &error);
  g_autofree char *text = NULL;

  g_clear_object (&self->moving);
  if (folder != NULL)
    {
      g_autofree char *name = g_filename_display_name (folder);

      text = notice != NULL
             /* Translators: a folder, and why something could not be saved, as a sentence. */
             ? g_strdup_printf (_("The runs are in %s now. At the next start they are not found there: "
                                  "%s"), name, notice)
             : g_strdup_printf (_("The runs are in %s now. The old place stayed as it was."), name);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      text = g_strdup (error->message);
    }
  if (text != NULL)
    ut_window_show_toast (self, text);
  _ut_window_update_trouble (self);
}

static void
use_place (UtWindow *self,
           GFile    *folder)
{
  if (self->moving != NULL)
    return;

  self->moving = g_cancellable_new ();
  ut_run_store_move_async (ut_session_get_store (self->session), folder, self->moving, moved_cb,
                           g_object_ref (self));
  _ut_window_update_trouble (self);
}

static void
chosen_cb (UtWindow *self,
           int       response)
{
  g_autoptr (GFile) folder = _ut_window_close_chooser (self, response);

  if (folder != NULL)
    use_place (self, folder);
}

static void
choose_place_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  _ut_window_open_chooser (user_data, _("Choose Another Place for All Runs"), _("Save There"),
                           G_CALLBACK (chosen_cb));
}

static void
use_place_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr (GFile) folder = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  use_place (user_data, folder);
}

static void
keep_place_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  UtWindow *self = user_data;

  if (self->moving != NULL)
    g_cancellable_cancel (self->moving);
}

void
_ut_window_install_place (UtWindow *self)
{
  const GActionEntry entries[] = {
    { "choose-place", choose_place_cb },
    { "use-place", use_place_cb, "s" },
    { "keep-place", keep_place_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
