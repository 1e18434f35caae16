/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-parts-private.h"

#include "ut-config-private.h"
#include "ut-lab-error.h"
#include "ut-members-private.h"
#include "ut-probe-private.h"
#include "ut-run-folder-private.h"
#include "ut-trainer-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Models for those who wait */

static void
answer_waiting (UtRun   *self,
                UtModel *model)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (g_task_return_error_if_cancelled (task))
        continue;
      if (model != NULL)
        g_task_return_pointer (task, ut_model_ref (model), (GDestroyNotify) ut_model_unref);
      else
        g_task_return_new_error (task, UT_LAB_ERROR, UT_LAB_ERROR_RUN, _("This run has no model."));
    }
}

/* Following the trainer */

static UtRunState
get_phase_state (UtTrainerPhase phase)
{
  switch (phase)
    {
    case UT_TRAINER_PREPARING:
      return UT_RUN_PREPARING;
    case UT_TRAINER_CHECKING:
      return UT_RUN_CHECKING;
    case UT_TRAINER_PAUSED:
      return UT_RUN_PAUSED;
    case UT_TRAINER_TRAINING:
    default:
      return UT_RUN_TRAINING;
    }
}

/* Takes over all but the pointers to what comes in portions. */
static void
take_progress (UtRun                 *self,
               const UtTrainerUpdate *update)
{
  g_free ((char *) self->progress.file);
  g_free ((char *) self->progress.trouble);
  self->progress = *update;
  self->progress.file = g_strdup (update->file);
  self->progress.trouble = g_strdup (update->trouble);
  self->progress.points = NULL;
  self->progress.n_points = 0;
  self->progress.epochs = NULL;
  self->progress.n_new_epochs = 0;
  self->progress.looks = NULL;
  self->progress.n_looks = 0;
  self->progress.notices = NULL;

  if (self->record->state != UT_RUN_STOPPING)
    _ut_run_set_state (self, get_phase_state (update->phase));
  g_object_notify (G_OBJECT (self), "progress");
}

/* What stays known of the data. */
static void
take_corpus (UtRun    *self,
             UtCorpus *corpus)
{
  UtRunRecord *record = self->record;
  UtDataset *train = ut_corpus_get_train (corpus);
  UtDataset *dev = ut_corpus_get_dev (corpus);

  record->majority = ut_corpus_get_majority (corpus, &record->majority_label);
  record->train_rows = ut_dataset_get_n_rows (train);
  record->dev_rows = ut_dataset_get_n_rows (dev);
  g_free (record->train_hash);
  record->train_hash = g_strdup (ut_dataset_get_hash (train));
  g_free (record->dev_hash);
  record->dev_hash = g_strdup (ut_dataset_get_hash (dev));
  if (record->members == NULL)
    {
      gsize n_words = ut_vocabulary_get_size (ut_corpus_get_vocabulary (corpus));
      UtNnShape shape = _ut_config_get_shape (record->config, n_words);

      record->n_weights = ut_nn_shape_count_parameters (&shape);
    }
}

/* A training that goes on may do so from before the end of what there is. Whether anything was
 * dropped. */
static gboolean
rewind_to (UtRun                 *self,
           const UtTrainerUpdate *update)
{
  GArray *points = self->record->points;
  GArray *epochs = self->record->epochs;
  guint n_points = points->len;
  guint n_epochs = epochs->len;
  guint n_looks = self->record->looks->len;
  guint64 step = update->n_points > 0 ? update->points[0].step - 1 : update->step;
  guint64 last = update->n_new_epochs > 0 ? update->epochs[0].step - 1 : update->step;

  while (n_points > 0 && g_array_index (points, UtPoint, n_points - 1).step > step)
    n_points--;
  while (n_epochs > 0 && (g_array_index (epochs, UtEpoch, n_epochs - 1).step > last
                          || g_array_index (epochs, UtEpoch, n_epochs - 1).epoch == 0))
    n_epochs--;
  _ut_probe_looks_cut (self->record->looks, step);
  if (n_points == points->len && n_epochs == epochs->len && n_looks == self->record->looks->len)
    return FALSE;

  g_array_set_size (points, n_points);
  g_array_set_size (epochs, n_epochs);
  return TRUE;
}

