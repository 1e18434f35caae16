/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot"

#include "config.h"

#include "ut-plot-private.h"

#include <math.h>
#include <string.h>

/* What is displayed over the picture. */
void
_ut_plot_drop_scene (UtPlot *self)
{
  g_clear_pointer (&self->scene, _ut_plot_scene_unref);
  g_clear_pointer (&self->live_node, gsk_render_node_unref);
  g_clear_pointer (&self->text_node, gsk_render_node_unref);
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
count_runs (UtPlot *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = g_ptr_array_index (self->entries, i);
      gboolean known = FALSE;
      for (guint j = 0; j < i && !known; j++)
        {
          UtPlotEntry *other = g_ptr_array_index (self->entries, j);
          known = is_drawn (other->series) && same_run (other->series, entry->series);
        }
      n += is_drawn (entry->series) && !known ? 1 : 0;
    }
  return n;
}

void
_ut_plot_extend_y (UtPlot      *self,
                   UtPlotEntry *entry)
{
  const double *x = NULL, *y = NULL;
  gsize n = ut_plot_series_get_points (entry->series, &x, &y);
  /* Values whose band is not drawn must not make room for themselves. */
  gboolean smoothed = self->crowded && !ut_plot_series_get_current (entry->series)
                      && ut_plot_series_get_kind (entry->series) == UT_PLOT_SERIES_DENSE;
  gsize from = smoothed ? entry->seen : MAX (entry->seen, ut_decimate_lower (x, n, self->x_low));

  if (entry->seen == 0)
    ut_smooth_init (&entry->smooth, self->smoothing);
  for (gsize i = from; i < n && x[i] <= self->x_high; i++)
    {
      double value = smoothed ? ut_smooth_next (&entry->smooth, y[i]) : y[i];
      if (isfinite (value) && x[i] >= self->x_low && (!self->y_log || value > 0))
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

static void
find_x (UtPlot *self)
{
  double low = NAN, high = NAN, live = NAN;

  for (guint i = 0; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = g_ptr_array_index (self->entries, i);
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
  self->full_low = low;
  self->full_high = high;
}

static void
ensure_range (UtPlot *self)
{
  double low = self->full_low, high = self->full_high;

  find_x (self);
  if (self->range_valid && low == self->full_low && high == self->full_high)
    return;

  gboolean all = isnan (self->view_start) || isnan (self->view_end);
  self->range_valid = TRUE;
  self->crowded = count_runs (self) > UT_PLOT_MAX_LABELS;
  UtScale scale;
  ut_scale_init (&scale, all ? self->full_low : self->view_start,
                 all ? self->full_high : self->view_end, 0, 1, FALSE);
  self->x_low = scale.low;
  self->x_high = scale.high;
  self->y_low = self->y_high = NAN;
  for (guint i = 0; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = g_ptr_array_index (self->entries, i);
      entry->seen = 0;
      if (ut_plot_series_get_shown (entry->series))
        _ut_plot_extend_y (self, entry);
    }
  if (isfinite (self->reference) && (!self->y_log || self->reference > 0))
    {
      self->y_low = isnan (self->y_low) ? self->reference : MIN (self->y_low, self->reference);
      self->y_high = isnan (self->y_high) ? self->reference : MAX (self->y_high, self->reference);
    }
}

/* ---- Scene ---- */

static void
fill_curve (UtPlot      *self,
            UtPlotEntry *entry,
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

static UtPlotScene *
collect (UtPlot *self)
{
  gsize n = 0;
  for (guint i = 0; i < self->entries->len; i++)
    {
      UtPlotEntry *entry = g_ptr_array_index (self->entries, i);
      n += ut_plot_series_get_shown (entry->series) ? 1 : 0;
    }

  UtPlotScene *scene = _ut_plot_scene_new (n);
  gsize at = 0;
  gsize points = 0;
  for (int current = 0; current < 2; current++)
    for (guint i = 0; i < self->entries->len; i++)
      {
        UtPlotEntry *entry = g_ptr_array_index (self->entries, i);
        if (ut_plot_series_get_shown (entry->series)
            && ut_plot_series_get_current (entry->series) == current)
          {
            fill_curve (self, entry, &scene->curves[at]);
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
  scene->palette = *_ut_plot_inks_get (&self->inks, GTK_WIDGET (self));
  scene->title = g_strdup (self->title);
  scene->x_title = g_strdup (self->x_title);
  scene->reference = self->reference;
  scene->reference_label = g_strdup (self->reference_label);
  return scene;
}

UtPlotScene *
_ut_plot_make_scene (UtPlot   *self,
                     int       width,
                     int       height,
                     int       scale,
                     gboolean  with_title)
{
  ensure_range (self);
  UtPlotScene *scene = collect (self);
  scene->frame.width = width;
  scene->frame.height = height;
  scene->frame.scale = MAX (scale, 1);
  scene->frame.smoothing = self->smoothing;
  _ut_plot_text_arrange (scene, gtk_widget_get_pango_context (GTK_WIDGET (self)), with_title,
                         self->x_low, self->x_high, self->y_low, self->y_high, self->y_log,
                         self->limit_low, self->limit_high);
  return scene;
}

/* What is drawn over the picture: a series is in the picture, or it counts as live. */
static UtPlotScene *
make_displayed (UtPlot *self)
{
  UtPlotScene *scene = collect (self);

  scene->frame = self->picture_scene->frame;
  for (gsize i = 0; i < scene->n_curves; i++)
    {
      UtPlotCurve *curve = &scene->curves[i];
      gboolean drawn = FALSE;
      for (gsize j = 0; j < self->picture_scene->n_curves && !drawn; j++)
        drawn = self->picture_scene->curves[j].series == curve->series
                && !self->picture_scene->curves[j].live;
      curve->live = curve->live || !drawn;
      for (guint j = 0; j < self->entries->len && curve->live; j++)
        {
          UtPlotEntry *entry = g_ptr_array_index (self->entries, j);
          if (entry->series == curve->series)
            curve->decimator = &entry->decimator;
        }
    }
  return scene;
}

/* ---- Picture ---- */

static void
take_picture (UtPlot          *self,
              UtPlotScene     *scene,
              cairo_surface_t *picture,
              guint            serial)
{
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  g_clear_pointer (&self->picture_scene, _ut_plot_scene_unref);
  self->picture = cairo_surface_reference (picture);
  self->picture_scene = _ut_plot_scene_ref (scene);
  self->picture_serial = serial;
}

typedef struct
{
  UtPlotScene *scene; /* (owned) */
  guint        serial;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;
  _ut_plot_scene_unref (work->scene);
  g_free (work);
}

static void
draw_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Work *work = data;
  g_task_return_pointer (task, _ut_plot_draw_picture (work->scene),
                         (GDestroyNotify) cairo_surface_destroy);
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  GWeakRef *reference = data;
  g_autoptr (UtPlot) self = g_weak_ref_get (reference);
  g_autoptr (GError) error = NULL;
  cairo_surface_t *picture = g_task_propagate_pointer (G_TASK (result), &error);
  Work *work = g_task_get_task_data (G_TASK (result));

  g_weak_ref_clear (reference);
  g_free (reference);
  if (self != NULL)
    {
      self->drawing = FALSE;
      /* One drawn at once has overtaken this one where size or colours changed. */
      if (self->picture != NULL && (gint) (work->serial - self->picture_serial) >= 0
          && work->scene->frame.width == self->picture_scene->frame.width
          && work->scene->frame.height == self->picture_scene->frame.height
          && work->scene->frame.scale == self->picture_scene->frame.scale
          && memcmp (&work->scene->palette, &self->picture_scene->palette, sizeof (UtPlotPalette))
                 == 0)
        take_picture (self, work->scene, picture, work->serial);
      _ut_plot_drop_scene (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  g_clear_pointer (&picture, cairo_surface_destroy);
}

static void
draw_later (UtPlot      *self,
            UtPlotScene *scene)
{
  /* The task must not hold the widget: its last reference may fall in the worker. */
  GWeakRef *reference = g_new0 (GWeakRef, 1);
  g_weak_ref_init (reference, self);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, drawn_cb, reference);
  Work *work = g_new (Work, 1);
  work->scene = _ut_plot_scene_ref (scene);
  work->serial = self->serial;
  g_task_set_source_tag (task, draw_later);
  g_task_set_name (task, "[undertone] draw plot");
  g_task_set_task_data (task, work, work_free);
  self->drawing = TRUE;
  g_task_run_in_thread (task, draw_in_thread);
}

const UtPlotScene *
_ut_plot_get_scene (UtPlot *self)
{
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  const UtPlotFrame *old = self->picture != NULL ? &self->picture_scene->frame : NULL;
  const UtPlotPalette *palette = _ut_plot_inks_get (&self->inks, GTK_WIDGET (self));
  gboolean fits = old != NULL && old->width == width && old->height == height
                  && old->scale == scale
                  && memcmp (palette, &self->picture_scene->palette, sizeof *palette) == 0;

  if (self->scene != NULL && fits)
    return self->scene;

  _ut_plot_drop_scene (self);
  g_autoptr (UtPlotScene) wanted = _ut_plot_make_scene (self, width, height, scale, FALSE);
  if (!fits)
    {
      cairo_surface_t *picture = _ut_plot_draw_picture (wanted);
      take_picture (self, wanted, picture, self->serial);
      cairo_surface_destroy (picture);
    }
  else if (!self->drawing
           && (self->picture_serial != self->serial || !_ut_plot_frame_equal (&wanted->frame, old)))
    {
      draw_later (self, wanted);
    }
  self->scene = make_displayed (self);
  return self->scene;
}

gboolean
_ut_plot_get_extent (UtPlot *self,
                     double *low,
                     double *high)
{
  ensure_range (self);
  *low = self->full_low;
  *high = self->full_high;
  return *low < *high;
}
