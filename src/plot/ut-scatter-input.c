/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-scatter-private.h"

#include <math.h>

/* How far from a point the pointer may be, in pixels. */
#define REACH 12

/* A shorter drag is a click; between two corners of a lasso. */
#define LEAST_DRAG 4
#define LEAST_SIDE 2

/* How many more of the lowest rows a key selects, as a share of all points. */
#define STEP 0.01

static UtScatterChange
get_change (GtkGesture *gesture)
{
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if ((state & GDK_CONTROL_MASK) != 0)
    return UT_SCATTER_REMOVE;
  return (state & GDK_SHIFT_MASK) != 0 ? UT_SCATTER_ADD : UT_SCATTER_REPLACE;
}

/* @chosen (array length=points->n) becomes the selection, joins it or leaves it. */
static void
change_selection (UtScatter       *self,
                  guint8          *chosen,
                  UtScatterChange  change)
{
  for (gsize i = 0; i < self->points->n && change != UT_SCATTER_REPLACE; i++)
    chosen[i] = change == UT_SCATTER_ADD ? (self->selected[i] | chosen[i])
                                         : (self->selected[i] & !chosen[i]);
  _ut_scatter_take_selection (self, chosen);
}

static gssize
find_row (UtScatter *self,
          double     x,
          double     y)
{
  const UtScatterScene *scene = _ut_scatter_get_scene (self);

  if (scene == NULL)
    return -1;
  return ut_scatter_points_find_nearest (self->points, &scene->plot->frame.x,
                                         &scene->plot->frame.y, x, y, REACH);
}

/* ---- Pointer ---- */

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           UtScatter                *self)
{
  if (self->lasso->len == 0)
    ut_scatter_set_hovered (self, (int) find_row (self, x, y));
}

static void
leave_cb (GtkEventControllerMotion *controller,
          UtScatter                *self)
{
  ut_scatter_set_hovered (self, -1);
}

static void
drop_lasso (UtScatter *self)
{
  g_array_set_size (self->lasso, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               UtScatter      *self)
{
  const UtLassoVertex start = { x, y };

  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_array_set_size (self->lasso, 0);
  g_array_append_val (self->lasso, start);
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                UtScatter      *self)
{
  /* Escape has taken it away. */
  if (self->lasso->len == 0)
    return;

  const UtLassoVertex *start = &g_array_index (self->lasso, UtLassoVertex, 0);
  const UtLassoVertex *last
      = &g_array_index (self->lasso, UtLassoVertex, self->lasso->len - 1);
  const UtLassoVertex vertex = { start->x + dx, start->y + dy };

  if (hypot (vertex.x - last->x, vertex.y - last->y)
      < (self->lasso->len == 1 ? LEAST_DRAG : LEAST_SIDE))
    return;
  /* Whatever is around the plot must not take the drag for a swipe. */
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  ut_scatter_set_hovered (self, -1);
  g_array_append_val (self->lasso, vertex);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A click chooses the point under it, or none. */
static void
click (UtScatter       *self,
       double           x,
       double           y,
       UtScatterChange  change)
{
  g_autofree guint8 *chosen = g_new0 (guint8, self->points->n);
  gssize row = find_row (self, x, y);

  if (row < 0 && change != UT_SCATTER_REPLACE)
    return;
  if (row >= 0)
    chosen[row] = 1;
  change_selection (self, chosen, change);
}

void
_ut_scatter_end_lasso (UtScatter       *self,
                       UtScatterChange  change)
{
  const UtScatterScene *scene = _ut_scatter_get_scene (self);
  const UtLassoVertex *vertices = (const UtLassoVertex *) (void *) self->lasso->data;

  if (self->lasso->len == 1)
    {
      click (self, vertices->x, vertices->y, change);
    }
  else if (self->lasso->len > 1 && scene != NULL)
    {
      g_autofree guint8 *inside = g_new (guint8, self->points->n);
      g_autoptr (UtLasso) lasso = ut_lasso_new (vertices, self->lasso->len);

      ut_scatter_points_surround (self->points, &scene->plot->frame.x, &scene->plot->frame.y,
                                  lasso, inside);
      change_selection (self, inside, change);
    }
  drop_lasso (self);
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             UtScatter      *self)
{
  _ut_scatter_end_lasso (self, get_change (GTK_GESTURE (gesture)));
}

static void
cancel_cb (GtkGesture       *gesture,
           GdkEventSequence *sequence,
           UtScatter        *self)
{
  drop_lasso (self);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            UtScatter       *self)
{
  if (n_press == 2)
    _ut_scatter_activate (self);
}

/* ---- Keys ---- */

/* The first step goes to the point nearest to the middle. */
static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  UtScatter *self = UT_SCATTER (widget);
  const UtScatterScene *scene = _ut_scatter_get_scene (self);
  int dx, dy;

  if (scene == NULL || self->points->n_points == 0)
    return GDK_EVENT_PROPAGATE;

  const UtPlotFrame *frame = &scene->plot->frame;

  g_variant_get (args, "(ii)", &dx, &dy);
  gssize row = self->hovered >= 0
                   ? ut_scatter_points_find_next (self->points, &frame->x, &frame->y,
                                                  self->hovered, dx, dy)
                   : ut_scatter_points_find_nearest (
                         self->points, &frame->x, &frame->y, (frame->left + frame->right) / 2,
                         (frame->top + frame->bottom) / 2, INFINITY);
  ut_scatter_set_hovered (self, (int) row);
  return GDK_EVENT_STOP;
}

static gboolean
toggle_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  UtScatter *self = UT_SCATTER (widget);

  if (self->hovered < 0)
    return GDK_EVENT_PROPAGATE;

  g_autofree guint8 *chosen = g_new0 (guint8, self->points->n);

  chosen[self->hovered] = 1;
  change_selection (self, chosen,
                    self->selected[self->hovered] ? UT_SCATTER_REMOVE : UT_SCATTER_ADD);
  return GDK_EVENT_STOP;
}

