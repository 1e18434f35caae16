/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-model-private.h"

#include "ut-config-private.h"
#include "ut-json-private.h"
#include "ut-lab-error.h"
#include "ut-metadata-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* fastText's: of an n-gram's UTF-8, each byte extended with its sign. */
#define SUBWORD_HASH "fnv1a-32"

struct UtModel
{
  UtConfig *config;         /* (owned) */
  UtVocabulary *vocabulary; /* (owned) */
  UtSubwords *subwords;     /* (owned) (nullable) */
  UtNnModel *weights;       /* (owned) (nullable): none of an ensemble */
  UtDataFacts facts;        /* its texts are owned */
  UtCalibration calibration; /* its hash is owned; the temperature is 1 where there is none */
  gboolean calibrated;
  UtModel *base;            /* (owned) (nullable): whose weights these are, too */
  UtModel *self;            /* (not owned): the only member of an ordinary model */
  UtModel **members;        /* (owned) (nullable) (element-type UtModel): of an ensemble */
  gsize n_members;
};

G_DEFINE_BOXED_TYPE (UtModel, ut_model, ut_model_ref, ut_model_unref)

static void
model_clear (gpointer data)
{
  UtModel *self = data;

  g_clear_pointer (&self->config, ut_config_unref);
  g_clear_pointer (&self->vocabulary, ut_vocabulary_unref);
  g_clear_pointer (&self->subwords, ut_subwords_unref);
  if (self->weights != NULL && self->base == NULL)
    ut_nn_model_free (self->weights);
  g_clear_pointer (&self->base, ut_model_unref);
  g_free ((char *) self->calibration.data_hash);
  for (gsize i = 0; self->members != NULL && i < self->n_members; i++)
    ut_model_unref (self->members[i]);
  g_free (self->members);
  _ut_data_facts_clear (&self->facts);
}

/* Without weights and members. */
static UtModel *
new_model (UtConfig          *config,
           UtVocabulary      *vocabulary,
           const UtDataFacts *facts)
{
  UtModel *self = g_atomic_rc_box_new0 (UtModel);

  self->config = ut_config_ref (config);
  self->vocabulary = ut_vocabulary_ref (vocabulary);
  self->facts = _ut_data_facts_copy (facts);
  self->calibration.temperature = 1;
  self->self = self;
  self->n_members = 1;

  return self;
}

UtModel *
ut_model_new (UtConfig          *config,
              UtVocabulary      *vocabulary,
              UtSubwords        *subwords,
              UtNnModel         *weights,
              const UtDataFacts *facts)
{
  g_return_val_if_fail (config != NULL, NULL);
  g_return_val_if_fail (vocabulary != NULL, NULL);
  g_return_val_if_fail (weights != NULL, NULL);
  g_return_val_if_fail (facts != NULL, NULL);
  g_return_val_if_fail (ut_nn_model_get_shape (weights)->vocabulary
                        == ut_vocabulary_get_size (vocabulary), NULL);
  g_return_val_if_fail (ut_nn_model_get_shape (weights)->n_subwords
                        == (subwords != NULL ? ut_subwords_get_rule (subwords)->n_buckets : 0),
                        NULL);

  UtModel *self = new_model (config, vocabulary, facts);

  self->subwords = subwords != NULL ? ut_subwords_ref (subwords) : NULL;
  self->weights = weights;

  return self;
}

UtModel *
ut_model_new_ensemble (UtModel * const *members,
                       gsize            n_members,
                       GError         **error)
{
  g_return_val_if_fail (members != NULL, NULL);
  g_return_val_if_fail (n_members >= 1 && n_members <= UT_MODEL_MAX_MEMBERS, NULL);
  for (gsize i = 0; i < n_members; i++)
    g_return_val_if_fail (members[i] != NULL && members[i]->members == NULL, NULL);

  if (n_members == 1)
    return ut_model_ref (members[0]);
  for (gsize i = 0; i < n_members; i++)
    {
      if (!ut_config_is_as_coded (members[i]->config))
        continue;
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL,
                           _("A model that runs as the notebook’s code does cannot be averaged "
                             "with others"));
      return NULL;
    }

  UtModel *self = new_model (members[0]->config, members[0]->vocabulary, &members[0]->facts);

  self->members = g_new (UtModel *, n_members);
  self->n_members = n_members;
  for (gsize i = 0; i < n_members; i++)
    {
      self->members[i] = ut_model_ref (members[i]);
      if (self->subwords == NULL && members[i]->subwords != NULL)
        self->subwords = ut_subwords_ref (members[i]->subwords);
    }

  return self;
}

