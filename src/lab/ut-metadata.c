/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-metadata-private.h"

#include "ut-json-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define UNIT_REVIEW "review"
/* A SHA-256 in hexadecimal, and room for its successors. */
#define MAX_HASH_LENGTH 128

JsonNode *
_ut_metadata_parse (UtSafetensors  *file,
                    const char     *key,
                    gsize           max_values,
                    GError        **error)
{
  const char *text = _ut_safetensors_get_metadata (file, key);
  g_autoptr (GError) local_error = NULL;

  if (text == NULL)
    {
      _ut_safetensors_set_error (file, error, _("there is no “%s” in it; Undertone opens models "
                                                "that it wrote"), key);
      return NULL;
    }

  JsonNode *node = _ut_json_parse (text, strlen (text), max_values, &local_error);

  if (node == NULL)
    _ut_metadata_set_damaged (file, key, local_error->message, error);

  return node;
}

void
_ut_metadata_set_damaged (UtSafetensors  *file,
                          const char     *key,
                          const char     *how,
                          GError        **error)
{
  _ut_safetensors_set_error (file, error, _("“%s” is damaged: %s"), key, how);
}

/* The configuration */

char *
_ut_metadata_make_config (UtConfig *config)
{
  g_autoptr (JsonNode) node = ut_config_to_json (config, FALSE);
  GString *json = g_string_new (NULL);

  _ut_json_append_node (json, node);
  return g_string_free (json, FALSE);
}

UtConfig *
_ut_metadata_read_config (UtSafetensors  *file,
                          GError        **error)
{
  g_autoptr (JsonNode) node = _ut_metadata_parse (file, UT_METADATA_CONFIG, 1024, error);

  if (node == NULL)
    return NULL;

  g_autoptr (GError) local_error = NULL;
  UtConfig *config = ut_config_from_json (node, &local_error);

  if (config == NULL)
    _ut_metadata_set_damaged (file, UT_METADATA_CONFIG, local_error->message, error);

  return config;
}

/* The facts of the data */

UtDataFacts
_ut_data_facts_copy (const UtDataFacts *facts)
{
  return (UtDataFacts) {
    .train_rows = facts->train_rows,
    .dev_rows = facts->dev_rows,
    .train_hash = g_strdup (facts->train_hash),
    .dev_hash = g_strdup (facts->dev_hash),
    .vectors_hash = g_strdup (facts->vectors_hash),
    .reviews = facts->reviews,
  };
}

void
_ut_data_facts_clear (UtDataFacts *facts)
{
  g_free ((char *) facts->train_hash);
  g_free ((char *) facts->dev_hash);
  g_free ((char *) facts->vectors_hash);
}

static void
append_hash (GString    *json,
             const char *key,
             const char *hash)
{
  g_string_append_printf (json, ",\"%s\":", key);
  if (hash != NULL)
    ut_json_append_string (json, hash);
  else
    g_string_append (json, "null");
}

char *
_ut_metadata_make_facts (const UtDataFacts *facts)
{
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\"train_rows\":%" G_GSIZE_FORMAT ",\"dev_rows\":%" G_GSIZE_FORMAT,
                          facts->train_rows, facts->dev_rows);
  append_hash (json, "train_hash", facts->train_hash);
  append_hash (json, "dev_hash", facts->dev_hash);
  append_hash (json, "vectors_hash", facts->vectors_hash);
  /* Most models read sentences, and need not say so. */
  if (facts->reviews)
    g_string_append (json, ",\"unit\":\"" UNIT_REVIEW "\"");
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

static gboolean
read_count (UtSafetensors  *file,
            const char     *text,
            JsonObject     *object,
            const char     *key,
            gsize          *count,
            GError        **error)
{
  JsonNode *node = json_object_get_member (object, key);

  *count = 0;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
      || json_node_get_int (node) < 0)
    {
      _ut_metadata_set_damaged (file, text, key, error);
      return FALSE;
    }

  *count = (gsize) json_node_get_int (node);
  return TRUE;
}

