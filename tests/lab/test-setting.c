/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include "ut-json-private.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#define SCHEMA_ID APPLICATION_ID

static void
test_table (void)
{
  g_test_summary ("Every row has a key and a title, and its default lies in its range");

  for (UtSetting i = 0; i < UT_N_ALL_SETTINGS; i++)
    {
      const UtSettingInfo *info = ut_setting_get_info (i);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (info->key);
      g_assert_cmpstr (ut_setting_get_title (i), ==, info->title);
      g_assert_true (ut_setting_check (i, info->fallback, &error));
      g_assert_no_error (error);
      g_assert_true (ut_setting_check (i, info->minimum, NULL));
      g_assert_true (ut_setting_check (i, info->maximum, NULL));
      g_assert_false (ut_setting_check (i, info->maximum + (info->maximum > 1e15 ? 2 : 1), NULL));
      g_assert_false (ut_setting_check (i, info->minimum - 1, NULL));
      g_assert_false (ut_setting_check (i, NAN, NULL));
      if (info->kind != UT_SETTING_KIND_REAL && info->maximum < 1e15)
        g_assert_false (ut_setting_check (i, info->minimum + 0.5, &error));
    }
}

static void
test_parse (void)
{
  static const struct { UtSetting setting; const char *text; double value; } good[] = {
    { UT_SETTING_HIDDEN_SIZE, "64", 64 },
    { UT_SETTING_HIDDEN_SIZE, " 6.4e1 ", 64 },
    { UT_SETTING_LEARNING_RATE, "1e-3", 1e-3 },
    { UT_SETTING_LEARNING_RATE, "0.001", 1e-3 },
    { UT_SETTING_SEED, "9007199254740991", 9007199254740991 },
    { UT_SETTING_TRAIN_UNKNOWN, "on", 1 },
    { UT_SETTING_TRAIN_UNKNOWN, "False", 0 },
    { UT_SETTING_SCHEDULE, "constant", UT_SCHEDULE_CONSTANT },
    { UT_SETTING_SCHEDULE, " plateau", UT_SCHEDULE_PLATEAU },
  };
  static const struct { UtSetting setting; const char *text; } bad[] = {
    { UT_SETTING_HIDDEN_SIZE, "" }, { UT_SETTING_HIDDEN_SIZE, "0" }, { UT_SETTING_HIDDEN_SIZE,
                                                                       "4097" },
    { UT_SETTING_HIDDEN_SIZE, "6.5" }, { UT_SETTING_HIDDEN_SIZE, "0x10" }, { UT_SETTING_HIDDEN_SIZE,
                                                                             "64k" },
    { UT_SETTING_LEARNING_RATE, "nan" }, { UT_SETTING_LEARNING_RATE, "inf" },
    { UT_SETTING_LEARNING_RATE, "1e400" }, { UT_SETTING_LEARNING_RATE, "-1" },
    { UT_SETTING_SEED, "9007199254740993" }, { UT_SETTING_TRAIN_UNKNOWN, "2" },
    { UT_SETTING_SCHEDULE, "" }, { UT_SETTING_SCHEDULE, "1" }, { UT_SETTING_SCHEDULE, "linea" },
  };
  g_autoptr (GError) error = NULL;
  double value;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (ut_setting_parse (good[i].setting, good[i].text, &value, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat (value, ==, good[i].value);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (ut_setting_parse (bad[i].setting, bad[i].text, &value, &error));
      g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
      g_clear_error (&error);
    }

  g_assert_false (ut_setting_check (UT_SETTING_HIDDEN_SIZE, 0, &error));
  g_assert_true (g_str_has_prefix (error->message, "Hidden size: 1 to 4"));
  g_clear_error (&error);
  g_assert_false (ut_setting_check (UT_SETTING_LEARNING_RATE, 0, &error));
  g_assert_cmpstr (error->message, ==, "Learning rate: 1e-7 to 10");
  g_clear_error (&error);
  g_assert_false (ut_setting_check (UT_SETTING_SCHEDULE, 4, &error));
  g_assert_cmpstr (error->message, ==,
                   "Learning-rate schedule: constant, linear, cosine or plateau");
}

static void
test_format (void)
{
  static const struct { double value; const char *text; } cases[] = {
    { 64, "64" }, { 1e-3, "0.001" }, { 3e-3, "0.003" }, { 1e-7, "1e-7" }, { 0.1 + 0.2,
                                                                            "0.30000000000000004" },
    { 9007199254740991, "9007199254740991" }, { -0.0, "0" }, { 1e22, "1e22" }, { -2.5, "-2.5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ut_setting_format (UT_SETTING_LEARNING_RATE, cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, cases[i].value);
    }
}

static void
test_describe (void)
{
  static const struct { UtSetting setting; double value; const char *text; } cases[] = {
    { UT_SETTING_HIDDEN_SIZE, 64, "64" },
    { UT_SETTING_TRAIN_UNKNOWN, 1, "on" },
    { UT_SETTING_TRAIN_UNKNOWN, 0, "off" },
    { UT_SETTING_SCHEDULE, UT_SCHEDULE_COSINE, "Cosine" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ut_setting_describe (cases[i].setting, cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_choices (void)
{
  g_test_summary ("Each choice has a title, and a nick that reads back as its number");

  for (UtSetting i = 0; i < UT_N_ALL_SETTINGS; i++)
    {
      const UtSettingInfo *info = ut_setting_get_info (i);

      g_assert_cmpint (info->choices != NULL, ==, info->kind == UT_SETTING_KIND_CHOICE);
      for (guint value = 0; info->choices != NULL && value <= info->maximum; value++)
        {
          g_autofree char *nick = ut_setting_format (i, value);
          g_autofree char *title = ut_setting_describe (i, value);
          double read;

          g_assert_true (ut_setting_parse (i, nick, &read, NULL));
          g_assert_cmpfloat (read, ==, value);
          g_assert_cmpstr (title, ==, info->choices[value].title);
        }
    }
}

static double
get_number (UtSetting  setting,
            GVariant  *variant)
{
  double number;

  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_STRING))
    {
      g_assert_true (ut_setting_parse (setting, g_variant_get_string (variant, NULL), &number,
                                       NULL));
      return number;
    }
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_BOOLEAN))
    return g_variant_get_boolean (variant);
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_INT32))
    return g_variant_get_int32 (variant);
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_INT64))
    return (double) g_variant_get_int64 (variant);

  return g_variant_get_double (variant);
}

