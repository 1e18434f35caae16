/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-plot-board-private.h"

#include <math.h>

static void
entry_free (gpointer data)
{
  UtPlotEntry *entry = data;
  g_clear_object (&entry->series);
  ut_decimator_clear (&entry->decimator);
  g_free (entry);
}

void
_ut_plot_board_init (UtPlotBoard *self)
{
  *self = (UtPlotBoard) { .full_low = NAN, .full_high = NAN, .live = NAN };
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

void
_ut_plot_board_clear (UtPlotBoard *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
}

void
_ut_plot_board_insert (UtPlotBoard  *self,
                       guint         index,
                       UtPlotSeries *series)
{
  UtPlotEntry *entry = g_new0 (UtPlotEntry, 1);
  entry->series = g_object_ref (series);
  g_ptr_array_insert (self->entries, (int) index, entry);
}

void
_ut_plot_board_remove (UtPlotBoard *self,
                       guint        index)
{
  g_ptr_array_remove_index (self->entries, index);
}

UtPlotEntry *
_ut_plot_board_get (UtPlotBoard *self,
                    guint        index)
{
  return g_ptr_array_index (self->entries, index);
}

UtPlotEntry *
_ut_plot_board_find (UtPlotBoard   *self,
                     gconstpointer  series)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (_ut_plot_board_get (self, i)->series == series)
      return _ut_plot_board_get (self, i);
  return NULL;
}

/* ---- Ranges ---- */

static gboolean
same_run (UtPlotSeries *a,
          UtPlotSeries *b)
{
  return ut_plot_series_get_style (a) == ut_plot_series_get_style (b)
         && g_str_equal (ut_plot_series_get_label (a), ut_plot_series_get_label (b));
}

static gboolean
is_drawn (UtPlotSeries *series)
{
  return ut_plot_series_get_shown (series) && ut_plot_series_get_points (series, NULL, NULL) > 0;
}

static guint
count_runs (UtPlotBoard *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (self, i);
      gboolean known = FALSE;
      for (guint j = 0; j < i && !known; j++)
        {
          UtPlotEntry *other = _ut_plot_board_get (self, j);
          known = is_drawn (other->series) && same_run (other->series, entry->series);
        }
      n += is_drawn (entry->series) && !known ? 1 : 0;
    }
  return n;
}

void
_ut_plot_board_extend_y (UtPlotBoard           *self,
                         const UtFigureOptions *options,
                         UtPlotEntry           *entry)
{
  const double *x = NULL, *y = NULL;
  gsize n = ut_plot_series_get_points (entry->series, &x, &y);
  /* Values whose band is not drawn must not make room for themselves. */
  gboolean smoothed = self->crowded && !ut_plot_series_get_current (entry->series)
                      && ut_plot_series_get_kind (entry->series) == UT_PLOT_SERIES_DENSE;
  gsize from = smoothed ? entry->seen : MAX (entry->seen, ut_decimate_lower (x, n, self->x_low));

  if (entry->seen == 0)
    ut_smooth_init (&entry->smooth, options->smoothing);
  for (gsize i = from; i < n && x[i] <= self->x_high; i++)
    {
      double value = smoothed ? ut_smooth_next (&entry->smooth, y[i]) : y[i];
      if (isfinite (value) && x[i] >= self->x_low && (!options->y_log || value > 0))
        {
          if (!(value >= self->y_low))
            self->y_low = value;
          if (!(value <= self->y_high))
            self->y_high = value;
        }
    }
  entry->seen = n;
}

/* The next stop of an axis whose data grow. */
static double
run_ahead (double value)
{
  static const double stops[] = { 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 };
  if (!(value > 0))
    return value;
  double power = pow (10, floor (log10 (value)));
  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++)
    if (value <= stops[i] * power)
      return stops[i] * power;
  return 10 * power;
}

void
_ut_plot_board_update_x (UtPlotBoard *self)
{
  double low = NAN, high = NAN, live = NAN;

  for (guint i = 0; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (self, i);
      const double *x = NULL;
      gsize n = ut_plot_series_get_points (entry->series, &x, NULL);
      if (!is_drawn (entry->series))
        continue;
      if (isfinite (x[0]) && !(x[0] >= low))
        low = x[0];
      if (isfinite (x[n - 1]) && !(x[n - 1] <= high))
        high = x[n - 1];
      if (ut_plot_series_get_live (entry->series) && !(x[n - 1] <= live))
        live = x[n - 1];
    }
  /* Steps count from 1, and a run that has just begun should not fill the width. */
  if (low > 0 && (low == high || low <= high / 2))
    low = 0;
  if (live >= high)
    high = run_ahead (live);
  if (low != self->full_low || high != self->full_high)
    self->range_valid = FALSE;
  self->full_low = low;
  self->full_high = high;
  self->live = live;
}

void
_ut_plot_board_invalidate (UtPlotBoard *self)
{
  self->range_valid = FALSE;
}

