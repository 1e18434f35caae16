/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-parallel-private.h"

#include <math.h>

/* How near is near, in pixels. */
#define NEAR_LINE 7
#define NEAR_AXIS 16

/* A drag of fewer pixels is a click. */
#define CLICK 4

int
_ut_parallel_find_axis (UtParallel *self,
                        double      x)
{
  int nearest = -1;
  double least = NEAR_AXIS;

  _ut_parallel_ensure_layout (self);
  for (guint i = 0; i < self->columns->len; i++)
    {
      double distance = fabs (_ut_parallel_column (self, i)->x - x);

      if (distance < least)
        {
          least = distance;
          nearest = (int) i;
        }
    }
  return nearest;
}

/* From (x, y) to the stretch of @line between two axes; NaN where it has none. */
static double
distance_to (UtParallel *self,
             guint       line,
             guint       axis,
             double      x,
             double      y)
{
  const UtParallelColumn *from = _ut_parallel_column (self, axis);
  const UtParallelColumn *to = _ut_parallel_column (self, axis + 1);
  double y0 = from->places[line];
  double dx = to->x - from->x;
  double dy = to->places[line] - y0;
  double share = ((x - from->x) * dx + (y - y0) * dy) / (dx * dx + dy * dy);

  share = isnan (share) ? NAN : CLAMP (share, 0, 1);
  return hypot (x - from->x - share * dx, y - y0 - share * dy);
}

int
_ut_parallel_find_line (UtParallel *self,
                        double      x,
                        double      y)
{
  int nearest = -1;
  double least = NEAR_LINE;

  _ut_parallel_ensure_layout (self);
  /* The topmost of equal ones, and never one that a brush leaves out. */
  for (guint line = 0; line < self->threads->len; line++)
    for (guint axis = 0; axis + 1 < self->columns->len; axis++)
      {
        double distance = distance_to (self, line, axis, x, y);

        if (!_ut_parallel_thread (self, line)->kept || !(distance <= least))
          continue;
        if (distance == least && (int) line != self->current && nearest == self->current)
          continue;
        least = distance;
        nearest = (int) line;
      }
  return nearest;
}

/* ---- Pointer ---- */

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           UtParallel               *self)
{
  if (self->dragged >= 0)
    return;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   _ut_parallel_find_axis (self, x) >= 0 ? "row-resize" : NULL);
  _ut_parallel_set_hovered (self, _ut_parallel_find_line (self, x, y));
}

static void
leave_cb (GtkEventControllerMotion *controller,
          UtParallel               *self)
{
  _ut_parallel_set_hovered (self, -1);
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               UtParallel     *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->pressed_x = x;
  self->pressed_y = y;
  self->dragged = _ut_parallel_find_axis (self, x);
  if (self->dragged >= 0)
    _ut_parallel_set_active (self, (guint) self->dragged);
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                UtParallel     *self)
{
  if (self->dragged < 0 || fabs (dy) < CLICK)
    return;

  UtParallelColumn *column = _ut_parallel_column (self, (guint) self->dragged);
  double one = ut_parallel_axis_invert (&column->axis,
                                        CLAMP (self->pressed_y, self->top, self->bottom));
  double other = ut_parallel_axis_invert (&column->axis, CLAMP (self->pressed_y + dy, self->top,
                                                                self->bottom));

  column->brush = (UtParallelBrush) { MIN (one, other), MAX (one, other) };
  _ut_parallel_set_hovered (self, -1);
  _ut_parallel_brush_changed (self);
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             UtParallel     *self)
{
  int axis = self->dragged;

  self->dragged = -1;
  if (hypot (dx, dy) >= CLICK)
    return;

  /* A click: on a line, else on an axis, whose brush it takes away. */
  _ut_parallel_set_hovered (self, _ut_parallel_find_line (self, self->pressed_x, self->pressed_y));
  if (_ut_parallel_activate (self) || axis < 0)
    return;
  _ut_parallel_column (self, (guint) axis)->brush = UT_PARALLEL_BRUSH_NONE;
  _ut_parallel_brush_changed (self);
}

static void
cancel_cb (GtkGesture       *gesture,
           GdkEventSequence *sequence,
           UtParallel       *self)
{
  self->dragged = -1;
}

/* ---- Keys ---- */

