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

/* A lower box is a part of x only. */
#define LEAST_BOX 24

/* How far from a line a click is still on it. */
#define REACH 8

/* Between two notches of the wheel that are one move, in microseconds. */
#define ONE_TURN (700 * G_TIME_SPAN_MILLISECOND)

typedef enum
{
  CURSOR_BY_POINT,
  CURSOR_BY_TENTH,
  CURSOR_TO_END,
  CURSOR_TO_SERIES,
} CursorMove;

/* ---- View ---- */

/* A part of x; everything where it is no less. */
static void
show_x (UtPlot *self,
        double  start,
        double  end)
{
  double low = 0, high = 0;

  if (!_ut_plot_get_extent (self, &low, &high) || (start <= low && end >= high))
    start = end = NAN;
  ut_plot_view_set_x (self->view, start, end);
}

/* Whoever looks at the end of a run that grows wants to go on doing so. */
static void
choose_follow (UtPlot *self)
{
  UtPlotRange x = ut_plot_view_get_x (self->view);

  ut_plot_view_set_follow (self->view,
                           ut_plot_range_is_all (&x) || x.high >= self->board.live);
}

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
  show_x (self, start, start + wanted);
  choose_follow (self);
}

static void
begin_pan (UtPlot *self)
{
  double low = 0, high = 0;

  _ut_plot_get_extent (self, &low, &high);
  self->pan_x = (UtPlotRange) { self->board.x_low, self->board.x_high };
  self->pan_y = _ut_plot_get_scene (self)->frame.y;
}

/* By @shift in x, from where the pan began. */
static void
pan (UtPlot *self,
     double  shift)
{
  UtPlotRange x = ut_plot_view_get_x (self->view);
  double low = 0, high = 0;

  if (!_ut_plot_get_extent (self, &low, &high) || ut_plot_range_is_all (&x))
    return;
  double span = self->pan_x.high - self->pan_x.low;
  double start = CLAMP (self->pan_x.low + shift, low, MAX (low, high - span));
  show_x (self, start, start + span);
  choose_follow (self);
}

/* By (@pixels), where a part of y is shown. */
static void
pan_up (UtPlot *self,
        double  pixels)
{
  UtPlotRange y = ut_plot_view_get_y (self->view, self->channel);
  const UtScale *from = &self->pan_y;

  if (ut_plot_range_is_all (&y))
    return;
  ut_plot_view_set_y (self->view, self->channel, ut_scale_invert (from, from->start - pixels),
                      ut_scale_invert (from, from->end - pixels));
}

void
_ut_plot_slide (UtPlot *self)
{
  UtPlotRange x = ut_plot_view_get_x (self->view);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || ut_plot_range_is_all (&x)
      || !ut_plot_view_get_follow (self->view))
    return;
  _ut_plot_board_update_x (&self->board, ut_plot_view_get_axis (self->view));
  if (!(self->board.live > x.high))
    return;
  /* A quarter ahead, so that the next points move nothing. */
  double end = self->board.live + (x.high - x.low) / 4;
  ut_plot_view_set_x (self->view, end - (x.high - x.low), end);
}

static void
zoom_in_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  UtPlot *self = UT_PLOT (widget);

  ut_plot_view_remember (self->view);
  zoom (self, ZOOM, ut_plot_view_get_cursor (self->view));
}

static void
zoom_out_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  UtPlot *self = UT_PLOT (widget);

  ut_plot_view_remember (self->view);
  zoom (self, 1 / ZOOM, ut_plot_view_get_cursor (self->view));
}

static void
zoom_reset_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  ut_plot_view_show_all (UT_PLOT (widget)->view);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  UtPlot *self = UT_PLOT (widget);

  if (ut_plot_view_go_back (self->view))
    choose_follow (self);
}

static void
follow_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ut_plot_view_set_follow (UT_PLOT (widget)->view, TRUE);
}

