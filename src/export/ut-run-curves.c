/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-curves.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  TRAIN_LOSS,
  VALIDATION_LOSS,
  TRAIN_ACCURACY,
  VALIDATION_ACCURACY,
} Line;

#define N_LINES (VALIDATION_ACCURACY + 1)

struct _UtRunCurves
{
  GObject parent_instance;

  UtRun *run;                   /* (owned) (nullable) */
  GListStore *lists[N_LINES];   /* (owned) (nullable): where the lines are */
  UtPlotSeries *lines[N_LINES]; /* (owned) (nullable) */
  gsize n_points;               /* of the run's points, how many the lines have */
  gsize n_epochs;
  gboolean is_current;
};

G_DEFINE_FINAL_TYPE (UtRunCurves, ut_run_curves, G_TYPE_OBJECT)

/* Points have no time of their own: it is that of the epochs. In its first epoch a run goes by what
 * it has done so far; one that was stopped there has no epochs and no time. */
void
ut_run_curves_set_clock (UtRun                *run,
                         UtPlotSeries * const *lines,
                         gsize                 n_lines)
{
  g_return_if_fail (UT_IS_RUN (run));
  g_return_if_fail (lines != NULL || n_lines == 0);

  gsize n_epochs;
  const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);
  const UtTrainerUpdate *progress = ut_run_get_progress (run);
  g_autofree double *steps = g_new (double, n_epochs + 1);
  g_autofree double *numbers = g_new (double, n_epochs + 1);
  g_autofree double *seconds = g_new (double, n_epochs + 1);
  double elapsed = 0;
  gsize n = 0;

  for (gsize i = 0; i < n_epochs; i++)
    {
      elapsed += epochs[i].seconds;
      if (epochs[i].epoch == 0)
        continue;
      steps[n] = (double) epochs[i].step;
      numbers[n] = epochs[i].epoch;
      seconds[n++] = elapsed;
    }
  if (n == 0 && progress->n_batches > 0 && progress->step > 0)
    {
      steps[0] = progress->n_batches;
      numbers[0] = 1;
      seconds[0] = progress->elapsed * progress->n_batches / (double) progress->step;
      n = 1;
    }
  for (gsize line = 0; line < n_lines; line++)
    ut_plot_series_set_clock (lines[line], steps, numbers, seconds, n);
}

static void
append_points (UtRunCurves *self)
{
  g_autofree double *x = NULL;
  g_autofree double *loss = NULL;
  g_autofree double *accuracy = NULL;
  const UtPoint *points;
  gsize n_points, n_new;

  points = ut_run_get_points (self->run, &n_points);
  if (n_points <= self->n_points)
    return;

  n_new = n_points - self->n_points;
  x = g_new (double, n_new);
  loss = g_new (double, n_new);
  accuracy = g_new (double, n_new);
  for (gsize i = 0; i < n_new; i++)
    {
      const UtPoint *point = &points[self->n_points + i];

      x[i] = (double) point->step;
      loss[i] = point->loss;
      accuracy[i] = point->accuracy;
    }
  ut_plot_series_append (self->lines[TRAIN_LOSS], x, loss, n_new);
  ut_plot_series_append (self->lines[TRAIN_ACCURACY], x, accuracy, n_new);
  self->n_points = n_points;
}

static void
append_epochs (UtRunCurves *self)
{
  const UtEpoch *epochs;
  gsize n_epochs;
  gssize best;

  epochs = ut_run_get_epochs (self->run, &n_epochs);
  if (n_epochs <= self->n_epochs)
    return;

  /* The check of a run that was stopped before its first epoch was complete is epoch 0. */
  ut_plot_series_set_first_epoch (self->lines[VALIDATION_LOSS], epochs[0].epoch);
  ut_plot_series_set_first_epoch (self->lines[VALIDATION_ACCURACY], epochs[0].epoch);
  for (gsize i = self->n_epochs; i < n_epochs; i++)
    {
      double x = (double) epochs[i].step;

      ut_plot_series_append (self->lines[VALIDATION_LOSS], &x, &epochs[i].val_loss, 1);
      ut_plot_series_append (self->lines[VALIDATION_ACCURACY], &x, &epochs[i].val_accuracy, 1);
    }
  self->n_epochs = n_epochs;

  best = ut_epochs_find_best (epochs, n_epochs);
  ut_plot_series_set_best (self->lines[VALIDATION_LOSS], best);
  ut_plot_series_set_best (self->lines[VALIDATION_ACCURACY], best);
}

/* Of many runs few are shown: only those cost anything. */
static gboolean
has_lines (UtRunCurves *self)
{
  return self->lines[0] != NULL;
}

static void
progressed_cb (UtRunCurves *self)
{
  gboolean had_points;
  gsize n_epochs;

  if (!has_lines (self))
    return;

  had_points = self->n_points > 0;
  n_epochs = self->n_epochs;
  append_points (self);
  append_epochs (self);
  if (!had_points || self->n_epochs != n_epochs)
    ut_run_curves_set_clock (self->run, self->lines, N_LINES);
}

static void
set_look (UtRunCurves *self)
{
  for (Line line = 0; line < N_LINES; line++)
    {
      ut_plot_series_set_label (self->lines[line], ut_run_get_name (self->run));
      ut_plot_series_set_live (self->lines[line], ut_run_is_active (self->run));
      ut_plot_series_set_current (self->lines[line], self->is_current);
    }
}