UtModel * const *
ut_model_get_members (const UtModel *self,
                      gsize         *n_members)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_members != NULL, NULL);

  *n_members = self->n_members;
  return self->members != NULL ? self->members : &self->self;
}

gboolean
_ut_model_check_probabilities (gboolean         is_ensemble,
                               const UtConfig  *config,
                               GError         **error)
{
  if (is_ensemble)
    g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL,
                         _("An ensemble cannot be calibrated, but each of its models can"));
  else if (ut_config_is_as_coded (config))
    g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL,
                         _("A model that runs as the notebook’s code does cannot be calibrated"));
  else
    return TRUE;

  return FALSE;
}

gboolean
ut_model_check_calibration (const UtModel  *self,
                            GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return _ut_model_check_probabilities (self->members != NULL, self->config, error);
}

gboolean
ut_model_read_temperature (GFile         *file,
                           const char    *data_hash,
                           double        *temperature,
                           gboolean      *is_of_rows,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (temperature != NULL && is_of_rows != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (UtSafetensors) opened = _ut_safetensors_open (file, cancellable, error);
  g_autoptr (UtConfig) config = opened != NULL ? _ut_metadata_read_config (opened, error) : NULL;
  g_auto (UtCalibration) calibration = { 0 };
  gboolean calibrated;

  if (config == NULL
      || !_ut_metadata_read_calibration (opened, config, &calibration, &calibrated, error))
    return FALSE;

  *temperature = calibrated ? calibration.temperature : NAN;
  *is_of_rows = calibrated && data_hash != NULL
                && g_strcmp0 (calibration.data_hash, data_hash) == 0;
  return TRUE;
}

UtModel *
ut_model_new_calibrated (UtModel             *self,
                         const UtCalibration *calibration)
{
  g_return_val_if_fail (self != NULL && self->members == NULL, NULL);
  g_return_val_if_fail (!ut_config_is_as_coded (self->config), NULL);
  g_return_val_if_fail (calibration == NULL
                        || (calibration->temperature >= UT_TEMPERATURE_MIN
                            && calibration->temperature <= UT_TEMPERATURE_MAX), NULL);

  UtModel *model = new_model (self->config, self->vocabulary, &self->facts);

  model->subwords = self->subwords != NULL ? ut_subwords_ref (self->subwords) : NULL;
  model->weights = self->weights;
  model->base = ut_model_ref (self->base != NULL ? self->base : self);
  if (calibration != NULL)
    {
      model->calibrated = TRUE;
      model->calibration = *calibration;
      model->calibration.data_hash = g_strdup (calibration->data_hash);
    }

  return model;
}

const UtCalibration *
ut_model_get_calibration (const UtModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->calibrated ? &self->calibration : NULL;
}

char *
ut_model_dup_calibration_text (const UtModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  /* Translators: of a model whose logits are divided by the temperature T. */
  return self->calibrated ? g_strdup_printf (_("calibrated (T = %.3g)"),
                                             self->calibration.temperature) : NULL;
}

double
ut_model_get_probability (const UtModel *self,
                          double         logit)
{
  g_return_val_if_fail (self != NULL, NAN);

  return ut_nn_sigmoid (logit / self->calibration.temperature);
}

UtModel *
ut_model_ref (UtModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
ut_model_unref (UtModel *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, model_clear);
}

UtConfig *
ut_model_get_config (const UtModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->config;
}

UtVocabulary *
ut_model_get_vocabulary (const UtModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->vocabulary;
}

UtSubwords *
ut_model_get_subwords (const UtModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->subwords;
}

const UtNnModel *
ut_model_get_weights (const UtModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->weights;
}

const UtDataFacts *
ut_model_get_facts (const UtModel *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->facts;
}

/* Writing */

static char *
make_vocabulary_text (UtVocabulary *vocabulary)
{
  GString *json = g_string_new ("[");
  guint size = ut_vocabulary_get_size (vocabulary);

  for (guint i = 0; i < size; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      ut_json_append_string (json, ut_vocabulary_get_word (vocabulary, i));
    }
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

/* How a word is cut, and how its parts find their rows of subword.weight. */
static char *
make_rule_text (const UtSubwordRule *rule)
{
  return g_strdup_printf ("{\"hash\":\"" SUBWORD_HASH "\",\"min_length\":%u,\"max_length\":%u,"
                          "\"buckets\":%u}",
                          rule->min_length, rule->max_length, rule->n_buckets);
}

gboolean
ut_model_save (UtModel       *self,
               GFile         *file,
               GCancellable  *cancellable,
               GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->members != NULL)
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL,
                           _("An ensemble has no file of its own; save the models that it "
                             "averages"));
      return FALSE;
    }

  g_autofree char *config = _ut_metadata_make_config (self->config);
  g_autofree char *vocabulary = make_vocabulary_text (self->vocabulary);
  g_autofree char *facts = _ut_metadata_make_facts (&self->facts);
  g_autofree char *rule =
    self->subwords != NULL ? make_rule_text (ut_subwords_get_rule (self->subwords)) : NULL;
  g_autofree char *calibration =
    self->calibrated ? _ut_metadata_make_calibration (&self->calibration) : NULL;
  const char *metadata[] = {
    "format", "pt",
    "undertone.version", PACKAGE_VERSION,
    UT_METADATA_CONFIG, config,
    "undertone.vocabulary", vocabulary,
    UT_METADATA_DATA, facts,
    NULL, NULL,
    NULL, NULL,
    NULL
  };
  gsize n = 10;

  if (rule != NULL)
    {
      metadata[n++] = "undertone.subwords";
      metadata[n++] = rule;
    }
  if (calibration != NULL)
    {
      metadata[n++] = UT_METADATA_CALIBRATION;
      metadata[n++] = calibration;
    }

  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (self->weights, &n_tensors);
  g_autofree UtSafetensorsEntry *entries = g_new (UtSafetensorsEntry, n_tensors);

  for (gsize i = 0; i < n_tensors; i++)
    {
      entries[i] = (UtSafetensorsEntry) {
        .name = tensors[i].name,
        .n_dims = tensors[i].n_dims,
        .dims = { tensors[i].dims[0], tensors[i].dims[1] },
        .data = ut_nn_model_peek_data (self->weights, &tensors[i]),
      };
    }

  return _ut_safetensors_write (file, metadata, entries, n_tensors, cancellable, error);
}

