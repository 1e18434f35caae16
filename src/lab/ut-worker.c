/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-worker-parts-private.h"

#include "ut-memory-private.h"
#include "ut-start-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

void
_ut_job_free (UtJob *job)
{
  ut_config_unref (job->config);
  g_clear_pointer (&job->corpus, ut_corpus_unref);
  g_clear_object (&job->log);
  g_clear_object (&job->model);
  g_clear_object (&job->state);
  g_clear_object (&job->map);
  g_free (job->store);
  g_free (job->run_id);
  g_clear_object (&job->start);
  _ut_control_unref (job->control);
  _ut_mailbox_unref (job->mailbox);
  g_free (job);
}

/* Preparing */

static void
read_cb (const char *file,
         double      fraction,
         gpointer    data)
{
  UtWorker *self = data;

  self->status.phase = UT_TRAINER_PREPARING;
  self->status.file = file;
  self->status.fraction = fraction;
  _ut_worker_post (self, NULL, NULL, NULL);
  /* The name is the reader's. */
  self->status.file = NULL;
}

static void
got_corpus_cb (UtCorpus *corpus,
               gpointer  data)
{
  UtWorker *self = data;

  _ut_mailbox_post_corpus (self->job->mailbox, corpus);
}

static void
tell_cb (const char *notice,
         gpointer    data)
{
  _ut_worker_post (data, NULL, NULL, notice);
}

static gboolean
prepare_engine (UtWorker *self,
                GError  **error)
{
  static const UtEngineFuncs funcs = { read_cb, got_corpus_cb, tell_cb };
  UtJob *job = self->job;

  if (!_ut_engine_prepare (&self->engine, job->config, job->corpus, &funcs, self,
                           _ut_control_get_cancellable (job->control), error))
    return FALSE;

  self->status.file = NULL;
  self->status.n_batches = (guint) _ut_feed_get_n_batches (self->engine.feed);
  self->status.n_dev =
    (guint) ut_dataset_get_n_rows (ut_corpus_get_dev (self->engine.corpus));
  self->n_steps = (guint64) self->status.n_batches * self->status.n_epochs;

  return TRUE;
}

/* As the trainer's history has it. */
static void
find_rate (UtWorker *self)
{
  gsize n_rates;
  const UtNnRate *rates = ut_nn_trainer_get_rates (self->engine.trainer, &n_rates);

  self->rate = rates[n_rates - 1].learning_rate;
}

static gboolean
prepare_new (UtWorker *self,
             GError  **error)
{
  if (!_ut_keeper_start_log (self->keeper, error) || !prepare_engine (self, error)
      || !_ut_keeper_forget (self->keeper, error))
    return FALSE;

  UtConfig *config = self->job->config;

  _ut_schedule_init (&self->progress.schedule,
                     (UtScheduleKind) ut_config_get_int (config, UT_SETTING_SCHEDULE),
                     ut_config_get_number (config, UT_SETTING_LEARNING_RATE),
                     ut_config_get_number (config, UT_SETTING_WARM_UP), self->n_steps);
  find_rate (self);
  return TRUE;
}

static gboolean
go_on (double   fraction,
       gpointer data)
{
  return TRUE;
}

/* The model of the best epoch so far, which @start is not of. */
static gboolean
take_best (UtWorker  *self,
           UtState   *start,
           GError   **error)
{
  UtJob *job = self->job;
  GCancellable *cancellable = _ut_control_get_cancellable (job->control);
  g_autoptr (UtState) best = NULL;
  UtEvaluation evaluation;

  if (!_ut_start_has_other_model (start, job->model))
    {
      self->result->model = _ut_start_read_best (start, job->model, &self->result->saved, error);
      return self->result->model != NULL;
    }

  /* A kill came between a better model and its state, and the epoch may not be trained again. */
  best = _ut_start_load_best (start, job->start, cancellable, error);
  if (best == NULL || !_ut_start_restore (best, &self->engine, error))
    return FALSE;
  _ut_engine_export_epoch (&self->engine);
  self->result->model = _ut_engine_copy_model (&self->engine, error);
  if (self->result->model == NULL)
    return FALSE;
  if (job->store != NULL && _ut_checker_run (self->engine.checker, self->engine.present, go_on, NULL,
                                             &evaluation))
    self->best_answers = _ut_checker_dup_answers (self->engine.checker, self->engine.present,
                                                  &self->n_best_answers);

  return _ut_start_restore (start, &self->engine, error);
}

