/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "plot-test.h"

#include <math.h>
#include <ut-parallel-private.h>
#include <ut-plot-all.h>

static const char *const cells[] = { "RNN", "LSTM", "GRU", NULL };
static const UtParallelVariable variables[] = {
  { "Cell", FALSE, cells },
  { "Learning rate", TRUE, NULL },
  { "Best", FALSE, NULL },
};
/* The third has no best yet; the lines of the others have no gaps. */
static const double first[] = { 0, 1e-3, 0.7 };
static const double second[] = { 1, 1e-2, 0.8 };
static const double third[] = { 2, 1e-1, NAN };
static const UtParallelLine lines[] = {
  { "RNN 1", 0, first },
  { "LSTM 2", 5, second },
  { "GRU 3", 2, third },
};

static UtParallel *
make_parallel (void)
{
  UtParallel *parallel = UT_PARALLEL (ut_parallel_new ());

  ut_parallel_set_data (parallel, variables, G_N_ELEMENTS (variables), lines,
                        G_N_ELEMENTS (lines), 1);
  return parallel;
}

static GtkWidget *
show (UtParallel *parallel)
{
  GtkWidget *window = present (GTK_WIDGET (parallel), 520, 260);

  _ut_parallel_ensure_layout (parallel);
  return window;
}

static double
get_y (UtParallel *parallel,
       guint       axis,
       guint       line)
{
  return _ut_parallel_column (parallel, axis)->places[line];
}

static double
get_x (UtParallel *parallel,
       guint       axis)
{
  return _ut_parallel_column (parallel, axis)->x;
}

static void
count_signal (UtParallel *parallel,
              guint      *count)
{
  (*count)++;
}

static void
activated_cb (UtParallel *parallel,
              guint       line,
              guint      *activated)
{
  *activated = line;
}

static void
test_brush (void)
{
  UtParallel *parallel = g_object_ref_sink (make_parallel ());
  guint n_brushed = 0, n_notified = 0;

  g_signal_connect (parallel, "brushed", G_CALLBACK (count_signal), &n_brushed);
  g_signal_connect (parallel, "notify::n-kept", G_CALLBACK (count_notify), &n_notified);
  g_assert_false (ut_parallel_is_brushed (parallel));
  ut_parallel_set_brush (parallel, 1, 5e-3, 1);
  g_assert_false (ut_parallel_keeps (parallel, 0));
  g_assert_true (ut_parallel_keeps (parallel, 1));
  g_assert_true (ut_parallel_keeps (parallel, 2));
  g_test_message ("where there is a brush a line without a value is left out");
  ut_parallel_set_brush (parallel, 2, 0, 1);
  g_assert_false (ut_parallel_keeps (parallel, 2));
  g_assert_cmpuint (n_brushed, ==, 2);
  g_assert_cmpuint (n_notified, ==, 2);

  g_test_message ("an axis keeps its brush when other axes and lines come");
  ut_parallel_set_data (parallel, variables + 1, 1, (const UtParallelLine[]) {
    { "a", 0, (const double[]) { 1e-3 } }, { "b", 0, (const double[]) { 0.5 } } }, 2, -1);
  g_assert_false (ut_parallel_keeps (parallel, 0));
  g_assert_true (ut_parallel_keeps (parallel, 1));
  ut_parallel_clear_brushes (parallel);
  g_assert_true (ut_parallel_keeps (parallel, 0));
  ut_parallel_set_data (parallel, NULL, 0, NULL, 0, -1);
  g_assert_finalize_object (parallel);
}

