/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-label-row.h"

#include "ut-resources.h"
#include "ut-short-text.h"

#include <glib/gi18n.h>

/* The row has two lines at most. */
#define MAX_VALUE_LENGTH 60

struct _UtImportLabelRow
{
  AdwActionRow parent_instance;

  GtkDropDown *drop_down;

  char *value; /* (owned) (nullable): as it stands in the file */
};

G_DEFINE_FINAL_TYPE (UtImportLabelRow, ut_import_label_row, ADW_TYPE_ACTION_ROW)

typedef enum
{
  PROP_MEANING = 1,
} UtImportLabelRowProperty;

static GParamSpec *properties[PROP_MEANING + 1];

/* In the order of the drop-down, which begins with what is looked for first. */
static const UtImportMeaning meanings[] = {
  UT_IMPORT_NEGATIVE, UT_IMPORT_POSITIVE, UT_IMPORT_LEAVE_OUT,
};

static void
selected_cb (UtImportLabelRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEANING]);
}

static void
ut_import_label_row_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch ((UtImportLabelRowProperty) property_id)
    {
    case PROP_MEANING:
      g_value_set_uint (value, ut_import_label_row_get_meaning (UT_IMPORT_LABEL_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_import_label_row_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch ((UtImportLabelRowProperty) property_id)
    {
    case PROP_MEANING:
      ut_import_label_row_set_meaning (UT_IMPORT_LABEL_ROW (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_import_label_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_IMPORT_LABEL_ROW);

  G_OBJECT_CLASS (ut_import_label_row_parent_class)->dispose (object);
}

static void
ut_import_label_row_finalize (GObject *object)
{
  g_free (UT_IMPORT_LABEL_ROW (object)->value);

  G_OBJECT_CLASS (ut_import_label_row_parent_class)->finalize (object);
}

static void
ut_import_label_row_class_init (UtImportLabelRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_import_label_row_get_property;
  object_class->set_property = ut_import_label_row_set_property;
  object_class->dispose = ut_import_label_row_dispose;
  object_class->finalize = ut_import_label_row_finalize;

  /** UtImportLabelRow:meaning: a #UtImportMeaning. */
  properties[PROP_MEANING] = g_param_spec_uint ("meaning", NULL, NULL, UT_IMPORT_LEAVE_OUT,
                                                UT_IMPORT_POSITIVE, UT_IMPORT_NEGATIVE,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-import-label-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtImportLabelRow, drop_down);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
ut_import_label_row_init (UtImportLabelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ut_import_label_row_new (const UtImportLabel *label)
{
  g_return_val_if_fail (label != NULL, NULL);

  UtImportLabelRow *self = g_object_new (UT_TYPE_IMPORT_LABEL_ROW, NULL);
  guint count = (guint) label->count;
  g_autofree char *rows = g_strdup_printf (ngettext ("%'u row", "%'u rows", count), count);

  g_autofree char *title = ut_short_text_dup (label->value, MAX_VALUE_LENGTH);

  self->value = g_strdup (label->value);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), *title != '\0' ? title : _("(empty)"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), rows);
  ut_import_label_row_set_meaning (self, label->meaning);

  return GTK_WIDGET (self);
}

const char *
ut_import_label_row_get_value (UtImportLabelRow *self)
{
  g_return_val_if_fail (UT_IS_IMPORT_LABEL_ROW (self), NULL);

  return self->value;
}

UtImportMeaning
ut_import_label_row_get_meaning (UtImportLabelRow *self)
{
  g_return_val_if_fail (UT_IS_IMPORT_LABEL_ROW (self), UT_IMPORT_LEAVE_OUT);

  return meanings[gtk_drop_down_get_selected (self->drop_down)];
}

void
ut_import_label_row_set_meaning (UtImportLabelRow *self,
                                 UtImportMeaning   meaning)
{
  g_return_if_fail (UT_IS_IMPORT_LABEL_ROW (self));

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i] == meaning)
      gtk_drop_down_set_selected (self->drop_down, i);
}