static void
test_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source == NULL
                                      ? NULL : g_settings_schema_source_lookup (source, SCHEMA_ID,
                                                                                TRUE);

  g_test_summary ("The settings schema has the ranges and defaults of the table");

  if (schema == NULL)
    {
      g_test_skip ("The settings schema is not compiled");
      return;
    }
  for (UtSetting i = 0; i < UT_N_ALL_SETTINGS; i++)
    {
      const UtSettingInfo *info = ut_setting_get_info (i);

      g_test_message ("%s", info->key);
      g_assert_true (g_settings_schema_has_key (schema, info->key));

      g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, info->key);
      g_autoptr (GVariant) fallback = g_settings_schema_key_get_default_value (key);
      g_autoptr (GVariant) range = g_settings_schema_key_get_range (key);
      const char *kind;
      g_autoptr (GVariant) limits = NULL;

      g_assert_cmpfloat (get_number (i, fallback), ==, info->fallback);
      g_variant_get (range, "(&sv)", &kind, &limits);
      if (info->kind == UT_SETTING_KIND_SWITCH)
        continue;
      if (info->kind == UT_SETTING_KIND_CHOICE)
        {
          g_autofree const char **nicks = g_variant_get_strv (limits, NULL);

          g_assert_cmpstr (kind, ==, "enum");
          for (guint value = 0; value <= info->maximum; value++)
            g_assert_cmpstr (nicks[value], ==, info->choices[value].nick);
          g_assert_null (nicks[(guint) info->maximum + 1]);
          continue;
        }
      g_assert_cmpstr (kind, ==, "range");

      g_autoptr (GVariant) minimum = g_variant_get_child_value (limits, 0);
      g_autoptr (GVariant) maximum = g_variant_get_child_value (limits, 1);

      g_assert_cmpfloat (get_number (i, minimum), ==, info->minimum);
      g_assert_cmpfloat (get_number (i, maximum), ==, info->maximum);
    }
}

static char *
to_text (UtConfig *config,
         gboolean  with_files)
{
  g_autoptr (JsonNode) node = ut_config_to_json (config, with_files);
  GString *text = g_string_new (NULL);

  _ut_json_append_node (text, node);
  return g_string_free (text, FALSE);
}

static UtConfig *
from_text (const char  *text,
           GError     **error)
{
  g_autoptr (JsonNode) node = _ut_json_parse (text, strlen (text), 1000, error);

  g_assert_nonnull (node);
  return ut_config_from_json (node, error);
}

