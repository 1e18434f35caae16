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
     guint             style,
     const double     *x,
     const double     *y,
     gsize             n)
{
  g_autoptr (UtPlotSeries) series = ut_plot_series_new (
      kind, label, kind == UT_PLOT_SERIES_DENSE ? "training" : "validation", style);
  ut_plot_series_append (series, x, y, n);
  ut_plot_add_series (plot, series);
  return series;
}

static UtPlot *
make_plot (void)
{
  UtPlot *plot = g_object_new (UT_TYPE_PLOT, "title", "Loss", "x-title", "step", NULL);
  g_object_set (ut_plot_get_view (plot), "smoothing", 0.0, NULL);
  return plot;
}

static UtPlotRange
shown (UtPlot *plot)
{
  return ut_plot_view_get_x (ut_plot_get_view (plot));
}

static double
cursor (UtPlot *plot)
{
  return ut_plot_view_get_cursor (ut_plot_get_view (plot));
}

static void
test_series (void)
{
  guint notified = 0, changed = 0;
  UtPlotSeries *series = ut_plot_series_new (UT_PLOT_SERIES_MARKS, "run", "validation", 3);
  g_signal_connect (series, "notify::shown", G_CALLBACK (count_notify), &notified);
  g_signal_connect_swapped (series, "changed", G_CALLBACK (g_atomic_int_inc), &changed);

  ut_plot_series_set_shown (series, FALSE);
  ut_plot_series_set_shown (series, FALSE);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_cmpuint (changed, ==, 1);
  ut_plot_series_append (series, NULL, NULL, 0);
  g_assert_cmpuint (changed, ==, 1);

  g_test_message ("a snapshot of the points outlives their growing");
  double first = 1;
  ut_plot_series_append (series, &first, &first, 1);
  gsize n = 0;
  UtPlotPoints *points = _ut_plot_series_ref_points (series, UT_PLOT_AXIS_STEP, &n);
  for (int i = 0; i < 10000; i++)
    {
      double x = 2 + i;
      ut_plot_series_append (series, &x, &x, 1);
    }
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpfloat (points->x[0], ==, 1);
  _ut_plot_points_unref (points);
  g_assert_cmpuint (ut_plot_series_get_points (series, NULL, NULL), ==, 10001);
  g_assert_finalize_object (series);
}

static void
test_properties (void)
{
  static const char *const names[] = { "title", "x-title", "summary" };
  UtPlot *plot = g_object_ref_sink (make_plot ());

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint notified = 0;
      g_autofree char *signal = g_strconcat ("notify::", names[i], NULL);
      gulong handler = g_signal_connect (plot, signal, G_CALLBACK (count_notify), &notified);
      g_object_set (plot, names[i], "other", NULL);
      g_object_set (plot, names[i], "other", NULL);
      g_assert_cmpuint (notified, ==, 1);
      g_signal_handler_disconnect (plot, handler);
    }
  guint notified = 0;
  g_autoptr (UtPlotView) view = ut_plot_view_new ();
  g_signal_connect (plot, "notify::view", G_CALLBACK (count_notify), &notified);
  g_object_set (plot, "view", view, NULL);
  g_object_set (plot, "view", view, NULL);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_finalize_object (plot);
}

static void
test_accessible (void)
{
  UtPlot *plot = g_object_ref_sink (make_plot ());

  g_object_set (plot, "summary", "Best 0.833 at epoch 3.", NULL);
  gtk_test_accessible_assert_role (plot, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_LABEL, "Loss");
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Best 0.833 at epoch 3.");
  g_assert_finalize_object (plot);
}

static void
test_pictures (void)
{
  static const double x[] = { 1, 2, 3, 4, 5, 6 };
  static const double ordinary[] = { 3, 1, 4, 1, 5, 9 };
  static const double constant[] = { 2, 2, 2, 2, 2, 2 };
  static const double missing[] = { NAN, NAN, NAN, NAN, NAN, NAN };
  static const double infinite[] = { 1, INFINITY, -INFINITY, 2, DBL_MAX, -DBL_MAX };
  static const double negative[] = { -1, -2, 0, -3, -1e-300, -5 };
  const struct
  {
    const double *y;
    gsize         n;
  } cases[] = { { ordinary, 0 }, { ordinary, 1 }, { ordinary, 6 }, { constant, 6 },
                { missing, 6 },  { infinite, 6 }, { negative, 6 } };

  g_test_summary ("All data have a picture, at any axis");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int log_scale = 0; log_scale < 2; log_scale++)
      for (int live = 0; live < 2; live++)
        {
          UtPlot *plot = make_plot ();
          UtPlotSeries *dense
              = add (plot, UT_PLOT_SERIES_DENSE, "run", 0, x, cases[i].y, cases[i].n);
          UtPlotSeries *marks
              = add (plot, UT_PLOT_SERIES_MARKS, "run", 0, x, cases[i].y, cases[i].n);
          ut_plot_series_set_live (dense, live);
          ut_plot_series_set_best (marks, 0);
          ut_plot_set_reference (plot, 2.5, "reference");
          g_object_set (ut_plot_get_view (plot), "y-log", log_scale, "cursor-x", 3.0, NULL);
          GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);
          cairo_surface_t *surface = render (GTK_WIDGET (plot));
          g_assert_cmpuint (count_ink (surface), >, 100);
          cairo_surface_destroy (surface);
          destroy (window);
        }
}

