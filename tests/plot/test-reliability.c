/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "plot-test.h"

#include <math.h>
#include <ut-plot-all.h>
#include <ut-reliability-plot-private.h>

#define N_POINTS 5

static const UtReliabilityPoint before[N_POINTS] = {
  { 0.5, 0.6, 10, 0.55, 0.5, 0.24, 0.76 },
  { 0.6, 0.7, 0, NAN, NAN, NAN, NAN },
  { 0.7, 0.8, 20, 0.76, 0.7, 0.48, 0.86 },
  { 0.8, 0.9, 30, 0.85, 0.6, 0.42, 0.75 },
  { 0.9, 1, 40, 0.97, 0.8, 0.65, 0.9 },
};
static const UtReliabilityPoint after[N_POINTS] = {
  { 0.5, 0.6, 1, 0.58, 1, 0.21, 1 },
  { 0.6, 0.7, 60, 0.65, 0.66, 0.53, 0.77 },
  { 0.7, 0.8, 39, 0.74, 0.75, 0.6, 0.87 },
  { 0.8, 0.9, 0, NAN, NAN, NAN, NAN },
  { 0.9, 1, 0, NAN, NAN, NAN, NAN },
};
static const UtReliabilityLine lines[] = {
  { "as trained", 0, UT_RELIABILITY_BEFORE, before },
  { "T = 2", 0, UT_RELIABILITY_AFTER, after },
  { "LSTM 2", 5, UT_RELIABILITY_OTHER, before },
};

static UtReliabilityPlot *
make_plot (void)
{
  UtReliabilityPlot *plot = UT_RELIABILITY_PLOT (ut_reliability_plot_new ());

  ut_reliability_plot_set_lines (plot, lines, G_N_ELEMENTS (lines), N_POINTS);
  g_object_set (plot, "summary", "Too sure", NULL);
  return plot;
}

static int
get (UtReliabilityPlot *plot,
     const char        *property)
{
  int value;

  g_object_get (plot, property, &value, NULL);
  return value;
}

static void
activated_cb (UtReliabilityPlot *plot,
              guint              line,
              guint             *activated)
{
  *activated = line;
}

static void
test_keys (void)
{
  UtReliabilityPlot *plot = make_plot ();
  GtkWidget *widget = GTK_WIDGET (plot);
  GtkWidget *window = present (widget, 480, 260);
  guint activated = G_MAXUINT;

  g_signal_connect (plot, "line-activated", G_CALLBACK (activated_cb), &activated);
  g_assert_false (press (widget, GDK_KEY_Return, 0));
  g_assert_false (press (widget, GDK_KEY_Escape, 0));
  g_assert_true (press (widget, GDK_KEY_Right, 0));
  g_assert_cmpint (get (plot, "line"), ==, 0);
  g_assert_cmpint (get (plot, "point"), ==, 0);
  g_test_message ("a bin without rows is passed over");
  press (widget, GDK_KEY_Right, 0);
  g_assert_cmpint (get (plot, "point"), ==, 2);
  press (widget, GDK_KEY_Right, 0);
  press (widget, GDK_KEY_Right, 0);
  g_assert_cmpint (get (plot, "point"), ==, 4);
  g_assert_false (press (widget, GDK_KEY_Right, 0));
  g_test_message ("of the next line the last bin with rows");
  press (widget, GDK_KEY_Down, 0);
  g_assert_cmpint (get (plot, "line"), ==, 1);
  g_assert_cmpint (get (plot, "point"), ==, 2);
  press (widget, GDK_KEY_Down, 0);
  g_assert_cmpint (get (plot, "line"), ==, 2);
  g_assert_false (press (widget, GDK_KEY_Down, 0));
  g_assert_true (press (widget, GDK_KEY_Return, 0));
  g_assert_cmpuint (activated, ==, 2);
  g_assert_true (press (widget, GDK_KEY_Escape, 0));
  g_assert_cmpint (get (plot, "line"), ==, -1);
  press (widget, GDK_KEY_Left, 0);
  g_assert_cmpint (get (plot, "point"), ==, 4);

  ut_reliability_plot_set_lines (plot, NULL, 0, 0);
  g_assert_cmpint (get (plot, "line"), ==, -1);
  g_assert_false (press (widget, GDK_KEY_Right, 0));
  g_assert_false (press (widget, GDK_KEY_Down, 0));
  destroy (window);
}

static gpointer
find_controller (GtkWidget *widget,
                 GType      type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }
  g_assert_not_reached ();
}

