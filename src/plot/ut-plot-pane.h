/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot.h"

G_BEGIN_DECLS

/**
 * UtPlotPane:
 *
 * A plot with its title and a row of controls that appears on hover and on focus: logarithmic y,
 * smoothing ("about 60 steps"), table, export; and the table page with the same numbers. Composite
 * template `ui/ut-plot-pane.ui`.
 */
#define UT_TYPE_PLOT_PANE (ut_plot_pane_get_type ())
G_DECLARE_FINAL_TYPE (UtPlotPane, ut_plot_pane, UT, PLOT_PANE, GtkWidget)

/** ut_plot_pane_get_plot: (transfer none): the plot inside. */
UtPlot *ut_plot_pane_get_plot (UtPlotPane *self);

G_END_DECLS
