/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-plot-pane.h>

G_BEGIN_DECLS

/**
 * UtPlotPair:
 *
 * The plots of loss and accuracy, and, where a run followed sentences, of its answers to them, with
 * one view: one above the other, or side by side where it is wide and low. Where it is low only, and in
 * a window that is less than 700 pixels high, they share one place and a choice Loss | Accuracy |
 * Sentences appears. Signal ::message (text): what a person should know,
 * as that a file was written.
 */
#define UT_TYPE_PLOT_PAIR (ut_plot_pair_get_type ())
G_DECLARE_FINAL_TYPE (UtPlotPair, ut_plot_pair, UT, PLOT_PAIR, GtkWidget)

/** ut_plot_pair_get_loss: (transfer none): the plot of the loss. */
UtPlot *ut_plot_pair_get_loss     (UtPlotPair *self);
/** ut_plot_pair_get_accuracy: (transfer none): the plot of the accuracy. */
UtPlot *ut_plot_pair_get_accuracy (UtPlotPair *self);
/** ut_plot_pair_get_probes: (transfer none): the plot of the answers to sentences that are followed. */
UtPlot *ut_plot_pair_get_probes   (UtPlotPair *self);
/** ut_plot_pair_set_probes_shown: whether that is there; not so at first. */
void    ut_plot_pair_set_probes_shown (UtPlotPair *self,
                                   gboolean    shown);
/** ut_plot_pair_set_view: how all are looked at; one of their own unless set. */
void    ut_plot_pair_set_view     (UtPlotPair *self,
                                   UtPlotView *view);

G_END_DECLS
