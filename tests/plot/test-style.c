/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "plot-test.h"

#include <math.h>
#include <ut-plot-all.h>
#include <ut-plot-private.h>

/* Relative luminance and contrast: Web Content Accessibility Guidelines 2.1, section 1.4.3. */
static double
luminance (const GdkRGBA *colour)
{
  const double channels[] = { colour->red, colour->green, colour->blue };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    sum += weights[i]
           * (channels[i] <= 0.04045 ? channels[i] / 12.92
                                     : pow ((channels[i] + 0.055) / 1.055, 2.4));
  return sum;
}

static double
contrast (const GdkRGBA *a,
          const GdkRGBA *b)
{
  double x = luminance (a), y = luminance (b);
  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

static void
test_contrast (void)
{
  const struct
  {
    gboolean    dark;
    gboolean    high_contrast;
    const char *grounds[2];
    double      least;
  } cases[] = {
    { FALSE, FALSE, { "#ffffff", "#fafafa" }, 3 },
    { TRUE, FALSE, { "#1e1e1e", "#303030" }, 3 },
    { FALSE, TRUE, { "#ffffff", "#fafafa" }, 6 },
    { TRUE, TRUE, { "#000000", "#242424" }, 6 },
  };

  g_test_summary ("Each line can be seen on each ground of its theme");
  UtPlot *plot = g_object_ref_sink (UT_PLOT (ut_plot_new ()));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ut_plot_style_set_scheme (cases[i].dark, cases[i].high_contrast);
      _ut_plot_inks_invalidate (&plot->inks);
      const UtPlotPalette *palette = _ut_plot_inks_get (&plot->inks, GTK_WIDGET (plot));
      g_assert_cmpfloat_with_epsilon (
          palette->grid.alpha, palette->text.alpha * (cases[i].high_contrast ? 0.5 : 0.15), 1e-3);
      for (gsize j = 0; j < UT_PLOT_N_COLOURS; j++)
        for (gsize k = 0; k < G_N_ELEMENTS (cases[i].grounds); k++)
          {
            GdkRGBA ground;
            g_assert_true (gdk_rgba_parse (&ground, cases[i].grounds[k]));
            g_test_message ("scheme %d, style-%d on %s: %.2f", (int) i, (int) j + 1,
                            cases[i].grounds[k], contrast (&palette->series[j], &ground));
            g_assert_cmpfloat (contrast (&palette->series[j], &ground), >=, cases[i].least);
          }
    }
  ut_plot_style_set_scheme (FALSE, FALSE);
  g_assert_finalize_object (plot);
}

static void
test_cycle (void)
{
  g_test_summary ("Forty styles differ from each other in colour or dash, neighbours in both");
  for (guint i = 0; i < 40; i++)
    for (guint j = 0; j < i; j++)
      {
        UtPlotStyle a = ut_plot_style_get (i), b = ut_plot_style_get (j);
        gboolean same_colour = g_str_equal (a.css_class, b.css_class);
        gboolean same_dash = a.dashes == b.dashes;
        g_assert_false (same_colour && same_dash);
        g_assert_false (i - j == 1 && (same_colour || same_dash));
      }
  g_assert_nonnull (ut_plot_style_get (G_MAXUINT).css_class);
}

static void
test_redraw (void)
{
  const double x[] = { 0, 1 };
  UtPlot *plot = UT_PLOT (ut_plot_new ());
  g_autoptr (UtPlotSeries) series = ut_plot_series_new (UT_PLOT_SERIES_MARKS, "run", "", 0);

  g_test_summary ("A plot takes the colours of a new scheme");
  ut_plot_series_append (series, x, x, 2);
  ut_plot_add_series (plot, series);
  GtkWidget *window = present (GTK_WIDGET (plot), 300, 200);
  ITER_UNTIL (plot->picture != NULL);
  GdkRGBA before = _ut_plot_get_scene (plot)->palette.series[0];
  ut_plot_style_set_scheme (TRUE, TRUE);
  ITER_UNTIL (!gdk_rgba_equal (&before, &_ut_plot_get_scene (plot)->palette.series[0]));
  g_assert_false (gdk_rgba_equal (&before, &plot->picture_scene->palette.series[0]));
  ut_plot_style_set_scheme (FALSE, FALSE);
  destroy (window);
}

static void
test_swatch (void)
{
  guint notified = 0;
  GtkWidget *swatch = ut_plot_swatch_new (9);

  g_object_ref_sink (swatch);
  g_assert_true (gtk_widget_has_css_class (swatch, "style-2"));
  g_assert_false (gtk_widget_has_css_class (swatch, "style-1"));
  g_signal_connect (swatch, "notify::style", G_CALLBACK (count_notify), &notified);
  ut_plot_swatch_set_style (UT_PLOT_SWATCH (swatch), 2);
  ut_plot_swatch_set_style (UT_PLOT_SWATCH (swatch), 2);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_true (gtk_widget_has_css_class (swatch, "style-3"));
  gtk_test_accessible_assert_role (swatch, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  g_assert_finalize_object (swatch);

  swatch = ut_plot_swatch_new (0);
  GtkWidget *window = present (swatch, 40, 20);
  cairo_surface_t *surface = render (swatch);
  g_assert_cmpuint (count_ink (surface), >, 20);
  cairo_surface_destroy (surface);
  destroy (window);
}

int
main (int    argc,
      char **argv)
{
  init_or_skip (&argc, &argv);
  g_test_add_func ("/style/contrast", test_contrast);
  g_test_add_func ("/style/cycle", test_cycle);
  g_test_add_func ("/style/redraw", test_redraw);
  g_test_add_func ("/style/swatch", test_swatch);
  return g_test_run ();
}
