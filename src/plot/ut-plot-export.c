/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot-export"

#include "config.h"

#include "ut-plot-export-private.h"

#include <cairo-svg.h>

/* For print and dense displays. */
#define IMAGE_SCALE 2

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

static void
find_size (UtPlot *plot,
           int    *width,
           int    *height)
{
  *width = MAX (gtk_widget_get_width (GTK_WIDGET (plot)), LEAST_WIDTH);
  *height = MAX (gtk_widget_get_height (GTK_WIDGET (plot)), LEAST_HEIGHT);
}

cairo_surface_t *
_ut_plot_draw_image (UtPlot *plot)
{
  int width = 0, height = 0;

  find_size (plot, &width, &height);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * IMAGE_SCALE,
                                                         height * IMAGE_SCALE);
  cairo_surface_set_device_scale (surface, IMAGE_SCALE, IMAGE_SCALE);
  cairo_t *cr = cairo_create (surface);
  ut_plot_render (plot, cr, width, height, IMAGE_SCALE);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static void
write_svg (UtPlot     *plot,
           GByteArray *array)
{
  int width = 0, height = 0;

  find_size (plot, &width, &height);
  cairo_surface_t *surface
      = cairo_svg_surface_create_for_stream (write_to_array, array, width, height);
  cairo_t *cr = cairo_create (surface);
  ut_plot_render (plot, cr, width, height, 1);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
}

GBytes *
_ut_plot_export (UtPlot       *plot,
                 UtPlotFormat  format)
{
  if (format == UT_PLOT_FORMAT_CSV)
    {
      char *text = ut_plot_dup_csv (plot);
      return g_bytes_new_take (text, strlen (text));
    }

  GByteArray *array = g_byte_array_new ();
  if (format == UT_PLOT_FORMAT_SVG)
    {
      write_svg (plot, array);
    }
  else
    {
      cairo_surface_t *surface = _ut_plot_draw_image (plot);
      cairo_surface_write_to_png_stream (surface, write_to_array, array);
      cairo_surface_destroy (surface);
    }
  return g_byte_array_free_to_bytes (array);
}
