/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-output.h"
#include "ut-cli-report.h"
#include "ut-cli-signals.h"
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
                "given. Ctrl+C stops and keeps the best epoch."),
  .examples = N_("Examples:\n"
                 "  undertone-cli train --output m.safetensors\n"
                 "  undertone-cli train --train train.tsv --dev dev.tsv --vectors glove.txt \\\n"
                 "    --cell gru --epochs 5 --output gru.safetensors --log gru.jsonl"),
};

/* The settings that are options with a value. */
static const struct
{
  UtSetting setting;
  const char *option;
  const char *value;
} numbers[] = {
  { UT_SETTING_HIDDEN_SIZE, "hidden", "N" },
  { UT_SETTING_EMBEDDING_SIZE, "embedding-dim", "N" },
  { UT_SETTING_BATCH_SIZE, "batch-size", "N" },
  { UT_SETTING_EVAL_BATCH_SIZE, "eval-batch-size", "N" },
  { UT_SETTING_LAYERS, "layers", "N" },
  { UT_SETTING_READOUT, "readout", "NAME" },
  { UT_SETTING_EMBEDDING_DROPOUT, "embedding-dropout", "X" },
  { UT_SETTING_LAYER_DROPOUT, "layer-dropout", "X" },
  { UT_SETTING_READOUT_DROPOUT, "readout-dropout", "X" },
  { UT_SETTING_WORD_DROPOUT, "word-dropout", "X" },
  { UT_SETTING_LEARNING_RATE, "learning-rate", "X" },
  { UT_SETTING_SCHEDULE, "schedule", "NAME" },
  { UT_SETTING_WARM_UP, "warm-up", "X" },
  { UT_SETTING_EPOCHS, "epochs", "N" },
  { UT_SETTING_SEED, "seed", "N" },
  { UT_SETTING_GRADIENT_CLIPPING, "gradient-clipping", "X" },
  { UT_SETTING_WEIGHT_DECAY, "weight-decay", "X" },
  { UT_SETTING_LABEL_SMOOTHING, "label-smoothing", "X" },
  { UT_SETTING_PATIENCE, "patience", "N" },
  { UT_SETTING_MIN_DELTA, "min-delta", "X" },
  { UT_SETTING_AVERAGED_EPOCHS, "averaged-epochs", "N" },
  { UT_SETTING_STATE_ALONG, "state-along", "NAME" },
  { UT_SETTING_LOSS, "loss", "NAME" },
  { UT_SETTING_PADDING, "padding", "NAME" },
  { UT_SETTING_THREADS, "threads", "N" },
};

/* Options without a value, each of which says how a setting is to be. */
static const struct
{
  UtSetting setting;
  double number;
  const char *option;
  const char *description;
} switches[] = {
  { UT_SETTING_TRAIN_UNKNOWN, 1, "train-unknown",
    N_("Learn the unknown word from rare ones [sample]") },
  { UT_SETTING_TRAIN_UNKNOWN, 0, "no-train-unknown",
    N_("Leave the unknown word as drawn [own files]") },
  { UT_SETTING_TRAIN_EMBEDDING, 0, "freeze-embedding",
    N_("Leave the word vectors as they are") },
  { UT_SETTING_BIDIRECTIONAL, 1, "bidirectional",
    N_("Read from the sentence's end, too") },
  { UT_SETTING_SUBWORDS, 1, "subwords",
    N_("Read words by their parts, too") },
};

