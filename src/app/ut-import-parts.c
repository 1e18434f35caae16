/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-parts.h"

#include "ut-path-row.h"
#include "ut-resources.h"

#include <glib/gi18n.h>

/* Long enough that a path being typed is not looked for letter by letter. */
#define PATIENCE_MS 300

struct _UtImportParts
{
  AdwBin parent_instance;

  AdwActionRow *split_row;
  GtkDropDown *split;
  GtkWidget *seed_row;
  GtkSpinButton *seed;
  UtPathRow *dev_row;
  UtPathRow *test_row;

  UtImportFiles files;
  guint timeout;
  gboolean has_parts;
  gsize n_rows[UT_N_DATA_PARTS]; /* as given; 0 to train while that is not known */
  UtImportFixed fixed;
  gboolean filling; /* the rows follow a guess, not a person */
};

G_DEFINE_FINAL_TYPE (UtImportParts, ut_import_parts, ADW_TYPE_BIN)

static guint files_changed_signal;

static char *
dup_description (UtImportParts *self)
{
  switch ((UtImportSplit) gtk_drop_down_get_selected (self->split))
    {
    case UT_IMPORT_SPLIT_80_10_10:
      return g_strdup (_("To train, validate and test, drawn by the seed. "
                         "Equal texts stay in one part."));
    case UT_IMPORT_SPLIT_90_10:
      return g_strdup (_("To train and to validate, drawn by the seed. "
                         "Equal texts stay in one part."));
    case UT_IMPORT_SPLIT_FILES:
    default:
      break;
    }

  if (!self->has_parts)
    return g_strdup (_("All rows to train; each run holds out a tenth to validate"));
  if (self->n_rows[UT_DATA_TRAIN] == 0)
    return g_strdup (_("Each row belongs where its file does"));
  if (self->n_rows[UT_DATA_TEST] == 0)
    /* Translators: numbers of rows. */
    return g_strdup_printf (_("%'u to train, %'u to validate"),
                            (guint) self->n_rows[UT_DATA_TRAIN],
                            (guint) self->n_rows[UT_DATA_DEV]);

  /* Translators: numbers of rows. */
  return g_strdup_printf (_("%'u to train, %'u to validate, %'u to test"),
                          (guint) self->n_rows[UT_DATA_TRAIN], (guint) self->n_rows[UT_DATA_DEV],
                          (guint) self->n_rows[UT_DATA_TEST]);
}

static void
update (UtImportParts *self)
{
  g_autofree char *description = dup_description (self);

  adw_action_row_set_subtitle (self->split_row, description);
  gtk_widget_set_visible (self->seed_row,
                          gtk_drop_down_get_selected (self->split) != UT_IMPORT_SPLIT_FILES);
}

static void
split_selected_cb (UtImportParts *self)
{
  if (self->filling)
    return;

  self->fixed |= UT_IMPORT_FIXED_SPLIT;
  update (self);
}

static void
take_path (UtPathRow  *row,
           GFile     **file)
{
  const char *path = ut_path_row_get_path (row);

  g_clear_object (file);
  if (*path != '\0')
    *file = g_file_new_for_path (path);
}

static gboolean
timeout_cb (gpointer data)
{
  UtImportParts *self = data;

  self->timeout = 0;
  take_path (self->dev_row, &self->files.dev);
  take_path (self->test_row, &self->files.test);
  g_signal_emit (self, files_changed_signal, 0);

  return G_SOURCE_REMOVE;
}

static void
path_changed_cb (UtImportParts *self)
{
  if (self->filling)
    return;

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (PATIENCE_MS, timeout_cb, self);
}

static void
ut_import_parts_dispose (GObject *object)
{
  UtImportParts *self = UT_IMPORT_PARTS (object);

  self->filling = TRUE;
  g_clear_handle_id (&self->timeout, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_IMPORT_PARTS);
  ut_import_files_clear (&self->files);

  G_OBJECT_CLASS (ut_import_parts_parent_class)->dispose (object);
}

static void
ut_import_parts_class_init (UtImportPartsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_import_parts_dispose;

  /** UtImportParts::files-changed: other development or test rows are to be read. */
  files_changed_signal = g_signal_new ("files-changed", UT_TYPE_IMPORT_PARTS, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (UT_TYPE_PATH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-import-parts.ui");
  gtk_widget_class_bind_template_child (widget_class, UtImportParts, split_row);
  gtk_widget_class_bind_template_child (widget_class, UtImportParts, split);
  gtk_widget_class_bind_template_child (widget_class, UtImportParts, seed_row);
  gtk_widget_class_bind_template_child (widget_class, UtImportParts, seed);
  gtk_widget_class_bind_template_child (widget_class, UtImportParts, dev_row);
  gtk_widget_class_bind_template_child (widget_class, UtImportParts, test_row);
  gtk_widget_class_bind_template_callback (widget_class, split_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, path_changed_cb);
}

static void
ut_import_parts_init (UtImportParts *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_selected (self->split, UT_IMPORT_SPLIT_80_10_10);
  self->filling = FALSE;
  update (self);
}

void
ut_import_parts_show (UtImportParts       *self,
                      const UtImportGuess *guess)
{
  g_return_if_fail (UT_IS_IMPORT_PARTS (self));
  g_return_if_fail (guess != NULL);

  const UtImportOptions *options = ut_import_guess_get_options (guess);
  gboolean takes_files = options->form == UT_IMPORT_DELIMITED ||
                         options->form == UT_IMPORT_JSON_LINES;

  self->filling = TRUE;
  self->has_parts = ut_import_guess_has_parts (guess);
  gtk_drop_down_set_selected (self->split, options->split);
  /* A pair has no further files, and a folder brings its own. */
  gtk_widget_set_visible (GTK_WIDGET (self->dev_row), takes_files);
  gtk_widget_set_visible (GTK_WIDGET (self->test_row), takes_files);
  self->filling = FALSE;
  ut_import_parts_show_import (self, NULL);
}

void
ut_import_parts_show_import (UtImportParts  *self,
                             const UtImport *import)
{
  g_return_if_fail (UT_IS_IMPORT_PARTS (self));

  for (UtDataPart i = 0; i < UT_N_DATA_PARTS; i++)
    self->n_rows[i] = import != NULL ? ut_import_get_n_part_rows (import, i) : 0;
  update (self);
}

const UtImportFiles *
ut_import_parts_get_files (UtImportParts *self)
{
  g_return_val_if_fail (UT_IS_IMPORT_PARTS (self), NULL);

  return &self->files;
}

UtImportFixed
ut_import_parts_collect (UtImportParts   *self,
                         UtImportOptions *options)
{
  g_return_val_if_fail (UT_IS_IMPORT_PARTS (self), UT_IMPORT_FIXED_NONE);
  g_return_val_if_fail (options != NULL, UT_IMPORT_FIXED_NONE);

  options->split = gtk_drop_down_get_selected (self->split);
  options->seed = (guint32) gtk_spin_button_get_value (self->seed);

  return self->fixed;
}
