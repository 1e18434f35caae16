/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-reliability-plot-private.h"

#include "ut-plot-label-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define GAP UT_RELIABILITY_GAP
#define TICK 4

/* More labels than that are not told apart; the first lines have theirs. */
#define MOST_LABELS 8
#define LABEL_WIDTH 130

static const double diagonal_dashes[] = { 2, 4 };
static const double after_dashes[] = { 6, 4 };

const UtReliabilityLine *
_ut_reliability_plot_get_lines (UtReliabilityPlot *self)
{
  return (const UtReliabilityLine *) (void *) self->lines->data;
}

void
_ut_reliability_plot_ensure_layout (UtReliabilityPlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const UtReliabilityLine *lines = _ut_reliability_plot_get_lines (self);
  g_autoptr (PangoLayout) layout = NULL;
  UtReliabilityRoom room = { 0 };

  if (self->laid_out)
    return;

  self->laid_out = TRUE;
  layout = _ut_plot_label_new (widget, "0.00", 0);
  pango_layout_get_pixel_size (layout, NULL, &self->text);
  room.width = gtk_widget_get_width (widget);
  room.height = gtk_widget_get_height (widget);
  room.text = self->text;
  room.tick_width = _ut_plot_label_measure (widget, "0.00", 0);
  for (guint i = 0; i < MIN (self->lines->len, MOST_LABELS); i++)
    room.label_width = MAX (room.label_width,
                            _ut_plot_label_measure (widget, lines[i].label, LABEL_WIDTH));
  ut_reliability_layout_init (&self->layout, lines, self->lines->len, self->n_points, &room);
}

/* ---- Ground ---- */

static double
snap (double place,
      int    scale)
{
  return (floor (place * scale) + 0.5) / scale;
}

static void
draw_grid (UtReliabilityPlot   *self,
           cairo_t             *cr,
           const UtPlotPalette *palette)
{
  const UtReliabilityLayout *layout = &self->layout;
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  cairo_new_path (cr);
  cairo_set_line_width (cr, 1.0 / scale);
  ut_colour_set_source (&palette->grid, cr);
  for (gsize i = 0; i < layout->y_ticks.n; i++)
    {
      double y = snap (ut_scale_map (&layout->y, layout->y_ticks.values[i]), scale);

      cairo_move_to (cr, layout->x.start, y);
      cairo_line_to (cr, layout->x.end, y);
    }
  cairo_move_to (cr, layout->x.start, snap (layout->rows.start, scale));
  cairo_line_to (cr, layout->x.end, snap (layout->rows.start, scale));
  cairo_stroke (cr);
}

static void
draw_axes (UtReliabilityPlot   *self,
           cairo_t             *cr,
           const UtPlotPalette *palette)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const UtReliabilityLayout *layout = &self->layout;
  double below = layout->rows.start + GAP;
  g_autofree char *most = g_strdup_printf ("%'.0f", layout->rows.high);
  const char *x_title = _("how sure it says it is");
  UtColour dim = palette->text;

  dim.alpha *= 0.75f;
  for (gsize i = 0; i < layout->y_ticks.n; i++)
    {
      g_autofree char *label = ut_ticks_format (&layout->y_ticks, layout->y_ticks.values[i]);
      double y = ut_scale_map (&layout->y, layout->y_ticks.values[i]) - self->text / 2.0;

      _ut_plot_label_draw (widget, cr, &dim, label,
                           layout->x.start - GAP - _ut_plot_label_measure (widget, label, 0), y, 0);
    }
  for (gsize i = 0; i < layout->x_ticks.n; i++)
    {
      g_autofree char *label = ut_ticks_format (&layout->x_ticks, layout->x_ticks.values[i]);
      double x = ut_scale_map (&layout->x, layout->x_ticks.values[i]);

      _ut_plot_label_draw (widget, cr, &dim, label,
                           x - _ut_plot_label_measure (widget, label, 0) / 2.0, below, 0);
    }
  _ut_plot_label_draw (widget, cr, &dim, most,
                       layout->x.start - GAP - _ut_plot_label_measure (widget, most, 0),
                       layout->rows.end + 2, 0);
  _ut_plot_label_draw (widget, cr, &dim, _("how often it is right; below: rows"), 0, 0,
                       layout->x.end);
  _ut_plot_label_draw (widget, cr, &dim, x_title,
                       layout->x.end - _ut_plot_label_measure (widget, x_title,
                                                               layout->x.end - layout->x.start),
                       below + self->text, layout->x.end - layout->x.start);
}

