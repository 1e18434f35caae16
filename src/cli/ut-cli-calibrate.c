/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-figures.h"
#include "ut-cli-json.h"
#include "ut-cli-model.h"
#include "ut-cli-progress.h"
#include "ut-cli-store.h"
#include "ut-cli-table.h"
#include "ut-cli-task.h"
#include "ut-cli-wait.h"

#include <glib/gi18n.h>
#include <math.h>
#include <unistd.h>

static const UtCliHelp help = {
  .command = "calibrate",
  .operands = N_("[RUN]"),
  .n_operands = 1,
  .summary = N_("Compares how sure a model is with how often it is right, and writes into its file\n"
                "the temperature T by which it is to be less sure, or surer: from then on every\n"
                "probability that it gives is that of its logit divided by T. No answer becomes\n"
                "another one. FILE has labelled sentences that the model did not learn from, in\n"
                "SST-2's form. Where they do not tell T, nothing is written. Of a RUN that is kept\n"
                "it is the run's own model and its own development rows; going on with the\n"
                "training takes T away.\n"
                "\n"
                "The calibration error is the mean difference between accuracy and confidence\n"
                "(Guo et al. 2017); on the rows that T was found on it looks better than it is,\n"
                "so each half of them is also judged with the T of the other half. --reset takes\n"
                "T away; the file is then what the training wrote."),
  .examples = N_("Examples:\n"
                 "  undertone-cli calibrate --model m.safetensors --data dev.tsv\n"
                 "  undertone-cli calibrate --model m.safetensors --data dev.tsv --dry-run --json\n"
                 "  undertone-cli calibrate --model m.safetensors --reset\n"
                 "  undertone-cli calibrate \"GRU 3\""),
};

typedef struct
{
  GStrv model_paths;
  char *data_path;
  int n_bins;
  gboolean reset;
  gboolean dry_run;
  gboolean json;
} Given;

static void
given_clear (Given *given)
{
  g_strfreev (given->model_paths);
  g_free (given->data_path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Given, given_clear)

/* What the worker has, which is alone with it until it is done; the main thread only waits. */
typedef struct
{
  const Given *given;
  UtModel *model;         /* (unowned) */
  GFile *model_file;      /* (unowned) (nullable): none where the store writes it */
  UtDataset *dataset;     /* (owned) (nullable): until it is read */
  UtCliProgress *progress;
  GCancellable *cancellable;
  UtCalibrating *found;   /* (owned) (nullable) */
  gboolean written;
  GError *error;          /* (owned) (nullable) */
} Calibrate;

static void
calibrate_clear (Calibrate *self)
{
  g_clear_pointer (&self->dataset, ut_dataset_unref);
  g_free (self->found);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Calibrate, calibrate_clear)

static gboolean
parse_options (int           *argc,
               char        ***argv,
               Given         *given,
               UtCliStatus   *status)
{
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME_ARRAY, &given->model_paths,
      N_("The model, whose file is changed; needed without RUN"), N_("MODEL") },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &given->data_path,
      N_("Labelled sentences in SST-2's form; needed without RUN"), N_("FILE") },
    { "bins", 0, 0, G_OPTION_ARG_INT, &given->n_bins,
      N_("How many the confidence from 0 to 1 is cut into [15]"), "N" },
    { "reset", 0, 0, G_OPTION_ARG_NONE, &given->reset,
      N_("Take the temperature away"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &given->dry_run,
      N_("Change nothing"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &given->json, N_("One JSON object"), NULL },
    { NULL }
  };

  return ut_cli_parse (&help, entries, argc, argv, status);
}

static gboolean
check_usage (const Given *given,
             const char  *run)
{
  if (given->model_paths != NULL && g_strv_length (given->model_paths) > 1)
    ut_cli_wrong_usage (help.command, "%s", _("--model: one model is calibrated at a time"));
  else if (run != NULL && given->model_paths != NULL)
    ut_cli_wrong_usage (help.command, "%s", _("RUN and --model exclude each other"));
  else if (run != NULL && given->data_path != NULL)
    ut_cli_wrong_usage (help.command, "%s",
                        _("RUN and --data exclude each other: it has development rows of its own"));
  else if (given->reset && given->data_path != NULL)
    ut_cli_wrong_usage (help.command, _("--%s and --%s exclude each other"), "reset", "data");
  else if (!given->reset && given->data_path == NULL && given->model_paths != NULL)
    ut_cli_wrong_usage (help.command, "%s", _("--data FILE is missing"));
  else if (given->n_bins < 1 || given->n_bins > UT_RELIABILITY_MAX_BINS)
    ut_cli_wrong_usage (help.command, _("--bins: 1 to %u were expected"), UT_RELIABILITY_MAX_BINS);
  else
    return TRUE;

  return FALSE;
}

