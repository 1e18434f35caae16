/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-record-private.h"

#include "ut-members-private.h"
#include "ut-json-private.h"
#include "ut-lab-error.h"
#include "ut-log-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_CONFIG_SIZE (1u << 20)
#define MAX_CONFIG_VALUES 1024
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
  g_clear_pointer (&self->points, g_array_unref);
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

const char *
_ut_run_record_get_file_name (const UtRunRecord *self)
{
  return self->members != NULL ? UT_RUN_ENSEMBLE_NAME : UT_RUN_CONFIG_NAME;
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
  /* Not a number is written as null. */
  json_object_set_double_member (object, "majority", self->majority);
  json_object_set_int_member (object, "majority-label", self->majority_label);
  json_object_set_member (object, "config", ut_config_to_json (self->config, TRUE));
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
  self->shown = get_value_type (object, "shown") == G_TYPE_BOOLEAN
  && json_object_get_boolean_member (object, "shown");
  self->failure = g_strdup (get_text (object, "failure"));
  self->notices = g_strdup (get_text (object, "notices"));
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

static gboolean
read_config (UtRunRecord   *self,
             GFile         *file,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (JsonNode) root = _ut_json_read_file (file, MAX_CONFIG_SIZE, MAX_CONFIG_VALUES,
                                                  cancellable, error);

  if (root == NULL)
    return FALSE;

  g_autofree char *name = g_file_get_parse_name (file);

  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN, _("%s: no JSON object"), name);
      return FALSE;
    }
  if (!read_object (self, json_node_get_object (root), error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  return TRUE;
}

/* A run that has not ended was cut off with the program; an ensemble needs no training. */
static void
mark_interrupted (UtRunRecord *self)
{
  guint n_points = self->points->len;

  if (self->members != NULL)
    {
      if (self->state != UT_RUN_FAILED)
        self->state = UT_RUN_ENSEMBLE;
      return;
    }

  switch (self->state)
    {
    case UT_RUN_QUEUED:
    case UT_RUN_PREPARING:
    case UT_RUN_TRAINING:
    case UT_RUN_CHECKING:
    case UT_RUN_PAUSED:
    case UT_RUN_STOPPING:
    case UT_RUN_INTERRUPTED:
      self->state = UT_RUN_INTERRUPTED;
      g_free (self->failure);
      self->failure = n_points == 0
                      ? g_strdup (_("Was cut off before it began."))
                      : g_strdup_printf (_("Was cut off at epoch %'u."),
                                         g_array_index (self->points, UtPoint, n_points - 1).epoch);
      break;

    case UT_RUN_STOPPED:
    case UT_RUN_FINISHED:
    case UT_RUN_FAILED:
    case UT_RUN_OPENED:
    case UT_RUN_ENSEMBLE:
    default:
      break;
    }
}

static void
mark_damaged (UtRunRecord *self,
              GError      *error)
{
  self->state = UT_RUN_FAILED;
  g_free (self->failure);
  self->failure = g_strdup_printf (_("This run cannot be read. %s"), error->message);
}

UtRunRecord *
_ut_run_record_read (GFile        *folder,
                     GCancellable *cancellable)
{
  g_autoptr (UtRunRecord) self = g_new0 (UtRunRecord, 1);
  g_autoptr (GFile) ensemble = g_file_get_child (folder, UT_RUN_ENSEMBLE_NAME);
  g_autoptr (GFile) log = g_file_get_child (folder, UT_RUN_LOG_NAME);
  g_autoptr (GError) error = NULL;
  UtLogContents contents = { 0 };

  self->id = g_file_get_basename (folder);
  self->name = g_filename_display_name (self->id);
  self->config = ut_config_builder_end (ut_config_builder_new (NULL), NULL);
  self->majority = NAN;
  if (g_file_query_exists (ensemble, cancellable))
    self->members = _ut_members_new ();

  g_autoptr (GFile) config = g_file_get_child (folder, _ut_run_record_get_file_name (self));
  gboolean read = read_config (self, config, cancellable, &error);
  g_autoptr (GError) log_error = NULL;

  if (!_ut_log_read (log, &contents, cancellable, &log_error) && read
      && !g_error_matches (log_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      /* The lines before the damaged one stay. */
      read = FALSE;
      error = g_steal_pointer (&log_error);
    }
  self->points = contents.points;
  self->epochs = contents.epochs;

  if (g_cancellable_is_cancelled (cancellable))
    return NULL;

  if (read)
    mark_interrupted (self);
  else
    mark_damaged (self, error);

  return g_steal_pointer (&self);
}
