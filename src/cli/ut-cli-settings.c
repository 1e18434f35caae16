/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-settings.h"

#include <glib/gi18n.h>

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

struct UtCliSettings
{
  const char *command; /* (not owned) (nullable): once the options were read */
  char *preset;
  char *cell;
  char *numbers[G_N_ELEMENTS (numbers)]; /* as typed */
  gboolean switches[G_N_ELEMENTS (switches)];
  char *train_path;
  char *dev_path;
  char *vectors_path;
  char *exclude_path;
};

UtCliSettings *
ut_cli_settings_new (void)
{
  return g_new0 (UtCliSettings, 1);
}

void
ut_cli_settings_free (UtCliSettings *self)
{
  g_free (self->preset);
  g_free (self->cell);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_free (self->numbers[i]);
  g_free (self->train_path);
  g_free (self->dev_path);
  g_free (self->vectors_path);
  g_free (self->exclude_path);
  g_free (self);
}

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
apply_preset (UtCliSettings   *self,
              UtConfigBuilder *builder,
              UtCliStatus     *status)
{
  const char *name = self->preset;
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

      *status = ut_cli_wrong_usage (self->command,
                                    _("--preset %s: There is no such preset; there are %s"),
                                    name, list);
      return FALSE;
    }
  ut_own_preset_apply (own, builder);
  return TRUE;
}

static gboolean
check_switches (UtCliSettings *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    for (gsize j = 0; j < i; j++)
      if (self->switches[i] && self->switches[j]
          && switches[i].setting == switches[j].setting)
        {
          /* Translators: two options. */
          ut_cli_wrong_usage (self->command, _("--%s and --%s exclude each other"),
                              switches[j].option, switches[i].option);
          return FALSE;
        }
  return TRUE;
}

static gboolean
check_usage (UtCliSettings *self)
{
  if (self->dev_path != NULL && self->train_path == NULL)
    {
      ut_cli_wrong_usage (self->command, "%s",
                          _("--dev needs --train: the sample has rows of its own"));
      return FALSE;
    }
  return check_switches (self);
}

static void
add_switches (UtCliSettings *self,
              GArray        *entries)
{
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      const GOptionEntry entry = {
        .long_name = switches[i].option,
        .arg = G_OPTION_ARG_NONE,
        .arg_data = &self->switches[i],
        .description = switches[i].description,
      };

      g_array_append_val (entries, entry);
    }
}

/* The descriptions are kept by @descriptions. */
static void
add_numbers (UtCliSettings *self,
             GArray        *entries,
             GPtrArray     *descriptions)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      char *description = describe_number (numbers[i].setting);
      const GOptionEntry entry = {
        .long_name = numbers[i].option,
        .arg = G_OPTION_ARG_STRING,
        .arg_data = &self->numbers[i],
        .description = description,
        .arg_description = numbers[i].value,
      };

      g_ptr_array_add (descriptions, description);
      g_array_append_val (entries, entry);
    }
}

gboolean
ut_cli_settings_parse (UtCliSettings      *self,
                       const UtCliHelp    *help,
                       const GOptionEntry *own,
                       gsize               n_own,
                       int                *argc,
                       char             ***argv,
                       UtCliStatus        *status)
{
  const GOptionEntry files[] = {
    { "train", 't', 0, G_OPTION_ARG_FILENAME, &self->train_path,
      N_("Sentences to learn from; else the bundled sample"), N_("FILE") },
    { "dev", 'd', 0, G_OPTION_ARG_FILENAME, &self->dev_path,
      N_("Sentences to validate on; else a tenth is held out"), N_("FILE") },
    { "vectors", 'v', 0, G_OPTION_ARG_FILENAME, &self->vectors_path,
      N_("Word vectors in GloVe's form; else random ones"), N_("FILE") },
    { "exclude", 0, 0, G_OPTION_ARG_FILENAME, &self->exclude_path,
      N_("Rows to leave out of the training, in a file like it"), N_("FILE") },
  };
  const GOptionEntry beginnings[] = {
    { "preset", 'p', 0, G_OPTION_ARG_STRING, &self->preset,
      N_("Settings to begin with: a built-in or own preset"), N_("NAME") },
    { "cell", 'c', 0, G_OPTION_ARG_STRING, &self->cell,
      N_("rnn, lstm, gru; or a baseline: bag, majority [lstm]"), "NAME" },
  };
  g_autoptr (GPtrArray) descriptions = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) entries = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));

  self->command = help->command;
  g_array_append_vals (entries, files, G_N_ELEMENTS (files));
  g_array_append_vals (entries, own, (guint) n_own);
  g_array_append_vals (entries, beginnings, G_N_ELEMENTS (beginnings));
  add_switches (self, entries);
  add_numbers (self, entries, descriptions);

  if (!ut_cli_parse (help, (const GOptionEntry *) (void *) entries->data, argc, argv, status))
    return FALSE;
  if (!check_usage (self))
    {
      *status = UT_CLI_USAGE;
      return FALSE;
    }
  return TRUE;
}

