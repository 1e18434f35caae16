/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-spin-row.h"

#include "ut-resources.h"

#include <math.h>

struct _UtSpinRow
{
  UtSettingRow parent_instance;

  GtkSpinButton *spin;
  GtkAdjustment *adjustment; /* of the spin button: the number, or its decimal logarithm */

  gboolean typing; /* the adjustment follows the text, so the text is left as it is */
};

G_DEFINE_FINAL_TYPE (UtSpinRow, ut_spin_row, UT_TYPE_SETTING_ROW)

static const UtSettingInfo *
get_info (UtSpinRow *self)
{
  return ut_setting_get_info (ut_setting_row_get_setting (UT_SETTING_ROW (self)));
}

static double
to_adjustment (UtSpinRow *self,
               double     number)
{
  return get_info (self)->logarithmic ? log10 (number) : number;
}

static double
from_adjustment (UtSpinRow *self,
                 double     position)
{
  const UtSettingInfo *info = get_info (self);
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
  double number = ut_setting_row_get_number (UT_SETTING_ROW (self));

  return fabs (position - to_adjustment (self, number)) < 1e-9;
}

static gboolean
read_text (UtSpinRow  *self,
           double     *number,
           GError    **error)
{
  return ut_setting_parse (ut_setting_row_get_setting (UT_SETTING_ROW (self)),
                           gtk_editable_get_text (GTK_EDITABLE (self->spin)), number, error);
}

static void
changed_cb (UtSpinRow *self)
{
  g_autoptr (GError) error = NULL;
  double number;

  if (!read_text (self, &number, &error))
    {
      ut_form_row_set_error (UT_FORM_ROW (self), error->message);
      return;
    }

  self->typing = TRUE;
  ut_setting_row_take_number (UT_SETTING_ROW (self), number);
  gtk_adjustment_set_value (self->adjustment, to_adjustment (self, number));
  self->typing = FALSE;
}

static int
input_cb (UtSpinRow *self,
          double    *position)
{
  double number;

  if (!read_text (self, &number, NULL))
    return GTK_INPUT_ERROR;

  *position = to_adjustment (self, number);
  return TRUE;
}

static gboolean
output_cb (UtSpinRow *self)
{
  UtSettingRow *row = UT_SETTING_ROW (self);
  g_autofree char *text = NULL;

  if (self->typing)
    return TRUE;

  if (!is_in_step (self))
    ut_setting_row_take_number (row, from_adjustment (self,
                                                      gtk_adjustment_get_value (self->adjustment)));
  else if (ut_form_row_get_error (UT_FORM_ROW (self)) != NULL)
    return TRUE; /* what is wrong stays to be mended */

  text = ut_setting_format (ut_setting_row_get_setting (row), ut_setting_row_get_number (row));
  if (strcmp (text, gtk_editable_get_text (GTK_EDITABLE (self->spin))) != 0)
    {
      g_signal_handlers_block_by_func (self->spin, changed_cb, self);
      gtk_editable_set_text (GTK_EDITABLE (self->spin), text);
      g_signal_handlers_unblock_by_func (self->spin, changed_cb, self);
    }

  return TRUE;
}

static void
ut_spin_row_show_number (UtSettingRow *row)
{
  UtSpinRow *self = UT_SPIN_ROW (row);

  gtk_adjustment_set_value (self->adjustment,
                            to_adjustment (self, ut_setting_row_get_number (row)));
  gtk_spin_button_update (self->spin);
  output_cb (self);
}

static void
ut_spin_row_constructed (GObject *object)
{
  UtSpinRow *self = UT_SPIN_ROW (object);
  const UtSettingInfo *info = get_info (self);

  G_OBJECT_CLASS (ut_spin_row_parent_class)->constructed (object);

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
  object_class->dispose = ut_spin_row_dispose;
  UT_SETTING_ROW_CLASS (klass)->show_number = ut_spin_row_show_number;

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
