/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-reliability-plot"

#include "config.h"

#include "ut-reliability-plot-private.h"

#include "ut-plot-sheet.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * UtReliabilityPlot:
 *
 * # Keys and mouse
 *
 * Left and Right go from bin to bin of a line, past those without rows, Up and Down to the line
 * before or behind; Return or a click on a marker activates the line; Escape takes the crosshair
 * away.
 *
 * # CSS nodes
 *
 * |[
 * reliabilityplot
 * ├── plotswatch.style-1 … plotswatch.style-8
 * ├── plotswatch.grid
 * ╰── plotswatch.ground
 * ]|
 *
 * As in #UtPlot.
 *
 * # Accessibility
 *
 * Role %GTK_ACCESSIBLE_ROLE_IMG, described by the reading and the summary.
 */
G_DEFINE_FINAL_TYPE (UtReliabilityPlot, ut_reliability_plot, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LINE = 1,
  PROP_POINT,
  PROP_SUMMARY,
} UtReliabilityPlotProperty;

static GParamSpec *properties[PROP_SUMMARY + 1];

enum
{
  LINE_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear_line (gpointer data)
{
  UtReliabilityLine *line = data;

  g_free ((char *) line->label);
  g_free ((UtReliabilityPoint *) line->points);
}

static void
describe (UtReliabilityPlot *self)
{
  g_autofree char *reading = ut_reliability_plot_dup_reading (self);
  g_autofree char *text = g_strdup_printf ("%s%s%s", reading, *reading != '\0' ? ". " : "",
                                           self->summary);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
invalidate (UtReliabilityPlot *self)
{
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- Input ---- */

static void
point_at (UtReliabilityPlot *self,
          int                line,
          int                point)
{
  gboolean other_line = line != self->line;
  gboolean other_point = point != self->point;

  if (!other_line && !other_point)
    return;

  self->line = line;
  self->point = point;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_freeze_notify (G_OBJECT (self));
  if (other_line)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINE]);
  if (other_point)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POINT]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
look_at (UtReliabilityPlot *self,
         double             x,
         double             y)
{
  guint line, point;

  if (self->lines->len == 0)
    return;

  _ut_reliability_plot_ensure_layout (self);
  if (ut_reliability_layout_find (&self->layout, _ut_reliability_plot_get_lines (self),
                                  self->lines->len, self->n_points, x, y, &line, &point))
    point_at (self, (int) line, (int) point);
  else
    point_at (self, -1, -1);
}

/* GTK tells of a motion whenever something has moved below the pointer, as it does where the
 * reading of a key gets longer: the pointer must not take back what the keys have chosen. */
static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           UtReliabilityPlot        *self)
{
  if (x == self->pointer_x && y == self->pointer_y)
    return;

  self->pointer_x = x;
  self->pointer_y = y;
  look_at (self, x, y);
}

static void
leave_cb (GtkEventControllerMotion *controller,
          UtReliabilityPlot        *self)
{
  self->pointer_x = self->pointer_y = NAN;
  point_at (self, -1, -1);
}

static gboolean
activate (UtReliabilityPlot *self)
{
  if (self->line < 0)
    return FALSE;

  g_signal_emit (self, signals[LINE_ACTIVATED], 0, (guint) self->line);
  return TRUE;
}

static void
pressed_cb (GtkGestureClick   *gesture,
            int                n_press,
            double             x,
            double             y,
            UtReliabilityPlot *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  look_at (self, x, y);
  activate (self);
}

/* From @from on, in steps of @step, the first bin of @line that has rows; -1 where there is
 * none. */
static int
find_point (UtReliabilityPlot *self,
            int                line,
            int                from,
            int                step)
{
  const UtReliabilityPoint *points = _ut_reliability_plot_get_lines (self)[line].points;

  for (int i = from; i >= 0 && i < (int) self->n_points; i += step)
    {
      if (points[i].n > 0)
        return i;
    }

  return -1;
}