static void
test_finalize (void)
{
  const double x[] = { 1, 2 }, y[] = { 1, 2 };
  UtPlot *plot = g_object_ref (make_plot ());
  UtPlotSeries *series = g_object_ref (add (plot, UT_PLOT_SERIES_DENSE, "run", 0, x, y, 2));
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);

  g_test_message ("also while a worker draws");
  ITER_UNTIL (plot->picture != NULL);
  g_object_set (ut_plot_get_view (plot), "smoothing", 0.5, NULL);
  _ut_plot_get_scene (plot);
  g_assert_true (plot->drawing);
  destroy (window);
  g_assert_finalize_object (plot);
  g_assert_finalize_object (series);
}

static void
test_worker (void)
{
  const double x[] = { 1, 2, 3 }, y[] = { 1, 2, 3 };
  UtPlot *plot = make_plot ();
  add (plot, UT_PLOT_SERIES_MARKS, "run", 0, x, y, 3);
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);

  ITER_UNTIL (plot->picture != NULL && !plot->drawing);
  g_test_message ("the axes stay those of the old picture until the new one is there");
  const UtPlotScene *scene = _ut_plot_get_scene (plot);
  double high = scene->frame.y.high;
  add (plot, UT_PLOT_SERIES_MARKS, "other", 1, x, (const double[]) { 1, 20, 3 }, 3);
  scene = _ut_plot_get_scene (plot);
  g_assert_cmpfloat (scene->frame.y.high, ==, high);
  g_assert_true (plot->drawing);
  g_assert_cmpuint (scene->n_curves, ==, 2);
  g_test_message ("what is not in the picture yet is drawn over it");
  g_assert_true (scene->curves[1].live);
  ITER_UNTIL (!plot->drawing);
  scene = _ut_plot_get_scene (plot);
  g_assert_cmpfloat (scene->frame.y.high, >=, 20);
  g_assert_false (scene->curves[1].live);
  destroy (window);
}

static void
test_hidden (void)
{
  const double x[] = { 1, 2, 3 };
  UtPlot *plot = make_plot ();
  UtPlotSeries *series = add (plot, UT_PLOT_SERIES_MARKS, "run", 0, x, x, 3);
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);
  ITER_UNTIL (plot->picture != NULL && !plot->drawing);

  g_test_summary ("A hidden plot keeps no picture and draws none");
  gtk_widget_set_visible (window, FALSE);
  g_assert_null (plot->picture);
  ut_plot_series_append (series, (const double[]) { 4 }, (const double[]) { 4 }, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (plot->picture);
  g_assert_false (plot->drawing);
  gtk_window_present (GTK_WINDOW (window));
  ITER_UNTIL (plot->picture != NULL);
  destroy (window);
}

static void
test_focus (void)
{
  const double x[] = { 1, 2, 3 };
  UtPlot *plot = make_plot ();
  add (plot, UT_PLOT_SERIES_MARKS, "run", 0, x, x, 3);
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);
  ITER_UNTIL (plot->picture != NULL && !plot->drawing);
  cairo_surface_t *picture = plot->picture;

  g_test_summary ("The ring of the focus costs no new picture");
  g_autoptr (UtPlotScene) before = _ut_plot_scene_ref (plot->scene);
  gtk_widget_set_state_flags (GTK_WIDGET (plot), GTK_STATE_FLAG_FOCUS_VISIBLE, FALSE);
  ITER_UNTIL (plot->scene != NULL && plot->scene != before);
  g_assert_true (plot->picture == picture);
  g_assert_false (plot->drawing);
  destroy (window);
}

static void
test_y_range (void)
{
  const double x[] = { 1, 2 };
  UtPlot *plot = make_plot ();
  UtPlotSeries *dense = add (plot, UT_PLOT_SERIES_DENSE, "run", 0, x, (const double[]) { 1, 2 }, 2);
  UtPlotSeries *marks = add (plot, UT_PLOT_SERIES_MARKS, "run", 0, x, (const double[]) { 1, 2 }, 2);
  ut_plot_series_set_live (dense, TRUE);
  ut_plot_series_set_live (marks, TRUE);
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);
  ITER_UNTIL (plot->picture != NULL && !plot->drawing);

  g_test_message ("it grows at once");
  ut_plot_series_append (dense, (const double[]) { 2.5 }, (const double[]) { 50 }, 1);
  g_autoptr (UtPlotScene) grown = _ut_plot_make_scene (plot, 400, 200, 1, FALSE);
  g_assert_cmpfloat (grown->frame.y.high, >=, 50);

  g_test_message ("a run that is hidden leaves it");
  ut_plot_series_set_shown (dense, FALSE);
  g_autoptr (UtPlotScene) shrunk = _ut_plot_make_scene (plot, 400, 200, 1, FALSE);
  g_assert_cmpfloat (shrunk->frame.y.high, <=, 3);

  g_test_message ("limits hold");
  ut_plot_set_y_limits (plot, 0, 1.5);
  g_autoptr (UtPlotScene) limited = _ut_plot_make_scene (plot, 400, 200, 1, FALSE);
  g_assert_cmpfloat (limited->frame.y.high, ==, 1.5);
  destroy (window);
}

