/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/** ut_run_text_dup_ordinal: (transfer full): "1st", "2nd", "3rd", "11th". */
char *ut_run_text_dup_ordinal  (guint  position);

/** ut_run_text_dup_duration: (transfer full): @seconds, at least 0, as "0:12" or "1:02:03". */
char *ut_run_text_dup_duration (double seconds);

/** ut_run_text_dup_place: (transfer full): how far @run is: "epoch 5 of 16". */
char *ut_run_text_dup_place    (UtRun *run);

/**
 * ut_run_text_dup_summary:
 * @run: a run.
 *
 * Returns: (transfer full): what the list says below its name: "0.833 at epoch 3", "epoch 5 of 16".
 */
char *ut_run_text_dup_summary  (UtRun *run);

/** ut_run_text_dup_status: (transfer full): its state and figures at this moment, one line. */
char *ut_run_text_dup_status   (UtRun *run);

/**
 * ut_run_text_dup_queued:
 * @run: a run that waits for its turn.
 * @paused: whether the whole queue does.
 * @wait: seconds until it may start; negative where unknown.
 *
 * Returns: (transfer full): "2nd in the queue, starts in about 0:40".
 */
char *ut_run_text_dup_queued   (UtRun    *run,
                                gboolean  paused,
                                double    wait);

/**
 * ut_run_text_dup_milestone:
 * @run: a run.
 *
 * What a screen reader is told: it changes with the state and at the end of an epoch, not with each
 * batch.
 *
 * Returns: (transfer full): one line.
 */
char *ut_run_text_dup_milestone (UtRun *run);

/** ut_run_text_dup_members: (transfer full) (nullable): what an ensemble is the mean of. */
char *ut_run_text_dup_members  (UtRun *run);

/** ut_run_text_dup_failure: (transfer full) (nullable): why it failed, and what was kept. */
char *ut_run_text_dup_failure  (UtRun *run);

/**
 * ut_run_text_dup_trouble:
 * @run: (nullable): the run that trains.
 * @trouble: what the store says, "/home/me/m: No space left on device".
 *
 * Returns: (transfer full): what cannot be saved, and what becomes of @run meanwhile.
 */
char *ut_run_text_dup_trouble  (UtRun      *run,
                                const char *trouble);

/**
 * ut_run_text_dup_news:
 * @run: a run that has ended.
 * @n_ended: how many runs have, where nothing is left to train; 0 where the queue goes on.
 * @body: (out) (nullable): more about it.
 *
 * What a person should hear who works in another window.
 *
 * Returns: (transfer full) (nullable): one line, "3 runs are done".
 */
char *ut_run_text_dup_news     (UtRun  *run,
                                guint   n_ended,
                                char  **body);

/** ut_run_text_dup_end: (transfer full) (nullable): what a toast says of a run that was stopped. */
char *ut_run_text_dup_end      (UtRun *run);

G_END_DECLS
