/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-predict-bar.h"

#include <math.h>

#define TRACK_OPACITY 0.12
#define MIDDLE_OPACITY 0.55
#define DIMMED_OPACITY 0.35

struct _UtPredictBar
{
  GtkWidget parent_instance;

  double probability;
  gboolean dimmed;
};

G_DEFINE_FINAL_TYPE (UtPredictBar, ut_predict_bar, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_PROBABILITY = 1,
  PROP_DIMMED,
} UtPredictBarProperty;

static GParamSpec *properties[PROP_DIMMED + 1];

static void
ut_predict_bar_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  UtPredictBar *self = UT_PREDICT_BAR (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  GskRoundedRect outline;
  GdkRGBA text, track, fill;

  gtk_style_context_get_color (context, &text);
  track = text;
  track.alpha *= TRACK_OPACITY;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &track, &outline.bounds);

  const char *name = self->probability < 0.5 ? "ut_word_negative" : "ut_word_positive";
  if (!isnan (self->probability) && gtk_style_context_lookup_color (context, name, &fill))
    {
      float part = (float) CLAMP (self->probability, 0, 1);

      if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
        part = 1 - part;
      if (self->dimmed)
        fill.alpha *= DIMMED_OPACITY;
      gtk_snapshot_append_color (snapshot, &fill,
                                 &GRAPHENE_RECT_INIT (MIN (part, 0.5f) * width, 0,
                                                      fabsf (part - 0.5f) * width, height));
    }
  gtk_snapshot_pop (snapshot);

  text.alpha *= MIDDLE_OPACITY;
  gtk_snapshot_append_color (snapshot, &text,
                             &GRAPHENE_RECT_INIT (floorf (width / 2), 0, 1, height));
}

static void
ut_predict_bar_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  UtPredictBar *self = UT_PREDICT_BAR (object);

  switch ((UtPredictBarProperty) id)
    {
    case PROP_PROBABILITY:
      g_value_set_double (value, self->probability);
      break;
    case PROP_DIMMED:
      g_value_set_boolean (value, self->dimmed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_predict_bar_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  UtPredictBar *self = UT_PREDICT_BAR (object);

  switch ((UtPredictBarProperty) id)
    {
    case PROP_PROBABILITY:
      ut_predict_bar_set_probability (self, g_value_get_double (value));
      break;
    case PROP_DIMMED:
      ut_predict_bar_set_dimmed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_predict_bar_class_init (UtPredictBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ut_predict_bar_get_property;
  object_class->set_property = ut_predict_bar_set_property;
  widget_class->snapshot = ut_predict_bar_snapshot;

  properties[PROP_PROBABILITY] = g_param_spec_double ("probability", NULL, NULL, -G_MAXDOUBLE,
                                                      G_MAXDOUBLE, 0.5, flags);
  properties[PROP_DIMMED] = g_param_spec_boolean ("dimmed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "probabilitybar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ut_predict_bar_init (UtPredictBar *self)
{
  self->probability = 0.5;
}

double
ut_predict_bar_get_probability (UtPredictBar *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_BAR (self), NAN);

  return self->probability;
}

void
ut_predict_bar_set_probability (UtPredictBar *self,
                                double        probability)
{
  g_return_if_fail (UT_IS_PREDICT_BAR (self));

  if (probability == self->probability || (isnan (probability) && isnan (self->probability)))
    return;

  self->probability = probability;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBABILITY]);
}

gboolean
ut_predict_bar_get_dimmed (UtPredictBar *self)
{
  g_return_val_if_fail (UT_IS_PREDICT_BAR (self), FALSE);

  return self->dimmed;
}

void
ut_predict_bar_set_dimmed (UtPredictBar *self,
                           gboolean      dimmed)
{
  g_return_if_fail (UT_IS_PREDICT_BAR (self));

  dimmed = !!dimmed;
  if (dimmed == self->dimmed)
    return;

  self->dimmed = dimmed;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIMMED]);
}
