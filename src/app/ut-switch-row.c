/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-switch-row.h"

#include "ut-resources.h"
#include "ut-spin-row.h"

struct _UtSwitchRow
{
  UtFormRow parent_instance;

  GtkSwitch *toggle;

  UtSetting setting;
};

G_DEFINE_FINAL_TYPE (UtSwitchRow, ut_switch_row, UT_TYPE_FORM_ROW)

typedef enum
{
  PROP_SETTING = 1,
  PROP_ACTIVE,
} UtSwitchRowProperty;

static GParamSpec *properties[PROP_ACTIVE + 1];

static void
active_changed_cb (UtSwitchRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
ut_switch_row_constructed (GObject *object)
{
  UtSwitchRow *self = UT_SWITCH_ROW (object);

  G_OBJECT_CLASS (ut_switch_row_parent_class)->constructed (object);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), ut_setting_get_title (self->setting));
  gtk_switch_set_active (self->toggle, ut_setting_get_info (self->setting)->fallback != 0);
}

static void
ut_switch_row_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  UtSwitchRow *self = UT_SWITCH_ROW (object);

  switch ((UtSwitchRowProperty) property_id)
    {
    case PROP_SETTING:
      g_value_set_string (value, ut_setting_get_info (self->setting)->key);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, ut_switch_row_get_active (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_switch_row_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  UtSwitchRow *self = UT_SWITCH_ROW (object);

  switch ((UtSwitchRowProperty) property_id)
    {
    case PROP_SETTING:
      if (!ut_spin_row_find_setting (g_value_get_string (value), &self->setting))
        g_critical ("There is no setting \"%s\"", g_value_get_string (value));
      break;
    case PROP_ACTIVE:
      ut_switch_row_set_active (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_switch_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_SWITCH_ROW);

  G_OBJECT_CLASS (ut_switch_row_parent_class)->dispose (object);
}

static void
ut_switch_row_class_init (UtSwitchRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = ut_switch_row_constructed;
  object_class->get_property = ut_switch_row_get_property;
  object_class->set_property = ut_switch_row_set_property;
  object_class->dispose = ut_switch_row_dispose;

  /** UtSwitchRow:setting: the key of the setting, as "train-unknown". */
  properties[PROP_SETTING] = g_param_spec_string ("setting", NULL, NULL, "train-unknown",
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                  G_PARAM_STATIC_STRINGS);
  /** UtSwitchRow:active: whether it is on. */
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                  G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-switch-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtSwitchRow, toggle);
  gtk_widget_class_bind_template_callback (widget_class, active_changed_cb);
}

static void
ut_switch_row_init (UtSwitchRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

UtSetting
ut_switch_row_get_setting (UtSwitchRow *self)
{
  g_return_val_if_fail (UT_IS_SWITCH_ROW (self), UT_SETTING_TRAIN_UNKNOWN);

  return self->setting;
}

gboolean
ut_switch_row_get_active (UtSwitchRow *self)
{
  g_return_val_if_fail (UT_IS_SWITCH_ROW (self), FALSE);

  return gtk_switch_get_active (self->toggle);
}

void
ut_switch_row_set_active (UtSwitchRow *self,
                          gboolean     active)
{
  g_return_if_fail (UT_IS_SWITCH_ROW (self));

  gtk_switch_set_active (self->toggle, active);
}
