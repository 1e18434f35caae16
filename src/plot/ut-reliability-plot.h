/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-reliability-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtReliabilityPlot:
 *
 * A reliability diagram of something with two answers: how often it is right against how sure it
 * is, beside the diagonal on which the two agree, and how many rows each bin has. Main thread.
 *
 * Properties: #UtReliabilityPlot:line and #UtReliabilityPlot:point (under the pointer or the
 * crosshair, -1 for none; read only), #UtReliabilityPlot:summary (what a screen reader is told).
 * Signal ::line-activated (guint line): a click on a marker, or Return.
 *
 * Keys, mouse, CSS nodes and accessibility are described in ut-reliability-plot.c.
 */
#define UT_TYPE_RELIABILITY_PLOT (ut_reliability_plot_get_type ())
G_DECLARE_FINAL_TYPE (UtReliabilityPlot, ut_reliability_plot, UT, RELIABILITY_PLOT, GtkWidget)

/** ut_reliability_plot_new: without lines. */
GtkWidget *ut_reliability_plot_new         (void);

/**
 * ut_reliability_plot_set_lines:
 * @self: the plot.
 * @lines: (array length=n_lines) (nullable): copied; the first is drawn last.
 * @n_lines: how many.
 * @n_points: how many bins each has.
 */
void       ut_reliability_plot_set_lines   (UtReliabilityPlot       *self,
                                            const UtReliabilityLine *lines,
                                            guint                    n_lines,
                                            guint                    n_points);

/** ut_reliability_plot_dup_reading: (transfer full): the bin of the crosshair, in words; "" without
 * one. */
char      *ut_reliability_plot_dup_reading (UtReliabilityPlot       *self);

G_END_DECLS