static void
test_y_range_crowded (void)
{
  const double x[] = { 0, 50, 100 }, quiet[] = { 1, 1, 1 }, loud[] = { 1, 90, 1 };
  UtPlot *plot = g_object_ref_sink (make_plot ());
  UtPlotSeries *first = NULL;

  g_test_summary ("Values that are not drawn, since there are too many runs, take no room");
  g_object_set (ut_plot_get_view (plot), "smoothing", 0.98, NULL);
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *label = g_strdup_printf ("LSTM %u", i);
      UtPlotSeries *series
          = add (plot, UT_PLOT_SERIES_DENSE, label, i, x, i == 1 ? loud : quiet, 3);
      first = i == 0 ? series : first;
    }
  ut_plot_series_set_current (first, TRUE);
  g_autoptr (UtPlotScene) nine = _ut_plot_make_scene (plot, 600, 300, 1, FALSE);
  g_assert_cmpfloat (nine->frame.y.high, >, 30);
  g_assert_cmpfloat (nine->frame.y.high, <, 90);

  ut_plot_series_set_shown (first, FALSE);
  g_autoptr (UtPlotScene) eight = _ut_plot_make_scene (plot, 600, 300, 1, FALSE);
  g_assert_cmpfloat (eight->frame.y.high, >=, 90);
  g_assert_finalize_object (plot);
}

static void
test_first_steps (void)
{
  const double x[] = { 1, 2 }, y[] = { 0.7, 0.6 };
  UtPlot *plot = g_object_ref_sink (make_plot ());
  UtPlotSeries *series = add (plot, UT_PLOT_SERIES_DENSE, "run", 0, x, y, 1);

  g_test_summary ("Steps are counted from zero as soon as there is one");
  g_autoptr (UtPlotScene) one = _ut_plot_make_scene (plot, 400, 200, 1, FALSE);
  g_assert_cmpfloat (one->frame.x.low, ==, 0);
  g_assert_cmpfloat (one->frame.x.high, ==, 1);
  ut_plot_series_append (series, x + 1, y + 1, 1);
  g_autoptr (UtPlotScene) two = _ut_plot_make_scene (plot, 400, 200, 1, FALSE);
  g_assert_cmpfloat (two->frame.x.low, ==, 0);

  g_test_message ("a run that waits for its turn is none of the runs that are drawn");
  g_assert_cmpuint (two->n_runs, ==, 1);
  add (plot, UT_PLOT_SERIES_DENSE, "queued", 1, NULL, NULL, 0);
  g_autoptr (UtPlotScene) waiting = _ut_plot_make_scene (plot, 400, 200, 1, FALSE);
  g_assert_cmpuint (waiting->n_runs, ==, 1);
  g_assert_finalize_object (plot);
}

static void
test_x_runs_ahead (void)
{
  UtPlot *plot = make_plot ();
  UtPlotSeries *live
      = add (plot, UT_PLOT_SERIES_DENSE, "run", 0, (const double[]){ 1 }, (const double[]){ 1 }, 1);
  g_object_ref_sink (plot);
  guint steps = 0;
  double last = 0;

  g_test_summary ("The axis of a live run moves a few times, not at each point");
  ut_plot_series_set_live (live, TRUE);
  for (int i = 2; i <= 5000; i++)
    {
      ut_plot_series_append (live, (const double[]) { i }, (const double[]) { 1 }, 1);
      g_autoptr (UtPlotScene) scene
          = i % 50 == 0 ? _ut_plot_make_scene (plot, 400, 200, 1, FALSE) : NULL;
      if (scene != NULL)
        {
          g_assert_cmpfloat (scene->frame.x.high, >=, i);
          steps += scene->frame.x.high != last ? 1 : 0;
          last = scene->frame.x.high;
        }
    }
  g_assert_cmpuint (steps, <, 25);
  ut_plot_series_set_live (live, FALSE);
  g_autoptr (UtPlotScene) scene = _ut_plot_make_scene (plot, 400, 200, 1, FALSE);
  g_assert_cmpfloat (scene->frame.x.high, ==, 5000);
  g_assert_finalize_object (plot);
}

static void
test_cursor_keys (void)
{
  enum { N = 101 };
  double x[N], y[N];
  UtPlot *plot = make_plot ();
  for (int i = 0; i < N; i++)
    {
      x[i] = i;
      y[i] = i * 0.01;
    }
  UtPlotSeries *dense = add (plot, UT_PLOT_SERIES_DENSE, "LSTM 1", 0, x, y, N);
  add (plot, UT_PLOT_SERIES_MARKS, "LSTM 1", 0, (const double[]) { 50, 100 },
       (const double[]) { 0.4, 0.5 }, 2);
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);
  GtkWidget *widget = GTK_WIDGET (plot);

  g_assert_cmpint (press (widget, GDK_KEY_Escape, 0), ==, FALSE);
  g_assert_true (press (widget, GDK_KEY_Left, 0));
  g_assert_cmpfloat (cursor (plot), ==, 100);
  press (widget, GDK_KEY_Left, 0);
  g_assert_cmpfloat (cursor (plot), ==, 99);
  press (widget, GDK_KEY_Left, GDK_CONTROL_MASK);
  g_assert_cmpfloat (cursor (plot), ==, 89);
  press (widget, GDK_KEY_Home, 0);
  g_assert_cmpfloat (cursor (plot), ==, 0);
  press (widget, GDK_KEY_Left, 0);
  g_assert_cmpfloat (cursor (plot), ==, 0);
  press (widget, GDK_KEY_End, 0);
  g_assert_cmpfloat (cursor (plot), ==, 100);

  g_test_message ("Down follows the other series, whose points are epochs");
  g_assert_true (_ut_plot_get_followed (plot) == dense);
  press (widget, GDK_KEY_Down, 0);
  press (widget, GDK_KEY_Left, 0);
  g_assert_cmpfloat (cursor (plot), ==, 50);
  g_autofree char *reading = ut_plot_dup_reading (plot);
  g_assert_cmpstr (reading, ==, "step 50 · LSTM 1: validation 0.400, training 0.500");
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reading);

  g_object_set (plot, "summary", "Falling.", NULL);
  g_assert_true (press (widget, GDK_KEY_Escape, 0));
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Falling.");
  g_assert_true (isnan (cursor (plot)));
  g_autofree char *nothing = ut_plot_dup_reading (plot);
  g_assert_cmpstr (nothing, ==, "");
  destroy (window);
}

