/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-figure.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCurves:
 *
 * The lines of all shown runs, once for all plots that draw them: two list models of #UtPlotSeries,
 * which follow the runs. Main thread.
 */
#define UT_TYPE_CURVES (ut_curves_get_type ())
G_DECLARE_FINAL_TYPE (UtCurves, ut_curves, UT, CURVES, GObject)

/** ut_curves_new: (transfer full): the lines of @runs, a list model of #UtRun. */
UtCurves   *ut_curves_new          (GListModel   *runs);

/** ut_curves_set_current: (nullable): whose lines are drawn above the others. */
void        ut_curves_set_current  (UtCurves     *self,
                                    UtRun        *run);

/** ut_curves_get_loss: (transfer none): training and validation of each shown run. */
GListModel *ut_curves_get_loss     (UtCurves     *self);
/** ut_curves_get_accuracy: (transfer none): likewise. */
GListModel *ut_curves_get_accuracy (UtCurves     *self);

/** ut_curves_find_run: (transfer none) (nullable): the run that @series is a line of. */
UtRun      *ut_curves_find_run     (UtCurves     *self,
                                    UtPlotSeries *series);

G_END_DECLS