static void
test_config_json (void)
{
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;

  g_test_summary ("A configuration survives JSON; the text has a fixed form");

  ut_config_builder_set_cell (builder, UT_CELL_GRU);
  ut_config_builder_set_files (builder, "/data/träin.tsv", "/data/d\"ev.tsv");
  ut_config_builder_set_vectors (builder, "/data/v.txt");
  ut_config_builder_set_exclude (builder, "/data/ohne.tsv");
  ut_config_builder_set_number (builder, UT_SETTING_LEARNING_RATE, 3e-3);
  ut_config_builder_set_number (builder, UT_SETTING_SEED, 9007199254740991);
  ut_config_builder_set_number (builder, UT_SETTING_TRAIN_UNKNOWN, 1);
  ut_config_builder_set_number (builder, UT_SETTING_SCHEDULE, UT_SCHEDULE_LINEAR);
  ut_config_builder_set_number (builder, UT_SETTING_THREADS, 2);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);

  g_autofree char *with_files = to_text (config, TRUE);
  g_autofree char *without_files = to_text (config, FALSE);
  g_autoptr (UtConfig) same = from_text (with_files, &error);

  g_assert_no_error (error);
  g_assert_true (ut_config_equal (config, same));
  g_assert_cmpstr (ut_config_get_exclude_path (same), ==, "/data/ohne.tsv");
  g_assert_cmpstr (without_files, ==,
                   "{\"cell\":\"gru\",\"hidden-size\":64,\"embedding-size\":50,\"batch-size\":32,"
                   "\"eval-batch-size\":128,\"learning-rate\":0.003,\"epochs\":16,"
                   "\"seed\":9007199254740991,\"layers\":1,\"bidirectional\":false,"
                   "\"readout\":\"last\",\"embedding-dropout\":0,\"layer-dropout\":0,"
                   "\"readout-dropout\":0,\"subwords\":false,\"word-dropout\":0.25,"
                   "\"train-unknown\":true,"
                   "\"train-embedding\":true,\"gradient-clipping\":0,\"weight-decay\":0,"
                   "\"label-smoothing\":0,\"patience\":0,\"min-delta\":0,\"schedule\":\"linear\",\"warm-up\":0,"
                   "\"averaged-epochs\":0,\"state-along\":\"sentence\",\"loss\":\"sentence\","
                   "\"padding\":\"skip\",\"data\":null}");

  /* What a model file says: the data is unknown, and stays so. */
  g_autoptr (UtConfig) unknown = from_text (without_files, &error);

  g_assert_no_error (error);
  g_assert_null (ut_config_get_data (unknown));
  g_assert_null (ut_config_get_train_path (unknown));
  g_assert_null (ut_corpus_read (unknown, NULL, NULL, NULL, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
  g_clear_error (&error);

  g_autoptr (UtConfig) defaults = from_text ("{}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ut_config_get_data (defaults), ==, "sample-reviews");
  g_assert_cmpint (ut_config_get_cell (defaults), ==, UT_CELL_LSTM);
  g_assert_cmpint (ut_config_get_int (defaults, UT_SETTING_EPOCHS), ==, 16);
}

static void
test_config_bad (void)
{
  static const struct { const char *text; const char *name; } cases[] = {
    { "[]", "object" },
    { "{\"hidden-size\":0}", "Hidden size" },
    { "{\"hidden-size\":\"64\"}", "hidden-size" },
    { "{\"hidden-size\":64.5}", "Hidden size" },
    { "{\"seed\":-1}", "Seed" },
    { "{\"learning-rate\":1e300}", "Learning rate" },
    { "{\"train-unknown\":1}", "train-unknown" },
    { "{\"cell\":\"perceptron\"}", "cell" },
    { "{\"cell\":3}", "cell" },
    { "{\"schedule\":\"steep\"}", "schedule: constant, linear, cosine or plateau" },
    { "{\"schedule\":1}", "schedule: constant, linear, cosine or plateau" },
    { "{\"data\":\"../../etc\"}", "etc" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (UtConfig) config = from_text (cases[i].text, &error);

      g_assert_null (config);
      g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
      g_assert_nonnull (strstr (error->message, cases[i].name));
    }

  g_autoptr (GError) error = NULL;
  UtConfigBuilder *builder = ut_config_builder_new (NULL);

  ut_config_builder_set_files (builder, "", NULL);
  g_assert_null (ut_config_builder_end (builder, &error));
  g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
}

static void
test_presets (void)
{
  gsize n_presets;
  const UtPreset *presets = ut_presets_get (&n_presets);

  g_assert_cmpuint (n_presets, ==, 4);
  g_assert_cmpstr (presets[0].id, ==, "quick-look");
  for (gsize i = 0; i < n_presets; i++)
    {
      g_autoptr (GError) error = NULL;
      UtConfigBuilder *builder = ut_config_builder_new (NULL);

      ut_config_builder_set_cell (builder, UT_CELL_RNN);
      ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, 99);
      ut_config_builder_set_number (builder, UT_SETTING_SEED, 7);
      g_assert_true (ut_preset_apply (presets[i].id, builder));
      g_assert_false (ut_preset_apply ("another", builder));

      g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);

      g_assert_no_error (error);
      g_assert_cmpint (ut_config_get_int (config, UT_SETTING_EPOCHS), !=, 99);
      g_assert_cmpint (ut_config_get_int (config, UT_SETTING_SEED), ==, 7);
      g_assert_cmpint (ut_config_get_cell (config), ==, UT_CELL_RNN);
      g_assert_true (ut_config_is_as_coded (config) == g_str_equal (presets[i].id, "as-coded"));
    }
}

static void
test_as_coded (void)
{
  static const struct { UtSetting setting; double value; const char *message; } cases[] = {
    { UT_SETTING_LAYERS, 2, "Layers: only “1” as the notebook's code runs" },
    { UT_SETTING_BIDIRECTIONAL, 1, "Bidirectional: only “off” as the notebook's code runs" },
    { UT_SETTING_READOUT, UT_READOUT_MAX,
      "Read-out: only “Last state” as the notebook's code runs" },
    { UT_SETTING_EMBEDDING_DROPOUT, 0.1,
      "Embedding dropout: only “0” as the notebook's code runs" },
    { UT_SETTING_LAYER_DROPOUT, 0.1, "Layer dropout: only “0” as the notebook's code runs" },
    { UT_SETTING_READOUT_DROPOUT, 0.1, "Read-out dropout: only “0” as the notebook's code runs" },
    { UT_SETTING_SUBWORDS, 1, "Subwords: only “off” as the notebook's code runs" },
    { UT_SETTING_LABEL_SMOOTHING, 0.1, "Label smoothing: only “0” as the notebook's code runs" },
  };

  g_test_summary ("The notebook's faults go with the notebook's network only, and not with baselines");

  for (UtSetting fault = UT_SETTING_STATE_ALONG; fault <= UT_SETTING_PADDING; fault++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (GError) error = NULL;
        UtConfigBuilder *builder = ut_config_builder_new (NULL);

        ut_config_builder_set_number (builder, fault, 1);
        ut_config_builder_set_number (builder, cases[i].setting, cases[i].value);
        g_assert_null (ut_config_builder_end (builder, &error));
        g_assert_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING);
        g_assert_cmpstr (error->message, ==, cases[i].message);
      }

  g_autoptr (GError) error = NULL;
  UtConfigBuilder *builder = ut_config_builder_new (NULL);

  ut_config_builder_set_number (builder, UT_SETTING_PADDING, 1);
  ut_config_builder_set_number (builder, UT_SETTING_LAYERS, 2);
  ut_config_builder_set_cell (builder, UT_CELL_BAG);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);
  g_assert_false (ut_config_is_as_coded (config));
}

