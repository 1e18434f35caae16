/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-sure-pane.h"

#include "ut-resources.h"
#include "ut-shown-answers.h"
#include "ut-sure-report.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>
#include <ut-plot-all.h>

/* The run that the diagram is about. */
#define SUBJECT 0

struct _UtSurePane
{
  GtkBox parent_instance;

  GtkStack *stack;
  AdwStatusPage *empty_page;
  AdwStatusPage *refused_page;
  GtkWidget *main_page;
  GtkLabel *verdict;
  GtkLabel *effect;
  GtkSpinner *spinner;
  GtkWidget *calibrate_button;
  GtkWidget *take_away_button;
  GtkLabel *reason;
  GtkLabel *problem_label;
  GtkStack *views;
  GtkToggleButton *table_button;
  UtReliabilityPlot *plot;
  GtkLabel *reading;
  GtkWidget *tables;
  UtTextTable *runs_table;
  UtTextTable *bins_table;

  UtSession *session;       /* (owned) (nullable) */
  UtShownAnswers *shown;    /* (owned) (nullable) */
  GSignalGroup *signals;    /* (owned): of the run that it is about */
  UtSureReport *report;     /* (owned) (nullable): what is shown */
  GArray *places;           /* (owned) (element-type guint): whose the lines of the plot are */
  GCancellable *working;    /* (owned) (nullable) */
  GCancellable *changing;   /* (owned) (nullable): while the run is calibrated */
};

G_DEFINE_FINAL_TYPE (UtSurePane, ut_sure_pane, GTK_TYPE_BOX)

static UtRun *
get_run (UtSurePane *self,
         guint       index)
{
  return ut_shown_answers_get_run (self->shown, index);
}

/* NULL where there is none. */
static UtRun *
get_subject (UtSurePane *self)
{
  return self->shown != NULL && ut_shown_answers_get_n_runs (self->shown) > 0
         ? get_run (self, SUBJECT) : NULL;
}

/* What is shown */

static void
read_cursor (UtSurePane *self)
{
  g_autofree char *reading = ut_reliability_plot_dup_reading (self->plot);

  gtk_label_set_text (self->reading, *reading != '\0' ? reading
                      : _("Point at a marker, or move with the arrow keys, to read it; a click on "
                          "that of another run makes it the current one."));
}

/* The bins of @reliability as the plot wants them. */
static void
fill_points (UtReliabilityPoint  *points,
             const UtReliability *reliability)
{
  for (guint i = 0; i < reliability->n_bins; i++)
    {
      const UtReliabilityBin *bin = &reliability->bins[i];

      points[i] = (UtReliabilityPoint) {
        .low = bin->low, .high = bin->high, .n = bin->n, .confidence = bin->confidence,
        .accuracy = bin->accuracy, .accuracy_low = bin->interval.low,
        .accuracy_high = bin->interval.high,
      };
    }
}

static void
add_line (UtSurePane          *self,
          GArray              *lines,
          guint                run,
          const char          *label,
          UtReliabilityKind    kind,
          const UtReliability *reliability)
{
  UtReliabilityPoint *points = g_new (UtReliabilityPoint, UT_RELIABILITY_BINS);
  UtReliabilityLine line = {
    .label = label, .style = ut_run_get_style (get_run (self, run)), .kind = kind,
    .points = points,
  };

  fill_points (points, reliability);
  g_array_append_val (lines, line);
  g_array_append_val (self->places, run);
}

static void
clear_line (gpointer data)
{
  g_free ((UtReliabilityPoint *) ((UtReliabilityLine *) data)->points);
}

