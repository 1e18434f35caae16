/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <ut-figure.h>

/* 84 mm, a column of most journals, in points. */
#define WIDTH (84 / 25.4 * 72)
#define HEIGHT 150

#define FULL_RUNS 20
#define FULL_POINTS 34000
/* As Cairo writes it; what is exported is written more briefly, and at most 200 kB. */
#define MOST_BYTES 250000

static void
free_series (UtPlotSeries **series,
             gsize          n)
{
  for (gsize i = 0; i < n; i++)
    g_object_unref (series[i]);
  g_free (series);
}

/* A line per run of @n_points noisy values. */
static UtPlotSeries **
make_series (gsize n_runs,
             gsize n_points)
{
  UtPlotSeries **series = g_new (UtPlotSeries *, n_runs);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree double *x = g_new (double, n_points);
  g_autofree double *y = g_new (double, n_points);

  for (gsize run = 0; run < n_runs; run++)
    {
      g_autofree char *label = g_strdup_printf ("LSTM %d", (int) run + 1);
      for (gsize i = 0; i < n_points; i++)
        {
          x[i] = (double) i + 1;
          y[i] = 0.3 + 0.02 * (double) run + 0.2 * g_rand_double (rand);
        }
      series[run] = ut_plot_series_new (UT_PLOT_SERIES_DENSE, label, "training", (guint) run);
      ut_plot_series_append (series[run], x, y, n_points);
    }
  ut_plot_series_set_current (series[0], TRUE);
  return series;
}

static cairo_surface_t *
draw_image (UtPlotSeries         **series,
            gsize                  n_series,
            const UtFigureOptions *options,
            int                    scale)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) WIDTH * scale, HEIGHT * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  cairo_t *cr = cairo_create (surface);
  ut_figure_draw (series, n_series, options, cr, WIDTH, HEIGHT, scale);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* How many pixels differ from @ground by more than a trace, in the columns from @from to @to. */
static guint
count_ink (cairo_surface_t *surface,
           int              from,
           int              to)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = from; x < to; x++)
      {
        const guint8 *pixel = data + y * stride + 4 * x;
        n += pixel[0] < 230 || pixel[1] < 230 || pixel[2] < 230 ? 1 : 0;
      }
  return n;
}

static guint
count_colours (cairo_surface_t *surface)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      {
        const guint8 *pixel = data + y * stride + 4 * x;
        n += pixel[0] != pixel[1] || pixel[1] != pixel[2] ? 1 : 0;
      }
  return n;
}

static void
test_palettes (void)
{
  UtPlotSeries **series = make_series (3, 200);
  UtFigureOptions options;

  g_test_summary ("Grey is without any colour, and its lines are there all the same");
  ut_figure_options_init (&options);
  cairo_surface_t *colour = draw_image (series, 3, &options, 2);
  ut_plot_palette_init_grey (&options.palette);
  cairo_surface_t *grey = draw_image (series, 3, &options, 2);
  g_assert_cmpuint (count_colours (colour), >, 500);
  g_assert_cmpuint (count_colours (grey), ==, 0);
  g_assert_cmpuint (count_ink (grey, 0, (int) WIDTH * 2), >, 1000);
  cairo_surface_destroy (colour);
  cairo_surface_destroy (grey);
  free_series (series, 3);
}

static void
test_labels (void)
{
  UtPlotSeries **series = make_series (3, 200);
  UtFigureOptions options;
  guint right[UT_FIGURE_LABELS_NONE + 1];

  g_test_summary ("Names are at the ends, in a legend above, or nowhere");
  ut_figure_options_init (&options);
  for (int labels = 0; labels <= UT_FIGURE_LABELS_NONE; labels++)
    {
      options.labels = (UtFigureLabels) labels;
      cairo_surface_t *surface = draw_image (series, 3, &options, 1);
      right[labels] = count_ink (surface, (int) WIDTH - 36, (int) WIDTH - 4);
      cairo_surface_destroy (surface);
    }
  /* Where the names would be the lines are. */
  g_assert_cmpuint (right[UT_FIGURE_LABELS_ENDS], >, 0);
  g_assert_cmpuint (right[UT_FIGURE_LABELS_NONE], >, right[UT_FIGURE_LABELS_ENDS]);
  g_assert_cmpuint (right[UT_FIGURE_LABELS_LEGEND], >, right[UT_FIGURE_LABELS_ENDS]);
  free_series (series, 3);
}

