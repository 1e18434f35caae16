/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "plot-test.h"

#include <math.h>
#include <ut-bin-plot-private.h>
#include <ut-plot-all.h>

static const UtBin bins[] = { { "1 to 5", 40 }, { "6 to 10", 20 }, { "11 to 15", 5 } };
static const double first[] = { 0.9, 0.8, NAN };
static const double first_low[] = { 0.8, 0.6, NAN };
static const double first_high[] = { 0.95, 0.9, NAN };
static const double second[] = { 0.5, 0.8, 0.6 };
static const double second_low[] = { 0.4, 0.6, 0.2 };
static const double second_high[] = { 0.6, 0.9, 0.9 };
static const UtBinLine lines[] = {
  { "GRU 1", 0, first, first_low, first_high },
  { "LSTM 2", 5, second, second_low, second_high },
};

static UtBinPlot *
make_plot (void)
{
  UtBinPlot *plot = UT_BIN_PLOT (ut_bin_plot_new ());

  g_object_set (plot, "x-title", "words", "y-title", "accuracy", NULL);
  ut_bin_plot_set_data (plot, bins, G_N_ELEMENTS (bins), lines, G_N_ELEMENTS (lines), 1);
  return plot;
}

static void
activated_cb (UtBinPlot *plot,
              guint      line,
              guint     *activated)
{
  *activated = line;
}

static int
get (UtBinPlot  *plot,
     const char *property)
{
  int value;

  g_object_get (plot, property, &value, NULL);
  return value;
}

static void
test_keys (void)
{
  UtBinPlot *plot = make_plot ();
  GtkWidget *widget = GTK_WIDGET (plot);
  GtkWidget *window = present (widget, 480, 260);
  guint activated = G_MAXUINT;

  g_signal_connect (plot, "line-activated", G_CALLBACK (activated_cb), &activated);
  g_assert_false (press (widget, GDK_KEY_Return, 0));
  g_assert_false (press (widget, GDK_KEY_Escape, 0));
  g_assert_true (press (widget, GDK_KEY_Right, 0));
  g_assert_cmpint (get (plot, "bin"), ==, 0);
  g_test_message ("the first line that is told of is the current one");
  g_assert_cmpint (get (plot, "line"), ==, 1);
  press (widget, GDK_KEY_Up, 0);
  g_assert_cmpint (get (plot, "line"), ==, 0);
  press (widget, GDK_KEY_Up, 0);
  g_assert_cmpint (get (plot, "line"), ==, 0);
  press (widget, GDK_KEY_Right, 0);
  g_test_message ("of equal lines the later stands above");
  press (widget, GDK_KEY_Up, 0);
  g_assert_cmpint (get (plot, "line"), ==, 1);
  press (widget, GDK_KEY_Down, 0);
  g_assert_cmpint (get (plot, "line"), ==, 0);
  g_assert_true (press (widget, GDK_KEY_Return, 0));
  g_assert_cmpuint (activated, ==, 0);
  press (widget, GDK_KEY_Right, 0);
  g_assert_false (press (widget, GDK_KEY_Right, 0));
  g_assert_cmpint (get (plot, "bin"), ==, 2);
  g_assert_true (press (widget, GDK_KEY_Escape, 0));
  g_assert_cmpint (get (plot, "bin"), ==, -1);
  press (widget, GDK_KEY_Left, 0);
  g_assert_cmpint (get (plot, "bin"), ==, 2);
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
  UtBinPlot *plot = make_plot ();
  GtkWidget *window = present (GTK_WIDGET (plot), 480, 260);
  gpointer motion = find_controller (GTK_WIDGET (plot), GTK_TYPE_EVENT_CONTROLLER_MOTION);
  gpointer click = find_controller (GTK_WIDGET (plot), GTK_TYPE_GESTURE_CLICK);
  guint activated = G_MAXUINT;
  double x, y;

  g_signal_connect (plot, "line-activated", G_CALLBACK (activated_cb), &activated);
  _ut_bin_plot_place (plot, 0, 0, &x, &y);
  g_signal_emit_by_name (motion, "motion", x + 3, y + 3);
  g_assert_cmpint (get (plot, "bin"), ==, 0);
  g_assert_cmpint (get (plot, "line"), ==, 0);
  g_signal_emit_by_name (click, "pressed", 1, x, y);
  g_assert_cmpuint (activated, ==, 0);

  g_test_message ("a line without a value there is not found");
  _ut_bin_plot_place (plot, 2, 0, &x, &y);
  g_assert_true (isnan (y));
  g_signal_emit_by_name (motion, "motion", x, plot->top);
  g_assert_cmpint (get (plot, "bin"), ==, 2);
  g_assert_cmpint (get (plot, "line"), ==, -1);
  g_signal_emit_by_name (motion, "leave");
  g_assert_cmpint (get (plot, "bin"), ==, -1);
  destroy (window);
}