/* Where both agree, and what it means to lie beside it. */
static void
draw_diagonal (UtReliabilityPlot   *self,
               cairo_t             *cr,
               const UtPlotPalette *palette)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const UtReliabilityLayout *layout = &self->layout;
  const char *above = _("not sure enough");
  const char *below = _("too sure");
  UtColour dim = palette->text;

  dim.alpha *= 0.6f;
  ut_colour_set_source (&dim, cr);
  cairo_set_line_width (cr, 1.2);
  cairo_new_path (cr);
  cairo_set_dash (cr, diagonal_dashes, G_N_ELEMENTS (diagonal_dashes), 0);
  cairo_move_to (cr, layout->x.start, ut_scale_map (&layout->y, layout->x.low));
  cairo_line_to (cr, layout->x.end, ut_scale_map (&layout->y, 1));
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  if (layout->y.start - layout->y.end < 5 * self->text)
    return;

  _ut_plot_label_draw (widget, cr, &dim, above, layout->x.start + GAP, layout->y.end + 2, 0);
  _ut_plot_label_draw (widget, cr, &dim, below,
                       layout->x.end - GAP - _ut_plot_label_measure (widget, below, 0),
                       layout->y.start - self->text - 2, 0);
}

/* ---- Lines ---- */

static void
draw_bars (UtReliabilityPlot       *self,
           cairo_t                 *cr,
           const UtPlotPalette     *palette,
           const UtReliabilityLine *line)
{
  UtColour colour = palette->series[line->style % UT_PLOT_N_COLOURS];
  gboolean is_filled = line->kind == UT_RELIABILITY_BEFORE;

  colour.alpha *= is_filled ? 0.35f : 1;
  ut_colour_set_source (&colour, cr);
  cairo_set_line_width (cr, 1.2);
  for (guint i = 0; i < self->n_points; i++)
    {
      const UtReliabilityPoint *point = &line->points[i];
      double from, to, top = ut_scale_map (&self->layout.rows, (double) point->n);

      ut_reliability_layout_span (&self->layout, point, &from, &to);
      if (point->n == 0 || to - from < 2)
        continue;
      cairo_rectangle (cr, from + 1, top, to - from - 2, self->layout.rows.start - top);
      if (is_filled)
        cairo_fill (cr);
      else
        cairo_stroke (cr);
    }
}

static void
draw_intervals (UtReliabilityPlot       *self,
                cairo_t                 *cr,
                const UtReliabilityLine *line)
{
  const UtReliabilityLayout *layout = &self->layout;

  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < self->n_points; i++)
    {
      const UtReliabilityPoint *point = &line->points[i];
      double x, y;

      ut_reliability_layout_place (layout, point, &x, &y);
      if (isnan (x))
        continue;

      double low = ut_scale_map (&layout->y, point->accuracy_low);
      double high = ut_scale_map (&layout->y, point->accuracy_high);

      cairo_move_to (cr, x, low);
      cairo_line_to (cr, x, high);
      cairo_move_to (cr, x - TICK, low);
      cairo_line_to (cr, x + TICK, low);
      cairo_move_to (cr, x - TICK, high);
      cairo_line_to (cr, x + TICK, high);
    }
  cairo_stroke (cr);
}

static void
trace (UtReliabilityPlot       *self,
       cairo_t                 *cr,
       const UtReliabilityLine *line)
{
  /* A text leaves its place behind. */
  cairo_new_path (cr);
  for (guint i = 0; i < self->n_points; i++)
    {
      double x, y;

      ut_reliability_layout_place (&self->layout, &line->points[i], &x, &y);
      if (!isnan (x))
        cairo_line_to (cr, x, y);
    }
  cairo_stroke (cr);
}

static void
draw_marker (cairo_t             *cr,
             const UtPlotPalette *palette,
             const UtColour      *colour,
             UtReliabilityKind    kind,
             double               radius,
             double               x,
             double               y)
{
  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  ut_colour_set_source (kind == UT_RELIABILITY_AFTER ? &palette->ground : colour, cr);
  cairo_fill_preserve (cr);
  ut_colour_set_source (colour, cr);
  cairo_set_line_width (cr, 1.6);
  cairo_stroke (cr);
}

static void
draw_line (UtReliabilityPlot       *self,
           cairo_t                 *cr,
           const UtPlotPalette     *palette,
           const UtReliabilityLine *line)
{
  UtColour colour = palette->series[line->style % UT_PLOT_N_COLOURS];
  double width = line->kind == UT_RELIABILITY_OTHER ? 1.2 : 2;

  ut_colour_set_source (&colour, cr);
  if (line->kind != UT_RELIABILITY_OTHER)
    draw_intervals (self, cr, line);
  cairo_set_line_width (cr, width);
  if (line->kind == UT_RELIABILITY_AFTER)
    cairo_set_dash (cr, after_dashes, G_N_ELEMENTS (after_dashes), 0);
  else if (line->kind == UT_RELIABILITY_OTHER)
    ut_plot_style_set_dash (cr, line->style, width, 0);
  trace (self, cr, line);
  cairo_set_dash (cr, NULL, 0, 0);
  for (guint i = 0; i < self->n_points; i++)
    {
      double radius = line->kind == UT_RELIABILITY_OTHER ? 1.5 : 3.5;
      double x, y;

      ut_reliability_layout_place (&self->layout, &line->points[i], &x, &y);
      if (!isnan (x))
        draw_marker (cr, palette, &colour, line->kind, radius, x, y);
    }
}

