/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

G_BEGIN_DECLS

/**
 * UtShownRuns:
 *
 * The runs that a page compares: those that are shown and the current one. It tells when they, their
 * names, states or best epochs change, in one go for all that changes in a turn of the main loop;
 * not while nobody looks. Main thread.
 *
 * Signal ::changed.
 */
#define UT_TYPE_SHOWN_RUNS (ut_shown_runs_get_type ())
G_DECLARE_FINAL_TYPE (UtShownRuns, ut_shown_runs, UT, SHOWN_RUNS, GObject)

/** ut_shown_runs_new: (transfer full): of @session; nobody looks yet. */
UtShownRuns *ut_shown_runs_new         (UtSession   *session);

/**
 * ut_shown_runs_set_watched: whether somebody looks. What changed since nobody did is told at once.
 */
void         ut_shown_runs_set_watched (UtShownRuns *self,
                                        gboolean     watched);

/** ut_shown_runs_list: (transfer full) (element-type UtRun): them as they are now, in the order of the
 * list of runs. */
GPtrArray   *ut_shown_runs_list        (UtShownRuns *self);

G_END_DECLS
