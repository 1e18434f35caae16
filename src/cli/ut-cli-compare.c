/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-comparison-json.h"
#include "ut-cli-error.h"
#include "ut-cli-output.h"
#include "ut-cli-store.h"
#include "ut-cli-table.h"
#include "ut-cli-text.h"
#include "ut-cli.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

static const UtCliHelp help = {
  .command = "compare",
  .operands = N_("[RUN…]"),
  .n_operands = G_MAXINT,
  .summary = N_("Says which runs are best, and whether the differences may be chance; of all\n"
                "runs that are kept, or of two and more RUNs, each a name, an id, or the\n"
                "beginning of an id. Only runs that were checked on the same rows are ranked\n"
                "together; “≈ best” are those that the exact test of McNemar does not tell from\n"
                "the best one (p is 0.05 or more)."),
  .examples = N_("Examples:\n"
                 "  undertone-cli compare \"GRU 3\" \"LSTM 2\"\n"
                 "  undertone-cli compare --settings --format latex > table.tex"),
};

typedef struct
{
  gboolean by_setting;
  gboolean json;
  gboolean formatted;
  UtTableFormat format; /* where formatted */
} UtCliCompareOptions;

/* Answers */

/* Returns (transfer full) (array zero-terminated=0): of each run why its answers are not known, or
 * NULL. */
static char **
read_all_answers (UtComparison *comparison)
{
  guint n_runs = ut_comparison_get_n_runs (comparison);
  char **failures = g_new0 (char *, n_runs);

  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (UtAnswers) answers
        = ut_cli_store_read_answers (ut_comparison_get_run (comparison, i), &error);

      if (answers == NULL)
        failures[i] = g_strdup (error->message);

      ut_comparison_set_answers (comparison, i, answers);
    }
  return failures;
}

/* For people */

static void
print_table (UtCliOutput       *output,
             const UtTableText *text)
{
  gsize n_columns = ut_table_text_get_n_columns (text);
  gsize n_rows = ut_table_text_get_n_rows (text);
  g_autofree UtCliColumn *columns = g_new0 (UtCliColumn, n_columns);

  /* The last one may be as long as it likes. */
  for (guint i = 0; i < n_columns; i++)
    {
      columns[i].title = ut_table_text_get_head (text, i);
      columns[i].left = !ut_table_text_is_number (text, i);
      for (guint row = 0; row < n_rows && i + 1 < n_columns; row++)
        columns[i].width = MAX (columns[i].width,
                                g_utf8_strlen (ut_table_text_get_row (text, row)[i], -1));
    }

  g_autoptr (UtCliTable) table = ut_cli_table_new (output, columns, n_columns);

  ut_cli_table_print_titles (table);
  for (guint row = 0; row < n_rows; row++)
    ut_cli_table_print_row (table, ut_table_text_get_row (text, row), NULL);
}

static void
print_sentence (UtCliOutput *output,
                const char  *sentence)
{
  if (sentence == NULL)
    return;

  g_autofree char *safe = ut_cli_text_dup_safe (sentence, strlen (sentence));

  ut_cli_output_print (output, "\n");
  ut_cli_output_print_wrapped (output, safe);
}

/* Of two it is said in words how they differ; of more each is tested against the best one. */
static void
print_tests (UtCliOutput  *output,
             UtComparison *comparison,
             gboolean      by_setting)
{
  guint n = by_setting ? ut_comparison_get_n_settings (comparison)
                       : ut_comparison_get_n_runs (comparison);
  g_autofree char *note = NULL;
  g_autofree char *sentence = NULL;

  if (n == 2)
    {
      sentence = by_setting ? ut_comparison_describe_settings (comparison, 0, 1)
                            : ut_comparison_describe_runs (comparison, 0, 1);
      print_sentence (output, sentence);
      return;
    }

  guint n_tests = 0;

  for (guint i = 0; i < n; i++)
    n_tests += (by_setting ? ut_comparison_get_setting_p (comparison, i)
                           : ut_comparison_get_p (comparison, i)) >= 0;
  if (n_tests > 0)
    print_sentence (output, by_setting ? _("p is that of a t test over seeds against the setting of "
                                           "the best mean.")
                                       : _("p is that of McNemar's exact test against the best run "
                                           "on the same rows."));
  note = ut_comparison_dup_pairs_note (n_tests);
  print_sentence (output, note);
}

