/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-config-private.h"

#include "ut-corpus.h"
#include "ut-data.h"
#include "ut-lab-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_DATA "sample-reviews"
/* Rows that pairs of neighbours are hashed into: four for each different pair of SST-2. */
#define N_BIGRAMS (1u << 18)
#define CELLS "rnn, lstm, gru, bag, majority"

struct UtConfig
{
  UtCellKind cell;
  double numbers[UT_N_SETTINGS];
  char *data;         /* (owned) (nullable) */
  char *train_path;   /* (owned) (nullable) */
  char *dev_path;     /* (owned) (nullable) */
  char *vectors_path; /* (owned) (nullable) */
  char *exclude_path; /* (owned) (nullable) */
  char *setting;      /* (owned) (nullable) (atomic): once it was asked for */
};

struct UtConfigBuilder
{
  UtConfig *config;      /* (owned), seen by nobody else until the end */
  gboolean data_unknown; /* A model file need not say what it was trained on. */
};

G_DEFINE_BOXED_TYPE (UtConfig, ut_config, ut_config_ref, ut_config_unref)

static void
config_clear (gpointer data)
{
  UtConfig *self = data;

  g_free (self->data);
  g_free (self->train_path);
  g_free (self->dev_path);
  g_free (self->vectors_path);
  g_free (self->exclude_path);
  g_free (self->setting);
}

UtConfig *
ut_config_ref (UtConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
ut_config_unref (UtConfig *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, config_clear);
}

UtCellKind
ut_config_get_cell (const UtConfig *self)
{
  g_return_val_if_fail (self != NULL, UT_CELL_LSTM);

  return self->cell;
}

double
ut_config_get_number (const UtConfig *self,
                      UtSetting       setting)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail ((guint) setting < UT_N_SETTINGS, 0);

  return self->numbers[setting];
}

gint64
ut_config_get_int (const UtConfig *self,
                   UtSetting       setting)
{
  return (gint64) ut_config_get_number (self, setting);
}

const char *
ut_config_get_data (const UtConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->data;
}

const char *
ut_config_get_train_path (const UtConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->train_path;
}

const char *
ut_config_get_dev_path (const UtConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->dev_path;
}

const char *
ut_config_get_vectors_path (const UtConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->vectors_path;
}

const char *
ut_config_get_exclude_path (const UtConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->exclude_path;
}

static const UtBundledData *
find_bundled (const char *id)
{
  gsize n_data;
  const UtBundledData *data = ut_bundled_data_get (&n_data);

  for (gsize i = 0; i < n_data; i++)
    {
      if (g_strcmp0 (data[i].id, id) == 0)
        return &data[i];
    }

  return NULL;
}

char *
ut_config_dup_data_title (const UtConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->data != NULL)
    return g_strdup (_(find_bundled (self->data)->title));
  if (self->train_path != NULL)
    {
      char *title = ut_data_dup_title (self->train_path);

      return title != NULL ? title : g_filename_display_basename (self->train_path);
    }

  /* Translators: in place of the name of a data set. */
  return g_strdup (_("unknown data"));
}

/* Each is 0 as documented, 1 as coded. */
static gboolean
has_fault (const UtConfig *self,
           UtSetting       setting)
{
  return ut_cell_kind_is_recurrent (self->cell) && self->numbers[setting] != 0;
}

static UtNnFaults
get_faults (const UtConfig *self)
{
  return (has_fault (self, UT_SETTING_STATE_ALONG) ? UT_NN_FAULT_STATE : 0)
         | (has_fault (self, UT_SETTING_LOSS) ? UT_NN_FAULT_LOSS : 0)
         | (has_fault (self, UT_SETTING_PADDING) ? UT_NN_FAULT_PADDING : 0);
}

gboolean
ut_config_is_as_coded (const UtConfig *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return get_faults (self) != 0;
}

gboolean
ut_config_equal (const UtConfig *a,
                 const UtConfig *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    {
      if (a->numbers[i] != b->numbers[i])
        return FALSE;
    }

  return a->cell == b->cell
         && g_strcmp0 (a->data, b->data) == 0
         && g_strcmp0 (a->train_path, b->train_path) == 0
         && g_strcmp0 (a->dev_path, b->dev_path) == 0
         && g_strcmp0 (a->vectors_path, b->vectors_path) == 0
         && g_strcmp0 (a->exclude_path, b->exclude_path) == 0;
}

