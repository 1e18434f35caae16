/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtBin:
 * @title: what is in it: "6 to 10".
 * @n: how many.
 */
typedef struct
{
  const char *title;
  gsize       n;
} UtBin;

/**
 * UtBinLine:
 * @label: whose line it is.
 * @style: colour and dash, as #UtPlotStyle counts them.
 * @values: (array): a share of 0 to 1 for each bin, NaN for none.
 * @lows: (array): the lower ends of their intervals.
 * @highs: (array): the upper ends.
 */
typedef struct
{
  const char   *label;
  guint         style;
  const double *values;
  const double *lows;
  const double *highs;
} UtBinLine;

/**
 * UtBinPlot:
 *
 * Shares over bins of something, one line for each of many things, with intervals: all of them where
 * there are few lines, else those of the current line and of the one under the pointer. Main thread.
 *
 * Properties: #UtBinPlot:x-title and #UtBinPlot:y-title (what the axes measure), #UtBinPlot:bin and
 * #UtBinPlot:line (under the pointer or the crosshair, -1 for none; read only).
 * Signal ::line-activated (guint line): a click on a line, or Return.
 *
 * Keys, mouse, CSS nodes and accessibility are described in ut-bin-plot.c.
 */
#define UT_TYPE_BIN_PLOT (ut_bin_plot_get_type ())
G_DECLARE_FINAL_TYPE (UtBinPlot, ut_bin_plot, UT, BIN_PLOT, GtkWidget)

/** ut_bin_plot_new: without bins and lines. */
GtkWidget *ut_bin_plot_new         (void);

/**
 * ut_bin_plot_set_data:
 * @self: the plot.
 * @bins: (array length=n_bins) (nullable): copied.
 * @n_bins: how many.
 * @lines: (array length=n_lines) (nullable): copied; the first is drawn first.
 * @n_lines: how many.
 * @current: the line that is drawn thick and on top, -1 for none.
 */
void       ut_bin_plot_set_data    (UtBinPlot       *self,
                                    const UtBin     *bins,
                                    guint            n_bins,
                                    const UtBinLine *lines,
                                    guint            n_lines,
                                    int              current);

/** ut_bin_plot_dup_reading: (transfer full): the bin of the crosshair with the values of the line under
 * it, or else of the current one, in words; "" without a crosshair. */
char      *ut_bin_plot_dup_reading (UtBinPlot       *self);

G_END_DECLS
