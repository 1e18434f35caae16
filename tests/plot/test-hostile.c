/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "plot-test.h"

#include <math.h>
#include <ut-plot-all.h>
#include <ut-plot-private.h>

static UtPlotSeries *
add (UtPlot           *plot,
     UtPlotSeriesKind  kind,
     const char       *label,
     const double     *x,
     const double     *y,
     gsize             n)
{
  g_autoptr (UtPlotSeries) series = ut_plot_series_new (kind, label, "values", 0);
  ut_plot_series_append (series, x, y, n);
  ut_plot_add_series (plot, series);
  return series;
}

static UtPlot *
make_plot (void)
{
  return g_object_new (UT_TYPE_PLOT, "title", "Loss", "x-title", "step", NULL);
}

/* With a worker at a picture that is out of date. */
static GtkWidget *
present_drawing (UtPlot *plot)
{
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);

  ITER_UNTIL (plot->picture != NULL && !plot->drawing);
  g_object_set (ut_plot_get_view (plot), "smoothing", 0.5, NULL);
  _ut_plot_get_scene (plot);
  g_assert_true (plot->drawing);
  return window;
}

static void
test_ranges (void)
{
  enum { N = 6 };
  static const double tame[N] = { 1, 2, 3, 4, 5, 6 };
  static const double wide[N] = { 1e-300, 1e-100, 1, 1e100, 1e200, 1e300 };
  static const double tiny[N] = { 1e-300, 2e-300, 3e-300, 4e-300, 5e-300, 6e-300 };
  static const double close[N] = { 1, 1 + 1e-15, 1 + 2e-15, 1, 1, 1 };
  static const double extreme[N] = { -DBL_MAX, DBL_MAX, -DBL_MAX, DBL_MAX, 0, DBL_MIN };
  static const double mixed[N] = { 3, 1, NAN, 2, -INFINITY, 2 };
  static const double infinite[N] = { INFINITY, INFINITY, INFINITY, INFINITY, INFINITY, INFINITY };
  static const double *const all[] = { tame, wide, tiny, close, extreme, mixed, infinite };
  static const int sizes[][2] = { { 1, 1 }, { 1, 200 }, { 200, 1 }, { 40, 30 }, { 400, 200 } };

  g_test_summary ("Any x and any y, in order or not, have a picture at any size, with a cursor");
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (all); j++)
      for (int log_scale = 0; log_scale < 2; log_scale++)
        {
          UtPlot *plot = g_object_ref_sink (make_plot ());
          add (plot, UT_PLOT_SERIES_DENSE, "one", all[i], all[j], N);
          UtPlotSeries *marks = add (plot, UT_PLOT_SERIES_MARKS, "other", all[i], all[j], N);
          ut_plot_series_set_best (marks, 3);
          ut_plot_set_reference (plot, all[j][0], "reference");
          g_object_set (ut_plot_get_view (plot), "y-log", log_scale, "smoothing", 0.9, "cursor-x",
                        all[i][2], NULL);
          for (gsize size = 0; size < G_N_ELEMENTS (sizes); size++)
            {
              int width = sizes[size][0], height = sizes[size][1];
              g_autoptr (UtPlotScene) scene = _ut_plot_make_scene (plot, width, height, 1, TRUE);
              cairo_surface_t *surface
                  = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
              cairo_t *cr = cairo_create (surface);
              g_assert_cmpfloat (scene->frame.x.low, <, scene->frame.x.high);
              g_assert_cmpfloat (scene->frame.y.low, <, scene->frame.y.high);
              ut_plot_render (plot, cr, width, height, 1);
              _ut_plot_draw_hover (cr, scene, all[i][2], 0);
              _ut_plot_text_draw_cursor (cr, gtk_widget_get_pango_context (GTK_WIDGET (plot)),
                                         scene, all[i][2]);
              g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
              cairo_destroy (cr);
              cairo_surface_destroy (surface);
            }
          g_autofree char *reading = ut_plot_dup_reading (plot);
          g_autofree char *table = ut_plot_dup_tsv (plot);
          g_assert_nonnull (reading);
          g_assert_nonnull (table);
          g_assert_finalize_object (plot);
        }
}

