/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-scatter"

#include "config.h"

#include "ut-scatter-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Between two ticks of x, in pixels. */
#define TICK_DISTANCE 80

/**
 * UtScatter:
 *
 * The points are drawn on an image at device scale by a worker; the main thread paints it and draws
 * the text, the lasso and the ring around the hovered point over it. Points that fall on one device
 * pixel are drawn a few times at most. A band has a colour and a shape; a selected point has
 * another colour and an outline, and the others fade.
 *
 * # Keys and mouse
 *
 * Dragging draws a lasso, whose points are then selected; with Shift they are added, with Ctrl
 * removed. A click does the same with the point under it, and selects nothing where there is none.
 * A double click, or Return, activates the hovered point. The arrow keys move from point to point;
 * Space selects or leaves the point. ] or + selects 1 % more of the lowest points, [ or - fewer;
 * Ctrl+A all of them. Escape gives up a lasso, else clears the selection, else takes the crosshair
 * away.
 *
 * # CSS nodes
 *
 * |[
 * scatter
 * ├── plotswatch.style-1 … plotswatch.style-8
 * ├── plotswatch.grid
 * ╰── plotswatch.ground
 * ]|
 *
 * As in #UtPlot. The bands are style-2, style-5, style-3 and style-1, from a share of 0 up; what is
 * selected is style-4 and outlined in the color of the node itself.
 *
 * # Accessibility
 *
 * Role %GTK_ACCESSIBLE_ROLE_IMG, labelled by the axes' titles; described by the hovered point, how
 * many points there are, how many are selected, and how many each band has.
 */
G_DEFINE_FINAL_TYPE (UtScatter, ut_scatter, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_X_TITLE = 1,
  PROP_Y_TITLE,
  PROP_HOVERED,
  PROP_N_SELECTED,
} UtScatterProperty;

static GParamSpec *properties[PROP_N_SELECTED + 1];

