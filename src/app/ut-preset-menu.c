/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-preset-menu.h"

#include "ut-resources.h"

#include <glib/gi18n.h>

#define UNDO_SECONDS 10

struct _UtPresetMenu
{
  GtkBox parent_instance;

  GtkMenuButton *button;

  UtSession *session; /* (owned) (nullable) */
  UtConfig *config;   /* (owned) (nullable): what would be saved */
  gboolean with_cell;
  char *own;          /* (owned) (nullable): the preset that would be deleted */

  GtkWindow *dialog;  /* (unowned) (nullable): while a name is asked for */
  GtkEditable *entry; /* (unowned): in it, as the label */
  GtkLabel *reason_label;
  char *name;         /* (owned) (nullable): what is to be saved, while that is asked */
};

G_DEFINE_FINAL_TYPE (UtPresetMenu, ut_preset_menu, GTK_TYPE_BOX)

/* A preset that was deleted, as the toast keeps it. */
typedef struct
{
  char *name;
  UtConfig *config;
  gboolean with_cell;
} Deleted;

static void
deleted_free (gpointer data)
{
  Deleted *deleted = data;

  g_free (deleted->name);
  ut_config_unref (deleted->config);
  g_free (deleted);
}

static UtPresetStore *
get_store (UtPresetMenu *self)
{
  return ut_session_get_presets (self->session);
}

static void
save (UtPresetMenu *self,
      const char   *name,
      UtConfig     *config,
      gboolean      with_cell)
{
  /* The form hands over another one when the store tells of presets that it has to read first. */
  g_autoptr (UtConfig) kept = ut_config_ref (config);
  g_autoptr (GError) error = NULL;

  g_settings_set_string (ut_session_get_settings (self->session), "preset", name);
  if (!ut_preset_store_set (get_store (self), name, kept, with_cell, &error))
    ut_session_send_message (self->session, error->message);
}

static char *
dup_taken (const char *name)
{
  return g_strdup_printf (_("There is a preset “%s” already."), name);
}

static void
replace_response_cb (UtPresetMenu *self,
                     const char   *response)
{
  g_autofree char *name = g_steal_pointer (&self->name);

  if (g_str_equal (response, "replace") && self->config != NULL)
    save (self, name, self->config, self->with_cell);
}

static void
ask_to_replace (UtPresetMenu *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *body = dup_taken (self->name);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), _("Replace Preset?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("Cancel"),
                                    "replace", _("Replace"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "replace",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (replace_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static char *
dup_entered (UtPresetMenu *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
}

static void
entry_changed_cb (UtPresetMenu *self)
{
  g_autofree char *name = dup_entered (self);
  g_autoptr (GError) error = NULL;
  gboolean valid = ut_preset_store_check_name (name, &error);

  /* That there is no name yet needs no words. */
  gtk_label_set_label (self->reason_label, valid || *name == '\0' ? "" : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), !valid && *name != '\0');
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self->dialog), "save", valid);
}

static void
save_response_cb (UtPresetMenu *self,
                  const char   *response)
{
  g_autofree char *name = dup_entered (self);

  if (!g_str_equal (response, "save") || self->config == NULL)
    return;

  if (ut_preset_store_find (get_store (self), name) == NULL)
    {
      save (self, name, self->config, self->with_cell);
      return;
    }

  g_free (self->name);
  self->name = g_steal_pointer (&name);
  ask_to_replace (self);
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  UtPresetMenu *self = UT_PRESET_MENU (widget);
  g_autoptr (GtkBuilder) builder = NULL;

  if (self->dialog != NULL)
    return;

  builder = gtk_builder_new_from_resource (UT_RESOURCES "ui/ut-preset-save.ui");
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (gtk_builder_get_object (builder, "dialog")));
  self->entry = GTK_EDITABLE (gtk_builder_get_object (builder, "entry"));
  self->reason_label = GTK_LABEL (gtk_builder_get_object (builder, "reason_label"));
  gtk_window_set_transient_for (self->dialog, GTK_WINDOW (gtk_widget_get_root (widget)));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (entry_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (save_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_editable_set_text (self->entry, self->own != NULL ? self->own : "");
  entry_changed_cb (self);
  gtk_window_present (self->dialog);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
undo_cb (UtPresetMenu *self,
         AdwToast     *toast)
{
  Deleted *deleted = g_object_get_data (G_OBJECT (toast), "deleted");

  if (ut_preset_store_find (get_store (self), deleted->name) != NULL)
    {
      g_autofree char *text = dup_taken (deleted->name);

      ut_session_send_message (self->session, text);
      return;
    }

  save (self, deleted->name, deleted->config, deleted->with_cell);
}

static void
delete_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  UtPresetMenu *self = UT_PRESET_MENU (widget);
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  const UtOwnPreset *preset = ut_preset_store_find (get_store (self), self->own);
  Deleted *deleted = g_new (Deleted, 1);
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;
  AdwToast *toast;

  *deleted = (Deleted) { g_strdup (preset->name), ut_config_ref (preset->config),
                         preset->with_cell };
  text = g_strdup_printf (_("%s deleted."), preset->name);
  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_object_set_data_full (G_OBJECT (toast), "deleted", deleted, deleted_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  ut_preset_store_remove (get_store (self), deleted->name);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
ut_preset_menu_dispose (GObject *object)
{
  UtPresetMenu *self = UT_PRESET_MENU (object);

  g_clear_weak_pointer (&self->dialog);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_PRESET_MENU);
  g_clear_object (&self->session);
  g_clear_pointer (&self->config, ut_config_unref);
  g_clear_pointer (&self->own, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (ut_preset_menu_parent_class)->dispose (object);
}

static void
ut_preset_menu_class_init (UtPresetMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_preset_menu_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-preset-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, UtPresetMenu, button);
  gtk_widget_class_install_action (widget_class, "preset.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "preset.delete", NULL, delete_cb);
}

static void
ut_preset_menu_init (UtPresetMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ut_preset_menu_update (self, NULL, FALSE, NULL);
}

void
ut_preset_menu_set_session (UtPresetMenu *self,
                            UtSession    *session)
{
  g_return_if_fail (UT_IS_PRESET_MENU (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
}

void
ut_preset_menu_update (UtPresetMenu *self,
                       UtConfig     *config,
                       gboolean      with_cell,
                       const char   *own)
{
  g_return_if_fail (UT_IS_PRESET_MENU (self));

  if (config != NULL)
    ut_config_ref (config);
  g_clear_pointer (&self->config, ut_config_unref);
  self->config = config;
  self->with_cell = with_cell;
  if (g_strcmp0 (self->own, own) != 0)
    {
      g_free (self->own);
      self->own = g_strdup (own);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preset.save", config != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preset.delete", own != NULL);
}