/* For people */

/* The answer that is given has a confidence of a half at least, so the lower bins hold nothing. */
static guint
find_first_bin (const UtReliability *reliability)
{
  guint first = 0;

  while (first + 1 < reliability->n_bins && reliability->bins[first].high < 0.5)
    first++;

  return first;
}

static void
print_bin (UtCliTable             *table,
           const UtReliabilityBin *bin)
{
  g_autofree char *range = g_strdup_printf ("%.3f–%.3f", bin->low, bin->high);
  g_autofree char *rows = g_strdup_printf ("%'" G_GSIZE_FORMAT, bin->n);
  g_autofree char *confidence = g_strdup_printf ("%.3f", bin->confidence);
  g_autofree char *right = g_strdup_printf ("%.3f", bin->accuracy);
  g_autofree char *interval = g_strdup_printf ("%.3f–%.3f", bin->interval.low, bin->interval.high);
  gboolean empty = bin->n == 0;
  const char * const texts[] = {
    range, rows, empty ? "–" : confidence, empty ? "–" : right, empty ? "–" : interval,
  };

  ut_cli_table_print_row (table, texts, NULL);
}

static void
print_diagram (UtCliOutput         *output,
               const char          *title,
               const UtReliability *reliability)
{
  const UtCliColumn columns[] = {
    { _("Confidence"), 13, TRUE },
    { _("Rows"), 8, FALSE },
    { _("Mean"), 8, FALSE },
    { _("Right"), 8, FALSE },
    /* Translators: an interval that holds the true share 95 times of 100. */
    { _("95 %"), 13, FALSE },
  };
  g_autoptr (UtCliTable) table = ut_cli_table_new (output, columns, G_N_ELEMENTS (columns));

  ut_cli_output_printf (output, "%s\n", title);
  ut_cli_table_print_titles (table);
  for (guint i = find_first_bin (reliability); i < reliability->n_bins; i++)
    print_bin (table, &reliability->bins[i]);
  ut_cli_output_print (output, "\n");
}

static void
print_change (UtCliOutput *output,
              const char  *title,
              double       before,
              double       after)
{
  /* Translators: a figure before and after. */
  g_autofree char *text = g_strdup_printf (_("%.4f → %.4f"), before, after);

  ut_cli_figures_print (output, title, text);
}

static void
print_held_out (UtCliOutput     *output,
                const UtHeldOut *held_out)
{
  g_autofree char *text = NULL;

  if (!held_out->is_known)
    return;

  /* Translators: two figures and two temperatures. */
  text = g_strdup_printf (_("error %.4f, loss %.4f, with T = %.4g and %.4g"),
                          held_out->reliability.error, held_out->reliability.loss,
                          held_out->temperatures[0], held_out->temperatures[1]);
  ut_cli_figures_print (output, _("By halves"), text);
}

static void
print_found (UtCliOutput         *output,
             const UtCalibrating *found)
{
  const char *remark = ut_temperature_kind_get_remark (found->kind);
  g_autofree char *temperature =
    g_strdup_printf ("T = %.4g%s%s", found->calibration.temperature, remark != NULL ? ", " : "",
                     remark != NULL ? remark : "");
  g_autofree char *rows = g_strdup_printf ("%'" G_GSIZE_FORMAT, found->before.n_rows);
  g_autofree char *accuracy = g_strdup_printf ("%.4f", found->before.accuracy);

  print_diagram (output, _("As the model learned to be sure"), &found->before);
  print_diagram (output, _("With the temperature, on the same rows"), &found->after);
  ut_cli_figures_print (output, _("Sentences"), rows);
  ut_cli_figures_print (output, _("Accuracy"), accuracy);
  print_change (output, _("Confidence"), found->before.confidence, found->after.confidence);
  print_change (output, _("Error"), found->before.error, found->after.error);
  print_change (output, _("Brier"), found->before.brier, found->after.brier);
  print_change (output, _("Loss"), found->before.loss, found->after.loss);
  print_held_out (output, &found->held_out);
  ut_cli_figures_print (output, _("Temperature"), temperature);
}

/* As JSON */