static void
test_reading (void)
{
  const double steps[] = { 1, 2, 3 }, values[] = { 1, 2, 6 };
  const double x[] = { 3 }, y[] = { 0.5 };
  UtPlot *plot = g_object_ref_sink (make_plot ());
  UtPlotSeries *dense = add (plot, UT_PLOT_SERIES_DENSE, "GRU 1", 0, steps, values, 3);
  UtPlotSeries *marks = add (plot, UT_PLOT_SERIES_MARKS, "GRU 1", 0, x, y, 1);
  ut_plot_series_set_current (dense, TRUE);
  ut_plot_series_set_current (marks, TRUE);
  g_object_set (ut_plot_get_view (plot), "cursor-x", 2.0, "smoothing", 0.5, NULL);

  g_test_message ("a single run is read with the step of its epoch and the value of the batch");
  g_autofree char *one = ut_plot_dup_reading (plot);
  g_assert_cmpstr (one, ==,
                   "step 2 · GRU 1: validation 0.500 (3), training 1.667, batch 2.000");

  g_test_message ("of several runs only the first one's values are named");
  add (plot, UT_PLOT_SERIES_DENSE, "RNN 1", 1, steps, values, 3);
  add (plot, UT_PLOT_SERIES_MARKS, "RNN 1", 1, x, y, 1);
  add (plot, UT_PLOT_SERIES_DENSE, "LSTM 1", 2, steps, values, 3);
  g_autofree char *several = ut_plot_dup_reading (plot);
  g_assert_cmpstr (several, ==,
                   "step 2 · GRU 1: validation 0.500 (3), training 1.667 · LSTM 1: training 1.667"
                   " · RNN 1: 0.500, 1.667");
  g_assert_finalize_object (plot);
}

static void
test_key (void)
{
  const double x[] = { 0, 100 }, y[] = { 1, 1 };
  UtPlot *plot = make_plot ();
  add (plot, UT_PLOT_SERIES_DENSE, "one", 0, x, y, 2);
  add (plot, UT_PLOT_SERIES_MARKS, "one", 0, x, y, 2);
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);

  g_test_summary ("The lines of several runs have a key; those of a single one have names");
  g_autoptr (UtPlotScene) scene = NULL;
  guint ink[2] = { 0, 0 };
  for (int i = 0; i < 2; i++)
    {
      if (i == 1)
        add (plot, UT_PLOT_SERIES_DENSE, "two", 1, x, y, 2);
      g_clear_pointer (&scene, _ut_plot_scene_unref);
      scene = _ut_plot_make_scene (plot, 400, 200, 1, FALSE);
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 150, 12);
      cairo_t *cr = cairo_create (surface);
      cairo_translate (cr, -scene->frame.left, -188);
      _ut_plot_text_draw (cr, gtk_widget_get_pango_context (GTK_WIDGET (plot)), scene, FALSE);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      ink[i] = count_ink (surface);
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (ink[0], ==, 0);
  g_assert_cmpuint (ink[1], >, 50);
  destroy (window);
}

static void
test_zoom_keys (void)
{
  const double x[] = { 0, 100 }, y[] = { 0, 1 };
  UtPlot *plot = make_plot ();
  add (plot, UT_PLOT_SERIES_MARKS, "run", 0, x, y, 2);
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);

  g_object_set (ut_plot_get_view (plot), "cursor-x", 0.0, NULL);
  g_assert_true (press (GTK_WIDGET (plot), GDK_KEY_plus, 0));
  g_assert_cmpfloat (shown (plot).low, ==, 0);
  g_assert_cmpfloat_with_epsilon (shown (plot).high, 100 / 1.5, 1e-9);
  ITER_UNTIL (!plot->drawing && _ut_plot_get_scene (plot)->frame.x.high < 100);
  press (GTK_WIDGET (plot), GDK_KEY_minus, 0);
  g_assert_true (isnan (shown (plot).low));
  g_assert_true (isnan (shown (plot).high));

  ut_plot_view_set_x (ut_plot_get_view (plot), 20, 40);
  g_assert_cmpfloat (shown (plot).high, ==, 40);
  press (GTK_WIDGET (plot), GDK_KEY_0, 0);
  g_assert_true (isnan (shown (plot).high));
  destroy (window);
}

static void
test_zoom_fast (void)
{
  const double x[] = { 0, 100 }, y[] = { 0, 1 };
  UtPlot *plot = make_plot ();
  add (plot, UT_PLOT_SERIES_MARKS, "run", 0, x, y, 2);
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);
  ITER_UNTIL (plot->picture != NULL && !plot->drawing);

  g_test_summary ("No notch is lost while the picture of the last one is being drawn");
  g_object_set (ut_plot_get_view (plot), "cursor-x", 0.0, NULL);
  press (GTK_WIDGET (plot), GDK_KEY_plus, 0);
  _ut_plot_get_scene (plot);
  g_assert_true (plot->drawing);
  press (GTK_WIDGET (plot), GDK_KEY_plus, 0);
  g_assert_cmpfloat_with_epsilon (shown (plot).high, 100 / 2.25, 1e-9);
  destroy (window);
}

