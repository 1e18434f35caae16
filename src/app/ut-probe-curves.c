/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-probe-curves.h"

#include <math.h>
#include <string.h>
#include <ut-run-curves.h>

/* Characters of a label at the end of a line, for which there is little room. */
#define LABEL_LENGTH 20

struct _UtProbeCurves
{
  GObject parent_instance;

  GListStore *lines;     /* (owned) (element-type UtPlotSeries) */
  GPtrArray *all;        /* (owned) (element-type UtPlotSeries): the same, before they are seen, too */
  GPtrArray *texts;      /* (owned) (element-type utf8): the sentences of @all */
  UtRun *run;            /* (owned) (nullable) */
  GSignalGroup *signals; /* (owned): of the run */
  gsize n_looks;         /* of the run's, how many the lines have */
  gsize n_epochs;        /* that the lines' clocks know of */
};

G_DEFINE_FINAL_TYPE (UtProbeCurves, ut_probe_curves, G_TYPE_OBJECT)

static guint changed_signal;

static guint
find_text (UtProbeCurves *self,
           const char    *text)
{
  guint index;

  return g_ptr_array_find_with_equal_func (self->texts, text, g_str_equal, &index) ? index
                                                                                    : G_MAXUINT;
}

static UtPlotSeries *
get_line (UtProbeCurves *self,
          guint          index)
{
  return g_ptr_array_index (self->all, index);
}

/* The first words of @text, if they tell it from the others. */
static char *
dup_label (UtProbeCurves *self,
           const char    *text)
{
  if (g_utf8_strlen (text, -1) <= LABEL_LENGTH)
    return g_strdup (text);

  const char *end = g_utf8_offset_to_pointer (text, LABEL_LENGTH - 1);
  const char *space = g_strrstr_len (text, end + 1 - text, " ");
  g_autofree char *start = g_strndup (text, (gsize) ((space != NULL ? space : end) - text));
  g_autofree char *label = g_strconcat (start, "…", NULL);

  for (guint i = 0; i < self->texts->len; i++)
    {
      if (g_str_equal (ut_plot_series_get_label (get_line (self, i)), label))
        return g_strdup (text);
    }

  return g_steal_pointer (&label);
}

static void
add_line (UtProbeCurves *self,
          const char    *text)
{
  g_autofree char *label = dup_label (self, text);
  UtPlotSeries *line = ut_plot_series_new (UT_PLOT_SERIES_LOOKS, label, "", self->texts->len);

  /* None of them stands behind another. */
  ut_plot_series_set_current (line, TRUE);
  ut_plot_series_set_live (line, ut_run_is_active (self->run));
  g_ptr_array_add (self->texts, g_strdup (text));
  g_ptr_array_add (self->all, line);
}

static void
add_look (UtProbeCurves     *self,
          const UtProbeLook *look)
{
  double x = (double) look->step;

  for (gsize i = 0; i < look->probes->n_texts; i++)
    {
      guint index = find_text (self, look->probes->texts[i]);

      if (index == G_MAXUINT)
        {
          index = self->texts->len;
          add_line (self, look->probes->texts[i]);
        }

      UtPlotSeries *line = get_line (self, index);
      const double *steps;
      gsize n = ut_plot_series_get_points (line, &steps, NULL);

      /* With another sentence there may be a second look after one step. */
      if (n == 0 || steps[n - 1] < x)
        ut_plot_series_append (line, &x, &look->probabilities[i], 1);
    }
}

static void
set_clock (UtProbeCurves *self)
{
  ut_run_curves_set_clock (self->run, (UtPlotSeries * const *) self->all->pdata, self->all->len);
}

