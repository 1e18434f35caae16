/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-lane-row.h"

#include "ut-predict-bar.h"
#include "ut-predict-verdict.h"

#include <glib/gi18n.h>
#include <ut-plot-swatch.h>

struct _UtLaneRow
{
  GtkBox parent_instance;

  UtPlotSwatch *swatch;
  GtkLabel *name;
  UtPredictBar *bar;
  GtkLabel *verdict;
};

G_DEFINE_FINAL_TYPE (UtLaneRow, ut_lane_row, GTK_TYPE_BOX)

/* (nullable): what is to be known of an answer to what the model did not learn from. */
static const char *
get_unit_note (UtPredictReader *reader)
{
  UtModel *model = ut_predict_reader_get_model (reader);
  gboolean whole = ut_predict_reader_get_answered_reading (reader) == UT_READING_WHOLE;

  if (model == NULL || !!ut_model_get_facts (model)->reviews == whole)
    return NULL;

  return whole ? _("It learned from single sentences.") : _("It learned from whole reviews.");
}

static void
ut_lane_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_LANE_ROW);

  G_OBJECT_CLASS (ut_lane_row_parent_class)->dispose (object);
}

static void
ut_lane_row_class_init (UtLaneRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_lane_row_dispose;

  g_type_ensure (UT_TYPE_PLOT_SWATCH);
  g_type_ensure (UT_TYPE_PREDICT_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/undertone/Undertone/ui/ut-lane-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtLaneRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, UtLaneRow, name);
  gtk_widget_class_bind_template_child (widget_class, UtLaneRow, bar);
  gtk_widget_class_bind_template_child (widget_class, UtLaneRow, verdict);
}

static void
ut_lane_row_init (UtLaneRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ut_lane_row_update (UtLaneRow       *self,
                    UtPredictReader *reader,
                    const char      *trouble)
{
  g_return_if_fail (UT_IS_LANE_ROW (self));
  g_return_if_fail (UT_IS_PREDICT_READER (reader));

  UtRun *run = ut_predict_reader_get_run (reader);
  const UtPrediction *prediction = ut_predict_reader_get_prediction (reader);
  gboolean answers = trouble == NULL && prediction != NULL && prediction->n_words > 0;
  const char *note = answers ? get_unit_note (reader) : NULL;
  g_autofree char *verdict = NULL;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  gsize n_head = 0;

  g_return_if_fail (run != NULL);

  if (answers)
    {
      UtPredictOpinion opinion = ut_predict_opinion (prediction->probability, prediction->n_words,
                                                     prediction->n_unknown);

      verdict = ut_predict_verdict_new (prediction, ut_predict_reader_get_answered_reading (reader),
                                        &n_head);
      ut_predict_bar_set_probability (self->bar, prediction->probability);
      ut_predict_bar_set_dimmed (self->bar, opinion == UT_PREDICT_CANNOT_SAY);
    }
  else
    verdict = g_strdup (trouble != NULL ? trouble : "");
  if (n_head > 0)
    {
      PangoAttribute *attribute = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      attribute->end_index = (guint) n_head;
      pango_attr_list_insert (attributes, attribute);
    }

  g_autofree char *label = g_strdup_printf ("%s: %s%s%s", ut_run_get_name (run), verdict,
                                            note != NULL ? " " : "", note != NULL ? note : "");

  ut_plot_swatch_set_style (self->swatch, ut_run_get_style (run));
  gtk_label_set_text (self->name, ut_run_get_name (run));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), answers);
  if (!pango_attr_list_equal (gtk_label_get_attributes (self->verdict), attributes))
    gtk_label_set_attributes (self->verdict, attributes);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), label) == 0)
    return;

  gtk_label_set_text (self->verdict, verdict);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
