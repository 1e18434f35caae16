/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "plot-test.h"

#include <glib/gstdio.h>
#include <math.h>
#include <ut-plot-all.h>
#include <ut-scatter-private.h>

/* One point of each band, far from each other, and a row that has none. */
static const float x[] = { 0.1f, 0.4f, 0.1f, 0.4f, NAN };
static const float y[] = { 0.2f, 0.2f, 0.8f, 0.8f, 0.5f };
static const float shares[] = { 0, 0.25f, 0.75f, 1, 1 };

static UtScatter *
make_scatter (void)
{
  UtScatter *scatter = UT_SCATTER (ut_scatter_new ());

  g_object_set (scatter, "x-title", "variability", "y-title", "confidence", NULL);
  ut_scatter_set_points (scatter, x, y, shares, G_N_ELEMENTS (x));
  return scatter;
}

/* (transfer none): a window in which the present picture is shown. */
static GtkWidget *
show (UtScatter *scatter)
{
  GtkWidget *window = present (GTK_WIDGET (scatter), 300, 240);

  ITER_UNTIL (scatter->picture != NULL && scatter->picture_serial == scatter->serial);
  return window;
}

static void
assert_selection (UtScatter     *scatter,
                  const guint32 *rows,
                  gsize          n)
{
  gsize n_selected;
  const guint32 *selected = ut_scatter_get_selection (scatter, &n_selected);

  g_assert_cmpmem (selected, n_selected * sizeof *selected, rows, n * sizeof *rows);
}

#define ASSERT_SELECTION(scatter, ...)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const guint32 expected[] = { __VA_ARGS__ };                                                    \
    assert_selection (scatter, expected, G_N_ELEMENTS (expected));                                 \
  }                                                                                                \
  G_STMT_END

static void
count_signal (UtScatter *scatter,
              guint     *count)
{
  (*count)++;
}

static void
test_selection (void)
{
  UtScatter *scatter = g_object_ref_sink (make_scatter ());
  guint n_changed = 0, n_notified = 0;

  g_signal_connect (scatter, "selection-changed", G_CALLBACK (count_signal), &n_changed);
  g_signal_connect (scatter, "notify::n-selected", G_CALLBACK (count_notify), &n_notified);
  g_assert_cmpuint (ut_scatter_get_n_points (scatter), ==, 4);
  ut_scatter_set_selection (scatter, (const guint32[]) { 3, 1, 4, 99, 1 }, 5);
  ASSERT_SELECTION (scatter, 1, 3);
  ut_scatter_set_selection (scatter, (const guint32[]) { 1, 3 }, 2);
  g_assert_cmpuint (n_changed, ==, 1);
  ut_scatter_set_selection (scatter, (const guint32[]) { 0, 3 }, 2);
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_cmpuint (n_notified, ==, 1);
  g_test_message ("new points are not selected");
  ut_scatter_set_points (scatter, x, y, shares, 2);
  assert_selection (scatter, NULL, 0);
  g_assert_cmpuint (n_changed, ==, 3);
  g_assert_finalize_object (scatter);
}

static void
activated_cb (UtScatter *scatter,
              guint      row,
              guint     *activated)
{
  *activated = row;
}