static void
append_reliability (GString             *json,
                    const char          *key,
                    const UtReliability *reliability)
{
  const struct
  {
    const char *key;
    double value;
  } figures[] = {
    { "confidence", reliability->confidence },
    { "calibration_error", reliability->error },
    { "brier", reliability->brier },
    { "loss", reliability->loss },
  };

  g_string_append_printf (json, ",\"%s\":{\"accuracy\":", key);
  ut_json_append_number (json, reliability->accuracy);
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      g_string_append_printf (json, ",\"%s\":", figures[i].key);
      ut_json_append_number (json, figures[i].value);
    }
  g_string_append (json, ",\"bins\":[");
  for (guint i = 0; i < reliability->n_bins; i++)
    {
      const UtReliabilityBin *bin = &reliability->bins[i];

      g_string_append (json, i > 0 ? ",{\"low\":" : "{\"low\":");
      ut_json_append_number (json, bin->low);
      g_string_append (json, ",\"high\":");
      ut_json_append_number (json, bin->high);
      g_string_append_printf (json, ",\"rows\":%" G_GSIZE_FORMAT ",\"confidence\":", bin->n);
      ut_json_append_number (json, bin->confidence);
      g_string_append (json, ",\"accuracy\":");
      ut_json_append_number (json, bin->accuracy);
      g_string_append (json, ",\"interval\":[");
      ut_json_append_number (json, bin->interval.low);
      g_string_append_c (json, ',');
      ut_json_append_number (json, bin->interval.high);
      g_string_append (json, "]}");
    }
  g_string_append (json, "]}");
}

static const char *
get_kind_name (UtTemperatureKind kind)
{
  switch (kind)
    {
    case UT_TEMPERATURE_LOWEST:
      return "lowest";
    case UT_TEMPERATURE_HIGHEST:
      return "highest";
    case UT_TEMPERATURE_ANY:
      return "any";
    case UT_TEMPERATURE_FOUND:
    default:
      return "found";
    }
}

static void
write_json (UtCliOutput         *output,
            const UtCalibrating *found,
            gboolean             written)
{
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_append_printf (json, "{\"examples\":%" G_GSIZE_FORMAT ",\"temperature\":",
                          found->before.n_rows);
  ut_json_append_number (json, found->calibration.temperature);
  ut_cli_json_append_text (json, "kind", get_kind_name (found->kind));
  g_string_append_printf (json, ",\"written\":%s", written ? "true" : "false");
  append_reliability (json, "before", &found->before);
  append_reliability (json, "after", &found->after);
  if (found->held_out.is_known)
    append_reliability (json, "held_out", &found->held_out.reliability);
  else
    g_string_append (json, ",\"held_out\":null");
  g_string_append (json, "}\n");
  ut_cli_output_write (output, json->str, json->len);
}

/* On the worker */

static void
progress_cb (double   fraction,
             gpointer data)
{
  Calibrate *self = data;

  ut_cli_progress_show (self->progress, _("reading"), fraction, NULL);
}

static gboolean
find (Calibrate *self)
{
  if (self->dataset == NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (self->given->data_path);

      self->dataset = ut_dataset_read (file, progress_cb, self, self->cancellable, &self->error);
    }
  ut_cli_progress_clear (self->progress);
  if (self->dataset == NULL)
    return FALSE;

  self->found = g_new0 (UtCalibrating, 1);
  return ut_calibrate (self->model, self->dataset, (guint) self->given->n_bins, 0,
                       self->cancellable, self->found, &self->error);
}

/* Whether there is something to be written, or to be taken away. */
static gboolean
has_change (const Calibrate *self)
{
  return self->given->reset ? ut_model_get_calibration (self->model) != NULL
                            : self->found->kind == UT_TEMPERATURE_FOUND;
}

static void
run (gpointer data)
{
  Calibrate *self = data;
  g_autoptr (UtModel) model = NULL;

  if (!ut_model_check_calibration (self->model, &self->error)
      || (!self->given->reset && !find (self)))
    return;
  if (self->model_file == NULL || self->given->dry_run || !has_change (self))
    return;

  model = ut_model_new_calibrated (self->model, self->found != NULL ? &self->found->calibration
                                                                    : NULL);
  self->written = ut_model_save (model, self->model_file, self->cancellable, &self->error);
}

/* On the main thread */

