/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-trainer.h"

G_BEGIN_DECLS

/**
 * UtStopwatch:
 *
 * The times of a training. Pauses and waiting for a speed limit never count, so that speed and time
 * left are those of full speed. All times are microseconds. One thread.
 */
typedef struct
{
  gint64 started;      /* the moment of the start, moved on by every pause */
  gint64 halted;       /* the moment a pause began */
  gint64 epoch_began;  /* all moments below are counted from @started */
  gint64 check_began;
  gint64 last_flush;   /* on the clock itself */
  gint64 window_began; /* of the speed shown */
  gsize window_examples;
  double examples_per_second;
  gint64 training;     /* spent on batches: of the whole run */
  gint64 checking;     /* spent on checks: of the whole run */
  gint64 epoch_checking;
  gint64 last_count;
  guint64 n_steps;
  guint n_epoch_steps;
  guint n_checks;
} UtStopwatch;

void     _ut_stopwatch_start                (UtStopwatch     *self);
void     _ut_stopwatch_halt                 (UtStopwatch     *self);
void     _ut_stopwatch_resume               (UtStopwatch     *self);
void     _ut_stopwatch_begin_epoch          (UtStopwatch     *self);
void     _ut_stopwatch_begin_check          (UtStopwatch     *self);
void     _ut_stopwatch_end_check            (UtStopwatch     *self);
/** _ut_stopwatch_count: a batch of @n_examples was done. */
void     _ut_stopwatch_count                (UtStopwatch     *self,
                                             gsize            n_examples);
/** _ut_stopwatch_wants_flush: TRUE about twice a second. */
gboolean _ut_stopwatch_wants_flush          (UtStopwatch     *self);
double   _ut_stopwatch_get_seconds          (const UtStopwatch *self);
double   _ut_stopwatch_get_epoch_seconds    (const UtStopwatch *self);
/** _ut_stopwatch_get_steps_per_second: of the epoch, without its check; 0 where there was no
 * step. */
double   _ut_stopwatch_get_steps_per_second (const UtStopwatch *self);
/** _ut_stopwatch_fill: writes speed, elapsed and remaining time, for which it reads the counts. */
void     _ut_stopwatch_fill                 (const UtStopwatch *self,
                                             UtTrainerUpdate   *status);

G_END_DECLS
