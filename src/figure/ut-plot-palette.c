/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-plot-palette.h"

/* The colours of plot.css, which says how they were chosen; a test compares them. */
static const guint32 light[UT_PLOT_N_COLOURS] = {
  0x0072b2, 0xd55e00, 0x008561, 0x8b2a86, 0x6b4a00, 0xc2803f, 0x4b0fa0, 0x1c1c1c,
};

/* Neighbours differ most; the lightest has a contrast of 3 : 1 with paper. */
static const guint32 grey[UT_PLOT_N_COLOURS] = {
  0x000000, 0x8c8c8c, 0x3c3c3c, 0x707070, 0x1e1e1e, 0x949494, 0x545454, 0x7e7e7e,
};

static void
init (UtPlotPalette *self,
      const guint32 *series)
{
  self->text = ut_colour_from_rgb (0x000000);
  self->grid = ut_colour_from_rgb (0x000000);
  self->grid.alpha = 0.15f;
  self->ground = ut_colour_from_rgb (0xffffff);
  for (guint i = 0; i < UT_PLOT_N_COLOURS; i++)
    self->series[i] = ut_colour_from_rgb (series[i]);
}

void
ut_plot_palette_init_paper (UtPlotPalette *self)
{
  g_return_if_fail (self != NULL);

  init (self, light);
}

void
ut_plot_palette_init_grey (UtPlotPalette *self)
{
  g_return_if_fail (self != NULL);

  init (self, grey);
}
