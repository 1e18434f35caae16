/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-fields.h"

#include "ut-resources.h"
#include "ut-short-text.h"

#include <glib/gi18n.h>

/* Longer names of columns are cut, so that a drop-down stays in the window. */
#define MAX_NAME_LENGTH 32

struct _UtImportFields
{
  AdwBin parent_instance;

  GtkWidget *text_row;
  GtkDropDown *text;
  GtkWidget *label_row;
  GtkDropDown *label;
  GtkSwitch *tokenized;
  AdwActionRow *unit_row;
  GtkDropDown *unit;

  UtImportFixed fixed;
  gboolean for_texts;
  gboolean filling; /* the rows follow a guess, not a person */
};

G_DEFINE_FINAL_TYPE (UtImportFields, ut_import_fields, ADW_TYPE_BIN)

static guint changed_signal;

static void
take_choice (UtImportFields *self,
             UtImportFixed   fixed)
{
  if (self->filling)
    return;

  self->fixed |= fixed;
  /* What a row is called has no influence on how it is read. */
  if (fixed != UT_IMPORT_FIXED_UNIT)
    g_signal_emit (self, changed_signal, 0, (guint) fixed);
}

static void
text_selected_cb (UtImportFields *self)
{
  take_choice (self, UT_IMPORT_FIXED_TEXT_COLUMN);
}

static void
label_selected_cb (UtImportFields *self)
{
  take_choice (self, UT_IMPORT_FIXED_LABEL_COLUMN);
}

/* Where words are split already, nothing is cut into sentences. */
static void
update_unit_row (UtImportFields *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->unit_row),
                            !self->for_texts || !gtk_switch_get_active (self->tokenized));
}

static void
tokenized_switched_cb (UtImportFields *self)
{
  update_unit_row (self);
  take_choice (self, UT_IMPORT_FIXED_TOKENIZED);
}

static void
unit_selected_cb (UtImportFields *self)
{
  take_choice (self, UT_IMPORT_FIXED_UNIT);
}

static void
ut_import_fields_dispose (GObject *object)
{
  UT_IMPORT_FIELDS (object)->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_IMPORT_FIELDS);

  G_OBJECT_CLASS (ut_import_fields_parent_class)->dispose (object);
}

