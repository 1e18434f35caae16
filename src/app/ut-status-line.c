/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-status-line.h"

#include "ut-resources.h"
#include "ut-run-text.h"

#include <glib/gi18n.h>
#include <ut-plot-swatch.h>

/* Batches a second of the choices of the speed; 0 is full speed. The last one is paused between
 * batches. */
static const double speeds[] = { 0, 100, 20, 5, 0 };
#define STEP_BY_STEP (G_N_ELEMENTS (speeds) - 1)

struct _UtStatusLine
{
  GtkBox parent_instance;

  GtkBox *first_row;
  GtkBox *second_row;
  GtkWidget *controls;
  UtPlotSwatch *swatch;
  GtkLabel *name_label;
  GtkProgressBar *progress_bar;
  GtkWidget *space;
  GtkWidget *start_now_button;
  GtkWidget *resume_button;
  GtkWidget *remove_button;
  GtkWidget *continue_button;
  GtkWidget *more_button;
  GtkButton *slower_button;
  GtkWidget *use_button;
  GtkButton *pause_button;
  GtkWidget *step_button;
  GtkButton *stop_button;
  GtkDropDown *speed;
  GtkWidget *new_run_button;
  GtkLabel *status_label;
  GtkWidget *as_coded_button;
  GtkButton *queue_button;
  GtkLabel *failure_label;
  GtkLabel *notices_label;

  UtSession *session;    /* (owned) (nullable) */
  GSignalGroup *signals; /* (owned): of the current run */
  UtRun *paced;          /* (owned) (nullable): the run that was told the speed */
  guint clock;           /* while the current run waits, which tells of nothing meanwhile */
  gboolean form_hidden;
};

G_DEFINE_FINAL_TYPE (UtStatusLine, ut_status_line, GTK_TYPE_BOX)

typedef enum
{
  PROP_FORM_HIDDEN = 1,
} UtStatusLineProperty;

static GParamSpec *properties[PROP_FORM_HIDDEN + 1];

/* In a narrow window the buttons of a run that is under way would not fit beside its name. */
static void
place_controls (UtStatusLine *self,
                gboolean      many)
{
  GtkBox *row = self->form_hidden && many ? self->second_row : self->first_row;
  GtkBox *before = GTK_BOX (gtk_widget_get_parent (self->controls));

  if (row != before)
    {
      g_object_ref (self->controls);
      gtk_box_remove (before, self->controls);
      gtk_box_insert_child_after (row, self->controls, row == self->first_row ? self->space : NULL);
      g_object_unref (self->controls);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->second_row), row == self->second_row);
}

/* What can be done with a run that does not train. */
static gboolean
update_offers (UtStatusLine *self,
               UtRun        *run)
{
  UtRunState state = run != NULL ? ut_run_get_state (run) : UT_RUN_OPENED;
  gboolean queued = state == UT_RUN_QUEUED && !ut_run_is_elsewhere (run);
  gboolean paused = run != NULL &&
                    ut_run_store_get_queue_paused (ut_session_get_store (self->session));
  gboolean failed = state == UT_RUN_FAILED && ut_run_get_n_members (run) == 0;
  gboolean can_continue = run != NULL && ut_run_can_continue (run);
  const UtEpoch *best = run != NULL ? ut_run_get_best (run) : NULL;
  gboolean slower = failed && can_continue && best != NULL && best->epoch > 0;
  gboolean more = (state == UT_RUN_STOPPED || state == UT_RUN_FINISHED) &&
                  ut_run_can_train_further (run);
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->start_now_button,
                          queued && !paused && ut_run_get_queue_position (run) > 1);
  gtk_widget_set_visible (self->resume_button, queued && paused);
  gtk_widget_set_visible (self->remove_button, queued);
  gtk_widget_set_visible (self->continue_button, can_continue && !slower);
  gtk_widget_set_visible (self->more_button, more);
  gtk_widget_set_visible (GTK_WIDGET (self->slower_button), slower);
  gtk_widget_set_visible (self->use_button, failed);
  if (slower)
    label = g_strdup_printf (_("Continue from epoch %u with half the learning rate"), best->epoch);
  gtk_button_set_label (self->slower_button, label != NULL ? label : "");

  return queued || can_continue || more;
}

static void
update_buttons (UtStatusLine *self,
                UtRun        *run)
{
  UtRunState state = run != NULL ? ut_run_get_state (run) : UT_RUN_OPENED;
  gboolean here = run != NULL && !ut_run_is_elsewhere (run);
  gboolean paused = here && state == UT_RUN_PAUSED;
  gboolean running = here && (state == UT_RUN_TRAINING || state == UT_RUN_CHECKING);
  gboolean preparing = here && state == UT_RUN_PREPARING;
  gboolean ensemble = run != NULL && ut_run_get_n_members (run) > 0;
  gboolean offers = update_offers (self, run);
  GtkWidget *const targets[] = {
    self->start_now_button, self->remove_button, self->continue_button, self->more_button,
    GTK_WIDGET (self->slower_button), self->use_button,
  };

  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), (running || paused) && !ensemble);
  gtk_widget_set_visible (self->step_button, paused);
  gtk_widget_set_visible (GTK_WIDGET (self->stop_button), running || paused || preparing);
  gtk_widget_set_visible (self->new_run_button, self->form_hidden);
  place_controls (self, offers || (run != NULL && ut_run_is_active (run)) ||
                        state == UT_RUN_FAILED);
  gtk_button_set_label (self->pause_button, paused ? _("Continue") : _("Pause"));
  gtk_button_set_label (self->stop_button, preparing ? _("Cancel") : _("Stop"));

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (targets[i]), "s",
                                      run != NULL ? ut_run_get_id (run) : "");
}

