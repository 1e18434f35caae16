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

/* ---- Scene ---- */

UtPlotScene *
_ut_plot_make_scene (UtPlot   *self,
                     int       width,
                     int       height,
                     int       scale,
                     gboolean  with_title)
{
  UtFigureOptions options;

  _ut_plot_fill_options (self, &options);
  return _ut_plot_board_make_scene (&self->board, &options,
                                    gtk_widget_get_pango_context (GTK_WIDGET (self)), width, height,
                                    scale, with_title);
}

/* What is drawn over the picture: a series is in the picture, or it counts as live. */
static UtPlotScene *
make_displayed (UtPlot *self)
{
  UtFigureOptions options;
  _ut_plot_fill_options (self, &options);
  UtPlotScene *scene = _ut_plot_board_collect (&self->board, &options);

  scene->frame = self->picture_scene->frame;
  for (gsize i = 0; i < scene->n_curves; i++)
    {
      UtPlotCurve *curve = &scene->curves[i];
      gboolean drawn = FALSE;
      for (gsize j = 0; j < self->picture_scene->n_curves && !drawn; j++)
        drawn = self->picture_scene->curves[j].series == curve->series
                && self->picture_scene->curves[j].n_members == curve->n_members
                && !self->picture_scene->curves[j].live;
      curve->live = curve->live || !drawn;
      for (gsize j = 0; j < curve->n_members && curve->live; j++)
        curve->members[j].decimator
            = _ut_plot_board_get_decimator (&self->board, curve->members[j].series);
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

void
_ut_plot_fill_options (UtPlot          *self,
                       UtFigureOptions *options)
{
  ut_figure_options_init (options);
  options->title = self->title;
  options->x_title = self->x_title;
  options->palette = *_ut_plot_inks_get (&self->inks, GTK_WIDGET (self));
  options->line_width = UT_PLOT_LINE_WIDTH;
  /* The widget's own font is used; this is what gaps go with. */
  options->font_size = UT_PLOT_FONT_SIZE;
  options->n_columns = 0;
  ut_figure_options_take_view (options, self->view, self->channel);
  options->y_log = options->y_log && self->log_allowed;
  options->limit_low = self->limit_low;
  options->limit_high = self->limit_high;
  if (self->whole_y && isnan (options->y_low) && isnan (options->y_high))
    {
      options->y_low = self->limit_low;
      options->y_high = self->limit_high;
    }
  options->reference = self->reference;
  options->reference_label = self->reference_label;
}

void
_ut_plot_ensure_range (UtPlot *self)
{
  UtFigureOptions options;

  _ut_plot_fill_options (self, &options);
  _ut_plot_board_ensure_range (&self->board, &options);
}

gboolean
_ut_plot_get_extent (UtPlot *self,
                     double *low,
                     double *high)
{
  _ut_plot_ensure_range (self);
  *low = self->board.full_low;
  *high = self->board.full_high;
  return *low < *high;
}