static void
update_cb (UtTrainer             *trainer,
           const UtTrainerUpdate *update,
           UtRun                 *self)
{
  GObject *object = G_OBJECT (self);
  const UtEpoch *old_best = ut_run_get_best (self);
  guint old_best_epoch = old_best != NULL ? old_best->epoch : G_MAXUINT;

  g_object_freeze_notify (object);

  if (self->continues && (update->n_points > 0 || update->phase != UT_TRAINER_PREPARING))
    {
      self->continues = FALSE;
      if (rewind_to (self, update))
        g_signal_emit_by_name (self, "rewound");
    }
  if (update->n_points > 0)
    {
      g_array_append_vals (self->record->points, update->points, (guint) update->n_points);
      self->record->last_step = update->points[update->n_points - 1].step;
      self->record->last_epoch = update->points[update->n_points - 1].epoch;
    }
  if (update->n_new_epochs > 0)
    g_array_append_vals (self->record->epochs, update->epochs, (guint) update->n_new_epochs);
  for (gsize i = 0; i < update->n_looks; i++)
    g_ptr_array_add (self->record->looks, ut_probe_look_ref (update->looks[i]));
  self->record->n_looks = self->record->looks->len;
  if (update->notices != NULL)
    _ut_run_add_notice (self, update->notices);

  UtCorpus *corpus = ut_trainer_get_corpus (trainer);

  /* An earlier version counted no weights. */
  if (corpus != NULL && (self->record->train_hash == NULL || self->record->n_weights == 0))
    take_corpus (self, corpus);
  take_progress (self, update);

  const UtEpoch *best = ut_run_get_best (self);

  if (best != NULL && best->epoch != old_best_epoch)
    {
      g_object_notify (object, "best-accuracy");
      g_object_notify (object, "best-epoch");
    }

  g_object_thaw_notify (object);
  g_signal_emit_by_name (self, "progressed");
}

static void
snapshot_cb (UtTrainer *trainer,
             UtModel   *model,
             UtRun     *self)
{
  answer_waiting (self, model);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (UtRun) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtTrainingResult) training = ut_trainer_run_finish (UT_TRAINER (source), result,
                                                                &error);
  const GError *failure = training != NULL ? training->error : error;

  g_autoptr (UtTrainer) trainer = g_steal_pointer (&self->trainer);
  UtCorpus *corpus = ut_trainer_get_corpus (trainer);

  if (training != NULL && training->model != NULL)
    {
      g_free (self->record->vectors_hash);
      self->record->vectors_hash = g_strdup (ut_model_get_facts (training->model)->vectors_hash);
    }
  g_signal_handlers_disconnect_by_data (trainer, self);
  g_object_freeze_notify (G_OBJECT (self));
  if (failure != NULL)
    {
      _ut_run_set_failure (self, failure->message);
      _ut_run_set_state (self, UT_RUN_FAILED);
    }
  else
    {
      gboolean finished = training->outcome == UT_TRAINER_FINISHED;

      if (training->early != NULL)
        _ut_run_add_notice (self, training->early);
      _ut_run_set_state (self, finished ? UT_RUN_FINISHED : UT_RUN_STOPPED);
    }
  g_object_thaw_notify (G_OBJECT (self));

  /* A failed run may not have been able to write its model; the others have theirs in a file. */
  if (failure != NULL && training != NULL && training->model != NULL)
    self->model = ut_model_ref (training->model);
  answer_waiting (self, training != NULL ? training->model : NULL);
  g_signal_emit_by_name (self, "progressed");

  self->ended (self, corpus, self->ended_data);
}

/* Checking an ensemble */

static void
check_update (const UtTrainerUpdate *update,
              gpointer               data)
{
  UtRun *self = data;

  take_progress (self, update);
  g_signal_emit_by_name (self, "progressed");
}

static const UtMailboxFuncs check_funcs = { check_update, NULL };

