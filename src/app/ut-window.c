/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-window-private.h"

#include "ut-compare-page.h"
#include "ut-predict-page.h"
#include "ut-resources.h"
#include "ut-run-text.h"
#include "ut-toast.h"

#include <glib/gi18n.h>
#include <ut-plot-sheet.h>

G_DEFINE_FINAL_TYPE (UtWindow, ut_window, ADW_TYPE_APPLICATION_WINDOW)

static void
update_actions_cb (UtWindow *self)
{
  if (self->session != NULL)
    _ut_window_update_actions (self);
}

static void
folded_cb (UtWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  /* A list that was hidden at full width can still be navigated to. */
  if (folded)
    {
      gtk_widget_set_visible (self->sidebar, TRUE);
      gtk_widget_set_visible (self->separator, TRUE);
      adw_leaflet_set_visible_child (self->leaflet, self->content);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list_button), !folded);
  update_actions_cb (self);
}

static void
current_changed_cb (UtWindow *self)
{
  g_signal_group_set_target (self->signals, ut_session_get_current (self->session));
  update_actions_cb (self);
  _ut_window_update_notebook_page (self);
  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, self->content);
}

static void
run_ended_cb (UtWindow *self,
              UtRun    *run)
{
  if (!self->closing)
    _ut_window_tell_stopped (self, run);

  if (self->comes_back && ut_run_get_state (run) == UT_RUN_FINISHED)
    {
      self->comes_back = FALSE;
      adw_view_stack_set_visible_child_name (self->stack, "predict");
    }
}

static void
active_changed_cb (UtWindow *self)
{
  if (self->closing && ut_run_store_get_active (ut_session_get_store (self->session)) == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    update_actions_cb (self);
}

static void
request_training_cb (UtWindow *self)
{
  self->comes_back = TRUE;
  adw_view_stack_set_visible_child_name (self->stack, "train");
}

static void
destroy_cb (gpointer window)
{
  gtk_window_destroy (window);
  g_object_unref (window);
}

static void
quit_response_cb (UtWindow   *self,
                  const char *response)
{
  UtRunStore *store = ut_session_get_store (self->session);

  if (strcmp (response, "quit") != 0)
    return;

  self->closing = TRUE;
  if (ut_run_store_get_active (store) == NULL)
    {
      /* The dialog is still at work, and GTK 4.8 lets it look at a parent that is gone. */
      g_idle_add_once (destroy_cb, g_object_ref (self));
      return;
    }

  gtk_widget_set_sensitive (GTK_WIDGET (self->leaflet), FALSE);
  /* Those that wait do so until the next start. */
  ut_run_store_set_queue_paused (store, TRUE);
  ut_run_stop (ut_run_store_get_active (store));
}

static void
ask_to_quit (UtWindow *self,
             UtRun    *run)
{
  g_autofree char *place = ut_run_text_dup_place (run);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Quit While a Run Trains?"),
                                              NULL);

  if (ut_run_get_n_members (run) > 0)
    adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                    _("%s is being checked. It is kept, but not checked."),
                                    ut_run_get_name (run));
  else
    /* Translators: a run's name and "epoch 5 of 16". */
    adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                    _("%s is at %s. It is kept and can be continued."),
                                    ut_run_get_name (run), place);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("Cancel"),
                                    "quit", _("Quit"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "quit",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (quit_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
ut_window_close_request (GtkWindow *window)
{
  UtWindow *self = UT_WINDOW (window);
  GSettings *settings = ut_session_get_settings (self->session);
  UtRun *active = ut_run_store_get_active (ut_session_get_store (self->session));
  int width, height;

  if (active != NULL && !self->closing)
    ask_to_quit (self, active);
  if (active != NULL)
    return GDK_EVENT_STOP;

  if (self->font_scale == 0)
    {
      gtk_window_get_default_size (window, &width, &height);
      g_settings_set_int (settings, "window-width", width);
      g_settings_set_int (settings, "window-height", height);
      g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
    }

  return GTK_WINDOW_CLASS (ut_window_parent_class)->close_request (window);
}

static void
style_changed_cb (AdwStyleManager *manager)
{
  ut_plot_sheet_set_scheme (adw_style_manager_get_dark (manager),
                            adw_style_manager_get_high_contrast (manager));
}

static void
ut_window_dispose (GObject *object)
{
  UtWindow *self = UT_WINDOW (object);

  _ut_window_forget_deleted (self);
  g_clear_object (&self->chooser);
  g_clear_weak_pointer (&self->notebook_page);
  g_clear_weak_pointer (&self->queue_window);
  g_clear_object (&self->notifier);
  g_clear_object (&self->keep_awake);
  g_clear_object (&self->signals);
  self->data_page = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_WINDOW);

  G_OBJECT_CLASS (ut_window_parent_class)->dispose (object);
}

static void
ut_window_finalize (GObject *object)
{
  g_clear_object (&UT_WINDOW (object)->session);

  G_OBJECT_CLASS (ut_window_parent_class)->finalize (object);
}

static void
ut_window_class_init (UtWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = ut_window_dispose;
  object_class->finalize = ut_window_finalize;
  window_class->close_request = ut_window_close_request;

  g_type_ensure (UT_TYPE_RUN_LIST);
  g_type_ensure (UT_TYPE_STORE_BAR);
  g_type_ensure (UT_TYPE_TRAIN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-window.ui");
  gtk_widget_class_bind_template_child (widget_class, UtWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, separator);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, content);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, list_button);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, run_list);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, store_bar);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, train_page);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, trouble_bar);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, place_button);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, keep_place_button);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, waiting_bar);
  gtk_widget_class_bind_template_child (widget_class, UtWindow, waiting_label);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_actions_cb);
}