static void
make_lines (UtRunCurves *self)
{
  /* Runs of one setting differ in the seed alone, and can be shown as their mean. */
  g_autofree char *setting = ut_config_dup_setting (ut_run_get_config (self->run));

  for (Line line = 0; line < N_LINES; line++)
    {
      gboolean is_validation = line == VALIDATION_LOSS || line == VALIDATION_ACCURACY;

      self->lines[line] = ut_plot_series_new (is_validation ? UT_PLOT_SERIES_MARKS
                                                            : UT_PLOT_SERIES_DENSE,
                                              ut_run_get_name (self->run),
                                              is_validation ? C_("curve", "validation")
                                                            : C_("curve", "training"),
                                              ut_run_get_style (self->run));
      ut_plot_series_set_group (self->lines[line], setting);
    }
  self->n_points = 0;
  self->n_epochs = 0;
  set_look (self);
  progressed_cb (self);
}

/* The lines are complete before any plot sees them, so that old runs are drawn once. */
static void
draw_lines (UtRunCurves *self)
{
  make_lines (self);
  for (Line line = 0; line < N_LINES; line++)
    g_list_store_append (self->lists[line], self->lines[line]);
}

static void
erase_lines (UtRunCurves *self)
{
  for (Line line = 0; line < N_LINES; line++)
    {
      guint position;

      if (self->lists[line] != NULL && self->lines[line] != NULL &&
          g_list_store_find (self->lists[line], self->lines[line], &position))
        g_list_store_remove (self->lists[line], position);
      g_clear_object (&self->lines[line]);
    }
}

static void
rewound_cb (UtRunCurves *self)
{
  if (!has_lines (self))
    return;

  erase_lines (self);
  draw_lines (self);
}

static void
look_changed_cb (UtRunCurves *self)
{
  gboolean shown = ut_run_get_shown (self->run);

  if (shown && !has_lines (self))
    draw_lines (self);
  else if (shown)
    set_look (self);
  else
    erase_lines (self);
}

static void
ut_run_curves_dispose (GObject *object)
{
  UtRunCurves *self = UT_RUN_CURVES (object);

  erase_lines (self);
  for (Line line = 0; line < N_LINES; line++)
    g_clear_object (&self->lists[line]);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (ut_run_curves_parent_class)->dispose (object);
}

static void
ut_run_curves_class_init (UtRunCurvesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ut_run_curves_dispose;
}

static void
ut_run_curves_init (UtRunCurves *self)
{
}

UtRunCurves *
ut_run_curves_new (UtRun      *run,
                   GListStore *loss,
                   GListStore *accuracy)
{
  UtRunCurves *self;

  g_return_val_if_fail (UT_IS_RUN (run), NULL);
  g_return_val_if_fail (G_IS_LIST_STORE (loss), NULL);
  g_return_val_if_fail (G_IS_LIST_STORE (accuracy), NULL);

  self = g_object_new (UT_TYPE_RUN_CURVES, NULL);
  self->run = g_object_ref (run);
  for (Line line = 0; line < N_LINES; line++)
    self->lists[line] = g_object_ref (line <= VALIDATION_LOSS ? loss : accuracy);
  look_changed_cb (self);

  g_signal_connect_object (run, "rewound", G_CALLBACK (rewound_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "progressed", G_CALLBACK (progressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify::name", G_CALLBACK (look_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify::shown", G_CALLBACK (look_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify::state", G_CALLBACK (look_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
ut_run_curves_freeze (UtRun     *run,
                      gboolean   current,
                      GPtrArray *loss,
                      GPtrArray *accuracy)
{
  g_autoptr (UtRunCurves) self = NULL;

  g_return_if_fail (UT_IS_RUN (run));
  g_return_if_fail (loss != NULL && accuracy != NULL);

  self = g_object_new (UT_TYPE_RUN_CURVES, NULL);
  self->run = g_object_ref (run);
  self->is_current = current;
  make_lines (self);
  for (Line line = 0; line < N_LINES; line++)
    {
      ut_plot_series_set_live (self->lines[line], FALSE);
      g_ptr_array_add (line <= VALIDATION_LOSS ? loss : accuracy,
                       g_object_ref (self->lines[line]));
    }
}

UtRun *
ut_run_curves_get_run (UtRunCurves *self)
{
  g_return_val_if_fail (UT_IS_RUN_CURVES (self), NULL);

  return self->run;
}

void
ut_run_curves_set_current (UtRunCurves *self,
                           gboolean     current)
{
  g_return_if_fail (UT_IS_RUN_CURVES (self));

  self->is_current = current;
  if (has_lines (self))
    set_look (self);
}

gboolean
ut_run_curves_has_line (UtRunCurves  *self,
                        UtPlotSeries *series)
{
  g_return_val_if_fail (UT_IS_RUN_CURVES (self), FALSE);
  g_return_val_if_fail (UT_IS_PLOT_SERIES (series), FALSE);

  for (Line line = 0; line < N_LINES; line++)
    if (self->lines[line] == series)
      return TRUE;

  return FALSE;
}