static void
test_held_out (Fixture       *fixture,
               gconstpointer  data)
{
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;

  g_test_summary ("Without a development file a seeded tenth of each label is held out");

  ut_config_builder_set_files (builder, fixture->train_path, NULL);

  g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
  g_autoptr (UtConfig) other_seed = fixture_config_with (config, UT_SETTING_SEED, 2);
  g_autoptr (UtConfig) other_cell = fixture_config_with (config, UT_SETTING_HIDDEN_SIZE, 2);
  g_autoptr (UtCorpus) corpus = ut_corpus_read (config, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  g_autoptr (UtCorpus) same = ut_corpus_read (config, NULL, NULL, NULL, &error);
  g_autoptr (UtCorpus) other = ut_corpus_read (other_seed, NULL, NULL, NULL, &error);
  UtDataset *train = ut_corpus_get_train (corpus);
  UtDataset *dev = ut_corpus_get_dev (corpus);
  guint8 label;

  g_assert_true (ut_corpus_get_held_out (corpus));
  g_assert_cmpuint (ut_dataset_get_n_rows (train), ==, FIXTURE_N_TRAIN - FIXTURE_N_TRAIN / 10);
  g_assert_cmpuint (ut_dataset_get_n_rows (dev), ==, FIXTURE_N_TRAIN / 10);
  g_assert_cmpuint (ut_dataset_get_n_positive (dev), ==, FIXTURE_N_TRAIN / 20);
  g_assert_cmpfloat (ut_corpus_get_majority (corpus, &label), ==, 0.5);
  g_assert_cmpstr (ut_dataset_get_hash (dev), ==, ut_dataset_get_hash (ut_corpus_get_dev (same)));
  g_assert_cmpstr (ut_dataset_get_hash (dev), !=, ut_dataset_get_hash (ut_corpus_get_dev (other)));
  g_assert_true (ut_corpus_matches (corpus, config));
  g_assert_true (ut_corpus_matches (corpus, other_cell));
  g_assert_false (ut_corpus_matches (corpus, other_seed));

  /* A file that has changed is another one. */
  g_free (fixture_write (fixture, "train.tsv", "sentence\tlabel\na\t1\nb\t0\n", -1));
  g_assert_false (ut_corpus_matches (corpus, config));

  /* One row of each label cannot be split. */
  g_assert_null (ut_corpus_read (config, NULL, NULL, NULL, &error));
  g_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_EMPTY);
  g_assert_nonnull (strstr (error->message, "train.tsv"));
}

