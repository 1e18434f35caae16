/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-state-private.h"

#include "ut-config-private.h"
#include "ut-file-private.h"
#include "ut-lab-error.h"
#include "ut-memory-private.h"
#include "ut-safetensors-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* A step is kept as the quotient and the rest of a division by this, exact in single precision for
   2^44 steps. */
#define STEP_RADIX (1u << 20)

#define AVERAGED_PREFIX "averaged.%u."
#define FIRST_PREFIX "first_moment."
#define SECOND_PREFIX "second_moment."
#define STEPS_PREFIX "last_steps."
#define RATES_NAME "rates"
#define DYNAMICS_NAME "dynamics"

/* The tensors of a state file in their order, and what was made for them. */
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

#define CONTENT_INIT \
  { .entries = g_array_new (FALSE, FALSE, sizeof (UtSafetensorsEntry)), \
    .belongings = g_ptr_array_new_with_free_func (g_free) }

/* (transfer full): belongs to @content. */
static gpointer
take (Content  *content,
      gpointer  belonging)
{
  g_ptr_array_add (content->belongings, belonging);
  return belonging;
}

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

static void
add_tensor (Content          *content,
            const char       *prefix,
            const UtNnTensor *tensor,
            const float      *data)
{
  const UtSafetensorsEntry entry = {
    .name = take (content, g_strconcat (prefix, tensor->name, NULL)),
    .n_dims = tensor->n_dims,
    .dims = { tensor->dims[0], tensor->dims[1] },
    .data = data,
  };

  g_array_append_val (content->entries, entry);
}

static void
add_model (Content         *content,
           const char      *prefix,
           const UtNnModel *model)
{
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (model, &n_tensors);

  for (gsize i = 0; i < n_tensors; i++)
    add_tensor (content, prefix, &tensors[i], ut_nn_model_peek_data (model, &tensors[i]));
}

static void
add_averaged (Content         *content,
              guint            index,
              const UtNnModel *model)
{
  g_autofree char *prefix = g_strdup_printf (AVERAGED_PREFIX, index);

  add_model (content, prefix, model);
}

/* Writing */

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

static char *
make_best_path (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  return path != NULL ? g_strconcat (path, ".best", NULL) : NULL;
}

/* A state of the best epoch goes where it stays while others are written. It has two names until the
   next one takes its first: what cannot be written leaves it where it was. */
static gboolean
step_aside (GFile   *file,
            GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *best_path = make_best_path (file);

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  /* Not every file system has links. */
  g_unlink (best_path);
  if (link (path, best_path) == 0 || g_rename (path, best_path) == 0)
    return TRUE;

  _ut_file_set_error (file, errno, error);
  return FALSE;
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

  add_matrix (content, take (content, g_strconcat (STEPS_PREFIX, tensor->name, NULL)),
              tensor->dims[0], 2, take (content, make_last_steps (last_steps, tensor->dims[0])));
}

static void
add_moment (Content     *content,
            const char  *prefix,
            UtNnMoment   moment,
            const UtEngine *engine)
{
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (engine->weights, &n_tensors);

  for (gsize i = 0; i < n_tensors; i++)
    add_tensor (content, prefix, &tensors[i],
                ut_nn_trainer_get_moment (engine->trainer, moment, &tensors[i]));
}

static void
fill (Content        *content,
      const UtEngine *engine)
{
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (engine->weights, &n_tensors);
  gsize n_rows = ut_dataset_get_n_rows (ut_corpus_get_train (engine->corpus));
  float *dynamics = take (content, g_new (float, n_rows * UT_DYNAMICS_COLUMNS));
  gsize n_rates;
  float *rates = take (content, make_rates (engine->trainer, &n_rates));

  add_model (content, "", engine->weights);
  add_moment (content, FIRST_PREFIX, UT_NN_MOMENT_FIRST, engine);
  add_moment (content, SECOND_PREFIX, UT_NN_MOMENT_SECOND, engine);
  add_matrix (content, RATES_NAME, n_rates, 3, rates);
  for (gsize i = 0; i < n_tensors; i++)
    add_last_steps (content, engine->trainer, &tensors[i]);
  _ut_dynamics_write (engine->dynamics, dynamics);
  add_matrix (content, DYNAMICS_NAME, n_rows, UT_DYNAMICS_COLUMNS, dynamics);
  for (guint i = 0; engine->average != NULL && i < _ut_average_get_n_models (engine->average); i++)
    add_averaged (content, i, _ut_average_get_model (engine->average, i));
}