static void
test_scroll (void)
{
  const double x[] = { 0, 100 }, y[] = { 0, 1 };
  UtPlot *plot = make_plot ();
  add (plot, UT_PLOT_SERIES_MARKS, "run", 0, x, y, 2);
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);

  g_test_message ("nothing to pan while everything is shown");
  _ut_plot_scroll (plot, 0, GDK_SCROLL_UNIT_WHEEL, 1, 0);
  g_assert_true (isnan (shown (plot).low));

  g_test_message ("sideways, or with Shift, by a tenth of the view");
  ut_plot_view_set_x (ut_plot_get_view (plot), 20, 40);
  _ut_plot_scroll (plot, 0, GDK_SCROLL_UNIT_WHEEL, 1, 0);
  g_assert_cmpfloat_with_epsilon (shown (plot).low, 22, 1e-9);
  _ut_plot_scroll (plot, GDK_SHIFT_MASK, GDK_SCROLL_UNIT_WHEEL, 0, -2);
  g_assert_cmpfloat_with_epsilon (shown (plot).low, 18, 1e-9);
  _ut_plot_scroll (plot, 0, GDK_SCROLL_UNIT_WHEEL, 100, 0);
  g_assert_cmpfloat_with_epsilon (shown (plot).high, 100, 1e-9);

  g_test_message ("upright it zooms; two fingers move by pixels, not by notches");
  ut_plot_view_set_x (ut_plot_get_view (plot), 20, 40);
  _ut_plot_scroll (plot, 0, GDK_SCROLL_UNIT_WHEEL, 0, -1);
  double span = shown (plot).high - shown (plot).low;
  g_assert_cmpfloat_with_epsilon (span, 20 / 1.5, 1e-9);
  _ut_plot_scroll (plot, 0, GDK_SCROLL_UNIT_SURFACE, 0, -10);
  double finer = shown (plot).high - shown (plot).low;
  g_assert_cmpfloat (finer, <, span);
  g_assert_cmpfloat (finer, >, span / 1.5);

  g_test_message ("to the limit, and no further");
  for (int i = 0; i < 200; i++)
    _ut_plot_scroll (plot, 0, GDK_SCROLL_UNIT_WHEEL, 0, -1);
  g_assert_cmpfloat (shown (plot).high, >, shown (plot).low);
  cairo_surface_destroy (render (GTK_WIDGET (plot)));
  destroy (window);
}

/* A plot of a line from (0, 0) to (100, 1), and its window. */
static UtPlot *
make_ramp (GtkWidget **window)
{
  double x[101], y[101];
  UtPlot *plot = make_plot ();

  for (int i = 0; i <= 100; i++)
    {
      x[i] = i;
      y[i] = i * 0.01;
    }
  add (plot, UT_PLOT_SERIES_DENSE, "run", 0, x, y, 101);
  *window = present (GTK_WIDGET (plot), 400, 200);
  ITER_UNTIL (plot->picture != NULL && !plot->drawing);
  return plot;
}

/* Drags from share (x0, y0) of the drawing area to (x1, y1). */
static void
drag (UtPlot  *plot,
      double   x0,
      double   y0,
      double   x1,
      double   y1,
      gboolean box)
{
  const UtPlotFrame *frame = &_ut_plot_get_scene (plot)->frame;
  double width = frame->right - frame->left, height = frame->bottom - frame->top;

  _ut_plot_begin_drag (plot, frame->left + x0 * width, frame->top + y0 * height, box);
  for (int i = 1; i <= 5; i++)
    _ut_plot_update_drag (plot, (x1 - x0) * width * i / 5, (y1 - y0) * height * i / 5);
  cairo_surface_destroy (render (GTK_WIDGET (plot)));
  _ut_plot_end_drag (plot);
  ITER_UNTIL (!plot->drawing);
}

static void
test_reading_of_many (void)
{
  const double x[] = { 1, 2 }, y[] = { 1, 2 };
  UtPlot *plot = g_object_ref_sink (make_plot ());

  g_test_summary ("Of many runs a reading tells the current one, some others, and how many more");
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *label = g_strdup_printf ("run %u", i + 1);
      UtPlotSeries *series = add (plot, UT_PLOT_SERIES_MARKS, label, i, x, y, 2);
      ut_plot_series_set_current (series, i == 0);
    }
  ut_plot_view_set_cursor (ut_plot_get_view (plot), 2);
  g_autofree char *reading = ut_plot_dup_reading (plot);
  g_assert_true (g_str_has_prefix (reading, "step 2 · run 1: "));
  g_assert_true (g_str_has_suffix (reading, " · 4 more runs"));
  g_assert_finalize_object (plot);
}

