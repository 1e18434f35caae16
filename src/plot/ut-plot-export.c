/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot-export"

#include "config.h"

#include "ut-plot-export-private.h"

#include <cairo-svg.h>

/* For print and dense displays. */
#define PNG_SCALE 2

#define LEAST_WIDTH 480
#define LEAST_HEIGHT 240

gboolean
_ut_plot_format_from_name (const char   *name,
                           UtPlotFormat *format)
{
  static const char *const names[] = { "png", "svg", "csv" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (name, names[i]) == 0)
      {
        *format = (UtPlotFormat) i;
        return TRUE;
      }
  return FALSE;
}

static cairo_status_t
write_to_array (void                *closure,
                const unsigned char *data,
                unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
_ut_plot_export (UtPlot       *plot,
                 UtPlotFormat  format)
{
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (plot)), LEAST_WIDTH);
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (plot)), LEAST_HEIGHT);

  if (format == UT_PLOT_FORMAT_CSV)
    {
      char *text = ut_plot_dup_csv (plot);
      return g_bytes_new_take (text, strlen (text));
    }

  GByteArray *array = g_byte_array_new ();
  int scale = format == UT_PLOT_FORMAT_PNG ? PNG_SCALE : 1;
  cairo_surface_t *surface;
  if (format == UT_PLOT_FORMAT_PNG)
    {
      surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
      cairo_surface_set_device_scale (surface, scale, scale);
    }
  else
    {
      surface = cairo_svg_surface_create_for_stream (write_to_array, array, width, height);
    }
  cairo_t *cr = cairo_create (surface);
  ut_plot_render (plot, cr, width, height, scale);
  cairo_destroy (cr);
  if (format == UT_PLOT_FORMAT_PNG)
    cairo_surface_write_to_png_stream (surface, write_to_array, array);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (array);
}
