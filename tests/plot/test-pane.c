/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "plot-test.h"

#include <math.h>
#include <string.h>
#include <ut-plot-all.h>
#include <ut-plot-export-private.h>

static UtPlotPane *
make_pane (UtPlotSeries **series)
{
  UtPlotPane *pane = UT_PLOT_PANE (ut_plot_pane_new ());
  UtPlot *plot = ut_plot_pane_get_plot (pane);
  const double x[] = { 100, 200, 300 }, y[] = { 0.7, 0.5, NAN };

  g_object_set (plot, "title", "Loss", "x-title", "step", NULL);
  *series = ut_plot_series_new (UT_PLOT_SERIES_MARKS, "GRU 3", "validation", 0);
  ut_plot_series_append (*series, x, y, 3);
  ut_plot_add_series (plot, *series);
  g_object_unref (*series);
  return pane;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_template (void)
{
  UtPlotPane *pane = g_object_ref_sink (UT_PLOT_PANE (ut_plot_pane_new ()));
  int minimum = 0;

  gtk_test_accessible_assert_role (pane, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_measure (GTK_WIDGET (pane), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, >=, 480);
  g_assert_cmpint (minimum, <, 504);
  g_test_message ("the button inside a menu button is what gets the focus");
  GtkWidget *button = find (find (GTK_WIDGET (pane), GTK_TYPE_MENU_BUTTON), GTK_TYPE_TOGGLE_BUTTON);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Export");
  g_assert_finalize_object (pane);
}

static void
test_smoothing (void)
{
  UtPlotSeries *series = NULL;
  UtPlotPane *pane = g_object_ref_sink (make_pane (&series));
  GtkWidget *scale = find (GTK_WIDGET (pane), GTK_TYPE_SCALE);
  double weight = 0;

  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_LABEL, "Smoothing");
  g_assert_nonnull (find_label (GTK_WIDGET (pane), "about 60 steps"));
  gtk_range_set_value (GTK_RANGE (scale), 2);
  g_object_get (ut_plot_pane_get_plot (pane), "smoothing", &weight, NULL);
  g_assert_cmpfloat_with_epsilon (weight, 0.99, 1e-9);
  g_assert_nonnull (find_label (GTK_WIDGET (pane), "about 100 steps"));
  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "about 100 steps");
  gtk_range_set_value (GTK_RANGE (scale), 0);
  g_assert_nonnull (find_label (GTK_WIDGET (pane), "not smoothed"));
  g_test_message ("and the other way round");
  g_object_set (ut_plot_pane_get_plot (pane), "smoothing", 0.9, NULL);
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (GTK_RANGE (scale)), 1, 1e-6);
  g_assert_finalize_object (pane);
}

static void
test_table (void)
{
  UtPlotSeries *series = NULL;
  UtPlotPane *pane = make_pane (&series);
  guint notified = 0;
  GtkWidget *window = present (GTK_WIDGET (pane), 600, 400);

  g_signal_connect (pane, "notify::table-shown", G_CALLBACK (count_notify), &notified);
  g_assert_true (press (GTK_WIDGET (pane), GDK_KEY_t, 0));
  g_assert_true (ut_plot_pane_get_table_shown (pane));
  g_assert_cmpuint (notified, ==, 1);
  ITER_UNTIL (find_label (GTK_WIDGET (pane), "0.500") != NULL);
  g_assert_nonnull (find_label (GTK_WIDGET (pane), "GRU 3 validation"));
  g_assert_nonnull (find_label (GTK_WIDGET (pane), "–"));

  g_test_message ("rows and cells have names");
  GtkWidget *cell = gtk_widget_get_parent (find_label (GTK_WIDGET (pane), "0.500"));
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "GRU 3 validation 0.500");
  gtk_test_accessible_assert_property (gtk_widget_get_parent (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "epoch 2, GRU 3 validation 0.500");

  g_test_message ("a new epoch is a new row");
  ut_plot_series_append (series, (const double[]) { 400 }, (const double[]) { 0.25 }, 1);
  ITER_UNTIL (find_label (GTK_WIDGET (pane), "0.250") != NULL);
  g_test_message ("a run that is not shown has no column");
  ut_plot_series_set_shown (series, FALSE);
  ITER_UNTIL (find_label (GTK_WIDGET (pane), "GRU 3 validation") == NULL);
  press (GTK_WIDGET (pane), GDK_KEY_t, 0);
  g_assert_false (ut_plot_pane_get_table_shown (pane));
  destroy (window);
}

