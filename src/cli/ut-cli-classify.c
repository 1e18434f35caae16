/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-classify-report.h"
#include "ut-cli-file-form.h"
#include "ut-cli-model.h"
#include "ut-cli-progress.h"
#include "ut-cli-task.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

static const UtCliHelp help = {
  .command = "classify",
  .operands = N_("FILE"),
  .n_operands = 1,
  .summary = N_("Asks a model about each text of a file and sums up. FILE has a text a line,\n"
                "columns (CSV, TSV) or JSON lines; it may be a gzip file. What is not said is\n"
                "guessed. With --output the rows are written with four columns more: label\n"
                "(1: positive, or 0), probability (of the positive class), n_words, n_unknown;\n"
                "where FILE has a column of that name, “predicted_” stands before it. A text of\n"
                "several sentences is their mean, unless the model learned from whole reviews.\n"
                "Where a column has labels, the answers are compared with them.\n"
                "\n"
                "Rows that cannot be used are named and left out; then the exit status is 1,\n"
                "unless --skip-bad is given. Of several models the mean of their logits answers."),
  .examples = N_("Examples:\n"
                 "  undertone-cli classify --model m.safetensors reviews.csv --output answers.csv\n"
                 "  undertone-cli classify --model m.safetensors tweets.tsv --column tweet \\\n"
                 "    --label-column stars --label 3=out\n"
                 "  undertone-cli classify --model m.safetensors novel.txt --from whole"),
};

/* What a file may be read as. */
static const UtCliName form_names[] = {
  { UT_IMPORT_DELIMITED, "csv" },
  { UT_IMPORT_DELIMITED, "tsv" },
  { UT_IMPORT_JSON_LINES, "jsonl" },
  { UT_IMPORT_LINES, "lines" },
  { UT_IMPORT_WHOLE, "whole" },
  { 0, NULL }
};

typedef struct
{
  UtCliFileForm file;
  GStrv model_paths;
  char *output;
  char *format;
  char *unit;
  gboolean skip_bad;
  gboolean json;
} Given;

static void
given_clear (Given *given)
{
  ut_cli_file_form_clear (&given->file);
  g_strfreev (given->model_paths);
  g_free (given->output);
  g_free (given->format);
  g_free (given->unit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Given, given_clear)

/* What the worker has, which is alone with it until it is done; the main thread only waits. */
typedef struct
{
  const Given *given;
  UtModel *model;
  GFile *file;
  UtImportOptions options;
  UtImportFixed fixed;
  int form;  /* UtRowForm, or -1: as the file */
  int unit;  /* UtDataUnit, or -1: as the model */
  UtCliOutput *output;
  UtCliProgress *progress;
  GCancellable *cancellable;
  UtCliStatus status;
  GError *error; /* (owned) (nullable) */
} Classify;

static gboolean
is_standard_output (const Given *given)
{
  return given->output != NULL && g_str_equal (given->output, "-");
}

static gboolean
parse_options (int           *argc,
               char        ***argv,
               Given         *given,
               UtCliStatus   *status)
{
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME_ARRAY, &given->model_paths,
      N_("A model that answers; needed, and may be repeated"), N_("MODEL") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &given->output,
      N_("Where the rows are written; “-” is standard output"), N_("FILE") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &given->format,
      "csv, tsv, json", N_("NAME") },
    { "unit", 'u', 0, G_OPTION_ARG_STRING, &given->unit,
      N_("What the model reads at once: sentence, review"), N_("NAME") },
    { "skip-bad", 0, 0, G_OPTION_ARG_NONE, &given->skip_bad,
      N_("Rows that cannot be used are no failure"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &given->json, N_("Sum up in one JSON object"), NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &given->file.form,
      N_("What FILE is: csv, tsv, jsonl, lines, whole"), N_("NAME") },
    { "column", 'c', 0, G_OPTION_ARG_STRING, &given->file.column,
      N_("The column of the text, by name or number from 1"), N_("NAME") },
    { NULL }
  };

  if (!ut_cli_file_form_parse (&given->file, &help, entries, argc, argv, status))
    return FALSE;
  if (given->json && is_standard_output (given))
    {
      *status = ut_cli_wrong_usage (help.command, _("--%s and --%s exclude each other"), "json",
                                    "output -");
      return FALSE;
    }

  return TRUE;
}

/* FALSE after saying what is wrong. */
static gboolean
apply_options (Classify *self)
{
  const Given *given = self->given;

  return ut_cli_name_choose (help.command, "format", given->format, ut_cli_row_form_names,
                             &self->form)
         && ut_cli_name_choose (help.command, "unit", given->unit, ut_cli_unit_names, &self->unit)
         && ut_cli_file_form_apply (&given->file, &self->options, &self->fixed);
}

/* On the worker. Steps return NULL or FALSE with the status or the error set. */

