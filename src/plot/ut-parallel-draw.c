/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-parallel-private.h"

#include "ut-plot-label-private.h"

#include <math.h>

#define GAP 6
#define TICK 4
#define BRUSH_HALF 7

/* An axis wants so much room, in heights of a line of text. */
#define LEAST_SPACING 5
#define NATURAL_SPACING 8
#define LEAST_LINES 10
#define NATURAL_LINES 16

/* With more lines only the current one is labelled. */
#define MOST_LABELS 8
#define LABEL_WIDTH 120

/* Lines through one value lie so far apart, in pixels, and no farther together than this share of the
 * way to the next value. */
#define STRAND 2.5
#define MOST_SPREAD 0.4

/* How much of a line is left that a brush does not keep. */
#define FADED 0.18f

char *
_ut_parallel_dup_value (UtParallel *self,
                        guint       column,
                        double      value)
{
  const UtParallelColumn *place = _ut_parallel_column (self, column);

  if (place->choices == NULL)
    return ut_parallel_format_value (value);

  guint n_choices = g_strv_length (place->choices);
  guint choice = value >= 0 && value < n_choices ? (guint) value : n_choices;

  return g_strdup (choice < n_choices ? place->choices[choice] : "");
}

static char *
dup_tick (UtParallel *self,
          guint       column,
          double      value)
{
  const UtParallelColumn *place = _ut_parallel_column (self, column);

  return place->choices != NULL ? _ut_parallel_dup_value (self, column, value)
                                : ut_parallel_axis_format (&place->axis, value);
}

/* The widest label of a column's ticks. */
static int
measure_ticks (UtParallel *self,
               guint       column)
{
  const UtTicks *ticks = &_ut_parallel_column (self, column)->axis.ticks;
  int width = 0;

  for (gsize i = 0; i < ticks->n; i++)
    {
      g_autofree char *text = dup_tick (self, column, ticks->values[i]);

      width = MAX (width, _ut_plot_label_measure (GTK_WIDGET (self), text, LABEL_WIDTH));
    }
  return width;
}

static gboolean
has_end_label (UtParallel *self,
               guint       line)
{
  return self->columns->len > 0 && (self->threads->len <= MOST_LABELS || (int) line == self->current);
}

static int
measure_ends (UtParallel *self)
{
  int width = 0;

  for (guint i = 0; i < self->threads->len; i++)
    if (has_end_label (self, i))
      width = MAX (width, _ut_plot_label_measure (GTK_WIDGET (self),
                                                  _ut_parallel_thread (self, i)->label,
                                                  LABEL_WIDTH));
  return width;
}

/* The way to the next value on @column, in pixels. */
static double
measure_gap (UtParallel             *self,
             const UtParallelColumn *column,
             double                  value)
{
  double place = ut_parallel_axis_map (&column->axis, value);
  double gap = self->bottom - self->top;

  for (guint i = 0; i < self->threads->len; i++)
    {
      double distance = fabs (ut_parallel_axis_map (&column->axis, column->values[i]) - place);

      if (column->values[i] != value && distance < gap)
        gap = distance;
    }
  return gap;
}

/* Where runs of one value cross an axis they would hide each other: they are spread a little, in the
 * order in which the last axis has them, so that each can be followed. */
static void
spread (UtParallel       *self,
        UtParallelColumn *column)
{
  const double *order = _ut_parallel_column (self, self->columns->len - 1)->values;

  for (guint i = 0; i < self->threads->len; i++)
    {
      guint n = 0, rank = 0;

      for (guint j = 0; j < self->threads->len; j++)
        {
          if (column->values[j] != column->values[i])
            continue;
          n++;
          rank += order[j] < order[i] || (isnan (order[j]) && !isnan (order[i]))
                  || (!(order[j] > order[i]) && isnan (order[j]) == isnan (order[i]) && j < i);
        }
      column->places[i] = ut_parallel_axis_map (&column->axis, column->values[i]);
      if (n > 1)
        column->places[i] -= (rank - (n - 1) / 2.0)
                             * MIN (STRAND, MOST_SPREAD * measure_gap (self, column,
                                                                       column->values[i]) / n);
    }
}

