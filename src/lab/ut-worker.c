/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-worker-private.h"

#include "ut-engine-private.h"
#include "ut-keeper-private.h"
#include "ut-lab-error.h"
#include "ut-memory-private.h"
#include "ut-metrics-private.h"
#include "ut-progress-private.h"
#include "ut-start-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* How to go on after a part of the training. */
typedef enum
{
  GO_ON,
  STOP,
  FAIL,
} Course;

typedef struct
{
  UtJob *job;
  UtEngine engine;        /* once prepared */
  UtKeeper *keeper;       /* (owned) */
  const guint32 *rows;    /* of the batch under way, the feed's */
  UtTrainingResult *result; /* (owned) */
  UtStopwatch watch;
  UtTrainerUpdate status;
  UtControlTurn turn;     /* that ended the last batches; go where nobody asked for one yet */
  guint64 n_steps;        /* of the whole run */
  UtProgress progress;
  float rate;             /* as the trainer knows it */
  gboolean saved_in_pause; /* since the run was paused */
} Worker;

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

static void
post (Worker        *self,
      const UtPoint *point,
      const UtEpoch *epoch,
      const char    *notice)
{
  const UtProgress *progress = &self->progress;

  self->status.step = progress->step;
  self->status.epoch = progress->epoch;
  self->status.batch = progress->batch;
  if (self->status.phase != UT_TRAINER_PREPARING)
    self->status.fraction = (double) progress->step / (double) self->n_steps;
  _ut_stopwatch_fill (&self->watch, &self->status);
  _ut_mailbox_post (self->job->mailbox, &self->status, point, epoch, notice);
}

static Course
fail (Worker *self,
      GError *error)
{
  /* The first failure is the cause. */
  if (self->result->error == NULL)
    self->result->error = error;
  else
    g_error_free (error);

  return FAIL;
}

/* The last good model stays; @message says what was not a number. */
static Course
fail_not_finite (Worker     *self,
                 const char *message)
{
  g_autofree char *what = self->result->checked
                          ? g_strdup_printf (_("The model of epoch %'u is kept."),
                                             self->result->best.epoch)
                          : g_strdup (_("There is no earlier model to keep. A smaller learning "
                                        "rate may help."));

  return fail (self, g_error_new (UT_LAB_ERROR, UT_LAB_ERROR_NOT_FINITE, "%s %s", message, what));
}

/* Writing */

typedef gboolean (*Write) (Worker  *self,
                           GError **error);

/* Asks what to do; the stopwatch stands still while the answer is to wait. */
static UtControlTurn
ask (Worker        *self,
     UtControlTurn  last)
{
  gboolean waits = last == UT_CONTROL_PAUSE || last == UT_CONTROL_SLOW;

  if (waits)
    _ut_stopwatch_halt (&self->watch);

  UtControlTurn turn = _ut_control_next (self->job->control, last);

  if (waits)
    _ut_stopwatch_resume (&self->watch);
  return turn;
}

static Course
hand_over_snapshot (Worker *self)
{
  GError *error = NULL;

  _ut_engine_export (&self->engine);

  UtModel *model = _ut_engine_copy_model (&self->engine, &error);

  if (model == NULL)
    return fail (self, error);

  _ut_mailbox_post_snapshot (self->job->mailbox, model);
  return GO_ON;
}

/* Until the main thread wants to go on, or to stop: then the failure is one. */
static Course
wait_in_trouble (Worker *self,
                 GError *error)
{
  UtTrainerPhase phase = self->status.phase;
  UtControlTurn turn = UT_CONTROL_PAUSE;
  Course course = GO_ON;

  _ut_control_set_paused (self->job->control, TRUE);
  self->status.phase = UT_TRAINER_PAUSED;
  self->status.trouble = error->message;
  post (self, NULL, NULL, NULL);
  while (course == GO_ON && (turn == UT_CONTROL_PAUSE || turn == UT_CONTROL_SNAPSHOT))
    {
      turn = ask (self, UT_CONTROL_PAUSE);
      if (turn == UT_CONTROL_SNAPSHOT)
        course = hand_over_snapshot (self);
    }
  self->status.phase = phase;
  self->status.trouble = NULL;
  post (self, NULL, NULL, NULL);
  if (turn == UT_CONTROL_STOP)
    return fail (self, g_error_copy (error));

  return course;
}