static UtConfig *
with_exclude (const UtConfig *base,
              const char     *path)
{
  UtConfigBuilder *builder = ut_config_builder_new (base);
  g_autoptr (GError) error = NULL;

  ut_config_builder_set_exclude (builder, path);

  UtConfig *config = ut_config_builder_end (builder, &error);

  g_assert_no_error (error);
  return config;
}

static void
test_exclude (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *train_path = fixture_write (fixture, "few.tsv",
                                               "sentence\tlabel\na Good film\t1\na good film\t0\n"
                                               "bad\t0\na  good FILM \t1\nnew\t1\n", -1);
  g_autofree char *list_path = fixture_write (fixture, "list.tsv",
                                              "sentence\tlabel\na good film\t1\nnever\t0\n", -1);
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;

  g_test_summary ("Rows of a list are left out of the training, with all their copies, and words "
                  "that only they have are unknown");

  ut_config_builder_set_files (builder, train_path, fixture->dev_path);

  g_autoptr (UtConfig) plain = ut_config_builder_end (builder, &error);
  g_autoptr (UtConfig) config = with_exclude (plain, list_path);
  g_autoptr (UtCorpus) all = ut_corpus_read (plain, NULL, NULL, NULL, &error);
  g_autoptr (UtCorpus) corpus = ut_corpus_read (config, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (ut_config_equal (plain, config));
  g_assert_cmpuint (ut_corpus_get_n_excluded (all), ==, 0);
  g_assert_cmpuint (ut_corpus_get_n_excluded (corpus), ==, 2);
  g_assert_cmpuint (ut_dataset_get_n_rows (ut_corpus_get_train (corpus)), ==, 3);
  g_assert_cmpstr (ut_dataset_get_hash (ut_corpus_get_dev (corpus)), ==,
                   ut_dataset_get_hash (ut_corpus_get_dev (all)));

  g_autofree char *first = ut_dataset_dup_sentence (ut_corpus_get_train (corpus), 0);

  g_assert_cmpstr (first, ==, "a good film");
  g_assert_cmpuint (ut_dataset_get_label (ut_corpus_get_train (corpus), 0), ==, 0);

  /* Both ways, and when the list changes. */
  g_assert_true (ut_corpus_matches (corpus, config));
  g_assert_false (ut_corpus_matches (corpus, plain));
  g_assert_false (ut_corpus_matches (all, config));
  g_free (fixture_write (fixture, "list.tsv", "sentence\tlabel\nnew\t1\nnew\t0\n", -1));
  g_assert_false (ut_corpus_matches (corpus, config));

  g_autoptr (UtCorpus) other = ut_corpus_read (config, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_corpus_get_n_excluded (other), ==, 1);
  g_assert_cmpuint (ut_vocabulary_lookup (ut_corpus_get_vocabulary (other), "new"), ==,
                    UT_VOCABULARY_UNKNOWN);

  /* Nothing is left, or there is no list. */
  g_autoptr (UtConfig) everything = with_exclude (plain, train_path);
  g_autoptr (UtConfig) missing = with_exclude (plain, "/nowhere/list.tsv");

  g_assert_null (ut_corpus_read (everything, NULL, NULL, NULL, &error));
  g_assert_error (error, UT_TEXT_ERROR, UT_TEXT_ERROR_EMPTY);
  g_assert_nonnull (strstr (error->message, "few.tsv: the list has every training row"));
  g_clear_error (&error);
  g_assert_null (ut_corpus_read (missing, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_exclude_held_out (Fixture       *fixture,
                       gconstpointer  data)
{
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *list_path = fixture_path (fixture, "list.tsv");
  g_autoptr (GFile) list = g_file_new_for_path (list_path);
  static const guint32 rows[] = { 0, 5, 6 };

  g_test_summary ("A list that a data set wrote leaves those rows out, and the same rows are held "
                  "out with it as without");

  ut_config_builder_set_files (builder, fixture->train_path, NULL);

  g_autoptr (UtConfig) plain = ut_config_builder_end (builder, &error);
  g_autoptr (UtConfig) config = with_exclude (plain, list_path);
  g_autoptr (UtCorpus) all = ut_corpus_read (plain, NULL, NULL, NULL, &error);
  UtDataset *train = ut_corpus_get_train (all);

  g_assert_no_error (error);
  g_assert_true (ut_dataset_write (train, rows, G_N_ELEMENTS (rows), list, NULL, &error));
  g_assert_no_error (error);

  g_autoptr (UtDataset) written = ut_dataset_read (list, NULL, NULL, NULL, &error);
  g_autoptr (UtCorpus) corpus = ut_corpus_read (config, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ut_corpus_get_n_excluded (corpus), >=, G_N_ELEMENTS (rows));
  g_assert_cmpuint (ut_dataset_get_n_rows (ut_corpus_get_train (corpus))
                    + ut_corpus_get_n_excluded (corpus), ==, ut_dataset_get_n_rows (train));
  g_assert_cmpstr (ut_dataset_get_hash (ut_corpus_get_dev (corpus)), ==,
                   ut_dataset_get_hash (ut_corpus_get_dev (all)));

  gsize n_listed;
  g_autofree guint32 *unlisted = ut_dataset_find_unlisted (ut_corpus_get_train (corpus), written,
                                                           &n_listed);

  g_assert_cmpuint (n_listed, ==, ut_dataset_get_n_rows (ut_corpus_get_train (corpus)));
}

static void
test_bundled (void)
{
  gsize n_data;
  const UtBundledData *data = ut_bundled_data_get (&n_data);

  for (gsize i = 0; i < n_data; i++)
    {
      UtConfigBuilder *builder = ut_config_builder_new (NULL);
      g_autoptr (GError) error = NULL;

      ut_config_builder_set_data (builder, data[i].id);

      g_autoptr (UtConfig) config = ut_config_builder_end (builder, &error);
      g_autoptr (UtCorpus) corpus = ut_corpus_read (config, NULL, NULL, NULL, &error);
      g_autofree char *title = ut_config_dup_data_title (config);

      g_assert_no_error (error);
      g_assert_false (ut_corpus_get_held_out (corpus));
      g_assert_cmpuint (ut_dataset_get_n_rows (ut_corpus_get_train (corpus)), >, 1000);
      g_assert_nonnull (strstr (title, "(synthetic)"));
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/setting/table", test_table);
  g_test_add_func ("/setting/parse", test_parse);
  g_test_add_func ("/setting/format", test_format);
  g_test_add_func ("/setting/describe", test_describe);
  g_test_add_func ("/setting/choices", test_choices);
  g_test_add_func ("/setting/schema", test_schema);
  g_test_add_func ("/config/json", test_config_json);
  g_test_add_func ("/config/bad", test_config_bad);
  g_test_add_func ("/config/presets", test_presets);
  g_test_add_func ("/config/as-coded", test_as_coded);
  g_test_add ("/corpus/held-out", Fixture, NULL, fixture_set_up, test_held_out, fixture_tear_down);
  g_test_add ("/corpus/exclude", Fixture, NULL, fixture_set_up, test_exclude, fixture_tear_down);
  g_test_add ("/corpus/exclude-held-out", Fixture, NULL, fixture_set_up, test_exclude_held_out,
              fixture_tear_down);
  g_test_add_func ("/corpus/bundled", test_bundled);

  return g_test_run ();
}
