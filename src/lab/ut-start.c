/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-start-private.h"

#include "ut-lab-error.h"
#include "ut-memory-private.h"
#include "ut-metadata-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What may be another without the steps so far being others. */
static gboolean
may_differ (UtSetting setting)
{
  return setting == UT_SETTING_EPOCHS || setting == UT_SETTING_LEARNING_RATE
         || setting == UT_SETTING_EVAL_BATCH_SIZE || setting == UT_SETTING_THREADS;
}

static gboolean
check_config (const UtState   *self,
              const UtConfig  *config,
              GError         **error)
{
  UtCellKind cell = ut_config_get_cell (self->config);
  gint64 n_epochs = ut_config_get_int (config, UT_SETTING_EPOCHS);

  if (cell != ut_config_get_cell (config))
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                   /* Translators: a file, and two kinds of network. */
                   _("%s: This training began with the cell %s and cannot go on with %s"),
                   self->name, ut_cell_kind_get_title (cell),
                   ut_cell_kind_get_title (ut_config_get_cell (config)));
      return FALSE;
    }
  for (UtSetting i = 0; i < UT_N_SETTINGS; i++)
    {
      double before = ut_config_get_number (self->config, i);
      double now = ut_config_get_number (config, i);

      if (before == now || may_differ (i))
        continue;

      g_autofree char *before_text = ut_setting_describe (i, before);
      g_autofree char *now_text = ut_setting_describe (i, now);

      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                   /* Translators: a file, the name of a setting, and two of its values. */
                   _("%s: This training began with “%s” at %s and cannot go on with %s"),
                   self->name, ut_setting_get_title (i), before_text, now_text);
      return FALSE;
    }
  if (n_epochs < self->progress.epoch)
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                   _("%s: This training has come to epoch %u and cannot go on with no more than "
                     "%u"),
                   self->name, self->progress.epoch, (guint) n_epochs);
      return FALSE;
    }

  return TRUE;
}

UtState *
_ut_start_load (GFile           *file,
                const UtConfig  *config,
                GCancellable    *cancellable,
                GError         **error)
{
  g_autoptr (UtState) self = _ut_state_load (file, cancellable, error);

  return self != NULL && check_config (self, config, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
check_hash (const UtState  *self,
            const char     *before,
            const char     *now,
            const char     *what,
            const char     *path,
            GError        **error)
{
  if (g_strcmp0 (before, now) == 0)
    return TRUE;

  g_autofree char *name = path != NULL ? g_filename_display_name (path) : NULL;

  g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
               /* Translators: a file, “the training rows” or the like, and where they come from in
                  brackets. */
               _("%s: This training cannot go on: %s (%s) are not those that it began with. Put "
                 "them back as they were, or start a new training"),
               self->name, what, name != NULL ? name : _("none"));
  return FALSE;
}

static gboolean
check_data (const UtState   *self,
            const UtEngine  *engine,
            GError         **error)
{
  const UtConfig *config = engine->config;
  const UtDataFacts facts = _ut_engine_get_facts (engine);
  g_autofree char *title = ut_config_dup_data_title (config);
  const char *train = ut_config_get_train_path (config);
  const char *dev = ut_config_get_dev_path (config);

  train = train != NULL ? train : title;
  dev = dev != NULL ? dev : train;

  return check_hash (self, self->facts.train_hash, facts.train_hash, _("the training rows"), train,
                     error)
         && check_hash (self, self->facts.dev_hash, facts.dev_hash, _("the validation rows"), dev,
                        error)
         && check_hash (self, self->facts.vectors_hash, facts.vectors_hash, _("the word vectors"),
                        ut_config_get_vectors_path (config), error);
}

static void
restore_moment (const UtState *self,
                UtNnMoment     moment,
                UtEngine      *engine)
{
  size_t n_tensors;
  const UtNnTensor *tensors = ut_nn_model_get_tensors (engine->weights, &n_tensors);

  for (gsize i = 0; i < n_tensors; i++)
    memcpy (ut_nn_trainer_get_moment (engine->trainer, moment, &tensors[i]),
            ut_nn_model_peek_data (self->moments[moment], &tensors[i]),
            tensors[i].size * sizeof (float));
}

gboolean
_ut_start_restore (const UtState  *self,
                   UtEngine       *engine,
                   GError        **error)
{
  const UtNnShape *shape = ut_nn_model_get_shape (engine->weights);
  gsize n_rows = ut_dataset_get_n_rows (ut_corpus_get_train (engine->corpus));

  if (!check_data (self, engine, error))
    return FALSE;

  /* Equal data and settings have equal vocabularies, unless the file is not what it says. */
  if (shape->vocabulary != ut_nn_model_get_shape (self->weights)->vocabulary
      || n_rows != self->facts.train_rows)
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL,
                   _("%s: the network in it is not of the data that it names"), self->name);
      return FALSE;
    }

  ut_nn_model_assign (engine->weights, self->weights);
  restore_moment (self, UT_NN_MOMENT_FIRST, engine);
  restore_moment (self, UT_NN_MOMENT_SECOND, engine);

  UtNnStatus status = ut_nn_trainer_restore (engine->trainer, self->progress.step, self->last_steps,
                                             self->further_steps, self->rates, self->n_rates);

  /* Steps and rates were checked when they were read. */
  g_assert (status == UT_NN_OK || status == UT_NN_ERROR_MEMORY);
  if (status != UT_NN_OK)
    {
      _ut_memory_set_error (engine->n_bytes, error);
      return FALSE;
    }

  if (engine->average != NULL)
    _ut_average_clear (engine->average);
  for (guint i = 0; engine->average != NULL && i < self->n_averaged; i++)
    _ut_average_add (engine->average, self->averaged[i]);
  _ut_dynamics_restore (engine->dynamics, self->dynamics, self->progress.n_ended);
  return TRUE;
}

