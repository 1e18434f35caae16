/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot"

#include "config.h"

#include "ut-plot-private.h"

#include <math.h>

/**
 * UtPlot:
 *
 * Series of numbers against a common x, as they come in.
 *
 * A %UT_PLOT_SERIES_DENSE series is drawn as a translucent band from the least to the greatest
 * value of each pixel column, with its smoothed values as a line over it; a %UT_PLOT_SERIES_MARKS
 * series as markers joined by a line, never smoothed. The point #UtPlotSeries:best gets a ring,
 * and its value where the run is the current one. Up to eight runs are labelled at their right
 * end; with more only the current one has band and markers, and the others fade behind it. A cross
 * on the x axis marks where a value was not a number, a triangle at the upper or lower edge where
 * it was infinite (or not positive on a logarithmic axis); lines have a gap there.
 *
 * The x axis shows everything, or what #UtPlot:view says. While a series is live it runs ahead in
 * steps, so that most points move nothing; a part of x that the view has slides along with a live
 * series while #UtPlotView:follow. The y axis fits the visible points; it grows at once and shrinks
 * at a new point of a %UT_PLOT_SERIES_MARKS series, or by ut_plot_settle().
 *
 * # Rendering
 *
 * All finished series are drawn by a worker into one image, which is replaced when it is ready:
 * until then the old one stays, and everything is placed by its axes. Only an image of another
 * size or theme is drawn at once. Live series, text and cursor are drawn over it.
 *
 * # Keys and mouse
 *
 * - Left, Right: cursor to the previous, next point of the followed series; with Ctrl by a tenth
 *   of the view
 * - Home, End: to its first, last visible point
 * - Up, Down: follow the previous, next series
 * - Escape: no cursor
 * - Return, Space: ::series-activated for the followed series
 * - +, -: zoom around the cursor, 0: show everything, Backspace, Alt+Left: back to what was shown
 *   before, F: follow the run that grows
 * - Ctrl+C: copy picture and table; T: the table of an #UtPlotPane around the plot
 * - wheel: zoom at the pointer; Shift+wheel or sideways: pan
 * - drag: pan a part; where everything is shown there is nothing to pan, and a box is drawn that is
 *   then shown. Shift+drag always draws a box, the middle button always pans. A flat box is a part
 *   of x, a higher one of y as well.
 * - click on a line: ::series-activated; double click: show everything
 *
 * # Actions
 *
 * `plot.zoom-in`, `plot.zoom-out`, `plot.zoom-reset`, `plot.back`, `plot.follow`, `plot.activate`,
 * `plot.copy`.
 *
 * # CSS nodes
 *
 * |[
 * plot
 * ├── plotswatch.style-1 … plotswatch.style-8
 * ├── plotswatch.grid
 * ╰── plotswatch.ground
 * ]|
 *
 * `color` and the font of `plot` are those of the labels. The `color` of the other nodes is that
 * of lines, of the grid, and of the ground that the plot stands on (for halos; the plot itself is
 * transparent).
 *
 * # Accessibility
 *
 * Role %GTK_ACCESSIBLE_ROLE_IMG, labelled by #UtPlot:title and described by #UtPlot:summary,
 * which the owner sets once per epoch. While the cursor is moved by keys the description begins
 * with ut_plot_dup_reading(). The same numbers are a table in #UtPlotPane. Time runs to the right
 * in every language.
 */
G_DEFINE_FINAL_TYPE (UtPlot, ut_plot, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TITLE = 1,
  PROP_X_TITLE,
  PROP_VIEW,
  PROP_CHANNEL,
  PROP_LOG_ALLOWED,
  PROP_SUMMARY,
} UtPlotProperty;

static GParamSpec *properties[PROP_SUMMARY + 1];
static guint series_activated_signal;

