/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-queue-list.h"

#include "ut-cost.h"

struct _UtQueueList
{
  GObject parent_instance;

  UtRunStore *store;  /* (owned) */
  GPtrArray *watched; /* (owned) (element-type UtRun): all runs, in the order of the store */
  GPtrArray *runs;    /* (owned) (element-type UtRun): those that wait */
  guint idle;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UtQueueList, ut_queue_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
ut_queue_list_get_item_type (GListModel *model)
{
  return UT_TYPE_RUN;
}

static guint
ut_queue_list_get_n_items (GListModel *model)
{
  return UT_QUEUE_LIST (model)->runs->len;
}

static gpointer
ut_queue_list_get_item (GListModel *model,
                        guint       position)
{
  UtQueueList *self = UT_QUEUE_LIST (model);

  return position < self->runs->len ? g_object_ref (g_ptr_array_index (self->runs, position))
                                    : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ut_queue_list_get_item_type;
  iface->get_n_items = ut_queue_list_get_n_items;
  iface->get_item = ut_queue_list_get_item;
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  guint first = ut_run_get_queue_position (*(UtRun * const *) a);
  guint second = ut_run_get_queue_position (*(UtRun * const *) b);

  return first < second ? -1 : first > second;
}

/* What is alike at both ends is left alone, so that a row keeps the focus when others move. */
static void
replace_runs (UtQueueList *self,
              GPtrArray   *runs) /* (transfer full) */
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->runs);
  guint shorter = MIN (before->len, runs->len);
  guint start = 0, end = 0;

  while (start < shorter && before->pdata[start] == runs->pdata[start])
    start++;
  while (end < shorter - start &&
         before->pdata[before->len - 1 - end] == runs->pdata[runs->len - 1 - end])
    end++;

  self->runs = runs;
  if (before->len != runs->len || start < runs->len)
    g_list_model_items_changed (G_LIST_MODEL (self), start, before->len - start - end,
                                runs->len - start - end);
}

static gboolean
follow_cb (gpointer data)
{
  UtQueueList *self = data;
  GPtrArray *runs = g_ptr_array_new_with_free_func (g_object_unref);

  self->idle = 0;
  for (guint i = 0; i < self->watched->len; i++)
    {
      UtRun *run = g_ptr_array_index (self->watched, i);

      if (ut_run_get_queue_position (run) > 0)
        g_ptr_array_add (runs, g_object_ref (run));
    }
  g_ptr_array_sort (runs, compare_positions);
  replace_runs (self, runs);

  return G_SOURCE_REMOVE;
}

static void
moved_cb (UtQueueList *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, follow_cb, self, NULL);
}

static void
runs_changed_cb (UtQueueList *self,
                 guint        position,
                 guint        removed,
                 guint        added,
                 GListModel  *store)
{
  for (guint i = 0; i < removed; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->watched, position + i), moved_cb,
                                          self);
  if (removed > 0)
    g_ptr_array_remove_range (self->watched, position, removed);
  for (guint i = 0; i < added; i++)
    {
      UtRun *run = g_list_model_get_item (store, position + i);

      g_signal_connect_object (run, "notify::queue-position", G_CALLBACK (moved_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_insert (self->watched, (int) (position + i), run);
    }
  moved_cb (self);
}

static void
ut_queue_list_dispose (GObject *object)
{
  UtQueueList *self = UT_QUEUE_LIST (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (ut_queue_list_parent_class)->dispose (object);
}

static void
ut_queue_list_finalize (GObject *object)
{
  UtQueueList *self = UT_QUEUE_LIST (object);

  g_ptr_array_unref (self->watched);
  g_ptr_array_unref (self->runs);

  G_OBJECT_CLASS (ut_queue_list_parent_class)->finalize (object);
}

static void
ut_queue_list_class_init (UtQueueListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_queue_list_dispose;
  object_class->finalize = ut_queue_list_finalize;
}

static void
ut_queue_list_init (UtQueueList *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
}

UtQueueList *
ut_queue_list_new (UtRunStore *store)
{
  UtQueueList *self;

  g_return_val_if_fail (UT_IS_RUN_STORE (store), NULL);

  self = g_object_new (UT_TYPE_QUEUE_LIST, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (runs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  runs_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (store)),
                   G_LIST_MODEL (store));

  return self;
}

/* Seconds that @run needs for the epochs it has not had yet; negative where unknown. */
static double
estimate (UtQueueList *self,
          UtRun       *run,
          UtCostPace  *pace)
{
  const UtTrainerUpdate *progress = ut_run_get_progress (run);
  UtConfig *config = ut_run_get_config (run);
  gint64 n_epochs = ut_config_get_int (config, UT_SETTING_EPOCHS);
  gsize n_done;
  double seconds;

  /* To check an ensemble takes no longer than a check does, which no estimate counts. */
  if (ut_run_get_n_members (run) > 0)
    return 0;
  if (ut_run_is_active (run) && progress->remaining >= 0)
    return progress->remaining;

  seconds = ut_cost_epoch_seconds (config, G_LIST_MODEL (self->store), pace);
  ut_run_get_epochs (run, &n_done);

  return seconds < 0 ? -1 : seconds * (double) MAX (n_epochs - (gint64) n_done, 0);
}

double *
ut_queue_list_dup_waits (UtQueueList *self)
{
  UtCostPace pace = { NULL };
  UtRun *active;
  double *waits;
  double wait = 0;

  g_return_val_if_fail (UT_IS_QUEUE_LIST (self), NULL);

  active = ut_run_store_get_active (self->store);
  if (active != NULL)
    wait = estimate (self, active, &pace);
  waits = g_new (double, self->runs->len + 1);
  waits[0] = wait;
  for (guint i = 0; i < self->runs->len; i++)
    {
      double seconds = estimate (self, g_ptr_array_index (self->runs, i), &pace);

      wait = wait < 0 || seconds < 0 ? -1 : wait + seconds;
      waits[i + 1] = wait;
    }

  return waits;
}

double
ut_queue_list_get_wait (UtQueueList *self,
                        guint        n_before)
{
  g_autofree double *waits = NULL;

  g_return_val_if_fail (UT_IS_QUEUE_LIST (self), -1);

  waits = ut_queue_list_dup_waits (self);

  return waits[MIN (n_before, self->runs->len)];
}
