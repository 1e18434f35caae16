/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-write.h"

#include "ut-data-error.h"
#include "ut-data-folder.h"
#include "ut-file-private.h"
#include "ut-import-guess-private.h"
#include "ut-import-split-private.h"
#include "ut-lines-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEADER "sentence\tlabel\n"

/* Of text that is written at once. */
#define PIECE_SIZE (1u << 20)

/* The longest file that ut_dataset_read() takes. */
#define MAX_FILE_SIZE (G_GUINT64_CONSTANT (2) << 30)

/* How much of the time drawing the parts takes, about. */
#define SPLIT_SHARE 0.6

/* Labels that are named in a warning. */
#define MAX_NAMED 5

void
ut_import_report_clear (UtImportReport *self)
{
  g_strfreev (self->warnings);
  *self = (UtImportReport) UT_IMPORT_REPORT_INIT;
}

/* Writing */

typedef struct
{
  UtReadProgress progress;
  gpointer data;
  double start;
  double share;
} Stage;

static void
stage_cb (double   fraction,
          gpointer data)
{
  const Stage *self = data;

  if (self->progress != NULL)
    self->progress (self->start + self->share * fraction, self->data);
}

static gboolean
flush (UtFileWriter  *writer,
       GString       *text,
       guint64       *size,
       GCancellable  *cancellable,
       GError       **error)
{
  *size += text->len;
  if (*size > MAX_FILE_SIZE)
    {
      g_set_error_literal (error, UT_DATA_ERROR, UT_DATA_ERROR_SIZE,
                           _("The data set would have a file of more than 2 GiB"));
      return FALSE;
    }
  if (!_ut_file_writer_write (writer, text->str, text->len, cancellable, error))
    return FALSE;
  g_string_truncate (text, 0);

  return TRUE;
}

static gboolean
write_part (const UtImport       *import,
            const UtImportParts  *parts,
            UtDataPart            part,
            GFile                *file,
            Stage                *stage,
            GCancellable         *cancellable,
            GError              **error)
{
  g_autoptr (UtFileWriter) writer = _ut_file_writer_new (file, error);
  g_autoptr (GString) text = g_string_sized_new (PIECE_SIZE + UT_IMPORT_MAX_LENGTH);
  guint64 size = 0;

  if (writer == NULL)
    return FALSE;

  g_string_append (text, HEADER);
  for (guint32 i = 0; i < parts->n_rows; i++)
    {
      if (parts->parts[i] != part)
        continue;

      const UtImportRow *row = _ut_import_get_row (import, parts->rows[i]);
      UtImportMeaning meaning = import->labels[row->label].meaning;

      g_string_append_len (text, row->text, row->length);
      g_string_append (text, meaning == UT_IMPORT_POSITIVE ? "\t1\n" : "\t0\n");
      if (text->len < PIECE_SIZE)
        continue;
      if (!flush (writer, text, &size, cancellable, error))
        return FALSE;
      stage_cb ((double) i / parts->n_rows, stage);
    }

  return flush (writer, text, &size, cancellable, error) && _ut_file_writer_commit (writer, error);
}

static gboolean
write_parts (const UtImport        *import,
             const UtImportParts   *parts,
             const UtImportReport  *report,
             UtDataFolder          *folder,
             Stage                 *stage,
             GCancellable          *cancellable,
             GError               **error)
{
  double share = stage->share;

  for (guint part = 0; part < UT_N_DATA_PARTS; part++)
    {
      g_autoptr (GFile) file = ut_data_folder_dup_part (folder, (UtDataPart) part);

      if (report->n_rows[part] == 0)
        continue;
      stage->share = share * (double) report->n_rows[part] / parts->n_rows;
      if (!write_part (import, parts, (UtDataPart) part, file, stage, cancellable, error))
        return FALSE;
      stage->start += stage->share;
    }

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Warnings */

static void
warn_labels (const UtImport *import,
             GStrvBuilder   *warnings)
{
  g_autoptr (GString) list = g_string_new (NULL);
  gsize n_rows = 0;
  guint n_labels = 0;

  for (guint i = 0; i < import->n_labels; i++)
    {
      const UtImportLabel *label = &import->labels[i];

      if (label->known || label->meaning != UT_IMPORT_LEAVE_OUT)
        continue;
      n_rows += label->count;
      if (++n_labels > MAX_NAMED)
        continue;

      g_autofree char *value = _ut_lines_excerpt (label->value, strlen (label->value));

      g_string_append_printf (list, "%s“%s”", n_labels > 1 ? ", " : "", value);
    }
  if (n_labels == 0)
    return;
  if (n_labels > MAX_NAMED)
    g_string_append (list, ", …");

  /* Translators: a number of rows and a list of labels. */
  g_autofree char *warning =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                  "%'zu row is left out, as its label is not known: %s",
                                  "%'zu rows are left out, as their labels are not known: %s",
                                  (gulong) n_rows),
                     n_rows, list->str);

  g_strv_builder_add (warnings, warning);
}