static void
test_keys (void)
{
  UtParallel *parallel = make_parallel ();
  GtkWidget *widget = GTK_WIDGET (parallel);
  GtkWidget *window = show (parallel);
  guint activated = G_MAXUINT;

  g_signal_connect (parallel, "line-activated", G_CALLBACK (activated_cb), &activated);
  g_assert_false (press (widget, GDK_KEY_Return, 0));
  g_assert_false (press (widget, GDK_KEY_Escape, 0));
  g_assert_false (press (widget, GDK_KEY_Left, 0));
  g_test_message ("upwards from below, along the axis of the cells");
  press (widget, GDK_KEY_Up, 0);
  g_assert_cmpint (ut_parallel_get_hovered (parallel), ==, 0);
  press (widget, GDK_KEY_Up, 0);
  press (widget, GDK_KEY_Up, 0);
  press (widget, GDK_KEY_Up, 0);
  g_assert_cmpint (ut_parallel_get_hovered (parallel), ==, 2);
  press (widget, GDK_KEY_Down, 0);
  g_assert_true (press (widget, GDK_KEY_Return, 0));
  g_assert_cmpuint (activated, ==, 1);

  g_test_message ("the best half of the last axis");
  g_assert_true (press (widget, GDK_KEY_Right, 0));
  press (widget, GDK_KEY_Right, 0);
  g_assert_false (press (widget, GDK_KEY_Right, 0));
  press (widget, GDK_KEY_Up, GDK_CONTROL_MASK);
  g_assert_false (ut_parallel_keeps (parallel, 0));
  g_assert_true (ut_parallel_keeps (parallel, 1));
  g_assert_false (ut_parallel_keeps (parallel, 2));
  g_test_message ("only lines that are kept are walked along");
  press (widget, GDK_KEY_Down, 0);
  g_assert_cmpint (ut_parallel_get_hovered (parallel), ==, 1);
  press (widget, GDK_KEY_Delete, 0);
  g_assert_false (ut_parallel_is_brushed (parallel));
  press (widget, GDK_KEY_Down, GDK_SHIFT_MASK);
  g_assert_true (ut_parallel_keeps (parallel, 0));
  g_assert_false (ut_parallel_keeps (parallel, 1));
  g_assert_true (press (widget, GDK_KEY_Escape, 0));
  g_assert_false (ut_parallel_is_brushed (parallel));
  g_assert_true (press (widget, GDK_KEY_Escape, 0));
  g_assert_cmpint (ut_parallel_get_hovered (parallel), ==, -1);
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
  UtParallel *parallel = make_parallel ();
  GtkWidget *window = show (parallel);
  gpointer motion = find_controller (GTK_WIDGET (parallel), GTK_TYPE_EVENT_CONTROLLER_MOTION);
  gpointer drag = find_controller (GTK_WIDGET (parallel), GTK_TYPE_GESTURE_DRAG);
  guint activated = G_MAXUINT;
  double between = (get_x (parallel, 0) + get_x (parallel, 1)) / 2;
  double at = (get_y (parallel, 0, 2) + get_y (parallel, 1, 2)) / 2;

  g_signal_connect (parallel, "line-activated", G_CALLBACK (activated_cb), &activated);
  g_signal_emit_by_name (motion, "motion", between, at + 4);
  g_assert_cmpint (ut_parallel_get_hovered (parallel), ==, 2);
  g_signal_emit_by_name (motion, "motion", between, at + 30);
  g_assert_cmpint (ut_parallel_get_hovered (parallel), ==, -1);
  g_test_message ("a line that ends at an axis is not found behind it");
  g_signal_emit_by_name (motion, "motion", (get_x (parallel, 1) + get_x (parallel, 2)) / 2,
                         get_y (parallel, 1, 2));
  g_assert_cmpint (ut_parallel_get_hovered (parallel), ==, -1);

  g_signal_emit_by_name (drag, "drag-begin", between, at);
  g_signal_emit_by_name (drag, "drag-end", 1.0, 0.0);
  g_assert_cmpuint (activated, ==, 2);

  g_test_message ("a drag along an axis brushes it, a click takes the brush away");
  double x = get_x (parallel, 1) + 3;
  double y = (get_y (parallel, 1, 0) + get_y (parallel, 1, 1)) / 2;

  g_signal_emit_by_name (drag, "drag-begin", x, y);
  g_signal_emit_by_name (drag, "drag-update", 0.0, -2000.0);
  g_assert_false (ut_parallel_keeps (parallel, 0));
  g_assert_true (ut_parallel_keeps (parallel, 1));
  g_assert_true (ut_parallel_keeps (parallel, 2));
  g_signal_emit_by_name (drag, "drag-end", 0.0, -2000.0);
  g_assert_true (ut_parallel_is_brushed (parallel));
  g_signal_emit_by_name (drag, "drag-begin", x, y);
  g_signal_emit_by_name (drag, "drag-end", 0.0, 0.0);
  g_assert_false (ut_parallel_is_brushed (parallel));
  destroy (window);
}