/* Changes no file before all is found to be as it was. */
static gboolean
prepare_continued (UtWorker *self,
                   GError  **error)
{
  UtJob *job = self->job;
  GCancellable *cancellable = _ut_control_get_cancellable (job->control);
  g_autoptr (UtState) start = _ut_start_load (job->start, job->config, cancellable, error);
  UtProgress *progress = &self->progress;
  g_autofree char *notice = NULL;

  if (start == NULL)
    return FALSE;
  *progress = start->progress;
  self->result->last_epoch = progress->epoch;
  if (!prepare_engine (self, error) || !_ut_start_restore (start, &self->engine, error)
      || (progress->checked && !_ut_progress_is_best (progress) && !take_best (self, start, error)))
    return FALSE;
  self->result->checked = progress->checked;
  self->result->best = progress->best;
  if (!_ut_keeper_continue (self->keeper, job->start, progress, error))
    return FALSE;

  _ut_start_make_progress (start, job->config, self->n_steps, progress, &notice);
  find_rate (self);
  if (progress->n_ended < progress->epoch)
    _ut_engine_continue_epoch (&self->engine, progress->epoch);
  _ut_stopwatch_go_on (&self->watch, &progress->times, progress->step, progress->batch,
                       progress->n_checked);
  self->status.phase = UT_TRAINER_TRAINING;
  _ut_worker_post (self, NULL, NULL, notice);

  return TRUE;
}

/* A training that goes on in other files than the one it comes from has all of them at once. */
static UtCourse
keep_start (UtWorker *self)
{
  const UtProgress *progress = &self->progress;
  UtCourse course = _ut_worker_keep_map (self);

  if (self->best_answers != NULL)
    _ut_keeper_add_answers (self->keeper, progress->best.epoch,
                            g_steal_pointer (&self->best_answers), self->n_best_answers);
  if (course == UT_COURSE_GO_ON && progress->checked && !_ut_progress_is_best (progress)
      && !self->result->saved)
    course = _ut_worker_write_model (self);
  if (course == UT_COURSE_GO_ON && _ut_progress_is_best (progress))
    {
      _ut_engine_export_epoch (&self->engine);
      course = _ut_worker_keep_model (self, &progress->best);
    }
  if (course == UT_COURSE_GO_ON && self->job->state != NULL
      && !g_file_equal (self->job->state, self->job->start))
    course = _ut_worker_save_state (self);

  return course;
}

/* Training */

/* Once a pause, however many single steps it has. */
static UtCourse
save_in_pause (UtWorker *self)
{
  if (self->saved_in_pause || self->progress.batch == 0)
    return _ut_worker_flush_log (self);

  self->saved_in_pause = TRUE;
  return _ut_worker_save_state (self);
}

/* Waits as long as the main thread wishes. */
static UtCourse
wait_for_turn (UtWorker *self)
{
  UtControlTurn turn = self->turn;

  if (turn == UT_CONTROL_GO)
    turn = _ut_worker_ask (self, UT_CONTROL_GO);
  self->turn = UT_CONTROL_GO;
  for (; turn != UT_CONTROL_GO; turn = _ut_worker_ask (self, turn))
    {
      UtCourse course;

      if (turn == UT_CONTROL_STOP)
        return UT_COURSE_STOP;
      if (turn == UT_CONTROL_HOLD)
        {
          _ut_worker_hold (self);
          continue;
        }
      if (turn == UT_CONTROL_PAUSE)
        {
          self->status.phase = UT_TRAINER_PAUSED;
          _ut_worker_post (self, NULL, NULL, NULL);
        }
      if (turn == UT_CONTROL_PAUSE || turn == UT_CONTROL_LOOK
          || (turn == UT_CONTROL_SLOW && _ut_stopwatch_wants_look (&self->watch)))
        _ut_worker_look (self);
      course = turn == UT_CONTROL_SNAPSHOT ? _ut_worker_hand_over_snapshot (self)
               : turn == UT_CONTROL_PAUSE ? save_in_pause (self) : _ut_worker_flush_log (self);
      if (course != UT_COURSE_GO_ON)
        return course;
    }

  if (!_ut_control_get_paused (self->job->control))
    self->saved_in_pause = FALSE;
  self->status.phase = UT_TRAINER_TRAINING;
  return UT_COURSE_GO_ON;
}

