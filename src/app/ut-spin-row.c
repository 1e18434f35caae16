/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-spin-row.h"

#include "ut-resources.h"

#include <math.h>

struct _UtSpinRow
{
  UtFormRow parent_instance;

  GtkSpinButton *spin;
  GtkAdjustment *adjustment; /* of the spin button: the value, or its decimal logarithm */

  UtSetting setting;
  double value;
  gboolean typing; /* the adjustment follows the text, so the text is left as it is */
};

G_DEFINE_FINAL_TYPE (UtSpinRow, ut_spin_row, UT_TYPE_FORM_ROW)

typedef enum
{
  PROP_SETTING = 1,
  PROP_VALUE,
} UtSpinRowProperty;

static GParamSpec *properties[PROP_VALUE + 1];

static double
to_adjustment (UtSpinRow *self,
               double     value)
{
  return ut_setting_get_info (self->setting)->logarithmic ? log10 (value) : value;
}

static double
from_adjustment (UtSpinRow *self,
                 double     position)
{
  const UtSettingInfo *info = ut_setting_get_info (self->setting);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (info->kind != UT_SETTING_KIND_REAL)
    return CLAMP (position, info->minimum, info->maximum);
  if (!info->logarithmic)
    {
      /* A sum of steps is to be the number a person reads. */
      g_ascii_formatd (digits, sizeof digits, "%.6g", position);
      return CLAMP (g_ascii_strtod (digits, NULL), info->minimum, info->maximum);
    }

  /* Two significant digits make a chain of factors land on values a person would have typed. */
  g_ascii_formatd (digits, sizeof digits, "%.1e", pow (10, position));
  return CLAMP (g_ascii_strtod (digits, NULL), info->minimum, info->maximum);
}

static gboolean
is_in_step (UtSpinRow *self)
{
  double position = gtk_adjustment_get_value (self->adjustment);

  return fabs (position - to_adjustment (self, self->value)) < 1e-9;
}

static void
take_value (UtSpinRow *self,
            double     value)
{
  ut_form_row_set_error (UT_FORM_ROW (self), NULL);
  if (self->value == value)
    return;

  self->value = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

static void
changed_cb (UtSpinRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->spin));
  g_autoptr (GError) error = NULL;
  double value;

  if (!ut_setting_parse (self->setting, text, &value, &error))
    {
      ut_form_row_set_error (UT_FORM_ROW (self), error->message);
      return;
    }

  self->typing = TRUE;
  take_value (self, value);
  gtk_adjustment_set_value (self->adjustment, to_adjustment (self, value));
  self->typing = FALSE;
}

static int
input_cb (UtSpinRow *self,
          double    *position)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->spin));
  double value;

  if (!ut_setting_parse (self->setting, text, &value, NULL))
    return GTK_INPUT_ERROR;

  *position = to_adjustment (self, value);
  return TRUE;
}

static gboolean
output_cb (UtSpinRow *self)
{
  g_autofree char *text = NULL;

  if (self->typing)
    return TRUE;

  if (!is_in_step (self))
    take_value (self, from_adjustment (self, gtk_adjustment_get_value (self->adjustment)));
  else if (ut_form_row_get_error (UT_FORM_ROW (self)) != NULL)
    return TRUE; /* what is wrong stays to be mended */

  text = ut_setting_format (self->setting, self->value);
  if (strcmp (text, gtk_editable_get_text (GTK_EDITABLE (self->spin))) != 0)
    {
      g_signal_handlers_block_by_func (self->spin, changed_cb, self);
      gtk_editable_set_text (GTK_EDITABLE (self->spin), text);
      g_signal_handlers_unblock_by_func (self->spin, changed_cb, self);
    }

  return TRUE;
}

static void
ut_spin_row_constructed (GObject *object)
{
  UtSpinRow *self = UT_SPIN_ROW (object);
  const UtSettingInfo *info = ut_setting_get_info (self->setting);

  G_OBJECT_CLASS (ut_spin_row_parent_class)->constructed (object);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), ut_setting_get_title (self->setting));
  self->value = info->fallback;
  gtk_adjustment_configure (self->adjustment,
                            to_adjustment (self, info->fallback),
                            to_adjustment (self, info->minimum),
                            to_adjustment (self, info->maximum),
                            info->logarithmic ? log10 (info->step) : info->step,
                            info->logarithmic ? 1 : 10 * info->step,
                            0);
  gtk_spin_button_update (self->spin);
}

static void
ut_spin_row_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  UtSpinRow *self = UT_SPIN_ROW (object);

  switch ((UtSpinRowProperty) property_id)
    {
    case PROP_SETTING:
      g_value_set_string (value, ut_setting_get_info (self->setting)->key);
      break;
    case PROP_VALUE:
      g_value_set_double (value, self->value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_spin_row_set_property (GObject      *object,
                          guint         property_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  UtSpinRow *self = UT_SPIN_ROW (object);

  switch ((UtSpinRowProperty) property_id)
    {
    case PROP_SETTING:
      if (!ut_spin_row_find_setting (g_value_get_string (value), &self->setting))
        g_critical ("There is no setting \"%s\"", g_value_get_string (value));
      break;
    case PROP_VALUE:
      ut_spin_row_set_value (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_spin_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_SPIN_ROW);

  G_OBJECT_CLASS (ut_spin_row_parent_class)->dispose (object);
}

static void
ut_spin_row_class_init (UtSpinRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = ut_spin_row_constructed;
  object_class->get_property = ut_spin_row_get_property;
  object_class->set_property = ut_spin_row_set_property;
  object_class->dispose = ut_spin_row_dispose;

  /** UtSpinRow:setting: the key of the setting, as "hidden-size". */
  properties[PROP_SETTING] = g_param_spec_string ("setting", NULL, NULL, "hidden-size",
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                  G_PARAM_STATIC_STRINGS);
  /** UtSpinRow:value: the last valid value, within the setting's range. */
  properties[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-spin-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtSpinRow, spin);
  gtk_widget_class_bind_template_child (widget_class, UtSpinRow, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, input_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_cb);
}

static void
ut_spin_row_init (UtSpinRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

UtSetting
ut_spin_row_get_setting (UtSpinRow *self)
{
  g_return_val_if_fail (UT_IS_SPIN_ROW (self), UT_SETTING_HIDDEN_SIZE);

  return self->setting;
}

double
ut_spin_row_get_value (UtSpinRow *self)
{
  g_return_val_if_fail (UT_IS_SPIN_ROW (self), 0);

  return self->value;
}

void
ut_spin_row_set_value (UtSpinRow *self,
                       double     value)
{
  const UtSettingInfo *info;

  g_return_if_fail (UT_IS_SPIN_ROW (self));

  info = ut_setting_get_info (self->setting);
  take_value (self, CLAMP (value, info->minimum, info->maximum));
  gtk_adjustment_set_value (self->adjustment, to_adjustment (self, self->value));
  gtk_spin_button_update (self->spin);
  output_cb (self);
}

gboolean
ut_spin_row_find_setting (const char *key,
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
