/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-curves.h"

#include "ut-run-curves.h"

struct _UtCurves
{
  GObject parent_instance;

  GListModel *runs;     /* (owned) (nullable) */
  GPtrArray *curves;    /* (owned): of UtRunCurves, in the order of the runs */
  GListStore *loss;     /* (owned) */
  GListStore *accuracy; /* (owned) */
  UtRun *current;       /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (UtCurves, ut_curves, G_TYPE_OBJECT)

static void
runs_changed_cb (UtCurves   *self,
                 guint       position,
                 guint       removed,
                 guint       added,
                 GListModel *runs)
{
  if (removed > 0)
    g_ptr_array_remove_range (self->curves, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (runs, position + i);
      UtRunCurves *curves = ut_run_curves_new (run, self->loss, self->accuracy);

      ut_run_curves_set_current (curves, run == self->current);
      g_ptr_array_insert (self->curves, (int) (position + i), curves);
    }
}

static void
ut_curves_dispose (GObject *object)
{
  UtCurves *self = UT_CURVES (object);

  /* The curves take themselves out of lists that still exist. */
  g_ptr_array_set_size (self->curves, 0);
  g_clear_object (&self->current);
  g_clear_object (&self->runs);

  G_OBJECT_CLASS (ut_curves_parent_class)->dispose (object);
}

static void
ut_curves_finalize (GObject *object)
{
  UtCurves *self = UT_CURVES (object);

  g_ptr_array_unref (self->curves);
  g_object_unref (self->loss);
  g_object_unref (self->accuracy);

  G_OBJECT_CLASS (ut_curves_parent_class)->finalize (object);
}

static void
ut_curves_class_init (UtCurvesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ut_curves_dispose;
  G_OBJECT_CLASS (klass)->finalize = ut_curves_finalize;
}

static void
ut_curves_init (UtCurves *self)
{
  self->curves = g_ptr_array_new_with_free_func (g_object_unref);
  self->loss = g_list_store_new (UT_TYPE_PLOT_SERIES);
  self->accuracy = g_list_store_new (UT_TYPE_PLOT_SERIES);
}

UtCurves *
ut_curves_new (GListModel *runs)
{
  UtCurves *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (runs), NULL);

  self = g_object_new (UT_TYPE_CURVES, NULL);
  self->runs = g_object_ref (runs);
  g_signal_connect_object (runs, "items-changed", G_CALLBACK (runs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  runs_changed_cb (self, 0, 0, g_list_model_get_n_items (runs), runs);

  return self;
}

void
ut_curves_set_current (UtCurves *self,
                       UtRun    *run)
{
  g_return_if_fail (UT_IS_CURVES (self));
  g_return_if_fail (run == NULL || UT_IS_RUN (run));

  if (!g_set_object (&self->current, run))
    return;

  for (guint i = 0; i < self->curves->len; i++)
    {
      UtRunCurves *curves = g_ptr_array_index (self->curves, i);

      ut_run_curves_set_current (curves, ut_run_curves_get_run (curves) == run);
    }
}

GListModel *
ut_curves_get_loss (UtCurves *self)
{
  g_return_val_if_fail (UT_IS_CURVES (self), NULL);

  return G_LIST_MODEL (self->loss);
}

GListModel *
ut_curves_get_accuracy (UtCurves *self)
{
  g_return_val_if_fail (UT_IS_CURVES (self), NULL);

  return G_LIST_MODEL (self->accuracy);
}

UtRun *
ut_curves_find_run (UtCurves     *self,
                    UtPlotSeries *series)
{
  g_return_val_if_fail (UT_IS_CURVES (self), NULL);
  g_return_val_if_fail (UT_IS_PLOT_SERIES (series), NULL);

  for (guint i = 0; i < self->curves->len; i++)
    if (ut_run_curves_has_line (g_ptr_array_index (self->curves, i), series))
      return ut_run_curves_get_run (g_ptr_array_index (self->curves, i));

  return NULL;
}