static gboolean
axis_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  UtParallel *self = UT_PARALLEL (widget);
  int next = (int) self->active + g_variant_get_int32 (args);

  if (next < 0 || next >= (int) self->columns->len)
    return GDK_EVENT_PROPAGATE;
  _ut_parallel_set_active (self, (guint) next);
  return GDK_EVENT_STOP;
}

/* Whether @a stands above @b on @column; of equal ones the later does. */
static gboolean
is_above (const UtParallelColumn *column,
          guint                   a,
          guint                   b)
{
  return column->values[a] > column->values[b]
         || (column->values[a] == column->values[b] && a > b);
}

/* To the line that stands next above or below on the active axis. */
static gboolean
line_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  UtParallel *self = UT_PARALLEL (widget);
  gboolean up = g_variant_get_int32 (args) > 0;
  int next = -1;

  if (self->columns->len == 0)
    return GDK_EVENT_PROPAGATE;

  const UtParallelColumn *column = _ut_parallel_column (self, self->active);
  gboolean fresh = self->hovered < 0 || isnan (column->values[self->hovered]);

  for (guint i = 0; i < self->threads->len; i++)
    {
      if (!_ut_parallel_thread (self, i)->kept || isnan (column->values[i]))
        continue;
      /* Without a line the first step goes to the end that it comes from. */
      if (!fresh && !(up ? is_above (column, i, (guint) self->hovered)
                         : is_above (column, (guint) self->hovered, i)))
        continue;
      if (next < 0 || (up ? is_above (column, (guint) next, i) : is_above (column, i, (guint) next)))
        next = (int) i;
    }
  if (next >= 0)
    _ut_parallel_set_hovered (self, next);
  return GDK_EVENT_STOP;
}

static gboolean
brush_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   data)
{
  UtParallel *self = UT_PARALLEL (widget);
  gboolean upper;
  int direction;

  if (self->columns->len == 0)
    return GDK_EVENT_PROPAGATE;

  UtParallelColumn *column = _ut_parallel_column (self, self->active);

  g_variant_get (args, "(bi)", &upper, &direction);
  ut_parallel_brush_step (&column->brush, column->values, self->threads->len, upper, direction);
  _ut_parallel_brush_changed (self);
  return GDK_EVENT_STOP;
}

static gboolean
clear_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   data)
{
  UtParallel *self = UT_PARALLEL (widget);

  if (self->columns->len == 0)
    return GDK_EVENT_PROPAGATE;
  _ut_parallel_column (self, self->active)->brush = UT_PARALLEL_BRUSH_NONE;
  _ut_parallel_brush_changed (self);
  return GDK_EVENT_STOP;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  return _ut_parallel_activate (UT_PARALLEL (widget));
}

/* All brushes, else the crosshair. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  UtParallel *self = UT_PARALLEL (widget);

  if (ut_parallel_is_brushed (self))
    ut_parallel_clear_brushes (self);
  else if (self->hovered >= 0)
    _ut_parallel_set_hovered (self, -1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* ---- Wiring ---- */

static void
bind_vertical (GtkWidgetClass *klass,
               guint           key,
               guint           keypad,
               int             direction)
{
  const guint keys[] = { key, keypad };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (klass, keys[i], 0, line_cb, "i", direction);
      gtk_widget_class_add_binding (klass, keys[i], GDK_SHIFT_MASK, brush_cb, "(bi)", TRUE,
                                    direction);
      gtk_widget_class_add_binding (klass, keys[i], GDK_CONTROL_MASK, brush_cb, "(bi)", FALSE,
                                    direction);
    }
}

void
_ut_parallel_class_init_input (GtkWidgetClass *klass)
{
  gtk_widget_class_add_binding (klass, GDK_KEY_Left, 0, axis_cb, "i", -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Left, 0, axis_cb, "i", -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_Right, 0, axis_cb, "i", 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Right, 0, axis_cb, "i", 1);
  bind_vertical (klass, GDK_KEY_Up, GDK_KEY_KP_Up, 1);
  bind_vertical (klass, GDK_KEY_Down, GDK_KEY_KP_Down, -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_Delete, 0, clear_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_BackSpace, 0, clear_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, escape_cb, NULL);
}

void
_ut_parallel_init_input (UtParallel *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (cancel_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