/* For the next step. The history of the rate may not grow where there is no memory. */
static gboolean
set_rate (UtWorker *self)
{
  float rate = _ut_schedule_get_rate (&self->progress.schedule, self->progress.step + 1);

  if (rate != self->rate
      && ut_nn_trainer_set_learning_rate (self->engine.trainer, rate) != UT_NN_OK)
    return FALSE;

  self->rate = rate;
  return TRUE;
}

/* On one of the engine's threads, while the worker's waits. Comes back to that one where there is
   more to do than to count. */
static bool
batch_cb (void                 *data,
          const UtNnStepResult *step)
{
  UtWorker *self = data;
  UtProgress *progress = &self->progress;
  double n_rows = (double) step->n_sentences;
  UtPoint point = {
    .step = ++progress->step,
    .epoch = progress->epoch,
    .loss = step->loss,
    .accuracy = (double) step->n_correct / n_rows,
  };

  _ut_dynamics_add (self->engine.dynamics, self->rows, step->outcomes, step->n_sentences);
  self->rows += step->n_sentences;
  progress->n_examples += step->n_sentences;
  progress->loss_sum += step->loss * n_rows;
  progress->n_correct += step->n_correct;
  progress->batch++;
  _ut_stopwatch_count (&self->watch, step->n_sentences);
  _ut_keeper_add_point (self->keeper, &point);
  _ut_worker_post (self, &point, NULL, NULL);

  if (progress->batch == self->status.n_batches || _ut_stopwatch_wants_flush (&self->watch)
      || _ut_stopwatch_wants_save (&self->watch, self->job->save_interval))
    return false;

  self->turn = _ut_control_next (self->job->control, UT_CONTROL_GO);
  return self->turn == UT_CONTROL_GO && set_rate (self);
}

static UtCourse
train_batches (UtWorker *self)
{
  if (!set_rate (self))
    {
      GError *error = NULL;

      _ut_memory_set_error (self->engine.n_bytes, &error);
      return _ut_worker_fail (self, error);
    }

  UtNnSentences sentences;
  gsize n_rows;
  const guint32 *rows = _ut_feed_get_rows (self->engine.feed, self->progress.batch, &sentences,
                                           &n_rows);

  self->rows = rows;

  gsize batch_size = (gsize) ut_config_get_int (self->job->config, UT_SETTING_BATCH_SIZE);
  UtNnStatus status = self->job->train (self->engine.trainer, &sentences, rows, n_rows, batch_size,
                                        batch_cb, self);

  /* Sizes and ids were taken from these very sentences. */
  g_assert (status == UT_NN_OK || status == UT_NN_ERROR_NOT_FINITE);

  if (status != UT_NN_OK)
    {
      g_autofree char *message =
        g_strdup_printf (_("Loss was not a number at step %'" PRIu64 "."), self->progress.step);

      return _ut_worker_fail_not_finite (self, message);
    }

  /* Before the epoch's last batch and without a turn, it was for the files that the batches
     ended. */
  if (self->progress.batch == self->status.n_batches || self->turn != UT_CONTROL_GO)
    return UT_COURSE_GO_ON;

  if (_ut_stopwatch_wants_look (&self->watch))
    _ut_worker_look (self);

  return _ut_stopwatch_wants_save (&self->watch, self->job->save_interval)
         ? _ut_worker_save_state (self) : _ut_worker_flush_log (self);
}

static void
begin_epoch (UtWorker *self)
{
  UtProgress *progress = &self->progress;

  progress->epoch++;
  progress->batch = 0;
  progress->n_examples = 0;
  progress->loss_sum = 0;
  progress->n_correct = 0;
  self->result->last_epoch = progress->epoch;
  _ut_engine_begin_epoch (&self->engine, progress->epoch);
  _ut_stopwatch_begin_epoch (&self->watch);
}

static void
end_epoch (UtWorker *self)
{
  self->progress.n_ended = self->progress.epoch;
  _ut_engine_end_epoch (&self->engine);
}

/* The next epoch, or what is left of the one that was begun. */
static UtCourse
train_epoch (UtWorker *self)
{
  const UtProgress *progress = &self->progress;

  if (progress->n_ended > progress->n_checked)
    return _ut_worker_check (self);
  if (progress->n_ended == progress->epoch)
    begin_epoch (self);

  while (progress->batch < self->status.n_batches)
    {
      UtCourse course = wait_for_turn (self);

      if (course == UT_COURSE_GO_ON)
        course = train_batches (self);
      if (course != UT_COURSE_GO_ON)
        return course;
    }
  end_epoch (self);

  return _ut_worker_check (self);
}

