/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <math.h>
#include <ut-scatter-points.h>

static gboolean
contains_plainly (const UtLassoVertex *vertices,
                  gsize                n,
                  double               x,
                  double               y)
{
  gboolean inside = FALSE;

  for (gsize i = 0; i < n; i++)
    {
      const UtLassoVertex *a = &vertices[i], *b = &vertices[(i + 1) % n];
      if ((a->y > y) != (b->y > y) && x < a->x + (y - a->y) / (b->y - a->y) * (b->x - a->x))
        inside = !inside;
    }
  return inside;
}

static void
test_square (void)
{
  const UtLassoVertex square[] = { { 10, 10 }, { 20, 10 }, { 20, 20 }, { NAN, 5 }, { 10, 20 } };
  g_autoptr (UtLasso) lasso = ut_lasso_new (square, G_N_ELEMENTS (square));

  g_assert_true (ut_lasso_contains (lasso, 15, 15));
  g_assert_true (ut_lasso_contains (lasso, 10.01, 19.99));
  g_assert_false (ut_lasso_contains (lasso, 9.99, 15));
  g_assert_false (ut_lasso_contains (lasso, 20.01, 15));
  g_assert_false (ut_lasso_contains (lasso, 15, 9.99));
  g_assert_false (ut_lasso_contains (lasso, 15, 20.01));
  g_assert_false (ut_lasso_contains (lasso, NAN, 15));
  g_assert_false (ut_lasso_contains (lasso, 15, NAN));
  g_assert_false (ut_lasso_contains (lasso, INFINITY, 15));
}

static void
test_shapes (void)
{
  /* Two triangles that meet where the line crosses itself, and a horseshoe. */
  const UtLassoVertex crossed[] = { { 0, 0 }, { 10, 10 }, { 10, 0 }, { 0, 10 } };
  const UtLassoVertex horseshoe[]
      = { { 0, 0 }, { 9, 0 }, { 9, 9 }, { 6, 9 }, { 6, 3 }, { 3, 3 }, { 3, 9 }, { 0, 9 } };
  g_autoptr (UtLasso) first = ut_lasso_new (crossed, G_N_ELEMENTS (crossed));
  g_autoptr (UtLasso) second = ut_lasso_new (horseshoe, G_N_ELEMENTS (horseshoe));

  g_assert_true (ut_lasso_contains (first, 9, 5));
  g_assert_true (ut_lasso_contains (first, 1, 5));
  g_assert_false (ut_lasso_contains (first, 5, 1));
  g_assert_true (ut_lasso_contains (second, 1, 8));
  g_assert_true (ut_lasso_contains (second, 8, 8));
  g_assert_false (ut_lasso_contains (second, 4.5, 8));

  g_test_message ("lines and nothing have no inside");
  for (gsize n = 0; n < 3; n++)
    {
      g_autoptr (UtLasso) line = ut_lasso_new (crossed, n);
      g_assert_false (ut_lasso_contains (line, 1, 1));
    }
  const UtLassoVertex level[] = { { 0, 5 }, { 10, 5 }, { 20, 5 } };
  g_autoptr (UtLasso) flat = ut_lasso_new (level, G_N_ELEMENTS (level));
  g_assert_false (ut_lasso_contains (flat, 5, 5));
}

