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
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "View");
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
  weight = ut_plot_view_get_smoothing (ut_plot_get_view (ut_plot_pane_get_plot (pane)));
  g_assert_cmpfloat_with_epsilon (weight, 0.99, 1e-9);
  g_assert_nonnull (find_label (GTK_WIDGET (pane), "about 100 steps"));
  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "about 100 steps");
  gtk_range_set_value (GTK_RANGE (scale), 0);
  g_assert_nonnull (find_label (GTK_WIDGET (pane), "not smoothed"));
  g_test_message ("and the other way round");
  g_object_set (ut_plot_get_view (ut_plot_pane_get_plot (pane)), "smoothing", 0.9, NULL);
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
find_button (GtkWidget  *widget,
             const char *action)
{
  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, action);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_ways (void)
{
  UtPlotSeries *series = NULL;
  UtPlotPane *pane = make_pane (&series);
  UtPlot *plot = ut_plot_pane_get_plot (pane);
  UtPlotView *view = ut_plot_get_view (plot);
  GtkWidget *all = find_button (GTK_WIDGET (pane), "pane.zoom-reset");
  GtkWidget *back = find_button (GTK_WIDGET (pane), "pane.back");
  GtkWidget *follow = find_button (GTK_WIDGET (pane), "pane.follow");
  GtkWidget *window = present (GTK_WIDGET (pane), 600, 400);
  int minimum = 0;

  g_test_summary ("The ways out of a zoomed view can be seen while there are any");
  gtk_test_accessible_assert_property (all, GTK_ACCESSIBLE_PROPERTY_LABEL, "Show everything");
  gtk_test_accessible_assert_property (back, GTK_ACCESSIBLE_PROPERTY_LABEL, "Back");
  g_assert_false (gtk_widget_get_visible (all));
  g_assert_false (gtk_widget_get_visible (back));
  ut_plot_view_remember (view);
  ut_plot_view_set_x (view, 150, 250);
  g_assert_true (gtk_widget_get_visible (all));
  g_assert_true (gtk_widget_get_visible (back));
  g_assert_false (gtk_widget_get_visible (follow));
  ut_plot_series_set_live (series, TRUE);
  ut_plot_view_set_follow (view, FALSE);
  g_assert_true (gtk_widget_get_visible (follow));
  gtk_widget_measure (GTK_WIDGET (pane), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, 504);
  g_signal_emit_by_name (follow, "clicked");
  g_assert_true (ut_plot_view_get_follow (view));
  g_assert_false (gtk_widget_get_visible (follow));

  gtk_widget_grab_focus (all);
  g_signal_emit_by_name (all, "clicked");
  g_assert_false (ut_plot_view_is_zoomed (view));
  g_assert_false (gtk_widget_get_visible (all));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == GTK_WIDGET (plot));
  g_signal_emit_by_name (back, "clicked");
  g_assert_true (ut_plot_view_is_zoomed (view));
  g_signal_emit_by_name (back, "clicked");
  g_assert_false (ut_plot_view_is_zoomed (view));
  g_assert_false (gtk_widget_get_visible (back));
  destroy (window);
}

