/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-predict-row.h"

#include "ut-predict-bar.h"

#include <glib/gi18n.h>

struct _UtPredictRow
{
  GtkWidget parent_instance;

  UtPredictBar *bar;
  GtkLabel *number;
  GtkLabel *excerpt;
};

G_DEFINE_FINAL_TYPE (UtPredictRow, ut_predict_row, GTK_TYPE_WIDGET)

static void
ut_predict_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_PREDICT_ROW);

  G_OBJECT_CLASS (ut_predict_row_parent_class)->dispose (object);
}

static void
ut_predict_row_class_init (UtPredictRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_predict_row_dispose;

  g_type_ensure (UT_TYPE_PREDICT_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/undertone/Undertone/ui/ut-predict-row.ui");
  gtk_widget_class_bind_template_child (widget_class, UtPredictRow, bar);
  gtk_widget_class_bind_template_child (widget_class, UtPredictRow, number);
  gtk_widget_class_bind_template_child (widget_class, UtPredictRow, excerpt);
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
  g_return_if_fail (UT_IS_PREDICT_SENTENCE (sentence));

  UtPredictOpinion opinion = ut_predict_sentence_get_opinion (sentence);
  gboolean can_say = opinion != UT_PREDICT_CANNOT_SAY && opinion != UT_PREDICT_NOTHING;
  double probability = ut_predict_sentence_get_probability (sentence);
  g_autofree char *number = g_strdup_printf ("%.2f", probability);

  ut_predict_bar_set_probability (self->bar, probability);
  ut_predict_bar_set_dimmed (self->bar, !can_say);
  gtk_label_set_text (self->number, can_say ? number : C_("probability of a sentence", "?"));
  gtk_label_set_text (self->excerpt, ut_predict_sentence_get_excerpt (sentence));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               can_say ? NULL
                                       : _("Half of its words or more are unknown to the model"));
}