gboolean
_ut_state_save (GFile             *file,
                const UtEngine    *engine,
                const UtProgress  *progress,
                gboolean           previous_is_best,
                GError           **error)
{
  g_auto (Content) content = CONTENT_INIT;
  gboolean keeps_best = progress->checked && !_ut_progress_is_best (progress);

  fill (&content, engine);

  const UtDataFacts facts = _ut_engine_get_facts (engine);
  g_autofree char *config_text = _ut_metadata_make_config (engine->config);
  g_autofree char *facts_text = _ut_metadata_make_facts (&facts);
  g_autofree char *state_text = _ut_progress_make_state (progress);
  g_autofree char *times_text = _ut_progress_make_times (progress);
  const char * const metadata[] = {
    "format", "pt",
    "undertone.version", PACKAGE_VERSION,
    UT_METADATA_CONFIG, config_text,
    UT_METADATA_DATA, facts_text,
    UT_METADATA_STATE, state_text,
    UT_METADATA_TIMES, times_text,
    NULL
  };

  if (keeps_best && previous_is_best && !step_aside (file, error))
    return FALSE;
  if (!_ut_safetensors_write (file, metadata,
                              (const UtSafetensorsEntry *) (void *) content.entries->data,
                              content.entries->len, NULL, error))
    return FALSE;

  g_autofree char *best_path = make_best_path (file);

  /* An older best one has had its day, now that the new one is written. */
  if (!keeps_best)
    g_unlink (best_path);
  return TRUE;
}

GFile *
_ut_state_dup_best_file (GFile *file)
{
  g_autofree char *path = make_best_path (file);

  return path != NULL ? g_file_new_for_path (path) : NULL;
}

gboolean
_ut_state_remove (GFile   *file,
                  GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *best_path = make_best_path (file);

  if (path == NULL || ((g_unlink (path) == 0 || errno == ENOENT)
                       && (g_unlink (best_path) == 0 || errno == ENOENT)))
    return TRUE;

  _ut_file_set_error (file, errno, error);
  return FALSE;
}

/* Reading */

void
_ut_state_free (UtState *self)
{
  g_free (self->name);
  g_clear_pointer (&self->config, ut_config_unref);
  _ut_data_facts_clear (&self->facts);
  ut_nn_model_free (self->weights);
  for (gsize i = 0; i < G_N_ELEMENTS (self->moments); i++)
    ut_nn_model_free (self->moments[i]);
  for (guint i = 0; self->averaged != NULL && i < self->n_averaged; i++)
    ut_nn_model_free (self->averaged[i]);
  g_free (self->averaged);
  g_free (self->last_steps);
  g_free (self->further_steps);
  g_free (self->rates);
  g_free (self->dynamics);
  g_free (self);
}

static gsize
count_further (const UtNnShape *shape)
{
  return shape->n_subwords > 0 ? shape->n_subwords : shape->n_bigrams;
}

/* Whether the file has as many numbers as a state of @shape with so many averaged epochs and rates;
 * nothing was allocated for them before. */
static gboolean
check_size (UtSafetensors    *file,
            const UtState    *self,
            const UtNnShape  *shape,
            GError          **error)
{
  guint64 n_numbers = _ut_safetensors_count (file);
  guint64 n_parameters = ut_nn_shape_count_parameters (shape);
  guint64 n_models = 3 + self->n_averaged;
  guint64 n_expected = 0;

  /* Neither product can then overflow. */
  if (n_parameters > 0 && n_parameters <= n_numbers / n_models
      && self->facts.train_rows <= n_numbers / UT_DYNAMICS_COLUMNS)
    n_expected = n_models * n_parameters + self->facts.train_rows * UT_DYNAMICS_COLUMNS
                 + 2 * (shape->vocabulary + count_further (shape)) + 3 * self->n_rates;
  if (n_expected == n_numbers)
    return TRUE;

  _ut_safetensors_set_error (file, error, _("it has not as many numbers as a training state of its "
                                            "configuration"));
  return FALSE;
}

/* What is read into, of the state and for it. */
static gboolean
allocate (UtState          *self,
          const UtNnShape  *shape,
          GError          **error)
{
  gboolean done = ut_nn_model_new (shape, &self->weights) == UT_NN_OK;

  for (gsize i = 0; done && i < G_N_ELEMENTS (self->moments); i++)
    done = ut_nn_model_new (shape, &self->moments[i]) == UT_NN_OK;
  self->averaged = g_new0 (UtNnModel *, self->n_averaged);
  for (guint i = 0; done && i < self->n_averaged; i++)
    done = ut_nn_model_new (shape, &self->averaged[i]) == UT_NN_OK;
  self->dynamics = g_try_new (float, self->facts.train_rows * UT_DYNAMICS_COLUMNS);
  if (done && self->dynamics != NULL)
    return TRUE;

  _ut_memory_set_error ((3 + self->n_averaged) * ut_nn_shape_count_parameters (shape)
                        * sizeof (float), error);
  return FALSE;
}

