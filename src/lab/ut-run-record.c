/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-record-private.h"

#include "ut-members-private.h"
#include "ut-json-private.h"
#include "ut-lab-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_NAME_LENGTH 1000
/* Of the name of a folder, on every file system. */
#define MAX_ID_LENGTH 255
/* Plots draw with a palette that repeats; this only keeps the number sane. */
#define MAX_STYLE 1000000
/* The year 33658, far from where adding to it would overflow. */
#define MAX_DATE G_GINT64_CONSTANT (1000000000000000000)

void
_ut_run_record_free (UtRunRecord *self)
{
  g_free (self->id);
  g_free (self->name);
  g_clear_pointer (&self->config, ut_config_unref);
  g_free (self->failure);
  g_free (self->notices);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_free (self->reproduces);
  g_free (self->reproduction);
  g_strfreev (self->tags);
  g_free (self->note);
  g_free (self->version);
  g_free (self->train_hash);
  g_free (self->dev_hash);
  g_free (self->vectors_hash);
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->looks, g_ptr_array_unref);
  g_clear_pointer (&self->epochs, g_array_unref);
  g_free (self);
}

static const char *
get_state_nick (UtRunState state)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (UT_TYPE_RUN_STATE);

  return g_enum_get_value (states, state)->value_nick;
}

static void
set_text (JsonObject *object,
          const char *key,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, key, text);
  else
    json_object_set_null_member (object, key);
}

static void
set_members (JsonObject *object,
             GPtrArray  *members)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < members->len; i++)
    {
      const UtMember *member = g_ptr_array_index (members, i);
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "id", member->id);
      json_object_set_string_member (entry, "name", member->name);
      json_array_add_object_element (array, entry);
    }
  json_object_set_array_member (object, "members", array);
}

static void
set_tags (JsonObject *object,
          char      **tags)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    json_array_add_string_element (array, tags[i]);
  json_object_set_array_member (object, "tags", array);
}

static void
set_data (JsonObject        *object,
          const UtRunRecord *self)
{
  JsonObject *data = json_object_new ();

  json_object_set_int_member (data, "train_rows", (gint64) self->train_rows);
  json_object_set_int_member (data, "dev_rows", (gint64) self->dev_rows);
  set_text (data, "train_hash", self->train_hash);
  set_text (data, "dev_hash", self->dev_hash);
  set_text (data, "vectors_hash", self->vectors_hash);
  json_object_set_int_member (data, "weights", (gint64) self->n_weights);
  json_object_set_object_member (object, "data", data);
}

/* Gives the object that the figures are in. */
static JsonObject *
set_evaluation (JsonObject         *object,
                const char         *key,
                const UtEvaluation *evaluation)
{
  JsonObject *entry = json_object_new ();

  json_object_set_double_member (entry, "loss", evaluation->loss);
  json_object_set_double_member (entry, "accuracy", evaluation->accuracy);
  json_object_set_int_member (entry, "tp", (gint64) evaluation->tp);
  json_object_set_int_member (entry, "fp", (gint64) evaluation->fp);
  json_object_set_int_member (entry, "tn", (gint64) evaluation->tn);
  json_object_set_int_member (entry, "fn", (gint64) evaluation->fn);
  json_object_set_object_member (object, key, entry);

  return entry;
}

char *
_ut_run_record_to_text (UtRunRecord *self)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "name", self->name);
  json_object_set_int_member (object, "created", self->created);
  json_object_set_int_member (object, "style", self->style);
  json_object_set_boolean_member (object, "shown", self->shown);
  json_object_set_string_member (object, "state", get_state_nick (self->state));
  set_text (object, "failure", self->failure);
  set_text (object, "notices", self->notices);
  json_object_set_boolean_member (object, "from-best", self->from_best);
  /* Not a number is written as null. */
  json_object_set_double_member (object, "majority", self->majority);
  json_object_set_int_member (object, "majority-label", self->majority_label);
  set_text (object, "reproduces", self->reproduces);
  set_text (object, "reproduction", self->reproduction);
  set_tags (object, self->tags);
  set_text (object, "note", self->note);
  set_text (object, "version", self->version);
  json_object_set_member (object, "config", ut_config_to_json (self->config, TRUE));
  set_data (object, self);
  if (self->members != NULL)
    set_members (object, self->members);
  if (self->evaluation.n_examples > 0)
    set_evaluation (object, "evaluation", &self->evaluation);
  if (self->test.n_examples > 0)
    json_object_set_int_member (set_evaluation (object, "test", &self->test), "date", self->tested);
  json_node_take_object (node, object);

  GString *text = g_string_new (NULL);

  _ut_json_append_node (text, node);
  g_string_append_c (text, '\n');

  return g_string_free (text, FALSE);
}

static GType
get_value_type (JsonObject *object,
                const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
  : G_TYPE_INVALID;
}

