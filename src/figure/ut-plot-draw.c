/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-plot-scene-private.h"

#include <math.h>

/* Cairo's cost grows faster than the number of points in a stroke: many short ones are linear. */
#define PIECE 32

/* Pixels per point below which markers would touch, and below which points share columns. */
#define ROOM_FOR_MARKER 7
#define ROOM_FOR_POINT 3

/* Pixels per value below which a band tells more than a thin line through all of them. */
#define ROOM_FOR_VALUE 0.5

/* Half of what a cursor and its label take, in pixels, with the tick labels that it covers. */
#define ROOM_FOR_CURSOR 80

/* Pixels between two marks of what cannot be drawn. */
#define ROOM_FOR_FAULT 9

/* A stroke in pieces, whose dashes run on from piece to piece. */
typedef struct
{
  cairo_t *cr;
  guint    style;
  double   width;
  double   offset;
  double   x;
  double   y;
  int      n; /* points in the path; 0 when the pen is up */
} Pen;

static void
pen_flush (Pen *pen)
{
  if (pen->n > 1)
    {
      cairo_stroke (pen->cr);
      ut_plot_style_set_dash (pen->cr, pen->style, pen->width, pen->offset);
    }
  else
    {
      cairo_new_path (pen->cr);
    }
}

static void
pen_up (Pen *pen)
{
  pen_flush (pen);
  pen->n = 0;
}

static void
pen_to (Pen    *pen,
        double  x,
        double  y)
{
  if (pen->n == 0)
    {
      cairo_move_to (pen->cr, x, y);
    }
  else
    {
      cairo_line_to (pen->cr, x, y);
      pen->offset += hypot (x - pen->x, y - pen->y);
    }
  pen->x = x;
  pen->y = y;
  if (++pen->n == PIECE)
    {
      pen_flush (pen);
      cairo_move_to (pen->cr, x, y);
      pen->n = 1;
    }
}

static double
snap (double value,
      int    scale)
{
  return (floor (value * scale) + 0.5) / scale;
}

/* Fading is towards the ground rather than by alpha, so that pieces of a stroke may overlap
 * unseen. */
static UtColour
colour_of (const UtPlotScene *scene,
           const UtPlotCurve *curve)
{
  const UtColour *colour = &scene->palette.series[curve->style % UT_PLOT_N_COLOURS];
  return curve->faded ? ut_colour_mix (colour, &scene->palette.ground, 0.6f) : *colour;
}

static double
width_of (const UtPlotScene *scene,
          const UtPlotCurve *curve)
{
  return scene->frame.line_width * (curve->current ? 4.0 / 3 : 1);
}

/* A radius of markers, which go with the lines. */
static double
radius_of (const UtPlotScene *scene,
           double             pixels)
{
  return pixels * scene->frame.line_width / UT_PLOT_LINE_WIDTH;
}

static void
level_line (cairo_t           *cr,
            const UtPlotFrame *frame,
            double             pixel)
{
  double y = snap (pixel, frame->scale);
  cairo_move_to (cr, frame->left, y);
  cairo_line_to (cr, frame->right, y);
}