/* Beside the last marker of each line. */
static void
draw_labels (UtReliabilityPlot   *self,
             cairo_t             *cr,
             const UtPlotPalette *palette)
{
  const UtReliabilityLine *lines = _ut_reliability_plot_get_lines (self);
  double centres[MOST_LABELS];
  guint which[MOST_LABELS];
  gsize n = 0;

  for (guint i = 0; i < MIN (self->lines->len, MOST_LABELS); i++)
    {
      double last = NAN;

      for (guint j = 0; j < self->n_points; j++)
        {
          double x, y;

          ut_reliability_layout_place (&self->layout, &lines[i].points[j], &x, &y);
          last = isnan (y) ? last : y;
        }
      if (isnan (last))
        continue;
      centres[n] = last;
      which[n++] = i;
    }
  ut_ticks_spread (centres, n, self->text, self->layout.y.end - self->text / 2.0,
                   self->layout.y.start + self->text / 2.0);
  for (gsize i = 0; i < n; i++)
    {
      const UtReliabilityLine *line = &lines[which[i]];
      const UtColour *colour = &palette->series[line->style % UT_PLOT_N_COLOURS];

      _ut_plot_label_draw (GTK_WIDGET (self), cr,
                           line->kind == UT_RELIABILITY_OTHER ? &palette->text : colour,
                           line->label, self->layout.x.end + GAP + 2, centres[i] - self->text / 2.0,
                           LABEL_WIDTH);
    }
}

static void
draw_all (UtReliabilityPlot   *self,
          cairo_t             *cr,
          const UtPlotPalette *palette)
{
  const UtReliabilityLine *lines = _ut_reliability_plot_get_lines (self);

  draw_grid (self, cr, palette);
  draw_axes (self, cr, palette);
  draw_diagonal (self, cr, palette);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = self->lines->len; i > 0; i--)
    {
      if (lines[i - 1].kind != UT_RELIABILITY_OTHER)
        draw_bars (self, cr, palette, &lines[i - 1]);
      draw_line (self, cr, palette, &lines[i - 1]);
    }
  draw_labels (self, cr, palette);
}

/* ---- On screen ---- */

static void
draw_crosshair (UtReliabilityPlot   *self,
                cairo_t             *cr,
                const UtPlotPalette *palette)
{
  const UtReliabilityLine *line = &_ut_reliability_plot_get_lines (self)[self->line];
  const UtReliabilityPoint *point = &line->points[self->point];
  const UtColour *colour = &palette->series[line->style % UT_PLOT_N_COLOURS];
  UtColour shade = palette->text;
  double from, to, x, y;

  shade.alpha *= 0.06f;
  ut_reliability_layout_span (&self->layout, point, &from, &to);
  ut_colour_set_source (&shade, cr);
  cairo_rectangle (cr, round (from), self->layout.y.end, round (to - from),
                   self->layout.rows.start - self->layout.y.end);
  cairo_fill (cr);
  draw_line (self, cr, palette, line);
  ut_reliability_layout_place (&self->layout, point, &x, &y);
  if (!isnan (x))
    draw_marker (cr, palette, colour, line->kind, 6, x, y);
}

static void
ensure_picture (UtReliabilityPlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int scale = gtk_widget_get_scale_factor (widget);
  double drawn = 0;

  if (self->picture != NULL)
    cairo_surface_get_device_scale (self->picture, &drawn, NULL);
  if ((int) drawn == scale)
    return;

  g_clear_pointer (&self->picture, cairo_surface_destroy);
  self->picture = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                              MAX (gtk_widget_get_width (widget), 1) * scale,
                                              MAX (gtk_widget_get_height (widget), 1) * scale);
  cairo_surface_set_device_scale (self->picture, scale, scale);

  cairo_t *cr = cairo_create (self->picture);

  draw_all (self, cr, _ut_plot_inks_get (&self->inks, widget));
  cairo_destroy (cr);
}

void
_ut_reliability_plot_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  UtReliabilityPlot *self = UT_RELIABILITY_PLOT (widget);
  const graphene_rect_t whole
      = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                            (float) gtk_widget_get_height (widget));

  if (self->lines->len == 0)
    return;

  _ut_reliability_plot_ensure_layout (self);
  ensure_picture (self);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &whole);

  cairo_set_source_surface (cr, self->picture, 0, 0);
  cairo_paint (cr);
  if (self->line >= 0)
    draw_crosshair (self, cr, _ut_plot_inks_get (&self->inks, widget));
  cairo_destroy (cr);
}