static void
test_box (void)
{
  GtkWidget *window = NULL;
  UtPlot *plot = make_ramp (&window);
  UtPlotView *view = ut_plot_get_view (plot);

  g_test_summary ("A flat box is a part of x, a higher one of y too, and Back leads out of each");
  drag (plot, 0.25, 0.5, 0.75, 0.52, TRUE);
  g_assert_cmpfloat_with_epsilon (shown (plot).low, 25, 0.5);
  g_assert_cmpfloat_with_epsilon (shown (plot).high, 75, 0.5);
  g_assert_true (isnan (ut_plot_view_get_y (view, 0).low));
  press (GTK_WIDGET (plot), GDK_KEY_BackSpace, 0);
  g_assert_false (ut_plot_view_is_zoomed (view));

  ITER_UNTIL (!plot->drawing && _ut_plot_get_scene (plot)->frame.x.low == 0);
  drag (plot, 0.75, 0.75, 0.25, 0.25, TRUE);
  UtPlotRange y = ut_plot_view_get_y (view, 0);
  g_assert_cmpfloat_with_epsilon (shown (plot).low, 25, 0.5);
  g_assert_cmpfloat_with_epsilon (y.low, 0.25, 0.05);
  g_assert_cmpfloat_with_epsilon (y.high, 0.75, 0.05);
  ITER_UNTIL (!plot->drawing && _ut_plot_get_scene (plot)->frame.y.low == y.low);
  g_assert_cmpfloat (_ut_plot_get_scene (plot)->frame.y.high, ==, y.high);

  g_test_message ("a click is no box");
  UtPlotRange before = shown (plot);
  drag (plot, 0.5, 0.5, 0.501, 0.5, TRUE);
  g_assert_cmpfloat (shown (plot).low, ==, before.low);
  press (GTK_WIDGET (plot), GDK_KEY_Left, GDK_ALT_MASK);
  g_assert_false (ut_plot_view_is_zoomed (view));
  destroy (window);
}

static void
test_pan (void)
{
  GtkWidget *window = NULL;
  UtPlot *plot = make_ramp (&window);
  UtPlotView *view = ut_plot_get_view (plot);

  g_test_message ("everything stays where it is");
  drag (plot, 0.5, 0.5, 0.25, 0.5, FALSE);
  g_assert_false (ut_plot_view_is_zoomed (view));

  ut_plot_view_set_x (view, 40, 60);
  ut_plot_view_set_y (view, 0, 0.4, 0.6);
  ITER_UNTIL (!plot->drawing && _ut_plot_get_scene (plot)->frame.y.low == 0.4);
  drag (plot, 0.5, 0.5, 0.25, 0.75, FALSE);
  g_assert_cmpfloat_with_epsilon (shown (plot).low, 45, 1e-6);
  g_assert_cmpfloat_with_epsilon (shown (plot).high, 65, 1e-6);
  g_assert_cmpfloat_with_epsilon (ut_plot_view_get_y (view, 0).low, 0.45, 1e-6);

  g_test_message ("one Back for a drag of many steps; and no further than the data");
  press (GTK_WIDGET (plot), GDK_KEY_BackSpace, 0);
  g_assert_cmpfloat_with_epsilon (shown (plot).low, 40, 1e-6);
  ITER_UNTIL (!plot->drawing && _ut_plot_get_scene (plot)->frame.x.low == 40);
  drag (plot, 0.1, 0.5, 5, 0.5, FALSE);
  g_assert_cmpfloat (shown (plot).low, ==, 0);
  destroy (window);
}

static void
remember_series (UtPlot        *plot,
                 UtPlotSeries  *series,
                 UtPlotSeries **last)
{
  *last = series;
}

static void
test_click (void)
{
  const double x[] = { 0, 100 }, level[] = { 0.2, 0.2 }, other[] = { 0.8, 0.8 };
  UtPlot *plot = make_plot ();
  UtPlotSeries *low = add (plot, UT_PLOT_SERIES_MARKS, "low", 0, x, level, 2);
  UtPlotSeries *high = add (plot, UT_PLOT_SERIES_MARKS, "high", 1, x, other, 2);
  UtPlotSeries *last = NULL;
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);
  const UtPlotFrame *frame = &_ut_plot_get_scene (plot)->frame;
  double middle = (frame->left + frame->right) / 2;

  g_test_summary ("A click on a line tells whose it is, and one beside it nothing");
  g_signal_connect (plot, "series-activated", G_CALLBACK (remember_series), &last);
  g_assert_true (_ut_plot_click (plot, middle, ut_scale_map (&frame->y, 0.2) + 5));
  g_assert_true (last == low);
  g_assert_true (_ut_plot_click (plot, middle, ut_scale_map (&frame->y, 0.8) - 5));
  g_assert_true (last == high);
  last = NULL;
  g_assert_false (_ut_plot_click (plot, middle, ut_scale_map (&frame->y, 0.5)));
  g_assert_false (_ut_plot_click (plot, frame->left - 20, ut_scale_map (&frame->y, 0.2)));
  g_assert_null (last);
  g_test_message ("the keys do the same");
  press (GTK_WIDGET (plot), GDK_KEY_Up, 0);
  press (GTK_WIDGET (plot), GDK_KEY_Return, 0);
  g_assert_true (last == high);
  press (GTK_WIDGET (plot), GDK_KEY_Down, 0);
  press (GTK_WIDGET (plot), GDK_KEY_space, 0);
  g_assert_true (last == low);
  destroy (window);
}

