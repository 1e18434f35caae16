/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <ut-plot-scene-private.h>

#define WIDTH 60
#define HEIGHT 40

static const UtColour black = { 0, 0, 0, 1 };
static const UtColour white = { 1, 1, 1, 1 };
static const UtColour red = { 1, 0, 0, 1 };
static const UtColour green = { 0, 1, 0, 1 };

/* An area of 40 x 30 at (10, 5) on which x and y are pixels, counted from its lower left corner. */
static UtPlotScene *
make_scene (gsize n_curves,
            int   scale)
{
  UtPlotScene *scene = _ut_plot_scene_new (n_curves);
  UtPlotFrame *frame = &scene->frame;

  *frame = (UtPlotFrame) {
    .width = WIDTH,
    .height = HEIGHT,
    .scale = scale,
    .line_width = UT_PLOT_LINE_WIDTH,
    .unit = 1,
    .left = 10,
    .top = 5,
    .right = 50,
    .bottom = 35,
  };
  ut_scale_init (&frame->x, 0, 40, 10, 50, FALSE);
  ut_scale_init (&frame->y, 0, 30, 35, 5, FALSE);
  scene->n_runs = 1;
  scene->palette.text = black;
  scene->palette.grid = green;
  scene->palette.ground = white;
  for (gsize i = 0; i < UT_PLOT_N_COLOURS; i++)
    scene->palette.series[i] = red;
  return scene;
}

static void
set_curve (UtPlotScene      *scene,
           gsize             at,
           UtPlotSeriesKind  kind,
           const double     *x,
           const double     *y,
           gsize             n)
{
  g_autoptr (UtPlotSeries) series = ut_plot_series_new (kind, "run", "values", 0);
  UtPlotCurve *curve = &scene->curves[at];

  ut_plot_series_append (series, x, y, n);
  curve->kind = kind;
  curve->label = g_strdup ("run");
  curve->name = "values";
  curve->best = -1;
  curve->points = _ut_plot_series_ref_points (series, UT_PLOT_AXIS_STEP, &curve->n);
  curve->n_members = 1;
  curve->members = g_new0 (UtPlotMember, 1);
  curve->members[0].points = _ut_plot_points_ref (curve->points);
  curve->members[0].n = curve->n;
}

typedef struct
{
  cairo_surface_t *surface;
  char            *path;
  int              scale;
} Picture;

/* The picture lies in the build directory until the test has passed. */
static Picture
draw (const UtPlotScene *scene,
      gboolean           hover,
      double             at)
{
  int scale = scene->frame.scale;
  Picture picture = { .scale = scale };
  g_autofree char *name = g_strdelimit (g_strdup (g_test_get_path () + 1), "/", '-');
  g_autofree char *file = g_strconcat (name, ".png", NULL);

  picture.path = g_test_build_filename (G_TEST_BUILT, "plot", file, NULL);
  picture.surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH * scale, HEIGHT * scale);
  cairo_surface_set_device_scale (picture.surface, scale, scale);
  cairo_t *cr = cairo_create (picture.surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  _ut_plot_draw_grid (cr, scene);
  _ut_plot_draw_curves (cr, scene, FALSE);
  if (hover)
    _ut_plot_draw_hover (cr, scene, at, -1);
  cairo_destroy (cr);
  cairo_surface_flush (picture.surface);
  cairo_surface_write_to_png (picture.surface, picture.path);
  return picture;
}

static void
passed (Picture *picture)
{
  cairo_surface_destroy (picture->surface);
  g_remove (picture->path);
  g_free (picture->path);
}

