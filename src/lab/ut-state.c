/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-state-private.h"

#include "ut-file-private.h"
#include "ut-json-private.h"
#include "ut-safetensors-private.h"

#include <errno.h>
#include <glib/gstdio.h>

/* A step is kept as the quotient and the rest of a division by this, exact in single precision for
   2^44 steps. */
#define STEP_RADIX (1u << 20)

static char *
make_position_text (const UtStatePosition *position)
{
  return g_strdup_printf ("{\"step\":%" G_GUINT64_FORMAT ",\"epoch\":%u,"
                          "\"batch\":%" G_GSIZE_FORMAT ",\"best\":%s}",
                          position->step, position->epoch, position->batch,
                          position->is_best ? "true" : "false");
}

static void
split_step (guint64  step,
            float   *numbers)
{
  numbers[0] = (float) (step / STEP_RADIX);
  numbers[1] = (float) (step % STEP_RADIX);
}

/* (transfer full) (array length=2×n_rows) */
static float *
make_last_steps (const uint64_t *last_steps,
                 gsize           n_rows)
{
  float *numbers = g_new (float, 2 * n_rows);

  for (gsize row = 0; row < n_rows; row++)
    split_step (last_steps[row], numbers + 2 * row);

  return numbers;
}

/* Postponed steps need the learning rate of their time: each is given with its first step.
   (transfer full) (array length=3×n_rates) */
static float *
make_rates (const UtNnTrainer *trainer,
            gsize             *n_rates)
{
  const UtNnRate *rates = ut_nn_trainer_get_rates (trainer, n_rates);
  float *numbers = g_new (float, 3 * *n_rates);

  for (gsize i = 0; i < *n_rates; i++)
    {
      split_step (rates[i].first_step, numbers + 3 * i);
      numbers[3 * i + 2] = rates[i].learning_rate;
    }

  return numbers;
}

static gboolean
step_aside (GFile                  *file,
            const UtStatePosition  *position,
            gboolean                previous_is_best,
            GError                **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *best_path = g_strconcat (path, ".best", NULL);

  /* An older best one has had its day, once the new one is written. */
  if (position->is_best)
    {
      g_unlink (best_path);
    }
  else if (previous_is_best && g_rename (path, best_path) != 0 && errno != ENOENT)
    {
      _ut_file_set_error (file, errno, error);
      return FALSE;
    }

  return TRUE;
}

/* What a state file holds, and the names and numbers made for it. */
typedef struct
{
  GArray *entries;       /* (owned) (element-type UtSafetensorsEntry) */
  GPtrArray *belongings; /* (owned): to be freed with it */
} Content;

static void
content_clear (Content *content)
{
  g_array_unref (content->entries);
  g_ptr_array_unref (content->belongings);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

static void
add_matrix (Content     *content,
            const char  *name,
            gsize        n_rows,
            gsize        n_columns,
            const float *data)
{
  const UtSafetensorsEntry entry = {
    .name = name, .n_dims = 2, .dims = { n_rows, n_columns }, .data = data,
  };

  g_array_append_val (content->entries, entry);
}

/* @prefix is %NULL for the tensor itself. */
static void
add_tensor (Content          *content,
            const char       *prefix,
            const UtNnTensor *tensor,
            const float      *data)
{
  char *name = g_strconcat (prefix != NULL ? prefix : "", tensor->name, NULL);
  const UtSafetensorsEntry entry = {
    .name = name,
    .n_dims = tensor->n_dims,
    .dims = { tensor->dims[0], tensor->dims[1] },
    .data = data,
  };

  g_ptr_array_add (content->belongings, name);
  g_array_append_val (content->entries, entry);
}

/* Of the tables of vectors. */
static void
add_last_steps (Content           *content,
                const UtNnTrainer *trainer,
                const UtNnTensor  *tensor)
{
  const uint64_t *last_steps = ut_nn_trainer_get_last_steps (trainer, tensor);

  if (last_steps == NULL)
    return;

  char *name = g_strconcat ("last_steps.", tensor->name, NULL);
  float *numbers = make_last_steps (last_steps, tensor->dims[0]);

  g_ptr_array_add (content->belongings, name);
  g_ptr_array_add (content->belongings, numbers);
  add_matrix (content, name, tensor->dims[0], 2, numbers);
}

static void
fill (Content         *content,
      const UtNnModel *model,
      UtNnTrainer     *trainer)
{
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (model, &n_tensors);
  gsize n_rates;
  float *rates = make_rates (trainer, &n_rates);

  for (gsize i = 0; i < n_tensors; i++)
    add_tensor (content, NULL, &tensors[i], ut_nn_model_peek_data (model, &tensors[i]));
  for (gsize i = 0; i < n_tensors; i++)
    add_tensor (content, "first_moment.", &tensors[i],
                ut_nn_trainer_get_moment (trainer, UT_NN_MOMENT_FIRST, &tensors[i]));
  for (gsize i = 0; i < n_tensors; i++)
    add_tensor (content, "second_moment.", &tensors[i],
                ut_nn_trainer_get_moment (trainer, UT_NN_MOMENT_SECOND, &tensors[i]));
  g_ptr_array_add (content->belongings, rates);
  add_matrix (content, "rates", n_rates, 3, rates);
  for (gsize i = 0; i < n_tensors; i++)
    add_last_steps (content, trainer, &tensors[i]);
}

gboolean
_ut_state_save (GFile                  *file,
                UtConfig               *config,
                const UtNnModel        *model,
                UtNnTrainer            *trainer,
                const UtStatePosition  *position,
                gboolean                previous_is_best,
                GError                **error)
{
  g_auto (Content) content = {
    .entries = g_array_new (FALSE, FALSE, sizeof (UtSafetensorsEntry)),
    .belongings = g_ptr_array_new_with_free_func (g_free),
  };

  fill (&content, model, trainer);

  g_autoptr (JsonNode) node = ut_config_to_json (config, FALSE);
  g_autoptr (GString) config_text = g_string_new (NULL);
  g_autofree char *position_text = make_position_text (position);

  _ut_json_append_node (config_text, node);

  const char * const metadata[] = {
    "format", "pt",
    "undertone.version", PACKAGE_VERSION,
    "undertone.config", config_text->str,
    "undertone.state", position_text,
    NULL
  };

  if (!position->is_best && !step_aside (file, position, previous_is_best, error))
    return FALSE;
  if (!_ut_safetensors_write (file, metadata,
                              (const UtSafetensorsEntry *) (void *) content.entries->data,
                              content.entries->len, NULL, error))
    return FALSE;

  return !position->is_best || step_aside (file, position, previous_is_best, error);
}
