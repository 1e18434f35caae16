/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-window-private.h"

#include "ut-notebook-page.h"
#include "ut-predict-page.h"

#include <glib/gi18n.h>

/* The text of class-room is to be read from the last row. */
#define CLASS_ROOM_SCALE 1.3

/* In the order of #UtNotebookFault. */
static const UtSetting faults[] = {
  UT_SETTING_STATE_ALONG, UT_SETTING_LOSS, UT_SETTING_PADDING,
};

static UtRun *
get_current (UtWindow *self)
{
  return ut_session_get_current (self->session);
}

static void
show_page_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  UtWindow *self = user_data;
  const char *name = g_variant_get_string (parameter, NULL);

  if (adw_view_stack_get_child_by_name (self->stack, name) == NULL)
    return;

  adw_leaflet_set_visible_child (self->leaflet, self->content);
  adw_view_stack_set_visible_child_name (self->stack, name);
}

static void
ask_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  UtWindow *self = user_data;
  GtkWidget *page = adw_view_stack_get_child_by_name (self->stack, "predict");

  if (page == NULL)
    return;

  adw_leaflet_set_visible_child (self->leaflet, self->content);
  adw_view_stack_set_visible_child (self->stack, page);
  ut_predict_page_ask (UT_PREDICT_PAGE (page), g_variant_get_string (parameter, NULL));
}

static void
run_list_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  UtWindow *self = user_data;
  gboolean shown;

  if (adw_leaflet_get_folded (self->leaflet))
    {
      shown = adw_leaflet_get_visible_child (self->leaflet) == self->sidebar;
      adw_leaflet_set_visible_child (self->leaflet, shown ? self->content : self->sidebar);
    }
  else
    {
      shown = gtk_widget_get_visible (self->sidebar);
      gtk_widget_set_visible (self->sidebar, !shown);
      gtk_widget_set_visible (self->separator, !shown);
    }
  _ut_window_update_actions (self);
}

static void
class_room_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  UtWindow *self = user_data;
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  gboolean enters = self->font_scale == 0;
  int dpi;

  if (enters)
    {
      g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
      self->font_scale = dpi > 0 ? dpi : 96 * 1024;
      g_object_set (settings, "gtk-xft-dpi", (int) (self->font_scale * CLASS_ROOM_SCALE), NULL);
      gtk_window_fullscreen (GTK_WINDOW (self));
    }
  else
    {
      g_object_set (settings, "gtk-xft-dpi", self->font_scale, NULL);
      self->font_scale = 0;
      gtk_window_unfullscreen (GTK_WINDOW (self));
    }
  adw_leaflet_set_visible_child (self->leaflet, self->content);
  gtk_widget_set_visible (self->sidebar, !enters);
  gtk_widget_set_visible (self->separator, !enters);
  ut_train_page_set_class_room (self->train_page, enters);
  g_simple_action_set_state (action, g_variant_new_boolean (enters));
  _ut_window_update_actions (self);
}

void
_ut_window_show_run_list (UtWindow *self)
{
  gtk_widget_set_visible (self->sidebar, TRUE);
  gtk_widget_set_visible (self->separator, TRUE);
  adw_leaflet_set_visible_child (self->leaflet, self->sidebar);
  _ut_window_update_actions (self);
}

static void
search_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  UtWindow *self = user_data;

  _ut_window_show_run_list (self);
  ut_run_list_search (self->run_list);
}

static void
new_run_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  UtWindow *self = user_data;

  adw_leaflet_set_visible_child (self->leaflet, self->content);
  adw_view_stack_set_visible_child_name (self->stack, "train");
  ut_train_page_show_form (self->train_page);
}

static void
start_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  UtWindow *self = user_data;

  adw_view_stack_set_visible_child_name (self->stack, "train");
  ut_train_page_start (self->train_page);
}

static void
pause_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  UtWindow *self = user_data;

  ut_train_page_toggle_pause (self->train_page);
}

static void
step_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  UtWindow *self = user_data;

  if (get_current (self) != NULL)
    ut_run_step (get_current (self));
}

static void
stop_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRun *run = get_current (self);
  GListModel *runs = G_LIST_MODEL (ut_session_get_store (self->session));

  if (run == NULL)
    return;

  ut_run_stop (run);
  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr (UtRun) other = g_list_model_get_item (runs, i);

      if (ut_run_get_queue_position (other) == 1 &&
          !ut_run_store_get_queue_paused (ut_session_get_store (self->session)))
        {
          g_autofree char *text = g_strdup_printf (_("The queue goes on with %s."),
                                                   ut_run_get_name (other));

          ut_window_show_toast (self, text);
        }
    }
}

