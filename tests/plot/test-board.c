/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <math.h>
#include <ut-plot-board-private.h>

static UtPlotSeries *
add (UtPlotBoard      *board,
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
  _ut_plot_board_insert (board, board->entries->len, series);
  return series;
}

static void
test_clock (void)
{
  const double x[] = { 0, 50, 100, 200, 300 }, y[] = { 1, 2, 3, 4, 5 };
  const double steps[] = { 100, 200 }, epochs[] = { 1, 2 }, seconds[] = { 10, 40 };
  const double *at = NULL;
  g_autoptr (UtPlotSeries) series = ut_plot_series_new (UT_PLOT_SERIES_DENSE, "run", "loss", 0);

  g_test_summary ("Time passes evenly between the ends of epochs, and goes on as it did");
  ut_plot_series_append (series, x, y, 4);
  g_assert_cmpuint (_ut_plot_series_peek (series, UT_PLOT_AXIS_EPOCH, &at, NULL), ==, 0);
  ut_plot_series_set_clock (series, steps, epochs, seconds, 2);
  g_assert_cmpuint (_ut_plot_series_peek (series, UT_PLOT_AXIS_EPOCH, &at, NULL), ==, 4);
  g_assert_cmpfloat (at[0], ==, 0);
  g_assert_cmpfloat (at[1], ==, 0.5);
  g_assert_cmpfloat (at[3], ==, 2);
  g_assert_cmpuint (_ut_plot_series_peek (series, UT_PLOT_AXIS_TIME, &at, NULL), ==, 4);
  g_assert_cmpfloat (at[1], ==, 5);
  g_assert_cmpfloat (at[3], ==, 40);

  g_test_message ("points that come later are counted as well, in what a reader does not see");
  gsize n = 0;
  UtPlotPoints *points = _ut_plot_series_ref_points (series, UT_PLOT_AXIS_TIME, &n);
  ut_plot_series_append (series, x + 4, y + 4, 1);
  g_assert_cmpuint (_ut_plot_series_peek (series, UT_PLOT_AXIS_TIME, &at, NULL), ==, 5);
  g_assert_cmpfloat (at[4], ==, 70);
  g_assert_cmpuint (n, ==, 4);

  g_test_message ("a new clock counts anew, and leaves what a worker reads alone");
  const double later[] = { 10, 20 };
  ut_plot_series_set_clock (series, steps, epochs, later, 2);
  _ut_plot_series_peek (series, UT_PLOT_AXIS_TIME, &at, NULL);
  g_assert_cmpfloat (at[3], ==, 20);
  g_assert_cmpfloat (points->x[3], ==, 40);
  _ut_plot_points_unref (points);

  g_test_message ("nonsense runs neither backwards nor away");
  const double wrong[] = { NAN, -5 };
  ut_plot_series_set_clock (series, steps, epochs, wrong, 2);
  g_assert_cmpuint (_ut_plot_series_peek (series, UT_PLOT_AXIS_TIME, &at, NULL), ==, 5);
  for (int i = 0; i < 5; i++)
    g_assert_cmpfloat (at[i], ==, 0);
}

