/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-histogram"

#include "config.h"

#include "ut-histogram.h"

#include "ut-plot-sheet.h"

#include <math.h>

#define MIN_WIDTH 120
#define NATURAL_WIDTH 260
#define HEIGHT 64
/* Between two bars, and between the bars and the numbers below. */
#define GAP 1
#define LABEL_GAP 2
/* Still 3 : 1 against the ground. */
#define BAR_OPACITY 0.6f

struct _UtHistogram
{
  GtkWidget parent_instance;

  gsize *bins; /* (owned) (nullable) */
  guint n_bins;
  guint first;
  guint width;
};

G_DEFINE_FINAL_TYPE (UtHistogram, ut_histogram, GTK_TYPE_WIDGET)

static void
ut_histogram_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    {
      *minimum = *natural = HEIGHT;
    }
}

/* Writes @value so that its middle is at @x, as far as there is room. */
static void
append_number (GtkWidget     *widget,
               GtkSnapshot   *snapshot,
               const GdkRGBA *colour,
               guint          value,
               float          x,
               float          width,
               float          bottom)
{
  g_autofree char *text = g_strdup_printf ("%'u", value);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int text_width, text_height;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  x = CLAMP (x - (float) text_width / 2, 0, MAX (0, width - (float) text_width));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (floorf (x), bottom - (float) text_height));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static float
get_text_height (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);

  return (float) height;
}

static void
ut_histogram_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  UtHistogram *self = UT_HISTOGRAM (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float base = floorf (height - get_text_height (widget) - LABEL_GAP);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gsize highest = 1;
  GdkRGBA colour, bars;

  if (self->n_bins == 0 || base < 2)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  bars = colour;
  bars.alpha *= BAR_OPACITY;
  for (guint i = 0; i < self->n_bins; i++)
    highest = MAX (highest, self->bins[i]);

  for (guint i = 0; i < self->n_bins; i++)
    {
      guint place = mirrored ? self->n_bins - 1 - i : i;
      float start = floorf (width * (float) place / (float) self->n_bins);
      float end = floorf (width * (float) (place + 1) / (float) self->n_bins);
      float bar = floorf (base * (float) self->bins[i] / (float) highest);

      /* What is rare is to be seen, too. */
      if (self->bins[i] > 0)
        bar = MAX (bar, 1);
      gtk_snapshot_append_color (snapshot, &bars,
                                 &GRAPHENE_RECT_INIT (start, base - bar,
                                                      MAX (end - start - GAP, 1), bar));
    }

  guint last = self->first + self->n_bins * self->width - 1;

  append_number (widget, snapshot, &colour, self->first, mirrored ? width : 0, width, height);
  append_number (widget, snapshot, &colour, (self->first + last) / 2, width / 2, width, height);
  append_number (widget, snapshot, &colour, last, mirrored ? 0 : width, width, height);
}

static void
ut_histogram_finalize (GObject *object)
{
  g_free (UT_HISTOGRAM (object)->bins);

  G_OBJECT_CLASS (ut_histogram_parent_class)->finalize (object);
}

static void
ut_histogram_class_init (UtHistogramClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ut_histogram_finalize;
  widget_class->measure = ut_histogram_measure;
  widget_class->snapshot = ut_histogram_snapshot;
  gtk_widget_class_set_css_name (widget_class, "histogram");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ut_histogram_init (UtHistogram *self)
{
  ut_plot_sheet_ensure (gtk_widget_get_display (GTK_WIDGET (self)));
}

GtkWidget *
ut_histogram_new (void)
{
  return g_object_new (UT_TYPE_HISTOGRAM, NULL);
}

void
ut_histogram_set_bins (UtHistogram *self,
                       const gsize *bins,
                       guint        n_bins,
                       guint        first,
                       guint        width)
{
  g_return_if_fail (UT_IS_HISTOGRAM (self));
  g_return_if_fail (bins != NULL || n_bins == 0);
  g_return_if_fail (width > 0);

  g_free (self->bins);
  self->bins = g_memdup2 (bins, n_bins * sizeof (gsize));
  self->n_bins = n_bins;
  self->first = first;
  self->width = width;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