void
_ut_plot_draw_grid (cairo_t           *cr,
                    const UtPlotScene *scene)
{
  const UtPlotFrame *frame = &scene->frame;
  double hair = 1.0 / frame->scale;

  cairo_save (cr);
  cairo_set_line_width (cr, hair);
  ut_colour_set_source (&scene->palette.grid, cr);
  for (gsize i = 0; i < frame->y_ticks.n; i++)
    level_line (cr, frame,
                MIN (ut_scale_map (&frame->y, frame->y_ticks.values[i]), frame->bottom - hair));
  cairo_stroke (cr);

  /* The axis itself is twice as strong as the grid. */
  level_line (cr, frame, frame->bottom - hair);
  for (gsize i = 0; i < frame->x_ticks.n; i++)
    {
      double x
          = snap (MIN (ut_scale_map (&frame->x, frame->x_ticks.values[i]), frame->right - hair),
                  frame->scale);
      cairo_move_to (cr, x, frame->bottom);
      cairo_line_to (cr, x, frame->bottom + 4);
    }
  cairo_stroke (cr);

  if (isfinite (scene->reference) && scene->reference >= frame->y.low
      && scene->reference <= frame->y.high)
    {
      const double dash[] = { 6, 4 };
      UtColour colour = scene->palette.text;
      colour.alpha *= 0.65f;
      ut_colour_set_source (&colour, cr);
      cairo_set_line_width (cr, 1);
      cairo_set_dash (cr, dash, G_N_ELEMENTS (dash), 0);
      level_line (cr, frame, ut_scale_map (&frame->y, scene->reference));
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

static double
column_width (const UtPlotFrame *frame,
              const UtDecimator *decimator)
{
  return (frame->right - frame->left) / (double) decimator->n_columns;
}

/* The values of a column of the band, stretched half way to those of @next, so that the band hangs
 * together where a column has few values. */
static void
reach (const UtColumn *next,
       double         *low,
       double         *high)
{
  if (isnan (next->x))
    return;
  if (next->high < *low)
    *low -= (*low - next->high) / 2;
  if (next->low > *high)
    *high += (next->low - *high) / 2;
}

static void
band_column (const UtDecimator *decimator,
             gsize              index,
             double            *low,
             double            *high)
{
  const UtColumn *at = &decimator->columns[index];

  *low = at->low;
  *high = at->high;
  if (index > 0)
    reach (at - 1, low, high);
  if (index + 1 < decimator->n_columns)
    reach (at + 1, low, high);
}

/* Bands of many runs add up to a grey in which none can be told from another. */
static float
alpha_of (const UtPlotScene *scene,
          const UtPlotCurve *curve)
{
  if (scene->n_runs == 1 || curve->current)
    return 0.2f;
  return curve->n_members > 1 ? 0.14f : scene->n_runs > 3 ? 0.06f : 0.1f;
}

/* The edge of a band, which may be where a logarithm has no values. */
static double
map_edge (const UtPlotFrame *frame,
          double             value)
{
  return frame->y.log && value <= 0 ? frame->bottom : ut_scale_map (&frame->y, value);
}

static void
draw_envelope (cairo_t           *cr,
               const UtPlotScene *scene,
               const UtPlotCurve *curve,
               const UtDecimator *decimator)
{
  const UtPlotFrame *frame = &scene->frame;
  double column = column_width (frame, decimator);
  double left = frame->left + column / 2;
  double least = column / 2;
  double low = 0, high = 0;
  UtColour colour = colour_of (scene, curve);

  colour.alpha *= alpha_of (scene, curve);
  ut_colour_set_source (&colour, cr);
  gsize i = 0;
  while (i < decimator->n_columns)
    {
      /* A stretch ends where there is something that cannot be drawn. */
      gsize first = i;
      gsize last = first;
      for (; i < decimator->n_columns; i++)
        {
          const UtColumn *at = &decimator->columns[i];
          if (!isnan (at->x))
            {
              band_column (decimator, i, &low, &high);
              double x = left + (double) i * column;
              double y = map_edge (frame, high) - least;
              if (i == first || !cairo_has_current_point (cr))
                cairo_move_to (cr, x - column / 2, y);
              cairo_line_to (cr, x, y);
              last = i;
            }
          else if (at->marks != 0)
            {
              break;
            }
        }
      if (cairo_has_current_point (cr))
        {
          band_column (decimator, last, &low, &high);
          cairo_line_to (cr, left + (double) last * column + column / 2,
                         map_edge (frame, high) - least);
          for (gsize j = last + 1; j > first; j--)
            if (!isnan (decimator->columns[j - 1].x))
              {
                band_column (decimator, j - 1, &low, &high);
                cairo_line_to (cr, left + (double) (j - 1) * column,
                               map_edge (frame, low) + least);
              }
          cairo_close_path (cr);
          cairo_fill (cr);
        }
      i = MAX (i, first) + 1;
    }
}

/* Around the marks of a mean. */
static void
draw_band (cairo_t           *cr,
           const UtPlotScene *scene,
           const UtPlotCurve *curve)
{
  const UtPlotFrame *frame = &scene->frame;
  UtColour colour = colour_of (scene, curve);

  colour.alpha *= alpha_of (scene, curve);
  ut_colour_set_source (&colour, cr);
  for (gsize from = 0, to = 0; from < curve->n; from = to + 1)
    {
      /* A stretch of marks that can be drawn. */
      for (to = from; to < curve->n && isfinite (curve->points->y[to]); to++)
        cairo_line_to (cr, ut_scale_map (&frame->x, curve->points->x[to]),
                       map_edge (frame, curve->points->y[to] + curve->halves[to]));
      for (gsize i = to; i > from; i--)
        cairo_line_to (cr, ut_scale_map (&frame->x, curve->points->x[i - 1]),
                       map_edge (frame, curve->points->y[i - 1] - curve->halves[i - 1]));
      cairo_close_path (cr);
      cairo_fill (cr);
    }
}

/* Few points: the values themselves, as a thin line behind the smoothed one. */
static void
draw_points (cairo_t           *cr,
             const UtPlotScene *scene,
             const UtPlotCurve *curve,
             double             line_width,
             float              share,
             gboolean           dashed)
{
  const UtPlotFrame *frame = &scene->frame;
  UtColour colour = colour_of (scene, curve);
  colour = ut_colour_mix (&colour, &scene->palette.ground, share);
  Pen pen = { .cr = cr, .style = dashed ? curve->style : 0, .width = line_width };

  gsize first = ut_decimate_lower (curve->points->x, curve->n, frame->x.low);
  gsize last = ut_decimate_lower (curve->points->x, curve->n, nextafter (frame->x.high, INFINITY));
  ut_colour_set_source (&colour, cr);
  cairo_set_line_width (cr, line_width);
  ut_plot_style_set_dash (cr, pen.style, line_width, 0);
  for (gsize i = first > 0 ? first - 1 : 0; i < MIN (last + 1, curve->n); i++)
    {
      double y
          = isfinite (curve->points->y[i]) ? ut_scale_map (&frame->y, curve->points->y[i]) : NAN;
      if (isnan (y))
        pen_up (&pen);
      else
        pen_to (&pen, ut_scale_map (&frame->x, curve->points->x[i]), y);
    }
  pen_up (&pen);
}

static void
point_to (Pen               *pen,
          const UtPlotFrame *frame,
          const UtColumn    *at)
{
  double y = ut_scale_map (&frame->y, at->smooth);
  if (!isnan (at->x) && !isnan (y))
    pen_to (pen, ut_scale_map (&frame->x, at->x), y);
}

static void
draw_smooth (cairo_t           *cr,
             const UtPlotScene *scene,
             const UtPlotCurve *curve,
             const UtDecimator *decimator)
{
  const UtPlotFrame *frame = &scene->frame;
  UtColour colour = colour_of (scene, curve);
  Pen pen = { .cr = cr, .style = curve->style, .width = width_of (scene, curve) };
  /* A line shows nothing finer than itself. */
  double distance = frame->line_width / UT_PLOT_LINE_WIDTH * 2;
  gsize stride = (gsize) MAX (1, ceil (distance / column_width (frame, decimator) - 0.01));
  gsize next = 0;
  const UtColumn *pending = NULL;

  ut_colour_set_source (&colour, cr);
  cairo_set_line_width (cr, pen.width);
  ut_plot_style_set_dash (cr, pen.style, pen.width, 0);
  point_to (&pen, frame, &decimator->before);
  for (gsize i = 0; i < decimator->n_columns; i++)
    {
      const UtColumn *at = &decimator->columns[i];
      if (isnan (at->x))
        {
          if (at->marks != 0)
            {
              if (pending != NULL)
                point_to (&pen, frame, pending);
              pending = NULL;
              pen_up (&pen);
            }
        }
      else if (i >= next)
        {
          point_to (&pen, frame, at);
          pending = NULL;
          next = i + stride;
        }
      else
        {
          pending = at;
        }
    }
  /* The line ends at the last value, not up to a stride before it. */
  if (pending != NULL)
    point_to (&pen, frame, pending);
  point_to (&pen, frame, &decimator->after);
  pen_up (&pen);
}

static void
draw_columns (cairo_t           *cr,
              const UtPlotScene *scene,
              const UtPlotCurve *curve,
              const UtDecimator *decimator)
{
  const UtPlotFrame *frame = &scene->frame;
  UtColour colour = colour_of (scene, curve);
  Pen pen = { .cr = cr, .style = 0, .width = width_of (scene, curve) };

  ut_colour_set_source (&colour, cr);
  cairo_set_line_width (cr, pen.width);
  ut_plot_style_set_dash (cr, 0, pen.width, 0);
  for (gsize i = 0; i < decimator->n_columns; i++)
    {
      const UtColumn *at = &decimator->columns[i];
      if (!isnan (at->x))
        {
          double x = ut_scale_map (&frame->x, at->x);
          pen_to (&pen, x, ut_scale_map (&frame->y, at->low));
          if (at->high > at->low)
            pen_to (&pen, x, ut_scale_map (&frame->y, at->high));
        }
      else if (at->marks != 0)
        {
          pen_up (&pen);
        }
    }
  pen_up (&pen);
}

static void
draw_markers (cairo_t           *cr,
              const UtPlotScene *scene,
              const UtPlotCurve *curve,
              double             radius)
{
  const UtPlotFrame *frame = &scene->frame;
  UtColour colour = colour_of (scene, curve);

  gsize first = ut_decimate_lower (curve->points->x, curve->n, frame->x.low);
  for (gsize i = first; i < curve->n && curve->points->x[i] <= frame->x.high; i++)
    {
      double y
          = isfinite (curve->points->y[i]) ? ut_scale_map (&frame->y, curve->points->y[i]) : NAN;
      if (isnan (y))
        continue;
      cairo_arc (cr, ut_scale_map (&frame->x, curve->points->x[i]), y, radius, 0, 2 * G_PI);
      ut_colour_set_source (&colour, cr);
      cairo_fill (cr);
    }
}

static void
draw_best (cairo_t           *cr,
           const UtPlotScene *scene,
           const UtPlotCurve *curve)
{
  const UtPlotFrame *frame = &scene->frame;

  if (curve->best < 0 || (guint64) curve->best >= curve->n)
    return;
  double x = curve->points->x[curve->best];
  double y = curve->points->y[curve->best];
  double at = isfinite (y) ? ut_scale_map (&frame->y, y) : NAN;
  if (isnan (at) || x < frame->x.low || x > frame->x.high)
    return;
  UtColour colour = colour_of (scene, curve);
  cairo_arc (cr, ut_scale_map (&frame->x, x), at, radius_of (scene, curve->current ? 7 : 6), 0,
             2 * G_PI);
  cairo_set_line_width (cr, width_of (scene, curve));
  ut_plot_style_set_dash (cr, 0, 1, 0);
  ut_colour_set_source (&colour, cr);
  cairo_stroke (cr);
}

static void
triangle (cairo_t *cr,
          double   x,
          double   tip,
          double   height)
{
  cairo_move_to (cr, x, tip);
  cairo_line_to (cr, x - 4, tip + height);
  cairo_line_to (cr, x + 4, tip + height);
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* A cross on the x axis where a value was not a number, a triangle at the edge where it left the
 * plot. */
static void
draw_faults (cairo_t           *cr,
             const UtPlotScene *scene,
             const UtPlotCurve *curve,
             const UtDecimator *decimator)
{
  const UtPlotFrame *frame = &scene->frame;
  UtColour colour = colour_of (scene, curve);
  double column = column_width (frame, decimator);
  double free_from[3] = { -INFINITY, -INFINITY, -INFINITY };

  ut_colour_set_source (&colour, cr);
  cairo_set_line_width (cr, 1.5);
  ut_plot_style_set_dash (cr, 0, 1, 0);
  for (gsize i = 0; i < decimator->n_columns; i++)
    {
      UtColumnMarks marks = decimator->columns[i].marks;
      double x = snap (frame->left + (double) i * column, frame->scale);
      if ((marks & UT_COLUMN_MISSING) != 0 && x >= free_from[0])
        {
          double y = frame->bottom - 5;
          cairo_move_to (cr, x - 3, y - 3);
          cairo_line_to (cr, x + 3, y + 3);
          cairo_move_to (cr, x - 3, y + 3);
          cairo_line_to (cr, x + 3, y - 3);
          cairo_stroke (cr);
          free_from[0] = x + ROOM_FOR_FAULT;
        }
      if ((marks & UT_COLUMN_ABOVE) != 0 && x >= free_from[1])
        {
          triangle (cr, x, frame->top + 1, 6);
          free_from[1] = x + ROOM_FOR_FAULT;
        }
      if ((marks & UT_COLUMN_BELOW) != 0 && x >= free_from[2])
        {
          triangle (cr, x, frame->bottom - 1, -6);
          free_from[2] = x + ROOM_FOR_FAULT;
        }
    }
}

typedef enum
{
  LAYER_AREA,
  LAYER_LINE,
  LAYER_MARK,
} Layer;

static void
draw_curve (cairo_t           *cr,
            const UtPlotScene *scene,
            const UtPlotCurve *curve,
            const UtDecimator *decimator,
            Layer              layer)
{
  double width = scene->frame.right - scene->frame.left;
  double room = width / (double) MAX (decimator->n_inside, 1);
  gboolean dense = curve->kind == UT_PLOT_SERIES_DENSE;

  switch (layer)
    {
    case LAYER_AREA:
      if (curve->n_members > 1)
        {
          if (dense)
            draw_envelope (cr, scene, curve, decimator);
          else
            draw_band (cr, scene, curve);
          break;
        }
      if (scene->n_runs > UT_PLOT_MAX_LABELS && !curve->current)
        break;
      if (dense && room >= ROOM_FOR_VALUE)
        {
          /* The denser the values, the paler their line, which must not hide the smoothed one. */
          float share = room >= ROOM_FOR_POINT ? 0.6f : 0.75f;
          if (scene->n_runs > 1 && !curve->current)
            share = (1 + share) / 2;
          draw_points (cr, scene, curve, radius_of (scene, 1), share, FALSE);
        }
      else if (dense)
        draw_envelope (cr, scene, curve, decimator);
      break;

    case LAYER_LINE:
      if (dense)
        draw_smooth (cr, scene, curve, decimator);
      else if (room >= ROOM_FOR_POINT)
        draw_points (cr, scene, curve, width_of (scene, curve), 0, TRUE);
      else
        draw_columns (cr, scene, curve, decimator);
      break;

    case LAYER_MARK:
      draw_faults (cr, scene, curve, decimator);
      if (curve->faded && decimator->n_inside > 1)
        break;
      if (!dense && room >= ROOM_FOR_MARKER)
        draw_markers (cr, scene, curve, radius_of (scene, curve->current ? 3.5 : 3));
      else if (dense && decimator->n_inside == 1)
        draw_markers (cr, scene, curve, radius_of (scene, 2));
      draw_best (cr, scene, curve);
      break;

    default:
      g_assert_not_reached ();
    }
}

/* The columns of @curve: those of its series, or in @own their mean. */
static const UtDecimator *
decimate (const UtPlotScene *scene,
          const UtPlotCurve *curve,
          gsize              n_columns,
          UtDecimator       *own)
{
  const UtPlotFrame *frame = &scene->frame;
  double weight = curve->kind == UT_PLOT_SERIES_DENSE ? frame->smoothing : 0;
  g_autofree const UtDecimator **decimators = g_new (const UtDecimator *, curve->n_members + 1);
  g_autofree UtDecimator *made = g_new0 (UtDecimator, curve->n_members);
  gboolean one = curve->n_members <= 1 || curve->kind == UT_PLOT_SERIES_MARKS;

  for (gsize i = 0; i < (one ? 1 : curve->n_members); i++)
    {
      const UtPlotMember *member = &curve->members[i];
      UtDecimator *decimator = member->decimator != NULL && curve->halves == NULL
                                   ? member->decimator
                               : one ? own
                                     : &made[i];
      const UtPlotPoints *points = one ? curve->points : member->points;
      ut_decimator_prepare (decimator, frame->x.low, frame->x.high, n_columns, frame->y.log,
                            weight);
      ut_decimator_update (decimator, points->x, points->y, one ? curve->n : member->n);
      decimators[i] = decimator;
    }
  if (one)
    return decimators[0];
  ut_band_fold (own, decimators, curve->n_members, curve->interval);
  for (gsize i = 0; i < curve->n_members; i++)
    ut_decimator_clear (&made[i]);
  return own;
}

void
_ut_plot_draw_curves (cairo_t           *cr,
                      const UtPlotScene *scene,
                      gboolean           live)
{
  const UtPlotFrame *frame = &scene->frame;
  double width = frame->right - frame->left;
  if (scene->empty || width < 1)
    return;

  g_autofree UtDecimator *own = g_new0 (UtDecimator, scene->n_curves);
  g_autofree const UtDecimator **decimators = g_new0 (const UtDecimator *, scene->n_curves + 1);
  gsize n_columns = (gsize) MAX (1, lround (width * frame->scale));
  if (frame->max_columns > 0)
    n_columns = MIN (n_columns, frame->max_columns);

  cairo_save (cr);
  /* Marks on the edge of the drawing area are whole; there is room for them in the margins. */
  cairo_rectangle (cr, frame->left - 8, frame->top - 8, width + 16, frame->bottom - frame->top + 8);
  cairo_clip (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_BEVEL);
  for (gsize i = 0; i < scene->n_curves; i++)
    if (scene->curves[i].live == live)
      decimators[i] = decimate (scene, &scene->curves[i], n_columns, &own[i]);
  for (Layer layer = LAYER_AREA; layer <= LAYER_MARK; layer++)
    {
      cairo_save (cr);
      if (layer != LAYER_MARK)
        {
          cairo_rectangle (cr, frame->left, frame->top - 2, width, frame->bottom - frame->top + 2);
          cairo_clip (cr);
        }
      for (gsize i = 0; i < scene->n_curves; i++)
        if (scene->curves[i].live == live)
          draw_curve (cr, scene, &scene->curves[i], decimators[i], layer);
      cairo_restore (cr);
    }
  cairo_restore (cr);
  for (gsize i = 0; i < scene->n_curves; i++)
    ut_decimator_clear (&own[i]);
}

void
_ut_plot_draw_sample (cairo_t         *cr,
                      UtPlotSeriesKind kind,
                      const UtColour  *colour,
                      double           width,
                      double           height)
{
  cairo_save (cr);
  if (kind == UT_PLOT_SERIES_DENSE)
    {
      UtColour band = *colour;
      band.alpha *= 0.3f;
      ut_colour_set_source (&band, cr);
      cairo_rectangle (cr, 0, round (height / 2) - 4, width, 8);
      cairo_fill (cr);
    }
  ut_colour_set_source (colour, cr);
  if (kind == UT_PLOT_SERIES_MARKS)
    {
      /* Text leaves its place as the start of the path. */
      cairo_new_path (cr);
      cairo_arc (cr, width / 2, round (height / 2), 3, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, 0, round (height / 2));
  cairo_line_to (cr, width, round (height / 2));
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
_ut_plot_draw_hover (cairo_t           *cr,
                     const UtPlotScene *scene,
                     double             x,
                     gssize             followed)
{
  const UtPlotFrame *frame = &scene->frame;
  if (isnan (x) || x < frame->x.low || x > frame->x.high || scene->empty)
    return;

  UtColour colour = scene->palette.text;
  colour.alpha *= 0.6f;
  double line
      = snap (MIN (ut_scale_map (&frame->x, x), frame->right - 1.0 / frame->scale), frame->scale);
  ut_colour_set_source (&colour, cr);
  cairo_set_line_width (cr, 1.0 / frame->scale);
  cairo_move_to (cr, line, frame->top);
  cairo_line_to (cr, line, frame->bottom);
  cairo_stroke (cr);

  for (gsize i = 0; i < scene->n_curves; i++)
    {
      const UtPlotCurve *curve = &scene->curves[i];
      /* Among many runs only those one looks at. */
      if (curve->n == 0 || (curve->faded && (gssize) i != followed))
        continue;
      gsize index = ut_decimate_find (curve->points->x, curve->n, x);
      double at_x = curve->points->x[index];
      double value = _ut_plot_curve_value (curve, index, frame->smoothing);
      double y = isfinite (value) ? ut_scale_map (&frame->y, value) : NAN;
      if (isnan (y) || at_x < frame->x.low || at_x > frame->x.high || y < frame->top - 1
          || y > frame->bottom + 1)
        continue;
      /* A ring of the ground's colour keeps the dot apart from the lines below it. */
      double radius = (gssize) i == followed ? 5 : 3.5;
      cairo_arc (cr, ut_scale_map (&frame->x, at_x), y, radius + 1.5, 0, 2 * G_PI);
      ut_colour_set_source (&scene->palette.ground, cr);
      cairo_fill (cr);
      cairo_arc (cr, ut_scale_map (&frame->x, at_x), y, radius, 0, 2 * G_PI);
      ut_colour_set_source (&scene->palette.series[curve->style % UT_PLOT_N_COLOURS], cr);
      cairo_fill (cr);
    }
}

void
_ut_plot_hover_extent (const UtPlotScene *scene,
                       double             x,
                       double            *left,
                       double            *right)
{
  const UtPlotFrame *frame = &scene->frame;
  double at = ut_scale_map (&frame->x, x);

  *left = at - ROOM_FOR_CURSOR;
  *right = at + ROOM_FOR_CURSOR;
  for (gsize i = 0; i < scene->n_curves; i++)
    {
      const UtPlotCurve *curve = &scene->curves[i];
      if (curve->n == 0 || curve->faded)
        continue;
      gsize index = ut_decimate_find (curve->points->x, curve->n, x);
      double dot = ut_scale_map (&frame->x, curve->points->x[index]);
      if (dot < *left + ROOM_FOR_MARKER)
        *left = dot - ROOM_FOR_MARKER;
      if (dot > *right - ROOM_FOR_MARKER)
        *right = dot + ROOM_FOR_MARKER;
    }
  *left = CLAMP (floor (*left), 0, frame->width);
  *right = CLAMP (ceil (*right), *left, frame->width);
}

cairo_surface_t *
_ut_plot_draw_picture (const UtPlotScene *scene)
{
  const UtPlotFrame *frame = &scene->frame;
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, frame->width * frame->scale, frame->height * frame->scale);
  cairo_surface_set_device_scale (surface, frame->scale, frame->scale);
  cairo_t *cr = cairo_create (surface);
  _ut_plot_draw_grid (cr, scene);
  _ut_plot_draw_curves (cr, scene, FALSE);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}
