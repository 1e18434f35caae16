/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "plot-test.h"

#include <math.h>
#include <time.h>
#include <ut-plot-private.h>
#include <ut-scatter-private.h>

#define POINTS 34000
#define EPOCHS 16
#define WIDTH 600
#define HEIGHT 300
#define ROUNDS 31

/* As many rows as SST-2 has for training. */
#define ROWS 67349
#define SCATTER_WIDTH 600
#define SCATTER_HEIGHT 420

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static void
report (const char *what,
        double     *times,
        double      budget)
{
  qsort (times, ROUNDS, sizeof *times, compare);
  g_print ("%-34s %7.2f ms median %7.2f ms worst %7.2f ms budget, ratio %.2f\n", what,
           times[ROUNDS / 2], times[ROUNDS - 1], budget, times[ROUNDS / 2] / budget);
}

/* What the thread itself reckoned, in ms: others may have the machine as well. */
static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1e6;
}

static UtPlotSeries *
add (UtPlot           *plot,
     GRand            *rand,
     UtPlotSeriesKind  kind,
     guint             run,
     gsize             n)
{
  g_autofree double *x = g_new (double, n);
  g_autofree double *y = g_new (double, n);
  g_autofree char *label = g_strdup_printf ("LSTM %u", run + 1);

  for (gsize i = 0; i < n; i++)
    {
      double share = (double) (i + 1) / (double) n;
      x[i] = share * POINTS;
      y[i] = 0.15 + 0.02 * run + 0.55 * exp (-4 * share) + 0.3 * (g_rand_double (rand) - 0.5);
    }
  g_autoptr (UtPlotSeries) series = ut_plot_series_new (kind, label, "training", run);
  ut_plot_series_append (series, x, y, n);
  ut_plot_add_series (plot, series);
  return series;
}

/* What a frame costs the main thread: the snapshot, and drawing its nodes as the renderer does,
 * between the (@n_changed) pixels in turn, or everywhere. */
static double
time_frame (GtkWidget       *widget,
            cairo_surface_t *surface,
            const double    *changed,
            gsize            n_changed)
{
  double start = now ();
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  GskRenderNode *node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  cairo_t *cr = cairo_create (surface);
  for (gsize i = 0; i < n_changed; i += 2)
    cairo_rectangle (cr, changed[i], 0, changed[i + 1] - changed[i],
                     gtk_widget_get_height (widget));
  if (n_changed > 0)
    cairo_clip (cr);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  double time = now () - start;
  gsk_render_node_unref (node);
  return time;
}

/* A cloud as a data map has it: the more confidence, the more points, and the less it varies. */
static void
fill_scatter (UtScatter *scatter)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree float *x = g_new (float, ROWS);
  g_autofree float *y = g_new (float, ROWS);
  g_autofree float *shares = g_new (float, ROWS);

  for (gsize i = 0; i < ROWS; i++)
    {
      double confidence = 1 - pow (g_rand_double (rand), 3);
      y[i] = (float) confidence;
      x[i] = (float) (sqrt (confidence * (1 - confidence)) * g_rand_double (rand));
      shares[i] = (float) floor (confidence * 5.999) / 5;
    }
  ut_scatter_set_points (scatter, x, y, shares, ROWS);
}

static void
bench_scatter (void)
{
  double full[ROUNDS], hover[ROUNDS], lasso[ROUNDS], selection[ROUNDS];
  UtScatter *scatter = g_object_new (UT_TYPE_SCATTER, "x-title", "variability", "y-title",
                                     "confidence", NULL);
  fill_scatter (scatter);
  GtkWidget *window = present (GTK_WIDGET (scatter), SCATTER_WIDTH, SCATTER_HEIGHT);
  ITER_UNTIL (scatter->picture != NULL && !scatter->drawing);

  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (scatter));
  int width = gtk_widget_get_width (GTK_WIDGET (scatter));
  int height = gtk_widget_get_height (GTK_WIDGET (scatter));
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  g_print ("scatter of %d points, %d x %d at scale %d\n", ROWS, width, height, scale);

  for (gsize i = 0; i < ROUNDS; i++)
    {
      double start = now ();
      cairo_surface_t *picture = _ut_scatter_draw_picture (scatter->scene);
      full[i] = now () - start;
      cairo_surface_destroy (picture);
    }
  report ("full redraw, off the main thread", full, 60);

  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (scatter));
  double changed[4] = { 0, 0, 0, 0 };
  for (gsize i = 0; i < ROUNDS; i++)
    {
      const UtPlotFrame *frame = &scatter->scene->plot->frame;
      graphene_rect_t extent;
      double start = now ();
      gssize row = ut_scatter_points_find_nearest (
          scatter->points, &frame->x, &frame->y, frame->left + 8.0 * (double) i,
          frame->top + 12.0 * (double) i, INFINITY);
      ut_scatter_set_hovered (scatter, (int) row);
      g_autofree char *reading = ut_scatter_dup_reading (scatter);
      _ut_scatter_hover_extent (scatter->scene, context, (gsize) row, reading, &extent);
      changed[2] = changed[0];
      changed[3] = changed[1];
      changed[0] = (double) extent.origin.x;
      changed[1] = (double) (extent.origin.x + extent.size.width);
      hover[i] = now () - start
                 + time_frame (GTK_WIDGET (scatter), surface, changed, G_N_ELEMENTS (changed));
    }
  report ("hover, main thread", hover, 4);

  for (gsize i = 0; i < ROUNDS; i++)
    {
      for (gsize k = 0; k < 400; k++)
        {
          double angle = 2 * G_PI * (double) k / 400, radius = 120 + (double) (k % 7);
          const UtLassoVertex vertex = { width / 2.0 + radius * cos (angle) + (double) i,
                                         height / 2.0 + radius * sin (angle) };
          g_array_append_val (scatter->lasso, vertex);
        }
      double start = now ();
      _ut_scatter_end_lasso (scatter, UT_SCATTER_REPLACE);
      lasso[i] = now () - start;

      start = now ();
      g_autoptr (UtScatterScene) scene
          = _ut_scatter_scene_new (_ut_plot_scene_ref (scatter->scene->plot), scatter->points,
                                   scatter->selected, scatter->selection->len);
      cairo_surface_t *picture = _ut_scatter_draw_picture (scene);
      selection[i] = now () - start;
      cairo_surface_destroy (picture);
    }
  report ("a lasso of 400 corners, main thread", lasso, 16);
  report ("full redraw with a selection", selection, 60);

  cairo_surface_destroy (surface);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A frame after something that has all of the picture drawn anew, which the worker does. */
