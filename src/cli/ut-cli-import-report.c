/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-import-report.h"

#include "ut-cli-import-names.h"

#include <glib/gi18n.h>
#include <string.h>
#include <ut-text.h>

#define TITLE_WIDTH 13

/* JSON */

static void
append_string (GString    *json,
               const char *key,
               const char *text)
{
  g_string_append_printf (json, ",\"%s\":", key);
  ut_json_append_string (json, text);
}

static void
append_boolean (GString    *json,
                const char *key,
                gboolean    value)
{
  g_string_append_printf (json, ",\"%s\":%s", key, value ? "true" : "false");
}

static void
append_number (GString    *json,
               const char *key,
               guint64     number)
{
  g_string_append_printf (json, ",\"%s\":%" G_GUINT64_FORMAT, key, number);
}

static void
append_layout (GString               *json,
               const UtImport        *import,
               const UtImportOptions *options)
{
  UtImportGuess *guess = ut_import_get_guess (import);

  if (options->form == UT_IMPORT_DELIMITED)
    {
      append_string (json, "delimiter", ut_cli_name_get (ut_cli_delimiter_names,
                                                         options->delimiter));
      append_boolean (json, "quoting", options->quoting);
      append_boolean (json, "header", options->header);
    }
  if (ut_import_guess_get_n_columns (guess) > 0)
    {
      append_string (json, "text_column",
                     ut_import_guess_get_column (guess, options->text_column));
      append_string (json, "label_column",
                     ut_import_guess_get_column (guess, options->label_column));
    }
}

