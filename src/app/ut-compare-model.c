/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-compare-model.h"

#include <math.h>

/* Epochs of a small run end more often than anybody can read. */
#define PATIENCE_MS 250
/* So many in turn that a test tells from the best one: those behind them are not looked at. */
#define MAX_BEHIND 3
/* Nor is anybody helped by more than these that are as good as the best one. */
#define MAX_NEAR 50

struct _UtCompareModel
{
  GObject parent_instance;

  UtRunStore *store;        /* (owned) */
  GListStore *items;        /* (owned) (element-type UtCompareItem) */
  UtComparison *comparison; /* (owned) */
  GHashTable *rows;         /* (owned) (element-type utf8 UtCompareItem): rows by what they are */
  GHashTable *answers;      /* (owned) (element-type UtRun UtAnswers): those that were read */
  GHashTable *failed;       /* (owned) (element-type UtRun): whose answers cannot be read */
  GSignalGroup *active;     /* (owned): of the run that trains */
  GCancellable *reading;    /* (owned) (nullable): while answers are read */
  gsize n_epochs;           /* of the run that trains, at the last look */
  guint source;             /* that updates soon */
  gboolean is_patient;      /* whether that source waits for more */
  gboolean is_stale;
  gboolean rests;
  gboolean per_setting;
};

G_DEFINE_FINAL_TYPE (UtCompareModel, ut_compare_model, G_TYPE_OBJECT)

enum
{
  ITEM_CHANGED,
  UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Rows */

/* What is known of a run in @group. */
static UtCompareFacts
get_run_facts (UtCompareModel *self,
               guint           run)
{
  const UtRunFigures *figures = ut_comparison_get_figures (self->comparison, run);
  guint group = ut_comparison_get_group_of (self->comparison, run);
  const UtComparisonGroup *all = ut_comparison_get_group (self->comparison, group);

  return (UtCompareFacts) {
    .title = ut_run_get_name (ut_comparison_get_run (self->comparison, run)),
    .group = group,
    .is_ranked = all->is_ranked && !isnan (figures->accuracy),
    .is_as_coded = ut_config_is_as_coded (
      ut_run_get_config (ut_comparison_get_run (self->comparison, run))),
    .standing = ut_comparison_get_standing (self->comparison, run),
    .accuracy = { .n = !isnan (figures->accuracy), .mean = figures->accuracy, .deviation = NAN },
    .first_epoch = figures->epoch,
    .last_epoch = figures->epoch,
    .last = figures->last,
    .gap = figures->gap,
    .seconds = figures->seconds,
    .steps_per_second = figures->steps_per_second,
    .n_weights = figures->n_weights,
  };
}

/* The mean of a number over the runs that have it. */
static double
get_mean (UtCompareModel            *self,
          const UtComparisonSetting *setting,
          gsize                      offset)
{
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < setting->n_runs; i++)
    {
      const UtRunFigures *figures = ut_comparison_get_figures (self->comparison, setting->runs[i]);
      double value = G_STRUCT_MEMBER (double, figures, offset);

      if (isnan (value))
        continue;
      sum += value;
      n++;
    }

  return n > 0 ? sum / n : NAN;
}

static UtCompareFacts
get_setting_facts (UtCompareModel *self,
                   guint           index)
{
  const UtComparisonSetting *setting = ut_comparison_get_setting (self->comparison, index);
  const UtComparisonGroup *group = ut_comparison_get_group (self->comparison, setting->group);
  UtCompareFacts facts = {
    .title = setting->name,
    .group = setting->group,
    .is_ranked = group->is_ranked && setting->accuracy.n > 0,
    .is_as_coded = ut_config_is_as_coded (setting->config),
    .standing = ut_comparison_get_setting_standing (self->comparison, index),
    .accuracy = setting->accuracy,
    .first_epoch = -1,
    .last_epoch = -1,
    .last = get_mean (self, setting, G_STRUCT_OFFSET (UtRunFigures, last)),
    .gap = get_mean (self, setting, G_STRUCT_OFFSET (UtRunFigures, gap)),
    .seconds = get_mean (self, setting, G_STRUCT_OFFSET (UtRunFigures, seconds)),
    .steps_per_second = get_mean (self, setting,
                                  G_STRUCT_OFFSET (UtRunFigures, steps_per_second)),
  };

  for (guint i = 0; i < setting->n_runs; i++)
    {
      const UtRunFigures *figures = ut_comparison_get_figures (self->comparison, setting->runs[i]);

      facts.n_weights = MAX (facts.n_weights, figures->n_weights);
      if (figures->epoch < 0)
        continue;
      facts.first_epoch = facts.first_epoch < 0 ? figures->epoch
                                                : MIN (facts.first_epoch, figures->epoch);
      facts.last_epoch = MAX (facts.last_epoch, figures->epoch);
    }

  return facts;
}