/* Has @write write a file, as often as it takes where the training waits for that. What is to be
   checked must not be in the engine yet: a snapshot overwrites it. */
static Course
write_file (Worker *self,
            Write   write)
{
  Course course = GO_ON;

  while (course == GO_ON)
    {
      g_autoptr (GError) error = NULL;

      if (write (self, &error))
        return GO_ON;

      course = self->job->waits_to_save && error->domain == G_IO_ERROR
               && _ut_control_get_stops (self->job->control) == 0
               ? wait_in_trouble (self, error) : fail (self, g_steal_pointer (&error));
    }

  return course;
}

static gboolean
write_log (Worker  *self,
           GError **error)
{
  return _ut_keeper_flush_log (self->keeper, error);
}

static Course
flush_log (Worker *self)
{
  return write_file (self, write_log);
}

static gboolean
write_model (Worker  *self,
             GError **error)
{
  return _ut_keeper_save_model (self->keeper, self->result->model, &self->result->saved, error);
}

static gboolean
write_state (Worker  *self,
             GError **error)
{
  return _ut_keeper_save_state (self->keeper, &self->engine, &self->progress, error);
}

static gboolean
write_map (Worker  *self,
           GError **error)
{
  return _ut_keeper_save_map (self->keeper, self->result->map, error);
}

/* Preparing */

static void
read_cb (const char *file,
         double      fraction,
         gpointer    data)
{
  Worker *self = data;

  self->status.phase = UT_TRAINER_PREPARING;
  self->status.file = file;
  self->status.fraction = fraction;
  post (self, NULL, NULL, NULL);
  /* The name is the reader's. */
  self->status.file = NULL;
}

static void
got_corpus_cb (UtCorpus *corpus,
               gpointer  data)
{
  Worker *self = data;

  _ut_mailbox_post_corpus (self->job->mailbox, corpus);
}

static void
tell_cb (const char *notice,
         gpointer    data)
{
  post (data, NULL, NULL, notice);
}

static gboolean
prepare_engine (Worker  *self,
                GError **error)
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
find_rate (Worker *self)
{
  gsize n_rates;
  const UtNnRate *rates = ut_nn_trainer_get_rates (self->engine.trainer, &n_rates);

  self->rate = rates[n_rates - 1].learning_rate;
}

static gboolean
prepare_new (Worker  *self,
             GError **error)
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

/* Changes no file before all is found to be as it was. */
static gboolean
prepare_continued (Worker  *self,
                   GError **error)
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
  if (!prepare_engine (self, error) || !_ut_start_restore (start, &self->engine, error))
    return FALSE;
  if (progress->checked && !_ut_progress_is_best (progress))
    {
      self->result->model = _ut_start_read_best (start, job->model, error);
      if (self->result->model == NULL)
        return FALSE;
      self->result->saved = TRUE;
    }
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
  post (self, NULL, NULL, notice);

  return TRUE;
}

/* Keeping */