static GtkWidget *
find_class (GtkWidget  *widget,
            const char *css_class)
{
  if (gtk_widget_has_css_class (widget, css_class))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_class (child, css_class);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_show_all (void)
{
  UtPlotSeries *series = NULL;
  UtPlotPane *pane = make_pane (&series);
  UtPlot *plot = ut_plot_pane_get_plot (pane);
  GtkWidget *button = find_class (GTK_WIDGET (pane), "all");
  GtkWidget *window = present (GTK_WIDGET (pane), 600, 400);
  double start = 0;
  int minimum = 0;

  g_test_summary ("The way back from a zoomed view can be seen while there is one");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Show everything");
  g_assert_false (gtk_widget_get_visible (button));
  g_object_set (plot, "view-start", 150.0, "view-end", 250.0, NULL);
  g_assert_true (gtk_widget_get_visible (button));
  gtk_widget_measure (GTK_WIDGET (pane), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <, 504);
  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  g_object_get (plot, "view-start", &start, NULL);
  g_assert_true (isnan (start));
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == GTK_WIDGET (plot));
  destroy (window);
}

static void
test_finalize (void)
{
  UtPlotSeries *series = NULL;
  UtPlotPane *pane = g_object_ref (make_pane (&series));
  GtkWidget *window = present (GTK_WIDGET (pane), 600, 400);

  g_object_ref (series);
  ut_plot_pane_set_table_shown (pane, TRUE);
  ut_plot_series_append (series, (const double[]) { 400 }, (const double[]) { 0.25 }, 1);
  destroy (window);
  g_assert_finalize_object (pane);
  g_assert_finalize_object (series);
}

static void
test_export (void)
{
  static const char *const begins[] = { "\x89PNG", "<?xml", "run,series,x,y\n" };
  UtPlotSeries *series = NULL;
  UtPlotPane *pane = make_pane (&series);
  GtkWidget *window = present (GTK_WIDGET (pane), 600, 400);
  UtPlotFormat format;

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GBytes) bytes = _ut_plot_export (ut_plot_pane_get_plot (pane), (UtPlotFormat) i);
      gsize size = 0;
      const char *data = g_bytes_get_data (bytes, &size);
      g_assert_cmpuint (size, >, strlen (begins[i]));
      g_assert_cmpmem (data, strlen (begins[i]), begins[i], strlen (begins[i]));
    }
  g_assert_true (_ut_plot_format_from_name ("svg", &format));
  g_assert_cmpint (format, ==, UT_PLOT_FORMAT_SVG);
  g_assert_false (_ut_plot_format_from_name ("exe", &format));
  destroy (window);
}

static void
test_copy (void)
{
  UtPlotSeries *series = NULL;
  UtPlotPane *pane = make_pane (&series);
  GtkWidget *window = present (GTK_WIDGET (pane), 600, 400);

  gtk_widget_activate_action (GTK_WIDGET (pane), "pane.copy", NULL);
  GdkContentFormats *formats
      = gdk_clipboard_get_formats (gtk_widget_get_clipboard (GTK_WIDGET (pane)));
  g_assert_true (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING));
  g_assert_true (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE));
  destroy (window);
}

int
main (int    argc,
      char **argv)
{
  init_or_skip (&argc, &argv);
  g_test_add_func ("/pane/template", test_template);
  g_test_add_func ("/pane/smoothing", test_smoothing);
  g_test_add_func ("/pane/table", test_table);
  g_test_add_func ("/pane/show-all", test_show_all);
  g_test_add_func ("/pane/finalize", test_finalize);
  g_test_add_func ("/pane/export", test_export);
  g_test_add_func ("/pane/copy", test_copy);
  return g_test_run ();
}
