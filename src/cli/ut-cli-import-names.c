/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-import-names.h"

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