/* (x, y) in device pixels from the upper left. */
static guint32
pixel (Picture *picture,
       int      x,
       int      y)
{
  const guint8 *data = cairo_image_surface_get_data (picture->surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (picture->surface);
  return *(const guint32 *) (gconstpointer) (data + (gsize) y * stride + (gsize) x * 4) & 0xffffff;
}

static gboolean
is_reddish (guint32 colour)
{
  return (colour >> 16) > 0xf0 && (colour & 0xff) < 0xf0;
}

#define assert_pixel(picture, x, y, colour) \
  g_assert_cmphex (pixel (&(picture), (x), (y)), ==, (colour))
#define assert_red(picture, x, y) g_assert_true (is_reddish (pixel (&(picture), (x), (y))))
#define assert_free(picture, x, y) g_assert_false (is_reddish (pixel (&(picture), (x), (y))))

static void
test_grid (void)
{
  g_autoptr (UtPlotScene) scene = make_scene (0, 1);

  scene->frame.y_ticks = (UtTicks) { .step = 10, .n = 1, .values = { 10 } };
  Picture picture = draw (scene, FALSE, 0);
  g_test_message ("a line is one sharp row of pixels");
  assert_pixel (picture, 30, 25, 0x00ff00);
  assert_pixel (picture, 30, 24, 0xffffff);
  assert_pixel (picture, 30, 26, 0xffffff);
  assert_pixel (picture, 9, 25, 0xffffff);
  passed (&picture);
}

static void
test_grid_dense (void)
{
  g_autoptr (UtPlotScene) scene = make_scene (0, 2);

  scene->frame.y_ticks = (UtTicks) { .step = 10, .n = 1, .values = { 10 } };
  Picture picture = draw (scene, FALSE, 0);
  g_test_message ("at scale 2 it is still one row of the display");
  assert_pixel (picture, 60, 50, 0x00ff00);
  assert_pixel (picture, 60, 49, 0xffffff);
  assert_pixel (picture, 60, 51, 0xffffff);
  passed (&picture);
}

static void
test_reference (void)
{
  g_autoptr (UtPlotScene) scene = make_scene (0, 1);

  scene->reference = 20;
  Picture picture = draw (scene, FALSE, 0);
  g_assert_cmphex (pixel (&picture, 11, 15), !=, 0xffffff);
  g_assert_cmphex (pixel (&picture, 11, 16), ==, 0xffffff);
  g_test_message ("it is dashed");
  g_assert_cmphex (pixel (&picture, 18, 15), ==, 0xffffff);
  passed (&picture);
}

static void
test_empty (void)
{
  g_autoptr (UtPlotScene) scene = make_scene (0, 1);

  scene->empty = TRUE;
  Picture picture = draw (scene, TRUE, 20);
  for (int y = 0; y < 34; y++)
    assert_pixel (picture, 30, y, 0xffffff);
  passed (&picture);
}

static void
test_envelope (void)
{
  enum { N = 400 };
  double x[N], y[N];
  g_autoptr (UtPlotScene) scene = make_scene (1, 1);

  for (int i = 0; i < N; i++)
    {
      x[i] = i / 10.0;
      y[i] = i % 2 == 0 ? 5 : 25;
    }
  set_curve (scene, 0, UT_PLOT_SERIES_DENSE, x, y, N);
  scene->frame.smoothing = 0.99;
  Picture picture = draw (scene, FALSE, 0);
  g_test_message ("from 5 to 25 each column is covered; the smoothed line runs in its middle");
  assert_red (picture, 30, 11);
  assert_red (picture, 30, 29);
  assert_free (picture, 30, 8);
  assert_free (picture, 30, 32);
  assert_pixel (picture, 40, 20, 0xff0000);
  passed (&picture);
}

static void
test_envelope_holds (void)
{
  enum { N = 120 };
  double x[N], y[N];
  g_autoptr (UtPlotScene) scene = make_scene (1, 1);

  g_test_summary ("The band has no holes where columns with few values lie far apart");
  for (int i = 0; i < N; i++)
    {
      x[i] = i / 3.0;
      y[i] = i / 3 % 2 == 0 ? 2 : 28;
    }
  set_curve (scene, 0, UT_PLOT_SERIES_DENSE, x, y, N);
  scene->frame.smoothing = 0.999;
  Picture picture = draw (scene, FALSE, 0);
  for (int at = 12; at < 48; at++)
    {
      guint red_rows = 0;
      for (int row = 5; row < 35; row++)
        red_rows += is_reddish (pixel (&picture, at, row)) ? 1 : 0;
      g_assert_cmpuint (red_rows, >=, 12);
    }
  passed (&picture);
}

static void
test_few_values (void)
{
  enum { N = 60 };
  double x[N], y[N];
  g_autoptr (UtPlotScene) scene = make_scene (1, 1);

  g_test_summary ("Up to two values a pixel are a line through all of them");
  for (int i = 0; i < N; i++)
    {
      x[i] = i * 40.0 / N;
      y[i] = i % 2 == 0 ? 5 : 25;
    }
  set_curve (scene, 0, UT_PLOT_SERIES_DENSE, x, y, N);
  scene->frame.smoothing = 0.999;
  Picture picture = draw (scene, FALSE, 0);
  guint n = 0;
  for (int at = 12; at < 48; at++)
    n += is_reddish (pixel (&picture, at, 24)) ? 1 : 0;
  g_assert_cmpuint (n, >, 24);
  assert_free (picture, 30, 7);
  passed (&picture);
}

static void
test_one_point (void)
{
  const double x[] = { 20 }, y[] = { 15 };
  g_autoptr (UtPlotScene) scene = make_scene (2, 1);

  set_curve (scene, 0, UT_PLOT_SERIES_DENSE, x, y, 1);
  set_curve (scene, 1, UT_PLOT_SERIES_MARKS, x, y, 1);
  Picture picture = draw (scene, FALSE, 0);
  assert_pixel (picture, 30, 20, 0xff0000);
  assert_free (picture, 36, 20);
  passed (&picture);
}

static void
test_missing (void)
{
  const double x[] = { 0, 10, 20, 30, 40 };
  const double y[] = { 15, 15, NAN, 15, 15 };
  g_autoptr (UtPlotScene) scene = make_scene (1, 1);

  set_curve (scene, 0, UT_PLOT_SERIES_MARKS, x, y, 5);
  Picture picture = draw (scene, FALSE, 0);
  g_test_message ("line on both sides, a gap at 20 and a cross on the axis below it");
  assert_red (picture, 15, 20);
  assert_red (picture, 45, 20);
  assert_free (picture, 25, 20);
  assert_free (picture, 30, 20);
  assert_free (picture, 35, 20);
  assert_red (picture, 30, 30);
  passed (&picture);
}

static void
test_infinite (void)
{
  const double x[] = { 5, 20, 35 };
  const double y[] = { INFINITY, 15, -INFINITY };
  g_autoptr (UtPlotScene) scene = make_scene (1, 1);

  set_curve (scene, 0, UT_PLOT_SERIES_MARKS, x, y, 3);
  Picture picture = draw (scene, FALSE, 0);
  assert_red (picture, 15, 10);
  assert_red (picture, 45, 30);
  assert_free (picture, 15, 30);
  assert_free (picture, 45, 10);
  passed (&picture);
}

static void
test_best (void)
{
  const double x[] = { 10, 20, 30 };
  const double y[] = { 15, 15, 15 };
  g_autoptr (UtPlotScene) scene = make_scene (1, 1);

  set_curve (scene, 0, UT_PLOT_SERIES_MARKS, x, y, 3);
  scene->curves[0].best = 1;
  Picture picture = draw (scene, FALSE, 0);
  assert_red (picture, 30, 14);
  assert_free (picture, 20, 14);
  passed (&picture);
}

static void
test_best_outside (void)
{
  const double x[] = { 10 }, y[] = { 15 };
  g_autoptr (UtPlotScene) scene = make_scene (1, 1);

  g_test_summary ("An index beyond the points marks nothing");
  set_curve (scene, 0, UT_PLOT_SERIES_MARKS, x, y, 1);
  scene->curves[0].best = 7;
  Picture picture = draw (scene, FALSE, 0);
  assert_free (picture, 20, 14);
  passed (&picture);
}

static void
test_clipped (void)
{
  const double x[] = { -40, 20, 80 };
  const double y[] = { 15, 15, 15 };
  g_autoptr (UtPlotScene) scene = make_scene (1, 1);

  g_test_summary ("Lines lead out of the view and stop at its edges");
  set_curve (scene, 0, UT_PLOT_SERIES_MARKS, x, y, 3);
  Picture picture = draw (scene, FALSE, 0);
  assert_red (picture, 11, 20);
  assert_red (picture, 48, 20);
  assert_free (picture, 8, 20);
  assert_free (picture, 52, 20);
  passed (&picture);
}

static void
test_hover (void)
{
  const double x[] = { 10, 20, 30 };
  const double y[] = { 15, 25, 15 };
  g_autoptr (UtPlotScene) scene = make_scene (1, 1);

  set_curve (scene, 0, UT_PLOT_SERIES_MARKS, x, y, 3);
  Picture picture = draw (scene, TRUE, 20);
  g_test_message ("an upright line through the point, and a dot on it");
  g_assert_cmphex (pixel (&picture, 30, 25), !=, 0xffffff);
  g_assert_cmphex (pixel (&picture, 28, 30), ==, 0xffffff);
  assert_pixel (picture, 30, 10, 0xff0000);
  passed (&picture);
}

static void
test_live (void)
{
  const double x[] = { 20 }, y[] = { 15 };
  g_autoptr (UtPlotScene) scene = make_scene (1, 1);

  g_test_summary ("What is live is not in the picture of what is finished");
  set_curve (scene, 0, UT_PLOT_SERIES_MARKS, x, y, 1);
  scene->curves[0].live = TRUE;
  Picture picture = draw (scene, FALSE, 0);
  assert_free (picture, 30, 20);
  passed (&picture);
}

static void
test_hostile (void)
{
  const double x[] = { -INFINITY, -DBL_MAX, NAN, 0, 0, 1e-320, DBL_MAX, INFINITY };
  const double y[] = { DBL_MAX, -DBL_MAX, 1, NAN, DBL_MAX, -DBL_MAX, 0, 3 };

  g_test_summary ("Extreme numbers draw something and break nothing");
  for (int kind = UT_PLOT_SERIES_DENSE; kind <= UT_PLOT_SERIES_MARKS; kind++)
    {
      g_autoptr (UtPlotScene) scene = make_scene (1, 1);
      set_curve (scene, 0, (UtPlotSeriesKind) kind, x, y, G_N_ELEMENTS (x));
      ut_scale_init (&scene->frame.y, -DBL_MAX, DBL_MAX, 35, 5, FALSE);
      Picture picture = draw (scene, TRUE, 0);
      g_assert_cmpint (cairo_surface_status (picture.surface), ==, CAIRO_STATUS_SUCCESS);
      passed (&picture);
    }
}

static void
test_swatch (void)
{
  g_test_summary ("A swatch of a dashed line has a gap, and one of a solid line has none");
  for (guint style = 0; style < 40; style++)
    {
      const UtColour colour = black;
      const int width = 26;
      int gaps = 0;
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, 8);
      cairo_t *cr = cairo_create (surface);
      ut_plot_style_draw_swatch (cr, style, &colour, width, 8);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      const guint8 *row
          = cairo_image_surface_get_data (surface) + 4 * cairo_image_surface_get_stride (surface);
      /* Within it: there is ink before and behind. */
      for (int x = 4; x < width - 4; x++)
        gaps += row[4 * x + 3] < 100 ? 1 : 0;
      if (ut_plot_style_get (style).n_dashes == 0)
        g_assert_cmpint (gaps, ==, 0);
      else
        g_assert_cmpint (gaps, >, 0);
      cairo_surface_destroy (surface);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/grid", test_grid);
  g_test_add_func ("/draw/grid-dense", test_grid_dense);
  g_test_add_func ("/draw/reference", test_reference);
  g_test_add_func ("/draw/empty", test_empty);
  g_test_add_func ("/draw/envelope", test_envelope);
  g_test_add_func ("/draw/envelope-holds", test_envelope_holds);
  g_test_add_func ("/draw/few-values", test_few_values);
  g_test_add_func ("/draw/one-point", test_one_point);
  g_test_add_func ("/draw/missing", test_missing);
  g_test_add_func ("/draw/infinite", test_infinite);
  g_test_add_func ("/draw/best", test_best);
  g_test_add_func ("/draw/best-outside", test_best_outside);
  g_test_add_func ("/draw/clipped", test_clipped);
  g_test_add_func ("/draw/hover", test_hover);
  g_test_add_func ("/draw/live", test_live);
  g_test_add_func ("/draw/hostile", test_hostile);
  g_test_add_func ("/draw/swatch", test_swatch);
  return g_test_run ();
}
