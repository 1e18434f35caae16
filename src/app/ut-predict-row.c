/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-predict-row.h"

#include "ut-predict-bar.h"
#include "ut-tooltip.h"

#include <glib/gi18n.h>
#include <ut-plot-swatch.h>

struct _UtPredictRow
{
  GtkWidget parent_instance;

  UtPredictBar *bar;
  GtkLabel *number;
  GtkWidget *boxes[UT_PREDICT_SENTENCE_N_LANES];
  UtPlotSwatch *swatches[UT_PREDICT_SENTENCE_N_LANES];
  GtkLabel *numbers[UT_PREDICT_SENTENCE_N_LANES];
  GtkLabel *excerpt;

  UtPredictSentence *sentence; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtPredictRow, ut_predict_row, GTK_TYPE_WIDGET)

/* "0.78", or "?" where the model cannot say. */
static char *
dup_number (UtPredictOpinion opinion,
            double           probability)
{
  if (opinion == UT_PREDICT_CANNOT_SAY || opinion == UT_PREDICT_NOTHING)
    return g_strdup (C_("probability of a sentence", "?"));

  return g_strdup_printf ("%.2f", probability);
}

static void
update_lead (UtPredictRow *self)
{
  UtPredictOpinion opinion = ut_predict_sentence_get_opinion (self->sentence);
  gboolean can_say = opinion != UT_PREDICT_CANNOT_SAY && opinion != UT_PREDICT_NOTHING;
  double probability = ut_predict_sentence_get_probability (self->sentence);
  g_autofree char *number = dup_number (opinion, probability);

  ut_predict_bar_set_probability (self->bar, probability);
  ut_predict_bar_set_dimmed (self->bar, !can_say);
  gtk_label_set_text (self->number, number);
  gtk_label_set_text (self->excerpt, ut_predict_sentence_get_excerpt (self->sentence));
  ut_tooltip_set (GTK_WIDGET (self),
                  can_say ? NULL : _("Half of its words or more are unknown to the model"));
}

static void
update (UtPredictRow *self)
{
  g_autofree char *label = ut_predict_sentence_dup_label (self->sentence);

  update_lead (self);
  for (guint i = 0; i < UT_PREDICT_SENTENCE_N_LANES; i++)
    {
      const UtPredictLane *lane = ut_predict_sentence_get_lane (self->sentence, i);

      gtk_widget_set_visible (self->boxes[i], lane->name != NULL);
      if (lane->name == NULL)
        continue;

      g_autofree char *number = dup_number (lane->opinion, lane->probability);

      ut_plot_swatch_set_style (self->swatches[i], lane->style);
      gtk_label_set_text (self->numbers[i], number);
      ut_tooltip_set (self->boxes[i], lane->name);
    }

  /* GTK does not name the row after what it holds. */
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
ut_predict_row_dispose (GObject *object)
{
  ut_predict_row_set_sentence (UT_PREDICT_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_PREDICT_ROW);

  G_OBJECT_CLASS (ut_predict_row_parent_class)->dispose (object);
}

static void
ut_predict_row_class_init (UtPredictRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_predict_row_dispose;

  g_type_ensure (UT_TYPE_PLOT_SWATCH);
  g_type_ensure (UT_TYPE_PREDICT_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/undertone/Undertone/ui/ut-predict-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtPredictRow, bar);
  gtk_widget_class_bind_template_child (widget_class, UtPredictRow, number);
  gtk_widget_class_bind_template_child (widget_class, UtPredictRow, excerpt);
  for (guint i = 0; i < UT_PREDICT_SENTENCE_N_LANES; i++)
    {
      g_autofree char *box = g_strdup_printf ("box_%u", i + 1);
      g_autofree char *swatch = g_strdup_printf ("swatch_%u", i + 1);
      g_autofree char *number = g_strdup_printf ("number_%u", i + 1);

      gtk_widget_class_bind_template_child_full (widget_class, box, FALSE,
                                                 G_STRUCT_OFFSET (UtPredictRow, boxes) +
                                                 (gssize) (i * sizeof (gpointer)));
      gtk_widget_class_bind_template_child_full (widget_class, swatch, FALSE,
                                                 G_STRUCT_OFFSET (UtPredictRow, swatches) +
                                                 (gssize) (i * sizeof (gpointer)));
      gtk_widget_class_bind_template_child_full (widget_class, number, FALSE,
                                                 G_STRUCT_OFFSET (UtPredictRow, numbers) +
                                                 (gssize) (i * sizeof (gpointer)));
    }
}

static void
ut_predict_row_init (UtPredictRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ut_predict_row_new (void)
{
  return g_object_new (UT_TYPE_PREDICT_ROW, NULL);
}

void
ut_predict_row_set_sentence (UtPredictRow      *self,
                             UtPredictSentence *sentence)
{
  g_return_if_fail (UT_IS_PREDICT_ROW (self));
  g_return_if_fail (sentence == NULL || UT_IS_PREDICT_SENTENCE (sentence));

  if (self->sentence != NULL)
    g_signal_handlers_disconnect_by_func (self->sentence, update, self);
  g_set_object (&self->sentence, sentence);
  if (sentence == NULL)
    return;

  g_signal_connect_object (sentence, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
