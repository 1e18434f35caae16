/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-window-private.h"

#include "ut-nearest-window.h"
#include "ut-run-notes.h"

#include <glib/gi18n.h>

#define UNDO_SECONDS 10

static void
show_only_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  UtWindow *self = user_data;
  GListModel *runs = G_LIST_MODEL (ut_session_get_store (self->session));
  UtRun *chosen = _ut_window_find_run (self, parameter);

  for (guint i = 0; i < g_list_model_get_n_items (runs) && chosen != NULL; i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (runs, i);

      ut_run_set_shown (run, run == chosen);
    }
}

static void
use_settings_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = _ut_window_find_run (self, parameter);

  if (run == NULL)
    return;

  ut_train_page_use (self->train_page, ut_run_get_config (run));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.new-run", NULL);
}

static void
rename_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = _ut_window_find_run (self, parameter);

  if (run == NULL)
    return;

  /* It is asked for in the list, wherever the wish came from. */
  ut_session_set_current (self->session, run);
  _ut_window_show_run_list (self);
  ut_run_list_rename (self->run_list, run);
}

static void
notes_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = _ut_window_find_run (self, parameter);

  if (run != NULL)
    gtk_window_present (ut_run_notes_new (GTK_WINDOW (self), run));
}

static void
nearest_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = _ut_window_find_run (self, parameter);

  if (run != NULL)
    gtk_window_present (ut_nearest_window_new (GTK_WINDOW (self), run));
}

static void
save_model_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = _ut_window_find_run (self, parameter);

  if (run != NULL)
    _ut_window_save_model (self, run);
}

static void
start_now_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = _ut_window_find_run (self, parameter);

  if (run != NULL)
    ut_run_store_start_now (ut_session_get_store (self->session), run);
}

/* Undoing; what cannot be undone any more is in the trash still. */

static UtRun *
get_run (AdwToast *toast)
{
  return g_object_get_data (G_OBJECT (toast), "run");
}

static void
toast_dismissed_cb (UtWindow *self,
                    AdwToast *toast)
{
  if (g_queue_remove (&self->deleted, toast))
    g_object_unref (toast);
}

static gboolean
is_in_trash (UtRunStore *store,
             UtRun      *run)
{
  GListModel *trash = ut_run_store_get_trash (store);
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (trash) && !found; i++)
    {
      g_autoptr (UtRun) other = g_list_model_get_item (trash, i);

      found = other == run;
    }

  return found;
}

static void
restore (UtWindow *self,
         AdwToast *toast)
{
  UtRunStore *store = ut_session_get_store (self->session);
  UtRun *run = get_run (toast);

  if (!g_queue_remove (&self->deleted, toast))
    return;

  /* The window of deleted runs may have been quicker. */
  if (is_in_trash (store, run))
    {
      ut_run_store_restore (store, run);
      ut_session_set_current (self->session, run);
    }
  adw_toast_dismiss (toast);
  g_object_unref (toast);
}

static void
undo_cb (UtWindow *self,
         AdwToast *toast)
{
  restore (self, toast);
}

static void
restore_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  UtWindow *self = user_data;
  AdwToast *toast = g_queue_peek_head (&self->deleted);

  if (toast != NULL)
    restore (self, toast);
}

/* "GRU 3 deleted.", and what that means for an ensemble. */
static char *
dup_deleted (UtWindow *self,
             UtRun    *run)
{
  GListModel *runs = G_LIST_MODEL (ut_session_get_store (self->session));

  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr (UtRun) other = g_list_model_get_item (runs, i);

      if (ut_run_has_member (other, run))
        /* Translators: a run, and an ensemble that it belongs to. */
        return g_strdup_printf (_("%s deleted. Without it %s cannot answer."),
                                ut_run_get_name (run), ut_run_get_name (other));
    }

  return g_strdup_printf (_("%s deleted."), ut_run_get_name (run));
}

static void
delete_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = _ut_window_find_run (self, parameter);
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;
  AdwToast *toast;

  if (run == NULL)
    return;

  g_object_ref (run);
  if (!ut_run_store_remove (ut_session_get_store (self->session), run))
    {
      text = g_strdup_printf (ut_run_is_elsewhere (run)
                                ? _("%s is training in another program.")
                                : _("%s is training. Stop it first."), ut_run_get_name (run));
      ut_window_show_toast (self, text);
      g_object_unref (run);
      return;
    }

  text = dup_deleted (self, run);
  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_object_set_data_full (G_OBJECT (toast), "run", run, g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self,
                           G_CONNECT_SWAPPED);
  g_queue_push_head (&self->deleted, g_object_ref (toast));
  adw_toast_overlay_add_toast (self->toasts, toast);
}

UtRun *
_ut_window_find_run (UtWindow *self,
                     GVariant *id)
{
  return ut_session_find_run (self->session, g_variant_get_string (id, NULL));
}

void
_ut_window_forget_deleted (UtWindow *self)
{
  g_queue_clear_full (&self->deleted, g_object_unref);
}

void
_ut_window_install_run_actions (UtWindow *self)
{
  const GActionEntry entries[] = {
    { "run-show-only", show_only_cb, "s" },
    { "run-use-settings", use_settings_cb, "s" },
    { "run-rename", rename_cb, "s" },
    { "run-notes", notes_cb, "s" },
    { "run-save-model", save_model_cb, "s" },
    { "run-nearest", nearest_cb, "s" },
    { "run-start-now", start_now_cb, "s" },
    { "run-delete", delete_cb, "s" },
    { "run-restore", restore_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
