/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-setting-row.h"

typedef struct
{
  UtSetting setting;
  double number;
} UtSettingRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (UtSettingRow, ut_setting_row, UT_TYPE_FORM_ROW)

typedef enum
{
  PROP_SETTING = 1,
  PROP_NUMBER,
} UtSettingRowProperty;

static GParamSpec *properties[PROP_NUMBER + 1];

static const UtSettingInfo *
get_info (UtSettingRow *self)
{
  return ut_setting_get_info (ut_setting_row_get_setting (self));
}

static gboolean
find_setting (const char *key,
              UtSetting  *setting)
{
  for (UtSetting i = 0; i < UT_N_ALL_SETTINGS; i++)
    if (g_strcmp0 (ut_setting_get_info (i)->key, key) == 0)
      {
        *setting = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
number_from_switch (GValue   *value,
                    GVariant *variant,
                    gpointer  data)
{
  g_value_set_double (value, g_variant_get_boolean (variant));
  return TRUE;
}

static gboolean
number_from_choice (GValue   *value,
                    GVariant *variant,
                    gpointer  data)
{
  double number;

  if (!ut_setting_parse (ut_setting_row_get_setting (data), g_variant_get_string (variant, NULL),
                         &number, NULL))
    return FALSE;

  g_value_set_double (value, number);
  return TRUE;
}

static GVariant *
number_to_switch (const GValue       *value,
                  const GVariantType *type,
                  gpointer            data)
{
  return g_variant_new_boolean (g_value_get_double (value) != 0);
}

static GVariant *
number_to_choice (const GValue       *value,
                  const GVariantType *type,
                  gpointer            data)
{
  return g_variant_new_take_string (ut_setting_format (ut_setting_row_get_setting (data),
                                                       g_value_get_double (value)));
}

static void
ut_setting_row_constructed (GObject *object)
{
  UtSettingRow *self = UT_SETTING_ROW (object);
  UtSettingRowPrivate *priv = ut_setting_row_get_instance_private (self);

  G_OBJECT_CLASS (ut_setting_row_parent_class)->constructed (object);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), ut_setting_get_title (priv->setting));
  priv->number = get_info (self)->fallback;
}

static void
ut_setting_row_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  UtSettingRow *self = UT_SETTING_ROW (object);

  switch ((UtSettingRowProperty) property_id)
    {
    case PROP_SETTING:
      g_value_set_string (value, get_info (self)->key);
      break;
    case PROP_NUMBER:
      g_value_set_double (value, ut_setting_row_get_number (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_setting_row_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  UtSettingRow *self = UT_SETTING_ROW (object);
  UtSettingRowPrivate *priv = ut_setting_row_get_instance_private (self);

  switch ((UtSettingRowProperty) property_id)
    {
    case PROP_SETTING:
      if (!find_setting (g_value_get_string (value), &priv->setting))
        g_critical ("There is no setting \"%s\"", g_value_get_string (value));
      break;
    case PROP_NUMBER:
      ut_setting_row_set_number (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_setting_row_class_init (UtSettingRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = ut_setting_row_constructed;
  object_class->get_property = ut_setting_row_get_property;
  object_class->set_property = ut_setting_row_set_property;

  /** UtSettingRow:setting: the key of the setting, as "hidden-size". */
  properties[PROP_SETTING] = g_param_spec_string ("setting", NULL, NULL, "hidden-size",
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                  G_PARAM_STATIC_STRINGS);
  /** UtSettingRow:number: the last valid value, within the setting's range. */
  properties[PROP_NUMBER] = g_param_spec_double ("number", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                 G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ut_setting_row_init (UtSettingRow *self)
{
}

UtSetting
ut_setting_row_get_setting (UtSettingRow *self)
{
  g_return_val_if_fail (UT_IS_SETTING_ROW (self), UT_SETTING_HIDDEN_SIZE);

  return ((UtSettingRowPrivate *) ut_setting_row_get_instance_private (self))->setting;
}

double
ut_setting_row_get_number (UtSettingRow *self)
{
  g_return_val_if_fail (UT_IS_SETTING_ROW (self), 0);

  return ((UtSettingRowPrivate *) ut_setting_row_get_instance_private (self))->number;
}

void
ut_setting_row_set_number (UtSettingRow *self,
                           double        number)
{
  const UtSettingInfo *info;

  g_return_if_fail (UT_IS_SETTING_ROW (self));

  info = get_info (self);
  ut_setting_row_take_number (self, CLAMP (number, info->minimum, info->maximum));
  UT_SETTING_ROW_GET_CLASS (self)->show_number (self);
}

void
ut_setting_row_take_number (UtSettingRow *self,
                            double        number)
{
  UtSettingRowPrivate *priv = ut_setting_row_get_instance_private (self);

  g_return_if_fail (UT_IS_SETTING_ROW (self));

  ut_form_row_set_error (UT_FORM_ROW (self), NULL);
  if (priv->number == number)
    return;

  priv->number = number;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NUMBER]);
}

void
ut_setting_row_bind (UtSettingRow *self,
                     GSettings    *settings)
{
  const UtSettingInfo *info;

  g_return_if_fail (UT_IS_SETTING_ROW (self));
  g_return_if_fail (G_IS_SETTINGS (settings));

  info = get_info (self);
  switch (info->kind)
    {
    case UT_SETTING_KIND_SWITCH:
      g_settings_bind_with_mapping (settings, info->key, self, "number", G_SETTINGS_BIND_DEFAULT,
                                    number_from_switch, number_to_switch, self, NULL);
      break;
    case UT_SETTING_KIND_CHOICE:
      g_settings_bind_with_mapping (settings, info->key, self, "number", G_SETTINGS_BIND_DEFAULT,
                                    number_from_choice, number_to_choice, self, NULL);
      break;
    case UT_SETTING_KIND_INTEGER:
    case UT_SETTING_KIND_REAL:
    default:
      g_settings_bind (settings, info->key, self, "number", G_SETTINGS_BIND_DEFAULT);
    }
}
