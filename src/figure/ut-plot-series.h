/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * UtPlotSeriesKind:
 * @UT_PLOT_SERIES_DENSE: a value per batch: a filled envelope and a smoothed line.
 * @UT_PLOT_SERIES_MARKS: a value per epoch: markers joined by a line, never smoothed.
 * @UT_PLOT_SERIES_LOOKS: a value now and then: as marks, but tables have a row for each step.
 */
typedef enum
{
  UT_PLOT_SERIES_DENSE,
  UT_PLOT_SERIES_MARKS,
  UT_PLOT_SERIES_LOOKS,
} UtPlotSeriesKind;

/**
 * UtPlotSeries:
 *
 * One line of a plot: append-only pairs of x (ascending) and y (NaN where there is none; infinite
 * allowed). Main thread.
 *
 * Properties: #UtPlotSeries:label (the run's name), #UtPlotSeries:style (which colour and dash,
 * from 0), #UtPlotSeries:shown, #UtPlotSeries:current (drawn above the others), #UtPlotSeries:best
 * (index of the point to mark, or -1), #UtPlotSeries:live (still growing: not drawn into the
 * cached picture). Signal ::changed after points or a property changed.
 */
#define UT_TYPE_PLOT_SERIES (ut_plot_series_get_type ())
G_DECLARE_FINAL_TYPE (UtPlotSeries, ut_plot_series, UT, PLOT_SERIES, GObject)

/**
 * ut_plot_series_new: (transfer full):
 * An empty series; @name is static text such as "validation".
 */
UtPlotSeries     *ut_plot_series_new         (UtPlotSeriesKind  kind,
                                              const char       *label,
                                              const char       *name,
                                              guint             style);

/** ut_plot_series_append: copies (@n) pairs to the end; the x go on ascending. */
void              ut_plot_series_append      (UtPlotSeries     *self,
                                              const double     *x,
                                              const double     *y,
                                              gsize             n);

UtPlotSeriesKind  ut_plot_series_get_kind    (UtPlotSeries     *self);
const char       *ut_plot_series_get_label   (UtPlotSeries     *self);
/** ut_plot_series_get_name: what the values are, as "training" or "validation". */
const char       *ut_plot_series_get_name    (UtPlotSeries     *self);
guint             ut_plot_series_get_style   (UtPlotSeries     *self);
gboolean          ut_plot_series_get_shown   (UtPlotSeries     *self);
gboolean          ut_plot_series_get_current (UtPlotSeries     *self);
gboolean          ut_plot_series_get_live    (UtPlotSeries     *self);
gint64            ut_plot_series_get_best    (UtPlotSeries     *self);
void              ut_plot_series_set_label   (UtPlotSeries     *self,
                                              const char       *label);
void              ut_plot_series_set_shown   (UtPlotSeries     *self,
                                              gboolean          shown);
void              ut_plot_series_set_current (UtPlotSeries     *self,
                                              gboolean          current);
void              ut_plot_series_set_live    (UtPlotSeries     *self,
                                              gboolean          live);
void              ut_plot_series_set_best    (UtPlotSeries     *self,
                                              gint64            index);

guint             ut_plot_series_get_first_epoch (UtPlotSeries *self);
/**
 * ut_plot_series_set_first_epoch:
 *
 * The number, in tables, of the first point of a %UT_PLOT_SERIES_MARKS series, before there is one;
 * 1 unless set. The others count on from it.
 */
void              ut_plot_series_set_first_epoch (UtPlotSeries *self,
                                                  guint         epoch);

/**
 * ut_plot_series_set_clock:
 * @steps: (array length=n): x of points, ascending, all > 0.
 * @epochs: (array length=n): which epoch, with its fraction, each of them ends.
 * @seconds: (array length=n): after how long.
 *
 * What %UT_PLOT_AXIS_EPOCH and %UT_PLOT_AXIS_TIME count. Points have no time of their own: between
 * two steps named here it passes evenly, from 0 at step 0, and beyond the last one as before it.
 * Without a clock a series is not drawn on these axes.
 */
void              ut_plot_series_set_clock   (UtPlotSeries     *self,
                                              const double     *steps,
                                              const double     *epochs,
                                              const double     *seconds,
                                              gsize             n);

const char       *ut_plot_series_get_group   (UtPlotSeries     *self);
/**
 * ut_plot_series_set_group:
 * @group: (nullable): a key; series of one group and name are runs of the same, of which the mean
 *   can be shown.
 */
void              ut_plot_series_set_group   (UtPlotSeries     *self,
                                              const char       *group);

/** ut_plot_series_get_points: (transfer none): all pairs so far; valid until the next append. */
gsize             ut_plot_series_get_points  (UtPlotSeries     *self,
                                              const double    **x,
                                              const double    **y);

G_END_DECLS