gboolean
ut_cli_settings_find (const char *option,
                      UtSetting  *setting)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_equal (numbers[i].option, option))
      {
        *setting = numbers[i].setting;
        return TRUE;
      }
  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    if (g_str_equal (ut_setting_get_info (i)->key, option))
      {
        *setting = i;
        return TRUE;
      }
  return FALSE;
}

static void
make_absolute (char **path)
{
  g_autofree char *given = *path;

  *path = given != NULL ? g_canonicalize_filename (given, NULL) : NULL;
}

static gboolean
set_cell (UtCliSettings   *self,
          UtConfigBuilder *builder,
          UtCliStatus     *status)
{
  UtCellKind cell = UT_CELL_LSTM;

  if (self->cell == NULL)
    return TRUE;
  if (!ut_cell_kind_from_nick (self->cell, &cell))
    {
      *status = ut_cli_wrong_usage (self->command,
                                    _("--cell %s: rnn, lstm, gru, bag or majority was expected"),
                                    self->cell);
      return FALSE;
    }
  ut_config_builder_set_cell (builder, cell);
  return TRUE;
}

/* @embedding_size receives what was asked for, 0 where nothing was. */
static gboolean
set_numbers (UtCliSettings   *self,
             UtConfigBuilder *builder,
             guint           *embedding_size,
             UtCliStatus     *status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *text = self->numbers[i];
      double number = 0;

      if (text == NULL)
        continue;
      if (!ut_setting_parse (numbers[i].setting, text, &number, &error))
        {
          *status = ut_cli_wrong_usage (self->command, "--%s %s: %s", numbers[i].option, text,
                                        error->message);
          return FALSE;
        }
      ut_config_builder_set_number (builder, numbers[i].setting, number);
      if (numbers[i].setting == UT_SETTING_EMBEDDING_SIZE)
        *embedding_size = (guint) number;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      if (self->switches[i])
        ut_config_builder_set_number (builder, switches[i].setting, switches[i].number);
    }
  return TRUE;
}

/* The file says how many numbers a word has. */
static gboolean
set_vectors (UtCliSettings   *self,
             UtConfigBuilder *builder,
             guint            embedding_size,
             UtCliStatus     *status)
{
  g_autoptr (GError) error = NULL;

  if (self->vectors_path == NULL)
    return TRUE;

  g_autoptr (GFile) file = g_file_new_for_path (self->vectors_path);
  guint dimension = ut_vectors_read_dimension (file, NULL, &error);

  if (dimension == 0)
    {
      *status = ut_cli_fail (error);
      return FALSE;
    }
  if (embedding_size != 0 && embedding_size != dimension)
    {
      g_autofree char *name = g_filename_display_name (self->vectors_path);

      ut_cli_say (_("%s: The vectors have %u numbers a word, but --embedding-dim asks for %u; "
                    "leave it out to take the file's"),
                  name, dimension, embedding_size);
      *status = UT_CLI_FAILED;
      return FALSE;
    }
  ut_config_builder_set_vectors (builder, self->vectors_path);
  ut_config_builder_set_number (builder, UT_SETTING_EMBEDDING_SIZE, dimension);
  return TRUE;
}

UtConfig *
ut_cli_settings_make_config (UtCliSettings *self,
                             gboolean       absolute,
                             UtCliStatus   *status)
{
  g_autoptr (UtConfigBuilder) builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;
  guint embedding_size = 0;

  if (absolute)
    {
      make_absolute (&self->train_path);
      make_absolute (&self->dev_path);
      make_absolute (&self->vectors_path);
      make_absolute (&self->exclude_path);
    }
  if (self->preset != NULL)
    {
      if (!apply_preset (self, builder, status))
        return NULL;
    }
  else if (self->train_path == NULL)
    {
      gsize n_presets = 0;

      ut_preset_apply (ut_presets_get (&n_presets)[0].id, builder);
    }
  if (self->train_path != NULL)
    ut_config_builder_set_files (builder, self->train_path, self->dev_path);
  if (self->exclude_path != NULL)
    ut_config_builder_set_exclude (builder, self->exclude_path);
  if (!set_cell (self, builder, status) || !set_numbers (self, builder, &embedding_size, status)
      || !set_vectors (self, builder, embedding_size, status))
    return NULL;

  UtConfig *config = ut_config_builder_end (g_steal_pointer (&builder), &error);

  if (config == NULL)
    *status = ut_cli_wrong_usage (self->command, "%s", error->message);
  return config;
}
