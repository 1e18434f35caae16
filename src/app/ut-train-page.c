/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-train-page.h"

#include "ut-examples.h"
#include "ut-form.h"
#include "ut-plot-pair.h"
#include "ut-resources.h"
#include "ut-run-curves.h"
#include "ut-run-text.h"
#include "ut-status-line.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

struct _UtTrainPage
{
  GtkBox parent_instance;

  AdwFlap *flap;
  UtForm *form;
  UtStatusLine *status_line;
  GtkStack *stack;
  UtExamples *examples;
  GtkWidget *curves_page;
  UtPlotPair *plots;
  GtkLabel *loss_reading;
  GtkLabel *accuracy_reading;
  GtkLabel *verdict_label;

  UtSession *session;    /* (owned) (nullable) */
  GPtrArray *curves;     /* (owned): of UtRunCurves, in the order of the store */
  GSignalGroup *signals; /* (owned): of the current run */
  gsize n_judged;        /* epochs that the verdict line knows of */
  gboolean focuses_form; /* as soon as the form that slides in can be focused */
};

G_DEFINE_FINAL_TYPE (UtTrainPage, ut_train_page, GTK_TYPE_BOX)

typedef enum
{
  PROP_CAN_START = 1,
} UtTrainPageProperty;

static GParamSpec *properties[PROP_CAN_START + 1];

static void
show_reading (GtkLabel   *label,
              const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text);
}

static void
update_reading (UtTrainPage *self)
{
  g_autofree char *loss = ut_plot_dup_reading (ut_plot_pair_get_loss (self->plots));
  g_autofree char *accuracy = ut_plot_dup_reading (ut_plot_pair_get_accuracy (self->plots));
  g_autofree char *loss_text = NULL;
  g_autofree char *accuracy_text = NULL;

  if (*loss == '\0' && *accuracy == '\0')
    {
      /* Both lines are kept, so that the plots do not move under the pointer. */
      gtk_label_set_label (self->loss_reading,
                           _("Point at a plot, or move along it with the arrow keys, to read it."));
      gtk_label_set_label (self->accuracy_reading, "");
      return;
    }

  /* Translators: the values of all curves of the loss at one place. */
  loss_text = g_strdup_printf (_("Loss: %s"), loss);
  /* Translators: the values of all curves of the accuracy at one place. */
  accuracy_text = g_strdup_printf (_("Accuracy: %s"), accuracy);
  show_reading (self->loss_reading, loss_text);
  show_reading (self->accuracy_reading, accuracy_text);
}

static void
update_verdict (UtTrainPage *self)
{
  UtRun *run = ut_session_get_current (self->session);
  UtPlot *loss = ut_plot_pair_get_loss (self->plots);
  UtPlot *accuracy = ut_plot_pair_get_accuracy (self->plots);
  g_autofree char *verdict = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *milestone = NULL;
  g_autofree char *reference = NULL;
  double majority = NAN;
  gsize n_epochs = 0;

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
    reference = g_strdup_printf (_("always the commoner label: %.3f"), majority);
  ut_plot_set_reference (accuracy, majority, reference);
}

static void
progressed_cb (UtTrainPage *self)
{
  UtRun *run = ut_session_get_current (self->session);
  double cursor;
  gsize n_epochs;

  ut_run_get_epochs (run, &n_epochs);
  if (n_epochs != self->n_judged)
    update_verdict (self);

  g_object_get (ut_plot_pair_get_loss (self->plots), "cursor-x", &cursor, NULL);
  if (!isnan (cursor))
    update_reading (self);
}

static void
current_changed_cb (UtTrainPage *self)
{
  UtRun *current = ut_session_get_current (self->session);

  g_signal_group_set_target (self->signals, current);
  for (guint i = 0; i < self->curves->len; i++)
    {
      UtRunCurves *curves = g_ptr_array_index (self->curves, i);

      ut_run_curves_set_current (curves, ut_run_curves_get_run (curves) == current);
    }
  update_verdict (self);
}

static void
update_examples (UtTrainPage *self)
{
  g_autoptr (UtConfig) config = NULL;

  if (gtk_stack_get_visible_child (self->stack) != GTK_WIDGET (self->examples))
    return;

  config = ut_form_dup_config (self->form);
  ut_examples_show (self->examples, ut_form_get_corpus (self->form), config);
}

static void
runs_changed_cb (UtTrainPage *self,
                 guint        position,
                 guint        removed,
                 guint        added,
                 GListModel  *runs)
{
  UtPlot *loss = ut_plot_pair_get_loss (self->plots);
  UtPlot *accuracy = ut_plot_pair_get_accuracy (self->plots);

  if (removed > 0)
    g_ptr_array_remove_range (self->curves, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (runs, position + i);
      UtRunCurves *curves = ut_run_curves_new (run, loss, accuracy);

      ut_run_curves_set_current (curves, run == ut_session_get_current (self->session));
      g_ptr_array_insert (self->curves, (int) (position + i), curves);
    }

  gtk_stack_set_visible_child (self->stack, self->curves->len > 0 ? self->curves_page
                                                                  : GTK_WIDGET (self->examples));
  update_examples (self);
}