enum
{
  SELECTION_CHANGED,
  ROW_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
describe (UtScatter *self)
{
  g_autofree char *reading = ut_scatter_dup_reading (self);
  g_autoptr (GString) text = g_string_new (reading);
  gsize n_points = self->points->n_points;

  if (text->len > 0)
    g_string_append (text, ". ");
  g_string_append_printf (text, ngettext ("%'zu point", "%'zu points", n_points), n_points);
  g_string_append (text, ", ");
  g_string_append_printf (text, ngettext ("%'u selected", "%'u selected", self->selection->len),
                          self->selection->len);
  for (UtScatterBand band = 0; band < UT_SCATTER_N_BANDS; band++)
    g_string_append_printf (text, "%s %s: %'zu", band == 0 ? "." : ",",
                            _ut_scatter_band_get_title (band), self->points->n_of_band[band]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text->str, -1);
}

static void
name (UtScatter *self)
{
  /* Translators: what the two axes of a plot measure: y, then x. */
  g_autofree char *label = g_strdup_printf (_("%s against %s"), self->y_title, self->x_title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* ---- Picture ---- */

/* What the picture shows has changed. */
static void
invalidate (UtScatter *self)
{
  self->serial++;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drop_picture (UtScatter *self)
{
  g_clear_pointer (&self->text_node, gsk_render_node_unref);
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  g_clear_pointer (&self->scene, _ut_scatter_scene_unref);
}

static UtScatterScene *
make_scene (UtScatter *self,
            int        width,
            int        height,
            int        scale)
{
  UtPlotScene *plot = _ut_plot_scene_new (0);
  double x_low, x_high, y_low, y_high;

  ut_scatter_points_get_range (self->points, self->points->x, &x_low, &x_high);
  ut_scatter_points_get_range (self->points, self->points->y, &y_low, &y_high);
  plot->frame.width = width;
  plot->frame.height = height;
  plot->frame.scale = MAX (scale, 1);
  plot->palette = *_ut_plot_inks_get (&self->inks, GTK_WIDGET (self));
  plot->title = g_strdup (self->y_title);
  plot->x_title = g_strdup (self->x_title);
  plot->empty = self->points->n_points == 0;
  if (!plot->empty)
    ut_ticks_widen (&x_low, &x_high, FALSE, width, TICK_DISTANCE);
  _ut_plot_text_arrange (plot, gtk_widget_get_pango_context (GTK_WIDGET (self)), TRUE, x_low,
                         x_high, y_low, y_high, FALSE, NAN, NAN);
  return _ut_scatter_scene_new (plot, self->points, self->selected, self->selection->len);
}

static void
take_picture (UtScatter       *self,
              UtScatterScene  *scene,
              cairo_surface_t *picture,
              guint            serial)
{
  drop_picture (self);
  self->scene = _ut_scatter_scene_ref (scene);
  self->picture = cairo_surface_reference (picture);
  self->picture_serial = serial;
}

/* Whether a picture of @scene has the size and the colours that are wanted now. */
static gboolean
fits (UtScatter            *self,
      const UtScatterScene *scene)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const UtPlotFrame *frame = &scene->plot->frame;

  return frame->width == MAX (gtk_widget_get_width (widget), 1)
         && frame->height == MAX (gtk_widget_get_height (widget), 1)
         && frame->scale == gtk_widget_get_scale_factor (widget)
         && memcmp (_ut_plot_inks_get (&self->inks, widget), &scene->plot->palette,
                    sizeof (UtPlotPalette)) == 0;
}

typedef struct
{
  UtScatterScene *scene; /* (owned) */
  guint           serial;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  _ut_scatter_scene_unref (work->scene);
  g_free (work);
}

static void
draw_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Work *work = data;

  g_task_return_pointer (task, _ut_scatter_draw_picture (work->scene),
                         (GDestroyNotify) cairo_surface_destroy);
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  GWeakRef *reference = data;
  g_autoptr (UtScatter) self = g_weak_ref_get (reference);
  g_autoptr (GError) error = NULL;
  cairo_surface_t *picture = g_task_propagate_pointer (G_TASK (result), &error);
  Work *work = g_task_get_task_data (G_TASK (result));

  g_weak_ref_clear (reference);
  g_free (reference);
  if (self != NULL)
    {
      self->drawing = FALSE;
      /* One drawn at once has overtaken this one where size or colours changed; a plot that is
       * hidden meanwhile has none. */
      if (self->picture != NULL && (gint) (work->serial - self->picture_serial) >= 0
          && fits (self, work->scene))
        take_picture (self, work->scene, picture, work->serial);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  g_clear_pointer (&picture, cairo_surface_destroy);
}

static void
draw_later (UtScatter      *self,
            UtScatterScene *scene)
{
  /* The task must not hold the widget: its last reference may fall in the worker. */
  GWeakRef *reference = g_new0 (GWeakRef, 1);
  g_weak_ref_init (reference, self);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, drawn_cb, reference);
  Work *work = g_new (Work, 1);
  work->scene = _ut_scatter_scene_ref (scene);
  work->serial = self->serial;
  g_task_set_source_tag (task, draw_later);
  g_task_set_name (task, "[undertone] draw scatter");
  g_task_set_task_data (task, work, work_free);
  self->drawing = TRUE;
  g_task_run_in_thread (task, draw_in_thread);
}

static void
ensure_picture (UtScatter *self)
{
  gboolean fitting = self->picture != NULL && fits (self, self->scene);

  if (fitting && (self->picture_serial == self->serial || self->drawing))
    return;

  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (UtScatterScene) wanted
      = make_scene (self, MAX (gtk_widget_get_width (widget), 1),
                    MAX (gtk_widget_get_height (widget), 1), gtk_widget_get_scale_factor (widget));

  if (fitting)
    {
      draw_later (self, wanted);
      return;
    }

  cairo_surface_t *picture = _ut_scatter_draw_picture (wanted);
  take_picture (self, wanted, picture, self->serial);
  cairo_surface_destroy (picture);
}

const UtScatterScene *
_ut_scatter_get_scene (UtScatter *self)
{
  return self->scene != NULL && self->scene->points == self->points ? self->scene : NULL;
}

/* ---- Snapshot ---- */

static GskRenderNode *
make_text_node (UtScatter *self)
{
  const UtPlotFrame *frame = &self->scene->plot->frame;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) frame->width, (float) frame->height));

  _ut_scatter_draw_text (cr, gtk_widget_get_pango_context (GTK_WIDGET (self)), self->scene);
  cairo_destroy (cr);
  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

static void
snapshot_hover (UtScatter   *self,
                GtkSnapshot *snapshot)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  g_autofree char *reading = ut_scatter_dup_reading (self);
  graphene_rect_t extent;

  /* Only what lies under the node is drawn anew when the pointer moves. */
  _ut_scatter_hover_extent (self->scene, context, (gsize) self->hovered, reading, &extent);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &extent);
  _ut_scatter_draw_hover (cr, context, self->scene, (gsize) self->hovered, reading);
  cairo_destroy (cr);
}

