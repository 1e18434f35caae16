/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-curves-pane.h"

#include "ut-plot-pair.h"
#include "ut-probe-curves.h"
#include "ut-probe-menu.h"
#include "ut-resources.h"
#include "ut-run-text.h"

#include <glib/gi18n.h>
#include <math.h>

struct _UtCurvesPane
{
  GtkBox parent_instance;

  UtPlotPair *plots;
  GtkLabel *loss_reading;
  GtkLabel *accuracy_reading;
  GtkLabel *probes_reading;
  UtProbeMenu *probe_menu;
  GtkLabel *verdict_label;

  UtSession *session;    /* (owned) (nullable) */
  UtProbeCurves *probes; /* (owned): of the current run */
  GSignalGroup *signals; /* (owned): of the current run */
  gsize n_judged;        /* epochs that the verdict line knows of */
};

G_DEFINE_FINAL_TYPE (UtCurvesPane, ut_curves_pane, GTK_TYPE_BOX)

static void
show_reading (GtkLabel   *label,
              const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text);
}

/* What is not mapped is not reckoned: a reading has the scene made anew. */
static gboolean
is_idle (UtCurvesPane *self)
{
  return self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self));
}

static void
update_reading (UtCurvesPane *self)
{
  if (is_idle (self))
    return;

  g_autofree char *loss = ut_plot_dup_reading (ut_plot_pair_get_loss (self->plots));
  g_autofree char *accuracy = ut_plot_dup_reading (ut_plot_pair_get_accuracy (self->plots));
  g_autofree char *probes = ut_plot_dup_reading (ut_plot_pair_get_probes (self->plots));
  g_autofree char *loss_text = NULL;
  g_autofree char *accuracy_text = NULL;
  g_autofree char *probes_text = NULL;

  if (*loss == '\0' && *accuracy == '\0')
    {
      /* All lines are kept, so that the plots do not move under the pointer. */
      gtk_label_set_label (self->loss_reading,
                           _("Point at a plot, or move along it with the arrow keys, to read it."));
      gtk_label_set_label (self->accuracy_reading, "");
      gtk_label_set_label (self->probes_reading, "");
      return;
    }

  /* Translators: the values of all curves of the loss at one place. */
  loss_text = g_strdup_printf (_("Loss: %s"), loss);
  /* Translators: the values of all curves of the accuracy at one place. */
  accuracy_text = g_strdup_printf (_("Accuracy: %s"), accuracy);
  show_reading (self->loss_reading, loss_text);
  show_reading (self->accuracy_reading, accuracy_text);
  /* Translators: what the current run answers at one place to all sentences that it followed. */
  probes_text = g_strdup_printf (_("Sentences: %s"), probes);
  show_reading (self->probes_reading, probes_text);
}

static void
update_verdict (UtCurvesPane *self)
{
  UtRun *run;
  UtPlot *loss = ut_plot_pair_get_loss (self->plots);
  UtPlot *accuracy = ut_plot_pair_get_accuracy (self->plots);
  g_autofree char *verdict = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *milestone = NULL;
  g_autofree char *reference = NULL;
  double majority = NAN;
  gsize n_epochs = 0;

  if (is_idle (self))
    return;

  run = ut_session_get_current (self->session);
  if (run != NULL)
    {
      const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);
      gboolean ended = !ut_run_is_active (run) && ut_run_get_state (run) != UT_RUN_QUEUED;
      guint8 label = 0;

      majority = ut_run_get_majority (run, &label);
      verdict = ut_run_text_dup_members (run);
      if (verdict == NULL)
        verdict = ut_verdict_new (epochs, n_epochs, majority, label, ended,
                                  ut_config_is_as_coded (ut_run_get_config (run)));
      milestone = ut_run_text_dup_milestone (run);
      summary = g_strdup_printf ("%s: %s. %s", ut_run_get_name (run), milestone, verdict);
    }
  self->n_judged = n_epochs;

  gtk_label_set_label (self->verdict_label, verdict != NULL ? verdict : "");
  g_object_set (loss, "summary", summary, NULL);
  g_object_set (accuracy, "summary", summary, NULL);
  if (!isnan (majority))
    reference = ut_verdict_dup_majority (majority);
  ut_plot_set_reference (accuracy, majority, reference);
}

static void
progressed_cb (UtCurvesPane *self)
{
  UtRun *run = ut_session_get_current (self->session);
  gsize n_epochs;

  ut_run_get_epochs (run, &n_epochs);
  if (n_epochs != self->n_judged)
    update_verdict (self);

  if (!isnan (ut_plot_view_get_cursor (ut_session_get_plot_view (self->session))))
    update_reading (self);
}