static char *
make_setting (const UtConfig *self)
{
  g_autoptr (UtConfigBuilder) builder = ut_config_builder_new (self);

  builder->config->numbers[UT_SETTING_SEED] = 0;
  builder->config->numbers[UT_SETTING_THREADS] = 0;
  /* It tells which rows are read together, which only the notebook's faults feel. */
  if (!ut_config_is_as_coded (self))
    builder->config->numbers[UT_SETTING_EVAL_BATCH_SIZE] = 0;

  g_autoptr (JsonNode) node = ut_config_to_json (builder->config, TRUE);

  return json_to_string (node, FALSE);
}

/* A table of a thousand runs asks for it a thousand times at the end of an epoch. */
char *
ut_config_dup_setting (const UtConfig *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  char **place = (char **) &self->setting;

  if (g_atomic_pointer_get (place) == NULL)
    {
      char *setting = make_setting (self);

      if (!g_atomic_pointer_compare_and_exchange (place, NULL, setting))
        g_free (setting);
    }

  return g_strdup (g_atomic_pointer_get (place));
}

UtNnShape
_ut_config_get_shape (const UtConfig *self,
                      gsize           n_words)
{
  static const UtNnCell cells[UT_N_CELLS] = {
    [UT_CELL_RNN] = UT_NN_CELL_RNN,
    [UT_CELL_LSTM] = UT_NN_CELL_LSTM,
    [UT_CELL_GRU] = UT_NN_CELL_GRU,
    [UT_CELL_BAG] = UT_NN_CELL_BAG,
    [UT_CELL_MAJORITY] = UT_NN_CELL_BAG,
  };

  static const UtNnReadout readouts[] = {
    [UT_READOUT_LAST] = UT_NN_READOUT_LAST,
    [UT_READOUT_MEAN] = UT_NN_READOUT_MEAN,
    [UT_READOUT_MAX] = UT_NN_READOUT_MAX,
    [UT_READOUT_ATTENTION] = UT_NN_READOUT_ATTENTION,
  };
  const UtSubwordRule rule = UT_SUBWORD_RULE_INIT;

  if (!ut_cell_kind_is_recurrent (self->cell))
    return (UtNnShape) UT_NN_SHAPE_BAG_INIT (n_words, self->cell == UT_CELL_BAG ? N_BIGRAMS : 0);

  return (UtNnShape) {
    .cell = cells[self->cell],
    .vocabulary = n_words,
    .embedding = (size_t) self->numbers[UT_SETTING_EMBEDDING_SIZE],
    .hidden = (size_t) self->numbers[UT_SETTING_HIDDEN_SIZE],
    .n_layers = (size_t) self->numbers[UT_SETTING_LAYERS],
    .bidirectional = self->numbers[UT_SETTING_BIDIRECTIONAL] != 0,
    .readout = readouts[(guint) self->numbers[UT_SETTING_READOUT]],
    .n_subwords = self->numbers[UT_SETTING_SUBWORDS] != 0 ? rule.n_buckets : 0,
    .faults = get_faults (self),
  };
}

guint
_ut_config_get_n_averaged (const UtConfig *self)
{
  return (guint) MIN (self->numbers[UT_SETTING_AVERAGED_EPOCHS], self->numbers[UT_SETTING_EPOCHS]);
}

UtNnTrainerOptions
_ut_config_get_options (const UtConfig *self)
{
  UtNnTrainerOptions options = UT_NN_TRAINER_OPTIONS_INIT;

  options.learning_rate = (float) self->numbers[UT_SETTING_LEARNING_RATE];
  options.max_gradient_norm = (float) self->numbers[UT_SETTING_GRADIENT_CLIPPING];
  options.weight_decay = (float) self->numbers[UT_SETTING_WEIGHT_DECAY];
  options.label_smoothing = (float) self->numbers[UT_SETTING_LABEL_SMOOTHING];
  options.embedding_dropout = (float) self->numbers[UT_SETTING_EMBEDDING_DROPOUT];
  options.layer_dropout = (float) self->numbers[UT_SETTING_LAYER_DROPOUT];
  options.readout_dropout = (float) self->numbers[UT_SETTING_READOUT_DROPOUT];
  if (self->numbers[UT_SETTING_SUBWORDS] != 0)
    options.word_dropout = (float) self->numbers[UT_SETTING_WORD_DROPOUT];
  options.seed = (uint64_t) self->numbers[UT_SETTING_SEED];
  options.freezes_embedding = self->numbers[UT_SETTING_TRAIN_EMBEDDING] == 0;
  options.n_threads = (size_t) self->numbers[UT_SETTING_THREADS];

  /* The commoner label is all that is left where words may not learn. */
  if (!ut_cell_kind_is_recurrent (self->cell))
    options.freezes_embedding = self->cell == UT_CELL_MAJORITY;

  return options;
}

/* JSON */

static void
set_string (JsonObject *object,
            const char *key,
            const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, key, value);
  else
    json_object_set_null_member (object, key);
}