static void
print_warnings (UtCliOutput  *output,
                UtComparison *comparison,
                char        **failures)
{
  for (guint i = 0; i < ut_comparison_get_n_groups (comparison); i++)
    {
      g_autofree char *warning = ut_comparison_dup_warning (comparison, i);

      print_sentence (output, warning);
    }
  for (guint i = 0; i < ut_comparison_get_n_runs (comparison); i++)
    if (failures[i] != NULL)
      {
        g_autofree char *line =
          g_strdup_printf ("%s: %s", ut_run_get_name (ut_comparison_get_run (comparison, i)),
                           failures[i]);

        print_sentence (output, line);
      }
}

static UtCliStatus
compare (GPtrArray                 *runs,
         const UtCliCompareOptions *options)
{
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  g_autoptr (UtComparison) comparison = ut_comparison_new ((UtRun * const *) runs->pdata, runs->len);
  char **failures = read_all_answers (comparison);

  if (options->json)
    {
      g_autoptr (GString) json = g_string_new (NULL);

      ut_cli_comparison_json_append (json, comparison, failures);
      g_string_append_c (json, '\n');
      ut_cli_output_write (output, json->str, json->len);
    }
  else
    {
      g_autoptr (UtTableText) table = options->by_setting
                                      ? ut_comparison_make_setting_table (comparison)
                                      : ut_comparison_make_run_table (comparison);

      if (options->formatted)
        {
          g_autofree char *text = ut_table_text_format (table, options->format);

          ut_cli_output_write (output, text, strlen (text));
        }
      else
        {
          print_table (output, table);
          print_tests (output, comparison, options->by_setting);
          print_warnings (output, comparison, failures);
        }
    }

  for (guint i = 0; i < runs->len; i++)
    g_free (failures[i]);
  g_free (failures);
  return ut_cli_output_finish (output, UT_CLI_DONE);
}

static UtCliStatus
compare_named (int                        n_names,
               char                     **names,
               const UtCliCompareOptions *options)
{
  g_autoptr (UtRunStore) store = ut_cli_store_open ();
  UtCliStatus status = UT_CLI_FAILED;

  if (store == NULL)
    return UT_CLI_FAILED;

  g_autoptr (GPtrArray) runs = ut_cli_store_find_runs (store, help.command, n_names, names,
                                                      &status);

  if (runs == NULL)
    return status;
  if (runs->len == 0 && !options->json)
    {
      ut_cli_say ("%s", _("There is no run yet: “undertone-cli train --keep” makes one."));
      return UT_CLI_FAILED;
    }
  return compare (runs, options);
}

UtCliStatus
ut_cli_compare (int    argc,
                char **argv)
{
  g_autofree char *format = NULL;
  UtCliCompareOptions options = { 0 };
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "settings", 's', 0, G_OPTION_ARG_NONE, &options.by_setting,
      N_("A row for each setting: mean and deviation over its seeds"), NULL },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format,
      N_("Only the table, for other programs: tsv, markdown or latex"), N_("FORMAT") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json,
      N_("One JSON object: groups, settings, tests of pairs, differences"), NULL },
    { NULL }
  };

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;
  options.formatted = format != NULL;
  if (format != NULL && !ut_table_format_from_nick (format, &options.format))
    return ut_cli_wrong_usage (help.command, _("--format %s: one of these was expected: %s"), format,
                               "tsv, markdown, latex");
  if (format != NULL && options.json)
    return ut_cli_wrong_usage (help.command, "%s", _("--format and --json exclude each other"));
  if (options.by_setting && options.json)
    return ut_cli_wrong_usage (help.command, "%s",
                               _("--settings is not needed with --json, which has both"));
  if (argc == 2)
    return ut_cli_wrong_usage (help.command, "%s", _("Two RUNs or more are needed, or none for all"));
  return compare_named (argc - 1, argv + 1, &options);
}
