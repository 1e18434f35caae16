/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * UtPlotAxis:
 * @UT_PLOT_AXIS_STEP: the x of the points as they are.
 * @UT_PLOT_AXIS_EPOCH: epochs and their fractions, so that runs of other batch sizes compare.
 * @UT_PLOT_AXIS_TIME: seconds of training; see ut_plot_series_set_clock().
 *
 * What an x axis counts.
 */
typedef enum
{
  UT_PLOT_AXIS_STEP,
  UT_PLOT_AXIS_EPOCH,
  UT_PLOT_AXIS_TIME,
} UtPlotAxis;

#define UT_TYPE_PLOT_AXIS (ut_plot_axis_get_type ())
GType ut_plot_axis_get_type   (void);

/**
 * UtPlotSpread:
 * @UT_PLOT_SPREAD_RUNS: a line for each run.
 * @UT_PLOT_SPREAD_DEVIATION: runs of one group are their mean, in a band of one standard deviation.
 * @UT_PLOT_SPREAD_INTERVAL: likewise, in the 95 % interval of the mean (Student's t).
 *
 * How runs that differ in nothing but their seed are shown.
 */
typedef enum
{
  UT_PLOT_SPREAD_RUNS,
  UT_PLOT_SPREAD_DEVIATION,
  UT_PLOT_SPREAD_INTERVAL,
} UtPlotSpread;

#define UT_TYPE_PLOT_SPREAD (ut_plot_spread_get_type ())
GType ut_plot_spread_get_type (void);

/** UT_PLOT_VIEW_CHANNELS: how many different y axes share a view, as those of loss, accuracy
 * and answers. */
#define UT_PLOT_VIEW_CHANNELS 3

/** UtPlotRange: a part of an axis; both NaN: what there is. Plain memory. */
typedef struct
{
  double low;
  double high;
} UtPlotRange;

/** ut_plot_range_is_all: whether @self is no part. */
gboolean    ut_plot_range_is_all     (const UtPlotRange *self);

/**
 * UtPlotView:
 *
 * How a person looks at plots: one object for all plots that show the same, on whatever page. Main
 * thread.
 *
 * Properties: #UtPlotView:x-axis, #UtPlotView:y-log, #UtPlotView:smoothing (weight of the past, 0
 * to 0.999), #UtPlotView:spread, #UtPlotView:cursor-x (NaN for none), #UtPlotView:follow (whether a
 * part of x that is shown slides along with a run that grows), #UtPlotView:zoomed and
 * #UtPlotView:can-go-back (read only).
 * Signal ::moved after other ranges are shown.
 *
 * Another x axis shows everything and forgets the way back, since other numbers are on it.
 */
#define UT_TYPE_PLOT_VIEW (ut_plot_view_get_type ())
G_DECLARE_FINAL_TYPE (UtPlotView, ut_plot_view, UT, PLOT_VIEW, GObject)

/** ut_plot_view_new: (transfer full): everything by step, smoothed over about 60. */
UtPlotView  *ut_plot_view_new          (void);

UtPlotAxis   ut_plot_view_get_axis     (UtPlotView        *self);
gboolean     ut_plot_view_get_y_log    (UtPlotView        *self);
double       ut_plot_view_get_smoothing (UtPlotView       *self);
UtPlotSpread ut_plot_view_get_spread   (UtPlotView        *self);
double       ut_plot_view_get_cursor   (UtPlotView        *self);
void         ut_plot_view_set_cursor   (UtPlotView        *self,
                                        double             x);
gboolean     ut_plot_view_get_follow   (UtPlotView        *self);
void         ut_plot_view_set_follow   (UtPlotView        *self,
                                        gboolean           follow);

/** ut_plot_view_get_x: the part of x that is shown. */
UtPlotRange  ut_plot_view_get_x        (UtPlotView        *self);
/** ut_plot_view_get_y: the part of y that plots of @channel show. */
UtPlotRange  ut_plot_view_get_y        (UtPlotView        *self,
                                        guint              channel);
/** ut_plot_view_is_zoomed: whether any range is a part. */
gboolean     ut_plot_view_is_zoomed    (UtPlotView        *self);

/**
 * ut_plot_view_remember:
 * What is shown is where ut_plot_view_go_back() leads, once it is left. Called before a person
 * moves: once for a drag or a turn of the wheel, however many steps it has.
 */
void         ut_plot_view_remember     (UtPlotView        *self);

/** ut_plot_view_set_x: shows another part of x; NaN for everything. */
void         ut_plot_view_set_x        (UtPlotView        *self,
                                        double             low,
                                        double             high);

/** ut_plot_view_set_y: shows another part of y in plots of @channel; NaN for what there is. */
void         ut_plot_view_set_y        (UtPlotView        *self,
                                        guint              channel,
                                        double             low,
                                        double             high);

/** ut_plot_view_show_all: everything, and the way back to what was. */
void         ut_plot_view_show_all     (UtPlotView        *self);

/** ut_plot_view_go_back: to what was remembered last; FALSE where nothing is. */
gboolean     ut_plot_view_go_back      (UtPlotView        *self);

G_END_DECLS
