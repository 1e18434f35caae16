/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-parallel"

#include "config.h"

#include "ut-parallel-private.h"

#include "ut-plot-sheet.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * UtParallel:
 *
 * The picture is an image at device scale that is drawn anew when lines, brushes or colours change; a
 * line that is hovered over is drawn over it.
 *
 * # Keys and mouse
 *
 * Dragging along an axis brushes it; a click on the axis takes its brush away. A click on a line
 * activates it. Left and Right go from axis to axis, Up and Down to the next line above or below on
 * that axis, Return activates the line. Shift with Up and Down moves the upper end of the axis's
 * brush by one value, Ctrl the lower end; Delete takes the brush away. Escape takes all brushes away,
 * else the crosshair.
 *
 * # CSS nodes
 *
 * |[
 * parallel
 * ├── plotswatch.style-1 … plotswatch.style-8
 * ├── plotswatch.grid
 * ╰── plotswatch.ground
 * ]|
 *
 * As in #UtPlot.
 *
 * # Accessibility
 *
 * Role %GTK_ACCESSIBLE_ROLE_IMG; its label is its owner's to set. Described by the hovered line, the
 * axis that the keys are about with its brush, and how many lines are kept.
 */
G_DEFINE_FINAL_TYPE (UtParallel, ut_parallel, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_HOVERED = 1,
  PROP_N_KEPT,
} UtParallelProperty;

static GParamSpec *properties[PROP_N_KEPT + 1];

enum
{
  BRUSHED,
  LINE_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear_column (gpointer data)
{
  UtParallelColumn *column = data;

  g_free (column->title);
  g_strfreev (column->choices);
  g_free (column->values);
  g_free (column->places);
}

static void
clear_thread (gpointer data)
{
  UtParallelThread *thread = data;

  g_free (thread->label);
}

static void
describe (UtParallel *self)
{
  g_autofree char *reading = ut_parallel_dup_reading (self);
  g_autoptr (GString) text = g_string_new (reading);
  guint n_lines = self->threads->len;

  if (text->len > 0)
    g_string_append (text, ". ");
  if (self->active < self->columns->len)
    {
      const UtParallelColumn *column = _ut_parallel_column (self, self->active);

      if (ut_parallel_brush_is_set (&column->brush))
        {
          g_autofree char *low = _ut_parallel_dup_value (self, self->active, column->brush.low);
          g_autofree char *high = _ut_parallel_dup_value (self, self->active, column->brush.high);

          /* Translators: the name of an axis, and from where to where its values are kept. */
          g_string_append_printf (text, _("Axis %s, %s to %s. "), column->title, low, high);
        }
      else
        {
          /* Translators: the name of an axis. */
          g_string_append_printf (text, _("Axis %s. "), column->title);
        }
    }
  g_string_append_printf (text, ngettext ("%'u of %'u line kept", "%'u of %'u lines kept", n_lines),
                          self->n_kept, n_lines);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text->str, -1);
}

/* What the picture shows has changed. */
static void
invalidate (UtParallel *self)
{
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Whether @thread is one of those that are kept. */
static void
sieve (UtParallel *self)
{
  guint n_kept = 0;

  for (guint i = 0; i < self->threads->len; i++)
    {
      UtParallelThread *thread = _ut_parallel_thread (self, i);

      thread->kept = TRUE;
      for (guint j = 0; j < self->columns->len && thread->kept; j++)
        {
          const UtParallelColumn *column = _ut_parallel_column (self, j);

          thread->kept = ut_parallel_brush_keeps (&column->brush, column->values[i]);
        }
      n_kept += thread->kept ? 1 : 0;
    }
  if (n_kept == self->n_kept)
    return;

  self->n_kept = n_kept;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_KEPT]);
}

void
_ut_parallel_brush_changed (UtParallel *self)
{
  sieve (self);
  describe (self);
  invalidate (self);
  g_signal_emit (self, signals[BRUSHED], 0);
}

void
_ut_parallel_set_hovered (UtParallel *self,
                          int         line)
{
  if (line == self->hovered)
    return;

  self->hovered = line;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOVERED]);
}

gboolean
_ut_parallel_activate (UtParallel *self)
{
  if (self->hovered < 0)
    return FALSE;

  g_signal_emit (self, signals[LINE_ACTIVATED], 0, (guint) self->hovered);
  return TRUE;
}

void
_ut_parallel_set_active (UtParallel *self,
                         guint       column)
{
  if (column == self->active)
    return;

  self->active = column;
  describe (self);
  invalidate (self);
}