static void
test_keys (void)
{
  UtScatter *scatter = make_scatter ();
  GtkWidget *widget = GTK_WIDGET (scatter);
  GtkWidget *window = show (scatter);
  guint activated = G_MAXUINT;

  g_signal_connect (scatter, "row-activated", G_CALLBACK (activated_cb), &activated);
  g_assert_false (press (widget, GDK_KEY_Return, 0));
  g_assert_false (press (widget, GDK_KEY_Escape, 0));
  g_assert_false (press (widget, GDK_KEY_space, 0));
  ut_scatter_set_hovered (scatter, 0);
  g_assert_true (press (widget, GDK_KEY_Right, 0));
  g_assert_cmpint (ut_scatter_get_hovered (scatter), ==, 1);
  press (widget, GDK_KEY_Right, 0);
  g_assert_cmpint (ut_scatter_get_hovered (scatter), ==, 1);
  press (widget, GDK_KEY_Up, 0);
  g_assert_cmpint (ut_scatter_get_hovered (scatter), ==, 3);
  press (widget, GDK_KEY_Left, 0);
  g_assert_cmpint (ut_scatter_get_hovered (scatter), ==, 2);
  g_assert_true (press (widget, GDK_KEY_Return, 0));
  g_assert_cmpuint (activated, ==, 2);
  press (widget, GDK_KEY_space, 0);
  press (widget, GDK_KEY_Down, 0);
  press (widget, GDK_KEY_space, 0);
  ASSERT_SELECTION (scatter, 0, 2);
  press (widget, GDK_KEY_space, 0);
  ASSERT_SELECTION (scatter, 2);

  press (widget, GDK_KEY_Escape, 0);
  assert_selection (scatter, NULL, 0);
  g_assert_cmpint (ut_scatter_get_hovered (scatter), ==, 0);
  press (widget, GDK_KEY_Escape, 0);
  g_assert_cmpint (ut_scatter_get_hovered (scatter), ==, -1);

  g_test_message ("of four points a hundredth is one; the lower ones first");
  press (widget, GDK_KEY_bracketright, 0);
  ASSERT_SELECTION (scatter, 0);
  press (widget, GDK_KEY_plus, 0);
  press (widget, GDK_KEY_bracketright, 0);
  ASSERT_SELECTION (scatter, 0, 1, 2);
  press (widget, GDK_KEY_bracketleft, 0);
  ASSERT_SELECTION (scatter, 0, 1);
  press (widget, GDK_KEY_a, GDK_CONTROL_MASK);
  ASSERT_SELECTION (scatter, 0, 1, 2, 3);

  g_test_message ("without a crosshair the first step goes to the middle");
  press (widget, GDK_KEY_Left, 0);
  g_assert_cmpint (ut_scatter_get_hovered (scatter), >=, 0);
  destroy (window);
}

/* A lasso around the point of @row, let go with @change. */
static void
throw_lasso (UtScatter       *scatter,
             gsize            row,
             UtScatterChange  change)
{
  const UtPlotFrame *frame = &scatter->scene->plot->frame;
  double at_x = ut_scale_map (&frame->x, (double) x[row]);
  double at_y = ut_scale_map (&frame->y, (double) y[row]);
  const UtLassoVertex vertices[] = {
    { at_x - 9, at_y - 8 }, { at_x + 9, at_y - 9 }, { at_x + 7, at_y + 9 }, { at_x - 9, at_y + 6 },
  };

  g_array_append_vals (scatter->lasso, vertices, G_N_ELEMENTS (vertices));
  _ut_scatter_end_lasso (scatter, change);
}

static void
test_lasso (void)
{
  UtScatter *scatter = make_scatter ();
  GtkWidget *window = show (scatter);

  throw_lasso (scatter, 1, UT_SCATTER_REPLACE);
  ASSERT_SELECTION (scatter, 1);
  throw_lasso (scatter, 2, UT_SCATTER_REPLACE);
  ASSERT_SELECTION (scatter, 2);
  throw_lasso (scatter, 3, UT_SCATTER_ADD);
  ASSERT_SELECTION (scatter, 2, 3);
  throw_lasso (scatter, 2, UT_SCATTER_REMOVE);
  ASSERT_SELECTION (scatter, 3);
  throw_lasso (scatter, 0, UT_SCATTER_REMOVE);
  ASSERT_SELECTION (scatter, 3);

  g_test_message ("Escape gives a lasso up and leaves the selection");
  const UtLassoVertex start = { 1, 1 };
  g_array_append_val (scatter->lasso, start);
  press (GTK_WIDGET (scatter), GDK_KEY_Escape, 0);
  g_assert_cmpuint (scatter->lasso->len, ==, 0);
  ASSERT_SELECTION (scatter, 3);

  g_test_message ("a click chooses a point, beside all points none");
  const UtPlotFrame *frame = &_ut_scatter_get_scene (scatter)->plot->frame;
  const UtLassoVertex on = { ut_scale_map (&frame->x, (double) x[0]) + 3,
                             ut_scale_map (&frame->y, (double) y[0]) - 3 };
  g_array_append_val (scatter->lasso, on);
  _ut_scatter_end_lasso (scatter, UT_SCATTER_ADD);
  ASSERT_SELECTION (scatter, 0, 3);
  g_array_append_val (scatter->lasso, start);
  _ut_scatter_end_lasso (scatter, UT_SCATTER_ADD);
  ASSERT_SELECTION (scatter, 0, 3);
  g_array_append_val (scatter->lasso, start);
  _ut_scatter_end_lasso (scatter, UT_SCATTER_REPLACE);
  assert_selection (scatter, NULL, 0);
  destroy (window);
}