static void
set_number (JsonObject *object,
            UtSetting   setting,
            double      number)
{
  const UtSettingInfo *info = ut_setting_get_info (setting);

  switch (info->kind)
    {
    case UT_SETTING_KIND_SWITCH:
      json_object_set_boolean_member (object, info->key, number != 0);
      break;
    case UT_SETTING_KIND_CHOICE:
      json_object_set_string_member (object, info->key, info->choices[(guint) number].nick);
      break;
    case UT_SETTING_KIND_INTEGER:
      json_object_set_int_member (object, info->key, (gint64) number);
      break;
    case UT_SETTING_KIND_REAL:
    default:
      json_object_set_double_member (object, info->key, number);
    }
}

JsonNode *
ut_config_to_json (const UtConfig *self,
                   gboolean        with_files)
{
  g_return_val_if_fail (self != NULL, NULL);

  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "cell", ut_cell_kind_get_nick (self->cell));
  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    {
      const UtSettingInfo *info = ut_setting_get_info (i);

      if (info->recorded || with_files)
        set_number (object, i, self->numbers[i]);
    }
  set_string (object, "data", self->data);
  if (with_files)
    {
      set_string (object, "train-path", self->train_path);
      set_string (object, "dev-path", self->dev_path);
      set_string (object, "vectors-path", self->vectors_path);
      set_string (object, "exclude-path", self->exclude_path);
    }

  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static gboolean
set_kind_error (const char  *key,
                const char  *expected,
                GError     **error)
{
  /* Translators: the key of a setting in a file, then what kind of value it must have. */
  g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING, _("“%s” must be %s"), key, expected);
  return FALSE;
}

static gboolean
read_string (JsonObject  *object,
             const char  *key,
             const char **value,
             GError     **error)
{
  JsonNode *node = json_object_get_member (object, key);

  *value = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return set_kind_error (key, _("a text"), error);

  *value = json_node_get_string (node);
  return TRUE;
}

static gboolean
read_numbers (JsonObject  *object,
              UtConfig    *config,
              GError     **error)
{
  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    {
      const UtSettingInfo *info = ut_setting_get_info (i);
      JsonNode *node = json_object_get_member (object, info->key);

      if (node == NULL)
        continue;

      GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

      if (info->kind == UT_SETTING_KIND_SWITCH)
        {
          if (type != G_TYPE_BOOLEAN)
            return set_kind_error (info->key, _("true or false"), error);
          config->numbers[i] = json_node_get_boolean (node);
        }
      else if (info->kind == UT_SETTING_KIND_CHOICE)
        {
          if (!ut_setting_parse (i, type == G_TYPE_STRING ? json_node_get_string (node) : "",
                                 &config->numbers[i], error))
            return FALSE;
        }
      else
        {
          if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
            return set_kind_error (info->key, _("a number"), error);
          config->numbers[i] = json_node_get_double (node);
        }
    }

  return TRUE;
}

UtConfig *
ut_config_from_json (JsonNode  *node,
                     GError   **error)
{
  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                           _("A configuration must be a JSON object"));
      return NULL;
    }

  g_autoptr (UtConfigBuilder) builder = ut_config_builder_new (NULL);
  JsonObject *object = json_node_get_object (node);
  const char *cell, *data, *train_path, *dev_path, *vectors_path, *exclude_path;

  if (!read_numbers (object, builder->config, error)
      || !read_string (object, "cell", &cell, error)
      || !read_string (object, "data", &data, error)
      || !read_string (object, "train-path", &train_path, error)
      || !read_string (object, "dev-path", &dev_path, error)
      || !read_string (object, "vectors-path", &vectors_path, error)
      || !read_string (object, "exclude-path", &exclude_path, error))
    return NULL;
  if (cell != NULL && !ut_cell_kind_from_nick (cell, &builder->config->cell))
    {
      set_kind_error ("cell", CELLS, error);
      return NULL;
    }

  if (data != NULL)
    ut_config_builder_set_data (builder, data);
  else if (train_path != NULL)
    ut_config_builder_set_files (builder, train_path, dev_path);
  else if (json_object_has_member (object, "data"))
    {
      g_clear_pointer (&builder->config->data, g_free);
      builder->data_unknown = TRUE;
    }
  ut_config_builder_set_vectors (builder, vectors_path);
  ut_config_builder_set_exclude (builder, exclude_path);

  return ut_config_builder_end (g_steal_pointer (&builder), error);
}

/* Builder */