/* A tensor of last steps that follows from the shape. */
static float *
add_step_numbers (Content         *content,
                  const UtNnModel *model,
                  const char      *table)
{
  const UtNnTensor *tensor = ut_nn_model_find_tensor (model, table);
  float *numbers = take (content, g_new (float, 2 * tensor->dims[0]));

  add_matrix (content, take (content, g_strconcat (STEPS_PREFIX, table, NULL)), tensor->dims[0], 2,
              numbers);
  return numbers;
}

/* Reads the tensors, which must be those of @content in its order. */
static gboolean
read_tensors (UtSafetensors  *file,
              const Content  *content,
              GCancellable   *cancellable,
              GError        **error)
{
  gsize n_entries;
  const UtSafetensorsEntry *entries = _ut_safetensors_get_entries (file, &n_entries);

  for (guint i = 0; i < content->entries->len; i++)
    {
      const UtSafetensorsEntry *wanted = &g_array_index (content->entries, UtSafetensorsEntry, i);

      if (i >= n_entries || !g_str_equal (entries[i].name, wanted->name))
        {
          _ut_safetensors_set_error (file, error, _("the tensor “%s” is missing"), wanted->name);
          return FALSE;
        }
      if (entries[i].n_dims != wanted->n_dims || entries[i].dims[0] != wanted->dims[0]
          || (wanted->n_dims == 2 && entries[i].dims[1] != wanted->dims[1]))
        {
          _ut_safetensors_set_error (file, error, _("the tensor “%s” has another shape"),
                                     wanted->name);
          return FALSE;
        }
      /* All of them were allocated for this. */
      if (!_ut_safetensors_read_next (file, (float *) wanted->data, cancellable, error))
        return FALSE;
    }

  /* As the numbers are as many as they are to be, no tensor is left. */
  g_assert (content->entries->len == n_entries);
  return TRUE;
}

static gboolean
set_range_error (UtSafetensors  *file,
                 const char     *name,
                 GError        **error)
{
  _ut_safetensors_set_error (file, error, _("the tensor “%s” has a number out of its range"), name);
  return FALSE;
}

/* A step of which both parts are whole numbers in their ranges, and that is @maximum at most. */
static gboolean
join_step (const float *numbers,
           guint64      maximum,
           guint64     *step)
{
  double quotient = (double) numbers[0];
  double rest = (double) numbers[1];

  if (!(quotient >= 0) || quotient > (double) (maximum / STEP_RADIX) || quotient != floor (quotient)
      || !(rest >= 0) || rest >= STEP_RADIX || rest != floor (rest))
    return FALSE;

  *step = (guint64) quotient * STEP_RADIX + (guint64) rest;
  return *step <= maximum;
}

static gboolean
join_last_steps (UtSafetensors  *file,
                 const float    *numbers,
                 gsize           n_rows,
                 guint64         n_steps,
                 guint64       **last_steps,
                 GError        **error)
{
  *last_steps = g_new (guint64, n_rows);
  for (gsize i = 0; i < n_rows; i++)
    {
      if (!join_step (numbers + 2 * i, n_steps, &(*last_steps)[i]))
        return set_range_error (file, STEPS_PREFIX, error);
    }

  return TRUE;
}

static gboolean
join_rates (UtSafetensors  *file,
            const float    *numbers,
            UtState        *self,
            GError        **error)
{
  const UtSettingInfo *info = ut_setting_get_info (UT_SETTING_LEARNING_RATE);

  self->rates = g_new (UtNnRate, self->n_rates);
  for (gsize i = 0; i < self->n_rates; i++)
    {
      UtNnRate *rate = &self->rates[i];
      guint64 step;

      if (!join_step (numbers + 3 * i, self->progress.step + 1, &step)
          || (i == 0 ? step != 1 : step <= rate[-1].first_step)
          || !(numbers[3 * i + 2] > 0) || (double) numbers[3 * i + 2] > info->maximum)
        return set_range_error (file, RATES_NAME, error);
      *rate = (UtNnRate) { step, numbers[3 * i + 2] };
    }

  return TRUE;
}

