/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-file-form.h"

#include <glib/gi18n.h>

/* A name among the forms that says which delimiter there is, too. */
#define TSV "tsv"

void
ut_cli_file_form_clear (UtCliFileForm *self)
{
  g_free (self->form);
  g_free (self->delimiter);
  g_free (self->encoding);
  g_free (self->column);
  g_free (self->label_column);
  g_strfreev (self->labels);
}

static gboolean
check_usage (const UtCliFileForm *self,
             int                  n_operands)
{
  if (n_operands == 0)
    ut_cli_wrong_usage (self->command, "%s", _("FILE is missing"));
  else if (self->header && self->no_header)
    ut_cli_wrong_usage (self->command, _("--%s and --%s exclude each other"), "header",
                        "no-header");
  else if (self->tokenized && self->raw)
    ut_cli_wrong_usage (self->command, _("--%s and --%s exclude each other"), "tokenized", "raw");
  else
    return ut_cli_meaning_check (self->command, (const char * const *) self->labels);

  return FALSE;
}

gboolean
ut_cli_file_form_parse (UtCliFileForm       *self,
                        const UtCliHelp     *help,
                        const GOptionEntry  *own,
                        int                 *argc,
                        char              ***argv,
                        UtCliStatus         *status)
{
  const GOptionEntry common[] = {
    { "label-column", 0, 0, G_OPTION_ARG_STRING, &self->label_column,
      N_("The column of the label"), N_("NAME") },
    { "label", 'l', 0, G_OPTION_ARG_STRING_ARRAY, &self->labels,
      N_("Its meaning: negative, positive, out; repeated"), N_("VALUE=MEANING") },
    { "delimiter", 0, 0, G_OPTION_ARG_STRING, &self->delimiter,
      "comma, tab, semicolon, pipe", N_("NAME") },
    { "no-quoting", 0, 0, G_OPTION_ARG_NONE, &self->no_quoting,
      N_("A quote is a character like others"), NULL },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &self->encoding,
      "utf-8, utf-16le, utf-16be, windows-1252", N_("NAME") },
    { "header", 0, 0, G_OPTION_ARG_NONE, &self->header,
      N_("The first row names the columns"), NULL },
    { "no-header", 0, 0, G_OPTION_ARG_NONE, &self->no_header,
      N_("The first row is one like others"), NULL },
    { "tokenized", 0, 0, G_OPTION_ARG_NONE, &self->tokenized,
      N_("Words are divided by spaces already"), NULL },
    { "raw", 0, 0, G_OPTION_ARG_NONE, &self->raw,
      N_("Words are to be cut as SST-2 does"), NULL },
  };
  g_autoptr (GArray) entries = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));

  self->command = help->command;
  for (; own->long_name != NULL; own++)
    g_array_append_vals (entries, own, 1);
  g_array_append_vals (entries, common, G_N_ELEMENTS (common));

  if (!ut_cli_parse (help, (const GOptionEntry *) (void *) entries->data, argc, argv, status))
    return FALSE;
  if (!check_usage (self, *argc - 1))
    {
      *status = UT_CLI_USAGE;
      return FALSE;
    }

  return TRUE;
}

gboolean
ut_cli_file_form_apply (const UtCliFileForm *self,
                        UtImportOptions     *options,
                        UtImportFixed       *fixed)
{
  int form = options->form;
  int encoding = options->encoding;
  int delimiter = options->delimiter;

  if (!ut_cli_name_choose (self->command, self->form_option, self->form, self->forms, &form)
      || !ut_cli_name_choose (self->command, "encoding", self->encoding, ut_cli_encoding_names,
                              &encoding))
    return FALSE;
  if (self->form != NULL && g_ascii_strcasecmp (self->form, TSV) == 0)
    {
      delimiter = '\t';
      *fixed |= UT_IMPORT_FIXED_DELIMITER;
    }
  if (!ut_cli_name_choose (self->command, "delimiter", self->delimiter, ut_cli_delimiter_names,
                           &delimiter))
    return FALSE;

  options->form = (UtImportForm) form;
  options->encoding = (UtImportEncoding) encoding;
  options->delimiter = (char) delimiter;
  options->quoting = !self->no_quoting;
  options->header = self->header;
  options->tokenized = self->tokenized;
  *fixed |= self->form != NULL ? UT_IMPORT_FIXED_FORM : 0;
  *fixed |= self->encoding != NULL ? UT_IMPORT_FIXED_ENCODING : 0;
  *fixed |= self->delimiter != NULL ? UT_IMPORT_FIXED_DELIMITER : 0;
  *fixed |= self->no_quoting ? UT_IMPORT_FIXED_QUOTING : 0;
  *fixed |= self->header || self->no_header ? UT_IMPORT_FIXED_HEADER : 0;
  *fixed |= self->tokenized || self->raw ? UT_IMPORT_FIXED_TOKENIZED : 0;

  return TRUE;
}

gboolean
ut_cli_file_form_names_columns (const UtCliFileForm *self)
{
  return self->column != NULL || self->label_column != NULL;
}

gboolean
ut_cli_file_form_find_columns (const UtCliFileForm *self,
                               const UtImportGuess *guess,
                               UtImportOptions     *options,
                               UtImportFixed       *fixed)
{
  if ((self->column != NULL
       && !ut_cli_column_find (guess, self->column_option, self->column, &options->text_column))
      || (self->label_column != NULL
          && !ut_cli_column_find (guess, "label-column", self->label_column,
                                  &options->label_column)))
    return FALSE;

  *fixed |= self->column != NULL ? UT_IMPORT_FIXED_TEXT_COLUMN : 0;
  *fixed |= self->label_column != NULL ? UT_IMPORT_FIXED_LABEL_COLUMN : 0;
  return TRUE;
}
