/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot"

#include "config.h"

#include "ut-plot-private.h"

#include <math.h>

/* One press of + or one notch of the wheel. */
#define ZOOM 1.5

/* One notch of the wheel, as a share of the view. */
#define WHEEL_PAN 0.1

/* The view is never a smaller part of everything than this: beyond it x has no digits left. */
#define NARROWEST 1e-6

/* A shorter drag is a click. */
#define LEAST_DRAG 4

typedef enum
{
  CURSOR_BY_POINT,
  CURSOR_BY_TENTH,
  CURSOR_TO_END,
  CURSOR_TO_SERIES,
} CursorMove;

/* ---- View ---- */

/* From the view that is wanted, not the one on the screen: a picture of many runs comes later than
 * the next notch of the wheel. */
static void
zoom (UtPlot *self,
      double  factor,
      double  around)
{
  double low = 0, high = 0;

  if (!_ut_plot_get_extent (self, &low, &high))
    return;
  double span = self->board.x_high - self->board.x_low;
  double wanted = CLAMP (span / factor, (high - low) * NARROWEST, high - low);
  if (!(around >= self->board.x_low && around <= self->board.x_high))
    around = self->board.x_low + span / 2;
  double start = around - (around - self->board.x_low) * wanted / span;
  start = CLAMP (start, low, high - wanted);
  _ut_plot_set_view (self, start, start + wanted);
}

static void
begin_pan (UtPlot *self)
{
  double low = 0, high = 0;

  _ut_plot_get_extent (self, &low, &high);
  self->pan_low = self->board.x_low;
  self->pan_high = self->board.x_high;
}

static void
pan (UtPlot *self,
     double  shift)
{
  double low = 0, high = 0;

  if (!_ut_plot_get_extent (self, &low, &high) || isnan (self->view_start))
    return;
  double span = self->pan_high - self->pan_low;
  double start = CLAMP (self->pan_low + shift, low, MAX (low, high - span));
  _ut_plot_set_view (self, start, start + span);
}

static void
zoom_in_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  zoom (UT_PLOT (widget), ZOOM, UT_PLOT (widget)->cursor_x);
}

static void
zoom_out_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  zoom (UT_PLOT (widget), 1 / ZOOM, UT_PLOT (widget)->cursor_x);
}

static void
zoom_reset_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  _ut_plot_set_view (UT_PLOT (widget), NAN, NAN);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ut_plot_copy (UT_PLOT (widget));
}

/* ---- Cursor ---- */

static void
set_cursor (UtPlot *self,
            double  x)
{
  g_object_set (self, "cursor-x", x, NULL);
}

