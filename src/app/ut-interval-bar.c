/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-interval-bar.h"

#include <math.h>

#define WIDTH 64
#define HEIGHT 7
#define TRACK_OPACITY 0.15f
#define INTERVAL_OPACITY 0.45f

struct _UtIntervalBar
{
  GtkWidget parent_instance;

  double low;
  double value;
  double high;
};

G_DEFINE_FINAL_TYPE (UtIntervalBar, ut_interval_bar, GTK_TYPE_WIDGET)

static void
ut_interval_bar_measure (GtkWidget      *widget,
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
append (GtkSnapshot   *snapshot,
        const GdkRGBA *colour,
        float          opacity,
        double         left,
        double         right,
        int            height)
{
  GdkRGBA ink = *colour;
  float top = floorf ((float) (HEIGHT - height) / 2);

  ink.alpha *= opacity;
  gtk_snapshot_append_color (snapshot, &ink,
                             &GRAPHENE_RECT_INIT ((float) round (left), top,
                                                  (float) MAX (1, round (right) - round (left)),
                                                  (float) height));
}

static void
ut_interval_bar_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  UtIntervalBar *self = UT_INTERVAL_BAR (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double width = gtk_widget_get_width (widget);
  GdkRGBA colour;

  if (isnan (self->value))
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  append (snapshot, &colour, TRACK_OPACITY, 0, width, 1);
  double low = mirrored ? 1 - self->high : self->low;
  double high = mirrored ? 1 - self->low : self->high;
  double value = mirrored ? 1 - self->value : self->value;

  append (snapshot, &colour, INTERVAL_OPACITY, low * width, high * width, 3);
  append (snapshot, &colour, 1, value * (width - 2), value * (width - 2) + 2, HEIGHT);
}

static void
ut_interval_bar_class_init (UtIntervalBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = ut_interval_bar_measure;
  widget_class->snapshot = ut_interval_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "intervalbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ut_interval_bar_init (UtIntervalBar *self)
{
  self->value = NAN;
}

GtkWidget *
ut_interval_bar_new (void)
{
  return g_object_new (UT_TYPE_INTERVAL_BAR, NULL);
}

void
ut_interval_bar_set (UtIntervalBar *self,
                     double         low,
                     double         value,
                     double         high)
{
  g_return_if_fail (UT_IS_INTERVAL_BAR (self));

  self->low = CLAMP (low, 0, 1);
  self->value = isnan (low) || isnan (high) ? NAN : CLAMP (value, 0, 1);
  self->high = CLAMP (high, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
