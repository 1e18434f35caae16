/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot-series.h"
#include "ut-plot-view.h"

G_BEGIN_DECLS

/**
 * UtPlotPoints:
 *
 * Storage of points, atomically counted. Points are only ever written behind those that a reader
 * was told of, and growing makes a new storage, so that a worker may read the first n while the
 * main thread appends.
 */
typedef struct _UtPlotPoints UtPlotPoints;
struct _UtPlotPoints
{
  gsize         capacity;
  double       *x;    /* (owned) */
  double       *y;    /* (owned), or those of base */
  UtPlotPoints *base; /* (owned) (nullable): where the x were counted in steps */
};

/** _ut_plot_points_new: (transfer full): room for @capacity points. */
UtPlotPoints *_ut_plot_points_new        (gsize         capacity);

UtPlotPoints *_ut_plot_points_ref        (UtPlotPoints *points);
void          _ut_plot_points_unref      (UtPlotPoints *points);

/**
 * _ut_plot_series_ref_points: (transfer full):
 * The storage, of which the first (@n) points are filled, with x on @axis.
 */
UtPlotPoints *_ut_plot_series_ref_points (UtPlotSeries *self,
                                          UtPlotAxis    axis,
                                          gsize        *n);

/** _ut_plot_series_peek: as ut_plot_series_get_points(), with x on @axis. */
gsize         _ut_plot_series_peek       (UtPlotSeries  *self,
                                          UtPlotAxis     axis,
                                          const double **x,
                                          const double **y);

/** _ut_plot_series_get_clock_serial: another number after each change of the clock. */
guint         _ut_plot_series_get_clock_serial (UtPlotSeries *self);

G_END_DECLS