static double
time_change (UtPlot          *plot,
             cairo_surface_t *surface,
             double           start)
{
  double time = now () - start + time_frame (GTK_WIDGET (plot), surface, NULL, 0);
  ITER_UNTIL (!plot->drawing);
  return time;
}

static void
bench_runs (guint    n_runs,
            gboolean grouped)
{
  double full[ROUNDS], update[ROUNDS], hover[ROUNDS], zoom[ROUNDS], smooth[ROUNDS];
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  UtPlot *plot = g_object_new (UT_TYPE_PLOT, "title", "Loss", "x-title", "step", NULL);
  UtPlotView *view = ut_plot_get_view (plot);
  UtPlotSeries *live = NULL;

  g_object_set (view, "smoothing", 0.98, "spread",
                grouped ? UT_PLOT_SPREAD_DEVIATION : UT_PLOT_SPREAD_RUNS, NULL);
  for (guint run = 0; run < n_runs; run++)
    {
      g_autofree char *group = g_strdup_printf ("setting %u", run / 5);
      live = add (plot, rand, UT_PLOT_SERIES_DENSE, run, POINTS);
      ut_plot_series_set_group (live, group);
      ut_plot_series_set_group (add (plot, rand, UT_PLOT_SERIES_MARKS, run, EPOCHS), group);
    }
  ut_plot_series_set_live (live, TRUE);
  ut_plot_series_set_current (live, TRUE);
  GtkWidget *window = present (GTK_WIDGET (plot), WIDTH, HEIGHT);
  ITER_UNTIL (plot->picture != NULL && !plot->drawing);

  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (plot));
  int width = gtk_widget_get_width (GTK_WIDGET (plot));
  int height = gtk_widget_get_height (GTK_WIDGET (plot));
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  g_print ("%u runs x %d points%s, %d x %d at scale %d\n", n_runs, POINTS,
           grouped ? " as means of 5" : "", width, height, scale);

  for (gsize i = 0; i < ROUNDS; i++)
    {
      double start = now ();
      cairo_surface_t *picture = _ut_plot_draw_picture (plot->picture_scene);
      full[i] = now () - start;
      cairo_surface_destroy (picture);
    }
  report ("full redraw, off the main thread", full, 60);

  for (gsize i = 0; i < ROUNDS; i++)
    {
      const double x = POINTS + (double) i / ROUNDS, y = 0.3;
      double start = now ();
      ut_plot_series_append (live, &x, &y, 1);
      update[i] = now () - start + time_frame (GTK_WIDGET (plot), surface, NULL, 0);
    }
  report ("update of a live run, main thread", update, 16);

  double changed[4] = { 0, WIDTH, 0, 0 };
  for (gsize i = 0; i < ROUNDS; i++)
    {
      double start = now ();
      double x = 1000.0 * (double) i;
      ut_plot_view_set_cursor (view, x);
      changed[2] = changed[0];
      changed[3] = changed[1];
      _ut_plot_hover_extent (_ut_plot_get_scene (plot), x, &changed[0], &changed[1]);
      hover[i] = now () - start
                 + time_frame (GTK_WIDGET (plot), surface, changed, G_N_ELEMENTS (changed));
    }
  report ("hover, main thread", hover, 4);

  ut_plot_view_set_cursor (view, NAN);
  for (gsize i = 0; i < ROUNDS; i++)
    {
      double start = now ();
      ut_plot_view_set_x (view, 100.0 * (double) i, 20000 + 300.0 * (double) i);
      zoom[i] = time_change (plot, surface, start);
    }
  report ("zoom, main thread", zoom, 16);

  ut_plot_view_show_all (view);
  for (gsize i = 0; i < ROUNDS; i++)
    {
      double start = now ();
      g_object_set (view, "smoothing", 0.9 + 0.003 * (double) i, NULL);
      smooth[i] = time_change (plot, surface, start);
    }
  report ("smoothing drag, main thread", smooth, 16);

  cairo_surface_destroy (surface);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (void)
{
  if (!gtk_init_check ())
    {
      g_print ("no display: not measured\n");
      return 77;
    }
  bench_runs (20, FALSE);
  bench_runs (20, TRUE);
  bench_runs (100, FALSE);
  bench_runs (100, TRUE);
  bench_scatter ();
  return 0;
}
