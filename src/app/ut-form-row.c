/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-form-row.h"

#include "ut-resources.h"

#include <glib/gi18n.h>

typedef struct
{
  char *error; /* (owned) (nullable) */
  char *was;   /* (owned) (nullable) */
  char *hint;  /* (owned) (nullable) */
  GtkWidget *dot;
} UtFormRowPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (UtFormRow, ut_form_row, ADW_TYPE_ACTION_ROW)

typedef enum
{
  PROP_ERROR = 1,
  PROP_WAS,
  PROP_HINT,
} UtFormRowProperty;

static GParamSpec *properties[PROP_HINT + 1];

static void
update_subtitle (UtFormRow *self)
{
  UtFormRowPrivate *priv = ut_form_row_get_instance_private (self);
  g_autofree char *subtitle = ut_form_row_dup_subtitle (priv->error, priv->was, priv->hint);
  GtkWidget *widget = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (self));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  /* The widget in the row has the focus, and is all that a screen reader reads then. */
  if (widget != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    subtitle, -1);
  gtk_widget_set_visible (priv->dot, priv->was != NULL);
  if (priv->error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               priv->error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                                   : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
set_text (UtFormRow          *self,
          char              **field,
          const char         *text,
          UtFormRowProperty   property)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  update_subtitle (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
ut_form_row_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  UtFormRow *self = UT_FORM_ROW (object);

  switch ((UtFormRowProperty) property_id)
    {
    case PROP_ERROR:
      g_value_set_string (value, ut_form_row_get_error (self));
      break;
    case PROP_WAS:
      g_value_set_string (value, ut_form_row_get_was (self));
      break;
    case PROP_HINT:
      g_value_set_string (value, ut_form_row_get_hint (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_form_row_set_property (GObject      *object,
                          guint         property_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  UtFormRow *self = UT_FORM_ROW (object);

  switch ((UtFormRowProperty) property_id)
    {
    case PROP_ERROR:
      ut_form_row_set_error (self, g_value_get_string (value));
      break;
    case PROP_WAS:
      ut_form_row_set_was (self, g_value_get_string (value));
      break;
    case PROP_HINT:
      ut_form_row_set_hint (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_form_row_finalize (GObject *object)
{
  UtFormRowPrivate *priv = ut_form_row_get_instance_private (UT_FORM_ROW (object));

  g_free (priv->error);
  g_free (priv->was);
  g_free (priv->hint);

  G_OBJECT_CLASS (ut_form_row_parent_class)->finalize (object);
}

static void
ut_form_row_class_init (UtFormRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ut_form_row_get_property;
  object_class->set_property = ut_form_row_set_property;
  object_class->finalize = ut_form_row_finalize;

  /** UtFormRow:error: (nullable): what is wrong with the value. */
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  /** UtFormRow:was: (nullable): the value of the current run, where it differs. */
  properties[PROP_WAS] = g_param_spec_string ("was", NULL, NULL, NULL, flags);
  /** UtFormRow:hint: (nullable): what the value means. */
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* GTK 4.8 cannot dispose of the template of a class whose subclass has one: it goes with the
   * widget. */
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-form-row.ui");
  gtk_widget_class_bind_template_child_private (widget_class, UtFormRow, dot);
}

static void
ut_form_row_init (UtFormRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
ut_form_row_get_error (UtFormRow *self)
{
  g_return_val_if_fail (UT_IS_FORM_ROW (self), NULL);

  return ((UtFormRowPrivate *) ut_form_row_get_instance_private (self))->error;
}

void
ut_form_row_set_error (UtFormRow  *self,
                       const char *error)
{
  UtFormRowPrivate *priv = ut_form_row_get_instance_private (self);

  g_return_if_fail (UT_IS_FORM_ROW (self));

  set_text (self, &priv->error, error, PROP_ERROR);
}

const char *
ut_form_row_get_was (UtFormRow *self)
{
  g_return_val_if_fail (UT_IS_FORM_ROW (self), NULL);

  return ((UtFormRowPrivate *) ut_form_row_get_instance_private (self))->was;
}

void
ut_form_row_set_was (UtFormRow  *self,
                     const char *was)
{
  UtFormRowPrivate *priv = ut_form_row_get_instance_private (self);

  g_return_if_fail (UT_IS_FORM_ROW (self));

  set_text (self, &priv->was, was, PROP_WAS);
}

const char *
ut_form_row_get_hint (UtFormRow *self)
{
  g_return_val_if_fail (UT_IS_FORM_ROW (self), NULL);

  return ((UtFormRowPrivate *) ut_form_row_get_instance_private (self))->hint;
}

void
ut_form_row_set_hint (UtFormRow  *self,
                      const char *hint)
{
  UtFormRowPrivate *priv = ut_form_row_get_instance_private (self);

  g_return_if_fail (UT_IS_FORM_ROW (self));

  set_text (self, &priv->hint, hint, PROP_HINT);
}

char *
ut_form_row_dup_subtitle (const char *error,
                          const char *was,
                          const char *hint)
{
  if (error != NULL)
    return g_strdup (error);
  if (was != NULL)
    /* Translators: the value that the current run has, below a row with another one. */
    return g_strdup_printf (_("was %s"), was);

  return g_strdup (hint != NULL ? hint : "");
}
