/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot-style.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtPlotSwatch:
 *
 * A short piece of a run's line, in its colour and dash: the mark by which a list shows which
 * line of a plot is whose. Property #UtPlotSwatch:style, from 0. Signal ::colour-changed after
 * the theme changed.
 *
 * CSS: one node `plotswatch` with a class style-1 to style-8, whose `color` is the line's. Plots
 * read the same nodes, so one rule colours both.
 *
 * Accessibility: hidden (role presentation); the run's name stands beside it.
 */
#define UT_TYPE_PLOT_SWATCH (ut_plot_swatch_get_type ())
G_DECLARE_FINAL_TYPE (UtPlotSwatch, ut_plot_swatch, UT, PLOT_SWATCH, GtkWidget)

/** ut_plot_swatch_new: the mark of style @style. */
GtkWidget *ut_plot_swatch_new       (guint         style);

guint      ut_plot_swatch_get_style (UtPlotSwatch *self);
void       ut_plot_swatch_set_style (UtPlotSwatch *self,
                                     guint         style);

G_END_DECLS
