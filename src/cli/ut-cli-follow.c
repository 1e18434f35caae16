/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-follow.h"

#include "ut-cli-error.h"
#include "ut-cli-signals.h"

#include <glib/gi18n.h>
#include <string.h>

#define RETRY_SECONDS 5
#define CALM_SECONDS 1

typedef struct
{
  UtRunStore *store; /* (not owned) */
  UtRun *run;        /* (not owned) */
  const UtCliFollowFuncs *funcs;
  gpointer data;
  GMainLoop *loop;   /* (owned) */
  UtTrainingResult *result; /* (not owned): filled at the end */
  gsize n_points;    /* that were told */
  gsize n_epochs;    /* likewise */
  gsize n_looks;     /* likewise */
  gsize n_notices;   /* bytes of the notices that were told */
  char *early;       /* (owned) (nullable): why it ended before its last epoch */
  char *trouble;     /* (owned) (nullable): that was told, and not yet that it is over */
  guint retry_source;
  guint calm_source; /* while it may be over */
  guint n_interrupts;
} UtCliFollow;

/* What there is now was told, or need not be. */
static void
take_stock (UtCliFollow *self)
{
  ut_run_get_points (self->run, &self->n_points);
  ut_run_get_epochs (self->run, &self->n_epochs);
  ut_run_get_looks (self->run, &self->n_looks);
}

/* Returns the notices since the last time, or NULL. */
static const char *
take_notices (UtCliFollow *self)
{
  const char *notices = ut_run_get_notices (self->run);
  gsize length = notices != NULL ? strlen (notices) : 0;

  if (length <= self->n_notices)
    return NULL;

  const char *fresh = notices + self->n_notices + (self->n_notices > 0);

  self->n_notices = length;
  return fresh;
}

static void
progressed_cb (UtRun       *run,
               UtCliFollow *self)
{
  UtTrainerUpdate update = *ut_run_get_progress (run);
  const char *notices = take_notices (self);
  gsize n_points, n_epochs, n_looks;
  const UtPoint *points = ut_run_get_points (run, &n_points);
  UtProbeLook * const *looks = ut_run_get_looks (run, &n_looks);
  const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);

  /* The last that a run says is why it ended early, if it did. */
  if (ut_run_get_state (run) == UT_RUN_FINISHED && notices != NULL)
    self->early = g_strdup (notices);
  else
    update.notices = notices;
  update.points = n_points > self->n_points ? points + self->n_points : NULL;
  update.n_points = n_points - self->n_points;
  update.epochs = n_epochs > self->n_epochs ? epochs + self->n_epochs : NULL;
  update.n_new_epochs = n_epochs - self->n_epochs;
  update.looks = n_looks > self->n_looks ? looks + self->n_looks : NULL;
  update.n_looks = n_looks - self->n_looks;
  take_stock (self);
  self->funcs->updated (run, &update, self->data);
}

static void
rewound_cb (UtRun       *run,
            UtCliFollow *self)
{
  take_stock (self);
  self->funcs->rewound (run, self->data);
}

/* At once when the run has ended: what the store reads next may be of before. */
static void
fill_result (UtCliFollow *self)
{
  UtTrainingResult *result = self->result;
  const UtEpoch *best = ut_run_get_best (self->run);
  const UtTrainerUpdate *progress = ut_run_get_progress (self->run);
  const char *failure = ut_run_get_failure (self->run);

  *result = (UtTrainingResult) {
    .checked = best != NULL,
    .last_epoch = progress->epoch,
    .early = g_steal_pointer (&self->early),
    .seconds = progress->elapsed,
  };
  if (best != NULL)
    result->best = *best;

  switch (ut_run_get_state (self->run))
    {
    case UT_RUN_FINISHED:
      result->outcome = UT_TRAINER_FINISHED;
      break;
    case UT_RUN_STOPPED:
      result->outcome = UT_TRAINER_STOPPED;
      break;
    case UT_RUN_FAILED:
    case UT_RUN_INTERRUPTED:
    case UT_RUN_QUEUED:
    case UT_RUN_PREPARING:
    case UT_RUN_TRAINING:
    case UT_RUN_CHECKING:
    case UT_RUN_PAUSED:
    case UT_RUN_STOPPING:
    case UT_RUN_OPENED:
    case UT_RUN_ENSEMBLE:
    default:
      result->outcome = UT_TRAINER_FAILED;
      result->error = g_error_new_literal (UT_LAB_ERROR, UT_LAB_ERROR_RUN,
                                           failure != NULL ? failure
                                                           : _("The run did not end."));
    }
}

