/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot-series.h"

G_BEGIN_DECLS

/**
 * UtPlotPoints:
 *
 * Storage of points, atomically counted. Points are only ever written behind those that a reader
 * was told of, and growing makes a new storage, so that a worker may read the first n while the
 * main thread appends.
 */
typedef struct
{
  gsize   capacity;
  double *x; /* (owned) */
  double *y; /* (owned) */
} UtPlotPoints;

UtPlotPoints *_ut_plot_points_ref        (UtPlotPoints *points);
void          _ut_plot_points_unref      (UtPlotPoints *points);

/**
 * _ut_plot_series_ref_points: (transfer full):
 * The storage, of which the first (@n) points are filled.
 */
UtPlotPoints *_ut_plot_series_ref_points (UtPlotSeries *self,
                                          gsize        *n);

G_END_DECLS
