/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-import-names.h"
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
  char *dev_path;
  char *test_path;
  char *name;
  char *format;
  char *delimiter;
  char *encoding;
  char *text_column;
  char *label_column;
  GStrv labels;
  char *unit;
  char *split;
  char *directory;
  int seed;
  gboolean no_quoting;
  gboolean header;
  gboolean no_header;
  gboolean tokenized;
  gboolean raw;
  gboolean skip_bad;
  gboolean json;
  gboolean dry_run;
} UtCliImportOptions;

static void
clear_options (UtCliImportOptions *options)
{
  g_free (options->dev_path);
  g_free (options->test_path);
  g_free (options->name);
  g_free (options->format);
  g_free (options->delimiter);
  g_free (options->encoding);
  g_free (options->text_column);
  g_free (options->label_column);
  g_strfreev (options->labels);
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
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options->format,
      "csv, tsv, jsonl, pairs, folder", N_("NAME") },
    { "delimiter", 0, 0, G_OPTION_ARG_STRING, &options->delimiter,
      "comma, tab, semicolon, pipe", N_("NAME") },
    { "no-quoting", 0, 0, G_OPTION_ARG_NONE, &options->no_quoting,
      N_("A quote is a character like others"), NULL },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &options->encoding,
      "utf-8, utf-16le, utf-16be, windows-1252", N_("NAME") },
    { "header", 0, 0, G_OPTION_ARG_NONE, &options->header,
      N_("The first row names the columns"), NULL },
    { "no-header", 0, 0, G_OPTION_ARG_NONE, &options->no_header,
      N_("The first row is one like others"), NULL },
    { "text-column", 0, 0, G_OPTION_ARG_STRING, &options->text_column,
      N_("The column of the text, by name or number from 1"), N_("NAME") },
    { "label-column", 0, 0, G_OPTION_ARG_STRING, &options->label_column,
      N_("The column of the label"), N_("NAME") },
    { "label", 'l', 0, G_OPTION_ARG_STRING_ARRAY, &options->labels,
      N_("Its meaning: negative, positive, out; repeated"), N_("VALUE=MEANING") },
    { "unit", 'u', 0, G_OPTION_ARG_STRING, &options->unit,
      N_("What a row is: sentence, review"), N_("NAME") },
    { "tokenized", 0, 0, G_OPTION_ARG_NONE, &options->tokenized,
      N_("Words are divided by spaces already"), NULL },
    { "raw", 0, 0, G_OPTION_ARG_NONE, &options->raw,
      N_("Words are to be cut as SST-2 does"), NULL },
    { "split", 0, 0, G_OPTION_ARG_STRING, &options->split,
      "80/10/10, 90/10, files", N_("NAME") },
    { "seed", 's', 0, G_OPTION_ARG_INT, &options->seed,
      N_("Draws the split [1]"), "N" },
    { "skip-bad", 0, 0, G_OPTION_ARG_NONE, &options->skip_bad,
      N_("Import the other rows where some cannot be used"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options->dry_run,
      N_("Only say what would be read"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_("One JSON object"), NULL },
    { NULL }
  };

  return ut_cli_parse (&help, entries, argc, argv, status);
}

/* Finds what an option chose; FALSE after saying that there is no such choice. */
static gboolean
choose (const char      *option,
        const char      *name,
        const UtCliName *names,
        UtImportFixed    bit,
        UtImportFixed   *fixed,
        int             *value)
{
  if (!ut_cli_name_choose ("import", option, name, names, value))
    return FALSE;

  *fixed |= name != NULL ? bit : 0;
  return TRUE;
}

static gboolean
check_usage (const UtCliImportOptions *given,
             int                       n_files)
{
  if (n_files == 0)
    ut_cli_wrong_usage ("import", "%s", _("FILE is missing"));
  else if (given->header && given->no_header)
    ut_cli_wrong_usage ("import", _("--%s and --%s exclude each other"), "header", "no-header");
  else if (given->tokenized && given->raw)
    ut_cli_wrong_usage ("import", _("--%s and --%s exclude each other"), "tokenized", "raw");
  else if (given->seed < 0)
    ut_cli_wrong_usage ("import", "%s", _("--seed: a number from 0 on was expected"));
  else
    return TRUE;

  return FALSE;
}

