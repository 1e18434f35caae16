/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-plot-style.h"

static const double dash_dashed[] = { 4, 2 };
static const double dash_dotted[] = { 1.2, 1.6 };
static const double dash_dash_dot[] = { 5, 1.8, 1.2, 1.8 };
static const double dash_long[] = { 9, 2.5 };

static const struct
{
  const double *dashes;
  int           n_dashes;
} dashes[] = {
  { NULL, 0 },
  { dash_long, G_N_ELEMENTS (dash_long) },
  { dash_dash_dot, G_N_ELEMENTS (dash_dash_dot) },
  { dash_dotted, G_N_ELEMENTS (dash_dotted) },
  { dash_dashed, G_N_ELEMENTS (dash_dashed) },
};

/* The dash of each colour's first style, such that among the first twelve styles no two have the same
 * dash whose colours look alike to somebody without one kind of cones, as blue and purple, or orange
 * and ochre: found by trying all, with the differences that the test of styles measures. */
static const guint first_dashes[UT_PLOT_N_COLOURS] = { 0, 4, 3, 2, 1, 0, 3, 1 };

static const char *const classes[UT_PLOT_N_COLOURS] = {
  "style-1", "style-2", "style-3", "style-4", "style-5", "style-6", "style-7", "style-8",
};

UtPlotStyle
ut_plot_style_get (guint index)
{
  guint round = index / UT_PLOT_N_COLOURS % G_N_ELEMENTS (dashes);
  guint dash = (first_dashes[index % UT_PLOT_N_COLOURS] + G_N_ELEMENTS (dashes) - round)
               % G_N_ELEMENTS (dashes);

  return (UtPlotStyle) {
    .css_class = classes[index % UT_PLOT_N_COLOURS],
    .dashes = dashes[dash].dashes,
    .n_dashes = dashes[dash].n_dashes,
  };
}

void
ut_plot_style_set_dash (cairo_t *cr,
                        guint    index,
                        double   line_width,
                        double   offset)
{
  UtPlotStyle style = ut_plot_style_get (index);
  double lengths[4];

  g_assert (style.n_dashes <= (int) G_N_ELEMENTS (lengths));
  for (int i = 0; i < style.n_dashes; i++)
    lengths[i] = style.dashes[i] * line_width;
  cairo_set_dash (cr, lengths, style.n_dashes, offset);
}

/* Where a pattern begins in a short piece. A dash so long that the piece would look solid has its
 * gap in the middle. */
static double
find_offset (guint  index,
             double line_width,
             double width)
{
  UtPlotStyle style = ut_plot_style_get (index);

  if (style.n_dashes == 0)
    return 0;
  double dash = style.dashes[0] * line_width, gap = style.dashes[1] * line_width;
  return dash + gap / 2 > width / 2 ? dash + gap / 2 - width / 2 : 0;
}

void
ut_plot_style_draw_line (cairo_t        *cr,
                         guint           index,
                         const UtColour *colour,
                         double          line_width,
                         double          width,
                         double          height)
{
  g_return_if_fail (cr != NULL && colour != NULL);

  cairo_save (cr);
  ut_colour_set_source (colour, cr);
  cairo_set_line_width (cr, line_width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  ut_plot_style_set_dash (cr, index, line_width, find_offset (index, line_width, width));
  cairo_move_to (cr, 0, height / 2);
  cairo_line_to (cr, width, height / 2);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
ut_plot_style_draw_swatch (cairo_t        *cr,
                           guint           index,
                           const UtColour *colour,
                           double          width,
                           double          height)
{
  ut_plot_style_draw_line (cr, index, colour, 2.5, width, height);
}