static void
ut_window_init (UtWindow *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->signals, "notify::state", G_CALLBACK (update_actions_cb),
                                 self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (style_changed_cb), self, 0);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (style_changed_cb), self,
                           0);
  style_changed_cb (manager);
}

static void
set_session (UtWindow  *self,
             UtSession *session)
{
  UtRunStore *store = ut_session_get_store (session);
  GSettings *settings = ut_session_get_settings (session);
  AdwViewStackPage *page;

  self->session = g_object_ref (session);
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  _ut_window_install_actions (self);
  _ut_window_install_run_actions (self);
  _ut_window_install_steering (self);
  _ut_window_install_exchange (self);
  _ut_window_install_place (self);
  _ut_window_install_export (self);
  _ut_window_install_data (self);
  _ut_window_install_classify (self);
  ut_run_list_set_session (self->run_list, session);
  ut_train_page_set_session (self->train_page, session);
  page = adw_view_stack_add_titled (self->stack, ut_compare_page_new (session), "compare",
                                    _("Compare"));
  adw_view_stack_page_set_icon_name (page, "view-dual-symbolic");
  page = adw_view_stack_add_titled (self->stack, ut_predict_page_new (session), "predict",
                                    _("Predict"));
  adw_view_stack_page_set_icon_name (page, "document-edit-symbolic");
  _ut_window_classify_dropped (self, adw_view_stack_page_get_child (page));
  self->data_page = UT_DATA_PAGE (ut_data_page_new (session));
  page = adw_view_stack_add_titled (self->stack, GTK_WIDGET (self->data_page), "data", _("Data"));
  adw_view_stack_page_set_icon_name (page, "view-list-symbolic");
  g_signal_connect_object (self->data_page, "fetched", G_CALLBACK (_ut_window_show_data), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (session, "notify::current", G_CALLBACK (current_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "message", G_CALLBACK (ut_window_show_toast), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "request-training", G_CALLBACK (request_training_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (update_actions_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "run-changed", G_CALLBACK (update_actions_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "run-ended", G_CALLBACK (run_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "notify::active", G_CALLBACK (active_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->notifier = ut_notifier_new (GTK_WINDOW (self), store);
  self->keep_awake = ut_keep_awake_new (GTK_WINDOW (self), store);
  folded_cb (self);
  current_changed_cb (self);
  _ut_window_install_store (self);
}

GtkWidget *
ut_window_new (AdwApplication *application,
               UtSession      *session)
{
  UtWindow *self;

  g_return_val_if_fail (application == NULL || ADW_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  self = g_object_new (UT_TYPE_WINDOW, "application", application, NULL);
  set_session (self, session);

  return GTK_WIDGET (self);
}

void
ut_window_show_run (UtWindow   *self,
                    const char *id)
{
  UtRun *run;

  g_return_if_fail (UT_IS_WINDOW (self));
  g_return_if_fail (id != NULL);

  run = ut_session_find_run (self->session, id);
  if (run != NULL)
    ut_session_set_current (self->session, run);
  adw_leaflet_set_visible_child (self->leaflet, self->content);
  adw_view_stack_set_visible_child_name (self->stack, "train");
}

void
ut_window_show_toast (UtWindow   *self,
                      const char *text)
{
  g_return_if_fail (UT_IS_WINDOW (self));

  ut_toast_show (GTK_WIDGET (self->leaflet), text);
}