/* Has the store do what was found out; it finds it out once more, with the run under its hand. */
static void
change_run (Calibrate  *self,
            UtRunStore *store,
            UtRun      *which)
{
  g_autoptr (UtCliWait) wait = ut_cli_wait_new ();

  if (self->given->dry_run || !has_change (self))
    return;

  if (self->given->reset)
    ut_run_store_uncalibrate_async (store, which, NULL, ut_cli_wait_done_cb, wait);
  else
    ut_run_store_calibrate_async (store, which, NULL, ut_cli_wait_done_cb, wait);
  self->written = ut_run_store_calibrate_finish (store, ut_cli_wait_for (wait), NULL, &self->error);
}

static void
print_reset (const Calibrate *self,
             UtCliOutput     *output)
{
  const UtCalibration *calibration = ut_model_get_calibration (self->model);

  if (self->given->json)
    ut_cli_output_printf (output, "{\"temperature\":null,\"written\":%s}\n",
                          self->written ? "true" : "false");
  else if (calibration == NULL)
    ut_cli_output_printf (output, "%s\n", _("The model has no temperature."));
  else
    ut_cli_output_printf (output, _("The temperature %.4g is taken away.\n"),
                          calibration->temperature);
}

/* @name is that of the run or of the model's file. */
static UtCliStatus
print (const Calibrate *self,
       const char      *name,
       UtCliOutput     *output)
{
  if (self->given->reset)
    {
      print_reset (self, output);
      return UT_CLI_DONE;
    }

  if (self->given->json)
    write_json (output, self->found, self->written);
  else
    print_found (output, self->found);
  if (self->found->kind == UT_TEMPERATURE_FOUND)
    return UT_CLI_DONE;

  ut_cli_output_flush (output);
  ut_cli_say ("%s: %s", name, ut_temperature_kind_get_remark (self->found->kind));
  return UT_CLI_FAILED;
}

/* @store and @which are NULL where a file was named. */
static UtCliStatus
calibrate (const Given *given,
           UtRunStore  *store,
           UtRun       *which,
           UtDataset   *dataset)
{
  g_autoptr (GFile) file = which != NULL ? ut_run_dup_model_file (which) : NULL;
  char *run_paths[] = { file != NULL ? (char *) g_file_peek_path (file) : NULL, NULL };
  char **paths = which != NULL ? run_paths : given->model_paths;
  UtCliStatus status = UT_CLI_DONE;
  g_autoptr (UtModel) model = ut_cli_model_load (help.command, paths, &status);

  if (model == NULL)
    return status;

  g_autoptr (GFile) model_file = which == NULL ? g_file_new_for_path (paths[0]) : NULL;
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  g_autoptr (UtCliProgress) progress = ut_cli_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Calibrate) self = {
    .given = given,
    .model = model,
    .model_file = model_file,
    .dataset = dataset != NULL ? ut_dataset_ref (dataset) : NULL,
    .progress = progress,
    .cancellable = cancellable,
  };

  ut_cli_task_run (run, &self, cancellable);
  if (self.error == NULL && which != NULL)
    change_run (&self, store, which);
  if (self.error == NULL)
    status = print (&self, which != NULL ? ut_run_get_name (which) : paths[0], output);

  return ut_cli_output_finish (output, ut_cli_task_end (self.error, status));
}

static UtCliStatus
calibrate_run (const Given *given,
               const char  *text)
{
  g_autoptr (UtRunStore) store = ut_cli_store_open ();
  g_autoptr (UtRun) which = store != NULL
                            ? ut_cli_store_find (store, G_LIST_MODEL (store), text) : NULL;
  g_autoptr (UtAnswers) answers = NULL;
  g_autoptr (GError) error = NULL;

  if (which == NULL)
    return UT_CLI_FAILED;
  if (!ut_run_check_calibration (which, &error)
      || (!given->reset && (answers = ut_cli_store_read_answers (which, &error)) == NULL))
    return ut_cli_fail (error);

  return calibrate (given, store, which,
                    answers != NULL ? ut_answers_get_dataset (answers) : NULL);
}

UtCliStatus
ut_cli_calibrate (int    argc,
                  char **argv)
{
  g_auto (Given) given = { .n_bins = UT_RELIABILITY_BINS };
  UtCliStatus status = UT_CLI_DONE;

  if (!parse_options (&argc, &argv, &given, &status))
    return status;
  if (!check_usage (&given, argc > 1 ? argv[1] : NULL))
    return UT_CLI_USAGE;

  return argc > 1 ? calibrate_run (&given, argv[1]) : calibrate (&given, NULL, NULL, NULL);
}