static void
test_pointer (void)
{
  UtReliabilityPlot *plot = make_plot ();
  GtkWidget *window = present (GTK_WIDGET (plot), 480, 260);
  gpointer motion = find_controller (GTK_WIDGET (plot), GTK_TYPE_EVENT_CONTROLLER_MOTION);
  gpointer click = find_controller (GTK_WIDGET (plot), GTK_TYPE_GESTURE_CLICK);
  guint activated = G_MAXUINT;
  double x, y;

  g_signal_connect (plot, "line-activated", G_CALLBACK (activated_cb), &activated);
  _ut_reliability_plot_ensure_layout (plot);
  ut_reliability_layout_place (&plot->layout, &after[1], &x, &y);
  g_signal_emit_by_name (motion, "motion", x + 1, y + 1);
  g_assert_cmpint (get (plot, "line"), ==, 1);
  g_assert_cmpint (get (plot, "point"), ==, 1);
  g_signal_emit_by_name (click, "pressed", 1, x, y);
  g_assert_cmpuint (activated, ==, 1);
  g_signal_emit_by_name (motion, "motion", plot->layout.x.end, plot->layout.y.start);
  g_assert_cmpint (get (plot, "line"), ==, -1);
  g_test_message ("a pointer that rests does not take back what the keys chose");
  press (GTK_WIDGET (plot), GDK_KEY_Right, 0);
  g_signal_emit_by_name (motion, "motion", plot->layout.x.end, plot->layout.y.start);
  g_assert_cmpint (get (plot, "line"), ==, 0);
  g_signal_emit_by_name (motion, "motion", x, y);
  g_assert_cmpint (get (plot, "line"), ==, 1);
  g_signal_emit_by_name (motion, "leave");
  g_assert_cmpint (get (plot, "line"), ==, -1);
  destroy (window);
}

static gboolean
has_ink (cairo_surface_t *surface,
         double           x,
         double           y)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  return data[(int) y * stride + 4 * (int) x + 3] > 64;
}

static gboolean
shows (UtReliabilityPlot *plot,
       double             x,
       double             y)
{
  cairo_surface_t *surface = render (GTK_WIDGET (plot));
  gboolean is_there = has_ink (surface, x, y);

  cairo_surface_destroy (surface);
  return is_there;
}

static void
test_picture (void)
{
  UtReliabilityPlot *plot = make_plot ();
  GtkWidget *window = present (GTK_WIDGET (plot), 640, 320);
  double x, y, from, to;

  g_test_summary ("Markers, intervals, bars and the diagonal are where the layout has them");
  ITER_UNTIL (plot->picture != NULL);

  cairo_surface_t *surface = render (GTK_WIDGET (plot));

  for (guint i = 0; i < N_POINTS; i++)
    {
      ut_reliability_layout_place (&plot->layout, &before[i], &x, &y);
      if (isnan (x))
        continue;
      g_assert_true (has_ink (surface, x, y));
      g_assert_true (has_ink (surface, x, ut_scale_map (&plot->layout.y, before[i].accuracy_low) - 3));
      ut_reliability_layout_span (&plot->layout, &before[i], &from, &to);
      g_assert_true (has_ink (surface, (from + to) / 2, plot->layout.rows.start - 2));
    }
  ut_reliability_layout_span (&plot->layout, &before[4], &from, &to);
  g_assert_false (has_ink (surface, from + 1, plot->layout.rows.start + 4));
  cairo_surface_destroy (surface);

  g_test_message ("the marker of the crosshair is larger");
  ut_reliability_layout_place (&plot->layout, &before[0], &x, &y);
  g_assert_false (shows (plot, x - 5.5, y));
  press (GTK_WIDGET (plot), GDK_KEY_Right, 0);
  ITER_UNTIL (shows (plot, x - 5.5, y));
  destroy (window);

  g_test_message ("there is a picture of no lines, and of no room");
  plot = UT_RELIABILITY_PLOT (ut_reliability_plot_new ());
  window = present (GTK_WIDGET (plot), 60, 40);
  ut_reliability_plot_set_lines (plot, lines, G_N_ELEMENTS (lines), N_POINTS);
  ITER_UNTIL (plot->picture != NULL);
  destroy (window);
}

static void
test_accessible (void)
{
  UtReliabilityPlot *plot = g_object_ref_sink (make_plot ());

  gtk_test_accessible_assert_role (plot, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_LABEL, "Reliability diagram");
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Too sure");
  press (GTK_WIDGET (plot), GDK_KEY_Right, 0);
  gtk_test_accessible_assert_property (
      plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "as trained, 0.50 to 0.60: 10 rows, says 0.550, right in 0.500 (0.240–0.760). Too sure");
  g_assert_finalize_object (plot);
}

int
main (int    argc,
      char **argv)
{
  init_or_skip (&argc, &argv);
  g_test_add_func ("/reliability/keys", test_keys);
  g_test_add_func ("/reliability/pointer", test_pointer);
  g_test_add_func ("/reliability/picture", test_picture);
  g_test_add_func ("/reliability/accessible", test_accessible);
  return g_test_run ();
}