void
_ut_parallel_ensure_layout (UtParallel *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint n_columns = self->columns->len;
  double left = GAP, right;

  if (self->laid_out)
    return;

  self->laid_out = TRUE;
  g_autoptr (PangoLayout) layout = _ut_plot_label_new (GTK_WIDGET (self), "0", 0);

  pango_layout_get_pixel_size (layout, NULL, &self->line);
  self->top = 2.5 * self->line + 2 * GAP;
  self->bottom = MAX (self->top + 1, gtk_widget_get_height (widget) - self->line / 2.0 - GAP);
  for (guint i = 0; i < n_columns; i++)
    {
      UtParallelColumn *column = _ut_parallel_column (self, i);

      ut_parallel_axis_init (&column->axis, column->values, self->threads->len, column->log,
                             column->choices != NULL, self->bottom, self->top, 1.6 * self->line);
      spread (self, column);
    }
  if (n_columns > 0)
    left += TICK + GAP + measure_ticks (self, 0);

  right = gtk_widget_get_width (widget) - measure_ends (self) - 3 * GAP;
  right = MAX (right, left + n_columns);
  for (guint i = 0; i < n_columns; i++)
    _ut_parallel_column (self, i)->x
        = n_columns > 1 ? left + (right - left) * i / (n_columns - 1) : (left + right) / 2;
}

void
_ut_parallel_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int            *minimum,
                      int            *natural)
{
  UtParallel *self = UT_PARALLEL (widget);
  g_autoptr (PangoLayout) layout = _ut_plot_label_new (GTK_WIDGET (self), "0", 0);
  int line;

  pango_layout_get_pixel_size (layout, NULL, &line);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = LEAST_LINES * line;
      *natural = NATURAL_LINES * line;
    }
  else
    {
      int n_columns = (int) MAX (self->columns->len, 2);

      *minimum = LEAST_SPACING * line * n_columns + LABEL_WIDTH;
      *natural = NATURAL_SPACING * line * n_columns + LABEL_WIDTH;
    }
}

/* ---- Drawing ---- */

/* Text over lines, on a patch of the ground. */
static void
draw_patch (UtParallel          *self,
            cairo_t             *cr,
            const UtPlotPalette *palette,
            float                alpha,
            double               x,
            double               y,
            double               width)
{
  UtColour patch = palette->ground;

  patch.alpha *= alpha;
  ut_colour_set_source (&patch, cr);
  cairo_rectangle (cr, round (x) - 2, round (y), width + 4, self->line);
  cairo_fill (cr);
}

static void
draw_axis (UtParallel          *self,
           cairo_t             *cr,
           const UtPlotPalette *palette,
           guint                index)
{
  const UtParallelColumn *column = _ut_parallel_column (self, index);
  gboolean active = index == self->active && gtk_widget_has_visible_focus (GTK_WIDGET (self));
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double x = (floor (column->x * scale) + 0.5) / scale;
  UtColour colour = palette->text;

  colour.alpha *= active ? 1 : 0.5f;
  ut_colour_set_source (&colour, cr);
  cairo_set_line_width (cr, active ? 3 : 1.0 / scale);
  cairo_move_to (cr, x, self->top);
  cairo_line_to (cr, x, self->bottom);
  for (gsize i = 0; i < column->axis.ticks.n; i++)
    {
      double y = ut_parallel_axis_map (&column->axis, column->axis.ticks.values[i]);

      cairo_move_to (cr, x - TICK, (floor (y * scale) + 0.5) / scale);
      cairo_line_to (cr, x, (floor (y * scale) + 0.5) / scale);
    }
  cairo_stroke (cr);
}

