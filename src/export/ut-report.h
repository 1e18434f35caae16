/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-figure.h"

G_BEGIN_DECLS

/**
 * ut_report_make_async:
 * @runs: (element-type UtRun): at least one; their points must have been read.
 * @current: (nullable): the run whose curve stands out.
 * @view: how the curves are looked at.
 * @date: when the report is made, microseconds since 1970; 0 leaves it out.
 *
 * Gathers all that can be said of @runs into one page of HTML that needs no other file and no
 * network: their figures, tests in words, the settings in which they differ, curves, confusion, the
 * rows that are hardest and those on which they disagree, and what they were made of. What cannot be
 * read any more, as the answers of a run whose data was moved, is left out, and the page says so.
 * Main thread.
 */
void    ut_report_make_async  (GPtrArray            *runs,
                               UtRun                *current,
                               UtPlotView           *view,
                               gint64                date,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
/** ut_report_make_finish: (transfer full) (nullable): the page, in UTF-8. */
GBytes *ut_report_make_finish (GAsyncResult         *result,
                               GError              **error);

G_END_DECLS