/* The runs of a setting, the best one first: its place in the group's order says which that is. */
static GPtrArray *
list_setting_runs (UtCompareModel *self,
                   guint           index)
{
  const UtComparisonSetting *setting = ut_comparison_get_setting (self->comparison, index);
  const UtComparisonGroup *group = ut_comparison_get_group (self->comparison, setting->group);
  GPtrArray *runs = g_ptr_array_sized_new (setting->n_runs);

  for (guint i = 0; i < group->n_runs; i++)
    if (ut_comparison_get_setting_of (self->comparison, group->runs[i]) == index)
      g_ptr_array_add (runs, ut_comparison_get_run (self->comparison, group->runs[i]));

  return runs;
}

/* The row that is called @key (transfer full), which may have been there before. */
static void
add_row (UtCompareModel       *self,
         GPtrArray            *list,
         GHashTable           *rows,
         char                 *key,
         UtCompareKind         kind,
         GPtrArray            *runs,
         const UtCompareFacts *facts,
         GPtrArray            *changed)
{
  UtCompareItem *known = g_hash_table_lookup (self->rows, key);
  UtCompareItem *item = known != NULL ? g_object_ref (known) : ut_compare_item_new (kind);

  if (ut_compare_item_update (item, runs, facts) && known != NULL)
    g_ptr_array_add (changed, item);
  g_ptr_array_add (list, item);
  g_hash_table_insert (rows, key, g_object_ref (item));
}

static void
add_heading (UtCompareModel          *self,
             GPtrArray               *list,
             GHashTable              *rows,
             guint                    group,
             GPtrArray               *changed)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const UtCompareFacts facts = {
    .title = ut_comparison_get_group (self->comparison, group)->title,
    .group = group,
    .accuracy = { 0, NAN, NAN, { NAN, NAN } },
    .last = NAN,
    .gap = NAN,
    .seconds = NAN,
    .steps_per_second = NAN,
  };

  add_row (self, list, rows, g_strdup_printf ("heading %u", group), UT_COMPARE_HEADING, none, &facts,
           changed);
}

static void
add_runs (UtCompareModel *self,
          GPtrArray      *list,
          GHashTable     *rows,
          guint           group,
          GPtrArray      *changed)
{
  guint n_runs = ut_comparison_get_n_runs (self->comparison);

  for (guint i = 0; i < n_runs; i++)
    {
      UtRun *run = ut_comparison_get_run (self->comparison, i);
      g_autoptr (GPtrArray) runs = NULL;
      UtCompareFacts facts;

      if (ut_comparison_get_group_of (self->comparison, i) != group)
        continue;

      runs = g_ptr_array_new ();
      g_ptr_array_add (runs, run);
      facts = get_run_facts (self, i);
      add_row (self, list, rows, g_strconcat ("run ", ut_run_get_id (run), NULL), UT_COMPARE_RUN,
               runs, &facts, changed);
    }
}

