/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-layout-private.h"

#include "ut-data-error.h"
#include "ut-import-guess-private.h"
#include "ut-lines-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Characters of all names that are told. */
#define MAX_NAMES 200

UtImportLayout *
_ut_import_layout_new (const UtImportGuess   *guess,
                       const UtImportOptions *options)
{
  UtImportLayout *self = g_new0 (UtImportLayout, 1);

  self->form = options->form;
  self->dialect.line_end = '\n';
  self->tokenized = options->tokenized;
  if (options->form == UT_IMPORT_DELIMITED)
    {
      self->dialect.delimiter = options->delimiter;
      self->dialect.quoting = options->quoting;
    }
  self->n_columns = ut_import_guess_get_n_columns (guess);
  self->text_column = options->text_column;
  self->label_column = options->label_column;
  if (self->n_columns > 0)
    self->text_name = ut_import_guess_get_column (guess, options->text_column);
  if (self->n_columns > 0 && options->label_column != UT_IMPORT_NO_COLUMN)
    self->label_name = ut_import_guess_get_column (guess, options->label_column);

  return self;
}

static gboolean
find_column (const char * const  *header,
             const char          *file,
             const char          *name,
             guint               *column,
             GError             **error)
{
  for (guint i = 0; header[i] != NULL; i++)
    {
      if (g_str_equal (header[i], name))
        {
          *column = i;
          return TRUE;
        }
    }

  g_autofree char *all = g_strjoinv ("”, “", (char **) header);
  g_autofree char *list = g_utf8_strlen (all, -1) > MAX_NAMES
                          ? g_utf8_substring (all, 0, MAX_NAMES) : g_strdup (all);

  /* Translators: a file, the name of a column, and the names there are with quotes between them. */
  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_OPTIONS,
               _("%s: There is no column “%s”; the first row has “%s”"), file, name, list);
  return FALSE;
}

gboolean
_ut_import_layout_apply_header (UtImportLayout       *self,
                                const UtImportGuess  *guess,
                                guint                 input,
                                const char * const   *header,
                                GError              **error)
{
  g_autofree char *file = _ut_import_guess_dup_input_name (guess, input);

  if (self->n_columns > UT_IMPORT_MAX_COLUMNS)
    {
      g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_SIZE,
                   _("%s: There are more than %u columns, the most that are read"), file,
                   UT_IMPORT_MAX_COLUMNS);
      return FALSE;
    }
  if (input > 0)
    return find_column (header, file, self->text_name, &self->text_column, error)
           && find_column (header, file, self->label_name, &self->label_column, error);
  if (self->text_column < self->n_columns
      && (self->label_column < self->n_columns || self->label_column == UT_IMPORT_NO_COLUMN))
    return TRUE;

  /* Since it was looked at. */
  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_OPTIONS, _("%s: The file has changed"), file);
  return FALSE;
}

gboolean
_ut_import_layout_fail_labels (const UtImportLayout  *self,
                               const UtImportLabel   *labels,
                               GError               **error)
{
  g_autofree char *first = _ut_lines_excerpt (labels[0].value, strlen (labels[0].value));
  g_autofree char *second = _ut_lines_excerpt (labels[1].value, strlen (labels[1].value));

  /* Translators: the name of a column, a number, two of its values. */
  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_OPTIONS,
               _("The column “%s” has more than %u different values, such as “%s” and “%s”, so it "
                 "holds no labels; choose another one"),
               self->label_name, UT_IMPORT_MAX_LABELS, first, second);
  return FALSE;
}