/* FALSE after saying what is wrong. */
static gboolean
apply_options (UtCliImport *self)
{
  const UtCliImportOptions *given = self->given;
  UtImportOptions *options = &self->options;
  int form = options->form;
  int encoding = options->encoding;
  int delimiter = options->delimiter;
  int unit = options->unit;
  int split = options->split;

  if (!choose ("format", given->format, ut_cli_form_names, UT_IMPORT_FIXED_FORM, &self->fixed,
               &form)
      || !choose ("encoding", given->encoding, ut_cli_encoding_names, UT_IMPORT_FIXED_ENCODING,
                  &self->fixed, &encoding)
      || !choose ("unit", given->unit, ut_cli_unit_names, UT_IMPORT_FIXED_UNIT, &self->fixed, &unit)
      || !choose ("split", given->split, ut_cli_split_names, UT_IMPORT_FIXED_SPLIT, &self->fixed,
                  &split))
    return FALSE;
  if (given->format != NULL && g_ascii_strcasecmp (given->format, "tsv") == 0)
    {
      delimiter = '\t';
      self->fixed |= UT_IMPORT_FIXED_DELIMITER;
    }
  if (!choose ("delimiter", given->delimiter, ut_cli_delimiter_names, UT_IMPORT_FIXED_DELIMITER,
               &self->fixed, &delimiter))
    return FALSE;

  options->form = (UtImportForm) form;
  options->encoding = (UtImportEncoding) encoding;
  options->delimiter = (char) delimiter;
  options->unit = (UtDataUnit) unit;
  options->split = (UtImportSplit) split;
  options->seed = (guint32) given->seed;
  options->quoting = !given->no_quoting;
  options->header = given->header;
  options->tokenized = given->tokenized;
  self->fixed |= given->no_quoting ? UT_IMPORT_FIXED_QUOTING : 0;
  self->fixed |= given->header || given->no_header ? UT_IMPORT_FIXED_HEADER : 0;
  self->fixed |= given->tokenized || given->raw ? UT_IMPORT_FIXED_TOKENIZED : 0;

  return TRUE;
}

/* Steps, each of which returns FALSE with the status or the error set. */

static gboolean
find_column (UtCliImport         *self,
             const UtImportGuess *guess,
             const char          *option,
             const char          *name,
             guint               *column)
{
  if (ut_cli_column_find (guess, option, name, column))
    return TRUE;

  self->status = UT_CLI_FAILED;
  return FALSE;
}

static UtImportGuess *
make_guess (UtCliImport *self)
{
  const UtCliImportOptions *given = self->given;
  g_autoptr (UtImportGuess) guess = ut_import_guess (&self->source, &self->options, self->fixed,
                                                     self->cancellable, &self->error);

  if (guess == NULL || (given->text_column == NULL && given->label_column == NULL))
    return g_steal_pointer (&guess);

  /* What else is guessed may depend on the column, so it is guessed once more. */
  if (given->text_column != NULL)
    {
      if (!find_column (self, guess, "text-column", given->text_column,
                        &self->options.text_column))
        return NULL;
      self->fixed |= UT_IMPORT_FIXED_TEXT_COLUMN;
    }
  if (given->label_column != NULL)
    {
      if (!find_column (self, guess, "label-column", given->label_column,
                        &self->options.label_column))
        return NULL;
      self->fixed |= UT_IMPORT_FIXED_LABEL_COLUMN;
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
  for (guint i = 0; import != NULL && self->given->labels != NULL && self->given->labels[i] != NULL;
       i++)
    {
      if (!set_label (self, import, self->given->labels[i]))
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
  g_auto (UtCliImportOptions) given = { .seed = 1 };
  UtCliStatus status = UT_CLI_DONE;

  if (!parse_options (&argc, &argv, &given, &status))
    return status;
  if (!check_usage (&given, argc - 1)
      || !ut_cli_meaning_check ("import", (const char * const *) given.labels))
    return UT_CLI_USAGE;

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