static void
ut_scatter_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  UtScatter *self = UT_SCATTER (widget);

  ensure_picture (self);

  const UtPlotFrame *frame = &self->scene->plot->frame;
  const graphene_rect_t whole
      = GRAPHENE_RECT_INIT (0, 0, (float) frame->width, (float) frame->height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &whole);
  cairo_set_source_surface (cr, self->picture, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);

  if (self->text_node == NULL)
    self->text_node = make_text_node (self);
  if (self->text_node != NULL)
    gtk_snapshot_append_node (snapshot, self->text_node);
  if (self->lasso->len > 1)
    {
      cr = gtk_snapshot_append_cairo (snapshot, &whole);
      _ut_scatter_draw_lasso (cr, self->scene, (const UtLassoVertex *) (void *) self->lasso->data,
                              self->lasso->len);
      cairo_destroy (cr);
    }
  else if (self->hovered >= 0 && _ut_scatter_get_scene (self) != NULL)
    {
      snapshot_hover (self, snapshot);
    }
}

/* ---- Widget ---- */

static void
ut_scatter_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 420;
}

static void
colours_changed (UtScatter *self)
{
  _ut_plot_inks_invalidate (&self->inks);
  g_clear_pointer (&self->text_node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ut_scatter_css_changed (GtkWidget         *widget,
                        GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ut_scatter_parent_class)->css_changed (widget, change);
  /* The font may be another, too, and with it the room for the axes. */
  UT_SCATTER (widget)->serial++;
  colours_changed (UT_SCATTER (widget));
}

static void
ut_scatter_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ut_scatter_parent_class)->unmap (widget);
  drop_picture (UT_SCATTER (widget));
}

static void
ut_scatter_dispose (GObject *object)
{
  UtScatter *self = UT_SCATTER (object);

  drop_picture (self);
  _ut_plot_inks_dispose (&self->inks);

  G_OBJECT_CLASS (ut_scatter_parent_class)->dispose (object);
}

static void
ut_scatter_finalize (GObject *object)
{
  UtScatter *self = UT_SCATTER (object);

  g_free (self->x_title);
  g_free (self->y_title);
  ut_scatter_points_unref (self->points);
  g_free (self->selected);
  g_array_unref (self->selection);
  g_free (self->sorted);
  g_array_unref (self->lasso);

  G_OBJECT_CLASS (ut_scatter_parent_class)->finalize (object);
}