/* ---- Widget ---- */

static void
ut_parallel_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  _ut_parallel_measure (widget, orientation, minimum, natural);
}

static void
ut_parallel_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  UtParallel *self = UT_PARALLEL (widget);

  self->laid_out = FALSE;
  g_clear_pointer (&self->picture, cairo_surface_destroy);
}

static void
colours_changed (UtParallel *self)
{
  _ut_plot_inks_invalidate (&self->inks);
  invalidate (self);
}

static void
ut_parallel_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  UtParallel *self = UT_PARALLEL (widget);

  GTK_WIDGET_CLASS (ut_parallel_parent_class)->css_changed (widget, change);
  /* The font may be another, too. */
  self->laid_out = FALSE;
  colours_changed (self);
}

/* The focus shows which axis the keys are about. */
static void
ut_parallel_state_flags_changed (GtkWidget     *widget,
                                 GtkStateFlags  previous)
{
  GtkStateFlags changed = previous ^ gtk_widget_get_state_flags (widget);

  GTK_WIDGET_CLASS (ut_parallel_parent_class)->state_flags_changed (widget, previous);
  if ((changed & (GTK_STATE_FLAG_FOCUSED | GTK_STATE_FLAG_FOCUS_VISIBLE)) != 0)
    invalidate (UT_PARALLEL (widget));
}

static void
ut_parallel_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  UtParallel *self = UT_PARALLEL (object);

  switch ((UtParallelProperty) id)
    {
    case PROP_HOVERED:
      g_value_set_int (value, self->hovered);
      break;
    case PROP_N_KEPT:
      g_value_set_uint (value, self->n_kept);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_parallel_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ut_parallel_parent_class)->unmap (widget);
  g_clear_pointer (&UT_PARALLEL (widget)->picture, cairo_surface_destroy);
}

static void
ut_parallel_dispose (GObject *object)
{
  UtParallel *self = UT_PARALLEL (object);

  g_clear_pointer (&self->picture, cairo_surface_destroy);
  _ut_plot_inks_dispose (&self->inks);

  G_OBJECT_CLASS (ut_parallel_parent_class)->dispose (object);
}

static void
ut_parallel_finalize (GObject *object)
{
  UtParallel *self = UT_PARALLEL (object);

  g_array_unref (self->columns);
  g_array_unref (self->threads);

  G_OBJECT_CLASS (ut_parallel_parent_class)->finalize (object);
}