static void
append_labels (GString        *json,
               const UtImport *import)
{
  guint n_labels;
  const UtImportLabel *labels = ut_import_get_labels (import, &n_labels);

  g_string_append (json, ",\"labels\":[");
  for (guint i = 0; i < n_labels; i++)
    {
      g_string_append (json, i > 0 ? ",{\"value\":" : "{\"value\":");
      ut_json_append_string (json, labels[i].value);
      append_number (json, "rows", labels[i].count);
      append_string (json, "meaning", ut_cli_name_get (ut_cli_meaning_names,
                                                       labels[i].meaning));
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
append_problems (GString        *json,
                 const UtImport *import)
{
  guint n_problems;
  const UtImportProblem *problems = ut_import_get_problems (import, &n_problems);

  append_number (json, "bad_rows", ut_import_get_n_problems (import));
  g_string_append (json, ",\"first_bad_rows\":[");
  for (guint i = 0; i < n_problems; i++)
    {
      g_string_append (json, i > 0 ? ",{\"file\":" : "{\"file\":");
      ut_json_append_string (json, problems[i].file);
      append_number (json, "line", problems[i].line);
      append_string (json, "reason", problems[i].message);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
append_report (GString              *json,
               const UtImportReport *report,
               GFile                *folder)
{
  append_number (json, "train", report->n_rows[UT_DATA_TRAIN]);
  append_number (json, "dev", report->n_rows[UT_DATA_DEV]);
  append_number (json, "test", report->n_rows[UT_DATA_TEST]);
  append_number (json, "left_out", report->n_left_out);
  append_number (json, "duplicates", report->n_duplicates);
  append_number (json, "largest_group", report->largest_group);
  g_string_append (json, ",\"warnings\":[");
  for (guint i = 0; report->warnings[i] != NULL; i++)
    {
      g_string_append (json, i > 0 ? "," : "");
      ut_json_append_string (json, report->warnings[i]);
    }
  g_string_append_c (json, ']');

  g_autofree char *name = g_file_get_parse_name (folder);

  append_string (json, "folder", name);
}

void
ut_cli_import_report_json (UtCliOutput           *output,
                           const UtImport        *import,
                           const UtImportOptions *options,
                           const UtImportReport  *report,
                           GFile                 *folder)
{
  g_autoptr (GString) json = g_string_new ("{\"format\":");
  const char *form = options->form == UT_IMPORT_DELIMITED && options->delimiter == '\t'
                     ? "tsv" : ut_cli_name_get (ut_cli_form_names, options->form);

  ut_json_append_string (json, form);
  append_string (json, "encoding", ut_cli_name_get (ut_cli_encoding_names, options->encoding));
  append_layout (json, import, options);
  append_boolean (json, "tokenized", options->tokenized);
  append_string (json, "unit", ut_cli_name_get (ut_cli_unit_names, options->unit));
  append_string (json, "split", ut_cli_name_get (ut_cli_split_names, options->split));
  if (options->split != UT_IMPORT_SPLIT_FILES)
    append_number (json, "seed", options->seed);
  append_number (json, "rows", ut_import_get_n_usable (import));
  append_number (json, "median_words", ut_import_get_median_length (import));
  append_labels (json, import);
  append_problems (json, import);
  if (folder != NULL)
    append_report (json, report, folder);
  g_string_append (json, "}\n");
  ut_cli_output_write (output, json->str, json->len);
}

/* For people */

static void
print_line (UtCliOutput *output,
            const char  *title,
            const char  *text)
{
  int gap = (int) MAX (TITLE_WIDTH - g_utf8_strlen (title, -1), 1);

  ut_cli_output_printf (output, "  %s%*s", title, gap, "");
  ut_cli_output_print_safely (output, text, strlen (text));
  ut_cli_output_print (output, "\n");
}

static const char *
describe_form (const UtImportOptions *options)
{
  switch (options->form)
    {
    case UT_IMPORT_JSON_LINES:
      return _("JSON lines");
    case UT_IMPORT_PAIR:
      return _("a pair of files");
    case UT_IMPORT_FOLDER:
      return _("folders of texts");
    case UT_IMPORT_LINES:
      return _("one text a line");
    case UT_IMPORT_WHOLE:
      return _("one text, the whole file");
    case UT_IMPORT_DELIMITED:
    default:
      switch (options->delimiter)
        {
        case '\t':
          return _("columns with tabs between them");
        case ';':
          return _("columns with semicolons between them");
        case '|':
          return _("columns with pipes between them");
        default:
          return _("columns with commas between them");
        }
    }
}

static void
print_form (UtCliOutput           *output,
            const UtImport        *import,
            const UtImportOptions *options)
{
  UtImportGuess *guess = ut_import_get_guess (import);
  g_autoptr (GString) text = g_string_new (describe_form (options));

  if (options->form == UT_IMPORT_DELIMITED)
    {
      g_string_append_printf (text, ", %s", options->quoting ? _("quotes around fields")
                                                             : _("no quotes around fields"));
      g_string_append_printf (text, ", %s", options->header ? _("a header") : _("no header"));
    }
  g_string_append_printf (text, ", %s",
                          ut_cli_name_get (ut_cli_encoding_names, options->encoding));
  print_line (output, _("Form"), text->str);

  if (ut_import_guess_get_n_columns (guess) == 0)
    return;

  /* Translators: the names of two columns. */
  g_autofree char *columns =
    g_strdup_printf (_("text “%s”, label “%s”"),
                     ut_import_guess_get_column (guess, options->text_column),
                     ut_import_guess_get_column (guess, options->label_column));

  print_line (output, _("Columns"), columns);
}

static void
print_labels (UtCliOutput    *output,
              const UtImport *import)
{
  guint n_labels;
  const UtImportLabel *labels = ut_import_get_labels (import, &n_labels);

  for (guint i = 0; i < n_labels; i++)
    {
      const char *meaning = labels[i].meaning == UT_IMPORT_NEGATIVE ? C_("answer", "negative")
                            : labels[i].meaning == UT_IMPORT_POSITIVE ? C_("answer", "positive")
                            : _("left out");
      /* Translators: a label, what it means, and how many rows have it. */
      g_autofree char *text = g_strdup_printf (_("“%s” is %s: %'zu rows"), labels[i].value, meaning,
                                               labels[i].count);

      print_line (output, i == 0 ? _("Labels") : "", text);
    }
}

void
ut_cli_import_report_guess (UtCliOutput           *output,
                            const UtImport        *import,
                            const UtImportOptions *options)
{
  const char *words = options->tokenized ? _("words divided by spaces") : _("words yet to be cut");
  gsize n_rows = ut_import_get_n_usable (import);
  guint median = ut_import_get_median_length (import);
  /* Translators: a number of rows, of words, and how words are divided. */
  g_autofree char *rows = options->unit == UT_DATA_UNIT_REVIEW
                          ? g_strdup_printf (_("%'zu reviews, the middle one of %u words; %s"),
                                             n_rows, median, words)
                          : g_strdup_printf (_("%'zu sentences, the middle one of %u words; %s"),
                                             n_rows, median, words);

  print_form (output, import, options);
  print_line (output, _("Rows"), rows);
  print_labels (output, import);
  if (ut_import_get_n_problems (import) > 0)
    {
      g_autofree char *bad = g_strdup_printf ("%'" G_GSIZE_FORMAT,
                                              ut_import_get_n_problems (import));

      print_line (output, _("Bad rows"), bad);
    }
}

void
ut_cli_import_report_end (UtCliOutput          *output,
                          const UtImportReport *report,
                          GFile                *folder)
{
  g_autofree char *name = g_file_get_parse_name (folder);
  /* Translators: numbers of rows. */
  g_autofree char *parts =
    g_strdup_printf (_("%'zu training, %'zu development, %'zu test rows; %'zu left out"),
                     report->n_rows[UT_DATA_TRAIN], report->n_rows[UT_DATA_DEV],
                     report->n_rows[UT_DATA_TEST], report->n_left_out);

  print_line (output, _("Parts"), parts);
  for (guint i = 0; report->warnings[i] != NULL; i++)
    print_line (output, i == 0 ? _("Beware") : "", report->warnings[i]);
  print_line (output, _("Folder"), name);
}
