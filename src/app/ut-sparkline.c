/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-sparkline.h"

#include <math.h>

#define WIDTH 72
#define HEIGHT 16
#define LINE_WIDTH 1.5
#define MARK_RADIUS 2.5
/* What a line spans at least. */
#define MIN_SPAN 0.05
/* More points than these lie closer than half a pixel. */
#define MAX_POINTS (2 * WIDTH)

struct _UtSparkline
{
  GtkWidget parent_instance;

  GArray *points; /* (owned) (element-type float): x and y in turn, from 0 to 1 */
  float mark[2];
  gboolean has_mark;
};

G_DEFINE_FINAL_TYPE (UtSparkline, ut_sparkline, GTK_TYPE_WIDGET)

static void
ut_sparkline_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
ut_sparkline_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  UtSparkline *self = UT_SPARKLINE (widget);
  const float *points = (const float *) self->points->data;
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float left = (float) MARK_RADIUS;
  float top = MAX ((height - HEIGHT) / 2, 0) + (float) MARK_RADIUS;
  float right = MAX (width - (float) MARK_RADIUS, left);
  float bottom = MAX (height - top, top);
  gboolean to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA colour;

  if (self->points->len == 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);

  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  if (to_left)
    {
      cairo_translate (cr, (double) width, 0);
      cairo_scale (cr, -1, 1);
    }
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i + 1 < self->points->len; i += 2)
    cairo_line_to (cr, (double) (left + points[i] * (right - left)),
                   (double) (bottom - points[i + 1] * (bottom - top)));
  cairo_stroke (cr);
  if (self->has_mark)
    {
      cairo_arc (cr, (double) (left + self->mark[0] * (right - left)),
                 (double) (bottom - self->mark[1] * (bottom - top)), MARK_RADIUS, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
}

static void
ut_sparkline_finalize (GObject *object)
{
  g_array_unref (UT_SPARKLINE (object)->points);

  G_OBJECT_CLASS (ut_sparkline_parent_class)->finalize (object);
}

static void
ut_sparkline_class_init (UtSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ut_sparkline_finalize;
  widget_class->measure = ut_sparkline_measure;
  widget_class->snapshot = ut_sparkline_snapshot;
  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ut_sparkline_init (UtSparkline *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (float));
}

GtkWidget *
ut_sparkline_new (void)
{
  return g_object_new (UT_TYPE_SPARKLINE, NULL);
}

static float
scale (double value,
       double low,
       double high)
{
  return (float) ((value - low) / (high - low));
}

void
ut_sparkline_set_values (UtSparkline  *self,
                         const double *values,
                         gsize         n_values,
                         gsize         best)
{
  double low = INFINITY;
  double high = -INFINITY;
  gsize stride = n_values / MAX_POINTS + 1;

  g_return_if_fail (UT_IS_SPARKLINE (self));
  g_return_if_fail (values != NULL || n_values == 0);

  for (gsize i = 0; i < n_values; i++)
    if (isfinite (values[i]))
      {
        low = MIN (low, values[i]);
        high = MAX (high, values[i]);
      }
  if (high - low < MIN_SPAN)
    {
      double middle = (low + high) / 2;

      low = middle - MIN_SPAN / 2;
      high = middle + MIN_SPAN / 2;
    }

  g_array_set_size (self->points, 0);
  for (gsize i = 0; i < n_values; i += stride)
    {
      const float point[] = {
        n_values > 1 ? (float) i / (float) (n_values - 1) : 0.5f, scale (values[i], low, high),
      };

      if (isfinite (values[i]))
        g_array_append_vals (self->points, point, 2);
    }
  self->has_mark = best < n_values && isfinite (values[best]);
  if (self->has_mark)
    {
      self->mark[0] = n_values > 1 ? (float) best / (float) (n_values - 1) : 0.5f;
      self->mark[1] = scale (values[best], low, high);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const float *
ut_sparkline_get_points (UtSparkline *self,
                         gsize       *n_points)
{
  g_return_val_if_fail (UT_IS_SPARKLINE (self), NULL);
  g_return_val_if_fail (n_points != NULL, NULL);

  *n_points = self->points->len / 2;
  return (const float *) self->points->data;
}