static gboolean
have_same_weights (const UtNnModel *a,
                   const UtNnModel *b)
{
  size_t n_a, n_b;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (a, &n_a);
  const UtNnTensor *others = ut_nn_model_get_tensors (b, &n_b);

  if (n_a != n_b)
    return FALSE;
  for (gsize i = 0; i < n_a; i++)
    {
      if (tensors[i].size != others[i].size
          || memcmp (ut_nn_model_peek_data (a, &tensors[i]), ut_nn_model_peek_data (b, &others[i]),
                     tensors[i].size * sizeof (float)) != 0)
        return FALSE;
    }

  return TRUE;
}

/* What a model's file says of it, without what it is calibrated to. */
static char *
dup_description (const UtModel *self)
{
  g_autofree char *config = _ut_metadata_make_config (self->config);
  g_autofree char *vocabulary = make_vocabulary_text (self->vocabulary);
  g_autofree char *facts = _ut_metadata_make_facts (&self->facts);

  return g_strjoin ("\n", config, vocabulary, facts, NULL);
}

gboolean
_ut_model_is_same (const UtModel *a,
                   const UtModel *b)
{
  g_autofree char *first = dup_description (a);
  g_autofree char *second = dup_description (b);

  return g_str_equal (first, second) && have_same_weights (a->weights, b->weights);
}

/* Reading */

