/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-colour.h"

G_BEGIN_DECLS

/** UT_PLOT_N_COLOURS: how many colours the style sheets name: the classes style-1 to style-8. */
#define UT_PLOT_N_COLOURS 8

/**
 * UtPlotStyle:
 * @css_class: which colour: a style class of the nodes `plotswatch`, static.
 * @dashes: lengths of dash and gap in turn, in line widths; static.
 * @n_dashes: 0 for a solid line.
 *
 * What a line looks like besides its width. Colour and dash run at different periods, so that 40
 * styles in turn differ and neighbours differ in both; of the first twelve no two that look alike to
 * somebody without red or green cones have the same dash.
 */
typedef struct
{
  const char   *css_class;
  const double *dashes;
  int           n_dashes;
} UtPlotStyle;

/** ut_plot_style_get: the look of style @index; any number. Any thread. */
UtPlotStyle ut_plot_style_get         (guint          index);

/**
 * ut_plot_style_set_dash:
 * Makes the next stroke of @cr dashed as @index, from @offset pixels on.
 */
void        ut_plot_style_set_dash    (cairo_t       *cr,
                                       guint          index,
                                       double         line_width,
                                       double         offset);

/**
 * ut_plot_style_draw_line:
 * A piece of line, @width long, centred in the height, at the origin of @cr.
 */
void        ut_plot_style_draw_line   (cairo_t        *cr,
                                       guint           index,
                                       const UtColour *colour,
                                       double          line_width,
                                       double          width,
                                       double          height);

/** ut_plot_style_draw_swatch: the same, as strong as lists have it. */
void        ut_plot_style_draw_swatch (cairo_t        *cr,
                                       guint           index,
                                       const UtColour *colour,
                                       double          width,
                                       double          height);

G_END_DECLS