static void
ut_parallel_class_init (UtParallelClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_parallel_get_property;
  object_class->dispose = ut_parallel_dispose;
  object_class->finalize = ut_parallel_finalize;
  widget_class->measure = ut_parallel_measure;
  widget_class->size_allocate = ut_parallel_size_allocate;
  widget_class->snapshot = _ut_parallel_snapshot;
  widget_class->css_changed = ut_parallel_css_changed;
  widget_class->unmap = ut_parallel_unmap;
  widget_class->state_flags_changed = ut_parallel_state_flags_changed;

  /** UtParallel:hovered: the line under the pointer or the crosshair, -1 for none. */
  properties[PROP_HOVERED]
      = g_param_spec_int ("hovered", NULL, NULL, -1, G_MAXINT, -1, readable);
  /** UtParallel:n-kept: how many lines all brushes keep. */
  properties[PROP_N_KEPT]
      = g_param_spec_uint ("n-kept", NULL, NULL, 0, G_MAXUINT, 0, readable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /** UtParallel::brushed: a brush was set, moved or taken away. */
  signals[BRUSHED] = g_signal_new ("brushed", UT_TYPE_PARALLEL, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** UtParallel::line-activated: (line): a click on a line, or Return. */
  signals[LINE_ACTIVATED] = g_signal_new ("line-activated", UT_TYPE_PARALLEL, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  _ut_parallel_class_init_input (widget_class);
  gtk_widget_class_set_css_name (widget_class, "parallel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ut_parallel_init (UtParallel *self)
{
  self->columns = g_array_new (FALSE, TRUE, sizeof (UtParallelColumn));
  g_array_set_clear_func (self->columns, clear_column);
  self->threads = g_array_new (FALSE, TRUE, sizeof (UtParallelThread));
  g_array_set_clear_func (self->threads, clear_thread);
  self->current = -1;
  self->hovered = -1;
  self->dragged = -1;
  ut_plot_sheet_ensure (gtk_widget_get_display (GTK_WIDGET (self)));
  _ut_plot_inks_init (&self->inks, GTK_WIDGET (self), G_CALLBACK (colours_changed));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  _ut_parallel_init_input (self);
  describe (self);
}

GtkWidget *
ut_parallel_new (void)
{
  return g_object_new (UT_TYPE_PARALLEL, NULL);
}

static UtParallelBrush
find_brush (GArray     *columns,
            const char *title)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const UtParallelColumn *column = &g_array_index (columns, UtParallelColumn, i);

      if (g_str_equal (column->title, title))
        return column->brush;
    }
  return UT_PARALLEL_BRUSH_NONE;
}

void
ut_parallel_set_data (UtParallel               *self,
                      const UtParallelVariable *variables,
                      guint                     n_variables,
                      const UtParallelLine     *lines,
                      guint                     n_lines,
                      int                       current)
{
  g_return_if_fail (UT_IS_PARALLEL (self));
  g_return_if_fail (variables != NULL || n_variables == 0);
  g_return_if_fail (lines != NULL || n_lines == 0);
  g_return_if_fail (current < (int) n_lines);

  GArray *columns = g_array_new (FALSE, TRUE, sizeof (UtParallelColumn));

  g_array_set_clear_func (columns, clear_column);
  for (guint i = 0; i < n_variables; i++)
    {
      UtParallelColumn column = {
        .title = g_strdup (variables[i].title),
        .log = variables[i].log,
        .choices = g_strdupv ((char **) variables[i].choices),
        .values = g_new (double, n_lines),
        .places = g_new (double, n_lines),
        .brush = find_brush (self->columns, variables[i].title),
      };

      for (guint j = 0; j < n_lines; j++)
        column.values[j] = lines[j].values[i];
      g_array_append_val (columns, column);
    }
  g_array_unref (self->columns);
  self->columns = columns;

  g_array_set_size (self->threads, 0);
  for (guint i = 0; i < n_lines; i++)
    {
      UtParallelThread thread = { .label = g_strdup (lines[i].label), .style = lines[i].style };

      g_array_append_val (self->threads, thread);
    }
  self->current = MAX (current, -1);
  self->active = MIN (self->active, MAX (n_variables, 1) - 1);
  self->dragged = -1;
  _ut_parallel_set_hovered (self, -1);
  self->laid_out = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  _ut_parallel_brush_changed (self);
}

void
ut_parallel_set_brush (UtParallel *self,
                       guint       axis,
                       double      low,
                       double      high)
{
  g_return_if_fail (UT_IS_PARALLEL (self));
  g_return_if_fail (axis < self->columns->len);

  _ut_parallel_column (self, axis)->brush
      = high < low ? UT_PARALLEL_BRUSH_NONE : (UtParallelBrush) { low, high };
  _ut_parallel_brush_changed (self);
}

void
ut_parallel_clear_brushes (UtParallel *self)
{
  g_return_if_fail (UT_IS_PARALLEL (self));

  for (guint i = 0; i < self->columns->len; i++)
    _ut_parallel_column (self, i)->brush = UT_PARALLEL_BRUSH_NONE;
  _ut_parallel_brush_changed (self);
}

gboolean
ut_parallel_is_brushed (UtParallel *self)
{
  g_return_val_if_fail (UT_IS_PARALLEL (self), FALSE);

  for (guint i = 0; i < self->columns->len; i++)
    if (ut_parallel_brush_is_set (&_ut_parallel_column (self, i)->brush))
      return TRUE;
  return FALSE;
}

gboolean
ut_parallel_keeps (UtParallel *self,
                   guint       line)
{
  g_return_val_if_fail (UT_IS_PARALLEL (self), FALSE);
  g_return_val_if_fail (line < self->threads->len, FALSE);

  return _ut_parallel_thread (self, line)->kept;
}

int
ut_parallel_get_hovered (UtParallel *self)
{
  g_return_val_if_fail (UT_IS_PARALLEL (self), -1);

  return self->hovered;
}

char *
ut_parallel_dup_reading (UtParallel *self)
{
  g_return_val_if_fail (UT_IS_PARALLEL (self), NULL);

  g_autoptr (GString) text = g_string_new (NULL);

  if (self->hovered >= 0)
    {
      g_string_append (text, _ut_parallel_thread (self, (guint) self->hovered)->label);
      for (guint i = 0; i < self->columns->len; i++)
        {
          const UtParallelColumn *column = _ut_parallel_column (self, i);
          double value = column->values[self->hovered];

          if (isnan (value))
            continue;

          g_autofree char *label = _ut_parallel_dup_value (self, i, value);

          g_string_append_printf (text, "%s %s %s", i == 0 ? ":" : ",", column->title, label);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