static void
invalidate (UtPlot *self)
{
  _ut_plot_drop_scene (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
invalidate_picture (UtPlot *self)
{
  self->serial++;
  invalidate (self);
}

static void
invalidate_range (UtPlot *self)
{
  _ut_plot_board_invalidate (&self->board);
  invalidate_picture (self);
}

/* Also after a change that has nothing to do with colours, as of the focus: the picture is drawn
 * anew only if it no longer has the palette. */
static void
colours_changed (UtPlot *self)
{
  _ut_plot_inks_invalidate (&self->inks);
  invalidate (self);
}

static void
series_changed_cb (UtPlotSeries *series,
                   UtPlot       *self)
{
  UtPlotEntry *entry = _ut_plot_board_find (&self->board, series);
  g_assert (entry != NULL);

  gsize n = ut_plot_series_get_points (series, NULL, NULL);
  if (n == entry->seen || !self->board.range_valid)
    {
      invalidate_range (self);
    }
  else if (ut_plot_series_get_shown (series))
    {
      if (ut_plot_series_get_kind (series) != UT_PLOT_SERIES_DENSE)
        _ut_plot_board_invalidate (&self->board);
      else
        {
          UtFigureOptions options;
          _ut_plot_fill_options (self, &options);
          _ut_plot_board_extend_y (&self->board, &options, entry);
        }
      if (ut_plot_series_get_live (series))
        invalidate (self);
      else
        invalidate_picture (self);
    }
  if (ut_plot_series_get_shown (series) && ut_plot_series_get_live (series))
    _ut_plot_slide (self);
}

static GskRenderNode *
make_node (UtPlot            *self,
           const UtPlotScene *scene,
           gboolean           text)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  cairo_t *cr
      = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) scene->frame.width,
                                                                  (float) scene->frame.height));
  if (text)
    _ut_plot_text_draw (cr, gtk_widget_get_pango_context (GTK_WIDGET (self)), scene, FALSE);
  else
    _ut_plot_draw_curves (cr, scene, TRUE);
  cairo_destroy (cr);
  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

static void
snapshot_cursor (UtPlot            *self,
                 GtkSnapshot       *snapshot,
                 const UtPlotScene *scene)
{
  const UtPlotFrame *frame = &scene->frame;
  double cursor = ut_plot_view_get_cursor (self->view);
  graphene_rect_t box;
  gboolean selecting = _ut_plot_get_box (self, &box);

  if (isnan (cursor) && !selecting)
    return;
  /* Only what lies under the node is drawn anew when the cursor moves. */
  double from = 0, to = frame->width;
  if (!selecting)
    _ut_plot_hover_extent (scene, cursor, &from, &to);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT ((float) from, 0, (float) (to - from), (float) frame->height));
  if (selecting)
    {
      UtColour colour = scene->palette.text;
      colour.alpha *= 0.12f;
      ut_colour_set_source (&colour, cr);
      gdk_cairo_rectangle (cr, &(GdkRectangle) { (int) box.origin.x, (int) box.origin.y,
                                                 (int) box.size.width, (int) box.size.height });
      cairo_fill (cr);
    }
  else
    {
      gssize followed = -1;
      UtPlotSeries *series = _ut_plot_get_followed (self);
      for (gsize i = 0; i < scene->n_curves; i++)
        if (_ut_plot_curve_has (&scene->curves[i], series))
          followed = (gssize) i;
      _ut_plot_draw_hover (cr, scene, cursor, followed);
      _ut_plot_text_draw_cursor (cr, gtk_widget_get_pango_context (GTK_WIDGET (self)), scene,
                                 cursor);
    }
  cairo_destroy (cr);
}

static void
ut_plot_snapshot (GtkWidget   *widget,
                  GtkSnapshot *snapshot)
{
  UtPlot *self = UT_PLOT (widget);
  const UtPlotScene *scene = _ut_plot_get_scene (self);
  const UtPlotFrame *frame = &scene->frame;

  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) frame->width, (float) frame->height));
  cairo_set_source_surface (cr, self->picture, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);

  if (self->live_node == NULL)
    self->live_node = make_node (self, scene, FALSE);
  if (self->text_node == NULL)
    self->text_node = make_node (self, scene, TRUE);
  if (self->live_node != NULL)
    gtk_snapshot_append_node (snapshot, self->live_node);
  if (self->text_node != NULL)
    gtk_snapshot_append_node (snapshot, self->text_node);
  snapshot_cursor (self, snapshot, scene);
}

