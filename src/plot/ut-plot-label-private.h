/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-colour.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Short texts beside lines and axes, in a widget's font.
 */

/** _ut_plot_label_new: (transfer full): @text, cut with an ellipsis where it is wider than @width
 * pixels; 0 for any width. */
PangoLayout *_ut_plot_label_new     (GtkWidget  *widget,
                                     const char *text,
                                     double      width);

/** _ut_plot_label_measure: how many pixels such a label is wide. */
int          _ut_plot_label_measure (GtkWidget  *widget,
                                     const char *text,
                                     double      width);

/** _ut_plot_label_draw: draws it with its upper left corner at @x and @y, on whole pixels. */
void         _ut_plot_label_draw    (GtkWidget      *widget,
                                     cairo_t        *cr,
                                     const UtColour *colour,
                                     const char     *text,
                                     double          x,
                                     double          y,
                                     double          width);

G_END_DECLS
