/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot-swatch"

#include "config.h"

#include "ut-plot-swatch.h"

#include "ut-plot-inks-private.h"
#include "ut-plot-sheet.h"

#define WIDTH 26
#define HEIGHT 8

struct _UtPlotSwatch
{
  GtkWidget parent_instance;

  guint     style;
};

G_DEFINE_FINAL_TYPE (UtPlotSwatch, ut_plot_swatch, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_STYLE = 1,
} UtPlotSwatchProperty;

static GParamSpec *properties[PROP_STYLE + 1];
static guint colour_changed_signal;

static void
ut_plot_swatch_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch ((UtPlotSwatchProperty) id)
    {
    case PROP_STYLE:
      g_value_set_uint (value, UT_PLOT_SWATCH (object)->style);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_plot_swatch_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch ((UtPlotSwatchProperty) id)
    {
    case PROP_STYLE:
      ut_plot_swatch_set_style (UT_PLOT_SWATCH (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_plot_swatch_measure (GtkWidget      *widget,
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
ut_plot_swatch_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  UtColour colour = _ut_plot_ink_of (widget);

  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  ut_plot_style_draw_swatch (cr, UT_PLOT_SWATCH (widget)->style, &colour, width, height);
  cairo_destroy (cr);
}

static void
ut_plot_swatch_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ut_plot_swatch_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
  g_signal_emit (widget, colour_changed_signal, 0);
}

static void
ut_plot_swatch_class_init (UtPlotSwatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_plot_swatch_get_property;
  object_class->set_property = ut_plot_swatch_set_property;
  widget_class->measure = ut_plot_swatch_measure;
  widget_class->snapshot = ut_plot_swatch_snapshot;
  widget_class->css_changed = ut_plot_swatch_css_changed;

  properties[PROP_STYLE] = g_param_spec_uint ("style", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                              | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UtPlotSwatch::colour-changed:
   *
   * The theme or the style changed, and perhaps the colour.
   */
  colour_changed_signal = g_signal_new ("colour-changed", UT_TYPE_PLOT_SWATCH, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "plotswatch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ut_plot_swatch_init (UtPlotSwatch *self)
{
  ut_plot_sheet_ensure (gtk_widget_get_display (GTK_WIDGET (self)));
  gtk_widget_add_css_class (GTK_WIDGET (self), ut_plot_style_get (0).css_class);
}

GtkWidget *
ut_plot_swatch_new (guint style)
{
  return g_object_new (UT_TYPE_PLOT_SWATCH, "style", style, NULL);
}

guint
ut_plot_swatch_get_style (UtPlotSwatch *self)
{
  g_return_val_if_fail (UT_IS_PLOT_SWATCH (self), 0);
  return self->style;
}

void
ut_plot_swatch_set_style (UtPlotSwatch *self,
                          guint         style)
{
  g_return_if_fail (UT_IS_PLOT_SWATCH (self));

  if (self->style == style)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self), ut_plot_style_get (self->style).css_class);
  self->style = style;
  gtk_widget_add_css_class (GTK_WIDGET (self), ut_plot_style_get (style).css_class);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STYLE]);
}
