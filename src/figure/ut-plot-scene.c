/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-plot-scene-private.h"

#include <math.h>

UtPlotScene *
_ut_plot_scene_new (gsize n_curves)
{
  UtPlotScene *scene = g_atomic_rc_box_new0 (UtPlotScene);
  scene->curves = g_new0 (UtPlotCurve, n_curves);
  scene->n_curves = n_curves;
  scene->reference = NAN;
  return scene;
}

UtPlotScene *
_ut_plot_scene_ref (UtPlotScene *scene)
{
  return g_atomic_rc_box_acquire (scene);
}

static void
scene_clear (gpointer data)
{
  UtPlotScene *scene = data;

  for (gsize i = 0; i < scene->n_curves; i++)
    {
      UtPlotCurve *curve = &scene->curves[i];
      for (gsize j = 0; j < curve->n_members; j++)
        _ut_plot_points_unref (curve->members[j].points);
      g_free (curve->members);
      g_free (curve->halves);
      g_free (curve->label);
      g_clear_pointer (&curve->points, _ut_plot_points_unref);
    }
  g_free (scene->curves);
  g_free (scene->title);
  g_free (scene->x_title);
  g_free (scene->reference_label);
}

void
_ut_plot_scene_unref (UtPlotScene *scene)
{
  g_atomic_rc_box_release_full (scene, scene_clear);
}

gboolean
_ut_plot_frame_equal (const UtPlotFrame *a,
                      const UtPlotFrame *b)
{
  return a->width == b->width && a->height == b->height && a->scale == b->scale
         && a->left == b->left && a->top == b->top && a->right == b->right && a->bottom == b->bottom
         && a->smoothing == b->smoothing && a->x.low == b->x.low && a->x.high == b->x.high
         && a->y.low == b->y.low && a->y.high == b->y.high && a->y.log == b->y.log;
}

/* What one series shows at @x; NaN before its first and after its last point. */
static double
member_at (const UtPlotMember *member,
           double              x,
           double              smoothing)
{
  if (member->n == 0 || x < member->points->x[0] || x > member->points->x[member->n - 1])
    return NAN;
  return ut_smooth_at (member->points->y, ut_decimate_find (member->points->x, member->n, x),
                       smoothing);
}

UtSpread
_ut_plot_curve_mean (const UtPlotCurve *curve,
                     gsize              index,
                     double             smoothing)
{
  g_assert (index < curve->n);

  if (curve->n_members <= 1 || curve->kind == UT_PLOT_SERIES_MARKS)
    return (UtSpread) { .mean = curve->kind == UT_PLOT_SERIES_DENSE
                                    ? ut_smooth_at (curve->points->y, index, smoothing)
                                    : curve->points->y[index],
                        .n = 1 };

  g_autofree double *values = g_new (double, curve->n_members);
  UtSpread mean;
  for (gsize i = 0; i < curve->n_members; i++)
    values[i] = member_at (&curve->members[i], curve->points->x[index], smoothing);
  ut_spread_init (&mean, values, curve->n_members);
  return mean;
}

double
_ut_plot_curve_value (const UtPlotCurve *curve,
                      gsize              index,
                      double             smoothing)
{
  return _ut_plot_curve_mean (curve, index, smoothing).mean;
}

char *
_ut_plot_scene_dup_place (const UtPlotScene *scene,
                          double             x)
{
  return scene->axis == UT_PLOT_AXIS_TIME ? ut_ticks_format_time (x) : ut_ticks_format_place (x);
}

gint64
_ut_plot_curve_last (const UtPlotCurve *curve,
                     double             x)
{
  gsize i = ut_decimate_lower (curve->points->x, curve->n, nextafter (x, INFINITY));
  while (i > 0 && !isfinite (curve->points->y[i - 1]))
    i--;
  return (gint64) i - 1;
}

gboolean
_ut_plot_curve_has (const UtPlotCurve *curve,
                    gconstpointer      series)
{
  for (gsize i = 0; i < curve->n_members; i++)
    if (curve->members[i].series == series)
      return TRUE;
  return FALSE;
}

gboolean
_ut_plot_curve_same_run (const UtPlotCurve *a,
                         const UtPlotCurve *b)
{
  return a->style == b->style && g_str_equal (a->label, b->label);
}

/* Where @curve is drawn at pixel @x; NaN where it is not. */
static double
pixel_at (const UtPlotScene *scene,
          const UtPlotCurve *curve,
          double             x)
{
  const UtPlotFrame *frame = &scene->frame;
  double at = ut_scale_invert (&frame->x, x);
  gsize after = ut_decimate_lower (curve->points->x, curve->n, at);

  if (after == curve->n || (after == 0 && curve->points->x[0] > at))
    return NAN;
  gsize before = after > 0 ? after - 1 : after;
  double x0 = ut_scale_map (&frame->x, curve->points->x[before]);
  double x1 = ut_scale_map (&frame->x, curve->points->x[after]);
  double y0 = ut_scale_map (&frame->y, _ut_plot_curve_value (curve, before, frame->smoothing));
  double y1 = ut_scale_map (&frame->y, _ut_plot_curve_value (curve, after, frame->smoothing));
  return x1 > x0 ? y0 + (y1 - y0) * (x - x0) / (x1 - x0) : y1;
}

gssize
_ut_plot_scene_find_curve (const UtPlotScene *scene,
                           double             x,
                           double             y,
                           double             reach)
{
  /* A line that is steep here passes by a little to the side. */
  static const double sides[] = { 0, -3, 3 };
  const UtPlotFrame *frame = &scene->frame;
  double least = reach;
  gssize found = -1;

  if (scene->empty || x < frame->left || x > frame->right)
    return -1;
  for (gsize i = 0; i < scene->n_curves; i++)
    for (gsize side = 0; side < G_N_ELEMENTS (sides) && scene->curves[i].n > 0; side++)
      {
        double distance = fabs (pixel_at (scene, &scene->curves[i], x + sides[side]) - y);
        /* What is drawn later lies above. */
        if (distance <= least)
          {
            least = distance;
            found = (gssize) i;
          }
      }
  return found;
}
