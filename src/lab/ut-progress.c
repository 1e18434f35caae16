/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-progress-private.h"

#include "ut-json.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* More than the members of both texts. */
#define MAX_VALUES 64
/* About three centuries, in microseconds: no sum of them overflows. */
#define MAX_TIME ((guint64) 1 << 53)

/* An object of a metadata text that is gone through; once something is wrong with it, the rest reads
 * as least values. */
typedef struct
{
  UtSafetensors *file;
  const char *metadata_key;
  JsonObject *object; /* (nullable): where it is not there at all */
  gboolean failed;
  GError **error;
} Reader;

gboolean
_ut_progress_is_best (const UtProgress *self)
{
  return self->checked && self->n_checked == self->epoch && self->best.epoch == self->epoch;
}

/* Writing */

static void
append_count (GString    *json,
              const char *key,
              guint64     count)
{
  g_string_append_printf (json, "%s\"%s\":%" G_GUINT64_FORMAT,
                          json->str[json->len - 1] == '{' ? "" : ",", key, count);
}

static void
append_number (GString    *json,
               const char *key,
               double      number)
{
  g_string_append_printf (json, "%s\"%s\":", json->str[json->len - 1] == '{' ? "" : ",", key);
  ut_json_append_number (json, number);
}

char *
_ut_progress_make_state (const UtProgress *self)
{
  GString *json = g_string_new ("{");

  append_count (json, "step", self->step);
  append_count (json, "epoch", self->epoch);
  append_count (json, "batch", self->batch);
  append_count (json, "checked", self->n_checked);
  append_count (json, "examples", self->n_examples);
  append_number (json, "loss_sum", self->loss_sum);
  append_count (json, "correct", self->n_correct);
  append_number (json, "accuracy_to_beat", self->accuracy_to_beat);
  append_count (json, "idle_epochs", self->n_idle_epochs);
  append_number (json, "learning_rate", self->schedule.learning_rate);
  append_number (json, "plateau_accuracy", self->schedule.best_accuracy);
  append_count (json, "plateau_epochs", self->schedule.n_idle_epochs);
  if (self->checked)
    {
      g_string_append (json, ",\"best\":{");
      append_count (json, "epoch", self->best.epoch);
      append_number (json, "train_loss", self->best.train_loss);
      append_number (json, "train_accuracy", self->best.train_accuracy);
      append_number (json, "val_loss", self->best.val_loss);
      append_number (json, "val_accuracy", self->best.val_accuracy);
      if (*self->best_model != '\0')
        g_string_append_printf (json, ",\"model\":\"%s\"", self->best_model);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

char *
_ut_progress_make_times (const UtProgress *self)
{
  GString *json = g_string_new ("{");

  append_count (json, "elapsed", (guint64) self->times.elapsed);
  append_count (json, "epoch", (guint64) self->times.epoch);
  append_count (json, "training", (guint64) self->times.training);
  append_count (json, "checking", (guint64) self->times.checking);
  append_number (json, "best_seconds", self->best.seconds);
  append_number (json, "best_steps_per_second", self->best.steps_per_second);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

/* Reading */

static void
fail (Reader     *self,
      const char *key)
{
  if (!self->failed)
    _ut_metadata_set_damaged (self->file, self->metadata_key, key, self->error);
  self->failed = TRUE;
}

static JsonNode *
find_value (Reader     *self,
            const char *key)
{
  JsonNode *node = self->object != NULL ? json_object_get_member (self->object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

static guint64
read_count (Reader     *self,
            const char *key,
            guint64     minimum,
            guint64     maximum)
{
  JsonNode *node = find_value (self, key);
  gint64 count = node != NULL && json_node_get_value_type (node) == G_TYPE_INT64
                 ? json_node_get_int (node) : -1;

  if (count >= 0 && (guint64) count >= minimum && (guint64) count <= maximum)
    return (guint64) count;

  fail (self, key);
  return minimum;
}

static double
read_number (Reader     *self,
             const char *key,
             double      minimum,
             double      maximum)
{
  JsonNode *node = find_value (self, key);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double number = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node)
                                                                : minimum - 1;

  if (number >= minimum && number <= maximum)
    return number;

  fail (self, key);
  return minimum;
}

/* Earlier versions did not write it. What is no checksum is none of a file. */
static void
read_model (Reader     *self,
            UtProgress *progress)
{
  JsonNode *node = find_value (self, "model");
  const char *checksum = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
                         ? json_node_get_string (node) : "";

  if (strlen (checksum) < sizeof progress->best_model)
    strcpy (progress->best_model, checksum);
  else
    fail (self, "model");
}

static void
read_best (Reader     *self,
           UtProgress *progress,
           guint       n_batches)
{
  JsonNode *node = self->object != NULL ? json_object_get_member (self->object, "best") : NULL;
  Reader reader = *self;

  progress->checked = progress->n_checked > 0;
  if ((node != NULL) != progress->checked || (node != NULL && !JSON_NODE_HOLDS_OBJECT (node)))
    fail (self, "best");
  if (self->failed || node == NULL)
    return;

  reader.object = json_node_get_object (node);
  progress->best = (UtEpoch) {
    .epoch = (guint) read_count (&reader, "epoch", 1, progress->n_checked),
    .train_loss = read_number (&reader, "train_loss", -DBL_MAX, DBL_MAX),
    .train_accuracy = read_number (&reader, "train_accuracy", 0, 1),
    .val_loss = read_number (&reader, "val_loss", -DBL_MAX, DBL_MAX),
    .val_accuracy = read_number (&reader, "val_accuracy", 0, 1),
  };
  progress->best.step = (guint64) progress->best.epoch * n_batches;
  read_model (&reader, progress);
  self->failed = reader.failed;
}

static void
read_state (Reader         *self,
            UtProgress     *progress,
            guint64         n_rows,
            const UtConfig *config)
{
  guint64 batch_size = (guint64) ut_config_get_int (config, UT_SETTING_BATCH_SIZE);
  guint64 n_epochs = (guint64) ut_config_get_int (config, UT_SETTING_EPOCHS);
  guint64 n_batches = (n_rows - 1) / batch_size + 1;
  double rate = ut_config_get_number (config, UT_SETTING_LEARNING_RATE);

  if (n_batches > G_MAXUINT)
    {
      fail (self, "batch");
      return;
    }

  progress->epoch = (guint) read_count (self, "epoch", 1, n_epochs);
  progress->batch = (guint) read_count (self, "batch", 0, n_batches);

  gboolean ended = progress->batch == n_batches;

  progress->n_ended = ended ? progress->epoch : progress->epoch - 1;
  progress->n_checked = (guint) read_count (self, "checked", progress->epoch - 1,
                                            progress->n_ended);
  progress->step = (guint64) (progress->epoch - 1) * n_batches + progress->batch;
  read_count (self, "step", progress->step, progress->step);
  progress->n_examples = ended ? n_rows : progress->batch * batch_size;
  read_count (self, "examples", progress->n_examples, progress->n_examples);
  progress->loss_sum = read_number (self, "loss_sum", -DBL_MAX, DBL_MAX);
  progress->n_correct = read_count (self, "correct", 0, progress->n_examples);
  progress->accuracy_to_beat = read_number (self, "accuracy_to_beat", -1, 2);
  progress->n_idle_epochs = (guint) read_count (self, "idle_epochs", 0, progress->n_checked);

  _ut_schedule_init (&progress->schedule,
                     (UtScheduleKind) ut_config_get_int (config, UT_SETTING_SCHEDULE), rate,
                     ut_config_get_number (config, UT_SETTING_WARM_UP), n_batches * n_epochs);
  progress->schedule.learning_rate = read_number (self, "learning_rate", DBL_MIN, rate);
  progress->schedule.best_accuracy = read_number (self, "plateau_accuracy", -1, 1);
  progress->schedule.n_idle_epochs = (guint) read_count (self, "plateau_epochs", 0,
                                                         progress->n_checked);
  read_best (self, progress, (guint) n_batches);
}

static void
read_times (Reader     *self,
            UtProgress *progress)
{
  progress->times.elapsed = (gint64) read_count (self, "elapsed", 0, MAX_TIME);

  guint64 elapsed = (guint64) progress->times.elapsed;

  progress->times.epoch = (gint64) read_count (self, "epoch", 0, elapsed);
  progress->times.training = (gint64) read_count (self, "training", 0, elapsed);
  progress->times.checking = (gint64) read_count (self, "checking", 0, elapsed);
  progress->best.seconds = read_number (self, "best_seconds", 0, DBL_MAX);
  progress->best.steps_per_second = read_number (self, "best_steps_per_second", 0, DBL_MAX);
}

gboolean
_ut_progress_read (UtSafetensors   *file,
                   gsize            n_rows,
                   const UtConfig  *config,
                   UtProgress      *self,
                   GError         **error)
{
  g_autoptr (JsonNode) state = _ut_metadata_parse (file, UT_METADATA_STATE, MAX_VALUES, error);

  if (state == NULL)
    return FALSE;

  g_autoptr (JsonNode) times = _ut_metadata_parse (file, UT_METADATA_TIMES, MAX_VALUES, error);

  if (times == NULL)
    return FALSE;

  Reader reader = { .file = file, .error = error };

  *self = (UtProgress) UT_PROGRESS_INIT;
  reader.metadata_key = UT_METADATA_STATE;
  reader.object = JSON_NODE_HOLDS_OBJECT (state) ? json_node_get_object (state) : NULL;
  read_state (&reader, self, n_rows, config);
  reader.metadata_key = UT_METADATA_TIMES;
  reader.object = JSON_NODE_HOLDS_OBJECT (times) ? json_node_get_object (times) : NULL;
  if (!reader.failed)
    read_times (&reader, self);

  return !reader.failed;
}