/* (transfer none): the controller of @type. */
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
  UtScatter *scatter = make_scatter ();
  GtkWidget *window = show (scatter);
  gpointer motion = find_controller (GTK_WIDGET (scatter), GTK_TYPE_EVENT_CONTROLLER_MOTION);
  gpointer drag = find_controller (GTK_WIDGET (scatter), GTK_TYPE_GESTURE_DRAG);
  gpointer click = find_controller (GTK_WIDGET (scatter), GTK_TYPE_GESTURE_CLICK);
  const UtPlotFrame *frame = &scatter->scene->plot->frame;
  double at_x = ut_scale_map (&frame->x, (double) x[1]);
  double at_y = ut_scale_map (&frame->y, (double) y[1]);
  guint activated = G_MAXUINT;

  g_signal_connect (scatter, "row-activated", G_CALLBACK (activated_cb), &activated);
  g_signal_emit_by_name (motion, "motion", at_x + 5, at_y + 5);
  g_assert_cmpint (ut_scatter_get_hovered (scatter), ==, 1);
  g_signal_emit_by_name (click, "pressed", 1, at_x, at_y);
  g_assert_cmpuint (activated, ==, G_MAXUINT);
  g_signal_emit_by_name (click, "pressed", 2, at_x, at_y);
  g_assert_cmpuint (activated, ==, 1);
  g_signal_emit_by_name (motion, "motion", at_x + 25, at_y - 25);
  g_assert_cmpint (ut_scatter_get_hovered (scatter), ==, -1);

  g_test_message ("a drag of less than a few pixels is a click");
  g_signal_emit_by_name (drag, "drag-begin", at_x + 2, at_y + 2);
  g_signal_emit_by_name (drag, "drag-update", 2.0, 1.0);
  g_signal_emit_by_name (drag, "drag-end", 2.0, 1.0);
  ASSERT_SELECTION (scatter, 1);

  ut_scatter_set_selection (scatter, (const guint32[]) { 0 }, 1);
  g_signal_emit_by_name (drag, "drag-begin", at_x - 10, at_y - 10);
  g_signal_emit_by_name (drag, "drag-update", 1.0, 0.0);
  g_assert_cmpuint (scatter->lasso->len, ==, 1);
  g_signal_emit_by_name (drag, "drag-update", 20.0, 0.0);
  g_signal_emit_by_name (drag, "drag-update", 20.5, 0.5);
  g_assert_cmpuint (scatter->lasso->len, ==, 2);
  g_test_message ("while a lasso is drawn the pointer shows no point");
  g_signal_emit_by_name (motion, "motion", at_x, at_y);
  g_assert_cmpint (ut_scatter_get_hovered (scatter), ==, -1);
  g_signal_emit_by_name (drag, "drag-update", 20.0, 20.0);
  g_signal_emit_by_name (drag, "drag-update", 0.0, 20.0);
  cairo_surface_t *surface = render (GTK_WIDGET (scatter));
  cairo_surface_destroy (surface);
  g_signal_emit_by_name (drag, "drag-end", 0.0, 20.0);
  ASSERT_SELECTION (scatter, 1);

  g_test_message ("what Escape took away does not go on");
  g_signal_emit_by_name (drag, "drag-begin", at_x - 10, at_y - 10);
  g_signal_emit_by_name (drag, "drag-update", 20.0, 0.0);
  press (GTK_WIDGET (scatter), GDK_KEY_Escape, 0);
  g_signal_emit_by_name (drag, "drag-update", 20.0, 20.0);
  g_signal_emit_by_name (drag, "drag-end", 20.0, 20.0);
  ASSERT_SELECTION (scatter, 1);
  destroy (window);
}

