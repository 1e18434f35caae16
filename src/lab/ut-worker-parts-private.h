/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * A training's worker by its concerns: ut-worker.c prepares and trains, ut-worker-check.c checks,
 * ut-worker-files.c tells the main thread and writes files, and ut-worker-look.c asks sentences that
 * are followed. For these four alone.
 */
#pragma once

#include "ut-engine-private.h"
#include "ut-keeper-private.h"
#include "ut-worker-private.h"

G_BEGIN_DECLS

/** UtCourse: how to go on after a part of the training. */
typedef enum
{
  UT_COURSE_GO_ON,
  UT_COURSE_STOP,
  UT_COURSE_FAIL,
} UtCourse;

/**
 * UtWorker:
 * @job: what it is to do.
 * @engine: what it trains with, once prepared.
 * @keeper: (owned): what it leaves in files.
 * @rows: of the batch under way, the feed's.
 * @result: (owned): how it went so far.
 * @watch: its times.
 * @status: what it tells next.
 * @turn: that ended the last batches; go where nobody asked for one yet.
 * @n_steps: of the whole run; 0 before that is known.
 * @progress: how far it is.
 * @rate: the learning rate as the trainer knows it.
 * @best_answers: (owned) (nullable) (array length=n_best_answers): of the best model so far, where it
 *   had to be made anew, until they are kept.
 * @n_best_answers: their number.
 * @saved_in_pause: whether the state was saved since the run was paused.
 * @asked: (owned) (nullable): the sentences that were asked last.
 * @asked_step: after which step that was.
 *
 * A training under way. Its own thread alone.
 */
typedef struct
{
  UtJob *job;
  UtEngine engine;
  UtKeeper *keeper;
  const guint32 *rows;
  UtTrainingResult *result;
  UtStopwatch watch;
  UtTrainerUpdate status;
  UtControlTurn turn;
  guint64 n_steps;
  UtProgress progress;
  float rate;
  float *best_answers;
  gsize n_best_answers;
  gboolean saved_in_pause;
  UtProbes *asked;
  guint64 asked_step;
} UtWorker;

/** _ut_worker_post: tells the main thread; all but @self may be %NULL. */
void          _ut_worker_post               (UtWorker      *self,
                                             const UtPoint *point,
                                             const UtEpoch *epoch,
                                             const char    *notice);
/** _ut_worker_ask: asks what to do, after the answer @last; the stopwatch stands still while it is
 * to wait. */
UtControlTurn _ut_worker_ask                (UtWorker      *self,
                                             UtControlTurn  last);
/** _ut_worker_hand_over_snapshot: of the weights as they stand, which overwrites what is present in
 * the engine. */
UtCourse      _ut_worker_hand_over_snapshot (UtWorker      *self);
/** _ut_worker_hold: writes nothing until it is released, perhaps to another store. */
void          _ut_worker_hold               (UtWorker      *self);

/** _ut_worker_fail: takes @error; the first one is the result's. Returns %UT_COURSE_FAIL. */
UtCourse      _ut_worker_fail               (UtWorker      *self,
                                             GError        *error);
/** _ut_worker_fail_not_finite: likewise; the last good model stays, and @message says what was not a
 * number. */
UtCourse      _ut_worker_fail_not_finite    (UtWorker      *self,
                                             const char    *message);

/** _ut_worker_flush_log: as all that write: may wait where the job says so. */
UtCourse      _ut_worker_flush_log          (UtWorker      *self);
/** _ut_worker_keep_model: keeps the present weights as the result's model, the best one where @epoch
 * (nullable) was checked. */
UtCourse      _ut_worker_keep_model         (UtWorker      *self,
                                             const UtEpoch *epoch);
/** _ut_worker_write_model: writes the result's model. */
UtCourse      _ut_worker_write_model        (UtWorker      *self);
UtCourse      _ut_worker_save_state         (UtWorker      *self);
/** _ut_worker_keep_map: how the rows were taken, up to the epoch that has just ended, if one has. */
UtCourse      _ut_worker_keep_map           (UtWorker      *self);

/** _ut_worker_check: checks the epoch whose steps are done. */
UtCourse      _ut_worker_check              (UtWorker      *self);
/** _ut_worker_check_unfinished: checks the weights in the middle of the first epoch, as epoch 0, of
 * which the state, which goes on without it, says nothing. */
UtCourse      _ut_worker_check_unfinished   (UtWorker      *self);

/** _ut_worker_look: asks the sentences that are followed with the weights as they stand, which overwrites
 * what is present in the engine; does nothing where that is known already. */
void          _ut_worker_look               (UtWorker      *self);
/** _ut_worker_look_checked: asks them what is present in the engine. */
void          _ut_worker_look_checked       (UtWorker      *self);

G_END_DECLS