static void
test_keys (void)
{
  static const double x[] = { NAN, 3, 1, INFINITY, 2, -INFINITY }, y[] = { 1, 2, 3, 4, 5, 6 };
  static const guint keys[]
      = { GDK_KEY_Left, GDK_KEY_Right, GDK_KEY_Home, GDK_KEY_End,  GDK_KEY_Up, GDK_KEY_Down,
          GDK_KEY_plus, GDK_KEY_minus, GDK_KEY_0,    GDK_KEY_plus, GDK_KEY_Left, GDK_KEY_Escape };
  UtPlot *plot = make_plot ();

  g_test_summary ("The cursor finds its way among steps in disorder");
  add (plot, UT_PLOT_SERIES_DENSE, "one", x, y, G_N_ELEMENTS (x));
  add (plot, UT_PLOT_SERIES_MARKS, "one", x + 1, y, 1);
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);
  for (int round = 0; round < 3; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
      {
        press (GTK_WIDGET (plot), keys[i], round == 1 ? GDK_CONTROL_MASK : 0);
        _ut_plot_get_scene (plot);
        while (g_main_context_iteration (NULL, FALSE))
          ;
      }
  destroy (window);
}

static void
test_remove_while_drawing (void)
{
  const double x[] = { 1, 2, 3 };
  UtPlot *plot = make_plot ();
  UtPlotSeries *gone
      = g_object_ref (add (plot, UT_PLOT_SERIES_DENSE, "one", x, x, G_N_ELEMENTS (x)));
  add (plot, UT_PLOT_SERIES_DENSE, "other", x, x, G_N_ELEMENTS (x));
  GtkWidget *window = present_drawing (plot);

  ut_plot_remove_series (plot, gone);
  g_assert_finalize_object (gone);
  ITER_UNTIL (!plot->drawing && plot->picture_serial == plot->serial);
  g_assert_cmpuint (plot->picture_scene->n_curves, ==, 1);
  destroy (window);
}

static void
test_theme_while_drawing (void)
{
  const double x[] = { 1, 2, 3 };
  UtPlot *plot = make_plot ();
  add (plot, UT_PLOT_SERIES_DENSE, "one", x, x, G_N_ELEMENTS (x));
  GtkWidget *window = present_drawing (plot);

  g_test_summary ("A picture in the colours of the last theme is not shown");
  ut_plot_sheet_set_scheme (TRUE, TRUE);
  ITER_UNTIL (!plot->drawing && plot->scene != NULL && plot->picture_serial == plot->serial);
  const UtPlotPalette *palette = _ut_plot_inks_get (&plot->inks, GTK_WIDGET (plot));
  g_assert_true (gdk_rgba_equal (&palette->series[0], &plot->picture_scene->palette.series[0]));
  ut_plot_sheet_set_scheme (FALSE, FALSE);
  destroy (window);
}

static void
test_dispose_twice (void)
{
  const double x[] = { 1, 2, 3 };
  UtPlot *plot = g_object_ref (make_plot ());
  add (plot, UT_PLOT_SERIES_DENSE, "one", x, x, G_N_ELEMENTS (x));
  GtkWidget *window = present_drawing (plot);

  gtk_window_set_child (GTK_WINDOW (window), NULL);
  g_object_run_dispose (G_OBJECT (plot));
  g_object_run_dispose (G_OBJECT (plot));
  destroy (window);
  g_assert_finalize_object (plot);

  UtPlotPane *pane = g_object_ref_sink (UT_PLOT_PANE (ut_plot_pane_new ()));
  g_object_run_dispose (G_OBJECT (pane));
  g_object_run_dispose (G_OBJECT (pane));
  g_assert_finalize_object (pane);
}

int
main (int    argc,
      char **argv)
{
  init_or_skip (&argc, &argv);
  g_test_add_func ("/hostile/ranges", test_ranges);
  g_test_add_func ("/hostile/keys", test_keys);
  g_test_add_func ("/hostile/remove-while-drawing", test_remove_while_drawing);
  g_test_add_func ("/hostile/theme-while-drawing", test_theme_while_drawing);
  g_test_add_func ("/hostile/dispose-twice", test_dispose_twice);
  return g_test_run ();
}
