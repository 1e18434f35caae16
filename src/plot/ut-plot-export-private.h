/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot.h"

G_BEGIN_DECLS

typedef enum
{
  UT_PLOT_FORMAT_PNG,
  UT_PLOT_FORMAT_SVG,
  UT_PLOT_FORMAT_CSV,
} UtPlotFormat;

/** _ut_plot_format_from_name: "png", "svg" or "csv"; FALSE for anything else. */
gboolean _ut_plot_format_from_name (const char   *name,
                                    UtPlotFormat *format);

/** _ut_plot_export: (transfer full): a file of the plot at its present size. */
GBytes  *_ut_plot_export           (UtPlot       *plot,
                                    UtPlotFormat  format);

/** _ut_plot_draw_image: (transfer full): the plot at its present size, for a dense display. */
cairo_surface_t *_ut_plot_draw_image (UtPlot *plot);

G_END_DECLS