static gboolean
point_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   data)
{
  UtReliabilityPlot *self = UT_RELIABILITY_PLOT (widget);
  int step = g_variant_get_int32 (args);
  int line = MAX (self->line, 0);
  int from = self->point >= 0 ? self->point + step : step > 0 ? 0 : (int) self->n_points - 1;
  int next = self->lines->len > 0 ? find_point (self, line, from, step) : -1;

  if (next < 0)
    return GDK_EVENT_PROPAGATE;
  point_at (self, line, next);
  return GDK_EVENT_STOP;
}

static gboolean
line_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  UtReliabilityPlot *self = UT_RELIABILITY_PLOT (widget);
  int step = g_variant_get_int32 (args);
  int line = self->line < 0 ? 0 : self->line + step;
  int point = MAX (self->point, 0);

  if (line < 0 || line >= (int) self->lines->len)
    return GDK_EVENT_PROPAGATE;

  int next = find_point (self, line, point, 1);

  if (next < 0)
    next = find_point (self, line, point, -1);
  if (next >= 0)
    point_at (self, line, next);
  return GDK_EVENT_STOP;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  return activate (UT_RELIABILITY_PLOT (widget));
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  UtReliabilityPlot *self = UT_RELIABILITY_PLOT (widget);

  if (self->line < 0)
    return GDK_EVENT_PROPAGATE;
  point_at (self, -1, -1);
  return GDK_EVENT_STOP;
}

/* ---- Widget ---- */

static void
ut_reliability_plot_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 300;
}

static void
ut_reliability_plot_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  UtReliabilityPlot *self = UT_RELIABILITY_PLOT (widget);

  self->laid_out = FALSE;
  g_clear_pointer (&self->picture, cairo_surface_destroy);
}

static void
colours_changed (UtReliabilityPlot *self)
{
  _ut_plot_inks_invalidate (&self->inks);
  invalidate (self);
}

static void
ut_reliability_plot_css_changed (GtkWidget         *widget,
                                 GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ut_reliability_plot_parent_class)->css_changed (widget, change);
  UT_RELIABILITY_PLOT (widget)->laid_out = FALSE;
  colours_changed (UT_RELIABILITY_PLOT (widget));
}

static void
ut_reliability_plot_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ut_reliability_plot_parent_class)->unmap (widget);
  g_clear_pointer (&UT_RELIABILITY_PLOT (widget)->picture, cairo_surface_destroy);
}