static void
test_width_of_lines (void)
{
  UtPlotSeries **series = make_series (1, 50);
  UtFigureOptions options;

  ut_figure_options_init (&options);
  options.labels = UT_FIGURE_LABELS_NONE;
  options.smoothing = 0.9;
  options.line_width = 0.5;
  cairo_surface_t *thin = draw_image (series, 1, &options, 2);
  options.line_width = 4;
  cairo_surface_t *thick = draw_image (series, 1, &options, 2);
  g_assert_cmpuint (count_ink (thick, 0, (int) WIDTH * 2), >,
                    count_ink (thin, 0, (int) WIDTH * 2) + 500);
  cairo_surface_destroy (thin);
  cairo_surface_destroy (thick);
  free_series (series, 1);
}

static cairo_status_t
count_bytes (void                *closure,
             const unsigned char *data,
             unsigned int         length)
{
  *(gsize *) closure += length;
  return CAIRO_STATUS_SUCCESS;
}

static gsize
measure_file (UtPlotSeries **series,
              gsize          n_series,
              gboolean       svg,
              double         width)
{
  UtFigureOptions options;
  gsize n_bytes = 0;
  cairo_surface_t *surface
      = svg ? cairo_svg_surface_create_for_stream (count_bytes, &n_bytes, width, HEIGHT)
            : cairo_pdf_surface_create_for_stream (count_bytes, &n_bytes, width, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  ut_figure_options_init (&options);
  options.smoothing = 0.98;
  ut_figure_draw (series, n_series, &options, cr, width, HEIGHT, 2);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return n_bytes;
}

static void
test_size (void)
{
  static const gsize n_runs[] = { 1, 8, FULL_RUNS };

  g_test_summary ("A file holds columns, never points: it is small at full load");
  for (gsize i = 0; i < G_N_ELEMENTS (n_runs); i++)
    {
      UtPlotSeries **series = make_series (n_runs[i], FULL_POINTS);
      for (int svg = 0; svg < 2; svg++)
        {
          gsize n_bytes = measure_file (series, n_runs[i], svg, WIDTH);
          gsize wide = measure_file (series, n_runs[i], svg, 174 / 25.4 * 72);
          g_test_message ("%d runs, %s: %d bytes at 84 mm, %d at 174 mm", (int) n_runs[i],
                          svg ? "SVG" : "PDF", (int) n_bytes, (int) wide);
          g_assert_cmpuint (n_bytes, >, 1000);
          g_assert_cmpuint (n_bytes, <=, MOST_BYTES);
          g_assert_cmpuint (wide, <=, MOST_BYTES);
        }
      free_series (series, n_runs[i]);
    }
}

static void
test_nothing (void)
{
  UtFigureOptions options;

  g_test_summary ("A figure of nothing says so");
  ut_figure_options_init (&options);
  cairo_surface_t *surface = draw_image (NULL, 0, &options, 1);
  g_assert_cmpuint (count_ink (surface, 0, (int) WIDTH), >, 50);
  cairo_surface_destroy (surface);
}

static void
test_range (void)
{
  UtPlotSeries **series = make_series (1, 200);
  UtFigureOptions options;

  g_test_summary ("What is not in the range is not drawn");
  ut_figure_options_init (&options);
  options.labels = UT_FIGURE_LABELS_NONE;
  options.x_low = 1000;
  options.x_high = 2000;
  options.y_low = 0;
  options.y_high = 1;
  cairo_surface_t *outside = draw_image (series, 1, &options, 1);
  options.x_low = 0;
  options.x_high = 200;
  cairo_surface_t *inside = draw_image (series, 1, &options, 1);
  g_assert_cmpuint (count_colours (outside), ==, 0);
  g_assert_cmpuint (count_colours (inside), >, 200);
  cairo_surface_destroy (outside);
  cairo_surface_destroy (inside);
  free_series (series, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/palettes", test_palettes);
  g_test_add_func ("/figure/labels", test_labels);
  g_test_add_func ("/figure/width-of-lines", test_width_of_lines);
  g_test_add_func ("/figure/size", test_size);
  g_test_add_func ("/figure/nothing", test_nothing);
  g_test_add_func ("/figure/range", test_range);
  return g_test_run ();
}