/* ---- Widget ---- */

static void
ut_plot_measure (GtkWidget      *widget,
                 GtkOrientation  orientation,
                 int             for_size,
                 int            *minimum,
                 int            *natural,
                 int            *minimum_baseline,
                 int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 100;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 300;
}

static void
ut_plot_css_changed (GtkWidget         *widget,
                     GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ut_plot_parent_class)->css_changed (widget, change);
  colours_changed (UT_PLOT (widget));
}

static void
ut_plot_unmap (GtkWidget *widget)
{
  UtPlot *self = UT_PLOT (widget);

  GTK_WIDGET_CLASS (ut_plot_parent_class)->unmap (widget);
  /* A hidden plot holds no picture: it would be out of date, and 20 of them are many megabytes. */
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  g_clear_pointer (&self->picture_scene, _ut_plot_scene_unref);
  /* Nothing is reckoned either until it is shown again. */
  invalidate_range (self);
}

static void
forget_series (UtPlot       *self,
               UtPlotSeries *series)
{
  g_signal_handlers_disconnect_by_func (series, series_changed_cb, self);
}

static void model_changed_cb (UtPlot     *self,
                              guint       position,
                              guint       removed,
                              guint       added,
                              GListModel *model);

static void
ut_plot_dispose (GObject *object)
{
  UtPlot *self = UT_PLOT (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, model_changed_cb, self);
  g_clear_object (&self->model);
  for (guint i = 0; self->board.entries != NULL && i < self->board.entries->len; i++)
    forget_series (self, _ut_plot_board_get (&self->board, i)->series);
  _ut_plot_board_clear (&self->board);
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  g_clear_object (&self->view);
  g_list_store_remove_all (self->series);
  self->followed = NULL;
  _ut_plot_drop_scene (self);
  g_clear_pointer (&self->picture_scene, _ut_plot_scene_unref);
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  _ut_plot_inks_dispose (&self->inks);

  G_OBJECT_CLASS (ut_plot_parent_class)->dispose (object);
}

static void
ut_plot_finalize (GObject *object)
{
  UtPlot *self = UT_PLOT (object);

  g_clear_object (&self->series);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->x_title, g_free);
  g_clear_pointer (&self->summary, g_free);
  g_clear_pointer (&self->reference_label, g_free);

  G_OBJECT_CLASS (ut_plot_parent_class)->finalize (object);
}

static gboolean
replace (char       **field,
         const char  *text)
{
  if (g_strcmp0 (*field, text) == 0)
    return FALSE;
  g_free (*field);
  *field = g_strdup (text);
  return TRUE;
}