static void
add_settings (UtCompareModel *self,
              GPtrArray      *list,
              GHashTable     *rows,
              guint           group,
              GPtrArray      *changed)
{
  const UtComparisonGroup *all = ut_comparison_get_group (self->comparison, group);

  for (guint i = 0; i < all->n_settings; i++)
    {
      guint index = all->settings[i];
      const UtComparisonSetting *setting = ut_comparison_get_setting (self->comparison, index);
      g_autoptr (GPtrArray) runs = list_setting_runs (self, index);
      g_autofree char *what = ut_config_dup_setting (setting->config);
      UtCompareFacts facts = get_setting_facts (self, index);

      add_row (self, list, rows,
               g_strconcat ("setting ", all->development != NULL ? all->development : "", " ", what,
                            NULL),
               UT_COMPARE_SETTING, runs, &facts, changed);
    }
}

/* Tells of those rows alone that came, went or moved. */
static void
replace_items (UtCompareModel *self,
               GPtrArray      *list)
{
  GListModel *model = G_LIST_MODEL (self->items);
  guint n_old = g_list_model_get_n_items (model);
  guint first = 0;
  guint n_end = 0;

  while (first < MIN (n_old, list->len))
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, first);

      if (item != g_ptr_array_index (list, first))
        break;
      first++;
    }
  while (n_end < MIN (n_old, list->len) - first)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, n_old - 1 - n_end);

      if (item != g_ptr_array_index (list, list->len - 1 - n_end))
        break;
      n_end++;
    }

  if (n_old - first - n_end > 0 || list->len - first - n_end > 0)
    g_list_store_splice (self->items, first, n_old - first - n_end, list->pdata + first,
                         list->len - first - n_end);
}

static void
fill (UtCompareModel *self)
{
  guint n_groups = ut_comparison_get_n_groups (self->comparison);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                       g_object_unref);

  for (guint group = 0; group < n_groups; group++)
    {
      if (n_groups > 1)
        add_heading (self, list, rows, group, changed);
      if (self->per_setting)
        add_settings (self, list, rows, group, changed);
      else
        add_runs (self, list, rows, group, changed);
    }

  g_hash_table_unref (self->rows);
  self->rows = g_steal_pointer (&rows);
  replace_items (self, list);
  for (guint i = 0; i < changed->len; i++)
    g_signal_emit (self, signals[ITEM_CHANGED], 0, g_ptr_array_index (changed, i));
  g_signal_emit (self, signals[UPDATED], 0);
}

/* Answers */

static gboolean
is_of_best (UtCompareModel *self,
            guint           run,
            UtAnswers      *answers)
{
  int epoch = ut_comparison_get_figures (self->comparison, run)->epoch;

  return ut_answers_get_epoch (answers) == (guint) MAX (epoch, 0);
}

/* The next run whose answers are wanted; -1 where there is none. */
static int
find_wanted (UtCompareModel *self)
{
  for (guint i = 0; i < ut_comparison_get_n_groups (self->comparison); i++)
    {
      const UtComparisonGroup *group = ut_comparison_get_group (self->comparison, i);
      guint n_behind = 0;

      if (!group->is_ranked || group->n_checked < 2)
        continue;

      for (guint k = 0; k < MIN (group->n_checked, MAX_NEAR) && n_behind < MAX_BEHIND; k++)
        {
          UtRun *run = ut_comparison_get_run (self->comparison, group->runs[k]);

          if (ut_comparison_get_answers (self->comparison, group->runs[k]) == NULL
              && !ut_run_is_active (run) && !g_hash_table_contains (self->failed, run))
            return (int) group->runs[k];
          if (ut_comparison_get_standing (self->comparison, group->runs[k]) == UT_STANDING_BEHIND)
            n_behind++;
          else
            n_behind = 0;
        }
    }

  return -1;
}

static void read_answers (UtCompareModel *self);

static void
answers_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  UtRun *run = UT_RUN (source);
  g_autoptr (UtCompareModel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (UtAnswers) answers = ut_run_get_answers_finish (run, result, &error);

  g_clear_object (&self->reading);
  if (self->store == NULL)
    return;

  /* Whoever selects such a run is told why; for the ranking it is enough that it is not known. */
  if (answers == NULL || !ut_compare_model_take_answers (self, run, g_steal_pointer (&answers)))
    g_hash_table_add (self->failed, g_object_ref (run));
  read_answers (self);
}

