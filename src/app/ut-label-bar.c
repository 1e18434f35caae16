/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-label-bar.h"

#define MIN_WIDTH 60
#define HEIGHT 8
/* Between the two parts, so that they are told apart without their colours. */
#define GAP 2

struct _UtLabelBar
{
  GtkWidget parent_instance;

  double share;
};

G_DEFINE_FINAL_TYPE (UtLabelBar, ut_label_bar, GTK_TYPE_WIDGET)

static void
ut_label_bar_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
}

static void
append_part (GtkWidget   *widget,
             GtkSnapshot *snapshot,
             const char  *name,
             float        start,
             float        width)
{
  float height = (float) gtk_widget_get_height (widget);
  float all = (float) gtk_widget_get_width (widget);
  GdkRGBA colour;

  if (width <= 0
      || !gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &colour))
    return;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    start = all - start - width;
  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (start, 0, width, height));
}

static void
ut_label_bar_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  UtLabelBar *self = UT_LABEL_BAR (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float negative = width * (float) (1 - self->share);
  float gap = self->share > 0 && self->share < 1 ? GAP : 0;
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  append_part (widget, snapshot, "ut_word_negative", 0, negative - gap / 2);
  append_part (widget, snapshot, "ut_word_positive", negative + gap / 2,
               width - negative - gap / 2);
  gtk_snapshot_pop (snapshot);
}

static void
ut_label_bar_class_init (UtLabelBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = ut_label_bar_measure;
  widget_class->snapshot = ut_label_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "labelbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ut_label_bar_init (UtLabelBar *self)
{
  self->share = 0.5;
}

GtkWidget *
ut_label_bar_new (void)
{
  return g_object_new (UT_TYPE_LABEL_BAR, NULL);
}

void
ut_label_bar_set_share (UtLabelBar *self,
                        double      share)
{
  g_return_if_fail (UT_IS_LABEL_BAR (self));
  g_return_if_fail (share >= 0 && share <= 1);

  self->share = share;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
