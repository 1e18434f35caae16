/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-figures.h"
#include "ut-cli-json.h"
#include "ut-cli-model.h"
#include "ut-cli-progress.h"
#include "ut-cli-table.h"
#include "ut-cli-task.h"

#include <glib/gi18n.h>
#include <math.h>
#include <unistd.h>

static const UtCliHelp help = {
  .command = "calibrate",
  .summary = N_("Compares how sure a model is with how often it is right, and writes into its file\n"
                "the temperature T by which it is to be less sure, or surer: from then on every\n"
                "probability that it gives is that of its logit divided by T. No answer becomes\n"
                "another one. FILE has labelled sentences that the model did not learn from, in\n"
                "SST-2's form. Where they do not tell T, nothing is written.\n"
                "\n"
                "The calibration error is the mean difference between accuracy and confidence\n"
                "(Guo et al. 2017); on the rows that T was found on it looks better than it is.\n"
                "--reset takes T away; the file is then what the training wrote."),
  .examples = N_("Examples:\n"
                 "  undertone-cli calibrate --model m.safetensors --data dev.tsv\n"
                 "  undertone-cli calibrate --model m.safetensors --data dev.tsv --dry-run --json\n"
                 "  undertone-cli calibrate --model m.safetensors --reset"),
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
  UtModel *model;
  GFile *model_file;
  UtCliOutput *output;
  UtCliProgress *progress;
  GCancellable *cancellable;
  UtCliStatus status;
  GError *error; /* (owned) (nullable) */
} Calibrate;

static gboolean
parse_options (int           *argc,
               char        ***argv,
               Given         *given,
               UtCliStatus   *status)
{
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME_ARRAY, &given->model_paths,
      N_("The model, whose file is changed; needed"), N_("MODEL") },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &given->data_path,
      N_("Labelled sentences in SST-2's form; needed"), N_("FILE") },
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
check_usage (const Given *given)
{
  if (given->model_paths != NULL && g_strv_length (given->model_paths) > 1)
    ut_cli_wrong_usage (help.command, "%s", _("--model: one model is calibrated at a time"));
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
  g_string_append (json, "}\n");
  ut_cli_output_write (output, json->str, json->len);
}

/* On the worker */

static gboolean
write_model (Calibrate           *self,
             const UtCalibration *calibration)
{
  g_autoptr (UtModel) model = ut_model_new_calibrated (self->model, calibration);

  return ut_model_save (model, self->model_file, self->cancellable, &self->error);
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  Calibrate *self = data;

  ut_cli_progress_show (self->progress, _("reading"), fraction, NULL);
}

static void
calibrate (Calibrate *self)
{
  const Given *given = self->given;
  g_autoptr (GFile) file = g_file_new_for_path (given->data_path);
  g_autoptr (UtDataset) dataset = ut_dataset_read (file, progress_cb, self, self->cancellable,
                                                   &self->error);
  g_autofree UtCalibrating *found = g_new0 (UtCalibrating, 1);
  gboolean written = FALSE;

  ut_cli_progress_clear (self->progress);
  if (dataset == NULL
      || !ut_calibrate (self->model, dataset, (guint) given->n_bins, 0, self->cancellable, found,
                        &self->error))
    return;

  if (found->kind != UT_TEMPERATURE_FOUND)
    self->status = UT_CLI_FAILED;
  else if (!given->dry_run && !(written = write_model (self, &found->calibration)))
    return;

  if (given->json)
    write_json (self->output, found, written);
  else
    print_found (self->output, found);
  ut_cli_output_flush (self->output);
  if (self->status == UT_CLI_FAILED)
    ut_cli_say ("%s: %s", given->model_paths[0], ut_temperature_kind_get_remark (found->kind));
}

static void
reset (Calibrate *self)
{
  const UtCalibration *calibration = ut_model_get_calibration (self->model);
  g_autoptr (GString) json = g_string_new ("{\"temperature\":");
  gboolean written = FALSE;

  if (calibration != NULL && !self->given->dry_run && !(written = write_model (self, NULL)))
    return;

  if (self->given->json)
    {
      g_string_append_printf (json, "null,\"written\":%s}\n", written ? "true" : "false");
      ut_cli_output_write (self->output, json->str, json->len);
    }
  else if (calibration == NULL)
    {
      ut_cli_output_printf (self->output, "%s\n", _("The model has no temperature."));
    }
  else
    {
      ut_cli_output_printf (self->output, _("The temperature %.4g is taken away.\n"),
                            calibration->temperature);
    }
}

static void
run (gpointer data)
{
  Calibrate *self = data;

  if (!ut_model_check_calibration (self->model, &self->error))
    return;
  if (self->given->reset)
    reset (self);
  else
    calibrate (self);
}

UtCliStatus
ut_cli_calibrate (int    argc,
                  char **argv)
{
  g_auto (Given) given = { .n_bins = UT_RELIABILITY_BINS };
  UtCliStatus status = UT_CLI_DONE;

  if (!parse_options (&argc, &argv, &given, &status))
    return status;
  if (!check_usage (&given))
    return UT_CLI_USAGE;

  g_autoptr (UtModel) model = ut_cli_model_load (help.command, given.model_paths, &status);

  if (model == NULL)
    return status;

  g_autoptr (GFile) model_file = g_file_new_for_path (given.model_paths[0]);
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  g_autoptr (UtCliProgress) progress = ut_cli_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Calibrate self = {
    .given = &given,
    .model = model,
    .model_file = model_file,
    .output = output,
    .progress = progress,
    .cancellable = cancellable,
    .status = UT_CLI_DONE,
  };

  ut_cli_task_run (run, &self, cancellable);
  self.status = ut_cli_task_end (self.error, self.status);
  g_clear_error (&self.error);

  return ut_cli_output_finish (output, self.status);
}
