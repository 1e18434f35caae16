/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-distance-pane.h"

#include "ut-resources.h"
#include "ut-shown-answers.h"
#include "ut-slice-report.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>
#include <ut-plot-all.h>

/* The bundled data whose deciding word is known. */
#define MEMORY_TEST "memory-test"

/* Positions in the drop-down. */
typedef enum
{
  KIND_LENGTH,
  KIND_DISTANCE,
} Kind;

struct _UtDistancePane
{
  GtkBox parent_instance;

  GtkStack *stack;
  AdwStatusPage *empty_page;
  AdwStatusPage *refused_page;
  GtkWidget *train_button;
  GtkWidget *main_page;
  GtkDropDown *kind_drop_down;
  GtkToggleButton *table_button;
  GtkLabel *problem_label;
  GtkSpinner *spinner;
  GtkStack *views;
  UtBinPlot *plot;
  GtkLabel *reading;
  UtTextTable *table;

  UtSession *session;      /* (owned) (nullable) */
  UtShownAnswers *shown;   /* (owned) (nullable) */
  UtSliceReport *report;   /* (owned) (nullable): what is shown */
  GCancellable *working;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtDistancePane, ut_distance_pane, GTK_TYPE_BOX)

static UtRun *
get_run (UtDistancePane *self,
         guint           index)
{
  return ut_shown_answers_get_run (self->shown, index);
}

static Kind
get_kind (UtDistancePane *self)
{
  return (Kind) gtk_drop_down_get_selected (self->kind_drop_down);
}

/* What is shown */

static void
read_cursor (UtDistancePane *self)
{
  g_autofree char *reading = ut_bin_plot_dup_reading (self->plot);

  gtk_label_set_text (self->reading, *reading != '\0' ? reading
                      : _("Point at a line, or move with the arrow keys, to read it; a click makes "
                          "its run the current one."));
}

/* The lines, over the slices that have rows. */
static void
fill_plot (UtDistancePane *self)
{
  UtSlices *slices = ut_slice_report_get_slices (self->report);
  guint n_slices = ut_slices_get_n_slices (slices);
  guint n_runs = ut_shown_answers_get_n_runs (self->shown);
  g_autofree UtBin *bins = g_new0 (UtBin, n_slices);
  g_autofree UtBinLine *lines = g_new0 (UtBinLine, n_runs);
  g_autofree double *numbers = g_new (double, (gsize) 3 * n_runs * n_slices);
  UtRun *current = ut_session_get_current (self->session);
  guint n_bins = 0;
  int place = -1;

  for (guint j = 0; j < n_runs; j++)
    {
      double *values = numbers + (gsize) 3 * j * n_slices;

      lines[j] = (UtBinLine) {
        .label = ut_run_get_name (get_run (self, j)),
        .style = ut_run_get_style (get_run (self, j)),
        .values = values,
        .lows = values + n_slices,
        .highs = values + 2 * n_slices,
      };
      place = get_run (self, j) == current ? (int) j : place;
    }
  for (guint i = 0; i < n_slices; i++)
    {
      gsize n = ut_slice_report_get_figures (self->report, i, 0)->n;

      if (n == 0)
        continue;
      bins[n_bins] = (UtBin) { ut_slices_get_title (slices, i), n };
      for (guint j = 0; j < n_runs; j++)
        {
          const UtSliceFigures *figures = ut_slice_report_get_figures (self->report, i, j);
          double *values = numbers + (gsize) 3 * j * n_slices;

          values[n_bins] = figures->accuracy;
          values[n_slices + n_bins] = figures->interval.low;
          values[2 * n_slices + n_bins] = figures->interval.high;
        }
      n_bins++;
    }

  g_object_set (self->plot,
                "y-title", _("accuracy"),
                "x-title", get_kind (self) == KIND_LENGTH ? _("words of the sentence")
                           : _("words behind the one that decides"), NULL);
  ut_bin_plot_set_data (self->plot, bins, n_bins, lines, n_runs, place);
  read_cursor (self);
}

static void
show_report (UtDistancePane *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < ut_shown_answers_get_n_runs (self->shown); i++)
    g_ptr_array_add (names, (gpointer) ut_run_get_name (get_run (self, i)));
  g_ptr_array_add (names, NULL);
  fill_plot (self);
  ut_slice_report_fill (self->report, self->table, (const char * const *) names->pdata);
  gtk_stack_set_visible_child (self->views, gtk_toggle_button_get_active (self->table_button)
                                            ? GTK_WIDGET (self->table)
                                            : gtk_widget_get_parent (GTK_WIDGET (self->plot)));
}

static void
show_problems (UtDistancePane *self)
{
  g_autofree char *problems = ut_shown_answers_dup_problems (self->shown);

  gtk_label_set_text (self->problem_label, problems != NULL ? problems : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problems != NULL);
}

/* The work */

typedef struct
{
  GPtrArray *answers; /* (owned) */
  UtSliceKind kind;
} Order;

static void
order_free (Order *self)
{
  g_ptr_array_unref (self->answers);
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
  UtSliceReport *report = ut_slice_report_new (order->answers, order->kind, NULL, cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) ut_slice_report_free);
  else
    g_task_return_error (task, error);
}

static void
worked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  UtDistancePane *self = UT_DISTANCE_PANE (object);
  g_autoptr (GError) error = NULL;
  UtSliceReport *report = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    {
      g_clear_pointer (&report, ut_slice_report_free);
      return;
    }

  g_clear_object (&self->working);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  g_clear_pointer (&self->report, ut_slice_report_free);
  self->report = report;
  if (report != NULL)
    {
      show_report (self);
      return;
    }

  adw_status_page_set_description (self->refused_page, error->message);
  gtk_widget_set_visible (self->train_button, get_kind (self) == KIND_DISTANCE);
  gtk_stack_set_visible_child (self->views, GTK_WIDGET (self->refused_page));
}

