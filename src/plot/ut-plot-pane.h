/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot.h"

G_BEGIN_DECLS

/**
 * UtPlotPane:
 *
 * A plot with its title and a row of controls that appears on hover and on focus: smoothing ("about
 * 60 steps"), logarithmic y, what x counts and how runs of other seeds are shown, table, export;
 * and the table page with the same numbers. The first four are those of the plot's view, and so of
 * all plots that share it. Composite template `ui/ut-plot-pane.ui`.
 *
 * Properties #UtPlotPane:table-shown, #UtPlotPane:x-axis, #UtPlotPane:y-log,
 * #UtPlotPane:spread. Signal ::message
 * (const char *text): something to tell the person, as that a file was written or why not; whoever
 * owns the pane shows it.
 */
#define UT_TYPE_PLOT_PANE (ut_plot_pane_get_type ())
G_DECLARE_FINAL_TYPE (UtPlotPane, ut_plot_pane, UT, PLOT_PANE, GtkWidget)

/** ut_plot_pane_new: a pane around an empty plot. */
GtkWidget *ut_plot_pane_new             (void);

/** ut_plot_pane_get_plot: (transfer none): the plot inside. */
UtPlot    *ut_plot_pane_get_plot        (UtPlotPane *self);

gboolean   ut_plot_pane_get_table_shown (UtPlotPane *self);
void       ut_plot_pane_set_table_shown (UtPlotPane *self,
                                         gboolean    shown);

G_END_DECLS