static void
check_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (UtRun) self = data;
  g_autoptr (UtMailbox) mailbox = g_steal_pointer (&self->mailbox);
  g_autoptr (UtCorpus) corpus = _ut_mailbox_dup_corpus (mailbox);
  g_autoptr (GError) error = NULL;
  UtRunState state = UT_RUN_ENSEMBLE;

  _ut_mailbox_close (mailbox);
  g_clear_object (&self->checking);
  g_object_freeze_notify (G_OBJECT (self));
  /* Not checked it is an ensemble still. */
  if (!_ut_members_check_finish (result, &self->record->evaluation, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      _ut_run_set_failure (self, error->message);
      state = UT_RUN_FAILED;
    }
  if (corpus != NULL)
    take_corpus (self, corpus);
  _ut_run_set_state (self, state);
  g_object_notify (G_OBJECT (self), "best-accuracy");
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit_by_name (self, "progressed");

  self->ended (self, corpus, self->ended_data);
}

static GFile *
get_runs_folder (UtRun *self)
{
  return g_file_get_parent (self->folder);
}

static void
start_check (UtRun    *self,
             UtCorpus *corpus)
{
  g_autoptr (GFile) runs = get_runs_folder (self);

  self->mailbox = _ut_mailbox_new (&check_funcs, self);
  self->checking = g_cancellable_new ();
  _ut_members_check_async (self->record->members, runs, self->record->config, corpus,
                           self->mailbox, self->checking, check_cb, g_object_ref (self));
}

/* The state that it goes on from: (transfer full) (nullable). One that was cut off before it had
 * kept any begins anew. */
static GFile *
find_start (UtRun *self)
{
  g_autoptr (GFile) last = g_file_get_child (self->folder, UT_RUN_STATE_NAME);
  g_autoptr (GFile) best = g_file_get_child (self->folder, UT_RUN_BEST_STATE_NAME);

  if (self->record->last_step == 0)
    return NULL;
  if (self->record->from_best && g_file_query_exists (best, NULL))
    return g_steal_pointer (&best);

  return g_file_query_exists (last, NULL) ? g_steal_pointer (&last) : NULL;
}

gboolean
_ut_run_has_state (UtRun *self)
{
  g_autoptr (GFile) state = self->folder != NULL ? find_start (self) : NULL;

  return state != NULL;
}

void
_ut_run_prepare (UtRun *self)
{
  self->wants_pause = FALSE;
  self->wants_stop = FALSE;
  _ut_run_set_failure (self, NULL);
  _ut_run_set_state (self, UT_RUN_PREPARING);
}

void
_ut_run_fail (UtRun      *self,
              const char *message)
{
  _ut_run_set_failure (self, message);
  _ut_run_set_state (self, UT_RUN_FAILED);
  g_signal_emit_by_name (self, "progressed");
}

void
_ut_run_start (UtRun      *self,
               const char *store,
               UtCorpus   *corpus,
               UtRunEnded  ended,
               gpointer    data)
{
  g_assert (self->trainer == NULL && self->mailbox == NULL && self->folder != NULL);
  g_assert (self->has_points);

  g_autoptr (GFile) model = g_file_get_child (self->folder, UT_RUN_MODEL_NAME);
  g_autoptr (GFile) state = g_file_get_child (self->folder, UT_RUN_STATE_NAME);
  g_autoptr (GFile) map = g_file_get_child (self->folder, UT_RUN_MAP_NAME);
  g_autoptr (GFile) start = find_start (self);

  self->continues = self->record->last_step > 0;
  self->ended = ended;
  self->ended_data = data;
  if (self->record->members != NULL)
    {
      start_check (self, corpus);
      if (self->wants_stop)
        g_cancellable_cancel (self->checking);
      return;
    }

  g_free (self->record->version);
  self->record->version = g_strdup (PACKAGE_VERSION);
  self->trainer = ut_trainer_new (self->record->config, corpus);
  ut_trainer_set_outputs (self->trainer, NULL, model, state);
  ut_trainer_set_map_output (self->trainer, map);
  _ut_trainer_set_journal (self->trainer, store, self->record->id);
  if (start != NULL)
    ut_trainer_continue_from (self->trainer, start);
  ut_trainer_set_waits_to_save (self->trainer, TRUE);
  ut_trainer_set_speed (self->trainer, self->speed);
  ut_trainer_set_probes (self->trainer, self->probes);
  ut_trainer_set_paused (self->trainer, self->wants_pause);
  if (self->wants_stop)
    ut_trainer_stop (self->trainer);
  if (self->wants_hold)
    self->hold = _ut_trainer_hold (self->trainer);
  g_signal_connect_object (self->trainer, "update", G_CALLBACK (update_cb), self, 0);
  g_signal_connect_object (self->trainer, "snapshot", G_CALLBACK (snapshot_cb), self, 0);
  ut_trainer_run_async (self->trainer, run_cb, g_object_ref (self));
}