static void
test_follow (void)
{
  GtkWidget *window = NULL;
  UtPlot *plot = make_ramp (&window);
  UtPlotView *view = ut_plot_get_view (plot);
  g_autoptr (UtPlotSeries) series = g_list_model_get_item (ut_plot_get_series (plot), 0);
  const double y = 1;

  g_test_summary ("A part at the end of a run that grows goes along with it");
  ut_plot_series_set_live (series, TRUE);
  ut_plot_view_set_x (view, 90, 101);
  for (double x = 101; x <= 120; x++)
    ut_plot_series_append (series, &x, &y, 1);
  g_assert_cmpfloat (shown (plot).high, >=, 120);
  g_assert_cmpfloat_with_epsilon (shown (plot).high - shown (plot).low, 11, 1e-9);

  g_test_message ("who looks at its beginning is left alone");
  ut_plot_view_set_cursor (view, 10);
  ut_plot_view_set_x (view, 0, 40);
  press (GTK_WIDGET (plot), GDK_KEY_plus, 0);
  g_assert_false (ut_plot_view_get_follow (view));
  UtPlotRange before = shown (plot);
  double x = 121;
  ut_plot_series_append (series, &x, &y, 1);
  g_assert_cmpfloat (shown (plot).high, ==, before.high);

  g_test_message ("until he wants to follow");
  press (GTK_WIDGET (plot), GDK_KEY_f, 0);
  g_assert_cmpfloat (shown (plot).high, >=, 121);
  g_assert_cmpfloat (shown (plot).low, >, before.high);
  destroy (window);
}

static void
test_model (void)
{
  const double x[] = { 0, 1 }, y[] = { 0, 1 };
  g_autoptr (GListStore) model = g_list_store_new (UT_TYPE_PLOT_SERIES);
  UtPlot *plot = g_object_ref_sink (make_plot ());
  GListModel *own = ut_plot_get_series (plot);

  g_test_summary ("A plot has the series of its model, in their order");
  ut_plot_set_model (plot, G_LIST_MODEL (model));
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (UtPlotSeries) series = ut_plot_series_new (UT_PLOT_SERIES_MARKS, "run", "loss", i);
      ut_plot_series_append (series, x, y, 2);
      g_list_store_insert (model, i / 2, series);
    }
  g_list_store_remove (model, 1);
  g_assert_cmpuint (g_list_model_get_n_items (own), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (UtPlotSeries) mine = g_list_model_get_item (own, i);
      g_autoptr (UtPlotSeries) theirs = g_list_model_get_item (G_LIST_MODEL (model), i);
      g_assert_true (mine == theirs);
      g_assert_true (_ut_plot_board_get (&plot->board, i)->series == mine);
    }
  g_list_store_remove_all (model);
  g_assert_cmpuint (g_list_model_get_n_items (own), ==, 0);
  g_assert_finalize_object (plot);
}

static void
test_linked (void)
{
  const double x[] = { 0, 100 }, y[] = { 0, 1 };
  UtPlot *one = make_plot ();
  UtPlot *other = make_plot ();
  UtPlotView *view = ut_plot_get_view (one);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_test_summary ("Plots that share a view move together");
  add (one, UT_PLOT_SERIES_MARKS, "run", 0, x, y, 2);
  add (other, UT_PLOT_SERIES_MARKS, "run", 0, x, y, 2);
  ut_plot_set_view (other, view);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (one));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (other));
  gtk_widget_set_vexpand (GTK_WIDGET (one), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (other), TRUE);
  GtkWidget *window = present (box, 400, 400);
  ut_plot_view_set_cursor (view, 42);
  g_autofree char *reading = ut_plot_dup_reading (other);
  g_assert_nonnull (strstr (reading, "42"));
  press (GTK_WIDGET (other), GDK_KEY_plus, 0);
  ITER_UNTIL (!one->drawing && _ut_plot_get_scene (one)->frame.x.high < 100);
  g_assert_cmpfloat (_ut_plot_get_scene (one)->frame.x.high, ==,
                     ut_plot_view_get_x (view).high);
  g_test_message ("each channel has its own y");
  g_object_set (other, "channel", 1, NULL);
  ut_plot_view_set_y (view, 1, 0.25, 0.75);
  ITER_UNTIL (!other->drawing && _ut_plot_get_scene (other)->frame.y.low == 0.25);
  g_assert_cmpfloat (_ut_plot_get_scene (one)->frame.y.low, !=, 0.25);
  destroy (window);
}

static void
test_end_labels (void)
{
  const double x[] = { 0, 100 }, y[] = { 0, 1 };
  UtPlot *plot = g_object_ref_sink (make_plot ());

  g_test_summary ("Up to eight runs have room for labels; with more the others fade");
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *label = g_strdup_printf ("LSTM number %u", i);
      add (plot, UT_PLOT_SERIES_MARKS, label, i, x, y, 2);
    }
  g_autoptr (UtPlotScene) eight = _ut_plot_make_scene (plot, 600, 300, 1, FALSE);
  g_assert_cmpfloat (eight->frame.right, <, 520);
  g_assert_false (eight->curves[0].faded);

  UtPlotSeries *ninth = add (plot, UT_PLOT_SERIES_MARKS, "x", 8, x, y, 2);
  ut_plot_series_set_current (ninth, TRUE);
  g_autoptr (UtPlotScene) nine = _ut_plot_make_scene (plot, 600, 300, 1, FALSE);
  g_assert_cmpfloat (nine->frame.right, >, 540);
  g_assert_true (nine->curves[0].faded);
  g_assert_false (nine->curves[8].faded);
  g_assert_true (nine->curves[8].current);

  g_test_message ("a narrow plot keeps its room for the curves");
  g_autoptr (UtPlotScene) narrow = _ut_plot_make_scene (plot, 200, 100, 1, FALSE);
  g_assert_cmpfloat (narrow->frame.right, >, 170);
  g_assert_finalize_object (plot);
}