static void
stop_all_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  UtWindow *self = user_data;

  ut_run_store_stop_all (ut_session_get_store (self->session));
}

void
_ut_window_update_notebook_page (UtWindow *self)
{
  UtRun *run = get_current (self);
  UtConfig *config = run != NULL ? ut_run_get_config (run) : NULL;
  UtNotebookFault present = 0;

  if (self->notebook_page == NULL)
    return;
  if (config == NULL || !ut_cell_kind_is_recurrent (ut_config_get_cell (config)))
    {
      ut_notebook_page_unset_faults (UT_NOTEBOOK_PAGE (self->notebook_page));
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (ut_config_get_number (config, faults[i]) != 0)
      present |= 1u << i;
  ut_notebook_page_set_faults (UT_NOTEBOOK_PAGE (self->notebook_page), present);
}

/* The next run is to be like the current one, with a single fault repaired. */
static void
repair_cb (UtWindow        *self,
           UtNotebookFault  fault)
{
  UtRun *run = get_current (self);
  UtConfigBuilder *builder = ut_config_builder_new (ut_run_get_config (run));
  g_autoptr (UtConfig) config = NULL;
  g_autofree char *text = g_strdup_printf (_("Start trains %s with this repaired."),
                                           ut_run_get_name (run));

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if ((fault & (1u << i)) != 0)
      ut_config_builder_set_number (builder, faults[i], 0);
  /* Without a fault nothing is refused that was not before. */
  config = ut_config_builder_end (builder, NULL);
  ut_train_page_use (self->train_page, config);
  gtk_window_close (GTK_WINDOW (self->notebook_page));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.new-run", NULL);
  ut_window_show_toast (self, text);
}

static void
ensemble_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  UtWindow *self = user_data;
  UtRunStore *store = ut_session_get_store (self->session);
  g_autoptr (GPtrArray) members = ut_ensemble_list_shown (store);
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_add_ensemble (store, members, &error);

  if (run != NULL)
    ut_session_set_current (self->session, run);
  else
    ut_window_show_toast (self, error->message);
}

static void
about_notebook_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  UtWindow *self = user_data;

  if (self->notebook_page == NULL)
    {
      g_set_weak_pointer (&self->notebook_page, ut_notebook_page_new ());
      gtk_window_set_transient_for (GTK_WINDOW (self->notebook_page), GTK_WINDOW (self));
      gtk_window_set_destroy_with_parent (GTK_WINDOW (self->notebook_page), TRUE);
      g_signal_connect_object (self->notebook_page, "repair", G_CALLBACK (repair_cb), self,
                               G_CONNECT_SWAPPED);
      _ut_window_update_notebook_page (self);
    }
  gtk_window_present (GTK_WINDOW (self->notebook_page));
}

static void
model_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (UtWindow) self = g_task_get_source_object (user_data) != NULL
                               ? g_object_ref (g_task_get_source_object (user_data)) : NULL;
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) model = ut_model_load_finish (result, &error);

  if (model == NULL)
    ut_window_show_toast (self, error->message);
  else
    ut_session_set_current (self->session,
                            ut_run_store_add_model (ut_session_get_store (self->session), model,
                                                    g_task_get_task_data (task)));
}

void
ut_window_open_model (UtWindow *self,
                      GFile    *file)
{
  GTask *task;

  g_return_if_fail (UT_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  /* The task carries window and name to the answer. */
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_file_get_basename (file), g_free);
  ut_model_load_async (file, NULL, model_loaded_cb, task);
}

static GtkFileChooserNative *
open_chooser (UtWindow             *self,
              const char           *title,
              GtkFileChooserAction  action)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_filter_set_name (filter, _("Models (safetensors)"));
  gtk_file_filter_add_suffix (filter, "safetensors");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);

  return self->chooser;
}

static void
open_response_cb (UtWindow *self,
                  int       response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

      if (file != NULL)
        ut_window_open_model (self, file);
    }
  g_clear_object (&self->chooser);
}