/* Keeps the present weights as the result's model, the best one where @epoch was checked. */
static Course
keep_model (Worker        *self,
            const UtEpoch *epoch)
{
  GError *error = NULL;
  UtModel *model = _ut_engine_copy_model (&self->engine, &error);

  if (model == NULL)
    return fail (self, error);

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

static Course
save_state (Worker *self)
{
  _ut_stopwatch_get_times (&self->watch, &self->progress.times);

  Course course = write_file (self, write_state);

  _ut_stopwatch_count_save (&self->watch);
  return course;
}

/* How the rows were taken, up to the epoch that has just ended, if one has. */
static Course
keep_map (Worker *self)
{
  UtDataMap *map = _ut_dynamics_make_map (self->engine.dynamics);

  if (map == NULL)
    return GO_ON;

  g_clear_pointer (&self->result->map, ut_data_map_unref);
  self->result->map = map;

  return write_file (self, write_map);
}

/* A training that goes on in other files than the one it comes from has all of them at once. */
static Course
keep_start (Worker *self)
{
  const UtProgress *progress = &self->progress;
  Course course = keep_map (self);

  if (course == GO_ON && _ut_progress_is_best (progress))
    {
      _ut_engine_export_epoch (&self->engine);
      course = keep_model (self, &progress->best);
    }
  if (course == GO_ON && self->job->state != NULL
      && !g_file_equal (self->job->state, self->job->start))
    course = save_state (self);

  return course;
}

/* Checking */

/* While nothing was checked yet, the first stop lets the check go on: it is the one that is
   wanted. */
static gboolean
check_goes_on (double   fraction,
               gpointer data)
{
  Worker *self = data;

  return _ut_control_get_stops (self->job->control) < (self->result->checked ? 1u : 2u);
}

/* Checks the present weights as the epoch of that number; not done where the course says so. */
static Course
evaluate (Worker  *self,
          guint    epoch_number,
          UtEpoch *epoch)
{
  const UtProgress *progress = &self->progress;
  UtEvaluation evaluation;
  gboolean done = _ut_checker_run (self->engine.checker, self->engine.present, check_goes_on, self,
                                   &evaluation);

  _ut_stopwatch_end_check (&self->watch);
  if (!done)
    return STOP;

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
  post (self, NULL, epoch, NULL);
  if (!isfinite (evaluation.loss))
    {
      g_autofree char *message =
        g_strdup_printf (_("The validation loss was not a number after epoch %'u."), epoch_number);

      return fail_not_finite (self, message);
    }

  return GO_ON;
}

static void
begin_check (Worker *self)
{
  self->status.phase = UT_TRAINER_CHECKING;
  post (self, NULL, NULL, NULL);
  _ut_stopwatch_begin_check (&self->watch);
}

/* What of the progress follows from an epoch's check. */
static void
count_epoch (Worker        *self,
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
    progress->best = *epoch;
  progress->checked = TRUE;
  progress->n_checked = epoch->epoch;
}

/* Checks the epoch whose steps are done. */
static Course
check (Worker *self)
{
  const UtProgress *progress = &self->progress;
  UtEpoch epoch;

  begin_check (self);

  /* Before the checker may be stopped, and not among the time that steps take. */
  Course course = keep_map (self);

  if (course == GO_ON)
    {
      _ut_engine_export_epoch (&self->engine);
      course = evaluate (self, progress->epoch, &epoch);
    }
  if (course != GO_ON)
    return course;

  gboolean is_best = !progress->checked || _ut_epoch_is_better (&epoch, &progress->best);

  if (is_best)
    course = keep_model (self, &epoch);
  if (course != GO_ON)
    return course;

  count_epoch (self, &epoch, is_best);
  course = save_state (self);

  return course == GO_ON ? flush_log (self) : course;
}

/* Checks the weights in the middle of the first epoch, as epoch 0, of which the state, which goes on
   without it, says nothing. */
static Course
check_unfinished (Worker *self)
{
  UtEpoch epoch;

  begin_check (self);
  _ut_engine_export (&self->engine);

  Course course = evaluate (self, 0, &epoch);

  if (course == FAIL)
    return course;

  return keep_model (self, course == GO_ON ? &epoch : NULL);
}

/* Training */

/* Once a pause, however many single steps it has. */
static Course
save_in_pause (Worker *self)
{
  if (self->saved_in_pause || self->progress.batch == 0)
    return flush_log (self);

  self->saved_in_pause = TRUE;
  return save_state (self);
}

/* Waits as long as the main thread wishes. */
static Course
wait_for_turn (Worker *self)
{
  UtControlTurn turn = self->turn == UT_CONTROL_GO ? ask (self, UT_CONTROL_GO) : self->turn;

  self->turn = UT_CONTROL_GO;
  for (; turn != UT_CONTROL_GO; turn = ask (self, turn))
    {
      Course course;

      if (turn == UT_CONTROL_STOP)
        return STOP;
      if (turn == UT_CONTROL_PAUSE)
        {
          self->status.phase = UT_TRAINER_PAUSED;
          post (self, NULL, NULL, NULL);
        }
      course = turn == UT_CONTROL_SNAPSHOT ? hand_over_snapshot (self)
               : turn == UT_CONTROL_PAUSE ? save_in_pause (self) : flush_log (self);
      if (course != GO_ON)
        return course;
    }

  if (!_ut_control_get_paused (self->job->control))
    self->saved_in_pause = FALSE;
  self->status.phase = UT_TRAINER_TRAINING;
  return GO_ON;
}

/* For the next step. The history of the rate may not grow where there is no memory. */
static gboolean
set_rate (Worker *self)
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
  Worker *self = data;
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
  post (self, &point, NULL, NULL);

  if (progress->batch == self->status.n_batches || _ut_stopwatch_wants_flush (&self->watch)
      || _ut_stopwatch_wants_save (&self->watch, self->job->save_interval))
    return false;

  self->turn = _ut_control_next (self->job->control, UT_CONTROL_GO);
  return self->turn == UT_CONTROL_GO && set_rate (self);
}