/* So many of the lowest rows are selected, without a gap from the first one on. */
static gsize
count_lowest (UtScatter *self)
{
  gsize n = 0;

  if (self->sorted == NULL)
    self->sorted = ut_scatter_points_sort (self->points);
  while (n < self->points->n_points && self->selected[self->sorted[n]])
    n++;
  return n;
}

static gboolean
select_lowest_cb (GtkWidget *widget,
                  GVariant  *args,
                  gpointer   data)
{
  UtScatter *self = UT_SCATTER (widget);
  gsize n_points = self->points->n_points;
  gsize step = MAX (1, (gsize) lrint (STEP * (double) n_points));

  if (n_points == 0)
    return GDK_EVENT_PROPAGATE;

  gsize n = count_lowest (self);

  n = g_variant_get_int32 (args) > 0 ? MIN (n + step, n_points) : n - MIN (n, step);
  ut_scatter_set_selection (self, self->sorted, n);
  return GDK_EVENT_STOP;
}

static gboolean
select_all_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   data)
{
  UtScatter *self = UT_SCATTER (widget);
  g_autofree guint8 *all = g_new (guint8, self->points->n);

  for (gsize i = 0; i < self->points->n; i++)
    all[i] = ut_scatter_points_has (self->points, i);
  _ut_scatter_take_selection (self, all);
  return GDK_EVENT_STOP;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  return _ut_scatter_activate (UT_SCATTER (widget));
}

/* The lasso under way, else the selection, else the crosshair. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  UtScatter *self = UT_SCATTER (widget);

  if (self->lasso->len > 0)
    drop_lasso (self);
  else if (self->selection->len > 0)
    ut_scatter_set_selection (self, NULL, 0);
  else if (self->hovered >= 0)
    ut_scatter_set_hovered (self, -1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* ---- Wiring ---- */

static void
bind_move (GtkWidgetClass *klass,
           guint           key,
           guint           keypad,
           int             dx,
           int             dy)
{
  gtk_widget_class_add_binding (klass, key, 0, move_cb, "(ii)", dx, dy);
  gtk_widget_class_add_binding (klass, keypad, 0, move_cb, "(ii)", dx, dy);
}

void
_ut_scatter_class_init_input (GtkWidgetClass *klass)
{
  bind_move (klass, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  bind_move (klass, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  bind_move (klass, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  bind_move (klass, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_space, 0, toggle_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_bracketleft, 0, select_lowest_cb, "i", -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_bracketright, 0, select_lowest_cb, "i", 1);
  /* Brackets are hard to reach on many keyboards. */
  gtk_widget_class_add_binding (klass, GDK_KEY_minus, 0, select_lowest_cb, "i", -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Subtract, 0, select_lowest_cb, "i", -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_plus, 0, select_lowest_cb, "i", 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Add, 0, select_lowest_cb, "i", 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_a, GDK_CONTROL_MASK, select_all_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, escape_cb, NULL);
}

void
_ut_scatter_init_input (UtScatter *self)
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

  GtkGesture *click_gesture = gtk_gesture_click_new ();
  g_signal_connect_object (click_gesture, "pressed", G_CALLBACK (pressed_cb), self,
                           G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click_gesture));
}