/* The others as they answer: with a temperature where they have one. */
static void
fill_plot (UtSurePane *self)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (UtReliabilityLine));
  const UtSureFigures *subject = ut_sure_report_get_figures (self->report, SUBJECT);
  double temperature = isnan (subject->temperature) ? subject->fitted : subject->temperature;
  g_autofree char *label = ut_sure_dup_temperature (temperature);
  g_autofree char *with = isnan (subject->temperature)
                          /* Translators: what a line would be: "T = 1.81". */
                          ? g_strdup_printf (_("would be %s"), label) : g_strdup (label);

  g_array_set_clear_func (lines, clear_line);
  g_array_set_size (self->places, 0);
  add_line (self, lines, SUBJECT, _("as trained"), UT_RELIABILITY_BEFORE, &subject->before);
  if (subject->has_after)
    add_line (self, lines, SUBJECT, with, UT_RELIABILITY_AFTER, &subject->after);
  for (guint i = SUBJECT + 1; i < ut_sure_report_get_n_runs (self->report); i++)
    {
      const UtSureFigures *figures = ut_sure_report_get_figures (self->report, i);

      add_line (self, lines, i, ut_run_get_name (get_run (self, i)), UT_RELIABILITY_OTHER,
                isnan (figures->temperature) ? &figures->before : &figures->after);
    }
  ut_reliability_plot_set_lines (self->plot, (const UtReliabilityLine *) (void *) lines->data,
                                 lines->len, UT_RELIABILITY_BINS);
  read_cursor (self);
}

/* Which buttons there are, and why one of them cannot be pressed. */
static void
show_buttons (UtSurePane *self)
{
  const UtSureFigures *figures = ut_sure_report_get_figures (self->report, SUBJECT);
  g_autoptr (GError) error = NULL;
  gboolean is_calibrated = !isnan (figures->temperature);
  gboolean may = ut_run_check_calibration (get_run (self, SUBJECT), &error);
  gboolean is_idle = self->changing == NULL;

  gtk_widget_set_visible (self->calibrate_button, !is_calibrated || !figures->is_of_rows);
  gtk_widget_set_visible (self->take_away_button, is_calibrated);
  gtk_widget_set_sensitive (self->calibrate_button,
                            may && is_idle && figures->kind == UT_TEMPERATURE_FOUND);
  gtk_widget_set_sensitive (self->take_away_button, may && is_idle);
  gtk_label_set_text (self->reason, may ? "" : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), !may);
}

static void
show_words (UtSurePane *self)
{
  const UtSureFigures *figures = ut_sure_report_get_figures (self->report, SUBJECT);
  const char *name = ut_run_get_name (get_run (self, SUBJECT));
  g_autofree char *verdict = ut_sure_dup_verdict (figures, name);
  g_autofree char *effect = ut_sure_dup_effect (figures);
  g_autofree char *summary = g_strdup_printf ("%s %s", verdict, effect);

  gtk_label_set_text (self->verdict, verdict);
  gtk_label_set_text (self->effect, effect);
  gtk_widget_set_visible (GTK_WIDGET (self->effect), *effect != '\0');
  g_object_set (self->plot, "summary", summary, NULL);
}

static void
fill_tables (UtSurePane *self)
{
  guint n_runs = ut_sure_report_get_n_runs (self->report);
  g_autofree UtRun **runs = g_new (UtRun *, n_runs);

  for (guint i = 0; i < n_runs; i++)
    runs[i] = get_run (self, i);
  ut_sure_report_fill_runs (self->report, self->runs_table, runs,
                            ut_session_get_current (self->session));
  ut_sure_fill_bins (ut_sure_report_get_figures (self->report, SUBJECT), self->bins_table);
}

static void
refuse (UtSurePane *self)
{
  g_autofree char *text =
    g_strdup_printf (_("%s runs as the notebook’s code does: it answers with a label, not with a "
                       "probability, so that it cannot be said how sure it is."),
                     ut_run_get_name (get_run (self, SUBJECT)));

  adw_status_page_set_description (self->refused_page, text);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->refused_page));
}

static void
show_report (UtSurePane *self)
{
  if (!ut_sure_report_get_figures (self->report, SUBJECT)->has_probabilities)
    {
      refuse (self);
      return;
    }

  gtk_stack_set_visible_child (self->stack, self->main_page);
  show_words (self);
  show_buttons (self);
  fill_plot (self);
  fill_tables (self);
}

static void
show_problems (UtSurePane *self)
{
  g_autofree char *problems = ut_shown_answers_dup_problems (self->shown);

  gtk_label_set_text (self->problem_label, problems != NULL ? problems : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problems != NULL);
}

static void
view_toggled_cb (UtSurePane *self)
{
  gtk_stack_set_visible_child (self->views, gtk_toggle_button_get_active (self->table_button)
                                            ? self->tables
                                            : gtk_widget_get_parent (GTK_WIDGET (self->plot)));
}

/* The work */

typedef struct
{
  GPtrArray *answers; /* (owned) */
  GPtrArray *files;   /* (owned) */
} Order;

