/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-classify-summary.h"

#include "ut-confusion-grid.h"
#include "ut-import-labels.h"
#include "ut-import-problems.h"
#include "ut-label-bar.h"
#include "ut-resources.h"

#include <glib/gi18n.h>

struct _UtClassifySummary
{
  AdwBin parent_instance;

  GtkLabel *counts_label;
  GtkLabel *signs_label;
  UtLabelBar *bar;
  GtkLabel *unknown_label;
  GtkLabel *no_labels_label;
  UtConfusionGrid *grid;
  UtImportLabels *labels;
  UtImportProblems *problems;

  UtRun *run;                       /* (owned) (nullable) */
  UtClassification *classification; /* (not owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtClassifySummary, ut_classify_summary, ADW_TYPE_BIN)

enum
{
  CELL_ACTIVATED,
  MEANING_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_counts (UtClassifySummary *self)
{
  guint n = (guint) ut_classification_get_n_rows (self->classification);
  guint n_positive = (guint) ut_classification_get_n_positive (self->classification);
  guint n_words = (guint) ut_classification_get_n_words (self->classification);
  guint n_unknown = (guint) ut_classification_get_n_unknown (self->classification);
  double share = (double) n_positive / n;
  g_autofree char *counts = g_strdup_printf (ngettext ("%'u text", "%'u texts", n), n);
  /* Translators: numbers of texts, and which share of all they are. */
  g_autofree char *signs = g_strdup_printf (_("%'u negative (%.1f %%), %'u positive (%.1f %%)"),
                                            n - n_positive, 100 * (1 - share), n_positive,
                                            100 * share);
  g_autofree char *unknown =
    g_strdup_printf (ngettext ("%'u of %'u word is unknown to the model (%.1f %%)",
                               "%'u of %'u words are unknown to the model (%.1f %%)", n_words),
                     n_unknown, n_words, 100.0 * n_unknown / MAX (n_words, 1));

  gtk_label_set_text (self->counts_label, counts);
  gtk_label_set_text (self->signs_label, signs);
  ut_label_bar_set_share (self->bar, share);
  gtk_label_set_text (self->unknown_label, unknown);
}

/* Why there is no matrix; %NULL where there is one, or no column of labels. */
static const char *
get_reason (UtClassifySummary *self,
            gboolean           evaluated)
{
  guint n_labels;

  if (evaluated || !ut_classification_has_labels (self->classification))
    return NULL;

  ut_classification_get_labels (self->classification, &n_labels);
  if (n_labels == 0)
    return _("No row has a label.");

  return _("Say which labels are negative and which are positive: then answers and labels are "
           "compared.");
}

static void
show_evaluation (UtClassifySummary *self)
{
  UtEvaluation evaluation;
  gboolean evaluated = ut_classification_evaluate (self->classification, &evaluation);
  const char *reason = get_reason (self, evaluated);

  gtk_widget_set_visible (GTK_WIDGET (self->grid), evaluated);
  gtk_widget_set_visible (GTK_WIDGET (self->no_labels_label), reason != NULL);
  gtk_label_set_text (self->no_labels_label, reason != NULL ? reason : "");
  if (evaluated)
    {
      const UtConfusion confusion = {
        .n = { { evaluation.fp, evaluation.tn }, { evaluation.fn, evaluation.tp } },
      };

      ut_confusion_grid_set (self->grid, self->run, &confusion);
    }
}

static void
meaning_changed_cb (UtClassifySummary *self,
                    guint              label,
                    guint              meaning)
{
  ut_classification_set_meaning (self->classification, label, (UtImportMeaning) meaning);
  show_evaluation (self);
  g_signal_emit (self, signals[MEANING_CHANGED], 0);
}

static void
cell_activated_cb (UtClassifySummary *self,
                   guint              label,
                   gboolean           is_right)
{
  g_signal_emit (self, signals[CELL_ACTIVATED], 0, label, is_right);
}

static void
ut_classify_summary_dispose (GObject *object)
{
  /* A bin does not notice when the template takes its child away. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), UT_TYPE_CLASSIFY_SUMMARY);
  g_clear_object (&UT_CLASSIFY_SUMMARY (object)->run);

  G_OBJECT_CLASS (ut_classify_summary_parent_class)->dispose (object);
}

static void
ut_classify_summary_class_init (UtClassifySummaryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_classify_summary_dispose;

  /** UtClassifySummary::cell-activated: (label, is-right): a cell of the matrix was pressed. */
  signals[CELL_ACTIVATED] = g_signal_new ("cell-activated", UT_TYPE_CLASSIFY_SUMMARY,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                          G_TYPE_UINT, G_TYPE_BOOLEAN);
  /** UtClassifySummary::meaning-changed: a label means something else now. */
  signals[MEANING_CHANGED] = g_signal_new ("meaning-changed", UT_TYPE_CLASSIFY_SUMMARY,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (UT_TYPE_CONFUSION_GRID);
  g_type_ensure (UT_TYPE_IMPORT_LABELS);
  g_type_ensure (UT_TYPE_IMPORT_PROBLEMS);
  g_type_ensure (UT_TYPE_LABEL_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-classify-summary.ui");
  gtk_widget_class_bind_template_child (widget_class, UtClassifySummary, counts_label);
  gtk_widget_class_bind_template_child (widget_class, UtClassifySummary, signs_label);
  gtk_widget_class_bind_template_child (widget_class, UtClassifySummary, bar);
  gtk_widget_class_bind_template_child (widget_class, UtClassifySummary, unknown_label);
  gtk_widget_class_bind_template_child (widget_class, UtClassifySummary, no_labels_label);
  gtk_widget_class_bind_template_child (widget_class, UtClassifySummary, grid);
  gtk_widget_class_bind_template_child (widget_class, UtClassifySummary, labels);
  gtk_widget_class_bind_template_child (widget_class, UtClassifySummary, problems);
  gtk_widget_class_bind_template_callback (widget_class, cell_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, meaning_changed_cb);
}

static void
ut_classify_summary_init (UtClassifySummary *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ut_classify_summary_show (UtClassifySummary *self,
                          UtRun             *run,
                          UtClassification  *classification)
{
  g_return_if_fail (UT_IS_CLASSIFY_SUMMARY (self));
  g_return_if_fail (self->classification == NULL);
  g_return_if_fail (UT_IS_RUN (run));
  g_return_if_fail (classification != NULL);

  guint n_labels;
  const UtImportLabel *labels = ut_classification_get_labels (classification, &n_labels);
  guint n_listed;
  const UtImportProblem *problems = ut_classification_get_problems (classification, &n_listed);
  gsize n_problems = ut_classification_get_n_problems (classification);

  self->run = g_object_ref (run);
  self->classification = classification;
  ut_import_labels_show (self->labels, labels, n_labels);
  gtk_widget_set_visible (GTK_WIDGET (self->labels), n_labels > 0);
  ut_import_problems_show (self->problems, problems, n_listed, n_problems,
                           ut_classification_get_n_rows (classification) + n_problems);
  show_counts (self);
  show_evaluation (self);
}