static void
draw_brush (UtParallel          *self,
            cairo_t             *cr,
            const UtPlotPalette *palette,
            guint                index)
{
  const UtParallelColumn *column = _ut_parallel_column (self, index);
  UtColour colour = palette->text;

  if (!ut_parallel_brush_is_set (&column->brush))
    return;

  double top = ut_parallel_axis_map (&column->axis, column->brush.high);
  double bottom = ut_parallel_axis_map (&column->axis, column->brush.low);

  top = CLAMP (isnan (top) ? self->top : top, self->top, self->bottom);
  bottom = CLAMP (isnan (bottom) ? self->bottom : bottom, self->top, self->bottom);
  /* One value, too, is seen to be brushed. */
  cairo_rectangle (cr, round (column->x) - BRUSH_HALF + 0.5, round (top) - 2.5, 2 * BRUSH_HALF,
                   round (bottom) - round (top) + 5);
  colour.alpha *= 0.15f;
  ut_colour_set_source (&colour, cr);
  cairo_fill_preserve (cr);
  colour = palette->text;
  colour.alpha *= 0.7f;
  ut_colour_set_source (&colour, cr);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
draw_title (UtParallel          *self,
            cairo_t             *cr,
            const UtPlotPalette *palette,
            guint                index)
{
  const UtParallelColumn *column = _ut_parallel_column (self, index);
  gboolean last = index + 1 == self->columns->len;
  double left = index == 0 ? 0 : (_ut_parallel_column (self, index - 1)->x + column->x) / 2 + GAP;
  double right = last ? gtk_widget_get_width (GTK_WIDGET (self))
                      : (_ut_parallel_column (self, index + 1)->x + column->x) / 2 - GAP;
  g_autoptr (PangoLayout) layout = _ut_plot_label_new (GTK_WIDGET (self), column->title, 0);
  int width, height;

  /* The longest line there is room for around the axis, on two lines at most. */
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (layout, -2);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_width (layout, (int) (MAX (right - left, 1) * PANGO_SCALE));
  pango_layout_get_pixel_size (layout, &width, &height);
  /* A layout with a width draws its lines in the middle of that. */
  double x = CLAMP (column->x - width / 2.0, left, MAX (left, right - width))
             - (right - left - width) / 2;

  ut_colour_set_source (&palette->text, cr);
  cairo_move_to (cr, round (x), round (2 * self->line - height));
  pango_cairo_show_layout (cr, layout);
}

static void
draw_ticks (UtParallel          *self,
            cairo_t             *cr,
            const UtPlotPalette *palette,
            guint                index)
{
  const UtParallelColumn *column = _ut_parallel_column (self, index);
  UtColour colour = palette->text;

  colour.alpha *= 0.85f;
  for (gsize i = 0; i < column->axis.ticks.n; i++)
    {
      g_autofree char *text = dup_tick (self, index, column->axis.ticks.values[i]);
      double y = ut_parallel_axis_map (&column->axis, column->axis.ticks.values[i]);
      int width = _ut_plot_label_measure (GTK_WIDGET (self), text, LABEL_WIDTH);
      double x = column->x - TICK - GAP / 2.0 - width;

      draw_patch (self, cr, palette, 0.75f, x, y - self->line / 2.0, width);
      _ut_plot_label_draw (GTK_WIDGET (self), cr, &colour, text, x, y - self->line / 2.0,
                           LABEL_WIDTH);
    }
}

static void
stroke_line (UtParallel *self,
             cairo_t    *cr,
             guint       line)
{
  gboolean down = FALSE;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const UtParallelColumn *column = _ut_parallel_column (self, i);
      double y = column->places[line];

      if (isnan (y))
        {
          down = FALSE;
          continue;
        }
      if (down)
        cairo_line_to (cr, column->x, y);
      else
        cairo_move_to (cr, column->x, y);
      down = TRUE;
    }
  cairo_stroke (cr);
}

static void
draw_line (UtParallel          *self,
           cairo_t             *cr,
           const UtPlotPalette *palette,
           guint                line,
           double               width)
{
  const UtParallelThread *thread = _ut_parallel_thread (self, line);
  UtColour colour = palette->series[thread->style % UT_PLOT_N_COLOURS];

  if (!thread->kept)
    colour.alpha *= FADED;
  ut_colour_set_source (&colour, cr);
  cairo_set_line_width (cr, width);
  ut_plot_style_set_dash (cr, thread->style, width, 0);
  stroke_line (self, cr, line);
  ut_plot_style_set_dash (cr, 0, width, 0);
}