static void
order_free (Order *self)
{
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->files);
  g_free (self);
}

static void
work_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Order *order = data;
  GError *error = NULL;
  UtSureReport *report = ut_sure_report_new (order->answers, order->files, cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) ut_sure_report_free);
  else
    g_task_return_error (task, error);
}

static void
worked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  UtSurePane *self = UT_SURE_PANE (object);
  g_autoptr (GError) error = NULL;
  UtSureReport *report = g_task_propagate_pointer (G_TASK (result), &error);

  /* It fails only when it is cancelled. */
  if (report == NULL || self->session == NULL)
    {
      g_clear_pointer (&report, ut_sure_report_free);
      return;
    }

  g_clear_object (&self->working);
  gtk_spinner_set_spinning (self->spinner, self->changing != NULL);
  g_clear_pointer (&self->report, ut_sure_report_free);
  self->report = report;
  show_report (self);
}

static void
free_file (gpointer file)
{
  if (file != NULL)
    g_object_unref (file);
}

static void
work (UtSurePane *self)
{
  g_autoptr (GTask) task = NULL;
  Order *order;

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  if (get_subject (self) == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  order = g_new0 (Order, 1);
  order->answers = ut_shown_answers_dup_list (self->shown);
  order->files = g_ptr_array_new_with_free_func (free_file);
  for (guint i = 0; i < order->answers->len; i++)
    g_ptr_array_add (order->files, ut_run_dup_model_file (get_run (self, i)));
  self->working = g_cancellable_new ();
  gtk_spinner_set_spinning (self->spinner, TRUE);
  task = g_task_new (self, self->working, worked_cb, NULL);
  g_task_set_source_tag (task, work);
  g_task_set_name (task, "[undertone] how sure runs are");
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (task, work_thread);
}

static void
answers_changed_cb (UtSurePane *self)
{
  g_clear_pointer (&self->report, ut_sure_report_free);
  g_signal_group_set_target (self->signals, get_subject (self));
  if (get_subject (self) == NULL)
    {
      g_autofree char *problems = ut_shown_answers_dup_problems (self->shown);

      g_cancellable_cancel (self->working);
      adw_status_page_set_description (self->empty_page, problems != NULL ? problems
                                       : ut_shown_answers_is_busy (self->shown)
                                       ? _("Reading what the runs answered…")
                                       : _("Tick a run that has finished an epoch to see how sure it "
                                           "may be of its answers."));
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->empty_page));
      return;
    }

  show_problems (self);
  work (self);
}

/* Its model may have been calibrated, also by another program. While it trains there is much of
 * that, and none of it is about its best epoch. */
static void
progressed_cb (UtSurePane *self)
{
  if (!ut_run_is_active (get_subject (self)))
    work (self);
}

static void
line_activated_cb (UtSurePane *self,
                   guint       line)
{
  if (self->report != NULL && line < self->places->len)
    ut_session_set_current (self->session,
                            get_run (self, g_array_index (self->places, guint, line)));
}

/* Calibrating */

static void
tell (UtSurePane          *self,
      UtRun               *run,
      const UtCalibrating *calibrating)
{
  g_autofree char *temperature = NULL;
  g_autofree char *text = NULL;

  if (calibrating == NULL)
    {
      text = g_strdup_printf (_("%s answers as it was trained again."), ut_run_get_name (run));
    }
  else if (calibrating->kind == UT_TEMPERATURE_FOUND)
    {
      temperature = ut_sure_dup_temperature (calibrating->calibration.temperature);
      /* Translators: the name of a run, and "T = 1.81". */
      text = g_strdup_printf (_("%s is calibrated: %s."), ut_run_get_name (run), temperature);
    }
  else
    {
      text = g_strdup_printf (_("A temperature cannot be found: %s."),
                              ut_temperature_kind_get_remark (calibrating->kind));
    }
  ut_session_send_message (self->session, text);
}

typedef struct
{
  UtSurePane *pane; /* (owned) */
  UtRun *run;       /* (owned) */
  gboolean takes_away;
} Change;