static void
run_ended_cb (UtRunStore  *store,
              UtRun       *run,
              UtCliFollow *self)
{
  if (run != self->run)
    return;
  fill_result (self);
  g_main_loop_quit (self->loop);
}

static gboolean
retry_cb (gpointer data)
{
  UtCliFollow *self = data;

  ut_run_store_retry (self->store);
  return G_SOURCE_CONTINUE;
}

static gboolean
calm_cb (gpointer data)
{
  UtCliFollow *self = data;

  ut_cli_say (_("Saving works again."));
  g_clear_pointer (&self->trouble, g_free);
  self->calm_source = 0;
  return G_SOURCE_REMOVE;
}

/* While it is tried again there is no trouble for a moment. */
static void
trouble_cb (UtRunStore  *store,
            GParamSpec  *pspec,
            UtCliFollow *self)
{
  const char *trouble = ut_run_store_get_trouble (store);

  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_handle_id (&self->calm_source, g_source_remove);
  if (trouble == NULL)
    {
      self->calm_source = g_timeout_add_seconds (CALM_SECONDS, calm_cb, self);
      return;
    }

  if (g_strcmp0 (trouble, self->trouble) != 0)
    ut_cli_say (_("%s. The training waits; it goes on once there is a remedy, and Ctrl+C ends it."),
                trouble);
  g_free (self->trouble);
  self->trouble = g_strdup (trouble);
  self->retry_source = g_timeout_add_seconds (RETRY_SECONDS, retry_cb, self);
}

static gboolean
interrupted_cb (gpointer data)
{
  UtCliFollow *self = data;

  self->n_interrupts++;
  self->funcs->stopping (self->data);
  /* What has not started, because nothing can be saved, has no end. */
  if (ut_run_store_get_active (self->store) == self->run)
    {
      ut_run_stop (self->run);
    }
  else
    {
      fill_result (self);
      g_main_loop_quit (self->loop);
    }

  /* Without this source GLib gives the signal its own meaning back, so that a third one kills. */
  return self->n_interrupts < 2 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

UtCliStatus
ut_cli_follow (UtRunStore             *store,
               UtRun                  *run,
               const UtCliFollowFuncs *funcs,
               gpointer                data,
               UtTrainingResult       *result)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  UtCliFollow self = {
    .store = store,
    .run = run,
    .funcs = funcs,
    .data = data,
    .loop = loop,
    .result = result,
  };

  take_stock (&self);
  take_notices (&self);
  g_signal_connect (run, "progressed", G_CALLBACK (progressed_cb), &self);
  g_signal_connect (run, "rewound", G_CALLBACK (rewound_cb), &self);
  g_signal_connect (store, "run-ended", G_CALLBACK (run_ended_cb), &self);
  g_signal_connect (store, "notify::trouble", G_CALLBACK (trouble_cb), &self);

  g_autoptr (UtCliSignals) signals = ut_cli_signals_new (interrupted_cb, &self);

  g_main_loop_run (loop);
  g_clear_pointer (&signals, ut_cli_signals_free);
  g_clear_handle_id (&self.retry_source, g_source_remove);
  g_clear_handle_id (&self.calm_source, g_source_remove);
  g_free (self.trouble);
  g_signal_handlers_disconnect_by_data (run, &self);
  g_signal_handlers_disconnect_by_data (store, &self);

  if (result->outcome == UT_TRAINER_FAILED)
    return UT_CLI_FAILED;
  return self.n_interrupts > 0 ? UT_CLI_INTERRUPTED : UT_CLI_DONE;
}

void
ut_cli_follow_clear (UtTrainingResult *result)
{
  g_clear_pointer (&result->early, g_free);
  g_clear_error (&result->error);
}
