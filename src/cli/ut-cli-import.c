/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-file-form.h"
#include "ut-cli-import-report.h"
#include "ut-cli-progress.h"
#include "ut-cli-task.h"

#include <glib/gi18n.h>
#include <unistd.h>

static const UtCliHelp help = {
  .command = "import",
  .operands = N_("FILE [FILE]"),
  .n_operands = 2,
  .summary = N_("Reads labelled reviews into a data set. FILE has columns (CSV, TSV) or JSON\n"
                "lines; or two FILEs have negative and positive texts, one a line; or FILE is\n"
                "a folder with “pos” and “neg”, one text a file. Each may be a gzip file. What is\n"
                "not said is guessed, and shown. Equal rows and phrases of one another stay in\n"
                "one part of a split."),
  .examples = N_("Examples:\n"
                 "  undertone-cli import reviews.csv --dry-run\n"
                 "  undertone-cli import reviews.csv --label-column stars --label 3=out\n"
                 "  undertone-cli import rt-polarity.neg rt-polarity.pos --name Snippets"),
};

typedef struct
{
  UtCliFileForm file;
  char *dev_path;
  char *test_path;
  char *name;
  char *unit;
  char *split;
  char *directory;
  int seed;
  gboolean skip_bad;
  gboolean json;
  gboolean dry_run;
} UtCliImportOptions;

static void
clear_options (UtCliImportOptions *options)
{
  ut_cli_file_form_clear (&options->file);
  g_free (options->dev_path);
  g_free (options->test_path);
  g_free (options->name);
  g_free (options->unit);
  g_free (options->split);
  g_free (options->directory);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtCliImportOptions, clear_options)

/* What the worker has, which is alone with it until it is done; the main thread only waits. */
typedef struct
{
  const UtCliImportOptions *given;
  UtImportSource source;
  UtImportOptions options;
  UtImportFixed fixed;
  UtCliOutput *output;
  UtCliProgress *progress;
  const char *stage;
  GCancellable *cancellable;
  UtCliStatus status;
  GError *error; /* (owned) (nullable) */
} UtCliImport;

static gboolean
parse_options (int                  *argc,
               char               ***argv,
               UtCliImportOptions   *options,
               UtCliStatus          *status)
{
  const GOptionEntry entries[] = {
    { "dev", 'd', 0, G_OPTION_ARG_FILENAME, &options->dev_path,
      N_("Development rows, in the same form"), N_("FILE") },
    { "test", 't', 0, G_OPTION_ARG_FILENAME, &options->test_path,
      N_("Test rows, in the same form"), N_("FILE") },
    { "name", 'n', 0, G_OPTION_ARG_STRING, &options->name,
      N_("What the data set is called; else as the file"), N_("NAME") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->directory,
      N_("Where its folder will lie; else with the others"), N_("DIRECTORY") },
    { "unit", 'u', 0, G_OPTION_ARG_STRING, &options->unit,
      N_("What a row is: sentence, review"), N_("NAME") },
    { "split", 0, 0, G_OPTION_ARG_STRING, &options->split,
      "80/10/10, 90/10, files", N_("NAME") },
    { "seed", 's', 0, G_OPTION_ARG_INT, &options->seed,
      N_("Draws the split [1]"), "N" },
    { "skip-bad", 0, 0, G_OPTION_ARG_NONE, &options->skip_bad,
      N_("Import the other rows where some cannot be used"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options->dry_run,
      N_("Only say what would be read"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_("One JSON object"), NULL },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options->file.form,
      "csv, tsv, jsonl, pairs, folder", N_("NAME") },
    { "text-column", 0, 0, G_OPTION_ARG_STRING, &options->file.column,
      N_("The column of the text, by name or number from 1"), N_("NAME") },
    { NULL }
  };

  if (!ut_cli_file_form_parse (&options->file, &help, entries, argc, argv, status))
    return FALSE;
  if (options->seed < 0)
    {
      *status = ut_cli_wrong_usage (help.command, "%s",
                                    _("--seed: a number from 0 on was expected"));
      return FALSE;
    }

  return TRUE;
}

/* FALSE after saying what is wrong. */
static gboolean
apply_options (UtCliImport *self)
{
  const UtCliImportOptions *given = self->given;
  UtImportOptions *options = &self->options;
  int unit = options->unit;
  int split = options->split;

  if (!ut_cli_file_form_apply (&given->file, options, &self->fixed)
      || !ut_cli_name_choose (help.command, "unit", given->unit, ut_cli_unit_names, &unit)
      || !ut_cli_name_choose (help.command, "split", given->split, ut_cli_split_names, &split))
    return FALSE;

  options->unit = (UtDataUnit) unit;
  options->split = (UtImportSplit) split;
  options->seed = (guint32) given->seed;
  self->fixed |= given->unit != NULL ? UT_IMPORT_FIXED_UNIT : 0;
  self->fixed |= given->split != NULL ? UT_IMPORT_FIXED_SPLIT : 0;

  return TRUE;
}

/* Steps, each of which returns FALSE with the status or the error set. */

static UtImportGuess *
make_guess (UtCliImport *self)
{
  const UtCliFileForm *given = &self->given->file;
  g_autoptr (UtImportGuess) guess = ut_import_guess (&self->source, &self->options, self->fixed,
                                                     self->cancellable, &self->error);

  if (guess == NULL || !ut_cli_file_form_names_columns (given))
    return g_steal_pointer (&guess);

  /* What else is guessed may depend on the column, so it is guessed once more. */
  if (!ut_cli_file_form_find_columns (given, guess, &self->options, &self->fixed))
    {
      self->status = UT_CLI_FAILED;
      return NULL;
    }

  return ut_import_guess (&self->source, &self->options, self->fixed, self->cancellable,
                          &self->error);
}

static gboolean
set_label (UtCliImport *self,
           UtImport    *import,
           const char  *text)
{
  guint n_labels;
  const UtImportLabel *labels = ut_import_get_labels (import, &n_labels);
  UtImportMeaning meaning;
  int label = ut_cli_meaning_find (text, labels, n_labels, &meaning);

  if (label < 0)
    {
      self->status = UT_CLI_FAILED;
      return FALSE;
    }

  ut_import_set_meaning (import, (guint) label, meaning);
  return TRUE;
}

static void
list_problems (const UtImport *import)
{
  guint n_problems;
  const UtImportProblem *problems = ut_import_get_problems (import, &n_problems);
  gsize n_bad = ut_import_get_n_problems (import);
  gsize n_rows = ut_import_get_n_rows (import) + n_bad;

  for (guint i = 0; i < n_problems; i++)
    {
      g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, problems[i].line);

      ut_cli_say ("%s:%s: %s", problems[i].file, line, problems[i].message);
    }
  ut_cli_say (ngettext ("%'zu of %'zu rows cannot be used, so nothing was imported; --skip-bad "
                        "imports the others",
                        "%'zu of %'zu rows cannot be used, so nothing was imported; --skip-bad "
                        "imports the others", (gulong) n_bad),
              n_bad, n_rows);
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  UtCliImport *self = data;

  ut_cli_progress_show (self->progress, self->stage, fraction, NULL);
}