typedef struct
{
  char *preset;
  char *cell;
  char *numbers[G_N_ELEMENTS (numbers)]; /* as typed */
  gboolean switches[G_N_ELEMENTS (switches)];
  char *train_path;
  char *dev_path;
  char *vectors_path;
  char *exclude_path;
  char *model_path;
  char *state_path; /* follows from the model's */
  char *log_path;
  char *map_path;
  char *name;
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
  g_free (options->preset);
  g_free (options->cell);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_free (options->numbers[i]);
  g_free (options->train_path);
  g_free (options->dev_path);
  g_free (options->vectors_path);
  g_free (options->exclude_path);
  g_free (options->model_path);
  g_free (options->state_path);
  g_free (options->log_path);
  g_free (options->map_path);
  g_free (options->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtCliTrainOptions, clear_options)

/* Returns "Hidden size: 1 to 4096 [64]". */
static char *
describe_number (UtSetting setting)
{
  const UtSettingInfo *info = ut_setting_get_info (setting);
  g_autofree char *fallback = ut_setting_format (setting, info->fallback);

  if (info->kind == UT_SETTING_KIND_CHOICE)
    {
      g_autofree char *choices = ut_setting_list_choices (setting);

      /* The name of the option is enough of a title, and there is no room for more. */
      return g_strdup_printf ("%s [%s]", choices, fallback);
    }

  g_autofree char *minimum = ut_setting_format (setting, info->minimum);
  g_autofree char *maximum = ut_setting_format (setting, info->maximum);

  if (setting == UT_SETTING_THREADS)
    return g_strdup_printf (_("%s: %s to %s, 0 for one each core [%s]"),
                            ut_setting_get_title (setting), minimum, maximum, fallback);
  return g_strdup_printf (_("%s: %s to %s [%s]"), ut_setting_get_title (setting), minimum, maximum,
                          fallback);
}

static gboolean
parse_options (int                argc,
               char             **argv,
               UtCliTrainOptions *options,
               UtCliStatus       *status)
{
  const GOptionEntry fixed[] = {
    { "train", 't', 0, G_OPTION_ARG_FILENAME, &options->train_path,
      N_("Sentences to learn from; else the bundled sample"), N_("FILE") },
    { "dev", 'd', 0, G_OPTION_ARG_FILENAME, &options->dev_path,
      N_("Sentences to validate on; else a tenth is held out"), N_("FILE") },
    { "vectors", 'v', 0, G_OPTION_ARG_FILENAME, &options->vectors_path,
      N_("Word vectors in GloVe's form; else random ones"), N_("FILE") },
    { "exclude", 0, 0, G_OPTION_ARG_FILENAME, &options->exclude_path,
      N_("Rows to leave out of the training, in a file like it"), N_("FILE") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->model_path,
      N_("Receives the best epoch's model (and MODEL.state)"),
      N_("MODEL") },
    { "log", 'l', 0, G_OPTION_ARG_FILENAME, &options->log_path,
      N_("Receives each step and epoch as a line of JSON"), N_("FILE") },
    { "map", 0, 0, G_OPTION_ARG_FILENAME, &options->map_path,
      N_("Receives a line for each row: how it was learned"), N_("FILE") },
    { "name", 'n', 0, G_OPTION_ARG_STRING, &options->name,
      N_("What the run is called"), N_("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json,
      N_("Print the log's events as JSON and nothing else"), NULL },
    { "preset", 'p', 0, G_OPTION_ARG_STRING, &options->preset,
      N_("Settings to begin with: a built-in or own preset"), N_("NAME") },
    { "cell", 'c', 0, G_OPTION_ARG_STRING, &options->cell,
      N_("rnn, lstm, gru; or a baseline: bag, majority [lstm]"), "NAME" },
  };
  g_autoptr (GPtrArray) descriptions = g_ptr_array_new_with_free_func (g_free);
  GOptionEntry entries[G_N_ELEMENTS (fixed) + G_N_ELEMENTS (switches) + G_N_ELEMENTS (numbers) + 1]
    = { 0 };
  gsize n_entries = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    entries[n_entries++] = fixed[i];
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    entries[n_entries++] = (GOptionEntry) {
      .long_name = switches[i].option,
      .arg = G_OPTION_ARG_NONE,
      .arg_data = &options->switches[i],
      .description = switches[i].description,
    };
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      char *description = describe_number (numbers[i].setting);

      g_ptr_array_add (descriptions, description);
      entries[n_entries++] = (GOptionEntry) {
        .long_name = numbers[i].option,
        .arg = G_OPTION_ARG_STRING,
        .arg_data = &options->numbers[i],
        .description = description,
        .arg_description = numbers[i].value,
      };
    }

  if (!ut_cli_parse (&help, entries, &argc, &argv, status))
    return FALSE;
  if (options->model_path != NULL)
    options->state_path = g_strconcat (options->model_path, ".state", NULL);
  return TRUE;
}

/* Returns "quick-look, notebook, “My GRU”". */
static char *
list_presets (UtPresetStore *store)
{
  gsize n_built_in, n_own;
  const UtPreset *built_in = ut_presets_get (&n_built_in);
  const UtOwnPreset *own = ut_preset_store_get_presets (store, &n_own);
  GString *list = g_string_new (NULL);

  for (gsize i = 0; i < n_built_in; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", built_in[i].id);
  for (gsize i = 0; i < n_own; i++)
    g_string_append_printf (list, ", “%s”", own[i].name);
  return g_string_free (list, FALSE);
}

/* Returns FALSE with the exit status after saying what is wrong. */
static gboolean
apply_preset (const char      *name,
              UtConfigBuilder *builder,
              UtCliStatus     *status)
{
  g_autoptr (UtPresetStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (ut_preset_apply (name, builder))
    return TRUE;

  store = ut_preset_store_new (NULL);
  if (!ut_preset_store_load (store, &error))
    {
      *status = ut_cli_fail (error);
      return FALSE;
    }

  const UtOwnPreset *own = ut_preset_store_find (store, name);

  if (own == NULL)
    {
      g_autofree char *list = list_presets (store);

      *status = ut_cli_wrong_usage ("train",
                                    _("--preset %s: There is no such preset; there are %s"),
                                    name, list);
      return FALSE;
    }
  ut_own_preset_apply (own, builder);
  return TRUE;
}

/* Returns a configuration, or NULL with the exit status after saying what is wrong. */
static UtConfig *
make_config (const UtCliTrainOptions *options,
             UtCliStatus             *status)
{
  g_autoptr (UtConfigBuilder) builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;
  UtCellKind cell = UT_CELL_LSTM;
  double number = 0;
  guint embedding_size = 0;

  if (options->preset != NULL)
    {
      if (!apply_preset (options->preset, builder, status))
        return NULL;
    }
  else if (options->train_path == NULL)
    {
      gsize n_presets = 0;

      ut_preset_apply (ut_presets_get (&n_presets)[0].id, builder);
    }
  if (options->train_path != NULL)
    ut_config_builder_set_files (builder, options->train_path, options->dev_path);
  if (options->exclude_path != NULL)
    ut_config_builder_set_exclude (builder, options->exclude_path);
  if (options->cell != NULL)
    {
      if (!ut_cell_kind_from_nick (options->cell, &cell))
        {
          *status = ut_cli_wrong_usage ("train",
                                        _("--cell %s: rnn, lstm, gru, bag or majority was "
                                          "expected"), options->cell);
          return NULL;
        }
      ut_config_builder_set_cell (builder, cell);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const char *text = options->numbers[i];

      if (text == NULL)
        continue;
      if (!ut_setting_parse (numbers[i].setting, text, &number, &error))
        {
          *status = ut_cli_wrong_usage ("train", "--%s %s: %s", numbers[i].option, text,
                                        error->message);
          return NULL;
        }
      ut_config_builder_set_number (builder, numbers[i].setting, number);
      if (numbers[i].setting == UT_SETTING_EMBEDDING_SIZE)
        embedding_size = (guint) number;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      if (options->switches[i])
        ut_config_builder_set_number (builder, switches[i].setting, switches[i].number);
    }

  if (options->vectors_path != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (options->vectors_path);
      guint dimension = ut_vectors_read_dimension (file, NULL, &error);

      if (dimension == 0)
        {
          *status = ut_cli_fail (error);
          return NULL;
        }
      if (embedding_size != 0 && embedding_size != dimension)
        {
          g_autofree char *name = g_filename_display_name (options->vectors_path);

          ut_cli_say (_("%s: The vectors have %u numbers a word, but --embedding-dim asks for %u; "
                        "leave it out to take the file's"),
                      name, dimension, embedding_size);
          *status = UT_CLI_FAILED;
          return NULL;
        }
      ut_config_builder_set_vectors (builder, options->vectors_path);
      ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, dimension);
    }

  UtConfig *config = ut_config_builder_end (g_steal_pointer (&builder), &error);

  if (config == NULL)
    *status = ut_cli_wrong_usage ("train", "%s", error->message);
  return config;
}

static gboolean
check_switches (const UtCliTrainOptions *options)
{
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    for (gsize j = 0; j < i; j++)
      if (options->switches[i] && options->switches[j]
          && switches[i].setting == switches[j].setting)
        {
          /* Translators: two options. */
          ut_cli_wrong_usage ("train", _("--%s and --%s exclude each other"), switches[j].option,
                              switches[i].option);
          return FALSE;
        }
  return TRUE;
}

static gboolean
check_usage (const UtCliTrainOptions *options)
{
  if (options->dev_path != NULL && options->train_path == NULL)
    {
      ut_cli_wrong_usage ("train", "%s", _("--dev needs --train: the sample has rows of its own"));
      return FALSE;
    }
  return check_switches (options);
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

/* Without a whole epoch, which an interrupted run may not have, there is nothing to write. */
static UtCliStatus
write_map (const UtCliTraining     *self,
           const UtCliTrainOptions *options)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (options->map_path == NULL)
    return UT_CLI_DONE;
  if (self->result->map == NULL)
    {
      g_autofree char *name = g_filename_display_name (options->map_path);

      ut_cli_say (_("%s: Not written: no epoch has ended"), name);
      return UT_CLI_DONE;
    }

  file = g_file_new_for_path (options->map_path);
  if (!ut_data_map_export (self->result->map,
                           ut_corpus_get_train (ut_trainer_get_corpus (self->trainer)), file, NULL,
                           &error))
    return ut_cli_fail (error);
  return UT_CLI_DONE;
}

static UtCliStatus
finish (UtCliTraining           *self,
        const UtCliTrainOptions *options)
{
  UtCliStatus status = UT_CLI_DONE;

  if (self->result != NULL)
    {
      ut_cli_report_end (self->report, self->result, options->model_path);
      status = write_map (self, options);
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

static UtCliStatus
train (UtConfig                *config,
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

UtCliStatus
ut_cli_train (int    argc,
              char **argv)
{
  g_auto (UtCliTrainOptions) options = { 0 };
  UtCliStatus status = UT_CLI_DONE;

  if (!parse_options (argc, argv, &options, &status))
    return status;
  if (!check_usage (&options))
    return UT_CLI_USAGE;

  g_autoptr (UtConfig) config = make_config (&options, &status);

  if (config == NULL)
    return status;
  if (!check_inputs (&options, config))
    return UT_CLI_USAGE;
  if (!check_outputs (&options))
    return UT_CLI_FAILED;
  return train (config, &options);
}