static void
progressed_cb (UtProbeCurves *self)
{
  gsize n_looks, n_epochs;
  UtProbeLook * const *looks = ut_run_get_looks (self->run, &n_looks);
  guint n_lines = self->texts->len;
  gboolean was_empty = self->n_looks == 0;

  ut_run_get_epochs (self->run, &n_epochs);
  if (n_looks <= self->n_looks)
    return;

  for (gsize i = self->n_looks; i < n_looks; i++)
    add_look (self, looks[i]);
  self->n_looks = n_looks;
  if (was_empty || n_lines != self->texts->len || n_epochs != self->n_epochs)
    set_clock (self);
  self->n_epochs = n_epochs;
  /* They are complete before any plot sees them, so that those of old runs are drawn once. */
  for (guint i = n_lines; i < self->all->len; i++)
    g_list_store_append (self->lines, get_line (self, i));
  g_signal_emit (self, changed_signal, 0);
}

static void
clear (UtProbeCurves *self)
{
  g_list_store_remove_all (self->lines);
  g_ptr_array_set_size (self->all, 0);
  g_ptr_array_set_size (self->texts, 0);
  self->n_looks = 0;
  self->n_epochs = 0;
}

static void
rewound_cb (UtProbeCurves *self)
{
  clear (self);
  progressed_cb (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
state_cb (UtProbeCurves *self)
{
  for (guint i = 0; i < self->texts->len; i++)
    ut_plot_series_set_live (get_line (self, i), ut_run_is_active (self->run));
  g_signal_emit (self, changed_signal, 0);
}

static void
ut_probe_curves_dispose (GObject *object)
{
  UtProbeCurves *self = UT_PROBE_CURVES (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (ut_probe_curves_parent_class)->dispose (object);
}

static void
ut_probe_curves_finalize (GObject *object)
{
  UtProbeCurves *self = UT_PROBE_CURVES (object);

  g_object_unref (self->lines);
  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->texts);

  G_OBJECT_CLASS (ut_probe_curves_parent_class)->finalize (object);
}

static void
ut_probe_curves_class_init (UtProbeCurvesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ut_probe_curves_dispose;
  G_OBJECT_CLASS (klass)->finalize = ut_probe_curves_finalize;

  /** UtProbeCurves::changed: there are other answers. */
  changed_signal = g_signal_new ("changed", UT_TYPE_PROBE_CURVES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
ut_probe_curves_init (UtProbeCurves *self)
{
  self->lines = g_list_store_new (UT_TYPE_PLOT_SERIES);
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->signals = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->signals, "progressed", G_CALLBACK (progressed_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "rewound", G_CALLBACK (rewound_cb), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::state", G_CALLBACK (state_cb), self,
                                 G_CONNECT_SWAPPED);
}

UtProbeCurves *
ut_probe_curves_new (void)
{
  return g_object_new (UT_TYPE_PROBE_CURVES, NULL);
}

void
ut_probe_curves_set_run (UtProbeCurves *self,
                         UtRun         *run)
{
  g_return_if_fail (UT_IS_PROBE_CURVES (self));
  g_return_if_fail (run == NULL || UT_IS_RUN (run));

  if (!g_set_object (&self->run, run))
    return;

  g_signal_group_set_target (self->signals, run);
  clear (self);
  if (run != NULL)
    progressed_cb (self);
  g_signal_emit (self, changed_signal, 0);
}

GListModel *
ut_probe_curves_get_lines (UtProbeCurves *self)
{
  g_return_val_if_fail (UT_IS_PROBE_CURVES (self), NULL);

  return G_LIST_MODEL (self->lines);
}

gboolean
ut_probe_curves_find (UtProbeCurves *self,
                      const char    *text,
                      guint         *style,
                      double        *probability)
{
  g_return_val_if_fail (UT_IS_PROBE_CURVES (self), FALSE);
  g_return_val_if_fail (text != NULL && style != NULL && probability != NULL, FALSE);

  guint index = find_text (self, text);
  const double *values;
  gsize n;

  if (index == G_MAXUINT)
    return FALSE;

  n = ut_plot_series_get_points (get_line (self, index), NULL, &values);
  *style = index;
  *probability = n > 0 ? values[n - 1] : NAN;

  return TRUE;
}