static void
ut_import_fields_class_init (UtImportFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_import_fields_dispose;

  /** UtImportFields::changed: (fixed): somebody chose what that #UtImportFixed names, and
   * rows are to be made otherwise. */
  changed_signal = g_signal_new ("changed", UT_TYPE_IMPORT_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-import-fields.ui");
  gtk_widget_class_bind_template_child (widget_class, UtImportFields, text_row);
  gtk_widget_class_bind_template_child (widget_class, UtImportFields, text);
  gtk_widget_class_bind_template_child (widget_class, UtImportFields, label_row);
  gtk_widget_class_bind_template_child (widget_class, UtImportFields, label);
  gtk_widget_class_bind_template_child (widget_class, UtImportFields, tokenized);
  gtk_widget_class_bind_template_child (widget_class, UtImportFields, unit_row);
  gtk_widget_class_bind_template_child (widget_class, UtImportFields, unit);
  gtk_widget_class_bind_template_callback (widget_class, text_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, label_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, tokenized_switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_selected_cb);
}

static void
ut_import_fields_init (UtImportFields *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

void
ut_import_fields_set_for_texts (UtImportFields *self)
{
  g_return_if_fail (UT_IS_IMPORT_FIELDS (self));

  const char * const titles[] = { _("each sentence"), _("the whole text"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (titles);

  self->for_texts = TRUE;
  self->filling = TRUE;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->unit_row), _("Read"));
  gtk_drop_down_set_model (self->unit, G_LIST_MODEL (list));
  self->filling = FALSE;
}

void
ut_import_fields_propose_unit (UtImportFields *self,
                               UtDataUnit      unit)
{
  g_return_if_fail (UT_IS_IMPORT_FIELDS (self));

  if ((self->fixed & UT_IMPORT_FIXED_UNIT) != 0)
    return;

  self->filling = TRUE;
  gtk_drop_down_set_selected (self->unit, unit);
  self->filling = FALSE;
}

void
ut_import_fields_show (UtImportFields      *self,
                       const UtImportGuess *guess)
{
  g_return_if_fail (UT_IS_IMPORT_FIELDS (self));
  g_return_if_fail (guess != NULL);

  const UtImportOptions *options = ut_import_guess_get_options (guess);
  guint n_columns = ut_import_guess_get_n_columns (guess);
  gboolean has_columns = n_columns > (self->for_texts ? 1 : 0);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) label_names = gtk_string_list_new (NULL);

  if (self->for_texts)
    gtk_string_list_append (label_names, C_("label", "none"));
  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *name = ut_short_text_dup (ut_import_guess_get_column (guess, i),
                                                 MAX_NAME_LENGTH);

      gtk_string_list_append (names, name);
      gtk_string_list_append (label_names, name);
    }

  self->filling = TRUE;
  gtk_widget_set_visible (self->text_row, has_columns);
  gtk_widget_set_visible (self->label_row, has_columns);
  gtk_drop_down_set_model (self->text, G_LIST_MODEL (names));
  gtk_drop_down_set_model (self->label, G_LIST_MODEL (label_names));
  gtk_drop_down_set_selected (self->text, options->text_column);
  if (!self->for_texts)
    gtk_drop_down_set_selected (self->label, options->label_column);
  else
    gtk_drop_down_set_selected (self->label, options->label_column == UT_IMPORT_NO_COLUMN
                                             ? 0 : options->label_column + 1);
  gtk_switch_set_active (self->tokenized, options->tokenized);
  if (!self->for_texts)
    gtk_drop_down_set_selected (self->unit, options->unit);
  self->filling = FALSE;
  update_unit_row (self);
}

void
ut_import_fields_show_import (UtImportFields *self,
                              const UtImport *import)
{
  g_autofree char *text = NULL;

  g_return_if_fail (UT_IS_IMPORT_FIELDS (self));

  if (import != NULL)
    {
      guint n_max = ut_import_get_max_length (import);

      /* Translators: the median and the largest number of words in a row. */
      text = g_strdup_printf (ngettext ("Half of the rows have at most %'u words, the longest %'u",
                                        "Half of the rows have at most %'u words, the longest %'u",
                                        n_max),
                              ut_import_get_median_length (import), n_max);
    }
  adw_action_row_set_subtitle (self->unit_row, text != NULL ? text : "");
}

void
ut_import_fields_forget (UtImportFields *self)
{
  g_return_if_fail (UT_IS_IMPORT_FIELDS (self));

  self->fixed &= ~(UT_IMPORT_FIXED_TEXT_COLUMN | UT_IMPORT_FIXED_LABEL_COLUMN);
}

UtImportFixed
ut_import_fields_collect (UtImportFields  *self,
                          UtImportOptions *options)
{
  g_return_val_if_fail (UT_IS_IMPORT_FIELDS (self), UT_IMPORT_FIXED_NONE);
  g_return_val_if_fail (options != NULL, UT_IMPORT_FIXED_NONE);

  guint text = gtk_drop_down_get_selected (self->text);
  guint label = gtk_drop_down_get_selected (self->label);

  options->text_column = text != GTK_INVALID_LIST_POSITION ? text : 0;
  if (!self->for_texts)
    options->label_column = label != GTK_INVALID_LIST_POSITION ? label : 1;
  else
    options->label_column = label != GTK_INVALID_LIST_POSITION && label > 0
                            ? label - 1 : UT_IMPORT_NO_COLUMN;
  options->tokenized = gtk_switch_get_active (self->tokenized);
  options->unit = gtk_drop_down_get_selected (self->unit);

  return self->fixed;
}
