/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-axis-row.h"

#include "ut-resources.h"

#include <glib/gi18n.h>

struct _UtAxisRow
{
  UtStackedRow parent_instance;

  GtkDropDown *drop_down;
  GtkEntry *entry;

  double *values; /* (owned) (nullable) */
  gsize n_values;
  char *error;    /* (owned) (nullable): why there are none */
  char *refusal;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtAxisRow, ut_axis_row, UT_TYPE_STACKED_ROW)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Of seeds there is a row of its own, and threads do not change what comes out. */
static gboolean
can_vary (UtSetting setting)
{
  return setting != UT_SETTING_SEED && setting != UT_SETTING_THREADS;
}

/* The setting behind the entry @selected of the list, of which the first one is none. */
static UtSetting
find_setting (guint selected)
{
  UtSetting setting = 0;

  for (guint n = 0; setting < UT_N_SETTINGS; setting++)
    if (can_vary (setting) && ++n == selected)
      break;

  return setting;
}

static void
show_error (UtAxisRow *self)
{
  ut_stacked_row_set_error (UT_STACKED_ROW (self),
                            self->error != NULL ? self->error : self->refusal);
}

static void
read_values (UtAxisRow *self)
{
  g_autoptr (GError) error = NULL;
  UtSetting setting;
  gboolean chosen = ut_axis_row_get_setting (self, &setting);

  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->refusal, g_free);
  self->n_values = 0;
  if (chosen)
    self->values = ut_sweep_axis_parse (setting, gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                                        &self->n_values, &error);
  if (error != NULL)
    self->error = g_strdup (error->message);
  show_error (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
entry_changed_cb (UtAxisRow *self)
{
  read_values (self);
}

/* All that a switch or a choice can be; numbers are the person's. */
static char *
dup_proposal (UtSetting setting)
{
  const UtSettingInfo *info = ut_setting_get_info (setting);
  GString *text = g_string_new (NULL);

  if (info->kind == UT_SETTING_KIND_SWITCH)
    g_string_append (text, "off, on");
  else if (info->kind == UT_SETTING_KIND_CHOICE)
    for (guint i = 0; i <= info->maximum; i++)
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", info->choices[i].nick);

  return g_string_free (text, FALSE);
}

static void
selected_cb (UtAxisRow *self)
{
  UtSetting setting;
  gboolean chosen = ut_axis_row_get_setting (self, &setting);
  g_autofree char *proposal = chosen ? dup_proposal (setting) : g_strdup ("");

  gtk_widget_set_visible (GTK_WIDGET (self->entry), chosen);
  /* What was tried of another setting is no use. */
  g_signal_handlers_block_by_func (self->entry, entry_changed_cb, self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), proposal);
  g_signal_handlers_unblock_by_func (self->entry, entry_changed_cb, self);
  read_values (self);
}

static GListModel *
list_settings (void)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  /* Translators: no setting of which several values are tried. */
  gtk_string_list_append (titles, C_("several values", "Nothing"));
  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    if (can_vary (i))
      gtk_string_list_append (titles, ut_setting_get_title (i));

  return G_LIST_MODEL (titles);
}

static void
ut_axis_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_AXIS_ROW);

  G_OBJECT_CLASS (ut_axis_row_parent_class)->dispose (object);
}

static void
ut_axis_row_finalize (GObject *object)
{
  UtAxisRow *self = UT_AXIS_ROW (object);

  g_free (self->values);
  g_free (self->error);
  g_free (self->refusal);

  G_OBJECT_CLASS (ut_axis_row_parent_class)->finalize (object);
}

static void
ut_axis_row_class_init (UtAxisRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_axis_row_dispose;
  object_class->finalize = ut_axis_row_finalize;

  /** UtAxisRow::changed: another setting, other values, or none that can be read. */
  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_AXIS_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-axis-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtAxisRow, drop_down);
  gtk_widget_class_bind_template_child (widget_class, UtAxisRow, entry);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
}

static void
ut_axis_row_init (UtAxisRow *self)
{
  g_autoptr (GListModel) settings = list_settings ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_model (self->drop_down, settings);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), FALSE);
}

gboolean
ut_axis_row_get_setting (UtAxisRow *self,
                         UtSetting *setting)
{
  guint selected;

  g_return_val_if_fail (UT_IS_AXIS_ROW (self), FALSE);
  g_return_val_if_fail (setting != NULL, FALSE);

  selected = gtk_drop_down_get_selected (self->drop_down);
  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return FALSE;

  *setting = find_setting (selected);
  return TRUE;
}

const double *
ut_axis_row_get_values (UtAxisRow *self,
                        gsize     *n_values)
{
  g_return_val_if_fail (UT_IS_AXIS_ROW (self), NULL);
  g_return_val_if_fail (n_values != NULL, NULL);

  *n_values = self->n_values;

  return self->values;
}

void
ut_axis_row_refuse (UtAxisRow  *self,
                    const char *reason)
{
  g_return_if_fail (UT_IS_AXIS_ROW (self));

  if (g_strcmp0 (self->refusal, reason) == 0)
    return;

  g_free (self->refusal);
  self->refusal = g_strdup (reason);
  show_error (self);
}

void
ut_axis_row_set (UtAxisRow  *self,
                 UtSetting   setting,
                 const char *text)
{
  guint selected = 0;

  g_return_if_fail (UT_IS_AXIS_ROW (self));
  g_return_if_fail (text == NULL || can_vary (setting));

  for (UtSetting i = 0; text != NULL && i <= setting; i++)
    selected += can_vary (i);
  gtk_drop_down_set_selected (self->drop_down, selected);
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}
