/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-data-json-private.h"

#include "ut-data-error.h"

#include <glib/gi18n-lib.h>

gboolean
_ut_data_json_fail (const char  *key,
                    GError     **error)
{
  g_set_error (error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT, _("“%s” is not what it should be"), key);
  return FALSE;
}

gboolean
_ut_data_json_text (JsonObject  *object,
                    const char  *key,
                    char       **text,
                    GError     **error)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return _ut_data_json_fail (key, error);

  g_free (*text);
  *text = json_node_dup_string (node);
  return TRUE;
}

gboolean
_ut_data_json_integer (JsonObject  *object,
                       const char  *key,
                       gint64      *value,
                       GError     **error)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
      || json_node_get_int (node) < 0 || json_node_get_int (node) > UT_DATA_JSON_MAX_INTEGER)
    return _ut_data_json_fail (key, error);

  *value = json_node_get_int (node);
  return TRUE;
}