static void
test_any_shape (void)
{
  enum { N_VERTICES = 600, N_POINTS = 4000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  UtLassoVertex vertices[N_VERTICES];
  guint n_inside = 0;

  g_test_summary ("Cut into strips, a wild lasso has the same inside as when every side is asked");
  for (gsize i = 0; i < N_VERTICES; i++)
    {
      double angle = 4 * G_PI * (double) i / N_VERTICES;
      double radius = 100 + 60 * g_rand_double (rand);
      vertices[i] = (UtLassoVertex) { 200 + radius * cos (angle), 150 + radius * sin (angle) };
    }
  g_autoptr (UtLasso) lasso = ut_lasso_new (vertices, N_VERTICES);
  for (gsize i = 0; i < N_POINTS; i++)
    {
      /* Some of them level with a corner. */
      double x = 400 * g_rand_double (rand);
      double y = i % 4 == 0 ? vertices[i % N_VERTICES].y : 300 * g_rand_double (rand);
      gboolean inside = ut_lasso_contains (lasso, x, y);
      g_assert_cmpint (inside, ==, contains_plainly (vertices, N_VERTICES, x, y));
      n_inside += inside ? 1 : 0;
    }
  g_assert_cmpuint (n_inside, >, N_POINTS / 10);
  g_assert_cmpuint (n_inside, <, N_POINTS);
}

static void
test_bands (void)
{
  const float x[] = { 0, 1, 2, 3, NAN, 5, 6 };
  const float y[] = { 0, 1, 2, 3, 4, INFINITY, 6 };
  const float shares[] = { 0, 0.49f, 0.5f, 1, 1, 1, NAN };
  g_autoptr (UtScatterPoints) points = ut_scatter_points_new (x, y, shares, G_N_ELEMENTS (x));
  double low, high;

  for (gsize i = 0; i < UT_SCATTER_N_BANDS; i++)
    {
      g_assert_cmpuint (points->bands[i], ==, i);
      g_assert_cmpuint (points->n_of_band[i], ==, 1);
    }
  g_assert_cmpuint (points->n_points, ==, 4);
  for (gsize i = 0; i < points->n; i++)
    g_assert_cmpint (ut_scatter_points_has (points, i), ==, i < 4);
  g_assert_false (ut_scatter_points_has (points, 99));
  ut_scatter_points_get_range (points, points->y, &low, &high);
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 3);

  g_autoptr (UtScatterPoints) none = ut_scatter_points_new (x + 4, y + 4, shares + 4, 1);
  ut_scatter_points_get_range (none, none->x, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
}

/* A pixel is a hundredth; y grows upwards. */
static void
init_scales (UtScale *x_scale,
             UtScale *y_scale)
{
  ut_scale_init (x_scale, 0, 1, 0, 100, FALSE);
  ut_scale_init (y_scale, 0, 1, 100, 0, FALSE);
}

static void
test_nearest (void)
{
  const float x[] = { 0.1f, 0.5f, NAN, 0.5f, 0.9f }, y[] = { 0.1f, 0.5f, 0.5f, 0.5f, 0.9f };
  const float shares[] = { 0, 0, 0, 0, 0 };
  g_autoptr (UtScatterPoints) points = ut_scatter_points_new (x, y, shares, G_N_ELEMENTS (x));
  UtScale x_scale, y_scale;

  init_scales (&x_scale, &y_scale);
  g_assert_cmpint (ut_scatter_points_find_nearest (points, &x_scale, &y_scale, 12, 88, 10), ==, 0);
  g_assert_cmpint (ut_scatter_points_find_nearest (points, &x_scale, &y_scale, 52, 50, 10), ==, 1);
  g_assert_cmpint (ut_scatter_points_find_nearest (points, &x_scale, &y_scale, 70, 30, 10), ==, -1);
  g_assert_cmpint (ut_scatter_points_find_nearest (points, &x_scale, &y_scale, 71, 29, INFINITY),
                   ==, 4);
  g_assert_cmpint (ut_scatter_points_find_nearest (points, &x_scale, &y_scale, NAN, 1, 10), ==, -1);
}

static void
test_next (void)
{
  /* A cross of five, and one far aside. */
  const float x[] = { 0.5f, 0.3f, 0.7f, 0.5f, 0.5f, 0.6f };
  const float y[] = { 0.5f, 0.5f, 0.5f, 0.3f, 0.7f, 0.95f };
  const float shares[] = { 0, 0, 0, 0, 0, 0 };
  g_autoptr (UtScatterPoints) points = ut_scatter_points_new (x, y, shares, G_N_ELEMENTS (x));
  UtScale x_scale, y_scale;
  const struct { int dx, dy; gssize from, to; } cases[] = {
    { -1, 0, 0, 1 }, { 1, 0, 0, 2 }, { 0, 1, 0, 3 }, { 0, -1, 0, 4 },
    { -1, 0, 1, 1 }, { 1, 0, 1, 0 }, { 0, -1, 4, 5 }, { 0, -1, 5, 5 }, { 0, 1, 3, 3 },
  };

  init_scales (&x_scale, &y_scale);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ut_scatter_points_find_next (points, &x_scale, &y_scale, cases[i].from,
                                                  cases[i].dx, cases[i].dy), ==, cases[i].to);
}

static void
test_sort (void)
{
  const float x[] = { 0, 0, 0, 0, 0 }, y[] = { 0.5f, 0.1f, NAN, 0.1f, 0 };
  const guint32 expected[] = { 4, 1, 3, 0 };
  g_autoptr (UtScatterPoints) points = ut_scatter_points_new (x, y, x, G_N_ELEMENTS (x));
  g_autofree guint32 *rows = ut_scatter_points_sort (points);

  g_assert_cmpmem (rows, points->n_points * sizeof *rows, expected, sizeof expected);
}

static void
test_surround (void)
{
  const float x[] = { 0.1f, 0.5f, NAN, 0.9f }, y[] = { 0.1f, 0.5f, 0.5f, 0.9f };
  const UtLassoVertex corner[] = { { 0, 40 }, { 60, 40 }, { 60, 100 }, { 0, 100 } };
  const guint8 expected[] = { 1, 1, 0, 0 };
  guint8 inside[] = { 9, 9, 9, 9 };
  g_autoptr (UtScatterPoints) points = ut_scatter_points_new (x, y, y, G_N_ELEMENTS (x));
  g_autoptr (UtLasso) lasso = ut_lasso_new (corner, G_N_ELEMENTS (corner));
  UtScale x_scale, y_scale;

  init_scales (&x_scale, &y_scale);
  ut_scatter_points_surround (points, &x_scale, &y_scale, lasso, inside);
  g_assert_cmpmem (inside, sizeof inside, expected, sizeof expected);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lasso/square", test_square);
  g_test_add_func ("/lasso/shapes", test_shapes);
  g_test_add_func ("/lasso/any-shape", test_any_shape);
  g_test_add_func ("/scatter-points/bands", test_bands);
  g_test_add_func ("/scatter-points/nearest", test_nearest);
  g_test_add_func ("/scatter-points/next", test_next);
  g_test_add_func ("/scatter-points/sort", test_sort);
  g_test_add_func ("/scatter-points/surround", test_surround);
  return g_test_run ();
}
