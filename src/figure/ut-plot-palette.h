/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-plot-style.h"

G_BEGIN_DECLS

/**
 * UtPlotPalette:
 * @text: labels; lighter where they matter less.
 * @grid: level lines and axes.
 * @ground: what the plot stands on.
 * @series: of the styles in turn.
 *
 * The colours of one plot. Plain memory.
 */
typedef struct
{
  UtColour text;
  UtColour grid;
  UtColour ground;
  UtColour series[UT_PLOT_N_COLOURS];
} UtPlotPalette;

/** ut_plot_palette_init_paper: black on white, the lines as in the style sheet of a light theme. */
void ut_plot_palette_init_paper (UtPlotPalette *self);

/** ut_plot_palette_init_grey: on paper without colours: alternating greys, told apart by dashes. */
void ut_plot_palette_init_grey  (UtPlotPalette *self);

G_END_DECLS