static void
warn_ambiguous (const UtImportParts *parts,
                GStrvBuilder        *warnings)
{
  if (parts->n_ambiguous == 0)
    return;

  g_autofree char *warning =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                  "%'zu text is there as negative and as positive",
                                  "%'zu texts are there as negative and as positive",
                                  (gulong) parts->n_ambiguous),
                     parts->n_ambiguous);

  g_strv_builder_add (warnings, warning);
}

/* Given parts that know the training rows. */
static void
warn_known (const UtImportParts  *parts,
            const UtImportReport *report,
            UtDataPart            part,
            GStrvBuilder         *warnings)
{
  gsize n = report->n_rows[part];
  gsize n_equal = parts->n_equal[part];
  gsize n_related = parts->n_related[part];

  if (n_equal > 0)
    {
      g_autofree char *warning =
        part == UT_DATA_DEV
        /* Translators: a number of rows, and of how many. */
        ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                        "%'zu of %'zu development rows also stands in the "
                                        "training file",
                                        "%'zu of %'zu development rows also stand in the "
                                        "training file", (gulong) n_equal),
                           n_equal, n)
        : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                        "%'zu of %'zu test rows also stands in the training file",
                                        "%'zu of %'zu test rows also stand in the training file",
                                        (gulong) n_equal),
                           n_equal, n);

      g_strv_builder_add (warnings, warning);
    }
  if (n_related > 0)
    {
      g_autofree char *warning =
        part == UT_DATA_DEV
        ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                        "%'zu of %'zu development rows is a phrase of a training "
                                        "row or holds one",
                                        "%'zu of %'zu development rows are phrases of training "
                                        "rows or hold one", (gulong) n_related),
                           n_related, n)
        : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                        "%'zu of %'zu test rows is a phrase of a training row or "
                                        "holds one",
                                        "%'zu of %'zu test rows are phrases of training rows or "
                                        "hold one", (gulong) n_related),
                           n_related, n);

      g_strv_builder_add (warnings, warning);
    }
}

/* Drawn parts that are smaller than they should be. */
static void
warn_small (const UtImportParts  *parts,
            const UtImportReport *report,
            UtDataPart            part,
            GStrvBuilder         *warnings)
{
  gsize n = report->n_rows[part];
  gsize n_wanted = parts->n_wanted[part];

  if (n * 2 >= n_wanted)
    return;

  g_autofree char *warning =
    part == UT_DATA_DEV
    ? g_strdup_printf (_("There are only %'zu development rows instead of %'zu: too many rows are "
                         "equal or phrases of one another, %'zu in the largest group"),
                       n, n_wanted, parts->largest_group)
    : g_strdup_printf (_("There are only %'zu test rows instead of %'zu: too many rows are equal "
                         "or phrases of one another, %'zu in the largest group"),
                       n, n_wanted, parts->largest_group);

  g_strv_builder_add (warnings, warning);
}

