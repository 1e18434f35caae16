/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-data-about.h"

#include "ut-data-error.h"
#include "ut-data-json-private.h"
#include "ut-json-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <ut-text.h>

#define MAX_SIZE (64 * 1024)
#define MAX_VALUES 100

static const char * const units[] = {
  [UT_DATA_UNIT_SENTENCE] = "sentence",
  [UT_DATA_UNIT_REVIEW] = "review",
};

const char *
ut_data_part_get_file_name (UtDataPart part)
{
  static const char * const names[UT_N_DATA_PARTS] = {
    [UT_DATA_TRAIN] = "train.tsv",
    [UT_DATA_DEV] = "dev.tsv",
    [UT_DATA_TEST] = "test.tsv",
  };

  g_return_val_if_fail ((guint) part < UT_N_DATA_PARTS, NULL);

  return names[part];
}

void
ut_data_about_clear (UtDataAbout *self)
{
  g_free (self->source);
  g_free (self->address);
  g_free (self->licence);
  g_free (self->citation);
  *self = (UtDataAbout) UT_DATA_ABOUT_INIT;
}

/* Reading */

static gboolean
read_object (UtDataAbout  *self,
             JsonObject   *object,
             GError      **error)
{
  g_autofree char *unit = NULL;
  gint64 n_left_out = 0;

  if (!_ut_data_json_text (object, "unit", &unit, error)
      || !_ut_data_json_text (object, "source", &self->source, error)
      || !_ut_data_json_text (object, "address", &self->address, error)
      || !_ut_data_json_text (object, "licence", &self->licence, error)
      || !_ut_data_json_text (object, "citation", &self->citation, error)
      || !_ut_data_json_integer (object, "split-seed", &self->split_seed, error)
      || !_ut_data_json_integer (object, "left-out", &n_left_out, error))
    return FALSE;

  self->n_left_out = (guint64) n_left_out;
  if (g_strcmp0 (unit, units[UT_DATA_UNIT_REVIEW]) == 0)
    self->unit = UT_DATA_UNIT_REVIEW;
  else if (unit != NULL && !g_str_equal (unit, units[UT_DATA_UNIT_SENTENCE]))
    return _ut_data_json_fail ("unit", error);

  return TRUE;
}

gboolean
ut_data_about_read (UtDataAbout   *self,
                    GFile         *folder,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (folder), FALSE);

  *self = (UtDataAbout) UT_DATA_ABOUT_INIT;

  g_autoptr (GFile) file = g_file_get_child (folder, UT_DATA_ABOUT_NAME);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) root = _ut_json_read_file (file, MAX_SIZE, MAX_VALUES, cancellable,
                                                  &local_error);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  if (root == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (!JSON_NODE_HOLDS_OBJECT (root))
    g_set_error_literal (&local_error, UT_DATA_ERROR, UT_DATA_ERROR_FORMAT, _("no JSON object"));
  if (local_error != NULL || !read_object (self, json_node_get_object (root), &local_error))
    {
      g_autofree char *name = g_file_get_parse_name (file);

      ut_data_about_clear (self);
      g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ", name);
      return FALSE;
    }

  return TRUE;
}

/* Writing */

static void
append_text (GString    *json,
             const char *key,
             const char *text)
{
  if (text == NULL)
    return;

  g_string_append_printf (json, ",\n  \"%s\": ", key);
  ut_json_append_string (json, text);
}

char *
ut_data_about_to_text (const UtDataAbout *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\n  \"unit\": \"%s\"", units[self->unit]);
  append_text (json, "source", self->source);
  append_text (json, "address", self->address);
  append_text (json, "licence", self->licence);
  append_text (json, "citation", self->citation);
  if (self->split_seed >= 0)
    g_string_append_printf (json, ",\n  \"split-seed\": %" G_GINT64_FORMAT, self->split_seed);
  g_string_append_printf (json, ",\n  \"left-out\": %" G_GUINT64_FORMAT "\n}\n", self->n_left_out);

  return g_string_free (json, FALSE);
}
