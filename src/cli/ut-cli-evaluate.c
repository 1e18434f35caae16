/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-figures.h"
#include "ut-cli-json.h"
#include "ut-cli-model.h"
#include "ut-cli-output.h"
#include "ut-cli-progress.h"

#include <glib/gi18n.h>
#include <unistd.h>
#include <ut-lab.h>

static const UtCliHelp help = {
  .command = "evaluate",
  .summary = N_("Measures a model on labelled sentences: loss, accuracy, and which label it\n"
                "takes for which. FILE has a header line, then a sentence, a tab and 0 or 1 on\n"
                "each line. Of several models the mean of their logits is measured."),
  .examples = N_("Examples:\n"
                 "  undertone-cli evaluate --model first.safetensors --data dev.tsv\n"
                 "  undertone-cli evaluate --model a.safetensors --model b.safetensors \\\n"
                 "    --data dev.tsv"),
};

typedef struct
{
  UtCliProgress *progress; /* (not owned) */
  const char *label;
} UtCliTask;

static void
show_task_cb (double   fraction,
              gpointer data)
{
  const UtCliTask *task = data;

  ut_cli_progress_show (task->progress, task->label, fraction, NULL);
}

/* Words that no member of @model knows. */
static gsize
count_unknown (UtModel   *model,
               UtDataset *dataset)
{
  gsize n_members;
  UtModel * const *members = ut_model_get_members (model, &n_members);
  gsize n_tokens = ut_dataset_get_n_tokens (dataset);
  g_autofree gboolean *known = g_new0 (gboolean, n_tokens);
  gsize n_unknown = 0;

  for (gsize i = 0; i < n_members; i++)
    {
      g_autofree guint32 *ids = ut_dataset_encode (dataset, ut_model_get_vocabulary (members[i]),
                                                   NULL);

      for (gsize j = 0; j < n_tokens; j++)
        known[j] |= ids[j] != UT_VOCABULARY_UNKNOWN;
    }
  for (gsize i = 0; i < n_tokens; i++)
    n_unknown += !known[i];

  return n_unknown;
}

static void
print_table (UtCliOutput        *output,
             const UtEvaluation *evaluation,
             UtModel            *model,
             UtDataset          *dataset)
{
  gsize n_unknown = count_unknown (model, dataset);
  g_autofree char *examples = g_strdup_printf ("%'" G_GSIZE_FORMAT, evaluation->n_examples);
  g_autofree char *loss = g_strdup_printf ("%.4f", evaluation->loss);

  ut_cli_figures_print (output, _("Sentences"), examples);
  ut_cli_figures_print (output, _("Loss"), loss);
  ut_cli_figures_print_accuracy (output, evaluation, ut_dataset_get_n_positive (dataset));
  ut_cli_figures_print_unknown (output, n_unknown, ut_dataset_get_n_tokens (dataset));
  if (evaluation->neither > 0)
    {
      /* Translators: how many sentences were answered with something that is no label. */
      g_autofree char *neither = g_strdup_printf (_("%'zu, answered with a position past the second"),
                                                  evaluation->neither);

      ut_cli_figures_print (output, _("Neither"), neither);
    }
  ut_cli_figures_print_calibration (output, model);
  ut_cli_output_print (output, "\n");
  ut_cli_figures_print_confusion (output, evaluation);
}

static UtCliStatus
evaluate (UtModel    *model,
          const char *data_path,
          gboolean    json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) data_file = g_file_new_for_path (data_path);
  g_autoptr (UtCliProgress) progress = ut_cli_progress_new ();
  UtCliTask reading = { progress, _("reading") };
  g_autoptr (UtDataset) dataset = ut_dataset_read (data_file, show_task_cb, &reading, NULL, &error);

  ut_cli_progress_clear (progress);
  if (dataset == NULL)
    return ut_cli_fail (error);

  UtCliTask checking = { progress, _("checking") };
  UtConfig *config = ut_model_get_config (model);
  guint batch_size = (guint) ut_config_get_int (config, UT_SETTING_EVAL_BATCH_SIZE);
  UtEvaluation evaluation;
  gboolean done = ut_evaluate (model, dataset, batch_size, 0, show_task_cb, &checking, NULL,
                               &evaluation, &error);

  ut_cli_progress_clear (progress);
  if (!done)
    return ut_cli_fail (error);

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  if (json)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      ut_cli_json_append_evaluation (text, &evaluation);
      g_string_append_c (text, '\n');
      ut_cli_output_write (output, text->str, text->len);
    }
  else
    print_table (output, &evaluation, model, dataset);
  return ut_cli_output_finish (output, UT_CLI_DONE);
}

UtCliStatus
ut_cli_evaluate (int    argc,
                 char **argv)
{
  g_auto (GStrv) model_paths = NULL;
  g_autofree char *data_path = NULL;
  gboolean json = FALSE;
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME_ARRAY, &model_paths,
      N_("The model; needed, and may be repeated"), N_("MODEL") },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &data_path,
      N_("Labelled sentences in SST-2's form; needed"), N_("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("One JSON object"), NULL },
    { NULL }
  };

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;
  if (data_path == NULL && model_paths != NULL)
    return ut_cli_wrong_usage ("evaluate", "%s", _("--data FILE is missing"));

  g_autoptr (UtModel) model = ut_cli_model_load ("evaluate", model_paths, &status);

  return model != NULL ? evaluate (model, data_path, json) : status;
}