static void
test_menu (void)
{
  UtPlotSeries *series = NULL;
  UtPlotPane *pane = g_object_ref_sink (make_pane (&series));
  g_autoptr (UtPlotView) view = g_object_ref (ut_plot_get_view (ut_plot_pane_get_plot (pane)));
  guint notified = 0;

  g_test_summary ("The menu changes the view, and shows what it is");
  g_signal_connect (pane, "notify::x-axis", G_CALLBACK (count_notify), &notified);
  gtk_widget_activate_action (GTK_WIDGET (pane), "pane.x-axis", "s", "epoch");
  g_assert_cmpint (ut_plot_view_get_axis (view), ==, UT_PLOT_AXIS_EPOCH);
  g_assert_cmpuint (notified, ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (pane), "pane.spread", "s", "interval");
  g_assert_cmpint (ut_plot_view_get_spread (view), ==, UT_PLOT_SPREAD_INTERVAL);
  g_test_message ("another view brings its own state");
  g_autoptr (UtPlotView) other = ut_plot_view_new ();
  g_object_set (other, "smoothing", 0.9, "y-log", TRUE, NULL);
  ut_plot_set_view (ut_plot_pane_get_plot (pane), other);
  g_assert_nonnull (find_label (GTK_WIDGET (pane), "about 10 steps"));
  gboolean y_log = FALSE;
  g_object_get (pane, "y-log", &y_log, NULL);
  g_assert_true (y_log);
  gtk_widget_activate_action (GTK_WIDGET (pane), "pane.y-log", NULL);
  g_assert_false (ut_plot_view_get_y_log (other));
  g_test_message ("where a logarithm makes no sense it is not offered");
  g_object_set (ut_plot_pane_get_plot (pane), "log-allowed", FALSE, NULL);
  gtk_widget_activate_action (GTK_WIDGET (pane), "pane.y-log", NULL);
  g_assert_false (ut_plot_view_get_y_log (other));
  UtPlotAxis axis = UT_PLOT_AXIS_TIME;
  g_object_get (pane, "x-axis", &axis, NULL);
  g_assert_cmpint (axis, ==, UT_PLOT_AXIS_STEP);
  g_object_set (view, "x-axis", UT_PLOT_AXIS_TIME, NULL);
  g_object_get (pane, "x-axis", &axis, NULL);
  g_assert_cmpint (axis, ==, UT_PLOT_AXIS_STEP);
  g_assert_finalize_object (pane);
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
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (source), result,
                                                              &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

/* (transfer full): what a program gets that pastes as @type. */
static char *
paste (GtkWidget  *widget,
       const char *type)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (widget));
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  gboolean done = FALSE;

  gdk_content_provider_write_mime_type_async (content, type, stream, 0, NULL, written_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
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
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/svg+xml"));

  g_autofree char *svg = paste (GTK_WIDGET (pane), "image/svg+xml");
  g_autofree char *tsv = ut_plot_dup_tsv (ut_plot_pane_get_plot (pane));
  g_assert_nonnull (strstr (svg, "<svg "));
  g_assert_true (g_str_has_suffix (svg, "</svg>\n"));
  g_assert_nonnull (strchr (tsv, '\t'));
  destroy (window);
}

/* Values now and then have a row for each step at which there is one. */
static void
test_looks (void)
{
  UtPlot *plot = UT_PLOT (g_object_ref_sink (ut_plot_new ()));
  g_autoptr (UtPlotSeries) first = ut_plot_series_new (UT_PLOT_SERIES_LOOKS, "not bad", "", 0);
  g_autoptr (UtPlotSeries) second = ut_plot_series_new (UT_PLOT_SERIES_LOOKS, "bad", "", 1);
  g_autoptr (UtPlotSeries) marks = ut_plot_series_new (UT_PLOT_SERIES_MARKS, "GRU", "loss", 2);
  const double x[] = { 10, 20, 35, 40 }, y[] = { 0.5, 0.25, 0.125, NAN };

  ut_plot_series_append (first, x, y, 4);
  ut_plot_series_append (second, x + 2, y, 1);
  ut_plot_series_append (marks, x, y, 2);
  ut_plot_add_series (plot, first);
  ut_plot_add_series (plot, second);
  ut_plot_add_series (plot, marks);
  g_autofree char *tsv = ut_plot_dup_tsv (plot);
  g_assert_cmpstr (tsv, ==,
                   "step\tnot bad\tbad\n10\t0.5\t\n20\t0.25\t\n35\t0.125\t0.5\n40\t\t\n");

  ut_plot_remove_series (plot, first);
  ut_plot_remove_series (plot, second);
  g_autofree char *epochs = ut_plot_dup_tsv (plot);
  g_assert_cmpstr (epochs, ==, "epoch\tGRU loss\n1\t0.5\n2\t0.25\n");
  g_object_unref (plot);
}

int
main (int    argc,
      char **argv)
{
  init_or_skip (&argc, &argv);
  g_test_add_func ("/pane/template", test_template);
  g_test_add_func ("/pane/smoothing", test_smoothing);
  g_test_add_func ("/pane/table", test_table);
  g_test_add_func ("/pane/ways", test_ways);
  g_test_add_func ("/pane/menu", test_menu);
  g_test_add_func ("/pane/finalize", test_finalize);
  g_test_add_func ("/pane/export", test_export);
  g_test_add_func ("/pane/copy", test_copy);
  g_test_add_func ("/pane/looks", test_looks);
  return g_test_run ();
}
