/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-window-private.h"

#include "ut-queue-window.h"
#include "ut-resources.h"
#include "ut-run-text.h"

#include <glib/gi18n.h>

static UtRunStore *
get_store (UtWindow *self)
{
  return ut_session_get_store (self->session);
}

/* Who has a run go on wants to see it. */
static void
watch (UtWindow *self,
       UtRun    *run)
{
  ut_session_set_current (self->session, run);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "train");
}

static void
continue_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = _ut_window_find_run (self, parameter);

  if (run != NULL && ut_run_store_continue (get_store (self), run))
    watch (self, run);
}

static void
continue_slower_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = _ut_window_find_run (self, parameter);
  g_autoptr (GError) error = NULL;

  if (run == NULL)
    return;

  if (ut_run_store_continue_slower (get_store (self), run, &error))
    watch (self, run);
  else
    ut_window_show_toast (self, error->message);
}

static void
more_epochs_response_cb (UtWindow         *self,
                         const char       *response,
                         AdwMessageDialog *dialog)
{
  UtRun *run = g_object_get_data (G_OBJECT (dialog), "run");
  GtkSpinButton *spin = g_object_get_data (G_OBJECT (dialog), "spin");
  guint n_epochs = (guint) gtk_spin_button_get_value_as_int (spin);
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "train"))
    return;

  /* It may have been changed by another program since the dialog opened. */
  if (ut_run_store_train_further (get_store (self), run, n_epochs, &error))
    watch (self, run);
  else
    ut_window_show_toast (self, error->message);
}

static void
more_epochs_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = _ut_window_find_run (self, parameter);
  double maximum = ut_setting_get_info (UT_SETTING_EPOCHS)->maximum;
  g_autoptr (GtkBuilder) builder = NULL;
  AdwMessageDialog *dialog;
  GtkAdjustment *adjustment;
  GtkSpinButton *spin;
  gint64 n_planned;
  gsize n_done;

  if (run == NULL || !ut_run_can_train_further (run))
    return;

  ut_run_get_epochs (run, &n_done);
  n_planned = ut_config_get_int (ut_run_get_config (run), UT_SETTING_EPOCHS);
  builder = gtk_builder_new_from_resource (UT_RESOURCES "ui/ut-more-epochs.ui");
  dialog = ADW_MESSAGE_DIALOG (gtk_builder_get_object (builder, "dialog"));
  adjustment = GTK_ADJUSTMENT (gtk_builder_get_object (builder, "adjustment"));
  spin = GTK_SPIN_BUTTON (gtk_builder_get_object (builder, "spin"));
  adw_message_dialog_format_body (dialog,
                                  ngettext ("%s has had %u epoch. It goes on from there.",
                                            "%s has had %u epochs. It goes on from there.",
                                            n_done),
                                  ut_run_get_name (run), (guint) n_done);
  gtk_adjustment_configure (adjustment, MIN (2 * (double) n_planned, maximum), (double) n_done + 1,
                            maximum, 1, 10, 0);
  gtk_text_set_activates_default (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (spin))), TRUE);
  g_object_set_data_full (G_OBJECT (dialog), "run", g_object_ref (run), g_object_unref);
  g_object_set_data (G_OBJECT (dialog), "spin", spin);
  g_signal_connect_object (dialog, "response", G_CALLBACK (more_epochs_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (spin));
}

static void
queue_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  UtWindow *self = user_data;

  if (self->queue_window == NULL)
    g_set_weak_pointer (&self->queue_window, ut_queue_window_new (GTK_WINDOW (self),
                                                                  self->session));
  gtk_window_present (self->queue_window);
}

static void
queue_resume_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  UtWindow *self = user_data;

  ut_run_store_set_queue_paused (get_store (self), FALSE);
}

static void
retry_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  UtWindow *self = user_data;

  ut_run_store_retry (get_store (self));
}

static void
update_left_over (UtWindow *self)
{
  guint n_runs = ut_session_get_left_over (self->session);

  if (n_runs > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%'u run waits from last time.",
                                                         "%'u runs wait from last time.", n_runs),
                                               n_runs);

      gtk_label_set_label (self->waiting_label, text);
    }
  gtk_info_bar_set_revealed (self->waiting_bar, n_runs > 0);
}

static void
waiting_closed_cb (UtWindow *self)
{
  ut_session_set_left_over (self->session, 0);
}

void
_ut_window_tell_stopped (UtWindow *self,
                         UtRun    *run)
{
  g_autofree char *text = ut_run_text_dup_end (run);
  g_autofree char *markup = NULL;
  AdwToast *toast;

  if (text == NULL)
    return;

  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  /* That the queue goes on was said before and can wait. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  if (ut_run_can_continue (run))
    {
      adw_toast_set_button_label (toast, _("Continue"));
      adw_toast_set_action_name (toast, "win.run-continue");
      adw_toast_set_action_target (toast, "s", ut_run_get_id (run));
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
_ut_window_install_steering (UtWindow *self)
{
  const GActionEntry entries[] = {
    { "run-continue", continue_cb, "s" },
    { "run-continue-slower", continue_slower_cb, "s" },
    { "run-more-epochs", more_epochs_cb, "s" },
    { "queue", queue_cb },
    { "queue-resume", queue_resume_cb },
    { "retry", retry_cb },
  };
  UtRunStore *store = get_store (self);
  g_autoptr (GPropertyAction) paused = g_property_action_new ("queue-paused", store,
                                                              "queue-paused");

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (paused));

  g_signal_connect_object (store, "notify::trouble", G_CALLBACK (_ut_window_update_trouble), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::left-over", G_CALLBACK (update_left_over), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->waiting_bar, "response", G_CALLBACK (waiting_closed_cb), self,
                           G_CONNECT_SWAPPED);
  _ut_window_update_trouble (self);
  update_left_over (self);
}
