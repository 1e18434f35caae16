/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

G_BEGIN_DECLS

/**
 * UtShownAnswers:
 *
 * What the shown runs answered on the development rows of the current one, read one after the other
 * on a worker while somebody looks. Answers that are read stay until a run's best epoch is another
 * one. Runs on other rows, and runs as the notebook's code runs beside others, are only counted: they
 * are no match for each other. Main thread.
 *
 * Signal ::changed: after each turn in which something was read, or other runs are shown.
 */
#define UT_TYPE_SHOWN_ANSWERS (ut_shown_answers_get_type ())
G_DECLARE_FINAL_TYPE (UtShownAnswers, ut_shown_answers, UT, SHOWN_ANSWERS, GObject)

/** ut_shown_answers_new: (transfer full): of @session; nobody looks yet. */
UtShownAnswers *ut_shown_answers_new         (UtSession      *session);

/** ut_shown_answers_set_watched: whether somebody looks. */
void            ut_shown_answers_set_watched (UtShownAnswers *self,
                                              gboolean        watched);

/** ut_shown_answers_is_busy: whether more is being read. */
gboolean        ut_shown_answers_is_busy     (UtShownAnswers *self);

/** ut_shown_answers_get_n_runs: how many runs have answers on the same rows: the current run, where it
 * has any, comes first. */
guint           ut_shown_answers_get_n_runs  (UtShownAnswers *self);
/** ut_shown_answers_get_run: (transfer none): one of them. */
UtRun          *ut_shown_answers_get_run     (UtShownAnswers *self,
                                              guint           index);
/** ut_shown_answers_get_answers: (transfer none): what it answered. */
UtAnswers      *ut_shown_answers_get_answers (UtShownAnswers *self,
                                              guint           index);

/** ut_shown_answers_dup_list: (transfer full) (element-type UtAnswers): the answers of all of them. */
GPtrArray      *ut_shown_answers_dup_list    (UtShownAnswers *self);

/** ut_shown_answers_dup_problems: (transfer full) (nullable): which shown runs are missing and why, one
 * a line. */
char           *ut_shown_answers_dup_problems (UtShownAnswers *self);

G_END_DECLS