static void
test_axis (void)
{
  const double x[] = { 100, 200 }, other[] = { 10, 20 }, y[] = { 1, 2 };
  const double epochs[] = { 1, 2 }, seconds[] = { 30, 60 }, faster[] = { 3, 6 };
  UtPlotBoard board;
  UtFigureOptions options;

  g_test_summary ("Runs of other batch sizes have epochs in common, and each its own time");
  _ut_plot_board_init (&board);
  ut_figure_options_init (&options);
  options.x_title = "step";
  UtPlotSeries *slow = add (&board, UT_PLOT_SERIES_MARKS, "one", 0, x, y, 2);
  UtPlotSeries *fast = add (&board, UT_PLOT_SERIES_MARKS, "other", 1, other, y, 2);
  add (&board, UT_PLOT_SERIES_MARKS, "timeless", 2, x, y, 2);
  ut_plot_series_set_clock (slow, x, epochs, seconds, 2);
  ut_plot_series_set_clock (fast, other, epochs, faster, 2);

  options.axis = UT_PLOT_AXIS_EPOCH;
  g_autoptr (UtPlotScene) scene = _ut_plot_board_collect (&board, &options);
  g_assert_cmpstr (scene->x_title, ==, "epoch");
  g_assert_cmpuint (scene->n_runs, ==, 2);
  g_assert_cmpfloat (scene->curves[0].points->x[1], ==, 2);
  g_assert_cmpfloat (scene->curves[1].points->x[1], ==, 2);
  g_assert_cmpuint (scene->curves[2].n, ==, 0);
  _ut_plot_board_ensure_range (&board, &options);
  g_assert_cmpfloat (board.full_high, ==, 2);

  options.axis = UT_PLOT_AXIS_TIME;
  _ut_plot_board_invalidate (&board);
  _ut_plot_board_ensure_range (&board, &options);
  g_assert_cmpfloat (board.full_high, ==, 60);
  g_autoptr (UtPlotScene) timed = _ut_plot_board_collect (&board, &options);
  g_autofree char *place = _ut_plot_scene_dup_place (timed, 65);
  g_assert_cmpstr (place, ==, "1:05");
  _ut_plot_board_clear (&board);
}

static void
test_groups (void)
{
  const double x[] = { 1, 2, 3 }, first[] = { 1, 2, 3 }, second[] = { 3, 4, 5 },
               alone[] = { 9, 9, 9 };
  UtPlotBoard board;
  UtFigureOptions options;

  g_test_summary ("Runs of one group become their mean, in colour and name of the oldest");
  _ut_plot_board_init (&board);
  ut_figure_options_init (&options);
  UtPlotSeries *one = add (&board, UT_PLOT_SERIES_MARKS, "GRU 2", 6, x, first, 3);
  UtPlotSeries *single = add (&board, UT_PLOT_SERIES_MARKS, "LSTM 1", 5, x, alone, 3);
  UtPlotSeries *other = add (&board, UT_PLOT_SERIES_MARKS, "GRU 1", 4, x, second, 2);
  ut_plot_series_set_group (one, "gru");
  ut_plot_series_set_group (other, "gru");
  ut_plot_series_set_group (single, "lstm");
  ut_plot_series_set_current (other, TRUE);

  g_autoptr (UtPlotScene) runs = _ut_plot_board_collect (&board, &options);
  g_assert_cmpuint (runs->n_curves, ==, 3);
  options.spread = UT_PLOT_SPREAD_DEVIATION;
  g_autoptr (UtPlotScene) means = _ut_plot_board_collect (&board, &options);
  g_assert_cmpuint (means->n_curves, ==, 2);
  g_assert_cmpuint (means->n_runs, ==, 2);
  g_assert_cmpstr (means->curves[0].label, ==, "LSTM 1");
  const UtPlotCurve *mean = &means->curves[1];
  g_assert_cmpstr (mean->label, ==, "GRU, mean of 2");
  g_assert_cmpuint (mean->style, ==, 4);
  g_assert_true (mean->series == other);
  g_assert_true (mean->current);
  g_assert_cmpuint (mean->n, ==, 3);
  g_assert_cmpfloat (mean->points->y[0], ==, 2);
  g_assert_cmpfloat_with_epsilon (mean->halves[0], sqrt (2), 1e-12);
  /* The other one has no third epoch. */
  g_assert_cmpfloat (mean->points->y[2], ==, 3);
  g_assert_cmpfloat (mean->halves[2], ==, 0);

  g_test_message ("what is not shown is not counted");
  ut_plot_series_set_shown (other, FALSE);
  g_autoptr (UtPlotScene) fewer = _ut_plot_board_collect (&board, &options);
  g_assert_cmpstr (fewer->curves[0].label, ==, "GRU 2");
  g_assert_cmpuint (fewer->curves[0].n_members, ==, 1);
  _ut_plot_board_clear (&board);
}

