/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-choice-row.h"

#include "ut-resources.h"

struct _UtChoiceRow
{
  UtSettingRow parent_instance;

  GtkDropDown *drop_down;
};

G_DEFINE_FINAL_TYPE (UtChoiceRow, ut_choice_row, UT_TYPE_SETTING_ROW)

static void
selected_cb (UtChoiceRow *self)
{
  guint selected = gtk_drop_down_get_selected (self->drop_down);

  /* Nothing is selected as long as there is no list. */
  if (selected != GTK_INVALID_LIST_POSITION)
    ut_setting_row_take_number (UT_SETTING_ROW (self), selected);
}

static void
ut_choice_row_show_number (UtSettingRow *row)
{
  UtChoiceRow *self = UT_CHOICE_ROW (row);

  gtk_drop_down_set_selected (self->drop_down, (guint) ut_setting_row_get_number (row));
}

static void
ut_choice_row_constructed (GObject *object)
{
  UtChoiceRow *self = UT_CHOICE_ROW (object);
  UtSetting setting = ut_setting_row_get_setting (UT_SETTING_ROW (self));
  const UtSettingInfo *info = ut_setting_get_info (setting);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  G_OBJECT_CLASS (ut_choice_row_parent_class)->constructed (object);

  for (guint i = 0; info->choices != NULL && i <= info->maximum; i++)
    gtk_string_list_take (titles, ut_setting_describe (setting, i));
  /* A new list selects its first entry. */
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (titles));
  ut_setting_row_set_number (UT_SETTING_ROW (self), info->fallback);
}

static void
ut_choice_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_CHOICE_ROW);

  G_OBJECT_CLASS (ut_choice_row_parent_class)->dispose (object);
}

static void
ut_choice_row_class_init (UtChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = ut_choice_row_constructed;
  object_class->dispose = ut_choice_row_dispose;
  UT_SETTING_ROW_CLASS (klass)->show_number = ut_choice_row_show_number;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-choice-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtChoiceRow, drop_down);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
ut_choice_row_init (UtChoiceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