UtConfigBuilder *
ut_config_builder_new (const UtConfig *base)
{
  UtConfigBuilder *self = g_new0 (UtConfigBuilder, 1);

  self->config = g_atomic_rc_box_new0 (UtConfig);
  if (base != NULL)
    {
      self->config->cell = base->cell;
      memcpy (self->config->numbers, base->numbers, sizeof base->numbers);
      self->config->data = g_strdup (base->data);
      self->config->train_path = g_strdup (base->train_path);
      self->config->dev_path = g_strdup (base->dev_path);
      self->config->vectors_path = g_strdup (base->vectors_path);
      self->config->exclude_path = g_strdup (base->exclude_path);
      self->data_unknown = base->data == NULL && base->train_path == NULL;
    }
  else
    {
      self->config->cell = UT_CELL_LSTM;
      for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
        self->config->numbers[i] = ut_setting_get_info (i)->fallback;
      self->config->data = g_strdup (DEFAULT_DATA);
    }

  return self;
}

void
ut_config_builder_free (UtConfigBuilder *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->config, ut_config_unref);
  g_free (self);
}

void
ut_config_builder_set_cell (UtConfigBuilder *self,
                            UtCellKind       cell)
{
  g_return_if_fail (self != NULL);

  self->config->cell = cell;
}

void
ut_config_builder_set_number (UtConfigBuilder *self,
                              UtSetting        setting,
                              double           value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail ((guint) setting < UT_N_SETTINGS);

  self->config->numbers[setting] = value;
}

static void
replace_string (char       **place,
                const char  *value)
{
  /* Forms hand over empty texts where nothing is chosen. */
  char *copy = value != NULL && *value != '\0' ? g_strdup (value) : NULL;

  g_free (*place);
  *place = copy;
}

void
ut_config_builder_set_data (UtConfigBuilder *self,
                            const char      *data)
{
  g_return_if_fail (self != NULL);

  replace_string (&self->config->data, data);
  replace_string (&self->config->train_path, NULL);
  replace_string (&self->config->dev_path, NULL);
  self->data_unknown = FALSE;
}

void
ut_config_builder_set_files (UtConfigBuilder *self,
                             const char      *train_path,
                             const char      *dev_path)
{
  g_return_if_fail (self != NULL);

  replace_string (&self->config->train_path, train_path);
  replace_string (&self->config->dev_path, dev_path);
  replace_string (&self->config->data, NULL);
  self->data_unknown = FALSE;
}

void
ut_config_builder_set_vectors (UtConfigBuilder *self,
                               const char      *vectors_path)
{
  g_return_if_fail (self != NULL);

  replace_string (&self->config->vectors_path, vectors_path);
}

void
ut_config_builder_set_exclude (UtConfigBuilder *self,
                               const char      *exclude_path)
{
  g_return_if_fail (self != NULL);

  replace_string (&self->config->exclude_path, exclude_path);
}

/* The notebook's faults are defined for the notebook's network, as the engine has it. */
static gboolean
check_as_coded (const UtConfig  *config,
                GError         **error)
{
  static const UtSetting settings[] = {
    UT_SETTING_LAYERS, UT_SETTING_BIDIRECTIONAL, UT_SETTING_READOUT, UT_SETTING_EMBEDDING_DROPOUT,
    UT_SETTING_LAYER_DROPOUT, UT_SETTING_READOUT_DROPOUT, UT_SETTING_SUBWORDS,
    UT_SETTING_LABEL_SMOOTHING,
  };

  for (gsize i = 0; ut_config_is_as_coded (config) && i < G_N_ELEMENTS (settings); i++)
    {
      double only = ut_setting_get_info (settings[i])->fallback;

      if (config->numbers[settings[i]] != only)
        {
          g_autofree char *text = ut_setting_describe (settings[i], only);

          /* Translators: the name of a setting and the value it must have. */
          g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                       _("%s: only “%s” as the notebook's code runs"),
                       ut_setting_get_title (settings[i]), text);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check (const UtConfigBuilder  *self,
       GError                **error)
{
  const UtConfig *config = self->config;

  if ((guint) config->cell >= UT_N_CELLS)
    return set_kind_error ("cell", CELLS, error);

  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    {
      if (!ut_setting_check (i, config->numbers[i], error))
        return FALSE;
    }
  if (!check_as_coded (config, error))
    return FALSE;

  if (config->data != NULL && find_bundled (config->data) == NULL)
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                   _("Data: there is no bundled data set “%s”"), config->data);
      return FALSE;
    }
  if (config->data == NULL && config->train_path == NULL && !self->data_unknown)
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                           _("Data: choose a data set or a training file"));
      return FALSE;
    }

  return TRUE;
}

UtConfig *
ut_config_builder_end (UtConfigBuilder  *self,
                       GError          **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  UtConfig *config = check (self, error) ? g_steal_pointer (&self->config) : NULL;

  ut_config_builder_free (self);
  return config;
}