static void
activate_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  UtPlotSeries *series = _ut_plot_get_followed (UT_PLOT (widget));

  if (series != NULL)
    _ut_plot_activate (UT_PLOT (widget), series);
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
  ut_plot_view_set_cursor (self->view, x);
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
  UtPlotAxis axis = ut_plot_view_get_axis (self->view);
  int n = (int) self->board.entries->len;
  int at = 0;

  for (int i = 0; i < n; i++)
    if (_ut_plot_board_get (&self->board, (guint) i)->series == followed)
      at = (int) _ut_plot_board_get (&self->board, (guint) i)->leader;
  for (int i = 1; i <= n; i++)
    {
      guint index = (guint) (((at + step * i) % n + n) % n);
      UtPlotEntry *entry = _ut_plot_board_get (&self->board, index);
      /* Of several that are one line, the first. */
      if (entry->leader == index && ut_plot_series_get_shown (entry->series)
          && _ut_plot_series_peek (entry->series, axis, NULL, NULL) > 0)
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
  UtPlotRange shown = ut_plot_view_get_x (self->view);
  double margin = (shown.high - shown.low) / 10;

  if (ut_plot_range_is_all (&shown) || (x >= shown.low && x <= shown.high))
    return;
  begin_pan (self);
  pan (self, x < shown.low ? x - shown.low - margin : x - shown.high + margin);
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
  gsize n = _ut_plot_series_peek (series, ut_plot_view_get_axis (self->view), &x, NULL);
  double at = ut_plot_view_get_cursor (self->view);
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
      n = _ut_plot_series_peek (series, ut_plot_view_get_axis (self->view), &x, NULL);
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

  if (isnan (ut_plot_view_get_cursor (self->view)))
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
  gsize n = _ut_plot_series_peek (series, ut_plot_view_get_axis (self->view), &x, NULL);
  set_cursor (self, x[ut_decimate_find (x, n, ut_scale_invert (&frame->x, pixel))]);
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           UtPlot                   *self)
{
  if (self->drag != UT_PLOT_DRAG_BOX)
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
  gint64 now = g_get_monotonic_time ();

  if (now - self->last_turn > ONE_TURN)
    ut_plot_view_remember (self->view);
  self->last_turn = now;
  if ((state & GDK_SHIFT_MASK) != 0 || fabs (dx) > fabs (dy))
    {
      begin_pan (self);
      pan (self, (fabs (dx) > fabs (dy) ? dx : dy) / notch * WHEEL_PAN
                     * (self->pan_x.high - self->pan_x.low));
    }
  else
    {
      double share = (self->pointer - frame->left) / width;
      zoom (self, pow (ZOOM, -dy / notch),
            self->board.x_low + share * (self->board.x_high - self->board.x_low));
    }
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           UtPlot                   *self)
{
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  _ut_plot_scroll (self, state, gtk_event_controller_scroll_get_unit (controller), dx, dy);
  return GDK_EVENT_STOP;
}

void
_ut_plot_begin_drag (UtPlot  *self,
                     double   x,
                     double   y,
                     gboolean box)
{
  self->drag_start = self->drag_end = GRAPHENE_POINT_INIT ((float) x, (float) y);
  self->drag = box ? UT_PLOT_DRAG_BEGUN_BOX : UT_PLOT_DRAG_BEGUN_PAN;
}