static gboolean
same (double a,
      double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static void
ut_plot_get_property (GObject    *object,
                      guint       id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  UtPlot *self = UT_PLOT (object);

  switch ((UtPlotProperty) id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_X_TITLE:
      g_value_set_string (value, self->x_title);
      break;
    case PROP_VIEW:
      g_value_set_object (value, self->view);
      break;
    case PROP_CHANNEL:
      g_value_set_uint (value, self->channel);
      break;
    case PROP_LOG_ALLOWED:
      g_value_set_boolean (value, self->log_allowed);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_plot_set_property (GObject      *object,
                      guint         id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  UtPlot *self = UT_PLOT (object);
  gboolean changed = FALSE;

  switch ((UtPlotProperty) id)
    {
    case PROP_TITLE:
      changed = replace (&self->title, g_value_get_string (value));
      if (changed)
        gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        self->title != NULL ? self->title : "", -1);
      break;

    case PROP_X_TITLE:
      changed = replace (&self->x_title, g_value_get_string (value));
      if (changed)
        invalidate_picture (self);
      break;

    case PROP_VIEW:
      ut_plot_set_view (self, g_value_get_object (value));
      break;

    case PROP_CHANNEL:
      changed = self->channel != g_value_get_uint (value);
      self->channel = g_value_get_uint (value);
      if (changed)
        invalidate_range (self);
      break;

    case PROP_LOG_ALLOWED:
      changed = self->log_allowed != g_value_get_boolean (value);
      self->log_allowed = g_value_get_boolean (value);
      if (changed)
        invalidate_range (self);
      break;

    case PROP_SUMMARY:
      changed = replace (&self->summary, g_value_get_string (value));
      if (changed)
        gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                        self->summary != NULL ? self->summary : "", -1);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
ut_plot_class_init (UtPlotClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_plot_dispose;
  object_class->finalize = ut_plot_finalize;
  object_class->get_property = ut_plot_get_property;
  object_class->set_property = ut_plot_set_property;
  widget_class->measure = ut_plot_measure;
  widget_class->snapshot = ut_plot_snapshot;
  widget_class->css_changed = ut_plot_css_changed;
  widget_class->unmap = ut_plot_unmap;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_X_TITLE] = g_param_spec_string ("x-title", NULL, NULL, NULL, flags);
  properties[PROP_VIEW] = g_param_spec_object ("view", NULL, NULL, UT_TYPE_PLOT_VIEW, flags);
  properties[PROP_CHANNEL]
      = g_param_spec_uint ("channel", NULL, NULL, 0, UT_PLOT_VIEW_CHANNELS - 1, 0, flags);
  properties[PROP_LOG_ALLOWED] = g_param_spec_boolean ("log-allowed", NULL, NULL, TRUE, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UtPlot::series-activated:
   * @series: whose line was clicked, or chosen by Return.
   */
  series_activated_signal = g_signal_new ("series-activated", UT_TYPE_PLOT, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, UT_TYPE_PLOT_SERIES);

  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  _ut_plot_class_init_input (widget_class);
}

static void
ut_plot_init (UtPlot *self)
{
  self->limit_low = self->limit_high = self->reference = NAN;
  self->pointer = NAN;
  self->log_allowed = TRUE;
  self->series = g_list_store_new (UT_TYPE_PLOT_SERIES);
  _ut_plot_board_init (&self->board);
  _ut_plot_inks_init (&self->inks, GTK_WIDGET (self), G_CALLBACK (colours_changed));
  _ut_plot_init_input (self);
  g_autoptr (UtPlotView) view = ut_plot_view_new ();
  ut_plot_set_view (self, view);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* ---- Public ---- */

void
_ut_plot_activate (UtPlot       *self,
                   UtPlotSeries *series)
{
  g_signal_emit (self, series_activated_signal, 0, series);
}

GtkWidget *
ut_plot_new (void)
{
  return g_object_new (UT_TYPE_PLOT, NULL);
}

UtPlotView *
ut_plot_get_view (UtPlot *self)
{
  g_return_val_if_fail (UT_IS_PLOT (self), NULL);
  return self->view;
}

void
ut_plot_set_view (UtPlot     *self,
                  UtPlotView *view)
{
  g_return_if_fail (UT_IS_PLOT (self));
  g_return_if_fail (UT_IS_PLOT_VIEW (view));

  if (self->view == view)
    return;
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  g_set_object (&self->view, view);
  g_signal_connect_swapped (view, "notify::cursor-x", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (view, "notify::x-axis", G_CALLBACK (invalidate_range), self);
  g_signal_connect_swapped (view, "notify::y-log", G_CALLBACK (invalidate_range), self);
  g_signal_connect_swapped (view, "notify::smoothing", G_CALLBACK (invalidate_range), self);
  g_signal_connect_swapped (view, "notify::spread", G_CALLBACK (invalidate_range), self);
  g_signal_connect_swapped (view, "notify::follow", G_CALLBACK (_ut_plot_slide), self);
  g_signal_connect_swapped (view, "moved", G_CALLBACK (invalidate_range), self);
  invalidate_range (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
}

static void
insert_series (UtPlot       *self,
               guint         position,
               UtPlotSeries *series)
{
  _ut_plot_board_insert (&self->board, position, series);
  g_signal_connect (series, "changed", G_CALLBACK (series_changed_cb), self);
  g_list_store_insert (self->series, position, series);
}

static void
remove_series (UtPlot *self,
               guint   position)
{
  UtPlotSeries *series = _ut_plot_board_get (&self->board, position)->series;

  if (self->followed == series)
    self->followed = NULL;
  forget_series (self, series);
  _ut_plot_board_remove (&self->board, position);
  g_list_store_remove (self->series, position);
}

void
ut_plot_add_series (UtPlot       *self,
                    UtPlotSeries *series)
{
  g_return_if_fail (UT_IS_PLOT (self));
  g_return_if_fail (UT_IS_PLOT_SERIES (series));
  g_return_if_fail (!g_list_store_find (self->series, series, NULL));

  insert_series (self, self->board.entries->len, series);
  invalidate_range (self);
}

void
ut_plot_remove_series (UtPlot       *self,
                       UtPlotSeries *series)
{
  guint at = 0;

  g_return_if_fail (UT_IS_PLOT (self));
  g_return_if_fail (g_list_store_find (self->series, series, &at));

  /* The displayed scene points to the entry's columns. */
  invalidate_range (self);
  remove_series (self, at);
}

static void
model_changed_cb (UtPlot     *self,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GListModel *model)
{
  invalidate_range (self);
  for (guint i = 0; i < removed; i++)
    remove_series (self, position);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (UtPlotSeries) series = g_list_model_get_item (model, position + i);
      insert_series (self, position + i, series);
    }
}

void
ut_plot_set_model (UtPlot     *self,
                   GListModel *model)
{
  g_return_if_fail (UT_IS_PLOT (self));
  g_return_if_fail (G_IS_LIST_MODEL (model));
  g_return_if_fail (self->model == NULL && self->board.entries->len == 0);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  model_changed_cb (self, 0, 0, g_list_model_get_n_items (model), model);
}

GListModel *
ut_plot_get_series (UtPlot *self)
{
  g_return_val_if_fail (UT_IS_PLOT (self), NULL);
  return G_LIST_MODEL (self->series);
}

void
ut_plot_set_reference (UtPlot     *self,
                       double      y,
                       const char *label)
{
  g_return_if_fail (UT_IS_PLOT (self));

  gboolean changed = replace (&self->reference_label, label);
  if (same (self->reference, y) && !changed)
    return;
  self->reference = y;
  invalidate_range (self);
}

void
ut_plot_set_y_limits (UtPlot *self,
                      double  lowest,
                      double  highest)
{
  g_return_if_fail (UT_IS_PLOT (self));

  if (same (self->limit_low, lowest) && same (self->limit_high, highest))
    return;
  self->limit_low = lowest;
  self->limit_high = highest;
  invalidate_range (self);
}

void
ut_plot_set_whole_y (UtPlot   *self,
                     gboolean  whole)
{
  g_return_if_fail (UT_IS_PLOT (self));
  g_return_if_fail (!whole || (isfinite (self->limit_low) && isfinite (self->limit_high)));

  self->whole_y = whole;
  invalidate_range (self);
}

void
ut_plot_settle (UtPlot *self)
{
  g_return_if_fail (UT_IS_PLOT (self));

  _ut_plot_board_invalidate (&self->board);
  invalidate (self);
}

gboolean
ut_plot_is_live (UtPlot *self)
{
  g_return_val_if_fail (UT_IS_PLOT (self), FALSE);

  for (guint i = 0; i < self->board.entries->len; i++)
    {
      UtPlotSeries *series = _ut_plot_board_get (&self->board, i)->series;
      if (ut_plot_series_get_shown (series) && ut_plot_series_get_live (series))
        return TRUE;
    }
  return FALSE;
}

UtPlotSeries *
_ut_plot_get_followed (UtPlot *self)
{
  UtPlotAxis axis = ut_plot_view_get_axis (self->view);
  UtPlotSeries *best = NULL;

  if (self->followed != NULL && ut_plot_series_get_shown (self->followed)
      && _ut_plot_series_peek (self->followed, axis, NULL, NULL) > 0)
    return self->followed;
  for (guint i = 0; i < self->board.entries->len; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (&self->board, i);
      if (ut_plot_series_get_shown (entry->series)
          && _ut_plot_series_peek (entry->series, axis, NULL, NULL) > 0
          && (best == NULL
              || (ut_plot_series_get_current (entry->series)
                  && !ut_plot_series_get_current (best))))
        best = entry->series;
    }
  return best;
}