static void
open_model_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  UtWindow *self = user_data;
  GtkFileChooserNative *chooser = open_chooser (self, _("Open Model"),
                                                GTK_FILE_CHOOSER_ACTION_OPEN);

  g_signal_connect_object (chooser, "response", G_CALLBACK (open_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
model_saved_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  UtWindow *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (ut_model_save_finish (result, &error))
    {
      g_autofree char *name = g_file_get_basename (g_task_get_task_data (task));

      text = g_strdup_printf (_("Saved as %s."), name);
    }
  ut_window_show_toast (self, text != NULL ? text : error->message);
}

static void
model_ready_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) model = ut_run_get_model_finish (UT_RUN (source), result, &error);

  if (model == NULL)
    ut_window_show_toast (g_task_get_source_object (task), error->message);
  else
    ut_model_save_async (model, g_task_get_task_data (task), NULL, model_saved_cb,
                         g_object_ref (task));
}

static void
save_response_cb (UtWindow *self,
                  int       response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  UtRun *run = g_object_get_data (G_OBJECT (chooser), "run");
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  GTask *task;

  if (response != GTK_RESPONSE_ACCEPT || file == NULL)
    return;

  /* The task carries window and file to the answers. */
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_steal_pointer (&file), g_object_unref);
  ut_run_get_model_async (run, NULL, model_ready_cb, task);
}

void
_ut_window_save_model (UtWindow *self,
                       UtRun    *run)
{
  g_autofree char *name = g_strconcat (ut_run_get_name (run), ".safetensors", NULL);
  GtkFileChooserNative *chooser = open_chooser (self, _("Save Model As"),
                                                GTK_FILE_CHOOSER_ACTION_SAVE);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), g_strdelimit (name, "/", '-'));
  g_object_set_data_full (G_OBJECT (chooser), "run", g_object_ref (run), g_object_unref);
  g_signal_connect_object (chooser, "response", G_CALLBACK (save_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
save_model_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  UtWindow *self = user_data;

  if (get_current (self) != NULL)
    _ut_window_save_model (self, get_current (self));
}

static void
enable (UtWindow   *self,
        const char *name,
        gboolean    enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
_ut_window_update_actions (UtWindow *self)
{
  UtRun *run = get_current (self);
  UtRunState state = run != NULL ? ut_run_get_state (run) : UT_RUN_OPENED;
  gboolean here = run != NULL && !ut_run_is_elsewhere (run);
  gboolean trains = here && (state == UT_RUN_TRAINING || state == UT_RUN_CHECKING ||
                             state == UT_RUN_PAUSED);
  gboolean ensemble = run != NULL && ut_run_get_n_members (run) > 0;
  g_autoptr (GPtrArray) joinable =
    ut_ensemble_list_shown (ut_session_get_store (self->session));
  gboolean list_shown = gtk_widget_get_visible (self->sidebar);
  GAction *run_list = g_action_map_lookup_action (G_ACTION_MAP (self), "run-list");
  gboolean can_start;

  if (adw_leaflet_get_folded (self->leaflet))
    list_shown = adw_leaflet_get_visible_child (self->leaflet) == self->sidebar;

  g_object_get (self->train_page, "can-start", &can_start, NULL);
  enable (self, "start", can_start);
  enable (self, "pause", trains && !ensemble);
  enable (self, "step", here && state == UT_RUN_PAUSED);
  /* A second Stop skips the check. */
  enable (self, "stop", trains || (here && (state == UT_RUN_PREPARING ||
                                            state == UT_RUN_STOPPING)));
  enable (self, "stop-all", ut_run_store_get_active (ut_session_get_store (self->session)) != NULL);
  enable (self, "save-model", run != NULL && !ensemble &&
                              (trains || ut_run_get_best (run) != NULL || state == UT_RUN_OPENED));
  enable (self, "ensemble", joinable->len >= 2);
  enable (self, "classify-file", run != NULL && state != UT_RUN_QUEUED
                                 && state != UT_RUN_PREPARING);
  g_simple_action_set_state (G_SIMPLE_ACTION (run_list), g_variant_new_boolean (list_shown));
}

void
_ut_window_install_actions (UtWindow *self)
{
  const GActionEntry entries[] = {
    { "show-page", show_page_cb, "s" },
    { "ask", ask_cb, "s" },
    { "run-list", run_list_cb, NULL, "true" },
    { "class-room", class_room_cb, NULL, "false" },
    { "search", search_cb },
    { "new-run", new_run_cb },
    { "start", start_cb },
    { "pause", pause_cb },
    { "step", step_cb },
    { "stop", stop_cb },
    { "stop-all", stop_all_cb },
    { "ensemble", ensemble_cb },
    { "about-notebook", about_notebook_cb },
    { "open-model", open_model_cb },
    { "save-model", save_model_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