static gboolean
move_drag (UtPlot *self,
           double  dx,
           double  dy)
{
  const UtPlotFrame *frame = &_ut_plot_get_scene (self)->frame;

  if (self->drag == UT_PLOT_DRAG_BOX)
    {
      self->drag_end = GRAPHENE_POINT_INIT (self->drag_start.x + (float) dx,
                                            self->drag_start.y + (float) dy);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  else
    {
      pan (self, -dx * (self->pan_x.high - self->pan_x.low) / (frame->right - frame->left));
      pan_up (self, dy);
    }
  return TRUE;
}

gboolean
_ut_plot_update_drag (UtPlot *self,
                      double  dx,
                      double  dy)
{
  switch (self->drag)
    {
    case UT_PLOT_DRAG_BEGUN_PAN:
    case UT_PLOT_DRAG_BEGUN_BOX:
      if (hypot (dx, dy) < LEAST_DRAG)
        return FALSE;
      if (self->drag == UT_PLOT_DRAG_BEGUN_PAN)
        {
          ut_plot_view_remember (self->view);
          begin_pan (self);
        }
      self->drag
          = self->drag == UT_PLOT_DRAG_BEGUN_PAN ? UT_PLOT_DRAG_PAN : UT_PLOT_DRAG_BOX;
      return move_drag (self, dx, dy);
    case UT_PLOT_DRAG_PAN:
    case UT_PLOT_DRAG_BOX:
      return move_drag (self, dx, dy);
    case UT_PLOT_DRAG_NONE:
    default:
      return FALSE;
    }
}

gboolean
_ut_plot_get_box (UtPlot          *self,
                  graphene_rect_t *box)
{
  if (self->drag != UT_PLOT_DRAG_BOX)
    return FALSE;

  const UtPlotFrame *frame = &_ut_plot_get_scene (self)->frame;
  graphene_rect_t area, drawn;
  graphene_rect_init (&area, (float) frame->left, (float) frame->top,
                      (float) (frame->right - frame->left), (float) (frame->bottom - frame->top));
  graphene_rect_init (&drawn, self->drag_start.x, self->drag_start.y,
                      self->drag_end.x - self->drag_start.x, self->drag_end.y - self->drag_start.y);
  graphene_rect_normalize (&drawn);
  if (drawn.size.height < LEAST_BOX)
    {
      drawn.origin.y = area.origin.y;
      drawn.size.height = area.size.height;
    }
  return graphene_rect_intersection (&area, &drawn, box);
}

void
_ut_plot_end_drag (UtPlot *self)
{
  double low = 0, high = 0;
  graphene_rect_t box;

  if (_ut_plot_get_box (self, &box) && box.size.width >= LEAST_DRAG
      && _ut_plot_get_extent (self, &low, &high))
    {
      const UtPlotFrame *frame = &_ut_plot_get_scene (self)->frame;
      double left = (double) box.origin.x, top = (double) box.origin.y;
      double a = ut_scale_invert (&frame->x, left);
      double b = ut_scale_invert (&frame->x, left + (double) box.size.width);
      double lowest = ut_scale_invert (&frame->y, top + (double) box.size.height);
      double highest = ut_scale_invert (&frame->y, top);
      gboolean flat = (double) box.size.height >= frame->bottom - frame->top - 1;

      if (b - a > (high - low) * NARROWEST)
        {
          ut_plot_view_remember (self->view);
          show_x (self, a, b);
          if (!flat)
            ut_plot_view_set_y (self->view, self->channel, lowest, highest);
          choose_follow (self);
        }
    }
  self->drag = UT_PLOT_DRAG_NONE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               UtPlot         *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_MIDDLE)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
  /* Where everything is shown there is nothing to pan. */
  _ut_plot_begin_drag (self, x, y,
                       button == GDK_BUTTON_PRIMARY
                           && ((state & GDK_SHIFT_MASK) != 0
                               || !ut_plot_view_is_zoomed (self->view)));
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                UtPlot         *self)
{
  /* Whatever is around the plot must not take the drag for a swipe, nor the plot for a click. */
  if (_ut_plot_update_drag (self, dx, dy))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             UtPlot         *self)
{
  _ut_plot_end_drag (self);
}

static void
cancel_cb (GtkGesture       *gesture,
           GdkEventSequence *sequence,
           UtPlot           *self)
{
  self->drag = UT_PLOT_DRAG_NONE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
_ut_plot_click (UtPlot *self,
                double  x,
                double  y)
{
  gssize at = _ut_plot_scene_find_curve (_ut_plot_get_scene (self), x, y, REACH);

  if (at < 0)
    return FALSE;
  UtPlotEntry *entry
      = _ut_plot_board_find (&self->board, _ut_plot_get_scene (self)->curves[at].series);
  self->followed = entry->series;
  _ut_plot_activate (self, entry->series);
  return TRUE;
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            UtPlot          *self)
{
  if (n_press == 2)
    ut_plot_view_show_all (self->view);
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             UtPlot          *self)
{
  if (n_press == 1)
    _ut_plot_click (self, x, y);
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
  gtk_widget_class_install_action (klass, "plot.back", NULL, back_action);
  gtk_widget_class_install_action (klass, "plot.follow", NULL, follow_action);
  gtk_widget_class_install_action (klass, "plot.activate", NULL, activate_action);
  gtk_widget_class_install_action (klass, "plot.copy", NULL, copy_action);

  bind_action (klass, GDK_KEY_plus, GDK_KEY_KP_Add, "plot.zoom-in");
  bind_action (klass, GDK_KEY_minus, GDK_KEY_KP_Subtract, "plot.zoom-out");
  bind_action (klass, GDK_KEY_0, GDK_KEY_KP_0, "plot.zoom-reset");
  bind_action (klass, GDK_KEY_Return, GDK_KEY_KP_Enter, "plot.activate");
  gtk_widget_class_add_binding_action (klass, GDK_KEY_space, 0, "plot.activate", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_f, 0, "plot.follow", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_BackSpace, 0, "plot.back", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Left, GDK_ALT_MASK, "plot.back", NULL);
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
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