static void
test_accessible (void)
{
  UtScatter *scatter = g_object_ref_sink (make_scatter ());

  gtk_test_accessible_assert_role (scatter, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (scatter, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "confidence against variability");
  ut_scatter_set_selection (scatter, (const guint32[]) { 2 }, 1);
  gtk_test_accessible_assert_property (
      scatter, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "4 points, 1 selected. never right: 1, mostly wrong: 1, mostly right: 1, always right: 1");
  ut_scatter_set_hovered (scatter, 1);
  gtk_test_accessible_assert_property (
      scatter, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "0.20 at 0.40, mostly wrong. 4 points, 1 selected. never right: 1, mostly wrong: 1, "
      "mostly right: 1, always right: 1");
  ut_scatter_set_hovered (scatter, 4);
  g_assert_cmpint (ut_scatter_get_hovered (scatter), ==, -1);
  g_assert_finalize_object (scatter);
}

/* ---- Pictures ---- */

/* The picture lies in the build directory until the test has passed. */
static char *
keep_picture (UtScatter *scatter)
{
  g_autofree char *name = g_strdelimit (g_strdup (g_test_get_path () + 1), "/", '-');
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  char *path = g_test_build_filename (G_TEST_BUILT, "plot", file, NULL);

  cairo_surface_write_to_png (scatter->picture, path);
  return path;
}

static void
passed (char *path)
{
  g_remove (path);
  g_free (path);
}

/* How many pixels within @reach of a point of the data have @colour, as opaque as @least_alpha or
 * more; the grid, which has the colour of text, is half as opaque at most. */
static guint
count_colour (UtScatter     *scatter,
              double         at_x,
              double         at_y,
              int            reach,
              const UtColour *colour,
              double         least_alpha)
{
  const UtPlotFrame *frame = &scatter->scene->plot->frame;
  const guint8 *data = cairo_image_surface_get_data (scatter->picture);
  int stride = cairo_image_surface_get_stride (scatter->picture);
  int centre_x = (int) floor (ut_scale_map (&frame->x, at_x) * frame->scale);
  int centre_y = (int) floor (ut_scale_map (&frame->y, at_y) * frame->scale);
  guint n = 0;

  for (int row = centre_y - reach; row <= centre_y + reach; row++)
    for (int column = centre_x - reach; column <= centre_x + reach; column++)
      {
        const guint8 *pixel = data + row * stride + 4 * column;
        double alpha = pixel[3] / 255.0;
        double distance = fabs (pixel[2] / 255.0 - (double) colour->red * alpha)
                          + fabs (pixel[1] / 255.0 - (double) colour->green * alpha)
                          + fabs (pixel[0] / 255.0 - (double) colour->blue * alpha);
        n += alpha > least_alpha && distance < 0.15 * alpha ? 1 : 0;
      }
  return n;
}

static void
test_colours (void)
{
  static const guint styles[] = { 1, 4, 2, 0 };

  g_test_summary ("In all schemes a point has its band's colour; selected ones another and an "
                  "outline");
  for (int scheme = 0; scheme < 4; scheme++)
    {
      ut_plot_sheet_set_scheme (scheme & 1, scheme & 2);

      UtScatter *scatter = make_scatter ();
      GtkWidget *window = show (scatter);
      const UtColour *series = scatter->scene->plot->palette.series;
      char *path = keep_picture (scatter);
      for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
        {
          g_assert_cmpuint (count_colour (scatter, (double) x[i], (double) y[i], 4,
                                          &series[styles[i]], 0.5), >=, 5);
          g_assert_cmpuint (count_colour (scatter, (double) x[i], (double) y[i], 4, &series[3],
                                          0.5), ==, 0);
        }
      passed (path);

      ut_scatter_set_selection (scatter, (const guint32[]) { 0, 3 }, 2);
      ITER_UNTIL (scatter->picture_serial == scatter->serial);
      series = scatter->scene->plot->palette.series;
      path = keep_picture (scatter);
      for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
        {
          gboolean selected = i == 0 || i == 3;
          guint n = count_colour (scatter, (double) x[i], (double) y[i], 7, &series[3],
                                  0.8);
          guint n_outline = count_colour (scatter, (double) x[i], (double) y[i], 7,
                                          &scatter->scene->plot->palette.text, 0.8);
          g_assert_cmpint (n >= 5, ==, selected);
          g_assert_cmpint (n_outline >= 5, ==, selected);
        }
      passed (path);
      destroy (window);
    }
  ut_plot_sheet_set_scheme (FALSE, FALSE);
}

static void
test_defined (void)
{
  static const float same[] = { 0.5f, 0.5f, 0.5f }, none[] = { NAN, INFINITY, -INFINITY };
  static const float huge[] = { -3e38f, 0, 3e38f };
  const struct { const char *what; const float *x, *y; gsize n, n_points; } cases[] = {
    { "nothing", NULL, NULL, 0, 0 },  { "one point", same, same, 1, 1 },
    { "all equal", same, same, 3, 3 }, { "no numbers", none, none, 3, 0 },
    { "huge", huge, huge, 3, 3 },      { "level", huge, same, 3, 3 },
  };

  g_test_summary ("Empty, single, equal, missing and huge data have pictures, and keys do no harm");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      UtScatter *scatter = UT_SCATTER (ut_scatter_new ());
      g_test_message ("%s", cases[i].what);
      GtkWidget *window = show (scatter);
      ut_scatter_set_points (scatter, cases[i].x, cases[i].y, same, cases[i].n);
      g_assert_cmpuint (ut_scatter_get_n_points (scatter), ==, cases[i].n_points);
      ITER_UNTIL (scatter->picture_serial == scatter->serial);
      g_assert_cmpint (scatter->scene->plot->empty, ==, cases[i].n_points == 0);
      for (gsize k = 0; k < cases[i].n_points; k++)
        g_assert_cmpuint (count_colour (scatter, (double) cases[i].x[k], (double) cases[i].y[k], 4,
                                        &scatter->scene->plot->palette.series[2], 0.5), >=, 5);
      press (GTK_WIDGET (scatter), GDK_KEY_Right, 0);
      press (GTK_WIDGET (scatter), GDK_KEY_Right, 0);
      press (GTK_WIDGET (scatter), GDK_KEY_bracketright, 0);
      press (GTK_WIDGET (scatter), GDK_KEY_a, GDK_CONTROL_MASK);
      ITER_UNTIL (scatter->picture_serial == scatter->serial);
      cairo_surface_t *surface = render (GTK_WIDGET (scatter));
      cairo_surface_destroy (surface);
      destroy (window);
    }
}

