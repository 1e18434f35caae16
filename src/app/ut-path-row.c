/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-path-row.h"

#include "ut-resources.h"

#include <glib/gi18n.h>

struct _UtPathRow
{
  UtStackedRow parent_instance;

  GtkEntry *entry;
  GtkWidget *button;

  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
};

G_DEFINE_FINAL_TYPE (UtPathRow, ut_path_row, UT_TYPE_STACKED_ROW)

typedef enum
{
  PROP_PATH = 1,
  PROP_PLACEHOLDER,
} UtPathRowProperty;

static GParamSpec *properties[PROP_PLACEHOLDER + 1];

static void
entry_changed_cb (UtPathRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);
}

static void
response_cb (UtPathRow *self,
             int        response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
      const char *path = file != NULL ? g_file_peek_path (file) : NULL;

      if (path != NULL)
        ut_path_row_set_path (self, path);
    }
  g_clear_object (&self->chooser);
}

static void
choose_cb (UtPathRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (title, window, GTK_FILE_CHOOSER_ACTION_OPEN,
                                               NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (*ut_path_row_get_path (self) != '\0')
    {
      g_autoptr (GFile) file = g_file_new_for_path (ut_path_row_get_path (self));

      gtk_file_chooser_set_file (GTK_FILE_CHOOSER (self->chooser), file, NULL);
    }
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
drop_cb (UtPathRow    *self,
         const GValue *value)
{
  GFile *file = g_value_get_object (value);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  if (path == NULL)
    return FALSE;

  ut_path_row_set_path (self, path);
  return TRUE;
}

static void
title_changed_cb (UtPathRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  g_autofree char *label = NULL;

  /* Translators: a button beside the path of a file, as "Choose Training file". */
  label = g_strdup_printf (_("Choose %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (self->button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
}

static void
ut_path_row_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  UtPathRow *self = UT_PATH_ROW (object);

  switch ((UtPathRowProperty) property_id)
    {
    case PROP_PATH:
      g_value_set_string (value, ut_path_row_get_path (self));
      break;
    case PROP_PLACEHOLDER:
      g_value_set_string (value, gtk_entry_get_placeholder_text (self->entry));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_path_row_set_property (GObject      *object,
                          guint         property_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  UtPathRow *self = UT_PATH_ROW (object);

  switch ((UtPathRowProperty) property_id)
    {
    case PROP_PATH:
      ut_path_row_set_path (self, g_value_get_string (value));
      break;
    case PROP_PLACEHOLDER:
      gtk_entry_set_placeholder_text (self->entry, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_path_row_dispose (GObject *object)
{
  UtPathRow *self = UT_PATH_ROW (object);

  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_PATH_ROW);

  G_OBJECT_CLASS (ut_path_row_parent_class)->dispose (object);
}

static void
ut_path_row_class_init (UtPathRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ut_path_row_get_property;
  object_class->set_property = ut_path_row_set_property;
  object_class->dispose = ut_path_row_dispose;

  /** UtPathRow:path: (not nullable): the path, "" for none. */
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, "", flags);
  /** UtPathRow:placeholder: (nullable): what stands in an empty row. */
  properties[PROP_PLACEHOLDER] = g_param_spec_string ("placeholder", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-path-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtPathRow, entry);
  gtk_widget_class_bind_template_child (widget_class, UtPathRow, button);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
}

static void
ut_path_row_init (UtPathRow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect (self, "notify::title", G_CALLBACK (title_changed_cb), NULL);
}

const char *
ut_path_row_get_path (UtPathRow *self)
{
  g_return_val_if_fail (UT_IS_PATH_ROW (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
ut_path_row_set_path (UtPathRow  *self,
                      const char *path)
{
  g_return_if_fail (UT_IS_PATH_ROW (self));

  if (path == NULL)
    path = "";
  if (strcmp (path, ut_path_row_get_path (self)) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), path);
}