/* Before the first answer there is a place for it, too. */
static void
update_probes (UtCurvesPane *self)
{
  UtRun *run = ut_session_get_current (self->session);
  gboolean has_answers = g_list_model_get_n_items (ut_probe_curves_get_lines (self->probes)) > 0;
  gboolean expects = run != NULL && ut_run_get_n_members (run) == 0
                     && (ut_run_is_active (run) || ut_run_get_state (run) == UT_RUN_QUEUED)
                     && !ut_run_is_elsewhere (run)
                     && ut_probe_list_get (ut_session_get_probes (self->session))->n_texts > 0;

  ut_plot_pair_set_probes_shown (self->plots, has_answers || expects);
  gtk_widget_set_visible (GTK_WIDGET (self->probes_reading), has_answers || expects);
}

static void
current_changed_cb (UtCurvesPane *self)
{
  ut_probe_curves_set_run (self->probes, ut_session_get_current (self->session));
  update_probes (self);
  g_signal_group_set_target (self->signals, ut_session_get_current (self->session));
  update_verdict (self);
}

static void
activated_cb (UtCurvesPane *self,
              UtPlotSeries *series)
{
  UtRun *run = ut_curves_find_run (ut_session_get_curves (self->session), series);

  if (run != NULL)
    ut_session_set_current (self->session, run);
}

static void
message_cb (UtCurvesPane *self,
            const char   *text)
{
  ut_session_send_message (self->session, text);
}

static void
ut_curves_pane_map (GtkWidget *widget)
{
  UtCurvesPane *self = UT_CURVES_PANE (widget);

  GTK_WIDGET_CLASS (ut_curves_pane_parent_class)->map (widget);
  update_verdict (self);
  update_reading (self);
}

static void
ut_curves_pane_dispose (GObject *object)
{
  UtCurvesPane *self = UT_CURVES_PANE (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->probes);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_CURVES_PANE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_curves_pane_parent_class)->dispose (object);
}

static void
ut_curves_pane_class_init (UtCurvesPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_curves_pane_dispose;
  widget_class->map = ut_curves_pane_map;

  g_type_ensure (UT_TYPE_PLOT_PAIR);
  g_type_ensure (UT_TYPE_PROBE_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-curves-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UtCurvesPane, plots);
  gtk_widget_class_bind_template_child (widget_class, UtCurvesPane, loss_reading);
  gtk_widget_class_bind_template_child (widget_class, UtCurvesPane, accuracy_reading);
  gtk_widget_class_bind_template_child (widget_class, UtCurvesPane, probes_reading);
  gtk_widget_class_bind_template_child (widget_class, UtCurvesPane, probe_menu);
  gtk_widget_class_bind_template_child (widget_class, UtCurvesPane, verdict_label);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
}

static void
ut_curves_pane_init (UtCurvesPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->probes = ut_probe_curves_new ();
  self->signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->signals, "progressed", G_CALLBACK (progressed_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::state", G_CALLBACK (update_verdict), self,
                                 G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_plot_pair_get_loss (self->plots), "series-activated",
                           G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_plot_pair_get_accuracy (self->plots), "series-activated",
                           G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ut_curves_pane_new (UtSession *session)
{
  UtCurvesPane *self;

  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  /* Where it is no part of a page with margins of its own. */
  self = g_object_new (UT_TYPE_CURVES_PANE, "margin-start", 12, "margin-end", 12,
                       "margin-bottom", 9, NULL);
  ut_curves_pane_set_session (self, session);
  /* Who trains pins sentences; here they are only looked at. */
  gtk_widget_set_visible (GTK_WIDGET (self->probe_menu), FALSE);

  return GTK_WIDGET (self);
}

void
ut_curves_pane_set_session (UtCurvesPane *self,
                            UtSession    *session)
{
  UtPlotView *view;
  UtCurves *curves;

  g_return_if_fail (UT_IS_CURVES_PANE (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  view = ut_session_get_plot_view (session);
  curves = ut_session_get_curves (session);
  ut_plot_pair_set_view (self->plots, view);
  ut_plot_set_model (ut_plot_pair_get_loss (self->plots), ut_curves_get_loss (curves));
  ut_plot_set_model (ut_plot_pair_get_accuracy (self->plots), ut_curves_get_accuracy (curves));
  ut_plot_set_model (ut_plot_pair_get_probes (self->plots), ut_probe_curves_get_lines (self->probes));
  ut_probe_menu_set_session (self->probe_menu, session, self->probes);
  g_signal_connect_object (self->probes, "changed", G_CALLBACK (update_probes), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_session_get_probes (session), "changed", G_CALLBACK (update_probes),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::cursor-x", G_CALLBACK (update_reading), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::current", G_CALLBACK (current_changed_cb), self,
                           G_CONNECT_SWAPPED);
  current_changed_cb (self);
  update_reading (self);
}