static gint64
get_int (JsonObject *object,
         const char *key,
         gint64      maximum)
{
  if (get_value_type (object, key) != G_TYPE_INT64)
    return 0;

  return CLAMP (json_object_get_int_member (object, key), 0, maximum);
}

static gboolean
get_truth (JsonObject *object,
           const char *key)
{
  return get_value_type (object, key) == G_TYPE_BOOLEAN
         && json_object_get_boolean_member (object, key);
}

static const char *
get_text (JsonObject *object,
          const char *key)
{
  return get_value_type (object, key) == G_TYPE_STRING ? json_object_get_string_member (object, key)
  : NULL;
}

static double
get_share (JsonObject *object,
           const char *key)
{
  GType type = get_value_type (object, key);

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return NAN;

  double share = json_object_get_double_member (object, key);

  return share >= 0 && share <= 1 ? share : NAN;
}

static gboolean
read_state (UtRunRecord  *self,
            const char   *nick,
            GError      **error)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (UT_TYPE_RUN_STATE);
  GEnumValue *value = nick != NULL ? g_enum_get_value_by_nick (states, nick) : NULL;

  if (value == NULL)
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN, _("unknown state “%s”"), nick != NULL
                   ? nick : "");
      return FALSE;
    }

  self->state = (UtRunState) value->value;
  return TRUE;
}

/* The id becomes part of a path, which must not lead elsewhere. */
static gboolean
is_folder_name (const char *id)
{
  return *id != '\0' && *id != '.' && strlen (id) <= MAX_ID_LENGTH
         && strchr (id, G_DIR_SEPARATOR) == NULL;
}

static gboolean
read_members (UtRunRecord  *self,
              JsonObject   *object,
              GError      **error)
{
  JsonNode *node = json_object_get_member (object, "members");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;
  guint n_members = array != NULL ? json_array_get_length (array) : 0;

  if (n_members < 1 || n_members > UT_MODEL_MAX_MEMBERS)
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN, _("an ensemble has 1 to %u members"),
                   UT_MODEL_MAX_MEMBERS);
      return FALSE;
    }

  for (guint i = 0; i < n_members; i++)
    {
      JsonNode *entry = json_array_get_element (array, i);
      JsonObject *member = JSON_NODE_HOLDS_OBJECT (entry) ? json_node_get_object (entry) : NULL;
      const char *id = member != NULL ? get_text (member, "id") : NULL;
      const char *name = member != NULL ? get_text (member, "name") : NULL;

      if (id == NULL || !is_folder_name (id) || name == NULL || strlen (name) > MAX_NAME_LENGTH)
        {
          /* A part of the members would give other answers. */
          g_ptr_array_set_size (self->members, 0);
          g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN,
                       _("member %u of the ensemble is no run"), i + 1);
          return FALSE;
        }
      _ut_members_add (self->members, id, name);
    }

  return TRUE;
}

/* Without figures, or with wrong ones, nothing was checked. Gives the object that they are in. */
static JsonObject *
read_evaluation (JsonObject   *object,
                 const char   *key,
                 UtEvaluation *evaluation)
{
  JsonNode *node = json_object_get_member (object, key);
  JsonObject *entry = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                    : NULL;
  GType type = entry != NULL ? get_value_type (entry, "loss") : G_TYPE_INVALID;

  if (entry == NULL)
    return NULL;

  evaluation->tp = (gsize) get_int (entry, "tp", G_MAXINT32);
  evaluation->fp = (gsize) get_int (entry, "fp", G_MAXINT32);
  evaluation->tn = (gsize) get_int (entry, "tn", G_MAXINT32);
  evaluation->fn = (gsize) get_int (entry, "fn", G_MAXINT32);
  evaluation->n_examples = evaluation->tp + evaluation->fp + evaluation->tn + evaluation->fn;
  evaluation->accuracy = (double) (evaluation->tp + evaluation->tn)
                         / (double) MAX (evaluation->n_examples, 1);
  evaluation->loss = type == G_TYPE_DOUBLE || type == G_TYPE_INT64
                     ? json_object_get_double_member (entry, "loss") : NAN;

  return entry;
}

static void
read_test (UtRunRecord *self,
           JsonObject  *object)
{
  JsonObject *entry = read_evaluation (object, "test", &self->test);

  if (entry != NULL)
    self->tested = get_int (entry, "date", MAX_DATE);
}

/* Texts a person wrote; one that is none, or too long, is left out. */
static char **
read_tags (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "tags");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *entry = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (entry) && json_node_get_value_type (entry) == G_TYPE_STRING
          && strlen (json_node_get_string (entry)) <= MAX_NAME_LENGTH)
        g_strv_builder_add (builder, json_node_get_string (entry));
    }

  return g_strv_builder_end (builder);
}