static UtVocabulary *
load_vocabulary (UtSafetensors  *file,
                 gsize           size,
                 GError        **error)
{
  /* One value more for the array itself. */
  g_autoptr (JsonNode) node = _ut_metadata_parse (file, "undertone.vocabulary", size + 1, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) != size)
    {
      _ut_safetensors_set_error (file, error, _("the vocabulary has not as many words as the "
                                                "embedding has rows (%zu)"), size);
      return NULL;
    }

  JsonArray *array = json_node_get_array (node);
  g_autofree const char **words = g_new (const char *, size);

  for (gsize i = 0; i < size; i++)
    {
      JsonNode *word = json_array_get_element (array, (guint) i);

      if (!JSON_NODE_HOLDS_VALUE (word) || json_node_get_value_type (word) != G_TYPE_STRING)
        {
          _ut_safetensors_set_error (file, error, _("word %zu of the vocabulary is not a text"), i);
          return NULL;
        }
      words[i] = json_node_get_string (word);
    }

  g_autoptr (GError) local_error = NULL;
  UtVocabulary *vocabulary = ut_vocabulary_new (words, size, &local_error);

  if (vocabulary == NULL)
    _ut_safetensors_set_error (file, error, "%s", local_error->message);

  return vocabulary;
}

/* Whether the file has the tensors of @weights and, their number being equal, no others. */
static gboolean
check_tensors (UtSafetensors    *file,
               const UtNnModel  *weights,
               GError          **error)
{
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (weights, &n_tensors);
  gsize n_entries;

  for (gsize i = 0; i < n_tensors; i++)
    {
      const UtSafetensorsEntry *entry = _ut_safetensors_find (file, tensors[i].name);

      if (entry == NULL)
        {
          _ut_safetensors_set_error (file, error, _("the tensor “%s” is missing"), tensors[i].name);
          return FALSE;
        }
      if (entry->n_dims != tensors[i].n_dims || entry->dims[0] != tensors[i].dims[0]
          || entry->dims[1] != tensors[i].dims[1])
        {
          _ut_safetensors_set_error (file, error, _("the tensor “%s” has another shape than the "
                                                    "configuration says"),
                                     tensors[i].name);
          return FALSE;
        }
    }

  _ut_safetensors_get_entries (file, &n_entries);
  if (n_entries != n_tensors)
    {
      _ut_safetensors_set_error (file, error, _("there are tensors in it that do not belong to "
                                                "this kind of model"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
load_numbers (UtSafetensors  *file,
              UtNnModel      *weights,
              GCancellable   *cancellable,
              GError        **error)
{
  gsize n_entries;
  const UtSafetensorsEntry *entries = _ut_safetensors_get_entries (file, &n_entries);

  for (gsize i = 0; i < n_entries; i++)
    {
      const UtNnTensor *tensor = ut_nn_model_find_tensor (weights, entries[i].name);

      if (!_ut_safetensors_read_next (file, ut_nn_model_get_data (weights, tensor), cancellable,
                                      error))
        return FALSE;
    }

  const UtNnTensor *embedding = ut_nn_model_find_tensor (weights, "embedding.weight");
  const float *pad = ut_nn_model_peek_data (weights, embedding) + UT_NN_PAD * embedding->dims[1];

  for (gsize i = 0; i < embedding->dims[1]; i++)
    {
      if (pad[i] != 0)
        {
          _ut_safetensors_set_error (file, error, _("the embedding's row of [pad] is not zero"));
          return FALSE;
        }
    }

  return TRUE;
}

/* A whole number of the rule; out of any range where it is none. */
static guint
read_rule_number (JsonObject *object,
                  const char *key)
{
  JsonNode *node = json_object_get_member (object, key);
  gboolean is_number = node != NULL && JSON_NODE_HOLDS_VALUE (node)
                       && json_node_get_value_type (node) == G_TYPE_INT64;
  gint64 number = is_number ? json_node_get_int (node) : -1;

  return number >= 0 && number < G_MAXUINT ? (guint) number : G_MAXUINT;
}

/* @rule is left alone where the model has no subwords. */
static gboolean
load_rule (UtSafetensors   *file,
           const UtConfig  *config,
           UtSubwordRule   *rule,
           GError         **error)
{
  if (ut_config_get_number (config, UT_SETTING_SUBWORDS) == 0
      || !ut_cell_kind_is_recurrent (ut_config_get_cell (config)))
    return TRUE;

  g_autoptr (JsonNode) node = _ut_metadata_parse (file, "undertone.subwords", 16, error);

  if (node == NULL)
    return FALSE;

  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *hash = object != NULL ? json_object_get_member (object, "hash") : NULL;
  gboolean is_known = hash != NULL && JSON_NODE_HOLDS_VALUE (hash)
                      && g_strcmp0 (json_node_get_string (hash), SUBWORD_HASH) == 0;

  if (is_known)
    *rule = (UtSubwordRule) {
      .min_length = read_rule_number (object, "min_length"),
      .max_length = read_rule_number (object, "max_length"),
      .n_buckets = read_rule_number (object, "buckets"),
    };
  if (!is_known || !ut_subword_rule_is_valid (rule))
    {
      _ut_metadata_set_damaged (file, "undertone.subwords", _("no rule that this version knows"),
                                error);
      return FALSE;
    }

  return TRUE;
}

/* Nothing is allocated for a tensor before the file was found to be as large as the model's shape
   asks. */
static UtNnModel *
load_weights (UtSafetensors        *file,
              const UtConfig       *config,
              const UtSubwordRule  *rule,
              GCancellable         *cancellable,
              GError              **error)
{
  const UtSafetensorsEntry *embedding = _ut_safetensors_find (file, "embedding.weight");

  if (embedding == NULL)
    {
      _ut_safetensors_set_error (file, error, _("the tensor “%s” is missing"), "embedding.weight");
      return NULL;
    }

  UtNnShape shape = _ut_config_get_shape (config, embedding->dims[0]);

  shape.n_subwords = rule->n_buckets;

  size_t n_parameters = ut_nn_shape_count_parameters (&shape);

  if (n_parameters == 0 || n_parameters != _ut_safetensors_count (file))
    {
      _ut_safetensors_set_error (file, error, _("it holds %" PRIu64 " numbers, but a model of its "
                                                "configuration has %zu"),
                                 _ut_safetensors_count (file), n_parameters);
      return NULL;
    }

  UtNnModel *weights = NULL;

  if (ut_nn_model_new (&shape, &weights) != UT_NN_OK)
    {
      g_autofree char *size = g_format_size (n_parameters * sizeof (float));

      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MEMORY,
                   _("The model needs %s of memory, which cannot be had"),
                   size);
      return NULL;
    }
  if (!check_tensors (file, weights, error) || !load_numbers (file, weights, cancellable, error))
    {
      ut_nn_model_free (weights);
      return NULL;
    }

  return weights;
}

static UtModel *
load (UtSafetensors  *file,
      GCancellable   *cancellable,
      GError        **error)
{
  g_autoptr (UtConfig) config = _ut_metadata_read_config (file, error);

  if (config == NULL)
    return NULL;

  g_auto (UtDataFacts) facts = { 0 };

  if (!_ut_metadata_read_facts (file, &facts, error))
    return NULL;

  UtSubwordRule rule = { 0 };
  g_auto (UtCalibration) calibration = { 0 };
  gboolean calibrated;

  if (!load_rule (file, config, &rule, error)
      || !_ut_metadata_read_calibration (file, config, &calibration, &calibrated, error))
    return NULL;

  UtNnModel *weights = load_weights (file, config, &rule, cancellable, error);

  if (weights == NULL)
    return NULL;

  g_autoptr (UtVocabulary) vocabulary =
    load_vocabulary (file, ut_nn_model_get_shape (weights)->vocabulary, error);

  g_autoptr (UtSubwords) subwords = NULL;

  if (vocabulary != NULL && rule.n_buckets > 0)
    subwords = ut_subwords_new (&rule, vocabulary, NULL, 0, error);
  if (vocabulary == NULL || (rule.n_buckets > 0 && subwords == NULL))
    {
      ut_nn_model_free (weights);
      return NULL;
    }

  UtModel *model = ut_model_new (config, vocabulary, subwords, weights, &facts);

  if (calibrated)
    {
      model->calibrated = TRUE;
      model->calibration = calibration;
      model->calibration.data_hash = g_strdup (calibration.data_hash);
    }

  return model;
}

UtModel *
_ut_model_load_stream (const char    *name,
                       GInputStream  *stream,
                       guint64        size,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (UtSafetensors) file = _ut_safetensors_open_stream (name, stream, size, cancellable,
                                                               error);

  return file != NULL ? load (file, cancellable, error) : NULL;
}

UtModel *
ut_model_load (GFile         *file,
               GCancellable  *cancellable,
               GError       **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (UtSafetensors) safetensors = _ut_safetensors_open (file, cancellable, error);

  return safetensors != NULL ? load (safetensors, cancellable, error) : NULL;
}
