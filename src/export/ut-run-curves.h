/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>
#include <ut-figure.h>

G_BEGIN_DECLS

/**
 * UtRunCurves:
 *
 * The lines of one run, of the loss and of the accuracy: training per batch, validation per epoch.
 * They follow the run's name, tick and state, and are taken out of the lists in dispose.
 */
#define UT_TYPE_RUN_CURVES (ut_run_curves_get_type ())
G_DECLARE_FINAL_TYPE (UtRunCurves, ut_run_curves, UT, RUN_CURVES, GObject)

/**
 * ut_run_curves_new: (transfer full):
 * @loss, @accuracy: of #UtPlotSeries, which have the lines of @run from now on, while it is shown.
 */
UtRunCurves *ut_run_curves_new         (UtRun       *run,
                                        GListStore  *loss,
                                        GListStore  *accuracy);

/**
 * ut_run_curves_freeze:
 * @run: shown or not.
 * @current: whether it stands out.
 * @loss, @accuracy: (element-type UtPlotSeries): receive its lines as they are now; nobody appends to
 *   them any more.
 */
void         ut_run_curves_freeze      (UtRun       *run,
                                        gboolean     current,
                                        GPtrArray   *loss,
                                        GPtrArray   *accuracy);

/** ut_run_curves_set_clock: has @lines (array length=n_lines) of @run count its epochs and its time, as
 * far as it is. */
void         ut_run_curves_set_clock   (UtRun                *run,
                                        UtPlotSeries * const *lines,
                                        gsize                 n_lines);

/** ut_run_curves_get_run: (transfer none): whose lines they are. */
UtRun       *ut_run_curves_get_run     (UtRunCurves *self);

/** ut_run_curves_set_current: whether they are drawn above those of the other runs. */
void         ut_run_curves_set_current (UtRunCurves *self,
                                        gboolean     current);

/** ut_run_curves_has_line: whether @series is one of its lines. */
gboolean     ut_run_curves_has_line    (UtRunCurves  *self,
                                        UtPlotSeries *series);

G_END_DECLS