static void
read_answers (UtCompareModel *self)
{
  int wanted;

  if (self->reading != NULL || self->rests)
    return;

  wanted = find_wanted (self);
  if (wanted < 0)
    return;

  self->reading = g_cancellable_new ();
  ut_run_get_answers_async (ut_comparison_get_run (self->comparison, (guint) wanted), self->reading,
                            answers_cb, g_object_ref (self));
}

/* Following the store */

static gboolean
is_gone_cb (gpointer run,
            gpointer value,
            gpointer data)
{
  return ut_comparison_find (data, run) < 0;
}

static void
update (UtCompareModel *self)
{
  GListModel *model = G_LIST_MODEL (self->store);
  guint n_runs = g_list_model_get_n_items (model);
  g_autoptr (GPtrArray) runs = g_ptr_array_new_full (n_runs, g_object_unref);

  self->is_stale = FALSE;
  for (guint i = 0; i < n_runs; i++)
    g_ptr_array_add (runs, g_list_model_get_item (model, i));
  ut_comparison_free (self->comparison);
  self->comparison = ut_comparison_new ((UtRun * const *) runs->pdata, n_runs);

  g_hash_table_foreach_remove (self->answers, is_gone_cb, self->comparison);
  g_hash_table_foreach_remove (self->failed, is_gone_cb, self->comparison);
  for (guint i = 0; i < n_runs; i++)
    {
      UtRun *run = g_ptr_array_index (runs, i);
      UtAnswers *answers = g_hash_table_lookup (self->answers, run);

      if (answers != NULL && is_of_best (self, i, answers))
        ut_comparison_set_answers (self->comparison, i, answers);
    }

  fill (self);
  read_answers (self);
}

