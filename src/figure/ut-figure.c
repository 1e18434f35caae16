/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-figure.h"

#include "ut-plot-board-private.h"

#include <math.h>

void
ut_figure_options_init (UtFigureOptions *self)
{
  g_return_if_fail (self != NULL);

  *self = (UtFigureOptions) {
    .labels = UT_FIGURE_LABELS_ENDS,
    .line_width = 1,
    .font_size = 8,
    .n_columns = UT_FIGURE_COLUMNS,
    .x_low = NAN,
    .x_high = NAN,
    .y_low = NAN,
    .y_high = NAN,
    .limit_low = NAN,
    .limit_high = NAN,
    .reference = NAN,
  };
  ut_plot_palette_init_paper (&self->palette);
}

void
ut_figure_options_take_view (UtFigureOptions *self,
                             UtPlotView      *view,
                             guint            channel)
{
  g_return_if_fail (self != NULL && UT_IS_PLOT_VIEW (view));

  UtPlotRange x = ut_plot_view_get_x (view);
  UtPlotRange y = ut_plot_view_get_y (view, channel);
  self->axis = ut_plot_view_get_axis (view);
  self->spread = ut_plot_view_get_spread (view);
  self->y_log = ut_plot_view_get_y_log (view);
  self->smoothing = ut_plot_view_get_smoothing (view);
  self->x_low = x.low;
  self->x_high = x.high;
  self->y_low = y.low;
  self->y_high = y.high;
}

static PangoContext *
context_new (const UtFigureOptions *options,
             cairo_t               *cr)
{
  PangoContext *context = pango_cairo_create_context (cr);
  PangoFontDescription *font = pango_font_description_new ();
  cairo_font_options_t *rendering = cairo_font_options_create ();

  pango_font_description_set_family (
      font, options->font_family != NULL && *options->font_family != '\0' ? options->font_family
                                                                          : "Sans");
  /* Absolute: in units of the context, whatever the display's resolution. */
  pango_font_description_set_absolute_size (font, options->font_size * PANGO_SCALE);
  pango_context_set_font_description (context, font);
  /* A figure is scaled: glyphs stand where the font wants them, not on pixels. */
  cairo_font_options_set_hint_style (rendering, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (rendering, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, rendering);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (rendering);
  pango_font_description_free (font);
  return context;
}

void
ut_figure_draw (UtPlotSeries *const   *series,
                gsize                  n_series,
                const UtFigureOptions *options,
                cairo_t               *cr,
                double                 width,
                double                 height,
                int                    scale)
{
  g_return_if_fail (series != NULL || n_series == 0);
  g_return_if_fail (options != NULL && options->font_size > 0 && options->line_width > 0);
  g_return_if_fail (cr != NULL && width >= 1 && height >= 1);

  UtPlotBoard board;
  PangoContext *context = context_new (options, cr);

  _ut_plot_board_init (&board);
  for (gsize i = 0; i < n_series; i++)
    _ut_plot_board_insert (&board, (guint) i, series[i]);
  _ut_plot_board_render (&board, options, context, cr, (int) width, (int) height, MAX (scale, 1));
  _ut_plot_board_clear (&board);
  g_object_unref (context);
}