/* Adam takes their roots. */
static gboolean
check_second_moments (UtSafetensors    *file,
                      const UtNnModel  *moments,
                      GError          **error)
{
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (moments, &n_tensors);

  for (gsize i = 0; i < n_tensors; i++)
    {
      const float *numbers = ut_nn_model_peek_data (moments, &tensors[i]);

      for (gsize j = 0; j < tensors[i].size; j++)
        {
          if (numbers[j] < 0)
            return set_range_error (file, SECOND_PREFIX, error);
        }
    }

  return TRUE;
}

static gboolean
load_numbers (UtSafetensors    *file,
              UtState          *self,
              const UtNnShape  *shape,
              GCancellable     *cancellable,
              GError          **error)
{
  g_auto (Content) content = CONTENT_INIT;
  float *rates = take (&content, g_new (float, 3 * self->n_rates));
  float *last_steps, *further_steps = NULL;

  add_model (&content, "", self->weights);
  add_model (&content, FIRST_PREFIX, self->moments[UT_NN_MOMENT_FIRST]);
  add_model (&content, SECOND_PREFIX, self->moments[UT_NN_MOMENT_SECOND]);
  add_matrix (&content, RATES_NAME, self->n_rates, 3, rates);
  last_steps = add_step_numbers (&content, self->weights, "embedding.weight");
  if (count_further (shape) > 0)
    further_steps = add_step_numbers (&content, self->weights,
                                      shape->n_subwords > 0 ? "subword.weight" : "bigram.weight");
  add_matrix (&content, DYNAMICS_NAME, self->facts.train_rows, UT_DYNAMICS_COLUMNS, self->dynamics);
  for (guint i = 0; i < self->n_averaged; i++)
    add_averaged (&content, i, self->averaged[i]);

  if (!read_tensors (file, &content, cancellable, error)
      || !check_second_moments (file, self->moments[UT_NN_MOMENT_SECOND], error)
      || !join_rates (file, rates, self, error)
      || !join_last_steps (file, last_steps, shape->vocabulary, self->progress.step,
                           &self->last_steps, error)
      || (further_steps != NULL
          && !join_last_steps (file, further_steps, count_further (shape), self->progress.step,
                               &self->further_steps, error)))
    return FALSE;
  if (!_ut_dynamics_check (self->dynamics, self->facts.train_rows,
                           self->progress.n_ended))
    return set_range_error (file, DYNAMICS_NAME, error);

  return TRUE;
}

static UtState *
load (UtSafetensors  *file,
      const char     *name,
      GCancellable   *cancellable,
      GError        **error)
{
  g_autoptr (UtState) self = g_new0 (UtState, 1);

  self->name = g_strdup (name);
  self->config = _ut_metadata_read_config (file, error);
  if (self->config == NULL || !_ut_metadata_read_facts (file, &self->facts, error))
    return NULL;
  if (self->facts.train_rows == 0)
    {
      _ut_metadata_set_damaged (file, UT_METADATA_DATA, "train_rows", error);
      return NULL;
    }
  if (!_ut_progress_read (file, self->facts.train_rows, self->config, &self->progress, error))
    return NULL;

  const UtSafetensorsEntry *embedding = _ut_safetensors_find (file, "embedding.weight");
  const UtSafetensorsEntry *rates = _ut_safetensors_find (file, RATES_NAME);

  if (embedding == NULL || rates == NULL)
    {
      _ut_safetensors_set_error (file, error, _("the tensor “%s” is missing"),
                                 embedding == NULL ? "embedding.weight" : RATES_NAME);
      return NULL;
    }

  UtNnShape shape = _ut_config_get_shape (self->config, embedding->dims[0]);
  guint n_averaged = _ut_config_get_n_averaged (self->config);
  self->n_rates = rates->dims[0];
  self->n_averaged = n_averaged > 1 ? MIN (n_averaged, self->progress.n_ended) : 0;
  if (!check_size (file, self, &shape, error) || !allocate (self, &shape, error)
      || !load_numbers (file, self, &shape, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

UtState *
_ut_state_load_stream (const char    *name,
                       GInputStream  *stream,
                       guint64        size,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (UtSafetensors) opened = _ut_safetensors_open_stream (name, stream, size, cancellable,
                                                                  error);

  return opened != NULL ? load (opened, name, cancellable, error) : NULL;
}

UtState *
_ut_state_load (GFile         *file,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (UtSafetensors) opened = _ut_safetensors_open (file, cancellable, error);
  g_autofree char *name = g_file_get_parse_name (file);

  return opened != NULL ? load (opened, name, cancellable, error) : NULL;
}