/* Who sees no cursor is told where it is. */
static void
speak (UtPlot *self)
{
  g_autofree char *reading = ut_plot_dup_reading (self);
  g_autofree char *text = *reading != '\0' ? g_strjoin (". ", reading, self->summary, NULL)
                                           : g_strdup (self->summary != NULL ? self->summary : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
follow_next (UtPlot *self,
             int     step)
{
  UtPlotSeries *followed = _ut_plot_get_followed (self);
  int n = (int) self->board.entries->len;
  int at = 0;

  for (int i = 0; i < n; i++)
    if (((UtPlotEntry *) _ut_plot_board_get (&self->board, i))->series == followed)
      at = i;
  for (int i = 1; i <= n; i++)
    {
      UtPlotEntry *entry = _ut_plot_board_get (&self->board, ((at + step * i) % n + n) % n);
      if (ut_plot_series_get_shown (entry->series)
          && ut_plot_series_get_points (entry->series, NULL, NULL) > 0)
        {
          self->followed = entry->series;
          break;
        }
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Keeps the cursor in sight when it is moved out of a zoomed view. */
static void
reveal (UtPlot *self,
        double  x)
{
  if (isnan (self->view_start) || (x >= self->view_start && x <= self->view_end))
    return;
  begin_pan (self);
  double span = self->view_end - self->view_start;
  pan (self,
       x < self->view_start ? x - self->view_start - span / 10 : x - self->view_end + span / 10);
}

static gboolean
move_cursor_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   data)
{
  UtPlot *self = UT_PLOT (widget);
  int move = 0, step = 0;

  g_variant_get (args, "(ii)", &move, &step);
  UtPlotSeries *series = _ut_plot_get_followed (self);
  if (series == NULL)
    return GDK_EVENT_PROPAGATE;

  const UtPlotFrame *frame = &_ut_plot_get_scene (self)->frame;
  const double *x = NULL;
  gsize n = ut_plot_series_get_points (series, &x, NULL);
  double at = self->cursor_x;
  gboolean fresh = isnan (at);
  if (fresh)
    at = frame->x.high;
  gint64 index = (gint64) ut_decimate_find (x, n, at);

  switch ((CursorMove) move)
    {
    case CURSOR_BY_POINT:
      /* Without a cursor the first key press only shows it, at the last point. */
      index += fresh ? 0 : step;
      break;
    case CURSOR_BY_TENTH:
      {
        gint64 next
            = (gint64) ut_decimate_find (x, n, at + step * (frame->x.high - frame->x.low) / 10);
        index = next == index ? index + step : next;
      }
      break;
    case CURSOR_TO_END:
      index = step < 0 ? (gint64) ut_decimate_lower (x, n, frame->x.low)
                       : (gint64) ut_decimate_lower (x, n, nextafter (frame->x.high, INFINITY)) - 1;
      break;
    case CURSOR_TO_SERIES:
      follow_next (self, fresh ? 0 : step);
      series = _ut_plot_get_followed (self);
      n = ut_plot_series_get_points (series, &x, NULL);
      index = (gint64) ut_decimate_find (x, n, at);
      break;
    default:
      g_assert_not_reached ();
    }
  index = CLAMP (index, 0, (gint64) n - 1);
  set_cursor (self, x[index]);
  reveal (self, x[index]);
  speak (self);
  return GDK_EVENT_STOP;
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  UtPlot *self = UT_PLOT (widget);

  if (isnan (self->cursor_x))
    return GDK_EVENT_PROPAGATE;
  set_cursor (self, NAN);
  speak (self);
  return GDK_EVENT_STOP;
}

/* ---- Mouse ---- */

static void
point_at (UtPlot *self,
          double  pixel)
{
  const UtPlotFrame *frame = &_ut_plot_get_scene (self)->frame;
  UtPlotSeries *series = _ut_plot_get_followed (self);
  const double *x = NULL;

  self->pointer = pixel;
  if (series == NULL || pixel < frame->left - 8 || pixel > frame->right + 8)
    {
      set_cursor (self, NAN);
      return;
    }
  /* The cursor stands on a point of the followed series, so that its x can be read as a step. */
  gsize n = ut_plot_series_get_points (series, &x, NULL);
  set_cursor (self, x[ut_decimate_find (x, n, ut_scale_invert (&frame->x, pixel))]);
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           UtPlot                   *self)
{
  if (isnan (self->drag_start))
    point_at (self, x);
}

static void
leave_cb (GtkEventControllerMotion *controller,
          UtPlot                   *self)
{
  self->pointer = NAN;
  set_cursor (self, NAN);
}

void
_ut_plot_scroll (UtPlot          *self,
                 GdkModifierType  state,
                 GdkScrollUnit    unit,
                 double           dx,
                 double           dy)
{
  const UtPlotFrame *frame = &_ut_plot_get_scene (self)->frame;
  double width = frame->right - frame->left;
  /* A notch of the wheel is as far as a tenth of the width under two fingers. */
  double notch = unit == GDK_SCROLL_UNIT_WHEEL ? 1 : width * WHEEL_PAN;

  if ((state & GDK_CONTROL_MASK) != 0)
    {
      double share = (self->pointer - frame->left) / width;
      zoom (self, pow (ZOOM, -dy / notch),
            self->board.x_low + share * (self->board.x_high - self->board.x_low));
    }
  else
    {
      begin_pan (self);
      pan (self, ((state & GDK_SHIFT_MASK) != 0 ? dy : dx) / notch * WHEEL_PAN
                     * (self->pan_high - self->pan_low));
    }
}

/* Upright scrolling is left to what the plot is in. */
static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           UtPlot                   *self)
{
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0
      && (fabs (dy) >= fabs (dx) || isnan (self->view_start)))
    return GDK_EVENT_PROPAGATE;
  _ut_plot_scroll (self, state, gtk_event_controller_scroll_get_unit (controller), dx, dy);
  return GDK_EVENT_STOP;
}

static gboolean
is_pan (GtkGestureDrag *gesture)
{
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  return gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_MIDDLE
         || (state & GDK_SHIFT_MASK) != 0;
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               UtPlot         *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  if (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_MIDDLE)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->pan_low = self->pan_high = NAN;
  if (is_pan (gesture))
    begin_pan (self);
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                UtPlot         *self)
{
  double x = 0, y = 0;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  const UtPlotFrame *frame = &_ut_plot_get_scene (self)->frame;
  if (!isnan (self->pan_low))
    {
      double per_pixel = (self->pan_high - self->pan_low) / (frame->right - frame->left);
      pan (self, -dx * per_pixel);
    }
  else if (!isnan (self->drag_start) || fabs (dx) >= LEAST_DRAG)
    {
      /* Whatever is around the plot must not take the drag for a swipe. */
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      self->drag_start = x;
      self->drag_end = x + dx;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             UtPlot         *self)
{
  double low = 0, high = 0;

  if (!isnan (self->drag_start) && fabs (dx) >= LEAST_DRAG
      && _ut_plot_get_extent (self, &low, &high))
    {
      const UtPlotFrame *frame = &_ut_plot_get_scene (self)->frame;
      double a = ut_scale_invert (&frame->x, CLAMP (self->drag_start, frame->left, frame->right));
      double b = ut_scale_invert (&frame->x, CLAMP (self->drag_end, frame->left, frame->right));
      if (fabs (b - a) > (high - low) * NARROWEST)
        _ut_plot_set_view (self, MIN (a, b), MAX (a, b));
    }
  self->drag_start = self->drag_end = NAN;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
cancel_cb (GtkGesture       *gesture,
           GdkEventSequence *sequence,
           UtPlot           *self)
{
  self->drag_start = self->drag_end = NAN;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            UtPlot          *self)
{
  if (n_press == 2)
    _ut_plot_set_view (self, NAN, NAN);
}

/* ---- Wiring ---- */

static void
bind_cursor (GtkWidgetClass  *klass,
             guint            key,
             guint            keypad,
             GdkModifierType  modifiers,
             CursorMove       move,
             int              step)
{
  gtk_widget_class_add_binding (klass, key, modifiers, move_cursor_cb, "(ii)", (int) move, step);
  gtk_widget_class_add_binding (klass, keypad, modifiers, move_cursor_cb, "(ii)", (int) move, step);
}

static void
bind_action (GtkWidgetClass *klass,
             guint           key,
             guint           keypad,
             const char     *action)
{
  gtk_widget_class_add_binding_action (klass, key, 0, action, NULL);
  gtk_widget_class_add_binding_action (klass, keypad, 0, action, NULL);
}

void
_ut_plot_class_init_input (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "plot.zoom-in", NULL, zoom_in_action);
  gtk_widget_class_install_action (klass, "plot.zoom-out", NULL, zoom_out_action);
  gtk_widget_class_install_action (klass, "plot.zoom-reset", NULL, zoom_reset_action);
  gtk_widget_class_install_action (klass, "plot.copy", NULL, copy_action);

  bind_action (klass, GDK_KEY_plus, GDK_KEY_KP_Add, "plot.zoom-in");
  bind_action (klass, GDK_KEY_minus, GDK_KEY_KP_Subtract, "plot.zoom-out");
  bind_action (klass, GDK_KEY_0, GDK_KEY_KP_0, "plot.zoom-reset");
  /* The key that carries + on many keyboards. */
  gtk_widget_class_add_binding_action (klass, GDK_KEY_equal, 0, "plot.zoom-in", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_c, GDK_CONTROL_MASK, "plot.copy", NULL);

  bind_cursor (klass, GDK_KEY_Left, GDK_KEY_KP_Left, 0, CURSOR_BY_POINT, -1);
  bind_cursor (klass, GDK_KEY_Right, GDK_KEY_KP_Right, 0, CURSOR_BY_POINT, 1);
  bind_cursor (klass, GDK_KEY_Left, GDK_KEY_KP_Left, GDK_CONTROL_MASK, CURSOR_BY_TENTH, -1);
  bind_cursor (klass, GDK_KEY_Right, GDK_KEY_KP_Right, GDK_CONTROL_MASK, CURSOR_BY_TENTH, 1);
  bind_cursor (klass, GDK_KEY_Home, GDK_KEY_KP_Home, 0, CURSOR_TO_END, -1);
  bind_cursor (klass, GDK_KEY_End, GDK_KEY_KP_End, 0, CURSOR_TO_END, 1);
  bind_cursor (klass, GDK_KEY_Up, GDK_KEY_KP_Up, 0, CURSOR_TO_SERIES, -1);
  bind_cursor (klass, GDK_KEY_Down, GDK_KEY_KP_Down, 0, CURSOR_TO_SERIES, 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, escape_cb, NULL);
}

void
_ut_plot_init_input (UtPlot *self)
{
  GtkEventController *controller = gtk_event_controller_motion_new ();
  g_signal_connect_object (controller, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (controller, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (controller, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  g_signal_connect_object (controller, "scroll", G_CALLBACK (scroll_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  GtkGesture *drag = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (cancel_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
