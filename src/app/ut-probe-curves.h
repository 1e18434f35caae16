/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-figure.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtProbeCurves:
 *
 * What one run answered to the sentences that it followed, as the lines of a plot: one a sentence,
 * labelled with its first words. Main thread. Signal ::changed: there are other answers.
 */
#define UT_TYPE_PROBE_CURVES (ut_probe_curves_get_type ())
G_DECLARE_FINAL_TYPE (UtProbeCurves, ut_probe_curves, UT, PROBE_CURVES, GObject)

/** ut_probe_curves_new: (transfer full): of no run yet. */
UtProbeCurves *ut_probe_curves_new       (void);

/** ut_probe_curves_set_run: (nullable): whose answers they are. */
void           ut_probe_curves_set_run   (UtProbeCurves *self,
                                          UtRun         *run);

/** ut_probe_curves_get_lines: (transfer none): a list model of #UtPlotSeries. */
GListModel    *ut_probe_curves_get_lines (UtProbeCurves *self);

/**
 * ut_probe_curves_find:
 * @self: the curves.
 * @text: a sentence.
 * @style: (out): of its line.
 * @probability: (out): of the positive class, as it was answered last; NaN where it has no words.
 *
 * Returns: whether the run followed it.
 */
gboolean       ut_probe_curves_find      (UtProbeCurves *self,
                                          const char    *text,
                                          guint         *style,
                                          double        *probability);

G_END_DECLS