static void
test_spread (void)
{
  static const double values[][2] = { { 1, 0.7 }, { 1, 0.9 }, { 1, NAN }, { 2, 0.8 } };
  UtParallelLine same[4];
  UtParallel *parallel = UT_PARALLEL (ut_parallel_new ());
  GtkWidget *window = show (parallel);

  g_test_summary ("Lines through one value stand beside each other, the best one above");
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    same[i] = (UtParallelLine) { "run", i, values[i] };
  ut_parallel_set_data (parallel, variables + 1, 2, same, G_N_ELEMENTS (same), -1);
  _ut_parallel_ensure_layout (parallel);
  g_assert_cmpfloat_with_epsilon (get_y (parallel, 0, 0) - get_y (parallel, 0, 1), 2.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_y (parallel, 0, 2) - get_y (parallel, 0, 0), 2.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_y (parallel, 0, 0), parallel->bottom, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_y (parallel, 0, 3), parallel->top, 1e-6);
  g_assert_true (isnan (get_y (parallel, 1, 2)));
  destroy (window);
}

/* How much ink there is right above and below a place. */
static guint64
sum_ink (UtParallel *parallel,
         double      x,
         double      y)
{
  ITER_UNTIL (parallel->picture != NULL);

  cairo_surface_t *surface = render (GTK_WIDGET (parallel));
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint64 sum = 0;

  for (int dy = -3; dy <= 3; dy++)
    sum += data[((int) y + dy) * stride + 4 * (int) x + 3];
  cairo_surface_destroy (surface);
  return sum;
}

static void
test_picture (void)
{
  UtParallel *parallel = make_parallel ();
  GtkWidget *window = show (parallel);
  double x = (get_x (parallel, 0) + get_x (parallel, 1)) / 2;
  double thin = (get_y (parallel, 0, 0) + get_y (parallel, 1, 0)) / 2;
  double thick = (get_y (parallel, 0, 1) + get_y (parallel, 1, 1)) / 2;
  guint64 kept = sum_ink (parallel, x, thin);

  g_test_summary ("The current line is thicker; what a brush leaves out fades");
  g_assert_cmpuint (kept, >, 200);
  g_assert_cmpuint (sum_ink (parallel, x, thick), >, kept * 3 / 2);
  g_assert_cmpuint (sum_ink (parallel, x, (thin + thick) / 2), ==, 0);
  ut_parallel_set_brush (parallel, 0, 1, 2);
  g_assert_cmpuint (sum_ink (parallel, x, thin), <, kept / 3);
  g_assert_cmpuint (sum_ink (parallel, x, thin), >, 0);

  g_test_message ("axes keep their order and lie within the widget");
  g_assert_cmpfloat (get_x (parallel, 0), >, 0);
  g_assert_cmpfloat (get_x (parallel, 0), <, get_x (parallel, 1));
  g_assert_cmpfloat (get_x (parallel, 2), <, gtk_widget_get_width (GTK_WIDGET (parallel)));
  destroy (window);
}

static void
test_accessible (void)
{
  UtParallel *parallel = g_object_ref_sink (make_parallel ());

  gtk_test_accessible_assert_role (parallel, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (parallel, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Axis Cell. 3 of 3 lines kept");
  ut_parallel_set_brush (parallel, 0, 1, 2);
  press (GTK_WIDGET (parallel), GDK_KEY_Up, 0);
  gtk_test_accessible_assert_property (
      parallel, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "LSTM 2: Cell LSTM, Learning rate 0.01, Best 0.8. Axis Cell, LSTM to GRU. "
      "2 of 3 lines kept");
  g_assert_finalize_object (parallel);
}

int
main (int    argc,
      char **argv)
{
  init_or_skip (&argc, &argv);
  g_test_add_func ("/parallel/brush", test_brush);
  g_test_add_func ("/parallel/keys", test_keys);
  g_test_add_func ("/parallel/pointer", test_pointer);
  g_test_add_func ("/parallel/spread", test_spread);
  g_test_add_func ("/parallel/picture", test_picture);
  g_test_add_func ("/parallel/accessible", test_accessible);
  return g_test_run ();
}
