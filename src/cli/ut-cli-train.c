/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-kept.h"
#include "ut-cli-map.h"
#include "ut-cli-output.h"
#include "ut-cli-report.h"
#include "ut-cli-settings.h"
#include "ut-cli-signals.h"
#include "ut-cli-store.h"
#include "ut-cli-target.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <unistd.h>
#include <ut-lab.h>

static const UtCliHelp help = {
  .command = "train",
  .summary = N_("Trains a recurrent network and keeps the epoch with the best validation\n"
                "accuracy. A FILE of sentences has a header line, then a sentence, a tab and 0\n"
                "or 1 on each line. Without --train the bundled sample reviews, which are\n"
                "synthetic, are learned in seconds, with settings of their own where none are\n"
                "given. Ctrl+C stops and keeps the best epoch. Nothing but the named files is\n"
                "written, unless --keep adds the run to those of the window, which may be open;\n"
                "then “undertone-cli resume” goes on with it."),
  .examples = N_("Examples:\n"
                 "  undertone-cli train --output m.safetensors\n"
                 "  undertone-cli train --keep --cell gru --name \"First try\"\n"
                 "  undertone-cli train --probe \"Not bad at all.\" --log run.jsonl\n"
                 "  undertone-cli train --train train.tsv --dev dev.tsv --vectors glove.txt \\\n"
                 "    --cell gru --epochs 5 --output gru.safetensors --log gru.jsonl"),
};

typedef struct
{
  UtCliSettings *settings; /* (owned) */
  char *model_path;
  char *state_path; /* follows from the model's */
  char *log_path;
  char *map_path;
  char **probes;
  char *probes_path;
  gboolean pinned;
  char *name;
  gboolean keep;
  gboolean json;
} UtCliTrainOptions;

typedef struct
{
  GMainLoop *loop;          /* (owned) */
  UtTrainer *trainer;       /* (owned) */
  UtCliOutput *output;      /* (owned) */
  UtCliReport *report;      /* (owned) */
  UtTrainingResult *result; /* (owned) (nullable): at the end */
  GError *error;            /* (owned) (nullable): where there is no result */
  guint n_interrupts;
  gboolean kept;            /* whether files receive what standard output may lose */
  gboolean deserted;        /* whether it was stopped because nobody would see the result */
} UtCliTraining;