static void
update_queue (UtStatusLine *self)
{
  GListModel *queue = G_LIST_MODEL (ut_session_get_queue (self->session));
  gboolean paused = ut_run_store_get_queue_paused (ut_session_get_store (self->session));
  guint n_waiting = g_list_model_get_n_items (queue);
  g_autofree char *label = NULL;

  if (paused)
    /* Translators: runs of a queue that is paused. */
    label = g_strdup_printf (ngettext ("%'u waiting, paused", "%'u waiting, paused", n_waiting),
                             n_waiting);
  else
    /* Translators: runs of a queue. */
    label = g_strdup_printf (ngettext ("%'u waiting", "%'u waiting", n_waiting), n_waiting);
  gtk_button_set_label (self->queue_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->queue_button), n_waiting > 0);
}

static char *
dup_queued (UtStatusLine *self,
            UtRun        *run)
{
  gboolean paused = ut_run_store_get_queue_paused (ut_session_get_store (self->session));
  guint position = MAX (ut_run_get_queue_position (run), 1);
  double wait = ut_queue_list_get_wait (ut_session_get_queue (self->session), position - 1);
  /* Before the first batch of the run that trains nothing is known, and this would say "now". */
  UtRun *active = ut_run_store_get_active (ut_session_get_store (self->session));

  return ut_run_text_dup_queued (run, paused, active != NULL ? wait : -1);
}

static void
update_progress (UtStatusLine *self)
{
  UtRun *run = ut_session_get_current (self->session);
  const UtTrainerUpdate *progress = run != NULL ? ut_run_get_progress (run) : NULL;
  UtRunState state = run != NULL ? ut_run_get_state (run) : UT_RUN_OPENED;
  gboolean queued = state == UT_RUN_QUEUED && !ut_run_is_elsewhere (run);
  gboolean often = queued || state == UT_RUN_TRAINING || state == UT_RUN_CHECKING;
  g_autofree char *status = NULL;
  g_autofree char *milestone = NULL;

  if (run == NULL)
    return;

  status = queued ? dup_queued (self, run) : ut_run_text_dup_status (run);
  milestone = often ? ut_run_text_dup_milestone (run) : g_strdup (status);
  gtk_label_set_label (self->status_label, status);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->status_label),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, milestone, -1);
  if (progress != NULL && ut_run_is_active (run))
    gtk_progress_bar_set_fraction (self->progress_bar, CLAMP (progress->fraction, 0, 1));
}

static gboolean
clock_cb (gpointer data)
{
  update_progress (data);

  return G_SOURCE_CONTINUE;
}

static void
update_clock (UtStatusLine *self,
              UtRun        *run)
{
  gboolean waits = run != NULL && ut_run_get_state (run) == UT_RUN_QUEUED;

  if (waits && self->clock == 0)
    self->clock = g_timeout_add_seconds (1, clock_cb, self);
  else if (!waits)
    g_clear_handle_id (&self->clock, g_source_remove);
}

static void
update (UtStatusLine *self)
{
  UtRun *run = ut_session_get_current (self->session);
  /* What cut a run off stands in the status; it is no error. */
  g_autofree char *failure = run != NULL ? ut_run_text_dup_failure (run) : NULL;
  const char *notices = run != NULL ? ut_run_get_notices (run) : NULL;
  gboolean active = run != NULL && ut_run_is_active (run);

  gtk_widget_set_visible (GTK_WIDGET (self->swatch), run != NULL);
  if (run != NULL)
    ut_plot_swatch_set_style (self->swatch, ut_run_get_style (run));
  gtk_label_set_label (self->name_label, run != NULL ? ut_run_get_name (run) : _("No run yet"));
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), active);
  gtk_widget_set_visible (self->space, !active);
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), run != NULL);
  gtk_widget_set_visible (self->as_coded_button,
                          run != NULL && ut_config_is_as_coded (ut_run_get_config (run)));
  gtk_label_set_label (self->failure_label, failure != NULL ? failure : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure_label), failure != NULL);
  gtk_label_set_label (self->notices_label, notices != NULL ? notices : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notices_label), notices != NULL);
  update_buttons (self, run);
  update_queue (self);
  update_clock (self, run);
  update_progress (self);
}

static void
run_bound_cb (UtStatusLine *self)
{
  update (self);
}

