/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-plot-inks-private.h"

#include "ut-plot-swatch.h"

static GtkWidget *
add (GtkWidget  *parent,
     guint       style,
     const char *css_class,
     GCallback   changed)
{
  GtkWidget *swatch = ut_plot_swatch_new (style);

  if (css_class != NULL)
    {
      const char *const classes[] = { css_class, NULL };
      gtk_widget_set_css_classes (swatch, (const char **) classes);
    }
  gtk_widget_set_child_visible (swatch, FALSE);
  gtk_widget_set_parent (swatch, parent);
  g_signal_connect_object (swatch, "colour-changed", changed, parent, G_CONNECT_SWAPPED);
  return swatch;
}

void
_ut_plot_inks_init (UtPlotInks *self,
                    GtkWidget  *parent,
                    GCallback   changed)
{
  for (guint i = 0; i < UT_PLOT_N_COLOURS; i++)
    self->swatches[i] = add (parent, i, NULL, changed);
  self->grid = add (parent, 0, "grid", changed);
  self->ground = add (parent, 0, "ground", changed);
  self->valid = FALSE;
}

void
_ut_plot_inks_dispose (UtPlotInks *self)
{
  for (guint i = 0; i < UT_PLOT_N_COLOURS; i++)
    g_clear_pointer (&self->swatches[i], gtk_widget_unparent);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->ground, gtk_widget_unparent);
}

void
_ut_plot_inks_invalidate (UtPlotInks *self)
{
  self->valid = FALSE;
}

UtColour
_ut_plot_ink_of (GtkWidget *widget)
{
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  return (UtColour) { colour.red, colour.green, colour.blue, colour.alpha };
}

const UtPlotPalette *
_ut_plot_inks_get (UtPlotInks *self,
                   GtkWidget  *parent)
{
  if (!self->valid)
    {
      for (guint i = 0; i < UT_PLOT_N_COLOURS; i++)
        self->palette.series[i] = _ut_plot_ink_of (self->swatches[i]);
      self->palette.grid = _ut_plot_ink_of (self->grid);
      self->palette.ground = _ut_plot_ink_of (self->ground);
      self->palette.text = _ut_plot_ink_of (parent);
      self->valid = TRUE;
    }
  return &self->palette;
}