/* The model of @file, if it is one of that training. */
static UtModel *
load_model (const UtState  *self,
            GFile          *file,
            GError        **error)
{
  if (file == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _("No file is named that has it"));
      return NULL;
    }

  g_autoptr (UtModel) model = ut_model_load (file, NULL, error);

  if (model == NULL)
    return NULL;
  if (g_strcmp0 (ut_model_get_facts (model)->train_hash, self->facts.train_hash) != 0
      || ut_config_get_cell (ut_model_get_config (model)) != ut_config_get_cell (self->config))
    {
      g_autofree char *name = g_file_get_parse_name (file);

      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL,
                   _("%s is the model of another training"), name);
      return NULL;
    }

  return g_steal_pointer (&model);
}

UtModel *
_ut_start_read_best (const UtState  *self,
                     GFile          *file,
                     gboolean       *is_as_saved,
                     GError        **error)
{
  g_autoptr (UtModel) model = load_model (self, file, error);

  if (model == NULL)
    {
      /* Translators: stands before the reason. */
      g_prefix_error (error, _("The best model so far, that of epoch %'u, cannot be read back: "),
                      self->progress.best.epoch);
      return NULL;
    }

  /* What it was calibrated to is no work of the training, and its file is that of one that went
   * through without a break. */
  *is_as_saved = ut_model_get_calibration (model) == NULL;
  return *is_as_saved ? g_steal_pointer (&model) : ut_model_new_calibrated (model, NULL);
}

/* Whoever calibrated a model has changed what its file says, but not its numbers. */
static gboolean
is_model (UtSafetensors *file,
          const char    *checksum)
{
  return _ut_safetensors_get_metadata (file, UT_METADATA_CALIBRATION) != NULL
         ? _ut_safetensors_has_numbers_of (file, checksum)
         : g_strcmp0 (_ut_safetensors_get_checksum (file), checksum) == 0;
}

gboolean
_ut_start_has_other_model (const UtState *self,
                           GFile         *file)
{
  const char *expected = self->progress.best_model;
  g_autoptr (UtSafetensors) opened = file != NULL && *expected != '\0'
                                     ? _ut_safetensors_open (file, NULL, NULL) : NULL;

  return opened != NULL && !is_model (opened, expected);
}

UtState *
_ut_start_load_best (const UtState  *self,
                     GFile          *start,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_autoptr (GFile) file = _ut_state_dup_best_file (start);
  g_autoptr (UtState) best = file != NULL ? _ut_start_load (file, self->config, cancellable, error)
                                          : NULL;

  if (best == NULL)
    return NULL;
  if (best->progress.epoch == self->progress.best.epoch && _ut_progress_is_best (&best->progress))
    return g_steal_pointer (&best);

  g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_MODEL,
               _("%s is not the state of epoch %'u"), best->name, self->progress.best.epoch);
  return NULL;
}

static gboolean
depends_on_n_steps (const UtSchedule *schedule)
{
  return schedule->n_warm > 0 || schedule->kind == UT_SCHEDULE_LINEAR
         || schedule->kind == UT_SCHEDULE_COSINE;
}

void
_ut_start_make_progress (const UtState   *self,
                         const UtConfig  *config,
                         guint64          n_steps,
                         UtProgress      *progress,
                         char           **notice)
{
  const UtSchedule *schedule = &self->progress.schedule;
  double rate = ut_config_get_number (config, UT_SETTING_LEARNING_RATE);
  guint patience = (guint) ut_config_get_int (config, UT_SETTING_PATIENCE);
  guint n_epochs = (guint) ut_config_get_int (config, UT_SETTING_EPOCHS);
  guint n_before = (guint) ut_config_get_int (self->config, UT_SETTING_EPOCHS);

  *progress = self->progress;
  *notice = NULL;
  _ut_schedule_init (&progress->schedule, schedule->kind, rate,
                     ut_config_get_number (config, UT_SETTING_WARM_UP), n_steps);
  progress->schedule.best_accuracy = schedule->best_accuracy;
  progress->schedule.n_idle_epochs = schedule->n_idle_epochs;
  if (rate == ut_config_get_number (self->config, UT_SETTING_LEARNING_RATE))
    progress->schedule.learning_rate = schedule->learning_rate;

  /* Who asks for more epochs wants them. */
  if (n_epochs > n_before && patience > 0 && progress->n_idle_epochs >= patience)
    progress->n_idle_epochs = 0;
  if (n_epochs != n_before && depends_on_n_steps (&progress->schedule))
    *notice = g_strdup_printf (_("The learning rate follows its schedule over %u epochs from here "
                                 "on; until here it was over %u."),
                               n_epochs, n_before);
}