static void
pace (UtStatusLine *self,
      UtRun        *run)
{
  guint selected = gtk_drop_down_get_selected (self->speed);

  if (selected >= G_N_ELEMENTS (speeds))
    return;

  ut_run_set_speed (run, speeds[selected]);
  if (selected == STEP_BY_STEP)
    ut_run_set_paused (run, TRUE);
}

static void
current_changed_cb (UtStatusLine *self)
{
  g_signal_group_set_target (self->signals, ut_session_get_current (self->session));
  update (self);
}

static void
active_changed_cb (UtStatusLine *self)
{
  UtRun *active = ut_run_store_get_active (ut_session_get_store (self->session));

  if (g_set_object (&self->paced, active) && active != NULL)
    pace (self, active);
  update (self);
}

static void
speed_selected_cb (UtStatusLine *self)
{
  UtRun *active;

  if (self->session == NULL)
    return;

  active = ut_run_store_get_active (ut_session_get_store (self->session));
  if (active == NULL)
    return;

  pace (self, active);
  if (gtk_drop_down_get_selected (self->speed) != STEP_BY_STEP)
    ut_run_set_paused (active, FALSE);
}

static void
ut_status_line_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  UtStatusLine *self = UT_STATUS_LINE (object);

  switch ((UtStatusLineProperty) property_id)
    {
    case PROP_FORM_HIDDEN:
      g_value_set_boolean (value, self->form_hidden);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_status_line_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  UtStatusLine *self = UT_STATUS_LINE (object);

  switch ((UtStatusLineProperty) property_id)
    {
    case PROP_FORM_HIDDEN:
      ut_status_line_set_form_hidden (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ut_status_line_dispose (GObject *object)
{
  UtStatusLine *self = UT_STATUS_LINE (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->paced);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_STATUS_LINE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_status_line_parent_class)->dispose (object);
}

static void
ut_status_line_class_init (UtStatusLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ut_status_line_get_property;
  object_class->set_property = ut_status_line_set_property;
  object_class->dispose = ut_status_line_dispose;

  /** UtStatusLine:form-hidden: whether New run is offered. */
  properties[PROP_FORM_HIDDEN] = g_param_spec_boolean ("form-hidden", NULL, NULL, FALSE,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                       G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (UT_TYPE_PLOT_SWATCH);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               UT_RESOURCES "ui/ut-status-line.ui");
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, first_row);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, second_row);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, controls);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, swatch);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, name_label);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, space);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, start_now_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, resume_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, remove_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, continue_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, more_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, slower_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, use_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, pause_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, step_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, stop_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, speed);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, new_run_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, status_label);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, as_coded_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, queue_button);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, failure_label);
  gtk_widget_class_bind_template_child (widget_class, UtStatusLine, notices_label);
  gtk_widget_class_bind_template_callback (widget_class, speed_selected_cb);
}

static void
ut_status_line_init (UtStatusLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (self->slower_button)), TRUE);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (self->slower_button)),
                         GTK_JUSTIFY_CENTER);

  self->signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->signals, "progressed", G_CALLBACK (update_progress), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::state", G_CALLBACK (run_bound_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::name", G_CALLBACK (run_bound_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::queue-position", G_CALLBACK (run_bound_cb),
                                 self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::reproduction", G_CALLBACK (run_bound_cb),
                                 self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::elsewhere", G_CALLBACK (run_bound_cb),
                                 self, G_CONNECT_SWAPPED);
}

void
ut_status_line_set_session (UtStatusLine *self,
                            UtSession    *session)
{
  g_return_if_fail (UT_IS_STATUS_LINE (self));
  g_return_if_fail (UT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::current", G_CALLBACK (current_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_session_get_store (session), "notify::active",
                           G_CALLBACK (active_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_session_get_store (session), "notify::queue-paused",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ut_session_get_queue (session), "items-changed",
                           G_CALLBACK (update_queue), self, G_CONNECT_SWAPPED);
  current_changed_cb (self);
  active_changed_cb (self);
}

void
ut_status_line_set_form_hidden (UtStatusLine *self,
                                gboolean      form_hidden)
{
  g_return_if_fail (UT_IS_STATUS_LINE (self));

  if (self->form_hidden == form_hidden)
    return;

  self->form_hidden = form_hidden;
  update_buttons (self, self->session != NULL ? ut_session_get_current (self->session) : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FORM_HIDDEN]);
}

void
ut_status_line_toggle_pause (UtStatusLine *self)
{
  UtRun *run;

  g_return_if_fail (UT_IS_STATUS_LINE (self));

  run = ut_session_get_current (self->session);
  if (run == NULL)
    return;

  if (ut_run_get_state (run) != UT_RUN_PAUSED)
    ut_run_set_paused (run, TRUE);
  else if (gtk_drop_down_get_selected (self->speed) == STEP_BY_STEP)
    gtk_drop_down_set_selected (self->speed, 0); /* which lets it go on */
  else
    ut_run_set_paused (run, FALSE);
}
