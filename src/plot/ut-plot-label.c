/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-plot-label-private.h"

#include <math.h>

PangoLayout *
_ut_plot_label_new (GtkWidget  *widget,
                    const char *text,
                    double      width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  int natural;

  pango_layout_get_pixel_size (layout, &natural, NULL);
  if (width > 0 && natural > width)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  return layout;
}

int
_ut_plot_label_measure (GtkWidget  *widget,
                        const char *text,
                        double      width)
{
  g_autoptr (PangoLayout) layout = _ut_plot_label_new (widget, text, width);
  int measured;

  pango_layout_get_pixel_size (layout, &measured, NULL);
  return measured;
}

void
_ut_plot_label_draw (GtkWidget      *widget,
                     cairo_t        *cr,
                     const UtColour *colour,
                     const char     *text,
                     double          x,
                     double          y,
                     double          width)
{
  g_autoptr (PangoLayout) layout = _ut_plot_label_new (widget, text, width);

  ut_colour_set_source (colour, cr);
  cairo_move_to (cr, round (x), round (y));
  pango_cairo_show_layout (cr, layout);
}
