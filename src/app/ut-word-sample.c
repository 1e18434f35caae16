/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-sample.h"

#include "ut-word-line.h"

struct _UtWordSample
{
  GtkWidget parent_instance;

  GtkWidget *label; /* (owned): a child */
  UtWordLine line;
};

G_DEFINE_FINAL_TYPE (UtWordSample, ut_word_sample, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LABEL = 1,
  PROP_LINE,
} UtWordSampleProperty;

static GParamSpec *properties[PROP_LINE + 1];

static void
ut_word_sample_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  gtk_widget_measure (UT_WORD_SAMPLE (widget)->label, orientation, for_size,
                      minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum += UT_WORD_LINE_HEIGHT;
      *natural += UT_WORD_LINE_HEIGHT;
    }
}

static void
ut_word_sample_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  gtk_widget_allocate (UT_WORD_SAMPLE (widget)->label, width, height - UT_WORD_LINE_HEIGHT, -1,
                       NULL);
}

static void
ut_word_sample_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  UtWordSample *self = UT_WORD_SAMPLE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GdkRGBA colour;

  GTK_WIDGET_CLASS (ut_word_sample_parent_class)->snapshot (widget, snapshot);

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_cairo_set_source_rgba (cr, &colour);
  ut_word_line_begin (self->line, cr);
  ut_word_line_add (self->line, cr, 0, width, height - UT_WORD_LINE_HEIGHT);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
ut_word_sample_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  UtWordSample *self = UT_WORD_SAMPLE (object);

  switch ((UtWordSampleProperty) id)
    {
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->label)));
      break;
    case PROP_LINE:
      g_value_set_uint (value, self->line);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_word_sample_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  UtWordSample *self = UT_WORD_SAMPLE (object);

  switch ((UtWordSampleProperty) id)
    {
    case PROP_LABEL:
      gtk_label_set_text (GTK_LABEL (self->label), g_value_get_string (value));
      break;
    case PROP_LINE:
      self->line = (UtWordLine) g_value_get_uint (value);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ut_word_sample_dispose (GObject *object)
{
  g_clear_pointer (&UT_WORD_SAMPLE (object)->label, gtk_widget_unparent);

  G_OBJECT_CLASS (ut_word_sample_parent_class)->dispose (object);
}

static void
ut_word_sample_class_init (UtWordSampleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ut_word_sample_get_property;
  object_class->set_property = ut_word_sample_set_property;
  object_class->dispose = ut_word_sample_dispose;
  widget_class->measure = ut_word_sample_measure;
  widget_class->size_allocate = ut_word_sample_size_allocate;
  widget_class->snapshot = ut_word_sample_snapshot;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "", flags);
  properties[PROP_LINE] = g_param_spec_uint ("line", NULL, NULL, UT_WORD_LINE_SOLID,
                                             UT_WORD_LINE_DASHES,
                                             UT_WORD_LINE_SOLID, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "wordsample");
}

static void
ut_word_sample_init (UtWordSample *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}