static guint
count_at (cairo_surface_t *surface,
          double           x,
          double           y)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint n = 0;

  for (int dx = -2; dx <= 2; dx++)
    n += data[(int) y * stride + 4 * ((int) x + dx) + 3] > 64 ? 1 : 0;
  return n;
}

static void
test_picture (void)
{
  UtBinPlot *plot = make_plot ();
  GtkWidget *window = present (GTK_WIDGET (plot), 480, 260);
  double x, y;

  ITER_UNTIL (plot->picture != NULL);
  cairo_surface_t *surface = render (GTK_WIDGET (plot));

  g_test_summary ("A line has a marker in each bin and an interval around it");
  for (guint line = 0; line < 2; line++)
    for (guint bin = 0; bin < 2; bin++)
      {
        double low = ut_scale_map (&plot->y, lines[line].lows[bin]);

        _ut_bin_plot_place (plot, bin, line, &x, &y);
        g_assert_cmpuint (count_at (surface, x, y), >=, 4);
        g_assert_cmpuint (count_at (surface, x, (y + low) / 2), >=, 1);
      }
  g_test_message ("the highest interval fits in, and nothing is above 1");
  g_assert_cmpfloat (plot->y.high, >=, 0.95);
  g_assert_cmpfloat (plot->y.high, <=, 1);
  g_assert_cmpfloat (plot->y.low, <=, 0.2);
  cairo_surface_destroy (surface);

  g_test_message ("nothing, and nothing but missing values, have pictures");
  ut_bin_plot_set_data (plot, bins, 3, (const UtBinLine[]) {
    { "none", 0, (const double[]) { NAN, NAN, NAN }, (const double[]) { NAN, NAN, NAN },
      (const double[]) { NAN, NAN, NAN } } }, 1, 0);
  ITER_UNTIL (plot->picture != NULL);
  press (GTK_WIDGET (plot), GDK_KEY_Right, 0);
  ut_bin_plot_set_data (plot, NULL, 0, NULL, 0, -1);
  g_assert_false (press (GTK_WIDGET (plot), GDK_KEY_Up, 0));
  destroy (window);
}

static void
test_accessible (void)
{
  UtBinPlot *plot = g_object_ref_sink (make_plot ());

  gtk_test_accessible_assert_role (plot, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "accuracy against words");
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "3 bins, 2 lines");
  press (GTK_WIDGET (plot), GDK_KEY_Right, 0);
  gtk_test_accessible_assert_property (
      plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "1 to 5 (n = 40): LSTM 2 0.500 (0.400–0.600). 3 bins, 2 lines");
  g_assert_finalize_object (plot);
}

int
main (int    argc,
      char **argv)
{
  init_or_skip (&argc, &argv);
  g_test_add_func ("/bin-plot/keys", test_keys);
  g_test_add_func ("/bin-plot/pointer", test_pointer);
  g_test_add_func ("/bin-plot/picture", test_picture);
  g_test_add_func ("/bin-plot/accessible", test_accessible);
  return g_test_run ();
}
