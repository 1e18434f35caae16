/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-report-private.h"

/* What a report is gathered in, one run after the other. */
typedef struct
{
  UtReportFacts facts;
  UtRunFigure *figure; /* (owned) */
  guint index;         /* of the run whose answers are read */
} Gathering;

static void read_next (GTask *task);

static void
gathering_free (gpointer data)
{
  Gathering *self = data;

  g_clear_pointer (&self->facts.comparison, ut_comparison_free);
  g_clear_pointer (&self->facts.troubles, g_ptr_array_unref);
  g_clear_pointer (&self->facts.curves, g_bytes_unref);
  g_clear_pointer (&self->figure, ut_run_figure_unref);
  g_free (self);
}

/* Curves */

static void
draw_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_auto (UtPaper) paper;
  GError *error = NULL;

  ut_paper_init (&paper);
  paper.numbers[UT_PAPER_WIDTH] = UT_PAPER_TWO_COLUMNS;
  paper.labels = UT_FIGURE_LABELS_LEGEND;

  GBytes *bytes = ut_run_figure_write (data, &paper, UT_PAPER_SVG, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  Gathering *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->facts.curves = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->facts.curves == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, _ut_report_write (&self->facts), (GDestroyNotify) g_bytes_unref);
}

static void
draw (GTask *task)
{
  Gathering *self = g_task_get_task_data (task);
  g_autoptr (GTask) worker = g_task_new (NULL, g_task_get_cancellable (task), drawn_cb,
                                         g_object_ref (task));

  g_task_set_source_tag (worker, draw);
  g_task_set_name (worker, "[undertone] draw report");
  g_task_set_task_data (worker, ut_run_figure_ref (self->figure),
                        (GDestroyNotify) ut_run_figure_unref);
  g_task_run_in_thread (worker, draw_thread);
}

/* Answers */

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  Gathering *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtAnswers) answers = ut_run_get_answers_finish (UT_RUN (source), result, &error);

  if (answers == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  ut_comparison_set_answers (self->facts.comparison, self->index, answers);
  g_ptr_array_add (self->facts.troubles, answers == NULL ? g_strdup (error->message) : NULL);
  self->index++;
  read_next (g_steal_pointer (&task));
}

/* Takes the reference to @task along. */
static void
read_next (GTask *task)
{
  Gathering *self = g_task_get_task_data (task);

  if (self->index < ut_comparison_get_n_runs (self->facts.comparison))
    {
      ut_run_get_answers_async (ut_comparison_get_run (self->facts.comparison, self->index),
                                g_task_get_cancellable (task), answered_cb, task);
    }
  else
    {
      draw (task);
      g_object_unref (task);
    }
}

void
ut_report_make_async (GPtrArray           *runs,
                      UtRun               *current,
                      UtPlotView          *view,
                      gint64               date,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (runs != NULL && runs->len > 0);
  g_return_if_fail (UT_IS_PLOT_VIEW (view));

  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Gathering *self = g_new0 (Gathering, 1);

  self->facts.comparison = ut_comparison_new ((UtRun *const *) runs->pdata, runs->len);
  self->facts.troubles = g_ptr_array_new_with_free_func (g_free);
  self->facts.date = date;
  self->figure = ut_run_figure_new (runs, current, view);
  g_task_set_source_tag (task, ut_report_make_async);
  g_task_set_task_data (task, self, gathering_free);
  read_next (task);
}

GBytes *
ut_report_make_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