static UtImportGuess *
make_guess (Classify *self)
{
  const UtCliFileForm *given = &self->given->file;
  g_autoptr (UtImportGuess) guess = ut_import_guess_texts (self->file, &self->options, self->fixed,
                                                           self->cancellable, &self->error);

  if (guess == NULL || !ut_cli_file_form_names_columns (given))
    return g_steal_pointer (&guess);

  /* What else is guessed may depend on the column, so it is guessed once more. */
  self->options.form = ut_import_guess_get_options (guess)->form;
  self->fixed |= UT_IMPORT_FIXED_FORM;
  if (!ut_cli_file_form_find_columns (given, guess, &self->options, &self->fixed))
    {
      self->status = UT_CLI_FAILED;
      return NULL;
    }

  return ut_import_guess_texts (self->file, &self->options, self->fixed, self->cancellable,
                                &self->error);
}

static gboolean
write_cb (const char  *text,
          gsize        length,
          gpointer     data,
          GError     **error)
{
  Classify *self = data;

  ut_cli_output_write (self->output, text, length);
  if (!ut_cli_output_is_closed (self->output))
    return TRUE;

  /* Whose failure it is, is told at the end. */
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "");
  return FALSE;
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  Classify *self = data;

  ut_cli_progress_show (self->progress, _("classifying"), fraction, NULL);
}

static gboolean
set_labels (Classify         *self,
            UtClassification *classification)
{
  guint n_labels;
  const UtImportLabel *labels = ut_classification_get_labels (classification, &n_labels);

  for (guint i = 0; self->given->file.labels != NULL && self->given->file.labels[i] != NULL; i++)
    {
      UtImportMeaning meaning;
      int label = ut_cli_meaning_find (self->given->file.labels[i], labels, n_labels, &meaning);

      if (label < 0)
        {
          self->status = UT_CLI_FAILED;
          return FALSE;
        }
      ut_classification_set_meaning (classification, (guint) label, meaning);
    }

  return TRUE;
}

static void
tell (Classify          *self,
      UtClassification  *classification,
      UtImportGuess     *guess,
      UtReading          reading)
{
  UtCliClassifyReport report = {
    self->model, classification, guess, reading, self->given->output,
  };

  ut_cli_classify_report_problems (&report);
  if (ut_classification_get_n_problems (classification) > 0 && !self->given->skip_bad)
    self->status = UT_CLI_FAILED;
  if (!set_labels (self, classification))
    return;
  if (self->given->json)
    ut_cli_classify_report_json (&report, self->output);
  else if (is_standard_output (self->given))
    ut_cli_classify_report_line (&report);
  else
    ut_cli_classify_report_print (&report, self->output);
}

static void
run (gpointer data)
{
  Classify *self = data;
  const Given *given = self->given;
  g_autoptr (UtImportGuess) guess = make_guess (self);
  gboolean standard = is_standard_output (given);
  g_autoptr (GFile) output = given->output != NULL && !standard
                             ? g_file_new_for_path (given->output) : NULL;
  const UtClassifyFuncs funcs = { standard ? write_cb : NULL, NULL, progress_cb };
  UtClassifyOptions options;

  if (guess == NULL)
    return;

  ut_classify_options_init (&options, self->model, guess);
  options.check_labels = given->file.label_column != NULL;
  if (self->form >= 0)
    options.form = (UtRowForm) self->form;
  if (self->unit >= 0 && options.reading != UT_READING_TOKENIZED_LINES)
    options.reading = self->unit == UT_DATA_UNIT_REVIEW ? UT_READING_WHOLE : UT_READING_SENTENCES;

  g_autoptr (UtClassification) classification =
    ut_classify (self->model, guess, &options, output, &funcs, self, self->cancellable,
                 &self->error);

  ut_cli_progress_clear (self->progress);
  if (classification != NULL)
    tell (self, classification, guess, options.reading);
  else if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    g_clear_error (&self->error);
}

UtCliStatus
ut_cli_classify (int    argc,
                 char **argv)
{
  g_auto (Given) given = {
    .file = { .form_option = "from", .column_option = "column", .forms = form_names },
  };
  UtCliStatus status = UT_CLI_DONE;

  if (!parse_options (&argc, &argv, &given, &status))
    return status;

  g_autoptr (GFile) file = g_file_new_for_path (argv[1]);
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  g_autoptr (UtCliProgress) progress = ut_cli_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Classify self = {
    .given = &given,
    .file = file,
    .options = UT_IMPORT_OPTIONS_INIT,
    .form = -1,
    .unit = -1,
    .output = output,
    .progress = progress,
    .cancellable = cancellable,
    .status = UT_CLI_DONE,
  };

  if (!apply_options (&self))
    return UT_CLI_USAGE;

  g_autoptr (UtModel) model = ut_cli_model_load (help.command, given.model_paths, &status);

  if (model == NULL)
    return status;

  self.model = model;
  ut_cli_task_run (run, &self, cancellable);
  self.status = ut_cli_task_end (self.error, self.status);
  g_clear_error (&self.error);

  return ut_cli_output_finish (output, self.status);
}