static void
draw_ends (UtParallel          *self,
           cairo_t             *cr,
           const UtPlotPalette *palette)
{
  g_autofree double *centres = g_new (double, self->threads->len + 1);
  g_autofree guint *which = g_new (guint, self->threads->len + 1);
  gsize n = 0;

  if (self->columns->len == 0)
    return;

  const UtParallelColumn *last = _ut_parallel_column (self, self->columns->len - 1);

  for (guint i = 0; i < self->threads->len; i++)
    {
      double y = last->places[i];

      if (!has_end_label (self, i) || isnan (y))
        continue;
      centres[n] = y;
      which[n++] = i;
    }
  ut_ticks_spread (centres, n, self->line, self->top - self->line / 2.0,
                   self->bottom + self->line / 2.0);
  for (gsize i = 0; i < n; i++)
    {
      const UtParallelThread *thread = _ut_parallel_thread (self, which[i]);
      UtColour colour = palette->text;

      if (!thread->kept)
        colour.alpha *= 0.5f;
      _ut_plot_label_draw (GTK_WIDGET (self), cr, &colour, thread->label, last->x + 1.5 * GAP,
                           centres[i] - self->line / 2.0, LABEL_WIDTH);
    }
}

static void
draw_all (UtParallel          *self,
          cairo_t             *cr,
          const UtPlotPalette *palette)
{
  for (guint i = 0; i < self->columns->len; i++)
    draw_axis (self, cr, palette, i);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  /* What is left out lies under what is kept, and the current line above both. */
  for (int kept = 0; kept <= 1; kept++)
    for (guint i = 0; i < self->threads->len; i++)
      if (_ut_parallel_thread (self, i)->kept == kept && (int) i != self->current)
        draw_line (self, cr, palette, i, 1.5);
  if (self->current >= 0)
    draw_line (self, cr, palette, (guint) self->current, 3);
  for (guint i = 0; i < self->columns->len; i++)
    {
      draw_brush (self, cr, palette, i);
      draw_ticks (self, cr, palette, i);
      draw_title (self, cr, palette, i);
    }
  draw_ends (self, cr, palette);
}

/* The hovered line over the others, with its values. */
static void
draw_hovered (UtParallel          *self,
              cairo_t             *cr,
              const UtPlotPalette *palette)
{
  guint line = (guint) self->hovered;

  ut_colour_set_source (&palette->ground, cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 7);
  stroke_line (self, cr, line);
  draw_line (self, cr, palette, line, 4);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const UtParallelColumn *column = _ut_parallel_column (self, i);
      /* Where the tick's label is, not where the line was moved to. */
      double y = ut_parallel_axis_map (&column->axis, column->values[line]);

      if (isnan (y))
        continue;

      g_autofree char *text = _ut_parallel_dup_value (self, i, column->values[line]);
      int width = _ut_plot_label_measure (GTK_WIDGET (self), text, LABEL_WIDTH);
      double left = MAX (0, column->x - TICK - GAP / 2.0 - width);

      draw_patch (self, cr, palette, 1, left, y - self->line / 2.0, width);
      _ut_plot_label_draw (GTK_WIDGET (self), cr, &palette->text, text, left, y - self->line / 2.0,
                           LABEL_WIDTH);
    }
}

static cairo_surface_t *
draw_picture (UtParallel *self,
              int         scale)
{
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);
  cairo_surface_t *picture
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);

  cairo_surface_set_device_scale (picture, scale, scale);
  cairo_t *cr = cairo_create (picture);

  cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  draw_all (self, cr, _ut_plot_inks_get (&self->inks, GTK_WIDGET (self)));
  cairo_destroy (cr);
  return picture;
}

static void
ensure_picture (UtParallel *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double drawn = 0;

  if (self->picture != NULL)
    cairo_surface_get_device_scale (self->picture, &drawn, NULL);
  if ((int) drawn == scale)
    return;

  g_clear_pointer (&self->picture, cairo_surface_destroy);
  self->picture = draw_picture (self, scale);
}

void
_ut_parallel_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  UtParallel *self = UT_PARALLEL (widget);
  const graphene_rect_t whole
      = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                            (float) gtk_widget_get_height (widget));

  if (self->columns->len == 0)
    return;

  _ut_parallel_ensure_layout (self);
  ensure_picture (self);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &whole);

  cairo_set_source_surface (cr, self->picture, 0, 0);
  cairo_paint (cr);
  if (self->hovered >= 0)
    draw_hovered (self, cr, _ut_plot_inks_get (&self->inks, widget));
  cairo_destroy (cr);
}
