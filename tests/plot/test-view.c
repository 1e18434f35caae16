/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <math.h>
#include <ut-plot-view.h>

static void
count (guint *number)
{
  (*number)++;
}

static gboolean
can_go_back (UtPlotView *view)
{
  gboolean can = FALSE;
  g_object_get (view, "can-go-back", &can, NULL);
  return can;
}

static void
test_start (void)
{
  g_autoptr (UtPlotView) view = ut_plot_view_new ();
  UtPlotRange x = ut_plot_view_get_x (view);

  g_assert_true (ut_plot_range_is_all (&x));
  g_assert_false (ut_plot_view_is_zoomed (view));
  g_assert_false (can_go_back (view));
  g_assert_false (ut_plot_view_go_back (view));
  g_assert_true (ut_plot_view_get_follow (view));
  g_assert_true (isnan (ut_plot_view_get_cursor (view)));
}

static void
test_properties (void)
{
  const struct
  {
    const char *name;
    int         value;
  } cases[] = {
    { "x-axis", UT_PLOT_AXIS_TIME }, { "y-log", TRUE }, { "spread", UT_PLOT_SPREAD_INTERVAL },
    { "follow", FALSE },
  };
  g_autoptr (UtPlotView) view = ut_plot_view_new ();
  guint notified = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *signal = g_strconcat ("notify::", cases[i].name, NULL);
      g_signal_connect_swapped (view, signal, G_CALLBACK (count), &notified);
      g_object_set (view, cases[i].name, cases[i].value, NULL);
      g_object_set (view, cases[i].name, cases[i].value, NULL);
      g_assert_cmpuint (notified, ==, i + 1);
    }
  g_signal_connect_swapped (view, "notify::cursor-x", G_CALLBACK (count), &notified);
  notified = 0;
  g_object_set (view, "cursor-x", 4.0, NULL);
  g_object_set (view, "cursor-x", NAN, NULL);
  g_object_set (view, "cursor-x", NAN, NULL);
  g_assert_cmpuint (notified, ==, 2);
}

static void
test_back (void)
{
  g_autoptr (UtPlotView) view = ut_plot_view_new ();
  guint moved = 0;

  g_test_summary ("Back leads through the places one left, not through the steps of one move");
  g_signal_connect_swapped (view, "moved", G_CALLBACK (count), &moved);
  ut_plot_view_remember (view);
  for (int i = 1; i <= 10; i++)
    ut_plot_view_set_x (view, i, 100 - i);
  g_assert_cmpuint (moved, ==, 10);
  ut_plot_view_remember (view);
  ut_plot_view_set_y (view, 1, 0.2, 0.4);
  ut_plot_view_set_x (view, 40, 50);

  g_assert_true (ut_plot_view_go_back (view));
  g_assert_cmpfloat (ut_plot_view_get_x (view).low, ==, 10);
  g_assert_true (isnan (ut_plot_view_get_y (view, 1).low));
  g_assert_true (ut_plot_view_go_back (view));
  g_assert_false (ut_plot_view_is_zoomed (view));
  g_assert_false (can_go_back (view));

  g_test_message ("a move that came to nothing is no way back");
  ut_plot_view_remember (view);
  ut_plot_view_set_x (view, NAN, NAN);
  g_assert_false (can_go_back (view));

  g_test_message ("everything can be left as well");
  ut_plot_view_set_x (view, 1, 2);
  ut_plot_view_show_all (view);
  g_assert_true (can_go_back (view));
  ut_plot_view_go_back (view);
  g_assert_cmpfloat (ut_plot_view_get_x (view).high, ==, 2);
}

static void
test_bounded (void)
{
  g_autoptr (UtPlotView) view = ut_plot_view_new ();
  int n = 0;

  for (int i = 1; i <= 1000; i++)
    {
      ut_plot_view_remember (view);
      ut_plot_view_set_x (view, i, i + 1);
    }
  while (ut_plot_view_go_back (view))
    n++;
  g_assert_cmpint (n, ==, 100);
}

static void
test_axis (void)
{
  g_autoptr (UtPlotView) view = ut_plot_view_new ();

  g_test_summary ("Other numbers on the axis: no place of before is anywhere on it");
  ut_plot_view_remember (view);
  ut_plot_view_set_x (view, 1000, 2000);
  ut_plot_view_set_cursor (view, 1500);
  g_object_set (view, "x-axis", UT_PLOT_AXIS_EPOCH, NULL);
  g_assert_false (ut_plot_view_is_zoomed (view));
  g_assert_false (can_go_back (view));
  g_assert_true (isnan (ut_plot_view_get_cursor (view)));
}

static void
test_nonsense (void)
{
  g_autoptr (UtPlotView) view = ut_plot_view_new ();

  ut_plot_view_set_x (view, 2, 1);
  g_assert_false (ut_plot_view_is_zoomed (view));
  ut_plot_view_set_y (view, 0, NAN, 1);
  g_assert_false (ut_plot_view_is_zoomed (view));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view/start", test_start);
  g_test_add_func ("/view/properties", test_properties);
  g_test_add_func ("/view/back", test_back);
  g_test_add_func ("/view/bounded", test_bounded);
  g_test_add_func ("/view/axis", test_axis);
  g_test_add_func ("/view/nonsense", test_nonsense);
  return g_test_run ();
}
