/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-trainer.h"

G_BEGIN_DECLS

/**
 * UtTimes:
 * @elapsed: since the start.
 * @epoch: of it, in the epoch that is done or under way.
 * @training: of it, on batches.
 * @checking: of it, on checks.
 *
 * What a training has taken, in microseconds.
 */
typedef struct
{
  gint64 elapsed;
  gint64 epoch;
  gint64 training;
  gint64 checking;
} UtTimes;

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
  gint64 last_flush;   /* on the clock itself, as the next two */
  gint64 last_save;
  gint64 last_look;
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
/** _ut_stopwatch_get_times: what it shows, to go on from later. */
void     _ut_stopwatch_get_times            (const UtStopwatch *self,
                                             UtTimes         *times);
/** _ut_stopwatch_go_on: once started: goes on where it showed @times, after @n_steps steps,
 * @n_epoch_steps of them in the epoch under way, and @n_checks checks. */
void     _ut_stopwatch_go_on                (UtStopwatch     *self,
                                             const UtTimes   *times,
                                             guint64          n_steps,
                                             guint            n_epoch_steps,
                                             guint            n_checks);
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
/** _ut_stopwatch_wants_save: whether nothing was saved for @interval microseconds. */
gboolean _ut_stopwatch_wants_save           (const UtStopwatch *self,
                                             gint64           interval);
void     _ut_stopwatch_count_save           (UtStopwatch     *self);
/** _ut_stopwatch_wants_look: whether nobody looked for about a second. */
gboolean _ut_stopwatch_wants_look           (const UtStopwatch *self);
void     _ut_stopwatch_count_look           (UtStopwatch     *self);
double   _ut_stopwatch_get_seconds          (const UtStopwatch *self);
double   _ut_stopwatch_get_epoch_seconds    (const UtStopwatch *self);
/** _ut_stopwatch_get_steps_per_second: of the epoch, without its check; 0 where there was no
 * step. */
double   _ut_stopwatch_get_steps_per_second (const UtStopwatch *self);
/** _ut_stopwatch_fill: writes speed, elapsed and remaining time, for which it reads the counts. */
void     _ut_stopwatch_fill                 (const UtStopwatch *self,
                                             UtTrainerUpdate   *status);

G_END_DECLS