static void
clear_options (UtCliTrainOptions *options)
{
  g_clear_pointer (&options->settings, ut_cli_settings_free);
  g_free (options->model_path);
  g_free (options->state_path);
  g_free (options->log_path);
  g_free (options->map_path);
  g_strfreev (options->probes);
  g_free (options->probes_path);
  g_free (options->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtCliTrainOptions, clear_options)

static gboolean
parse_options (int                argc,
               char             **argv,
               UtCliTrainOptions *options,
               UtCliStatus       *status)
{
  const GOptionEntry own[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->model_path,
      N_("Receives the best epoch's model (and MODEL.state)"),
      N_("MODEL") },
    { "log", 'l', 0, G_OPTION_ARG_FILENAME, &options->log_path,
      N_("Receives each step and epoch as a line of JSON"), N_("FILE") },
    { "map", 0, 0, G_OPTION_ARG_FILENAME, &options->map_path,
      N_("Receives a line for each row: how it was learned"), N_("FILE") },
    { "probe", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->probes,
      N_("Follow the answer to a sentence (more than once)"), N_("TEXT") },
    { "probes", 0, 0, G_OPTION_ARG_FILENAME, &options->probes_path,
      N_("Follow the sentences of a file, one on a line"), N_("FILE") },
    { "pinned", 0, 0, G_OPTION_ARG_NONE, &options->pinned,
      N_("Follow the sentences that are pinned in the window"), NULL },
    { "keep", 'k', 0, G_OPTION_ARG_NONE, &options->keep,
      N_("Keep the run, with all that the window shows of it"), NULL },
    { "name", 'n', 0, G_OPTION_ARG_STRING, &options->name,
      N_("What the run is called"), N_("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json,
      N_("Print the log's events as JSON and nothing else"), NULL },
  };

  options->settings = ut_cli_settings_new ();
  if (!ut_cli_settings_parse (options->settings, &help, own, G_N_ELEMENTS (own), &argc, &argv,
                              status))
    return FALSE;
  if (options->probes != NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (UtProbes) probes = ut_probes_new ((const char * const *) options->probes, &error);

      if (probes == NULL)
        {
          *status = ut_cli_wrong_usage (help.command, "--probe: %s", error->message);
          return FALSE;
        }
    }
  /* A run that is kept has its state in the store. */
  if (options->model_path != NULL && !options->keep)
    options->state_path = g_strconcat (options->model_path, ".state", NULL);
  return TRUE;
}

/* What the run reads may also be named by a preset. */
static gboolean
check_inputs (const UtCliTrainOptions *options,
              const UtConfig          *config)
{
  const char * const inputs[] = {
    ut_config_get_train_path (config),
    ut_config_get_dev_path (config),
    ut_config_get_vectors_path (config),
    ut_config_get_exclude_path (config),
    options->probes_path,
  };
  const char * const outputs[] = {
    options->model_path,
    options->state_path,
    options->log_path,
    options->map_path,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      gboolean taken = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (inputs); j++)
        taken = taken || ut_cli_target_is_same (outputs[i], inputs[j]);
      for (gsize j = 0; j < i; j++)
        taken = taken || ut_cli_target_is_same (outputs[i], outputs[j]);
      if (taken)
        {
          g_autofree char *name = g_filename_display_name (outputs[i]);

          ut_cli_wrong_usage ("train", _("%s: The file would be overwritten; choose another name"),
                              name);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_outputs (const UtCliTrainOptions *options)
{
  const char * const outputs[] = {
    options->model_path,
    options->state_path,
    options->log_path,
    options->map_path,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      g_autoptr (GError) error = NULL;

      if (outputs[i] != NULL
          && !ut_cli_target_check (outputs[i], outputs[i] != options->log_path, &error))
        {
          ut_cli_fail (error);
          return FALSE;
        }
    }
  return TRUE;
}

static void
updated_cb (UtTrainer             *trainer,
            const UtTrainerUpdate *update,
            gpointer               data)
{
  UtCliTraining *self = data;

  ut_cli_report_update (self->report, update, ut_trainer_get_corpus (trainer));
  if (ut_cli_output_is_closed (self->output) && !self->kept && !self->deserted)
    {
      self->deserted = TRUE;
      ut_trainer_stop (trainer);
      ut_trainer_stop (trainer);
    }
}

static gboolean
interrupted_cb (gpointer data)
{
  UtCliTraining *self = data;

  self->n_interrupts++;
  ut_cli_report_stopping (self->report);
  ut_trainer_stop (self->trainer);

  /* Without this source GLib gives the signal its own meaning back, so that a third one kills. */
  return self->n_interrupts < 2 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  UtCliTraining *self = data;

  self->result = ut_trainer_run_finish (UT_TRAINER (source), result, &self->error);
  g_main_loop_quit (self->loop);
}

static UtCliStatus
finish (UtCliTraining           *self,
        const UtCliTrainOptions *options)
{
  UtCliStatus status = UT_CLI_DONE;

  if (self->result != NULL)
    {
      ut_cli_report_end (self->report, self->result);
      if (self->result->saved && options->model_path != NULL)
        ut_cli_report_written (self->report, options->model_path);
      else if (self->result->model != NULL && options->model_path == NULL)
        ut_cli_report_unwritten (self->report);
      status = ut_cli_map_write (options->map_path, self->result->map,
                                 ut_trainer_get_corpus (self->trainer));
      if (self->result->outcome == UT_TRAINER_FAILED)
        status = UT_CLI_FAILED;
    }
  else
    {
      ut_cli_report_fail (self->report, self->error);
      status = UT_CLI_FAILED;
    }

  if (self->n_interrupts > 0 && status == UT_CLI_DONE)
    status = UT_CLI_INTERRUPTED;
  return ut_cli_output_finish (self->output, status);
}

static GFile *
make_file (const char *path)
{
  return path != NULL ? g_file_new_for_path (path) : NULL;
}

static gboolean
add_file (GPtrArray  *texts,
          GFile      *file,
          GError    **error)
{
  g_autoptr (UtProbes) probes = ut_probes_read (file, NULL, error);

  for (gsize i = 0; probes != NULL && i < probes->n_texts; i++)
    g_ptr_array_add (texts, g_strdup (probes->texts[i]));

  return probes != NULL;
}

/* Returns (transfer full) (nullable): all sentences that are to be followed. */
static UtProbes *
collect_probes (const UtCliTrainOptions  *options,
                GError                  **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GFile) file = make_file (options->probes_path);
  g_autoptr (GFile) pinned = options->pinned ? ut_probe_list_dup_default_file () : NULL;

  for (gsize i = 0; options->probes != NULL && options->probes[i] != NULL; i++)
    g_ptr_array_add (texts, g_strdup (options->probes[i]));
  if ((file != NULL && !add_file (texts, file, error))
      || (pinned != NULL && g_file_query_exists (pinned, NULL) && !add_file (texts, pinned, error)))
    return NULL;
  g_ptr_array_add (texts, NULL);

  return ut_probes_new ((const char * const *) texts->pdata, error);
}

static UtCliStatus
train (UtConfig                *config,
       UtProbes                *probes,
       const UtCliTrainOptions *options)
{
  g_autoptr (GFile) log = make_file (options->log_path);
  g_autoptr (GFile) model = make_file (options->model_path);
  g_autoptr (GFile) state = make_file (options->state_path);
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  g_autoptr (UtCliReport) report = ut_cli_report_new (output, config, options->name, options->json);
  g_autoptr (UtTrainer) trainer = ut_trainer_new (config, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (UtCliSignals) signals = NULL;
  UtCliTraining training = {
    .loop = loop,
    .trainer = trainer,
    .output = output,
    .report = report,
    .kept = model != NULL || log != NULL || options->map_path != NULL,
  };

  ut_trainer_set_outputs (trainer, log, model, state);
  ut_trainer_set_probes (trainer, probes);
  g_signal_connect (trainer, "update", G_CALLBACK (updated_cb), &training);
  signals = ut_cli_signals_new (interrupted_cb, &training);
  ut_trainer_run_async (trainer, finished_cb, &training);
  g_main_loop_run (loop);
  g_clear_pointer (&signals, ut_cli_signals_free);

  UtCliStatus status = finish (&training, options);

  g_clear_pointer (&training.result, ut_training_result_free);
  g_clear_error (&training.error);
  return status;
}

/* Nothing is kept of a run whose data cannot be read. */
static UtCliStatus
train_kept (UtConfig                *config,
            UtProbes                *probes,
            const UtCliTrainOptions *options,
            UtCliOutput             *output)
{
  UtCliStatus status = UT_CLI_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtRunStore) store = ut_cli_store_open ();
  g_autoptr (UtCorpus) corpus = NULL;

  if (store == NULL)
    return UT_CLI_FAILED;
  corpus = ut_cli_kept_read_corpus (config, options->json, output, &status);
  if (corpus == NULL)
    return status;

  ut_run_store_set_probes (store, probes);

  UtRun *run = ut_run_store_add (store, config, corpus, &error);

  if (run == NULL)
    return ut_cli_fail (error);
  if (options->name != NULL)
    ut_run_set_name (run, options->name);

  const UtCliKeptOptions wishes = {
    .json = options->json,
    .model_path = options->model_path,
    .log_path = options->log_path,
    .map_path = options->map_path,
  };

  return ut_cli_kept_train (store, run, corpus, &wishes, output);
}

UtCliStatus
ut_cli_train (int    argc,
              char **argv)
{
  g_auto (UtCliTrainOptions) options = { 0 };
  UtCliStatus status = UT_CLI_DONE;

  if (!parse_options (argc, argv, &options, &status))
    return status;

  g_autoptr (UtConfig) config = ut_cli_settings_make_config (options.settings, options.keep,
                                                             &status);

  if (config == NULL)
    return status;
  if (!check_inputs (&options, config))
    return UT_CLI_USAGE;
  if (!check_outputs (&options))
    return UT_CLI_FAILED;

  g_autoptr (GError) error = NULL;
  g_autoptr (UtProbes) probes = collect_probes (&options, &error);

  if (probes == NULL)
    return ut_cli_fail (error);
  if (!options.keep)
    return train (config, probes, &options);

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  return ut_cli_output_finish (output, train_kept (config, probes, &options, output));
}
