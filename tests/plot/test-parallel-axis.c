/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <glib.h>
#include <math.h>
#include <ut-parallel-axis.h>

#define START 300.0
#define END 100.0

static void
assert_tick (const UtParallelAxis *axis,
             gsize                 index,
             const char           *label)
{
  g_autofree char *text = NULL;

  g_assert_cmpuint (index, <, axis->ticks.n);
  text = ut_parallel_axis_format (axis, axis->ticks.values[index]);
  g_assert_cmpstr (text, ==, label);
}

static void
test_exact (void)
{
  const double sizes[] = { 128, 32, NAN, 64, 32, INFINITY };
  UtParallelAxis axis;

  g_test_summary ("A few values are labelled themselves; equal ratios are equal distances");
  ut_parallel_axis_init (&axis, sizes, G_N_ELEMENTS (sizes), TRUE, FALSE, START, END, 20);
  g_assert_true (axis.exact);
  g_assert_cmpuint (axis.ticks.n, ==, 3);
  assert_tick (&axis, 0, "32");
  assert_tick (&axis, 1, "64");
  assert_tick (&axis, 2, "128");
  g_assert_cmpfloat_with_epsilon (ut_parallel_axis_map (&axis, 32), START, 1e-9);
  g_assert_cmpfloat_with_epsilon (ut_parallel_axis_map (&axis, 64), 200, 1e-9);
  g_assert_cmpfloat_with_epsilon (ut_parallel_axis_map (&axis, 128), END, 1e-9);
  g_assert_true (isnan (ut_parallel_axis_map (&axis, NAN)));

  g_autofree char *size = ut_parallel_format_value (123456);
  g_autofree char *share = ut_parallel_format_value (0.832568);

  g_assert_cmpstr (size, ==, "123456");
  g_assert_cmpstr (share, ==, "0.8326");

  g_test_message ("labels that would touch are round numbers instead");
  const double near[] = { 0.8301, 0.8302, 0.9 };

  ut_parallel_axis_init (&axis, near, G_N_ELEMENTS (near), FALSE, FALSE, START, END, 20);
  g_assert_false (axis.exact);
  g_assert_cmpuint (axis.ticks.n, >, 2);
  for (gsize i = 1; i < axis.ticks.n; i++)
    g_assert_cmpfloat (ut_parallel_axis_map (&axis, axis.ticks.values[i - 1])
                       - ut_parallel_axis_map (&axis, axis.ticks.values[i]), >=, 20);
}

static void
test_zero (void)
{
  const double decays[] = { 0, 1e-4, 1e-2 };
  UtParallelAxis axis;

  g_test_summary ("0 has a place of its own on a logarithmic axis");
  ut_parallel_axis_init (&axis, decays, G_N_ELEMENTS (decays), TRUE, FALSE, START, END, 15);
  g_assert_cmpfloat (ut_parallel_axis_map (&axis, 0), ==, START);
  g_assert_cmpfloat_with_epsilon (ut_parallel_axis_map (&axis, 1e-4), 270, 1e-9);
  g_assert_cmpfloat_with_epsilon (ut_parallel_axis_map (&axis, 1e-2), END, 1e-9);
  assert_tick (&axis, 0, "0");
  assert_tick (&axis, 1, "0.0001");
  g_assert_cmpfloat (ut_parallel_axis_invert (&axis, 290), ==, 0);
  g_assert_cmpfloat_with_epsilon (ut_parallel_axis_invert (&axis, 185), 1e-3, 1e-9);
  g_assert_cmpfloat (ut_parallel_axis_invert (&axis, 284), >, 0);

  g_test_message ("alone it is a constant");
  ut_parallel_axis_init (&axis, decays, 1, TRUE, FALSE, START, END, 15);
  g_assert_cmpfloat_with_epsilon (ut_parallel_axis_map (&axis, 0), 200, 1e-9);

  g_test_message ("where nothing is finite nothing has a label");
  ut_parallel_axis_init (&axis, NULL, 0, TRUE, FALSE, START, END, 15);
  g_assert_cmpuint (axis.ticks.n, ==, 0);
}

static void
test_brush (void)
{
  const double values[] = { 3, 1, 2, 2, NAN, 4 };
  UtParallelBrush brush = UT_PARALLEL_BRUSH_NONE;

  g_test_summary ("The ends of a brush go from value to value and never cross");
  g_assert_true (ut_parallel_brush_keeps (&brush, NAN));
  g_assert_true (ut_parallel_brush_keeps (&brush, 99));
  ut_parallel_brush_step (&brush, values, G_N_ELEMENTS (values), FALSE, 1);
  g_assert_cmpfloat (brush.low, ==, 2);
  g_assert_cmpfloat (brush.high, ==, 4);
  g_assert_false (ut_parallel_brush_keeps (&brush, 1));
  g_assert_false (ut_parallel_brush_keeps (&brush, NAN));
  g_assert_true (ut_parallel_brush_keeps (&brush, 2));
  ut_parallel_brush_step (&brush, values, G_N_ELEMENTS (values), TRUE, -1);
  ut_parallel_brush_step (&brush, values, G_N_ELEMENTS (values), TRUE, -1);
  g_assert_cmpfloat (brush.high, ==, 2);
  ut_parallel_brush_step (&brush, values, G_N_ELEMENTS (values), TRUE, -1);
  g_assert_cmpfloat (brush.high, ==, 2);
  ut_parallel_brush_step (&brush, values, G_N_ELEMENTS (values), FALSE, 1);
  g_assert_cmpfloat (brush.low, ==, 2);

  g_test_message ("all of them is none");
  ut_parallel_brush_step (&brush, values, G_N_ELEMENTS (values), FALSE, -1);
  ut_parallel_brush_step (&brush, values, G_N_ELEMENTS (values), TRUE, 1);
  g_assert_true (ut_parallel_brush_is_set (&brush));
  ut_parallel_brush_step (&brush, values, G_N_ELEMENTS (values), TRUE, 1);
  g_assert_false (ut_parallel_brush_is_set (&brush));

  g_test_message ("ends that the mouse left between values");
  brush = (UtParallelBrush) { 1.5, 3.5 };
  ut_parallel_brush_step (&brush, values, G_N_ELEMENTS (values), TRUE, -1);
  g_assert_cmpfloat (brush.high, ==, 3);
  ut_parallel_brush_step (&brush, values, G_N_ELEMENTS (values), TRUE, -1);
  ut_parallel_brush_step (&brush, values, G_N_ELEMENTS (values), TRUE, -1);
  g_assert_cmpfloat (brush.high, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parallel-axis/exact", test_exact);
  g_test_add_func ("/parallel-axis/zero", test_zero);
  g_test_add_func ("/parallel-axis/brush", test_brush);
  return g_test_run ();
}
