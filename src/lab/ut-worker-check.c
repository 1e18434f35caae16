/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-worker-parts-private.h"

#include "ut-metrics-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* While nothing was checked yet, the first stop lets the check go on: it is the one that is
   wanted. */
static gboolean
check_goes_on (double   fraction,
               gpointer data)
{
  UtWorker *self = data;

  return _ut_control_get_stops (self->job->control) < (self->result->checked ? 1u : 2u);
}

/* Checks the present weights as the epoch of that number; not done where the course says so. */
static UtCourse
evaluate (UtWorker *self,
          guint     epoch_number,
          UtEpoch  *epoch)
{
  const UtProgress *progress = &self->progress;
  UtEvaluation evaluation;
  gboolean done = _ut_checker_run (self->engine.checker, self->engine.present, check_goes_on, self,
                                   &evaluation);

  _ut_stopwatch_end_check (&self->watch);
  if (!done)
    return UT_COURSE_STOP;

  double n_examples = (double) progress->n_examples;

  *epoch = (UtEpoch) {
    .epoch = epoch_number,
    .step = progress->step,
    .train_loss = progress->loss_sum / n_examples,
    .train_accuracy = (double) progress->n_correct / n_examples,
    .val_loss = evaluation.loss,
    .val_accuracy = evaluation.accuracy,
    .seconds = _ut_stopwatch_get_epoch_seconds (&self->watch),
    .steps_per_second = _ut_stopwatch_get_steps_per_second (&self->watch),
  };

  _ut_keeper_add_epoch (self->keeper, epoch);
  _ut_worker_post (self, NULL, epoch, NULL);
  if (!isfinite (evaluation.loss))
    {
      g_autofree char *message =
        g_strdup_printf (_("The validation loss was not a number after epoch %'u."), epoch_number);

      return _ut_worker_fail_not_finite (self, message);
    }
  _ut_worker_look_checked (self);

  return UT_COURSE_GO_ON;
}

/* Before anything waits: a snapshot meanwhile would leave other weights. */
static void
keep_answers (UtWorker *self,
              guint     epoch_number)
{
  gsize n_rows;
  float *answers;

  if (self->job->store == NULL)
    return;

  answers = _ut_checker_dup_answers (self->engine.checker, self->engine.present, &n_rows);
  _ut_keeper_add_answers (self->keeper, epoch_number, answers, n_rows);
}

static void
begin_check (UtWorker *self)
{
  self->status.phase = UT_TRAINER_CHECKING;
  _ut_worker_post (self, NULL, NULL, NULL);
  _ut_stopwatch_begin_check (&self->watch);
}

/* What of the progress follows from an epoch's check. */
static void
count_epoch (UtWorker      *self,
             const UtEpoch *epoch,
             gboolean       is_best)
{
  UtProgress *progress = &self->progress;

  _ut_schedule_end_epoch (&progress->schedule, epoch->val_accuracy);
  if (epoch->val_accuracy > progress->accuracy_to_beat)
    {
      progress->accuracy_to_beat =
        epoch->val_accuracy + ut_config_get_number (self->job->config, UT_SETTING_MIN_DELTA);
      progress->n_idle_epochs = 0;
    }
  else
    progress->n_idle_epochs++;

  if (is_best)
    {
      const char *checksum = _ut_keeper_get_model_checksum (self->keeper);

      progress->best = *epoch;
      g_strlcpy (progress->best_model, checksum != NULL ? checksum : "",
                 sizeof progress->best_model);
    }
  progress->checked = TRUE;
  progress->n_checked = epoch->epoch;
}

UtCourse
_ut_worker_check (UtWorker *self)
{
  const UtProgress *progress = &self->progress;
  UtEpoch epoch;

  begin_check (self);

  /* Before the checker may be stopped, and not among the time that steps take. */
  UtCourse course = _ut_worker_keep_map (self);

  if (course == UT_COURSE_GO_ON)
    {
      _ut_engine_export_epoch (&self->engine);
      course = evaluate (self, progress->epoch, &epoch);
    }
  if (course != UT_COURSE_GO_ON)
    return course;

  gboolean is_best = !progress->checked || _ut_epoch_is_better (&epoch, &progress->best);

  if (is_best)
    {
      keep_answers (self, epoch.epoch);
      course = _ut_worker_keep_model (self, &epoch);
    }
  if (course != UT_COURSE_GO_ON)
    return course;

  count_epoch (self, &epoch, is_best);
  course = _ut_worker_save_state (self);

  return course == UT_COURSE_GO_ON ? _ut_worker_flush_log (self) : course;
}

UtCourse
_ut_worker_check_unfinished (UtWorker *self)
{
  UtEpoch epoch;

  begin_check (self);
  _ut_engine_export (&self->engine);

  UtCourse course = evaluate (self, 0, &epoch);

  if (course == UT_COURSE_FAIL)
    return course;
  if (course == UT_COURSE_GO_ON)
    keep_answers (self, epoch.epoch);

  return _ut_worker_keep_model (self, course == UT_COURSE_GO_ON ? &epoch : NULL);
}
