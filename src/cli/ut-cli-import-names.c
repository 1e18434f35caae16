/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-import-names.h"

#include "ut-cli-error.h"

#include <glib/gi18n.h>
#include <string.h>
#include <ut-lab.h>

const UtCliName ut_cli_form_names[] = {
  { UT_IMPORT_DELIMITED, "csv" },
  { UT_IMPORT_DELIMITED, "tsv" },
  { UT_IMPORT_JSON_LINES, "jsonl" },
  { UT_IMPORT_PAIR, "pairs" },
  { UT_IMPORT_FOLDER, "folder" },
  { 0, NULL }
};

const UtCliName ut_cli_encoding_names[] = {
  { UT_IMPORT_UTF_8, "utf-8" },
  { UT_IMPORT_UTF_16_LE, "utf-16le" },
  { UT_IMPORT_UTF_16_BE, "utf-16be" },
  { UT_IMPORT_WINDOWS_1252, "windows-1252" },
  { UT_IMPORT_WINDOWS_1252, "latin-1" },
  { 0, NULL }
};

const UtCliName ut_cli_delimiter_names[] = {
  { ',', "comma" },
  { ',', "," },
  { '\t', "tab" },
  { '\t', "\t" },
  { '\t', "\\t" },
  { ';', "semicolon" },
  { ';', ";" },
  { '|', "pipe" },
  { '|', "|" },
  { 0, NULL }
};

const UtCliName ut_cli_unit_names[] = {
  { UT_DATA_UNIT_SENTENCE, "sentence" },
  { UT_DATA_UNIT_REVIEW, "review" },
  { 0, NULL }
};

const UtCliName ut_cli_split_names[] = {
  { UT_IMPORT_SPLIT_FILES, "files" },
  { UT_IMPORT_SPLIT_80_10_10, "80/10/10" },
  { UT_IMPORT_SPLIT_90_10, "90/10" },
  { 0, NULL }
};

const UtCliName ut_cli_meaning_names[] = {
  { UT_IMPORT_NEGATIVE, "negative" },
  { UT_IMPORT_POSITIVE, "positive" },
  { UT_IMPORT_LEAVE_OUT, "out" },
  { 0, NULL }
};

const UtCliName ut_cli_row_form_names[] = {
  { UT_ROWS_CSV, "csv" },
  { UT_ROWS_TSV, "tsv" },
  { UT_ROWS_JSON_LINES, "json" },
  { UT_ROWS_JSON_LINES, "jsonl" },
  { 0, NULL }
};

const char *
ut_cli_name_get (const UtCliName *names,
                 int              value)
{
  while (names->name != NULL && names->value != value)
    names++;

  return names->name;
}

gboolean
ut_cli_name_find (const UtCliName *names,
                  const char      *name,
                  int             *value)
{
  for (; names->name != NULL; names++)
    {
      if (g_ascii_strcasecmp (names->name, name) == 0)
        {
          *value = names->value;
          return TRUE;
        }
    }

  return FALSE;
}

char *
ut_cli_name_list (const UtCliName *names)
{
  GString *list = g_string_new (NULL);

  for (; names->name != NULL; names++)
    {
      if (!g_ascii_iscntrl (*names->name) && *names->name != '\\')
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", names->name);
    }

  return g_string_free (list, FALSE);
}

gboolean
ut_cli_name_choose (const char      *command,
                    const char      *option,
                    const char      *name,
                    const UtCliName *names,
                    int             *value)
{
  if (name == NULL || ut_cli_name_find (names, name, value))
    return TRUE;

  g_autofree char *list = ut_cli_name_list (names);

  /* Translators: an option, what was given for it, and what may be given. */
  ut_cli_wrong_usage (command, _("--%s %s: there are %s"), option, name, list);
  return FALSE;
}

gboolean
ut_cli_meaning_check (const char         *command,
                      const char * const *texts)
{
  for (; texts != NULL && *texts != NULL; texts++)
    {
      const char *sign = strrchr (*texts, '=');
      int meaning;

      if (sign == NULL || !ut_cli_name_find (ut_cli_meaning_names, sign + 1, &meaning))
        {
          ut_cli_wrong_usage (command, _("--label %s: VALUE=negative, VALUE=positive or VALUE=out "
                                         "was expected"), *texts);
          return FALSE;
        }
    }

  return TRUE;
}

int
ut_cli_meaning_find (const char          *text,
                     const UtImportLabel *labels,
                     guint                n_labels,
                     UtImportMeaning     *meaning)
{
  const char *sign = strrchr (text, '=');
  int value = UT_IMPORT_LEAVE_OUT;

  g_return_val_if_fail (sign != NULL, -1);

  g_autofree char *label = g_strndup (text, (gsize) (sign - text));

  ut_cli_name_find (ut_cli_meaning_names, sign + 1, &value);
  *meaning = (UtImportMeaning) value;
  g_strstrip (label);
  for (guint i = 0; i < n_labels; i++)
    {
      if (g_str_equal (labels[i].value, label))
        return (int) i;
    }

  ut_cli_say (_("--label %s: no row has that label"), text);
  return -1;
}

gboolean
ut_cli_column_find (const UtImportGuess *guess,
                    const char          *option,
                    const char          *name,
                    guint               *column)
{
  guint n = ut_import_guess_get_n_columns (guess);
  g_autoptr (GString) list = g_string_new (NULL);
  guint64 number;

  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (ut_import_guess_get_column (guess, i), name))
        {
          *column = i;
          return TRUE;
        }
      g_string_append_printf (list, "%s“%s”", i > 0 ? ", " : "",
                              ut_import_guess_get_column (guess, i));
    }
  if (n > 0 && g_ascii_string_to_unsigned (name, 10, 1, n, &number, NULL))
    {
      *column = (guint) number - 1;
      return TRUE;
    }

  if (n > 0)
    ut_cli_say (_("--%s %s: there are %s"), option, name, list->str);
  else
    ut_cli_say (_("--%s %s: there are no columns"), option, name);
  return FALSE;
}