static gboolean
update_cb (gpointer data)
{
  UtCompareModel *self = data;

  self->source = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (UtCompareModel *self,
              gboolean        is_patient)
{
  self->is_stale = TRUE;
  if (self->rests || (self->source != 0 && (is_patient || !self->is_patient)))
    return;

  g_clear_handle_id (&self->source, g_source_remove);
  self->is_patient = is_patient;
  self->source = is_patient ? g_timeout_add (PATIENCE_MS, update_cb, self)
                            : g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
runs_changed_cb (UtCompareModel *self)
{
  queue_update (self, FALSE);
}

static void
run_ended_cb (UtCompareModel *self,
              UtRun          *run)
{
  g_hash_table_remove (self->failed, run);
  queue_update (self, FALSE);
}

static void
run_changed_cb (UtCompareModel *self,
                UtRun          *run)
{
  UtCompareItem *item = ut_compare_model_find (self, run);

  /* Its tags and its tick are no facts. */
  if (item != NULL)
    {
      ut_compare_item_forget_keys (item);
      g_signal_emit (self, signals[ITEM_CHANGED], 0, item);
    }
  queue_update (self, FALSE);
}

static void
active_changed_cb (UtCompareModel *self)
{
  self->n_epochs = 0;
  g_signal_group_set_target (self->active, ut_run_store_get_active (self->store));
  queue_update (self, TRUE);
}

static void
progressed_cb (UtCompareModel *self)
{
  UtRun *run = ut_run_store_get_active (self->store);
  gsize n_epochs = 0;

  if (run != NULL)
    ut_run_get_epochs (run, &n_epochs);
  if (n_epochs != self->n_epochs)
    queue_update (self, TRUE);
  self->n_epochs = n_epochs;
}

static void
ut_compare_model_dispose (GObject *object)
{
  UtCompareModel *self = UT_COMPARE_MODEL (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->active);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (ut_compare_model_parent_class)->dispose (object);
}

static void
ut_compare_model_finalize (GObject *object)
{
  UtCompareModel *self = UT_COMPARE_MODEL (object);

  g_clear_object (&self->reading);
  g_object_unref (self->items);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->failed);
  ut_comparison_free (self->comparison);

  G_OBJECT_CLASS (ut_compare_model_parent_class)->finalize (object);
}

static void
ut_compare_model_class_init (UtCompareModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_compare_model_dispose;
  object_class->finalize = ut_compare_model_finalize;

  /** UtCompareModel::item-changed: (item): a row says something else. */
  signals[ITEM_CHANGED] = g_signal_new ("item-changed", UT_TYPE_COMPARE_MODEL, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 1, UT_TYPE_COMPARE_ITEM);
  /** UtCompareModel::updated: the comparison is a new one, or knows more. */
  signals[UPDATED] = g_signal_new ("updated", UT_TYPE_COMPARE_MODEL, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ut_compare_model_init (UtCompareModel *self)
{
  self->items = g_list_store_new (UT_TYPE_COMPARE_ITEM);
  self->comparison = ut_comparison_new (NULL, 0);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->answers = g_hash_table_new_full (NULL, NULL, g_object_unref,
                                         (GDestroyNotify) ut_answers_unref);
  self->failed = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->rests = TRUE;
  self->is_stale = TRUE;
  self->active = g_signal_group_new (UT_TYPE_RUN);
  g_signal_group_connect_object (self->active, "progressed", G_CALLBACK (progressed_cb), self,
                                 G_CONNECT_SWAPPED);
}

UtCompareModel *
ut_compare_model_new (UtRunStore *store)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (store), NULL);

  UtCompareModel *self = g_object_new (UT_TYPE_COMPARE_MODEL, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (runs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "run-changed", G_CALLBACK (run_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "run-ended", G_CALLBACK (run_ended_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "notify::active", G_CALLBACK (active_changed_cb), self,
                           G_CONNECT_SWAPPED);
  active_changed_cb (self);

  return self;
}

GListModel *
ut_compare_model_get_items (UtCompareModel *self)
{
  g_return_val_if_fail (UT_IS_COMPARE_MODEL (self), NULL);

  return G_LIST_MODEL (self->items);
}

UtComparison *
ut_compare_model_get_comparison (UtCompareModel *self)
{
  g_return_val_if_fail (UT_IS_COMPARE_MODEL (self), NULL);

  return self->comparison;
}

UtCompareItem *
ut_compare_model_find (UtCompareModel *self,
                       UtRun          *run)
{
  GHashTableIter iter;
  gpointer item;

  g_return_val_if_fail (UT_IS_COMPARE_MODEL (self), NULL);

  if (run == NULL)
    return NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    if (ut_compare_item_has_run (item, run))
      return item;

  return NULL;
}

void
ut_compare_model_set_rests (UtCompareModel *self,
                            gboolean        rests)
{
  g_return_if_fail (UT_IS_COMPARE_MODEL (self));

  self->rests = rests;
  if (rests)
    g_clear_handle_id (&self->source, g_source_remove);
  else if (self->is_stale)
    update (self);
  else
    read_answers (self);
}

gboolean
ut_compare_model_get_per_setting (UtCompareModel *self)
{
  g_return_val_if_fail (UT_IS_COMPARE_MODEL (self), FALSE);

  return self->per_setting;
}

void
ut_compare_model_set_per_setting (UtCompareModel *self,
                                  gboolean        per_setting)
{
  g_return_if_fail (UT_IS_COMPARE_MODEL (self));

  if (self->per_setting == per_setting)
    return;

  self->per_setting = per_setting;
  if (!self->rests && !self->is_stale)
    fill (self);
  else
    self->is_stale = TRUE;
}

gboolean
ut_compare_model_take_answers (UtCompareModel *self,
                               UtRun          *run,
                               UtAnswers      *answers)
{
  int place;

  g_return_val_if_fail (UT_IS_COMPARE_MODEL (self), FALSE);
  g_return_val_if_fail (UT_IS_RUN (run), FALSE);
  g_return_val_if_fail (answers != NULL, FALSE);

  g_hash_table_insert (self->answers, g_object_ref (run), answers);
  place = ut_comparison_find (self->comparison, run);
  if (place < 0 || !is_of_best (self, (guint) place, answers))
    return FALSE;

  ut_comparison_set_answers (self->comparison, (guint) place, answers);
  fill (self);

  return TRUE;
}