static void
test_right_to_left (void)
{
  enum { WIDTH = 60, HEIGHT = 10 };
  const double x[] = { 0, 100 }, y[] = { 1, 1 };
  cairo_surface_t *labels[2];

  g_test_summary ("Where writing runs to the left, labels stand in the same places");
  for (int i = 0; i < 2; i++)
    {
      UtPlot *plot = make_plot ();
      add (plot, UT_PLOT_SERIES_MARKS, "run", 0, x, y, 2);
      ut_plot_set_reference (plot, 0.5, "reference");
      gtk_widget_set_direction (GTK_WIDGET (plot), i == 0 ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_RTL);
      GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);
      cairo_surface_t *surface = render (GTK_WIDGET (plot));
      const UtPlotFrame *frame = &_ut_plot_get_scene (plot)->frame;
      labels[i] = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
      cairo_t *cr = cairo_create (labels[i]);
      cairo_set_source_surface (cr, surface, -frame->left - 2,
                                HEIGHT + 2 - floor (ut_scale_map (&frame->y, 0.5)));
      cairo_paint (cr);
      cairo_destroy (cr);
      cairo_surface_flush (labels[i]);
      cairo_surface_destroy (surface);
      destroy (window);
    }
  g_assert_cmpuint (count_ink (labels[0]), >, 50);
  g_assert_cmpmem (cairo_image_surface_get_data (labels[0]), WIDTH * HEIGHT * 4,
                   cairo_image_surface_get_data (labels[1]), WIDTH * HEIGHT * 4);
  for (int i = 0; i < 2; i++)
    cairo_surface_destroy (labels[i]);
}

static void
test_texts (void)
{
  UtPlot *plot = g_object_ref_sink (make_plot ());
  add (plot, UT_PLOT_SERIES_MARKS, "a \"b\"", 0, (const double[]) { 1, 2 },
       (const double[]) { 0.5, NAN }, 2);
  UtPlotSeries *early = add (plot, UT_PLOT_SERIES_MARKS, "c", 1, (const double[]){ 2, 3 },
                             (const double[]){ 0.25, 1e-9 }, 2);
  ut_plot_series_set_first_epoch (early, 0);

  g_autofree char *tsv = ut_plot_dup_tsv (plot);
  g_assert_cmpstr (tsv, ==,
                   "epoch\ta \"b\" validation\tc validation\n0\t\t0.25\n1\t0.5\t"
                   "1.0000000000000001e-09\n2\t\t\n");
  g_autofree char *csv = ut_plot_dup_csv (plot);
  g_assert_cmpstr (csv, ==,
                   "run,series,x,y\n\"a \"\"b\"\"\",\"validation\",1,0.5\n"
                   "\"a \"\"b\"\"\",\"validation\",2,\n\"c\",\"validation\",2,0.25\n"
                   "\"c\",\"validation\",3,1.0000000000000001e-09\n");
  g_assert_finalize_object (plot);
}

static void
test_remove (void)
{
  const double x[] = { 0, 100 }, y[] = { 0, 1 };
  UtPlot *plot = make_plot ();
  UtPlotSeries *series = g_object_ref (add (plot, UT_PLOT_SERIES_MARKS, "run", 0, x, y, 2));
  GtkWidget *window = present (GTK_WIDGET (plot), 400, 200);

  press (GTK_WIDGET (plot), GDK_KEY_Down, 0);
  ut_plot_remove_series (plot, series);
  g_assert_finalize_object (series);
  g_assert_null (_ut_plot_get_followed (plot));
  g_assert_false (press (GTK_WIDGET (plot), GDK_KEY_Left, 0));
  cairo_surface_destroy (render (GTK_WIDGET (plot)));
  destroy (window);
}

int
main (int    argc,
      char **argv)
{
  init_or_skip (&argc, &argv);
  g_test_add_func ("/plot/series", test_series);
  g_test_add_func ("/plot/properties", test_properties);
  g_test_add_func ("/plot/accessible", test_accessible);
  g_test_add_func ("/plot/pictures", test_pictures);
  g_test_add_func ("/plot/finalize", test_finalize);
  g_test_add_func ("/plot/worker", test_worker);
  g_test_add_func ("/plot/hidden", test_hidden);
  g_test_add_func ("/plot/focus", test_focus);
  g_test_add_func ("/plot/y-range", test_y_range);
  g_test_add_func ("/plot/y-range-crowded", test_y_range_crowded);
  g_test_add_func ("/plot/first-steps", test_first_steps);
  g_test_add_func ("/plot/x-runs-ahead", test_x_runs_ahead);
  g_test_add_func ("/plot/cursor-keys", test_cursor_keys);
  g_test_add_func ("/plot/reading", test_reading);
  g_test_add_func ("/plot/key", test_key);
  g_test_add_func ("/plot/zoom-keys", test_zoom_keys);
  g_test_add_func ("/plot/zoom-fast", test_zoom_fast);
  g_test_add_func ("/plot/scroll", test_scroll);
  g_test_add_func ("/plot/reading-of-many", test_reading_of_many);
  g_test_add_func ("/plot/box", test_box);
  g_test_add_func ("/plot/pan", test_pan);
  g_test_add_func ("/plot/click", test_click);
  g_test_add_func ("/plot/follow", test_follow);
  g_test_add_func ("/plot/model", test_model);
  g_test_add_func ("/plot/linked", test_linked);
  g_test_add_func ("/plot/end-labels", test_end_labels);
  g_test_add_func ("/plot/right-to-left", test_right_to_left);
  g_test_add_func ("/plot/texts", test_texts);
  g_test_add_func ("/plot/remove", test_remove);
  return g_test_run ();
}
