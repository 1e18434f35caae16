/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot-palette.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtPlotInks:
 *
 * The colours of a widget. GTK 4.8 tells the `color` of a CSS node only through a widget, so each
 * colour has one: a child that is never drawn. Main thread.
 */
typedef struct
{
  GtkWidget     *swatches[UT_PLOT_N_COLOURS]; /* (unowned): children of the widget */
  GtkWidget     *grid;                        /* (unowned) */
  GtkWidget     *ground;                      /* (unowned) */
  gboolean       valid;
  UtPlotPalette  palette;
} UtPlotInks;

/** _ut_plot_ink_of: the `color` of @widget's CSS node. */
UtColour             _ut_plot_ink_of          (GtkWidget  *widget);

/** _ut_plot_inks_init: @changed is connected, swapped with @parent, to each colour's change. */
void                 _ut_plot_inks_init       (UtPlotInks *self,
                                               GtkWidget  *parent,
                                               GCallback   changed);

/** _ut_plot_inks_dispose: unparents the children; may be called again. */
void                 _ut_plot_inks_dispose    (UtPlotInks *self);

/** _ut_plot_inks_invalidate: the next get reads CSS again. */
void                 _ut_plot_inks_invalidate (UtPlotInks *self);

const UtPlotPalette *_ut_plot_inks_get        (UtPlotInks *self,
                                               GtkWidget  *parent);

G_END_DECLS