static gboolean
read_hash (UtSafetensors  *file,
           const char     *text,
           JsonObject     *object,
           const char     *key,
           const char    **hash,
           GError        **error)
{
  JsonNode *node = json_object_get_member (object, key);

  *hash = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING
      || strlen (json_node_get_string (node)) > MAX_HASH_LENGTH)
    {
      _ut_metadata_set_damaged (file, text, key, error);
      return FALSE;
    }

  *hash = json_node_get_string (node);
  return TRUE;
}

gboolean
_ut_metadata_read_facts (UtSafetensors  *file,
                         UtDataFacts    *facts,
                         GError        **error)
{
  g_autoptr (JsonNode) node = _ut_metadata_parse (file, UT_METADATA_DATA, 1024, error);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      _ut_metadata_set_damaged (file, UT_METADATA_DATA, _("no object"), error);
      return FALSE;
    }

  JsonObject *object = json_node_get_object (node);
  JsonNode *unit = json_object_get_member (object, "unit");
  UtDataFacts read = { 0 };

  /* Another unit than a review is read as a sentence. */
  read.reviews = unit != NULL && JSON_NODE_HOLDS_VALUE (unit)
                 && json_node_get_value_type (unit) == G_TYPE_STRING
                 && g_str_equal (json_node_get_string (unit), UNIT_REVIEW);
  if (!read_count (file, UT_METADATA_DATA, object, "train_rows", &read.train_rows, error)
      || !read_count (file, UT_METADATA_DATA, object, "dev_rows", &read.dev_rows, error)
      || !read_hash (file, UT_METADATA_DATA, object, "train_hash", &read.train_hash, error)
      || !read_hash (file, UT_METADATA_DATA, object, "dev_hash", &read.dev_hash, error)
      || !read_hash (file, UT_METADATA_DATA, object, "vectors_hash", &read.vectors_hash, error))
    return FALSE;

  /* The texts are the node's. */
  *facts = _ut_data_facts_copy (&read);
  return TRUE;
}

/* The calibration */

void
_ut_calibration_clear (UtCalibration *self)
{
  g_free ((char *) self->data_hash);
}

char *
_ut_metadata_make_calibration (const UtCalibration *calibration)
{
  GString *json = g_string_new ("{\"temperature\":");

  ut_json_append_number (json, calibration->temperature);
  g_string_append_printf (json, ",\"rows\":%" G_GSIZE_FORMAT, calibration->n_rows);
  append_hash (json, "data_hash", calibration->data_hash);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

static gboolean
read_temperature (UtSafetensors  *file,
                  JsonObject     *object,
                  double         *temperature,
                  GError        **error)
{
  JsonNode *node = json_object_get_member (object, "temperature");

  /* A whole number is one, too. */
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && (json_node_get_value_type (node) == G_TYPE_DOUBLE
          || json_node_get_value_type (node) == G_TYPE_INT64))
    {
      *temperature = json_node_get_double (node);
      if (*temperature >= UT_TEMPERATURE_MIN && *temperature <= UT_TEMPERATURE_MAX)
        return TRUE;
    }

  _ut_metadata_set_damaged (file, UT_METADATA_CALIBRATION, "temperature", error);
  return FALSE;
}

gboolean
_ut_metadata_read_calibration (UtSafetensors  *file,
                               UtConfig       *config,
                               UtCalibration  *calibration,
                               gboolean       *present,
                               GError        **error)
{
  *present = _ut_safetensors_get_metadata (file, UT_METADATA_CALIBRATION) != NULL;
  if (!*present)
    return TRUE;

  g_autoptr (JsonNode) node = _ut_metadata_parse (file, UT_METADATA_CALIBRATION, 1024, error);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node) || ut_config_is_as_coded (config))
    {
      _ut_metadata_set_damaged (file, UT_METADATA_CALIBRATION, _("no object"), error);
      return FALSE;
    }

  JsonObject *object = json_node_get_object (node);
  UtCalibration read = { 0 };

  if (!read_temperature (file, object, &read.temperature, error)
      || !read_count (file, UT_METADATA_CALIBRATION, object, "rows", &read.n_rows, error)
      || !read_hash (file, UT_METADATA_CALIBRATION, object, "data_hash", &read.data_hash, error))
    return FALSE;

  /* The text is the node's. */
  read.data_hash = g_strdup (read.data_hash);
  *calibration = read;
  return TRUE;
}