static void
fill_report (const UtImport      *import,
             const UtImportParts *parts,
             UtImportReport      *report)
{
  GStrvBuilder *warnings = g_strv_builder_new ();

  for (guint32 i = 0; i < parts->n_rows; i++)
    report->n_rows[parts->parts[i]]++;
  report->n_left_out = import->n_rows - parts->n_rows + import->n_problems;
  report->n_duplicates = parts->n_duplicates;
  report->largest_group = parts->largest_group;

  warn_labels (import, warnings);
  warn_ambiguous (parts, warnings);
  for (guint part = UT_DATA_DEV; part < UT_N_DATA_PARTS; part++)
    {
      warn_known (parts, report, (UtDataPart) part, warnings);
      warn_small (parts, report, (UtDataPart) part, warnings);
    }
  report->warnings = g_strv_builder_end (warnings);
  g_strv_builder_unref (warnings);
}

/* Checks */

static gboolean
check_classes (const UtImport  *import,
               GError         **error)
{
  gsize n_negative = 0;
  gsize n_positive = 0;

  for (guint i = 0; i < import->n_labels; i++)
    {
      const UtImportLabel *label = &import->labels[i];

      n_negative += label->meaning == UT_IMPORT_NEGATIVE ? label->count : 0;
      n_positive += label->meaning == UT_IMPORT_POSITIVE ? label->count : 0;
    }
  if (n_negative > 0 && n_positive > 0)
    return TRUE;

  g_set_error_literal (error, UT_DATA_ERROR, UT_DATA_ERROR_OPTIONS,
                       n_negative > 0
                       ? _("No row is positive; say which labels are")
                       : n_positive > 0
                       ? _("No row is negative; say which labels are")
                       : _("No row is negative or positive; say which labels are"));
  return FALSE;
}

static gboolean
check_training (const UtImportReport  *report,
                GError               **error)
{
  if (report->n_rows[UT_DATA_TRAIN] > 0)
    return TRUE;

  g_set_error_literal (error, UT_DATA_ERROR, UT_DATA_ERROR_OPTIONS,
                       _("There are no training rows; have them drawn from all rows"));
  return FALSE;
}

static GFile *
write_folder (const UtImport         *import,
              const UtImportOptions  *options,
              const UtImportParts    *parts,
              const UtImportReport   *report,
              const char             *title,
              GFile                  *directory,
              Stage                  *stage,
              GCancellable           *cancellable,
              GError                **error)
{
  g_autoptr (UtDataFolder) folder = ut_data_folder_new (directory, error);

  if (folder == NULL || !write_parts (import, parts, report, folder, stage, cancellable, error))
    return NULL;

  g_autofree char *source = _ut_import_guess_dup_source (import->guess);
  const UtDataAbout about = {
    .unit = options->unit,
    .source = source,
    .split_seed = options->split == UT_IMPORT_SPLIT_FILES ? -1 : (gint64) options->seed,
    .n_left_out = report->n_left_out,
  };

  return ut_data_folder_commit (folder, title, &about, error);
}

GFile *
ut_import_write (const UtImport         *import,
                 const UtImportOptions  *options,
                 const char             *title,
                 GFile                  *directory,
                 UtImportReport         *report,
                 UtReadProgress          progress,
                 gpointer                progress_data,
                 GCancellable           *cancellable,
                 GError                **error)
{
  g_return_val_if_fail (import != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (directory == NULL || G_IS_FILE (directory), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (options == NULL)
    options = &import->options;

  Stage stage = { progress, progress_data, 0, SPLIT_SHARE };
  g_auto (UtImportParts) parts = { .rows = NULL };
  g_auto (UtImportReport) own = UT_IMPORT_REPORT_INIT;

  if (report != NULL)
    *report = (UtImportReport) UT_IMPORT_REPORT_INIT;
  if (!check_classes (import, error)
      || !_ut_import_split (import, options->split, options->seed, UT_IMPORT_MIN_PHRASE,
                            options->n_threads, &parts, stage_cb, &stage, cancellable, error))
    return NULL;
  fill_report (import, &parts, &own);
  if (!check_training (&own, error))
    return NULL;

  stage.start = SPLIT_SHARE;
  stage.share = 1 - SPLIT_SHARE;

  GFile *folder = write_folder (import, options, &parts, &own, title, directory, &stage,
                                cancellable, error);

  if (folder != NULL && report != NULL)
    {
      *report = own;
      own.warnings = NULL;
    }

  return folder;
}