static Course
train_batches (Worker *self)
{
  if (!set_rate (self))
    {
      GError *error = NULL;

      _ut_memory_set_error (self->engine.n_bytes, &error);
      return fail (self, error);
    }

  UtNnSentences sentences;
  gsize n_rows;
  const guint32 *rows = _ut_feed_get_rows (self->engine.feed, self->progress.batch, &sentences, &n_rows);

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

      return fail_not_finite (self, message);
    }

  /* Before the epoch's last batch and without a turn, it was for the files that the batches
     ended. */
  if (self->progress.batch == self->status.n_batches || self->turn != UT_CONTROL_GO)
    return GO_ON;

  return _ut_stopwatch_wants_save (&self->watch, self->job->save_interval) ? save_state (self)
                                                                           : flush_log (self);
}

static void
begin_epoch (Worker *self)
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
end_epoch (Worker *self)
{
  self->progress.n_ended = self->progress.epoch;
  _ut_engine_end_epoch (&self->engine);
}

/* The next epoch, or what is left of the one that was begun. */
static Course
train_epoch (Worker *self)
{
  const UtProgress *progress = &self->progress;

  if (progress->n_ended > progress->n_checked)
    return check (self);
  if (progress->n_ended == progress->epoch)
    begin_epoch (self);

  while (progress->batch < self->status.n_batches)
    {
      Course course = wait_for_turn (self);

      if (course == GO_ON)
        course = train_batches (self);
      if (course != GO_ON)
        return course;
    }
  end_epoch (self);

  return check (self);
}

/* Whether there is no further epoch to train; where patience is lost, the result says so. */
static gboolean
is_over (Worker *self)
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
static Course
end_stopped (Worker *self)
{
  const UtProgress *progress = &self->progress;
  Course course = STOP;

  /* Where nothing was done since the last check, the state of that is there. */
  if (!progress->checked || progress->batch > 0)
    course = save_state (self);
  if (course != FAIL && !progress->checked)
    course = check_unfinished (self);

  return course == FAIL ? FAIL : STOP;
}

static void
finish (Worker  *self,
        Course  course)
{
  UtTrainingResult *result = self->result;

  result->seconds = _ut_stopwatch_get_seconds (&self->watch);
  if (course == FAIL)
    _ut_keeper_add_error (self->keeper, result->error->message);
  else
    _ut_keeper_add_done (self->keeper, result->checked ? &result->best : NULL, result->seconds);
  if (flush_log (self) == FAIL)
    course = FAIL;

  static const UtTrainerOutcome outcomes[] = {
    [GO_ON] = UT_TRAINER_FINISHED,
    [STOP] = UT_TRAINER_STOPPED,
    [FAIL] = UT_TRAINER_FAILED,
  };

  result->outcome = outcomes[course];
}

static void
worker_clear (Worker *self)
{
  _ut_engine_clear (&self->engine);
  g_clear_pointer (&self->keeper, _ut_keeper_free);
  g_clear_pointer (&self->result, ut_training_result_free);
}

static Course
run (Worker *self)
{
  GError *error = NULL;
  gboolean continues = self->job->start != NULL;

  if (!(continues ? prepare_continued (self, &error) : prepare_new (self, &error)))
    {
      gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      if (!stopped)
        return fail (self, error);
      g_error_free (error);
      return STOP;
    }

  Course course = continues ? keep_start (self) : GO_ON;

  while (course == GO_ON && !is_over (self))
    course = train_epoch (self);

  return course == STOP ? end_stopped (self) : course;
}

UtTrainingResult *
_ut_job_run (UtJob   *job,
             GError **error)
{
  Worker self = {
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
