/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-stopwatch-private.h"

#define WINDOW G_USEC_PER_SEC
#define FLUSH_INTERVAL (G_USEC_PER_SEC / 2)
/* About a second: every other flush. */
#define LOOK_INTERVAL (G_USEC_PER_SEC * 9 / 10)
/* Less than that says nothing about the speed. */
#define MIN_TRAINING (G_USEC_PER_SEC / 5)

static gint64
get_elapsed (const UtStopwatch *self)
{
  return g_get_monotonic_time () - self->started;
}

static double
to_seconds (gint64 microseconds)
{
  return (double) microseconds / G_USEC_PER_SEC;
}

void
_ut_stopwatch_start (UtStopwatch *self)
{
  *self = (UtStopwatch) { .started = g_get_monotonic_time () };
  self->last_flush = self->started;
  self->last_save = self->started;
}

void
_ut_stopwatch_get_times (const UtStopwatch *self,
                         UtTimes           *times)
{
  gint64 now = get_elapsed (self);

  *times = (UtTimes) {
    .elapsed = now,
    .epoch = now - self->epoch_began,
    .training = self->training,
    .checking = self->checking,
  };
}

void
_ut_stopwatch_go_on (UtStopwatch   *self,
                     const UtTimes *times,
                     guint64        n_steps,
                     guint          n_epoch_steps,
                     guint          n_checks)
{
  self->started = g_get_monotonic_time () - times->elapsed;
  self->epoch_began = times->elapsed - times->epoch;
  self->last_count = times->elapsed;
  self->window_began = times->elapsed;
  self->training = times->training;
  self->checking = times->checking;
  self->n_steps = n_steps;
  self->n_epoch_steps = n_epoch_steps;
  self->n_checks = n_checks;
}

void
_ut_stopwatch_halt (UtStopwatch *self)
{
  self->halted = g_get_monotonic_time ();
}

void
_ut_stopwatch_resume (UtStopwatch *self)
{
  self->started += g_get_monotonic_time () - self->halted;
}

void
_ut_stopwatch_begin_epoch (UtStopwatch *self)
{
  self->epoch_began = get_elapsed (self);
  self->last_count = self->epoch_began;
  self->epoch_checking = 0;
  self->n_epoch_steps = 0;
  if (self->n_steps == 0)
    self->window_began = self->epoch_began;
}

void
_ut_stopwatch_begin_check (UtStopwatch *self)
{
  self->check_began = get_elapsed (self);
}

void
_ut_stopwatch_end_check (UtStopwatch *self)
{
  gint64 now = get_elapsed (self);

  self->epoch_checking = now - self->check_began;
  self->checking += self->epoch_checking;
  self->n_checks++;
  /* The speed shown is that of training. */
  self->window_began += self->epoch_checking;
}

void
_ut_stopwatch_count (UtStopwatch *self,
                     gsize        n_examples)
{
  gint64 now = get_elapsed (self);

  self->training += now - self->last_count;
  self->last_count = now;
  self->n_steps++;
  self->n_epoch_steps++;

  self->window_examples += n_examples;

  gint64 window = now - self->window_began;

  /* Until the first window is full, its part so far has to do. */
  if (window > 0 && (window >= WINDOW || self->training < WINDOW))
    self->examples_per_second = (double) self->window_examples / to_seconds (window);
  if (window >= WINDOW)
    {
      self->window_began = now;
      self->window_examples = 0;
    }
}

gboolean
_ut_stopwatch_wants_flush (UtStopwatch *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->last_flush < FLUSH_INTERVAL)
    return FALSE;

  self->last_flush = now;
  return TRUE;
}

gboolean
_ut_stopwatch_wants_save (const UtStopwatch *self,
                          gint64             interval)
{
  return g_get_monotonic_time () - self->last_save >= interval;
}

void
_ut_stopwatch_count_save (UtStopwatch *self)
{
  self->last_save = g_get_monotonic_time ();
}

gboolean
_ut_stopwatch_wants_look (const UtStopwatch *self)
{
  return g_get_monotonic_time () - self->last_look >= LOOK_INTERVAL;
}

void
_ut_stopwatch_count_look (UtStopwatch *self)
{
  self->last_look = g_get_monotonic_time ();
}

double
_ut_stopwatch_get_seconds (const UtStopwatch *self)
{
  return to_seconds (get_elapsed (self));
}

double
_ut_stopwatch_get_epoch_seconds (const UtStopwatch *self)
{
  return to_seconds (get_elapsed (self) - self->epoch_began);
}

double
_ut_stopwatch_get_steps_per_second (const UtStopwatch *self)
{
  gint64 training = get_elapsed (self) - self->epoch_began - self->epoch_checking;

  return training > 0 ? self->n_epoch_steps / to_seconds (training) : 0;
}

void
_ut_stopwatch_fill (const UtStopwatch *self,
                    UtTrainerUpdate   *status)
{
  status->elapsed = _ut_stopwatch_get_seconds (self);
  status->examples_per_second = self->examples_per_second;
  status->remaining = -1;

  if (self->training >= MIN_TRAINING)
    {
      double step = to_seconds (self->training) / (double) self->n_steps;
      /* Before the first check its length is unknown; it is short beside an epoch. */
      double check = self->n_checks > 0 ? to_seconds (self->checking) / self->n_checks : 0;
      guint64 n_steps = (guint64) status->n_batches * status->n_epochs;
      guint n_checks = status->n_epochs > self->n_checks ? status->n_epochs - self->n_checks : 0;

      guint64 steps_left = n_steps - MIN (n_steps, status->step);

      status->remaining = (double) steps_left * step + n_checks * check;
    }
}