static void
ut_reliability_plot_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  UtReliabilityPlot *self = UT_RELIABILITY_PLOT (object);
  const char *summary;

  switch ((UtReliabilityPlotProperty) id)
    {
    case PROP_SUMMARY:
      summary = g_value_get_string (value) != NULL ? g_value_get_string (value) : "";
      if (g_str_equal (summary, self->summary))
        return;
      g_free (self->summary);
      self->summary = g_strdup (summary);
      describe (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_LINE:
    case PROP_POINT:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_reliability_plot_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  UtReliabilityPlot *self = UT_RELIABILITY_PLOT (object);

  switch ((UtReliabilityPlotProperty) id)
    {
    case PROP_LINE:
      g_value_set_int (value, self->line);
      break;
    case PROP_POINT:
      g_value_set_int (value, self->point);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_reliability_plot_dispose (GObject *object)
{
  UtReliabilityPlot *self = UT_RELIABILITY_PLOT (object);

  g_clear_pointer (&self->picture, cairo_surface_destroy);
  _ut_plot_inks_dispose (&self->inks);

  G_OBJECT_CLASS (ut_reliability_plot_parent_class)->dispose (object);
}

static void
ut_reliability_plot_finalize (GObject *object)
{
  UtReliabilityPlot *self = UT_RELIABILITY_PLOT (object);

  g_free (self->summary);
  g_array_unref (self->lines);

  G_OBJECT_CLASS (ut_reliability_plot_parent_class)->finalize (object);
}

static void
bind (GtkWidgetClass  *klass,
      guint            key,
      guint            keypad,
      GtkShortcutFunc  callback,
      int              step)
{
  gtk_widget_class_add_binding (klass, key, 0, callback, "i", step);
  gtk_widget_class_add_binding (klass, keypad, 0, callback, "i", step);
}

static void
ut_reliability_plot_class_init (UtReliabilityPlotClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_reliability_plot_dispose;
  object_class->finalize = ut_reliability_plot_finalize;
  object_class->get_property = ut_reliability_plot_get_property;
  object_class->set_property = ut_reliability_plot_set_property;
  widget_class->measure = ut_reliability_plot_measure;
  widget_class->size_allocate = ut_reliability_plot_size_allocate;
  widget_class->snapshot = _ut_reliability_plot_snapshot;
  widget_class->css_changed = ut_reliability_plot_css_changed;
  widget_class->unmap = ut_reliability_plot_unmap;

  /** UtReliabilityPlot:line: the line of the crosshair, -1 for none. */
  properties[PROP_LINE] = g_param_spec_int ("line", NULL, NULL, -1, G_MAXINT, -1, readable);
  /** UtReliabilityPlot:point: the bin of the crosshair, -1 for none. */
  properties[PROP_POINT] = g_param_spec_int ("point", NULL, NULL, -1, G_MAXINT, -1, readable);
  /** UtReliabilityPlot:summary: what the diagram shows, in words. */
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, "",
                                                  readable | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /** UtReliabilityPlot::line-activated: (line): a click on a marker, or Return. */
  signals[LINE_ACTIVATED] = g_signal_new ("line-activated", UT_TYPE_RELIABILITY_PLOT,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_UINT);

  bind (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, point_cb, -1);
  bind (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, point_cb, 1);
  bind (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, line_cb, -1);
  bind (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, line_cb, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "reliabilityplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ut_reliability_plot_init (UtReliabilityPlot *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->summary = g_strdup ("");
  self->lines = g_array_new (FALSE, TRUE, sizeof (UtReliabilityLine));
  g_array_set_clear_func (self->lines, clear_line);
  self->line = self->point = -1;
  self->pointer_x = self->pointer_y = NAN;
  ut_plot_sheet_ensure (gtk_widget_get_display (GTK_WIDGET (self)));
  _ut_plot_inks_init (&self->inks, GTK_WIDGET (self), G_CALLBACK (colours_changed));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Reliability diagram"), -1);
  describe (self);
}

GtkWidget *
ut_reliability_plot_new (void)
{
  return g_object_new (UT_TYPE_RELIABILITY_PLOT, NULL);
}

void
ut_reliability_plot_set_lines (UtReliabilityPlot       *self,
                               const UtReliabilityLine *lines,
                               guint                    n_lines,
                               guint                    n_points)
{
  g_return_if_fail (UT_IS_RELIABILITY_PLOT (self));
  g_return_if_fail (lines != NULL || n_lines == 0);

  point_at (self, -1, -1);
  g_array_set_size (self->lines, 0);
  self->n_points = n_points;
  for (guint i = 0; i < n_lines; i++)
    {
      UtReliabilityLine line = lines[i];

      line.label = g_strdup (line.label);
      line.points = g_memdup2 (line.points, n_points * sizeof *line.points);
      g_array_append_val (self->lines, line);
    }
  self->laid_out = FALSE;
  describe (self);
  invalidate (self);
}

char *
ut_reliability_plot_dup_reading (UtReliabilityPlot *self)
{
  g_return_val_if_fail (UT_IS_RELIABILITY_PLOT (self), NULL);

  if (self->line < 0)
    return g_strdup ("");

  const UtReliabilityLine *line = &_ut_reliability_plot_get_lines (self)[self->line];
  const UtReliabilityPoint *point = &line->points[self->point];

  /* Translators: the name of a run; the limits of a bin; a number of rows; how sure it is of them;
     the share that is right, and its interval. */
  return g_strdup_printf (ngettext ("%s, %.2f to %.2f: %'zu row, says %.3f, right in %.3f "
                                    "(%.3f–%.3f)",
                                    "%s, %.2f to %.2f: %'zu rows, says %.3f, right in %.3f "
                                    "(%.3f–%.3f)", point->n),
                          line->label, point->low, point->high, point->n, point->confidence,
                          point->accuracy, point->accuracy_low, point->accuracy_high);
}