static void
change_free (Change *self)
{
  g_object_unref (self->pane);
  g_object_unref (self->run);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Change) change = data;
  UtSurePane *self = change->pane;
  g_autoptr (GError) error = NULL;
  UtCalibrating calibrating;
  gboolean done = ut_run_store_calibrate_finish (UT_RUN_STORE (source), result, &calibrating,
                                                 &error);

  g_clear_object (&self->changing);
  if (self->session == NULL)
    return;

  if (done)
    tell (self, change->run, change->takes_away ? NULL : &calibrating);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ut_session_send_message (self->session, error->message);
  work (self);
}

static void
start_change (UtSurePane *self,
              gboolean    takes_away)
{
  UtRunStore *store = ut_session_get_store (self->session);
  Change *what;

  if (self->report == NULL || self->changing != NULL)
    return;

  what = g_new (Change, 1);
  *what = (Change) { g_object_ref (self), g_object_ref (get_run (self, SUBJECT)), takes_away };
  self->changing = g_cancellable_new ();
  gtk_spinner_set_spinning (self->spinner, TRUE);
  show_buttons (self);
  if (takes_away)
    ut_run_store_uncalibrate_async (store, what->run, self->changing, changed_cb, what);
  else
    ut_run_store_calibrate_async (store, what->run, self->changing, changed_cb, what);
}

static void
calibrate_cb (UtSurePane *self)
{
  start_change (self, FALSE);
}

static void
take_away_cb (UtSurePane *self)
{
  start_change (self, TRUE);
}

/* GObject */

static void
ut_sure_pane_map (GtkWidget *widget)
{
  UtSurePane *self = UT_SURE_PANE (widget);

  GTK_WIDGET_CLASS (ut_sure_pane_parent_class)->map (widget);
  if (self->shown == NULL)
    return;

  ut_shown_answers_set_watched (self->shown, TRUE);
  /* Somebody may have calibrated a run meanwhile. */
  if (self->working == NULL)
    work (self);
}

static void
ut_sure_pane_unmap (GtkWidget *widget)
{
  UtSurePane *self = UT_SURE_PANE (widget);

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  if (self->shown != NULL)
    ut_shown_answers_set_watched (self->shown, FALSE);
  GTK_WIDGET_CLASS (ut_sure_pane_parent_class)->unmap (widget);
}

static void
ut_sure_pane_dispose (GObject *object)
{
  UtSurePane *self = UT_SURE_PANE (object);

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  g_cancellable_cancel (self->changing);
  g_clear_object (&self->signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_SURE_PANE);
  g_clear_pointer (&self->report, ut_sure_report_free);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_object (&self->shown);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_sure_pane_parent_class)->dispose (object);
}

static void
ut_sure_pane_finalize (GObject *object)
{
  g_clear_object (&UT_SURE_PANE (object)->changing);

  G_OBJECT_CLASS (ut_sure_pane_parent_class)->finalize (object);
}

static void
ut_sure_pane_class_init (UtSurePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_sure_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = ut_sure_pane_finalize;
  widget_class->map = ut_sure_pane_map;
  widget_class->unmap = ut_sure_pane_unmap;

  g_type_ensure (UT_TYPE_RELIABILITY_PLOT);
  g_type_ensure (UT_TYPE_TEXT_TABLE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-sure-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, stack);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, empty_page);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, refused_page);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, main_page);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, verdict);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, effect);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, spinner);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, calibrate_button);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, take_away_button);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, reason);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, problem_label);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, views);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, table_button);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, plot);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, reading);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, tables);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, runs_table);
  gtk_widget_class_bind_template_child (widget_class, UtSurePane, bins_table);
  gtk_widget_class_bind_template_callback (widget_class, view_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, line_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_cursor);
  gtk_widget_class_bind_template_callback (widget_class, calibrate_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_away_cb);
}

static void
ut_sure_pane_init (UtSurePane *self)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
  ut_text_table_set_label (self->runs_table, _("How sure the shown runs are"));
  ut_text_table_set_label (self->bins_table, _("Bins of the diagram"));
  self->signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->signals, "progressed", G_CALLBACK (progressed_cb), self,
                                 G_CONNECT_SWAPPED);
}

GtkWidget *
ut_sure_pane_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  UtSurePane *self = g_object_new (UT_TYPE_SURE_PANE, NULL);

  self->session = g_object_ref (session);
  self->shown = ut_shown_answers_new (session);
  g_signal_connect_object (self->shown, "changed", G_CALLBACK (answers_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