static void
work (UtDistancePane *self)
{
  g_autoptr (GTask) task = NULL;
  Order *order;

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  if (self->shown == NULL || ut_shown_answers_get_n_runs (self->shown) == 0
      || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  order = g_new0 (Order, 1);
  order->answers = ut_shown_answers_dup_list (self->shown);
  order->kind = get_kind (self) == KIND_LENGTH ? UT_SLICE_LENGTH : UT_SLICE_DISTANCE;
  self->working = g_cancellable_new ();
  gtk_spinner_set_spinning (self->spinner, TRUE);
  task = g_task_new (self, self->working, worked_cb, NULL);
  g_task_set_source_tag (task, work);
  g_task_set_name (task, "[undertone] accuracy by length");
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (task, work_thread);
}

static void
answers_changed_cb (UtDistancePane *self)
{
  g_clear_pointer (&self->report, ut_slice_report_free);
  if (ut_shown_answers_get_n_runs (self->shown) == 0)
    {
      g_autofree char *problems = ut_shown_answers_dup_problems (self->shown);

      g_cancellable_cancel (self->working);
      adw_status_page_set_description (self->empty_page, problems != NULL ? problems
                                       : ut_shown_answers_is_busy (self->shown)
                                       ? _("Reading what the runs answered…")
                                       : _("Tick a run that has finished an epoch to see how long "
                                           "the sentences may be that it gets right."));
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->empty_page));
      return;
    }

  gtk_stack_set_visible_child (self->stack, self->main_page);
  show_problems (self);
  work (self);
}

static void
view_toggled_cb (UtDistancePane *self)
{
  if (self->report != NULL)
    show_report (self);
}

static void
line_activated_cb (UtDistancePane *self,
                   guint           line)
{
  if (line < ut_shown_answers_get_n_runs (self->shown))
    ut_session_set_current (self->session, get_run (self, line));
}

/* Trains what the current run is, on the memory test. */
static void
train_cb (UtDistancePane *self)
{
  UtRun *current = ut_session_get_current (self->session);
  g_autoptr (GPtrArray) configs = NULL;
  g_autoptr (GError) error = NULL;
  UtConfigBuilder *builder;
  UtConfig *config;

  if (current == NULL)
    return;

  configs = g_ptr_array_new_with_free_func ((GDestroyNotify) ut_config_unref);
  builder = ut_config_builder_new (ut_run_get_config (current));
  ut_config_builder_set_data (builder, MEMORY_TEST);
  /* A list of other rows to leave out does not fit. */
  ut_config_builder_set_exclude (builder, NULL);
  config = ut_config_builder_end (builder, &error);
  if (config != NULL)
    g_ptr_array_add (configs, config);
  if (config == NULL || !ut_session_start (self->session, configs, NULL, &error))
    ut_session_send_message (self->session, error->message);
}

/* GObject */

static void
ut_distance_pane_map (GtkWidget *widget)
{
  UtDistancePane *self = UT_DISTANCE_PANE (widget);

  GTK_WIDGET_CLASS (ut_distance_pane_parent_class)->map (widget);
  if (self->shown == NULL)
    return;

  ut_shown_answers_set_watched (self->shown, TRUE);
  if (self->report == NULL && self->working == NULL)
    work (self);
}

static void
ut_distance_pane_unmap (GtkWidget *widget)
{
  UtDistancePane *self = UT_DISTANCE_PANE (widget);

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  if (self->shown != NULL)
    ut_shown_answers_set_watched (self->shown, FALSE);
  GTK_WIDGET_CLASS (ut_distance_pane_parent_class)->unmap (widget);
}

static void
ut_distance_pane_dispose (GObject *object)
{
  UtDistancePane *self = UT_DISTANCE_PANE (object);

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  gtk_widget_dispose_template (GTK_WIDGET (self), UT_TYPE_DISTANCE_PANE);
  g_clear_pointer (&self->report, ut_slice_report_free);
  g_clear_object (&self->shown);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_distance_pane_parent_class)->dispose (object);
}

static void
ut_distance_pane_class_init (UtDistancePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ut_distance_pane_dispose;
  widget_class->map = ut_distance_pane_map;
  widget_class->unmap = ut_distance_pane_unmap;

  g_type_ensure (UT_TYPE_BIN_PLOT);
  g_type_ensure (UT_TYPE_TEXT_TABLE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, UT_RESOURCES "ui/ut-distance-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, stack);
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, empty_page);
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, refused_page);
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, train_button);
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, main_page);
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, kind_drop_down);
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, table_button);
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, problem_label);
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, spinner);
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, views);
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, plot);
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, reading);
  gtk_widget_class_bind_template_child (widget_class, UtDistancePane, table);
  gtk_widget_class_bind_template_callback (widget_class, work);
  gtk_widget_class_bind_template_callback (widget_class, view_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, line_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_cursor);
  gtk_widget_class_bind_template_callback (widget_class, train_cb);
}

static void
ut_distance_pane_init (UtDistancePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ut_text_table_set_label (self->table, _("Accuracy of the shown runs"));
}

GtkWidget *
ut_distance_pane_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  UtDistancePane *self = g_object_new (UT_TYPE_DISTANCE_PANE, NULL);

  self->session = g_object_ref (session);
  self->shown = ut_shown_answers_new (session);
  g_signal_connect_object (self->shown, "changed", G_CALLBACK (answers_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