static void
form_hidden_cb (UtTrainPage *self)
{
  gboolean hidden = adw_flap_get_folded (self->flap) || !adw_flap_get_reveal_flap (self->flap);

  ut_status_line_set_form_hidden (self->status_line, hidden);
}

static void
form_mapped_cb (UtTrainPage *self)
{
  if (!self->focuses_form)
    return;

  self->focuses_form = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
valid_changed_cb (UtTrainPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_START]);
}

static void
ut_train_page_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  UtTrainPage *self = UT_TRAIN_PAGE (object);

  switch ((UtTrainPageProperty) property_id)
    {
    case PROP_CAN_START:
      g_value_set_boolean (value, ut_form_get_valid (self->form));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_train_page_dispose (GObject *object)
{
  UtTrainPage *self = UT_TRAIN_PAGE (object);

  /* The curves take themselves out of plots that still exist. */
  g_clear_pointer (&self->curves, g_ptr_array_unref);
  g_clear_object (&self->signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_TRAIN_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_train_page_parent_class)->dispose (object);
}

static void
ut_train_page_class_init (UtTrainPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_train_page_get_property;
  object_class->dispose = ut_train_page_dispose;

  /** UtTrainPage:can-start: whether ut_train_page_start() would start something. */
  properties[PROP_CAN_START] = g_param_spec_boolean ("can-start", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (UT_TYPE_EXAMPLES);
  g_type_ensure (UT_TYPE_FORM);
  g_type_ensure (UT_TYPE_PLOT_PAIR);
  g_type_ensure (UT_TYPE_STATUS_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-train-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, flap);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, form);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, status_line);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, stack);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, examples);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, curves_page);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, plots);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, loss_reading);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, accuracy_reading);
  gtk_widget_class_bind_template_child (widget_class, UtTrainPage, verdict_label);
  gtk_widget_class_bind_template_callback (widget_class, form_hidden_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_mapped_cb);
}

static void
ut_train_page_init (UtTrainPage *self)
{
  self->curves = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->signals, "progressed", G_CALLBACK (progressed_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::state", G_CALLBACK (update_verdict), self,
                                 G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_plot_pair_get_loss (self->plots), "notify::cursor-x",
                           G_CALLBACK (update_reading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "notify::valid", G_CALLBACK (valid_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "notify::corpus", G_CALLBACK (update_examples), self,
                           G_CONNECT_SWAPPED);
  form_hidden_cb (self);
  update_reading (self);
}

void
ut_train_page_set_session (UtTrainPage *self,
                           UtSession   *session)
{
  GListModel *runs;
  UtPlot *loss;

  g_return_if_fail (UT_IS_TRAIN_PAGE (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  loss = ut_plot_pair_get_loss (self->plots);
  g_settings_bind (ut_session_get_settings (session), "smoothing", loss, "smoothing",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (ut_session_get_settings (session), "y-log", loss, "y-log",
                   G_SETTINGS_BIND_DEFAULT);

  ut_form_set_session (self->form, session);
  ut_status_line_set_session (self->status_line, session);

  runs = G_LIST_MODEL (ut_session_get_store (session));
  g_signal_connect_object (runs, "items-changed", G_CALLBACK (runs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::current", G_CALLBACK (current_changed_cb), self,
                           G_CONNECT_SWAPPED);
  runs_changed_cb (self, 0, 0, g_list_model_get_n_items (runs), runs);
  current_changed_cb (self);
}

void
ut_train_page_start (UtTrainPage *self)
{
  g_return_if_fail (UT_IS_TRAIN_PAGE (self));

  if (ut_form_start (self->form) && adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

void
ut_train_page_show_form (UtTrainPage *self)
{
  g_return_if_fail (UT_IS_TRAIN_PAGE (self));

  adw_flap_set_reveal_flap (self->flap, TRUE);
  self->focuses_form = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self->form)))
    form_mapped_cb (self);
}

void
ut_train_page_use (UtTrainPage *self,
                   UtConfig    *config)
{
  g_return_if_fail (UT_IS_TRAIN_PAGE (self));
  g_return_if_fail (config != NULL);

  ut_form_use (self->form, config);
}

void
ut_train_page_toggle_pause (UtTrainPage *self)
{
  g_return_if_fail (UT_IS_TRAIN_PAGE (self));

  ut_status_line_toggle_pause (self->status_line);
}

void
ut_train_page_set_class_room (UtTrainPage *self,
                              gboolean     class_room)
{
  g_return_if_fail (UT_IS_TRAIN_PAGE (self));

  adw_flap_set_fold_policy (self->flap, class_room ? ADW_FLAP_FOLD_POLICY_ALWAYS
                                                   : ADW_FLAP_FOLD_POLICY_AUTO);
  if (!class_room && !adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, TRUE);
}