static void
read_data (UtRunRecord *self,
           JsonObject  *object)
{
  JsonNode *node = json_object_get_member (object, "data");
  JsonObject *data = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                   : NULL;

  if (data == NULL)
    return;

  self->train_rows = (gsize) get_int (data, "train_rows", G_MAXINT32);
  self->dev_rows = (gsize) get_int (data, "dev_rows", G_MAXINT32);
  self->train_hash = g_strdup (get_text (data, "train_hash"));
  self->dev_hash = g_strdup (get_text (data, "dev_hash"));
  self->vectors_hash = g_strdup (get_text (data, "vectors_hash"));
  self->n_weights = (guint64) get_int (data, "weights", G_MAXINT64);
}

/* What is harmless to miss has a fallback; state and configuration must be there. */
static gboolean
read_object (UtRunRecord  *self,
             JsonObject   *object,
             GError      **error)
{
  const char *name = get_text (object, "name");

  if (name != NULL && *name != '\0' && strlen (name) <= MAX_NAME_LENGTH)
    {
      g_free (self->name);
      self->name = g_strdup (name);
    }
  self->created = get_int (object, "created", MAX_DATE);
  self->style = (guint) get_int (object, "style", MAX_STYLE);
  self->shown = get_truth (object, "shown");
  self->from_best = get_truth (object, "from-best");
  self->failure = g_strdup (get_text (object, "failure"));
  self->notices = g_strdup (get_text (object, "notices"));
  g_strfreev (self->tags);
  self->tags = read_tags (object);
  self->reproduces = g_strdup (get_text (object, "reproduces"));
  self->reproduction = g_strdup (get_text (object, "reproduction"));
  self->note = g_strdup (get_text (object, "note"));
  self->version = g_strdup (get_text (object, "version"));
  read_data (self, object);
  self->majority = get_share (object, "majority");
  self->majority_label = (guint8) get_int (object, "majority-label", 1);

  JsonNode *config_node = json_object_get_member (object, "config");

  if (config_node == NULL)
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN, _("there is no configuration"));
      return FALSE;
    }

  UtConfig *config = ut_config_from_json (config_node, error);

  if (config == NULL)
    return FALSE;
  ut_config_unref (self->config);
  self->config = config;
  if (self->members != NULL && !read_members (self, object, error))
    return FALSE;
  if (self->members != NULL)
    read_evaluation (object, "evaluation", &self->evaluation);
  read_test (self, object);

  return read_state (self, get_text (object, "state"), error);
}

UtRunRecord *
_ut_run_record_new (const char *id,
                    gboolean    is_ensemble)
{
  UtRunRecord *self = g_new0 (UtRunRecord, 1);

  self->id = g_strdup (id);
  self->name = g_filename_display_name (id);
  self->config = ut_config_builder_end (ut_config_builder_new (NULL), NULL);
  self->majority = NAN;
  if (is_ensemble)
    self->members = _ut_members_new ();

  return self;
}

gboolean
_ut_run_record_fill (UtRunRecord  *self,
                     JsonNode     *root,
                     GError      **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN, _("no JSON object"));
      return FALSE;
    }

  JsonObject *object = json_node_get_object (root);

  if (self->members == NULL && json_object_has_member (object, "members"))
    self->members = _ut_members_new ();

  return read_object (self, object, error);
}

UtRunRecord *
_ut_run_record_dup (UtRunRecord *self)
{
  g_autofree char *text = _ut_run_record_to_text (self);
  g_autoptr (JsonNode) root = _ut_json_parse (text, strlen (text), UT_RUN_RECORD_MAX_VALUES, NULL);
  UtRunRecord *copy = _ut_run_record_new (self->id, self->members != NULL);
  gboolean filled = root != NULL && _ut_run_record_fill (copy, root, NULL);

  /* What was written is read. */
  g_assert (filled);
  copy->trashed = self->trashed;

  return copy;
}

/* An ensemble needs no training. */
void
_ut_run_record_mark_interrupted (UtRunRecord *self)
{
  if (self->members != NULL)
    {
      if (self->state != UT_RUN_FAILED)
        self->state = UT_RUN_ENSEMBLE;
      return;
    }

  switch (self->state)
    {
    case UT_RUN_PREPARING:
    case UT_RUN_TRAINING:
    case UT_RUN_CHECKING:
    case UT_RUN_PAUSED:
    case UT_RUN_STOPPING:
    case UT_RUN_INTERRUPTED:
      self->state = UT_RUN_INTERRUPTED;
      g_free (self->failure);
      self->failure = self->last_step == 0
                      ? g_strdup (_("Was cut off before it began."))
                      : g_strdup_printf (_("Was cut off at epoch %'u."), self->last_epoch);
      break;

    case UT_RUN_QUEUED:
    case UT_RUN_STOPPED:
    case UT_RUN_FINISHED:
    case UT_RUN_FAILED:
    case UT_RUN_OPENED:
    case UT_RUN_ENSEMBLE:
    default:
      break;
    }
}

void
_ut_run_record_mark_damaged (UtRunRecord *self,
                             const char  *reason)
{
  self->state = UT_RUN_FAILED;
  self->is_damaged = TRUE;
  g_free (self->failure);
  self->failure = g_strdup_printf (_("This run cannot be read. %s"), reason);
}