static void
test_names (void)
{
  const double x[] = { 1 }, y[] = { 1 };
  UtPlotBoard board;
  UtFigureOptions options;

  g_test_summary ("Two groups whose names have the same in common are told apart");
  _ut_plot_board_init (&board);
  ut_figure_options_init (&options);
  options.spread = UT_PLOT_SPREAD_INTERVAL;
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *label = g_strdup_printf ("GRU %u", i + 1);
      ut_plot_series_set_group (add (&board, UT_PLOT_SERIES_MARKS, label, i, x, y, 1),
                                i < 2 ? "small" : "large");
    }
  g_autoptr (UtPlotScene) scene = _ut_plot_board_collect (&board, &options);
  g_assert_cmpstr (scene->curves[0].label, ==, "GRU 1, mean of 2");
  g_assert_cmpstr (scene->curves[1].label, ==, "GRU 3, mean of 2");
  _ut_plot_board_clear (&board);
}

static void
test_dense (void)
{
  enum { N = 400 };
  double x[N], y[N];
  UtPlotBoard board;
  UtFigureOptions options;

  g_test_summary ("The mean of smoothed values is what is read, drawn and made room for");
  _ut_plot_board_init (&board);
  ut_figure_options_init (&options);
  options.spread = UT_PLOT_SPREAD_DEVIATION;
  options.smoothing = 0.9;
  for (guint run = 0; run < 3; run++)
    {
      for (int i = 0; i < N; i++)
        {
          x[i] = i + 1;
          y[i] = run + (i % 2 == 0 ? 0.5 : -0.5);
        }
      ut_plot_series_set_group (add (&board, UT_PLOT_SERIES_DENSE, "run", run, x, y, N), "key");
    }
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 400, 200);
  cairo_t *cr = cairo_create (surface);
  PangoContext *context = pango_cairo_create_context (cr);
  g_autoptr (UtPlotScene) scene
      = _ut_plot_board_make_scene (&board, &options, context, 400, 200, 1, FALSE);
  g_assert_cmpuint (scene->n_curves, ==, 1);
  UtSpread mean = _ut_plot_curve_mean (&scene->curves[0], N - 1, 0.9);
  g_assert_cmpuint (mean.n, ==, 3);
  g_assert_cmpfloat_with_epsilon (mean.mean, 1, 0.05);
  g_assert_cmpfloat_with_epsilon (mean.deviation, 1, 1e-6);
  /* Raw values reach from -0.5 to 2.5. */
  g_assert_cmpfloat (board.y_low, >, -0.5);
  g_assert_cmpfloat (board.y_high, <, 2.51);

  _ut_plot_draw_curves (cr, scene, FALSE);
  cairo_surface_flush (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  gsize column = (gsize) ut_scale_map (&scene->frame.x, 200);
  int ends[2] = { -1, -1 };
  for (int row = 0; row < 200; row++)
    if (data[(gsize) row * stride + column * 4 + 3] != 0)
      {
        ends[0] = ends[0] < 0 ? row : ends[0];
        ends[1] = row;
      }
  g_assert_cmpfloat_with_epsilon (ut_scale_invert (&scene->frame.y, ends[0]), 2, 0.1);
  g_assert_cmpfloat_with_epsilon (ut_scale_invert (&scene->frame.y, ends[1]), 0, 0.1);
  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  _ut_plot_board_clear (&board);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/clock", test_clock);
  g_test_add_func ("/board/axis", test_axis);
  g_test_add_func ("/board/groups", test_groups);
  g_test_add_func ("/board/names", test_names);
  g_test_add_func ("/board/dense", test_dense);
  return g_test_run ();
}
