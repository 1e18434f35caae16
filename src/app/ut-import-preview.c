/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-preview.h"

#include "ut-import-preview-row.h"
#include "ut-resources.h"

#include <glib/gi18n.h>

struct _UtImportPreview
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;

  UtImportPreviewRow *rows[UT_IMPORT_N_PREVIEW]; /* of the group */
};

G_DEFINE_FINAL_TYPE (UtImportPreview, ut_import_preview, ADW_TYPE_BIN)

static void
show_rows (UtImportPreview *self,
           guint            n_rows)
{
  gtk_widget_set_visible (GTK_WIDGET (self), n_rows > 0);
  for (guint i = 0; i < UT_IMPORT_N_PREVIEW; i++)
    gtk_widget_set_visible (GTK_WIDGET (self->rows[i]), i < n_rows);
}

static void
ut_import_preview_dispose (GObject *object)
{
  /* A bin does not notice when the template takes its child away. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_IMPORT_PREVIEW);

  G_OBJECT_CLASS (ut_import_preview_parent_class)->dispose (object);
}

static void
ut_import_preview_class_init (UtImportPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_import_preview_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-import-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, UtImportPreview, group);
}

static void
ut_import_preview_init (UtImportPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < UT_IMPORT_N_PREVIEW; i++)
    {
      self->rows[i] = UT_IMPORT_PREVIEW_ROW (ut_import_preview_row_new ());
      adw_preferences_group_add (self->group, GTK_WIDGET (self->rows[i]));
    }
  show_rows (self, 0);
}

void
ut_import_preview_show_guess (UtImportPreview       *self,
                              const UtImportGuess   *guess,
                              const UtImportOptions *options)
{
  guint n_rows = guess != NULL ? ut_import_guess_get_n_rows (guess) : 0;
  gboolean has_columns = n_rows > 0 && ut_import_guess_get_n_columns (guess) > 0;

  g_return_if_fail (UT_IS_IMPORT_PREVIEW (self));
  g_return_if_fail (guess == NULL || options != NULL);

  for (guint i = 0; i < n_rows; i++)
    {
      const char * const *fields = ut_import_guess_get_fields (guess, i);
      guint n_fields = g_strv_length ((GStrv) fields);
      guint text = has_columns ? options->text_column : 0;
      guint label = has_columns ? options->label_column : 1;

      ut_import_preview_row_show_fields (self->rows[i], label < n_fields ? fields[label] : NULL,
                                         text < n_fields ? fields[text] : NULL);
    }
  adw_preferences_group_set_description (self->group, _("As they stand in the file"));
  show_rows (self, n_rows);
}

void
ut_import_preview_show_import (UtImportPreview *self,
                               const UtImport  *import)
{
  g_return_if_fail (UT_IS_IMPORT_PREVIEW (self));
  g_return_if_fail (import != NULL);

  gsize n_rows = ut_import_get_n_rows (import);
  guint n_labels;
  const UtImportLabel *labels = ut_import_get_labels (import, &n_labels);
  guint n_shown = (guint) MIN (n_rows, UT_IMPORT_N_PREVIEW);

  for (guint i = 0; i < n_shown; i++)
    {
      gsize row = (gsize) ((double) n_rows * i / n_shown);
      const UtImportLabel *label = &labels[ut_import_get_row_label (import, row)];
      g_autofree char *sentence = ut_import_dup_sentence (import, row);

      ut_import_preview_row_show_words (self->rows[i], label->value, label->meaning, sentence);
    }
  adw_preferences_group_set_description (self->group, _("As words, from all over the file"));
  show_rows (self, n_shown);
}