static UtImport *
scan (UtCliImport *self)
{
  g_autoptr (UtImportGuess) guess = make_guess (self);

  if (guess == NULL)
    return NULL;

  self->options = *ut_import_guess_get_options (guess);
  self->stage = _("reading");

  g_autoptr (UtImport) import = ut_import_scan (guess, NULL, progress_cb, self, self->cancellable,
                                                &self->error);

  ut_cli_progress_clear (self->progress);
  for (char **label = self->given->file.labels; import != NULL && label != NULL && *label != NULL;
       label++)
    {
      if (!set_label (self, import, *label))
        return NULL;
    }

  return g_steal_pointer (&import);
}

static GFile *
write_set (UtCliImport    *self,
           const UtImport *import,
           UtImportReport *report)
{
  g_autofree char *title = self->given->name != NULL
                           ? g_strdup (self->given->name)
                           : ut_import_guess_dup_title (ut_import_get_guess (import));
  g_autoptr (GFile) directory = self->given->directory != NULL
                                ? g_file_new_for_path (self->given->directory) : NULL;

  self->stage = _("writing");

  GFile *folder = ut_import_write (import, &self->options, title, directory, report, progress_cb,
                                   self, self->cancellable, &self->error);

  ut_cli_progress_clear (self->progress);
  return folder;
}

static void
run (gpointer data)
{
  UtCliImport *self = data;
  const UtCliImportOptions *given = self->given;
  g_autoptr (UtImport) import = scan (self);
  g_auto (UtImportReport) report = UT_IMPORT_REPORT_INIT;
  g_autoptr (GFile) folder = NULL;

  if (import == NULL)
    return;
  if (!given->json)
    {
      ut_cli_import_report_guess (self->output, import, &self->options);
      ut_cli_output_flush (self->output);
    }
  if (ut_import_get_n_problems (import) > 0 && !given->skip_bad)
    {
      list_problems (import);
      self->status = UT_CLI_FAILED;
      return;
    }
  if (!given->dry_run && (folder = write_set (self, import, &report)) == NULL)
    return;

  if (given->json)
    ut_cli_import_report_json (self->output, import, &self->options, &report, folder);
  else if (folder != NULL)
    ut_cli_import_report_end (self->output, &report, folder);
}

static UtCliStatus
run_task (UtCliImport *self)
{
  ut_cli_task_run (run, self, self->cancellable);
  self->status = ut_cli_task_end (self->error, self->status);
  g_clear_error (&self->error);

  return ut_cli_output_finish (self->output, self->status);
}

UtCliStatus
ut_cli_import (int    argc,
               char **argv)
{
  g_auto (UtCliImportOptions) given = {
    .file = { .form_option = "format", .column_option = "text-column", .forms = ut_cli_form_names },
    .seed = 1,
  };
  UtCliStatus status = UT_CLI_DONE;

  if (!parse_options (&argc, &argv, &given, &status))
    return status;

  g_autoptr (GFile) train = g_file_new_for_path (argv[1]);
  g_autoptr (GFile) second = argc > 2 ? g_file_new_for_path (argv[2]) : NULL;
  g_autoptr (GFile) dev = given.dev_path != NULL ? g_file_new_for_path (given.dev_path) : NULL;
  g_autoptr (GFile) test = given.test_path != NULL ? g_file_new_for_path (given.test_path) : NULL;
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  g_autoptr (UtCliProgress) progress = ut_cli_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  UtCliImport self = {
    .given = &given,
    .source = { train, second, dev, test },
    .options = UT_IMPORT_OPTIONS_INIT,
    .output = output,
    .progress = progress,
    .cancellable = cancellable,
    .status = UT_CLI_DONE,
  };

  return apply_options (&self) ? run_task (&self) : UT_CLI_USAGE;
}
