/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "plot-test.h"

#include <math.h>
#include <ut-plot-all.h>
#include <ut-plot-private.h>

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/* Relative luminance and contrast: Web Content Accessibility Guidelines 2.1, section 1.4.3. */
static double
luminance (const UtColour *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green)
         + 0.0722 * linear (colour->blue);
}

static double
contrast (const UtColour *a,
          const UtColour *b)
{
  double x = luminance (a), y = luminance (b);
  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

static UtColour
parse (const char *text)
{
  return ut_colour_from_rgb ((guint32) g_ascii_strtoull (text + 1, NULL, 16));
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
      ut_plot_sheet_set_scheme (cases[i].dark, cases[i].high_contrast);
      _ut_plot_inks_invalidate (&plot->inks);
      const UtPlotPalette *palette = _ut_plot_inks_get (&plot->inks, GTK_WIDGET (plot));
      g_assert_cmpfloat_with_epsilon (
          palette->grid.alpha, palette->text.alpha * (cases[i].high_contrast ? 0.5 : 0.15), 1e-3);
      for (gsize j = 0; j < UT_PLOT_N_COLOURS; j++)
        for (gsize k = 0; k < G_N_ELEMENTS (cases[i].grounds); k++)
          {
            const UtColour ground = parse (cases[i].grounds[k]);
            g_test_message ("scheme %d, style-%d on %s: %.2f", (int) i, (int) j + 1,
                            cases[i].grounds[k], contrast (&palette->series[j], &ground));
            g_assert_cmpfloat (contrast (&palette->series[j], &ground), >=, cases[i].least);
          }
    }
  ut_plot_sheet_set_scheme (FALSE, FALSE);
  g_assert_finalize_object (plot);
}

static void
test_paper (void)
{
  UtPlotPalette paper, grey;

  g_test_summary ("A figure on paper has the lines of the light style sheet");
  UtPlot *plot = g_object_ref_sink (UT_PLOT (ut_plot_new ()));
  ut_plot_palette_init_paper (&paper);
  ut_plot_palette_init_grey (&grey);
  const UtPlotPalette *shown = _ut_plot_inks_get (&plot->inks, GTK_WIDGET (plot));
  for (gsize i = 0; i < UT_PLOT_N_COLOURS; i++)
    {
      const UtColour *ink = &grey.series[i];
      g_assert_true (ut_colour_equal (&paper.series[i], &shown->series[i]));
      g_assert_cmpfloat (contrast (&paper.series[i], &paper.ground), >=, 3);
      g_assert_true (ink->red == ink->green && ink->green == ink->blue);
      g_assert_cmpfloat (contrast (ink, &grey.ground), >=, 3);
    }
  g_assert_finalize_object (plot);
}

/* CIE 1976 L*a*b* of light in linear sRGB (IEC 61966-2-1), white D65. */
static void
to_lab (const double *rgb,
        double       *lab)
{
  const double xyz[]
      = { (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505,
          0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2],
          (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089 };
  double f[3];

  for (gsize i = 0; i < G_N_ELEMENTS (f); i++)
    f[i] = xyz[i] > 0.008856 ? cbrt (xyz[i]) : 7.787 * xyz[i] + 16.0 / 116;
  lab[0] = 116 * f[1] - 16;
  lab[1] = 500 * (f[0] - f[1]);
  lab[2] = 200 * (f[1] - f[2]);
}

/* What eyes without one kind of cones make of light in linear sRGB: G. M. Machado, M. M. Oliveira
 * and L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision
 * Deficiency", 2009, severity 1. */
static const double sights[][3][3] = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 },
    { 0.114503, 0.786281, 0.099216 },
    { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 },
    { 0.280085, 0.672501, 0.047413 },
    { -0.011820, 0.042940, 0.968881 } },
  { { 1.255528, -0.076749, -0.178779 },
    { -0.078411, 0.930809, 0.147602 },
    { 0.004733, 0.691367, 0.303900 } },
};

static double
difference (const UtColour *a,
            const UtColour *b,
            gsize           sight)
{
  const UtColour *colours[] = { a, b };
  double lab[2][3];

  for (gsize i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      const double channels[] = { linear (colours[i]->red), linear (colours[i]->green),
                                  linear (colours[i]->blue) };
      double seen[3];
      for (gsize j = 0; j < G_N_ELEMENTS (seen); j++)
        {
          const double *row = sights[sight][j];
          double light = row[0] * channels[0] + row[1] * channels[1] + row[2] * channels[2];
          seen[j] = CLAMP (light, 0, 1);
        }
      to_lab (seen, lab[i]);
    }
  return hypot (hypot (lab[0][0] - lab[1][0], lab[0][1] - lab[1][1]), lab[0][2] - lab[1][2]);
}

/* So many runs can be told from each other by all eyes. */
#define N_TOLD_APART 12

static void
test_colour_blind (void)
{
  /* A difference of 2.3 is just noticeable; thin lines need several times that. */
  const double least = 8, least_of_same_dash = 19;

  g_test_summary ("Whoever sees two kinds of light only can tell the lines from each other");
  UtPlot *plot = g_object_ref_sink (UT_PLOT (ut_plot_new ()));
  for (int scheme = 0; scheme < 4; scheme++)
    {
      ut_plot_sheet_set_scheme (scheme & 1, scheme & 2);
      _ut_plot_inks_invalidate (&plot->inks);
      const UtColour *colours = _ut_plot_inks_get (&plot->inks, GTK_WIDGET (plot))->series;
      for (gsize sight = 0; sight < G_N_ELEMENTS (sights); sight++)
        for (guint i = 0; i < N_TOLD_APART; i++)
          for (guint j = 0; j < i; j++)
            {
              if (i - j == UT_PLOT_N_COLOURS) /* the same colour, whose dashes differ */
                continue;

              gboolean same_dash = ut_plot_style_get (i).dashes == ut_plot_style_get (j).dashes;
              double apart = difference (&colours[i % UT_PLOT_N_COLOURS],
                                         &colours[j % UT_PLOT_N_COLOURS], sight);
              g_test_message ("scheme %d, sight %d, style-%u and style-%u: %.0f%s", scheme,
                              (int) sight, j + 1, i + 1, apart, same_dash ? ", same dash" : "");
              g_assert_cmpfloat (apart, >=, same_dash ? least_of_same_dash : least);
            }
    }
  ut_plot_sheet_set_scheme (FALSE, FALSE);
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
  UtColour before = _ut_plot_get_scene (plot)->palette.series[0];
  ut_plot_sheet_set_scheme (TRUE, TRUE);
  ITER_UNTIL (!ut_colour_equal (&before, &_ut_plot_get_scene (plot)->palette.series[0]));
  g_assert_false (ut_colour_equal (&before, &plot->picture_scene->palette.series[0]));
  ut_plot_sheet_set_scheme (FALSE, FALSE);
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
  g_test_add_func ("/style/paper", test_paper);
  g_test_add_func ("/style/contrast", test_contrast);
  g_test_add_func ("/style/colour-blind", test_colour_blind);
  g_test_add_func ("/style/cycle", test_cycle);
  g_test_add_func ("/style/redraw", test_redraw);
  g_test_add_func ("/style/swatch", test_swatch);
  return g_test_run ();
}