/* Steering */

void
ut_run_set_paused (UtRun    *self,
                   gboolean  paused)
{
  g_return_if_fail (UT_IS_RUN (self));

  self->wants_pause = paused;
  if (self->trainer != NULL)
    ut_trainer_set_paused (self->trainer, paused);
}

void
ut_run_step (UtRun *self)
{
  g_return_if_fail (UT_IS_RUN (self));

  if (self->trainer != NULL)
    ut_trainer_step (self->trainer);
}

void
ut_run_set_speed (UtRun  *self,
                  double  batches_per_second)
{
  g_return_if_fail (UT_IS_RUN (self));
  g_return_if_fail (batches_per_second >= 0);

  self->speed = batches_per_second;
  if (self->trainer != NULL)
    ut_trainer_set_speed (self->trainer, batches_per_second);
}

double
ut_run_get_speed (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), 0);

  return self->speed;
}

void
ut_run_stop (UtRun *self)
{
  g_return_if_fail (UT_IS_RUN (self));

  if (self->trainer != NULL)
    ut_trainer_stop (self->trainer);
  else if (self->checking != NULL)
    g_cancellable_cancel (self->checking);
  else if (self->record->state == UT_RUN_PREPARING)
    self->wants_stop = TRUE;
  else
    return;

  _ut_run_set_state (self, UT_RUN_STOPPING);
}

void
_ut_run_hold (UtRun *self)
{
  self->wants_hold = TRUE;
  if (self->trainer != NULL)
    self->hold = _ut_trainer_hold (self->trainer);
}

gboolean
_ut_run_is_held (UtRun *self)
{
  /* The check of an ensemble writes nothing. */
  return self->trainer != NULL ? self->hold != 0 && self->progress.hold == self->hold
                               : self->checking != NULL;
}

void
_ut_run_release (UtRun      *self,
                 const char *store)
{
  self->wants_hold = FALSE;
  self->hold = 0;
  if (self->trainer != NULL)
    _ut_trainer_release (self->trainer, store);
}

/* Its model */

static void
load_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  UtModel *model = ut_model_load_finish (result, &error);

  if (model != NULL)
    g_task_return_pointer (task, model, (GDestroyNotify) ut_model_unref);
  else
    g_task_return_error (task, error);
}

void
ut_run_get_model_async (UtRun               *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (UT_IS_RUN (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ut_run_get_model_async);
  if (self->trainer != NULL)
    {
      g_ptr_array_add (self->waiting, g_steal_pointer (&task));
      ut_trainer_request_snapshot (self->trainer);
    }
  else if (self->model != NULL)
    {
      g_task_return_pointer (task, ut_model_ref (self->model), (GDestroyNotify) ut_model_unref);
    }
  else if (self->record->members != NULL && self->record->members->len > 0)
    {
      g_autoptr (GFile) runs = get_runs_folder (self);

      _ut_members_load_async (self->record->members, runs, cancellable, load_cb,
                              g_steal_pointer (&task));
    }
  else if (self->folder == NULL || self->record->last_step == 0)
    {
      g_task_return_new_error (task, UT_LAB_ERROR, UT_LAB_ERROR_RUN, _("This run has no model."));
    }
  else
    {
      g_autoptr (GFile) file = g_file_get_child (self->folder, UT_RUN_MODEL_NAME);

      ut_model_load_async (file, cancellable, load_cb, g_steal_pointer (&task));
    }
}

UtModel *
ut_run_get_model_finish (UtRun         *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (UT_IS_RUN (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
