/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-worker-parts-private.h"

#include "ut-lab-error.h"

#include <glib/gi18n-lib.h>

void
_ut_worker_post (UtWorker      *self,
                 const UtPoint *point,
                 const UtEpoch *epoch,
                 const char    *notice)
{
  const UtProgress *progress = &self->progress;

  self->status.step = progress->step;
  self->status.epoch = progress->epoch;
  self->status.batch = progress->batch;
  if (self->status.phase != UT_TRAINER_PREPARING)
    self->status.fraction = (double) progress->step / (double) MAX (1, self->n_steps);
  _ut_stopwatch_fill (&self->watch, &self->status);
  _ut_mailbox_post (self->job->mailbox, &self->status, point, epoch, notice);
}

UtCourse
_ut_worker_fail (UtWorker *self,
                 GError   *error)
{
  /* The first failure is the cause. */
  if (self->result->error == NULL)
    self->result->error = error;
  else
    g_error_free (error);

  return UT_COURSE_FAIL;
}

UtCourse
_ut_worker_fail_not_finite (UtWorker   *self,
                            const char *message)
{
  g_autofree char *what = self->result->checked
                          ? g_strdup_printf (_("The model of epoch %'u is kept."),
                                             self->result->best.epoch)
                          : g_strdup (_("There is no earlier model to keep. A smaller learning "
                                        "rate may help."));

  return _ut_worker_fail (self, g_error_new (UT_LAB_ERROR, UT_LAB_ERROR_NOT_FINITE, "%s %s",
                                             message, what));
}

/* Writing */

typedef gboolean (*Write) (UtWorker *self,
                           GError  **error);

UtControlTurn
_ut_worker_ask (UtWorker     *self,
                UtControlTurn last)
{
  gboolean waits = last == UT_CONTROL_PAUSE || last == UT_CONTROL_SLOW;

  if (waits)
    _ut_stopwatch_halt (&self->watch);

  UtControlTurn turn = _ut_control_next (self->job->control, last);

  if (waits)
    _ut_stopwatch_resume (&self->watch);
  return turn;
}

UtCourse
_ut_worker_hand_over_snapshot (UtWorker *self)
{
  GError *error = NULL;

  _ut_engine_export (&self->engine);

  UtModel *model = _ut_engine_copy_model (&self->engine, &error);

  if (model == NULL)
    return _ut_worker_fail (self, error);

  _ut_mailbox_post_snapshot (self->job->mailbox, model);
  return UT_COURSE_GO_ON;
}

void
_ut_worker_hold (UtWorker *self)
{
  g_autofree char *store = NULL;

  _ut_stopwatch_halt (&self->watch);
  self->status.hold = _ut_control_get_hold (self->job->control);
  _ut_worker_post (self, NULL, NULL, NULL);
  store = _ut_control_wait_held (self->job->control, self->status.hold);
  if (store != NULL)
    _ut_keeper_move (self->keeper, store);
  self->status.hold = 0;
  _ut_worker_post (self, NULL, NULL, NULL);
  _ut_stopwatch_resume (&self->watch);
}

/* Until the main thread wants to go on, or to stop: then the failure is one. */
static UtCourse
wait_in_trouble (UtWorker *self,
                 GError   *error)
{
  UtTrainerPhase phase = self->status.phase;
  UtControlTurn turn = UT_CONTROL_PAUSE;
  UtCourse course = UT_COURSE_GO_ON;

  _ut_control_set_paused (self->job->control, TRUE);
  self->status.phase = UT_TRAINER_PAUSED;
  self->status.trouble = error->message;
  _ut_worker_post (self, NULL, NULL, NULL);
  while (course == UT_COURSE_GO_ON
         && (turn == UT_CONTROL_PAUSE || turn == UT_CONTROL_SNAPSHOT || turn == UT_CONTROL_LOOK
             || turn == UT_CONTROL_HOLD))
    {
      turn = _ut_worker_ask (self, UT_CONTROL_PAUSE);
      if (turn == UT_CONTROL_HOLD)
        _ut_worker_hold (self);
      if (turn == UT_CONTROL_SNAPSHOT)
        course = _ut_worker_hand_over_snapshot (self);
    }
  self->status.phase = phase;
  self->status.trouble = NULL;
  _ut_worker_post (self, NULL, NULL, NULL);
  if (turn == UT_CONTROL_STOP)
    return _ut_worker_fail (self, g_error_copy (error));

  return course;
}

/* Has @write write a file, as often as it takes where the training waits for that. What is to be
   checked must not be in the engine yet: a snapshot overwrites it. */
static UtCourse
write_file (UtWorker *self,
            Write     write)
{
  UtCourse course = UT_COURSE_GO_ON;

  while (course == UT_COURSE_GO_ON)
    {
      g_autoptr (GError) error = NULL;

      if (write (self, &error))
        return UT_COURSE_GO_ON;

      course = self->job->waits_to_save && error->domain == G_IO_ERROR
               && _ut_control_get_stops (self->job->control) == 0
               ? wait_in_trouble (self, error) : _ut_worker_fail (self, g_steal_pointer (&error));
    }

  return course;
}

static gboolean
write_log (UtWorker *self,
           GError  **error)
{
  return _ut_keeper_flush_log (self->keeper, error);
}

UtCourse
_ut_worker_flush_log (UtWorker *self)
{
  return write_file (self, write_log);
}

static gboolean
write_model (UtWorker *self,
             GError  **error)
{
  return _ut_keeper_save_model (self->keeper, self->result->model, &self->result->saved, error);
}

static gboolean
write_state (UtWorker *self,
             GError  **error)
{
  return _ut_keeper_save_state (self->keeper, &self->engine, &self->progress, error);
}

static gboolean
write_map (UtWorker *self,
           GError  **error)
{
  return _ut_keeper_save_map (self->keeper, self->result->map, error);
}

/* Keeping */

UtCourse
_ut_worker_keep_model (UtWorker      *self,
                       const UtEpoch *epoch)
{
  GError *error = NULL;
  UtModel *model = _ut_engine_copy_model (&self->engine, &error);

  if (model == NULL)
    return _ut_worker_fail (self, error);

  g_clear_pointer (&self->result->model, ut_model_unref);
  self->result->model = model;
  self->result->saved = FALSE;
  if (epoch != NULL)
    {
      self->result->best = *epoch;
      self->result->checked = TRUE;
    }

  return write_file (self, write_model);
}

UtCourse
_ut_worker_write_model (UtWorker *self)
{
  return write_file (self, write_model);
}

UtCourse
_ut_worker_save_state (UtWorker *self)
{
  _ut_stopwatch_get_times (&self->watch, &self->progress.times);

  UtCourse course = write_file (self, write_state);

  _ut_stopwatch_count_save (&self->watch);
  return course;
}

UtCourse
_ut_worker_keep_map (UtWorker *self)
{
  UtDataMap *map = _ut_dynamics_make_map (self->engine.dynamics);

  if (map == NULL)
    return UT_COURSE_GO_ON;

  g_clear_pointer (&self->result->map, ut_data_map_unref);
  self->result->map = map;

  return write_file (self, write_map);
}
