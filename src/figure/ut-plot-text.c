/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-plot-scene-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* In pixels of a widget; a figure has them in proportion to its font: see by_unit(). */
#define GAP 6
#define SWATCH 16
#define TICK 4
#define SEAM 2

/* Between the labels of y and the ring of the focus. */
#define EDGE 4

/* Widest end label, and the drawing area that must remain beside it. */
#define LABEL_WIDTH 120
#define LEAST_WIDTH 180

/* Least distance of two labels of x. */
#define X_DISTANCE 80

typedef struct
{
  int width;
  int height;
} Size;

static double
by_unit (const UtPlotFrame *frame,
         double             pixels)
{
  return pixels * frame->unit;
}

static double
snapped (double value,
         int    scale)
{
  return round (value * scale) / scale;
}

static PangoLayout *
layout_new (PangoContext *context,
            const char   *text,
            int           width)
{
  PangoLayout *layout = pango_layout_new (context);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  int natural = 0;
  pango_layout_get_pixel_size (layout, &natural, NULL);
  /* Only what is too wide gets a width: in languages that run to the left a layout with one stands
   * at its far end. */
  if (width > 0 && natural > width)
    {
      pango_layout_set_width (layout, width * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  return layout;
}

static Size
measure (PangoContext *context,
         const char   *text,
         int           width)
{
  g_autoptr (PangoLayout) layout = layout_new (context, text, width);
  Size size;
  pango_layout_get_pixel_size (layout, &size.width, &size.height);
  return size;
}

static void
draw (cairo_t           *cr,
      PangoContext      *context,
      const UtPlotFrame *frame,
      const UtColour    *colour,
      const char        *text,
      double             x,
      double             y,
      int                width)
{
  g_autoptr (PangoLayout) layout = layout_new (context, text, width);
  ut_colour_set_source (colour, cr);
  cairo_move_to (cr, snapped (x, frame->scale), snapped (y, frame->scale));
  pango_cairo_show_layout (cr, layout);
}

/* Text over curves: a seam of the ground's colour around each letter keeps them apart. */
static void
draw_over (cairo_t           *cr,
           PangoContext      *context,
           const UtPlotScene *scene,
           const char        *text,
           double             x,
           double             y,
           int                width)
{
  const UtPlotFrame *frame = &scene->frame;
  g_autoptr (PangoLayout) layout = layout_new (context, text, width);

  x = snapped (x, frame->scale);
  y = snapped (y, frame->scale);
  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 2 * by_unit (frame, SEAM));
  ut_colour_set_source (&scene->palette.ground, cr);
  cairo_move_to (cr, x, y);
  pango_cairo_layout_path (cr, layout);
  cairo_stroke (cr);
  cairo_restore (cr);
  ut_colour_set_source (&scene->palette.text, cr);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_swatch (cairo_t           *cr,
             const UtPlotScene *scene,
             const UtPlotCurve *curve,
             double             width,
             double             height)
{
  double line = scene->frame.line_width * 5 / 3;

  ut_plot_style_draw_line (cr, curve->style,
                           &scene->palette.series[curve->style % UT_PLOT_N_COLOURS], line, width,
                           height);
}

static UtColour
dimmed (const UtColour *colour)
{
  UtColour result = *colour;
  result.alpha *= 0.75f;
  return result;
}

/* What stands at the end of @curve: one label per run, at the values per epoch where there are any;
 * for a single run what its lines are, since there is nothing to tell it from. */
static const char *
end_label (const UtPlotScene *scene,
           gsize              index)
{
  const UtPlotCurve *curve = &scene->curves[index];

  if (curve->n == 0 || scene->labels != UT_FIGURE_LABELS_ENDS
      || (scene->n_runs > UT_PLOT_MAX_LABELS && !curve->current))
    return NULL;
  if (scene->n_runs == 1)
    return *curve->name != '\0' ? curve->name : curve->label;
  for (gsize i = 0; i < scene->n_curves; i++)
    {
      const UtPlotCurve *other = &scene->curves[i];
      gboolean better = other->kind == UT_PLOT_SERIES_MARKS && curve->kind != UT_PLOT_SERIES_MARKS;
      if (i != index && other->n > 0 && _ut_plot_curve_same_run (curve, other)
          && (better || (other->kind == curve->kind && i < index)))
        return NULL;
    }
  return curve->label;
}

/* Draws the legend's rows, or only measures them where @cr is NULL. Returns their height. */
static double
lay_legend (cairo_t           *cr,
            PangoContext      *context,
            const UtPlotScene *scene)
{
  const UtPlotFrame *frame = &scene->frame;
  double swatch = 1.5 * by_unit (frame, SWATCH), gap = by_unit (frame, GAP);
  double x = 0, y = 0;
  int height = 0;

  if (scene->labels != UT_FIGURE_LABELS_LEGEND)
    return 0;
  for (gsize i = 0; i < scene->n_curves; i++)
    {
      const UtPlotCurve *curve = &scene->curves[i];
      gboolean known = curve->n == 0 || *curve->label == '\0';
      for (gsize j = 0; j < i && !known; j++)
        known = scene->curves[j].n > 0 && _ut_plot_curve_same_run (curve, &scene->curves[j]);
      if (known)
        continue;
      int room = (int) (frame->width - swatch - gap / 2);
      Size size = measure (context, curve->label, room);
      if (x > 0 && x + swatch + gap / 2 + size.width > frame->width)
        {
          x = 0;
          y += size.height;
        }
      if (cr != NULL)
        {
          cairo_save (cr);
          cairo_translate (cr, x, frame->legend + y);
          draw_swatch (cr, scene, curve, swatch, size.height);
          cairo_restore (cr);
          draw (cr, context, frame, &scene->palette.text, curve->label, x + swatch + gap / 2,
                frame->legend + y, room);
        }
      x += swatch + gap / 2 + size.width + 2 * gap;
      height = size.height;
    }
  return height > 0 ? y + height + gap / 2 : 0;
}

void
_ut_plot_text_arrange (UtPlotScene  *scene,
                       PangoContext *context,
                       gboolean      with_title,
                       double        x_low,
                       double        x_high,
                       double        y_low,
                       double        y_high,
                       gboolean      y_log,
                       double        limit_low,
                       double        limit_high)
{
  UtPlotFrame *frame = &scene->frame;
  double gap = by_unit (frame, GAP);
  double swatch = by_unit (frame, SWATCH);
  double tick = by_unit (frame, TICK);
  Size digit = measure (context, "0", 0);
  Size title = { 0, 0 };
  double distance = digit.height * 2.4;

  if (with_title && scene->title != NULL)
    title = measure (context, scene->title, frame->width);
  frame->legend = title.height + (title.height > 0 ? gap : 0);
  double legend = lay_legend (NULL, context, scene);
  frame->top = snapped (frame->legend + legend + digit.height / 2.0 + by_unit (frame, SEAM),
                        frame->scale);
  double below = digit.height + tick + gap;
  if (scene->x_title != NULL && *scene->x_title != '\0')
    below += digit.height;
  frame->bottom = MAX (frame->top + 1, snapped (frame->height - below, frame->scale));

  if (!scene->empty && !frame->y_fixed)
    {
      ut_ticks_widen (&y_low, &y_high, y_log, frame->bottom - frame->top, distance);
      if (!isnan (limit_low))
        y_low = MAX (y_low, limit_low);
      if (!isnan (limit_high))
        y_high = MIN (y_high, limit_high);
    }
  ut_scale_init (&frame->y, y_low, y_high, frame->bottom, frame->top, y_log);
  ut_ticks_init (&frame->y_ticks, &frame->y, distance);

  int left = digit.width;
  for (gsize i = 0; i < frame->y_ticks.n && !scene->empty; i++)
    {
      g_autofree char *label = ut_ticks_format (&frame->y_ticks, frame->y_ticks.values[i]);
      left = MAX (left, measure (context, label, 0).width);
    }
  frame->left = MIN (by_unit (frame, EDGE) + left + gap, frame->width / 3);

  double right = 0;
  for (gsize i = 0; i < scene->n_curves; i++)
    {
      const char *label = end_label (scene, i);
      if (label != NULL)
        right
            = MAX (right, swatch + gap
                              + measure (context, label, (int) by_unit (frame, LABEL_WIDTH)).width);
    }
  if (frame->width - frame->left - right - 2 * gap < by_unit (frame, LEAST_WIDTH))
    right = 0;
  frame->right
      = MAX (frame->left + 1, frame->width - right - (right > 0 ? 2 * gap : digit.width * 2));

  ut_scale_init (&frame->x, x_low, x_high, frame->left, frame->right, FALSE);
  double x_distance = MAX (by_unit (frame, X_DISTANCE), digit.width * 9);
  if (scene->axis == UT_PLOT_AXIS_TIME)
    ut_ticks_init_time (&frame->x_ticks, &frame->x, x_distance);
  else
    ut_ticks_init (&frame->x_ticks, &frame->x, x_distance);
  if (scene->empty)
    frame->x_ticks.n = 0;
}

static void
draw_ticks (cairo_t           *cr,
            PangoContext      *context,
            const UtPlotScene *scene)
{
  const UtPlotFrame *frame = &scene->frame;
  double gap = by_unit (frame, GAP);
  double tick = by_unit (frame, TICK);
  UtColour colour = dimmed (&scene->palette.text);
  double free_from = -INFINITY;

  for (gsize i = 0; i < frame->y_ticks.n; i++)
    {
      g_autofree char *label = ut_ticks_format (&frame->y_ticks, frame->y_ticks.values[i]);
      Size size = measure (context, label, 0);
      double y = ut_scale_map (&frame->y, frame->y_ticks.values[i]) - size.height / 2.0;
      draw (cr, context, frame, &colour, label, frame->left - gap - size.width, y, 0);
    }
  for (gsize i = 0; i < frame->x_ticks.n; i++)
    {
      g_autofree char *label = ut_ticks_format (&frame->x_ticks, frame->x_ticks.values[i]);
      Size size = measure (context, label, 0);
      double x = ut_scale_map (&frame->x, frame->x_ticks.values[i]) - size.width / 2.0;
      x = CLAMP (x, 0, MAX (0, frame->width - size.width));
      if (x < free_from)
        continue;
      draw (cr, context, frame, &colour, label, x, frame->bottom + tick + 1, 0);
      free_from = x + size.width + gap;
    }
}

static void
draw_reference (cairo_t           *cr,
                PangoContext      *context,
                const UtPlotScene *scene)
{
  const UtPlotFrame *frame = &scene->frame;
  double gap = by_unit (frame, GAP);
  double y = isfinite (scene->reference) ? ut_scale_map (&frame->y, scene->reference) : NAN;

  if (scene->reference_label == NULL || isnan (y) || y < frame->top || y > frame->bottom)
    return;
  int room = (int) (frame->right - frame->left - 2 * gap);
  if (room < 40)
    return;
  Size size = measure (context, scene->reference_label, room);
  /* Above the line, or below it at the upper edge. */
  double top = y - size.height - 1;
  if (top < frame->top)
    top = y + 1;
  draw_over (cr, context, scene, scene->reference_label, frame->left + gap, top, room);
}

static void
draw_ends (cairo_t           *cr,
           PangoContext      *context,
           const UtPlotScene *scene)
{
  const UtPlotFrame *frame = &scene->frame;
  double gap = by_unit (frame, GAP);
  double swatch = by_unit (frame, SWATCH);
  int room = (int) (frame->width - frame->right - 2 * gap - swatch);
  int height = measure (context, "0", 0).height;
  g_autofree double *centres = g_new (double, scene->n_curves + 1);
  g_autofree gsize *which = g_new (gsize, scene->n_curves + 1);
  gsize n = 0;

  if (room < height)
    return;
  for (gsize i = 0; i < scene->n_curves; i++)
    {
      const UtPlotCurve *curve = &scene->curves[i];
      if (end_label (scene, i) == NULL)
        continue;
      gint64 last = _ut_plot_curve_last (curve, frame->x.high);
      double value = last < 0 ? NAN : _ut_plot_curve_value (curve, (gsize) last, frame->smoothing);
      double y = ut_scale_map (&frame->y, value);
      if (isnan (y))
        continue;
      centres[n] = CLAMP (y, frame->top, frame->bottom);
      which[n++] = i;
    }
  ut_ticks_spread (centres, n, height, frame->top - height / 2.0, frame->bottom + height / 2.0);
  for (gsize i = 0; i < n; i++)
    {
      const UtPlotCurve *curve = &scene->curves[which[i]];
      double x = frame->right + gap;
      cairo_save (cr);
      cairo_translate (cr, x, round (centres[i] - height / 2.0));
      draw_swatch (cr, scene, curve, swatch, height);
      cairo_restore (cr);
      draw (cr, context, frame, &scene->palette.text, end_label (scene, which[i]),
            x + swatch + gap / 2.0, centres[i] - height / 2.0, room);
    }
}

/* How lines of several runs are told apart: the labels at their ends name the runs only. */
static void
draw_key (cairo_t           *cr,
          PangoContext      *context,
          const UtPlotScene *scene,
          double             right)
{
  const UtPlotFrame *frame = &scene->frame;
  double gap = by_unit (frame, GAP);
  double swatch = by_unit (frame, SWATCH);
  double tick = by_unit (frame, TICK);
  UtColour colour = dimmed (&scene->palette.text);
  double x = frame->left;

  for (gsize i = 0; i < scene->n_curves && scene->n_runs > 1; i++)
    {
      const UtPlotCurve *curve = &scene->curves[i];
      gboolean known = curve->n == 0 || *curve->name == '\0';
      for (gsize j = 0; j < i && !known; j++)
        known = scene->curves[j].n > 0 && scene->curves[j].name == curve->name;
      if (known)
        continue;
      Size size = measure (context, curve->name, 0);
      if (x + swatch + gap / 2.0 + size.width > right - gap)
        break;
      cairo_save (cr);
      cairo_translate (cr, x, frame->bottom + tick + 1 + size.height);
      _ut_plot_draw_sample (cr, curve->kind, &colour, swatch, size.height);
      cairo_restore (cr);
      x += swatch + gap / 2.0;
      draw (cr, context, frame, &colour, curve->name, x, frame->bottom + tick + 1 + size.height, 0);
      x += size.width + 2 * gap;
    }
}

static void
draw_best (cairo_t           *cr,
           PangoContext      *context,
           const UtPlotScene *scene,
           const UtPlotCurve *curve)
{
  const UtPlotFrame *frame = &scene->frame;

  if (curve->best < 0 || (guint64) curve->best >= curve->n
      || !isfinite (curve->points->y[curve->best]))
    return;
  double x = curve->points->x[curve->best];
  double y = ut_scale_map (&frame->y, curve->points->y[curve->best]);
  if (isnan (y) || x < frame->x.low || x > frame->x.high)
    return;
  g_autofree char *label = ut_ticks_format_value (curve->points->y[curve->best]);
  Size size = measure (context, label, 0);
  double left = ut_scale_map (&frame->x, x) - size.width / 2.0;
  double top = y - size.height - 9;
  left = CLAMP (left, frame->left + 2, MAX (frame->left + 2, frame->right - size.width - 2));
  if (top < frame->top - size.height / 2.0)
    top = y + 9;
  draw_over (cr, context, scene, label, left, top, 0);
}

void
_ut_plot_text_draw (cairo_t           *cr,
                    PangoContext      *context,
                    const UtPlotScene *scene,
                    gboolean           with_title)
{
  const UtPlotFrame *frame = &scene->frame;
  double tick = by_unit (frame, TICK);
  UtColour colour = dimmed (&scene->palette.text);

  if (with_title && scene->title != NULL)
    draw (cr, context, frame, &scene->palette.text, scene->title, 0, 0, frame->width);
  if (scene->empty)
    {
      const char *text = _("Nothing to draw yet");
      Size size = measure (context, text, frame->width);
      draw (cr, context, frame, &colour, text, (frame->width - size.width) / 2.0,
            (frame->top + frame->bottom - size.height) / 2, frame->width);
      return;
    }
  draw_ticks (cr, context, scene);
  if (scene->x_title != NULL && *scene->x_title != '\0')
    {
      Size size = measure (context, scene->x_title, frame->width);
      double left = frame->right - size.width;
      draw (cr, context, frame, &colour, scene->x_title, left,
            frame->bottom + tick + 1 + size.height, frame->width);
      draw_key (cr, context, scene, left);
    }
  lay_legend (cr, context, scene);
  draw_reference (cr, context, scene);
  for (gsize i = 0; i < scene->n_curves; i++)
    if (scene->curves[i].current || scene->n_runs == 1)
      draw_best (cr, context, scene, &scene->curves[i]);
  draw_ends (cr, context, scene);
}

void
_ut_plot_text_draw_cursor (cairo_t           *cr,
                           PangoContext      *context,
                           const UtPlotScene *scene,
                           double             x)
{
  const UtPlotFrame *frame = &scene->frame;
  double tick = by_unit (frame, TICK);
  if (isnan (x) || x < frame->x.low || x > frame->x.high || scene->empty)
    return;

  g_autofree char *label = _ut_plot_scene_dup_place (scene, x);
  Size size = measure (context, label, 0);
  double left = round (ut_scale_map (&frame->x, x) - size.width / 2.0);
  left = CLAMP (left, 4, MAX (4, frame->width - size.width - 4));
  double top = frame->bottom + tick + 1;
  double from = left - 7, to = left + size.width + 7;
  /* A tick label that it touches is covered wholly: half of one reads as another number. */
  for (gsize i = 0; i < frame->x_ticks.n; i++)
    {
      g_autofree char *mark = ut_ticks_format (&frame->x_ticks, frame->x_ticks.values[i]);
      double half = measure (context, mark, 0).width / 2.0 + 1;
      double centre = ut_scale_map (&frame->x, frame->x_ticks.values[i]);
      if (centre + half > left - 7 && centre - half < left + size.width + 7)
        {
          from = MIN (from, centre - half);
          to = MAX (to, centre + half);
        }
    }
  ut_colour_set_source (&scene->palette.ground, cr);
  cairo_rectangle (cr, from, top, to - from, size.height);
  cairo_fill (cr);
  ut_colour_set_source (&scene->palette.text, cr);
  cairo_rectangle (cr, left - 4, top, size.width + 8, size.height);
  cairo_fill (cr);
  draw (cr, context, frame, &scene->palette.ground, label, left, top, 0);
}
