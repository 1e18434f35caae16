/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>
#include <ut-plot.h>

G_BEGIN_DECLS

/**
 * UtRunCurves:
 *
 * The lines of one run in a plot of the loss and one of the accuracy: training per batch,
 * validation per epoch. They follow the run's name, tick and state, and are taken out of the plots
 * in dispose.
 */
#define UT_TYPE_RUN_CURVES (ut_run_curves_get_type ())
G_DECLARE_FINAL_TYPE (UtRunCurves, ut_run_curves, UT, RUN_CURVES, GObject)

/**
 * ut_run_curves_new: (transfer full): the lines of @run, drawn by @loss and @accuracy from now on.
 */
UtRunCurves *ut_run_curves_new         (UtRun       *run,
                                        UtPlot      *loss,
                                        UtPlot      *accuracy);

/** ut_run_curves_get_run: (transfer none): whose lines they are. */
UtRun       *ut_run_curves_get_run     (UtRunCurves *self);

/** ut_run_curves_set_current: whether they are drawn above those of the other runs. */
void         ut_run_curves_set_current (UtRunCurves *self,
                                        gboolean     current);

G_END_DECLS
