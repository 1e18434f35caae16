/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-shown-runs.h"

struct _UtShownRuns
{
  GObject parent_instance;

  UtSession *session; /* (owned) (nullable) */
  GPtrArray *runs;    /* (owned): all of the store, in its order */
  gboolean watched;
  gboolean stale;     /* something changed that was not told yet */
  guint telling;      /* source that tells it */
};

G_DEFINE_FINAL_TYPE (UtShownRuns, ut_shown_runs, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell (UtShownRuns *self)
{
  self->stale = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
tell_cb (gpointer data)
{
  UtShownRuns *self = data;

  self->telling = 0;
  tell (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (UtShownRuns *self)
{
  self->stale = TRUE;
  if (self->watched && self->telling == 0)
    self->telling = g_idle_add (tell_cb, self);
}

static gboolean
is_compared (UtShownRuns *self,
             UtRun       *run)
{
  return ut_run_get_shown (run) || run == ut_session_get_current (self->session);
}

static void
run_changed_cb (UtShownRuns *self,
                GParamSpec  *pspec,
                UtRun       *run)
{
  if (is_compared (self, run) || g_str_equal (pspec->name, "shown"))
    changed_cb (self);
}

static void
forget (UtShownRuns *self,
        guint        position,
        guint        n_runs)
{
  for (guint i = 0; i < n_runs; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->runs, position + i),
                                          run_changed_cb, self);
  if (n_runs > 0)
    g_ptr_array_remove_range (self->runs, position, n_runs);
}

static void
runs_changed_cb (UtShownRuns *self,
                 guint        position,
                 guint        removed,
                 guint        added,
                 GListModel  *model)
{
  static const char * const signal_names[] = {
    "notify::shown", "notify::name", "notify::state", "notify::best-epoch",
  };

  forget (self, position, removed);
  for (guint i = 0; i < added; i++)
    {
      UtRun *run = g_list_model_get_item (model, position + i);

      for (guint j = 0; j < G_N_ELEMENTS (signal_names); j++)
        g_signal_connect_object (run, signal_names[j], G_CALLBACK (run_changed_cb), self,
                                 G_CONNECT_SWAPPED);
      g_ptr_array_insert (self->runs, (int) (position + i), run);
    }
  changed_cb (self);
}

static void
ut_shown_runs_dispose (GObject *object)
{
  UtShownRuns *self = UT_SHOWN_RUNS (object);

  g_clear_handle_id (&self->telling, g_source_remove);
  if (self->runs != NULL)
    forget (self, 0, self->runs->len);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ut_shown_runs_parent_class)->dispose (object);
}

static void
ut_shown_runs_class_init (UtShownRunsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ut_shown_runs_dispose;

  /** UtShownRuns::changed: ut_shown_runs_list() would give other runs, or other figures of them. */
  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_SHOWN_RUNS, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ut_shown_runs_init (UtShownRuns *self)
{
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
}

UtShownRuns *
ut_shown_runs_new (UtSession *session)
{
  g_return_val_if_fail (UT_IS_SESSION (session), NULL);

  UtShownRuns *self = g_object_new (UT_TYPE_SHOWN_RUNS, NULL);
  GListModel *runs = G_LIST_MODEL (ut_session_get_store (session));

  self->session = g_object_ref (session);
  g_signal_connect_object (runs, "items-changed", G_CALLBACK (runs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::current", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  runs_changed_cb (self, 0, 0, g_list_model_get_n_items (runs), runs);

  return self;
}

void
ut_shown_runs_set_watched (UtShownRuns *self,
                           gboolean     watched)
{
  g_return_if_fail (UT_IS_SHOWN_RUNS (self));

  self->watched = watched;
  g_clear_handle_id (&self->telling, g_source_remove);
  if (watched && self->stale)
    tell (self);
}

GPtrArray *
ut_shown_runs_list (UtShownRuns *self)
{
  g_return_val_if_fail (UT_IS_SHOWN_RUNS (self), NULL);

  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->runs->len; i++)
    {
      UtRun *run = g_ptr_array_index (self->runs, i);

      if (is_compared (self, run))
        g_ptr_array_add (list, g_object_ref (run));
    }

  return list;
}
