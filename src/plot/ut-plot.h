/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot-series.h"
#include "ut-plot-view.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtPlot:
 *
 * Draws series against one x axis. Properties: #UtPlot:title, #UtPlot:x-title (of steps),
 * #UtPlot:view (#UtPlotView: what is shown and how; plots that share one move together),
 * #UtPlot:channel (which y range of the view), #UtPlot:log-allowed (whether the view's logarithmic
 * y is for this plot), #UtPlot:summary (what a screen reader is told). Signal ::series-activated
 * (#UtPlotSeries).
 *
 * Keys, mouse, CSS nodes and accessibility are described in ut-plot.c.
 */
#define UT_TYPE_PLOT (ut_plot_get_type ())
G_DECLARE_FINAL_TYPE (UtPlot, ut_plot, UT, PLOT, GtkWidget)

/** ut_plot_new: a plot without series. */
GtkWidget  *ut_plot_new            (void);

/** ut_plot_get_view: (transfer none): its own unless another one was set. */
UtPlotView *ut_plot_get_view       (UtPlot       *self);
void        ut_plot_set_view       (UtPlot       *self,
                                    UtPlotView   *view);

/** ut_plot_add_series: takes a reference and draws @series from now on. */
void        ut_plot_add_series     (UtPlot       *self,
                                    UtPlotSeries *series);

/** ut_plot_remove_series: the reverse. */
void        ut_plot_remove_series  (UtPlot       *self,
                                    UtPlotSeries *series);

/** ut_plot_set_model: draws the #UtPlotSeries of @model, as it changes, instead of added ones. */
void        ut_plot_set_model      (UtPlot       *self,
                                    GListModel   *model);

/** ut_plot_get_series: (transfer none): a list model of #UtPlotSeries. */
GListModel *ut_plot_get_series     (UtPlot       *self);

/** ut_plot_set_reference: a dashed level line with its label; NaN takes it away. */
void        ut_plot_set_reference  (UtPlot       *self,
                                    double        y,
                                    const char   *label);

/** ut_plot_set_y_limits: values that y can never leave (NaN: no limit), as 0 and 1 for accuracy. */
void        ut_plot_set_y_limits   (UtPlot       *self,
                                    double        lowest,
                                    double        highest);

/** ut_plot_set_whole_y: whether all between the limits of y, which must both be set, is shown, and not
 * what there is of it. */
void        ut_plot_set_whole_y    (UtPlot       *self,
                                    gboolean      whole);

/**
 * ut_plot_settle:
 *
 * Lets the y axis shrink to what there is, as it does by itself at each new point of a
 * %UT_PLOT_SERIES_MARKS series. Otherwise it only grows, so that it does not tremble.
 */
void        ut_plot_settle         (UtPlot       *self);

/** ut_plot_is_live: whether a shown series is still growing. */
gboolean    ut_plot_is_live        (UtPlot       *self);

/**
 * ut_plot_dup_reading: (transfer full):
 * All shown series at the cursor, in words; "" without cursor.
 */
char       *ut_plot_dup_reading    (UtPlot       *self);

/** ut_plot_dup_tsv: (transfer full): epochs, with a column for each shown series of them. */
char       *ut_plot_dup_tsv        (UtPlot       *self);

/** ut_plot_dup_csv: (transfer full): every point of the shown series: run, values, x, y. */
char       *ut_plot_dup_csv        (UtPlot       *self);

/** ut_plot_copy: puts the picture, as pixels and as SVG, and the table onto the clipboard. */
void        ut_plot_copy           (UtPlot       *self);

/**
 * ut_plot_render:
 * @cr: a new context of an image, SVG or PDF surface.
 * @width, @height: in pixels or points.
 * @scale: device pixels per pixel, from 1, to which lines are snapped.
 *
 * Draws the plot with its title on the widget's ground, as it is shown, without cursor.
 */
void        ut_plot_render         (UtPlot       *self,
                                    cairo_t      *cr,
                                    int           width,
                                    int           height,
                                    int           scale);

G_END_DECLS