static void
ut_scatter_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  UtScatter *self = UT_SCATTER (object);

  switch ((UtScatterProperty) id)
    {
    case PROP_X_TITLE:
      g_value_set_string (value, self->x_title);
      break;
    case PROP_Y_TITLE:
      g_value_set_string (value, self->y_title);
      break;
    case PROP_HOVERED:
      g_value_set_int (value, self->hovered);
      break;
    case PROP_N_SELECTED:
      g_value_set_uint (value, self->selection->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_title (UtScatter    *self,
           char        **title,
           const GValue *value,
           GParamSpec   *pspec)
{
  const char *text = g_value_get_string (value) != NULL ? g_value_get_string (value) : "";

  if (g_str_equal (*title, text))
    return;
  g_free (*title);
  *title = g_strdup (text);
  name (self);
  invalidate (self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
ut_scatter_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  UtScatter *self = UT_SCATTER (object);

  switch ((UtScatterProperty) id)
    {
    case PROP_X_TITLE:
      set_title (self, &self->x_title, value, pspec);
      break;
    case PROP_Y_TITLE:
      set_title (self, &self->y_title, value, pspec);
      break;
    case PROP_HOVERED:
    case PROP_N_SELECTED:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_scatter_class_init (UtScatterClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags both = readable | G_PARAM_WRITABLE;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_scatter_dispose;
  object_class->finalize = ut_scatter_finalize;
  object_class->get_property = ut_scatter_get_property;
  object_class->set_property = ut_scatter_set_property;
  widget_class->measure = ut_scatter_measure;
  widget_class->snapshot = ut_scatter_snapshot;
  widget_class->css_changed = ut_scatter_css_changed;
  widget_class->unmap = ut_scatter_unmap;

  properties[PROP_X_TITLE] = g_param_spec_string ("x-title", NULL, NULL, "", both);
  properties[PROP_Y_TITLE] = g_param_spec_string ("y-title", NULL, NULL, "", both);
  properties[PROP_HOVERED] = g_param_spec_int ("hovered", NULL, NULL, -1, G_MAXINT, -1, readable);
  properties[PROP_N_SELECTED]
      = g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UtScatter::selection-changed:
   *
   * Other rows are selected: ut_scatter_get_selection().
   */
  signals[SELECTION_CHANGED]
      = g_signal_new ("selection-changed", UT_TYPE_SCATTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 0);

  /**
   * UtScatter::row-activated:
   * @row: whose point it was.
   */
  signals[ROW_ACTIVATED] = g_signal_new ("row-activated", UT_TYPE_SCATTER, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  _ut_scatter_class_init_input (widget_class);
  gtk_widget_class_set_css_name (widget_class, "scatter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ut_scatter_init (UtScatter *self)
{
  self->x_title = g_strdup ("");
  self->y_title = g_strdup ("");
  self->points = ut_scatter_points_new (NULL, NULL, NULL, 0);
  self->selection = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->hovered = -1;
  self->lasso = g_array_new (FALSE, FALSE, sizeof (UtLassoVertex));
  _ut_plot_inks_init (&self->inks, GTK_WIDGET (self), G_CALLBACK (colours_changed));
  _ut_scatter_init_input (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  name (self);
  describe (self);
}

/* ---- Public ---- */

GtkWidget *
ut_scatter_new (void)
{
  return g_object_new (UT_TYPE_SCATTER, NULL);
}

void
ut_scatter_set_points (UtScatter   *self,
                       const float *x,
                       const float *y,
                       const float *shares,
                       gsize        n)
{
  g_return_if_fail (UT_IS_SCATTER (self));
  g_return_if_fail ((x != NULL && y != NULL && shares != NULL) || n == 0);
  g_return_if_fail (n <= G_MAXINT);

  ut_scatter_set_hovered (self, -1);
  ut_scatter_set_selection (self, NULL, 0);
  ut_scatter_points_unref (self->points);
  self->points = ut_scatter_points_new (x, y, shares, n);
  g_free (self->selected);
  self->selected = g_new0 (guint8, n);
  g_clear_pointer (&self->sorted, g_free);
  g_array_set_size (self->lasso, 0);
  describe (self);
  invalidate (self);
}

gsize
ut_scatter_get_n_points (UtScatter *self)
{
  g_return_val_if_fail (UT_IS_SCATTER (self), 0);

  return self->points->n_points;
}

void
_ut_scatter_take_selection (UtScatter    *self,
                            const guint8 *selected)
{
  if (self->points->n == 0 || memcmp (self->selected, selected, self->points->n) == 0)
    return;

  guint n_before = self->selection->len;

  memcpy (self->selected, selected, self->points->n);
  g_array_set_size (self->selection, 0);
  for (guint32 i = 0; i < self->points->n; i++)
    if (selected[i])
      g_array_append_val (self->selection, i);
  describe (self);
  invalidate (self);
  if (self->selection->len != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
ut_scatter_set_selection (UtScatter     *self,
                          const guint32 *rows,
                          gsize          n)
{
  g_return_if_fail (UT_IS_SCATTER (self));
  g_return_if_fail (rows != NULL || n == 0);

  g_autofree guint8 *selected = g_new0 (guint8, self->points->n);

  for (gsize i = 0; i < n; i++)
    if (ut_scatter_points_has (self->points, rows[i]))
      selected[rows[i]] = 1;
  _ut_scatter_take_selection (self, selected);
}

const guint32 *
ut_scatter_get_selection (UtScatter *self,
                          gsize     *n)
{
  g_return_val_if_fail (UT_IS_SCATTER (self), NULL);
  g_return_val_if_fail (n != NULL, NULL);

  *n = self->selection->len;
  return (const guint32 *) (void *) self->selection->data;
}

int
ut_scatter_get_hovered (UtScatter *self)
{
  g_return_val_if_fail (UT_IS_SCATTER (self), -1);

  return self->hovered;
}

void
ut_scatter_set_hovered (UtScatter *self,
                        int        row)
{
  g_return_if_fail (UT_IS_SCATTER (self));

  if (row < 0 || !ut_scatter_points_has (self->points, (gsize) row))
    row = -1;
  if (self->hovered == row)
    return;
  self->hovered = row;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOVERED]);
}

gboolean
_ut_scatter_activate (UtScatter *self)
{
  if (self->hovered < 0)
    return FALSE;
  g_signal_emit (self, signals[ROW_ACTIVATED], 0, (guint) self->hovered);
  return TRUE;
}

char *
ut_scatter_dup_reading (UtScatter *self)
{
  g_return_val_if_fail (UT_IS_SCATTER (self), NULL);

  if (self->hovered < 0)
    return g_strdup ("");

  const UtScatterPoints *points = self->points;
  gsize row = (gsize) self->hovered;

  /* Translators: the two numbers of a point, and how often it was right. */
  return g_strdup_printf (_("%.2f at %.2f, %s"), (double) points->y[row], (double) points->x[row],
                          _ut_scatter_band_get_title ((UtScatterBand) points->bands[row]));
}
