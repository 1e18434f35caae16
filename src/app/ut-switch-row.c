/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-switch-row.h"

#include "ut-resources.h"

struct _UtSwitchRow
{
  UtSettingRow parent_instance;

  GtkSwitch *toggle;
};

G_DEFINE_FINAL_TYPE (UtSwitchRow, ut_switch_row, UT_TYPE_SETTING_ROW)

static void
active_changed_cb (UtSwitchRow *self)
{
  ut_setting_row_take_number (UT_SETTING_ROW (self), gtk_switch_get_active (self->toggle));
}

static void
ut_switch_row_show_number (UtSettingRow *row)
{
  UtSwitchRow *self = UT_SWITCH_ROW (row);

  gtk_switch_set_active (self->toggle, ut_setting_row_get_number (row) != 0);
}

static void
ut_switch_row_constructed (GObject *object)
{
  G_OBJECT_CLASS (ut_switch_row_parent_class)->constructed (object);

  ut_switch_row_show_number (UT_SETTING_ROW (object));
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
  object_class->dispose = ut_switch_row_dispose;
  UT_SETTING_ROW_CLASS (klass)->show_number = ut_switch_row_show_number;

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