void
_ut_plot_board_ensure_range (UtPlotBoard           *self,
                             const UtFigureOptions *options)
{
  _ut_plot_board_update_x (self);
  if (self->range_valid)
    return;

  self->range_valid = TRUE;
  self->crowded = count_runs (self) > UT_PLOT_MAX_LABELS;
  UtScale scale;
  ut_scale_init (&scale, isnan (options->x_low) ? self->full_low : options->x_low,
                 isnan (options->x_high) ? self->full_high : options->x_high, 0, 1, FALSE);
  self->x_low = scale.low;
  self->x_high = scale.high;
  self->y_low = self->y_high = NAN;
  for (guint i = 0; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (self, i);
      entry->seen = 0;
      if (ut_plot_series_get_shown (entry->series))
        _ut_plot_board_extend_y (self, options, entry);
    }
  if (isfinite (options->reference) && (!options->y_log || options->reference > 0))
    {
      if (!(options->reference >= self->y_low))
        self->y_low = options->reference;
      if (!(options->reference <= self->y_high))
        self->y_high = options->reference;
    }
}

/* ---- Scene ---- */

static void
fill_curve (UtPlotEntry *entry,
            UtPlotCurve *curve)
{
  *curve = (UtPlotCurve) {
    .series = entry->series,
    .kind = ut_plot_series_get_kind (entry->series),
    .style = ut_plot_series_get_style (entry->series),
    .current = ut_plot_series_get_current (entry->series),
    .live = ut_plot_series_get_live (entry->series),
    .best = ut_plot_series_get_best (entry->series),
    .label = g_strdup (ut_plot_series_get_label (entry->series)),
    .name = ut_plot_series_get_name (entry->series),
  };
  curve->points = _ut_plot_series_ref_points (entry->series, &curve->n);
}

UtPlotScene *
_ut_plot_board_collect (UtPlotBoard           *self,
                        const UtFigureOptions *options)
{
  gsize n = 0;
  for (guint i = 0; i < self->entries->len; i++)
    n += ut_plot_series_get_shown (_ut_plot_board_get (self, i)->series) ? 1 : 0;

  UtPlotScene *scene = _ut_plot_scene_new (n);
  gsize at = 0;
  gsize points = 0;
  for (int current = 0; current < 2; current++)
    for (guint i = 0; i < self->entries->len; i++)
      {
        UtPlotEntry *entry = _ut_plot_board_get (self, i);
        if (ut_plot_series_get_shown (entry->series)
            && ut_plot_series_get_current (entry->series) == current)
          {
            fill_curve (entry, &scene->curves[at]);
            points += scene->curves[at].n;
            at++;
          }
      }
  scene->n_runs = count_runs (self);
  gboolean any_current = n > 0 && scene->curves[n - 1].current;
  for (gsize i = 0; i < n; i++)
    scene->curves[i].faded
        = any_current && scene->n_runs > UT_PLOT_MAX_LABELS && !scene->curves[i].current;
  scene->empty = points == 0;
  scene->palette = options->palette;
  scene->labels = options->labels;
  scene->title = g_strdup (options->title);
  scene->x_title = g_strdup (options->x_title);
  scene->reference = options->reference;
  scene->reference_label = g_strdup (options->reference_label);
  return scene;
}

UtPlotScene *
_ut_plot_board_make_scene (UtPlotBoard           *self,
                           const UtFigureOptions *options,
                           PangoContext          *context,
                           int                    width,
                           int                    height,
                           int                    scale,
                           gboolean               with_title)
{
  _ut_plot_board_ensure_range (self, options);
  UtPlotScene *scene = _ut_plot_board_collect (self, options);
  gboolean fixed = options->y_low < options->y_high;
  scene->frame.width = width;
  scene->frame.height = height;
  scene->frame.scale = MAX (scale, 1);
  scene->frame.max_columns = options->n_columns;
  scene->frame.line_width = options->line_width;
  scene->frame.unit = options->font_size / UT_PLOT_FONT_SIZE;
  scene->frame.smoothing = options->smoothing;
  scene->frame.y_fixed = fixed;
  _ut_plot_text_arrange (scene, context, with_title, self->x_low, self->x_high,
                         fixed ? options->y_low : self->y_low,
                         fixed ? options->y_high : self->y_high, options->y_log,
                         options->limit_low, options->limit_high);
  return scene;
}

void
_ut_plot_board_render (UtPlotBoard           *self,
                       const UtFigureOptions *options,
                       PangoContext          *context,
                       cairo_t               *cr,
                       int                    width,
                       int                    height,
                       int                    scale)
{
  g_autoptr (UtPlotScene) scene
      = _ut_plot_board_make_scene (self, options, context, width, height, scale, TRUE);

  cairo_save (cr);
  ut_colour_set_source (&scene->palette.ground, cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  _ut_plot_draw_grid (cr, scene);
  _ut_plot_draw_curves (cr, scene, FALSE);
  _ut_plot_draw_curves (cr, scene, TRUE);
  _ut_plot_text_draw (cr, context, scene, TRUE);
  cairo_restore (cr);
}
