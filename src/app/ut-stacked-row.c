/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-stacked-row.h"

#include "ut-form-row.h"
#include "ut-resources.h"

typedef struct
{
  GtkWidget *dot;
  AdwBin *suffix;
  AdwBin *slot;
  GtkLabel *subtitle;

  char *error; /* (owned) (nullable) */
  char *was;   /* (owned) (nullable) */
} UtStackedRowPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (UtStackedRow, ut_stacked_row, ADW_TYPE_PREFERENCES_ROW)

typedef enum
{
  PROP_CONTENT = 1,
  PROP_SUFFIX,
} UtStackedRowProperty;

static GParamSpec *properties[PROP_SUFFIX + 1];

static void
update_subtitle (UtStackedRow *self)
{
  UtStackedRowPrivate *priv = ut_stacked_row_get_instance_private (self);
  g_autofree char *subtitle = ut_form_row_dup_subtitle (priv->error, priv->was, NULL);
  GtkWidget *content = adw_bin_get_child (priv->slot);

  gtk_label_set_label (priv->subtitle, subtitle);
  if (content != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (content), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    subtitle, -1);
  gtk_widget_set_visible (GTK_WIDGET (priv->subtitle), *subtitle != '\0');
  gtk_widget_set_visible (priv->dot, priv->was != NULL);
  if (priv->error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}

static void
set_text (UtStackedRow  *self,
          char         **field,
          const char    *text)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  update_subtitle (self);
}

static void
title_changed_cb (UtStackedRow *self)
{
  GtkWidget *content = ut_stacked_row_get_content (self);
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  if (content != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (content),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
ut_stacked_row_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  UtStackedRow *self = UT_STACKED_ROW (object);

  switch ((UtStackedRowProperty) property_id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, ut_stacked_row_get_content (self));
      break;
    case PROP_SUFFIX:
      g_value_set_object (value, ut_stacked_row_get_suffix (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_stacked_row_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  UtStackedRow *self = UT_STACKED_ROW (object);

  switch ((UtStackedRowProperty) property_id)
    {
    case PROP_CONTENT:
      ut_stacked_row_set_content (self, g_value_get_object (value));
      break;
    case PROP_SUFFIX:
      ut_stacked_row_set_suffix (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_stacked_row_finalize (GObject *object)
{
  UtStackedRowPrivate *priv = ut_stacked_row_get_instance_private (UT_STACKED_ROW (object));

  g_free (priv->error);
  g_free (priv->was);

  G_OBJECT_CLASS (ut_stacked_row_parent_class)->finalize (object);
}

static void
ut_stacked_row_class_init (UtStackedRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_stacked_row_get_property;
  object_class->set_property = ut_stacked_row_set_property;
  object_class->finalize = ut_stacked_row_finalize;

  /** UtStackedRow:content: (nullable): the widget below the title. */
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                  G_PARAM_EXPLICIT_NOTIFY);
  /** UtStackedRow:suffix: (nullable): a small widget at the end of the title's line. */
  properties[PROP_SUFFIX] = g_param_spec_object ("suffix", NULL, NULL, GTK_TYPE_WIDGET,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                 G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* GTK 4.8 cannot dispose of the template of a class whose subclass has one: it goes with the
   * widget. */
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-stacked-row.ui");
  gtk_widget_class_bind_template_child_private (widget_class, UtStackedRow, dot);
  gtk_widget_class_bind_template_child_private (widget_class, UtStackedRow, slot);
  gtk_widget_class_bind_template_child_private (widget_class, UtStackedRow, suffix);
  gtk_widget_class_bind_template_child_private (widget_class, UtStackedRow, subtitle);
}

static void
ut_stacked_row_init (UtStackedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::title", G_CALLBACK (title_changed_cb), NULL);
}

GtkWidget *
ut_stacked_row_get_content (UtStackedRow *self)
{
  UtStackedRowPrivate *priv;

  g_return_val_if_fail (UT_IS_STACKED_ROW (self), NULL);

  priv = ut_stacked_row_get_instance_private (self);

  return adw_bin_get_child (priv->slot);
}

void
ut_stacked_row_set_content (UtStackedRow *self,
                            GtkWidget    *content)
{
  UtStackedRowPrivate *priv = ut_stacked_row_get_instance_private (self);

  g_return_if_fail (UT_IS_STACKED_ROW (self));
  g_return_if_fail (content == NULL || GTK_IS_WIDGET (content));

  if (adw_bin_get_child (priv->slot) == content)
    return;

  adw_bin_set_child (priv->slot, content);
  title_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTENT]);
}

GtkWidget *
ut_stacked_row_get_suffix (UtStackedRow *self)
{
  UtStackedRowPrivate *priv;

  g_return_val_if_fail (UT_IS_STACKED_ROW (self), NULL);

  priv = ut_stacked_row_get_instance_private (self);

  return adw_bin_get_child (priv->suffix);
}

void
ut_stacked_row_set_suffix (UtStackedRow *self,
                           GtkWidget    *suffix)
{
  UtStackedRowPrivate *priv = ut_stacked_row_get_instance_private (self);

  g_return_if_fail (UT_IS_STACKED_ROW (self));
  g_return_if_fail (suffix == NULL || GTK_IS_WIDGET (suffix));

  if (adw_bin_get_child (priv->suffix) == suffix)
    return;

  adw_bin_set_child (priv->suffix, suffix);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUFFIX]);
}

const char *
ut_stacked_row_get_error (UtStackedRow *self)
{
  g_return_val_if_fail (UT_IS_STACKED_ROW (self), NULL);

  return ((UtStackedRowPrivate *) ut_stacked_row_get_instance_private (self))->error;
}

void
ut_stacked_row_set_error (UtStackedRow *self,
                          const char   *error)
{
  UtStackedRowPrivate *priv = ut_stacked_row_get_instance_private (self);

  g_return_if_fail (UT_IS_STACKED_ROW (self));

  set_text (self, &priv->error, error);
}

const char *
ut_stacked_row_get_was (UtStackedRow *self)
{
  g_return_val_if_fail (UT_IS_STACKED_ROW (self), NULL);

  return ((UtStackedRowPrivate *) ut_stacked_row_get_instance_private (self))->was;
}

void
ut_stacked_row_set_was (UtStackedRow *self,
                        const char   *was)
{
  UtStackedRowPrivate *priv = ut_stacked_row_get_instance_private (self);

  g_return_if_fail (UT_IS_STACKED_ROW (self));

  set_text (self, &priv->was, was);
}