static void
test_many (void)
{
  enum { N = 67349 };
  g_autofree float *many = g_new (float, N);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  UtScatter *scatter = make_scatter ();
  GtkWidget *window = show (scatter);

  g_test_summary ("Points set while a picture is drawn, and a plot closed meanwhile, do no harm");
  for (gsize i = 0; i < N; i++)
    many[i] = (float) g_rand_double (rand);
  ut_scatter_set_points (scatter, many, many, many, N);
  ITER_UNTIL (scatter->drawing);
  g_assert_null (_ut_scatter_get_scene (scatter));
  ut_scatter_set_points (scatter, x, y, shares, G_N_ELEMENTS (x));
  ITER_UNTIL (scatter->picture_serial == scatter->serial && !scatter->drawing);
  g_assert_true (_ut_scatter_get_scene (scatter)->points == scatter->points);
  ut_scatter_set_points (scatter, many, many, many, N);
  ITER_UNTIL (scatter->drawing);
  destroy (window);
}

int
main (int    argc,
      char **argv)
{
  init_or_skip (&argc, &argv);
  g_test_add_func ("/scatter/selection", test_selection);
  g_test_add_func ("/scatter/keys", test_keys);
  g_test_add_func ("/scatter/lasso", test_lasso);
  g_test_add_func ("/scatter/pointer", test_pointer);
  g_test_add_func ("/scatter/accessible", test_accessible);
  g_test_add_func ("/scatter/colours", test_colours);
  g_test_add_func ("/scatter/defined", test_defined);
  g_test_add_func ("/scatter/many", test_many);
  return g_test_run ();
}
