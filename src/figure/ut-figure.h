/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

/*
 * The layer of figures: series of numbers, drawn with axes and labels on any Cairo context.
 *
 * It uses Cairo, Pango and GObject, and no other layer: neither GTK nor a display, so that the
 * terminal's program may draw as the window does; `plot` and `cli` build on it. It knows neither
 * runs nor configurations. ut-scale, ut-ticks, ut-smooth and ut-decimate are pure functions of
 * doubles; ut-plot-board puts series and what is wanted of them together into a scene, which
 * ut-plot-draw and ut-plot-text draw.
 *
 * Points are copied in and never out; objects are counted as usual. Series belong to the thread
 * that made them. A scene is immutable and atomically counted and shares the points, so that it may
 * be drawn in a worker.
 */

#include "ut-decimate.h"
#include "ut-plot-palette.h"
#include "ut-plot-series.h"
#include "ut-plot-view.h"
#include "ut-smooth.h"
#include "ut-ticks.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/** UT_FIGURE_COLUMNS: into how many columns a figure of a paper folds its points, unless told. */
#define UT_FIGURE_COLUMNS 300

/**
 * UT_PLOT_MAX_LABELS:
 * With more runs than this, only the current one is labelled and has a band, and the others
 * fade.
 */
#define UT_PLOT_MAX_LABELS 8

/**
 * UtFigureLabels:
 * @UT_FIGURE_LABELS_ENDS: the name of each run at the right end of its line, up to eight runs;
 *   with more only the current one's.
 * @UT_FIGURE_LABELS_LEGEND: all runs in rows above the axes, with a piece of their line.
 * @UT_FIGURE_LABELS_NONE: no names.
 */
typedef enum
{
  UT_FIGURE_LABELS_ENDS,
  UT_FIGURE_LABELS_LEGEND,
  UT_FIGURE_LABELS_NONE,
} UtFigureLabels;

/**
 * UtFigureOptions:
 * @title, @x_title: (nullable): unowned, as all text here.
 * @palette: colours; of paper unless set.
 * @labels: where the runs' names are.
 * @line_width: of lines, in units of the context; the current run's is a third wider.
 * @font_family: (nullable): NULL for a sans-serif.
 * @font_size: in units of the context.
 * @n_columns: the most columns that points are folded into, which bounds the size of the file
 *   whatever the number of points; 0 for one a device pixel.
 * @axis: what x counts; @x_title is that of steps.
 * @spread: whether runs of one group are drawn each, or as their mean in a band.
 * @y_log: whether equal distances are equal ratios.
 * @smoothing: weight of the past for values per batch, 0 to %UT_SMOOTH_MAX.
 * @x_low, @x_high, @y_low, @y_high: what is shown; NaN for what there is.
 * @limit_low, @limit_high: what y can never leave, as 0 and 1 for accuracy; NaN for no limit.
 * @reference, @reference_label: a dashed level line; NaN for none.
 *
 * What a figure shows besides its series. Plain memory; ut_figure_options_init() first.
 */
typedef struct
{
  const char     *title;
  const char     *x_title;
  UtPlotPalette   palette;
  UtFigureLabels  labels;
  double          line_width;
  const char     *font_family;
  double          font_size;
  guint           n_columns;
  UtPlotAxis      axis;
  UtPlotSpread    spread;
  gboolean        y_log;
  double          smoothing;
  double          x_low;
  double          x_high;
  double          y_low;
  double          y_high;
  double          limit_low;
  double          limit_high;
  double          reference;
  const char     *reference_label;
} UtFigureOptions;

/** ut_figure_options_init: everything of all series, on paper, in a font of 8 and lines of 1. */
void ut_figure_options_init (UtFigureOptions       *self);

/** ut_figure_options_take_view: what @view shows in plots of @channel. */
void ut_figure_options_take_view (UtFigureOptions  *self,
                                  UtPlotView       *view,
                                  guint             channel);

/**
 * ut_figure_draw:
 * @series: (array length=n_series): those that are not #UtPlotSeries:shown are left out.
 * @cr: a context of any surface, whose unit is a point for one of PDF or SVG. For an image of a
 *   higher density scale it first, and say so in @scale.
 * @width, @height: in units of @cr.
 * @scale: device pixels a unit, to which thin lines are snapped, from 1; for vectors 2 or more
 *   makes the grid finer.
 *
 * Draws a figure from the origin of @cr on, on the palette's ground. Points are never drawn one by
 * one where they are denser than columns.
 */
void ut_figure_draw         (UtPlotSeries *const   *series,
                             gsize                  n_series,
                             const UtFigureOptions *options,
                             cairo_t               *cr,
                             double                 width,
                             double                 height,
                             int                    scale);

G_END_DECLS
