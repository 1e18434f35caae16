/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <math.h>
#include <ut-reliability-layout.h>

#define N_POINTS 4

/* Of equal width from 0; nothing is less sure than a half. */
static const UtReliabilityPoint before[N_POINTS] = {
  { 0, 0.25, 0, NAN, NAN, NAN, NAN },
  { 0.25, 0.5, 0, NAN, NAN, NAN, NAN },
  { 0.5, 0.75, 20, 0.6, 0.55, 0.34, 0.74 },
  { 0.75, 1, 80, 0.95, 0.8, 0.7, 0.87 },
};
static const UtReliabilityPoint after[N_POINTS] = {
  { 0, 0.25, 0, NAN, NAN, NAN, NAN },
  { 0.25, 0.5, 0, NAN, NAN, NAN, NAN },
  { 0.5, 0.75, 40, 0.7, 0.7, 0.55, 0.82 },
  { 0.75, 1, 60, 0.8, 0.82, 0.7, 0.9 },
};
static const UtReliabilityLine lines[] = {
  { "before", 0, UT_RELIABILITY_BEFORE, before },
  { "after", 0, UT_RELIABILITY_AFTER, after },
};
static const UtReliabilityRoom room = { 600, 300, 15, 30, 80 };

static void
test_places (void)
{
  UtReliabilityLayout layout;
  double x, y, from, to;

  g_test_summary ("A marker stands at confidence and accuracy, a bar under its bin");
  ut_reliability_layout_init (&layout, lines, G_N_ELEMENTS (lines), N_POINTS, &room);

  g_assert_cmpfloat (layout.x.low, ==, 0.5);
  g_assert_cmpfloat (layout.x.high, ==, 1);
  g_assert_cmpfloat (layout.y.high, ==, 1);
  g_assert_cmpfloat_with_epsilon (layout.y.low, 0.3, 1e-12);
  g_assert_cmpfloat (layout.rows.high, ==, 80);
  g_assert_cmpfloat (layout.x.start, >=, room.tick_width);
  g_assert_cmpfloat (layout.x.end, <=, room.width - room.label_width);
  g_assert_cmpfloat (layout.y.end, >=, room.text);
  g_assert_cmpfloat (layout.y.start, <, layout.rows.end);
  g_assert_cmpfloat (layout.rows.start, <=, room.height - 2 * room.text);

  ut_reliability_layout_place (&layout, &before[3], &x, &y);
  g_assert_cmpfloat (x, ==, ut_scale_map (&layout.x, 0.95));
  g_assert_cmpfloat (y, ==, ut_scale_map (&layout.y, 0.8));
  ut_reliability_layout_place (&layout, &before[0], &x, &y);
  g_assert_true (isnan (x) && isnan (y));

  ut_reliability_layout_span (&layout, &before[3], &from, &to);
  g_assert_cmpfloat (from, ==, ut_scale_map (&layout.x, 0.75));
  g_assert_cmpfloat (to, ==, layout.x.end);
  ut_reliability_layout_span (&layout, &before[0], &from, &to);
  g_assert_cmpfloat (from, ==, to);
}

static void
test_find (void)
{
  UtReliabilityLayout layout;
  double x, y;
  guint line = 9, point = 9;

  g_test_summary ("The next marker is found, of whatever line, and none from far away");
  ut_reliability_layout_init (&layout, lines, G_N_ELEMENTS (lines), N_POINTS, &room);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    for (guint j = 2; j < N_POINTS; j++)
      {
        ut_reliability_layout_place (&layout, &lines[i].points[j], &x, &y);
        g_assert_true (ut_reliability_layout_find (&layout, lines, G_N_ELEMENTS (lines), N_POINTS,
                                                   x + 2, y - 2, &line, &point));
        g_assert_cmpuint (line, ==, i);
        g_assert_cmpuint (point, ==, j);
      }
  g_assert_false (ut_reliability_layout_find (&layout, lines, G_N_ELEMENTS (lines), N_POINTS,
                                              layout.x.start, layout.y.end, &line, &point));
  g_assert_false (ut_reliability_layout_find (&layout, NULL, 0, 0, 10, 10, &line, &point));
}

static void
test_ranges (void)
{
  static const UtReliabilityPoint good[N_POINTS] = {
    { 0, 0.25, 0, NAN, NAN, NAN, NAN },
    { 0.25, 0.5, 0, NAN, NAN, NAN, NAN },
    { 0.5, 0.75, 0, NAN, NAN, NAN, NAN },
    { 0.75, 1, 10, 0.9, 1, 0.72, 1 },
  };
  static const UtReliabilityPoint bad[N_POINTS] = {
    { 0, 0.25, 0, NAN, NAN, NAN, NAN },
    { 0.25, 0.5, 0, NAN, NAN, NAN, NAN },
    { 0.5, 0.75, 1, 0.51, 0, 0, 0.79 },
    { 0.75, 1, 0, NAN, NAN, NAN, NAN },
  };
  const UtReliabilityLine one = { "good", 0, UT_RELIABILITY_BEFORE, good };
  const UtReliabilityLine other = { "bad", 1, UT_RELIABILITY_OTHER, bad };
  const UtReliabilityLine both[] = { one, other };
  UtReliabilityLayout layout;

  g_test_summary ("The diagonal goes from corner to corner, unless something is worse than a guess");
  ut_reliability_layout_init (&layout, &one, 1, N_POINTS, &room);
  g_assert_cmpfloat (layout.y.low, ==, 0.5);
  ut_reliability_layout_init (&layout, both, 2, N_POINTS, &room);
  g_assert_cmpfloat (layout.y.low, ==, 0);
  g_test_message ("others have no bars");
  g_assert_cmpfloat (layout.rows.high, ==, 10);
}

static void
test_no_room (void)
{
  static const UtReliabilityRoom none = { 0, 0, 15, 30, 80 };
  UtReliabilityLayout layout;

  g_test_summary ("No lines and no room have a layout, too");
  ut_reliability_layout_init (&layout, NULL, 0, 0, &none);
  g_assert_cmpfloat (layout.x.start, <, layout.x.end);
  g_assert_cmpfloat (layout.y.end, <, layout.y.start);
  g_assert_cmpfloat (layout.rows.end, <, layout.rows.start);
  g_assert_cmpfloat (layout.rows.high, >=, 1);
  ut_reliability_layout_init (&layout, lines, G_N_ELEMENTS (lines), N_POINTS, &none);
  g_assert_true (isfinite (ut_scale_map (&layout.y, 0.8)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reliability-layout/places", test_places);
  g_test_add_func ("/reliability-layout/find", test_find);
  g_test_add_func ("/reliability-layout/ranges", test_ranges);
  g_test_add_func ("/reliability-layout/no-room", test_no_room);
  return g_test_run ();
}