/* Whether there is no further epoch to train; where patience is lost, the result says so. */
static gboolean
is_over (UtWorker *self)
{
  const UtProgress *progress = &self->progress;
  guint patience = (guint) ut_config_get_int (self->job->config, UT_SETTING_PATIENCE);

  if (progress->n_checked == self->status.n_epochs)
    return TRUE;
  if (progress->n_checked < progress->epoch || patience == 0 || progress->n_idle_epochs < patience)
    return FALSE;

  self->result->early =
    g_strdup_printf (ngettext ("It ended early, at epoch %u, which was no better than those before.",
                               "It ended early, at epoch %u: the last %u were no better than those "
                               "before.",
                               patience),
                     progress->epoch, patience);
  return TRUE;
}

/* A stop before the first check: what there is is checked once, unless a second stop says not to.
   */
static UtCourse
end_stopped (UtWorker *self)
{
  const UtProgress *progress = &self->progress;
  UtCourse course = UT_COURSE_STOP;

  /* Where nothing was done since the last check, the state of that is there. */
  if (!progress->checked || progress->batch > 0)
    course = _ut_worker_save_state (self);
  if (course != UT_COURSE_FAIL && !progress->checked)
    course = _ut_worker_check_unfinished (self);

  return course == UT_COURSE_FAIL ? UT_COURSE_FAIL : UT_COURSE_STOP;
}

static void
finish (UtWorker *self,
        UtCourse  course)
{
  UtTrainingResult *result = self->result;

  result->seconds = _ut_stopwatch_get_seconds (&self->watch);
  if (course == UT_COURSE_FAIL)
    _ut_keeper_add_error (self->keeper, result->error->message);
  else
    _ut_keeper_add_done (self->keeper, result->checked ? &result->best : NULL, result->seconds);
  if (_ut_worker_flush_log (self) == UT_COURSE_FAIL)
    course = UT_COURSE_FAIL;

  static const UtTrainerOutcome outcomes[] = {
    [UT_COURSE_GO_ON] = UT_TRAINER_FINISHED,
    [UT_COURSE_STOP] = UT_TRAINER_STOPPED,
    [UT_COURSE_FAIL] = UT_TRAINER_FAILED,
  };

  result->outcome = outcomes[course];
}

static void
worker_clear (UtWorker *self)
{
  _ut_engine_clear (&self->engine);
  g_free (self->best_answers);
  g_clear_pointer (&self->asked, ut_probes_unref);
  g_clear_pointer (&self->keeper, _ut_keeper_free);
  g_clear_pointer (&self->result, ut_training_result_free);
}

static UtCourse
run (UtWorker *self)
{
  GError *error = NULL;
  gboolean continues = self->job->start != NULL;

  if (!(continues ? prepare_continued (self, &error) : prepare_new (self, &error)))
    {
      gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      if (!stopped)
        return _ut_worker_fail (self, error);
      g_error_free (error);
      return UT_COURSE_STOP;
    }

  UtCourse course = continues ? keep_start (self) : UT_COURSE_GO_ON;

  while (course == UT_COURSE_GO_ON && !is_over (self))
    course = train_epoch (self);

  return course == UT_COURSE_STOP ? end_stopped (self) : course;
}

UtTrainingResult *
_ut_job_run (UtJob   *job,
             GError **error)
{
  UtWorker self = {
    .job = job,
    .keeper = _ut_keeper_new (job->log, job->model, job->state, job->map),
    .result = g_new0 (UtTrainingResult, 1),
    .status = { .n_epochs = (guint) ut_config_get_int (job->config, UT_SETTING_EPOCHS),
                .remaining = -1 },
    .progress = UT_PROGRESS_INIT,
  };

  if (job->store != NULL)
    _ut_keeper_set_journal (self.keeper, job->store, job->run_id);
  _ut_stopwatch_start (&self.watch);
  finish (&self, run (&self));

  UtTrainingResult *result = NULL;

  if (self.result->outcome == UT_TRAINER_FAILED && self.result->model == NULL)
    g_propagate_error (error, g_steal_pointer (&self.result->error));
  else
    result = g_steal_pointer (&self.result);
  worker_clear (&self);

  return result;
}
