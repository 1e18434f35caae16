/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-comparison.h"

#include "ut-differences.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Below it a difference is not put down to chance. */
#define LEVEL 0.05

typedef struct
{
  UtRun *run;           /* (owned) */
  UtRunFigures figures;
  UtAnswers *answers;   /* (owned) (nullable) */
  guint group;
  guint setting;
  int standing;         /* -1 until it is asked for */
} Entry;

struct UtComparison
{
  GArray *entries;     /* (owned) (element-type Entry) */
  GPtrArray *groups;   /* (owned) (element-type UtComparisonGroup) */
  GPtrArray *settings; /* (owned) (element-type UtComparisonSetting) */
};

/* Figures */

UtRunFigures
ut_run_get_figures (UtRun *run)
{
  UtRunFigures figures = { NAN, NAN, -1, NAN, NAN, NAN, NAN, 0 };

  g_return_val_if_fail (UT_IS_RUN (run), figures);

  gsize n_epochs;
  const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);
  const UtEpoch *best = ut_run_get_best (run);
  const UtEvaluation *evaluation = ut_run_get_evaluation (run);
  double training = 0;
  guint64 n_steps = 0;
  guint64 last_step = 0;

  figures.n_weights = ut_run_get_n_weights (run);
  if (evaluation != NULL)
    {
      figures.accuracy = evaluation->accuracy;
      figures.loss = evaluation->loss;
    }
  if (best == NULL)
    return figures;

  figures.accuracy = best->val_accuracy;
  figures.loss = best->val_loss;
  figures.epoch = (int) best->epoch;
  figures.last = epochs[n_epochs - 1].val_accuracy;
  figures.gap = best->train_accuracy - best->val_accuracy;
  figures.seconds = 0;
  for (gsize i = 0; i < n_epochs; i++)
    {
      guint64 steps = epochs[i].step > last_step ? epochs[i].step - last_step : 0;

      last_step = epochs[i].step;
      if (isfinite (epochs[i].seconds))
        figures.seconds += epochs[i].seconds;
      if (isfinite (epochs[i].steps_per_second) && epochs[i].steps_per_second > 0)
        {
          n_steps += steps;
          training += (double) steps / epochs[i].steps_per_second;
        }
    }
  if (training > 0)
    figures.steps_per_second = (double) n_steps / training;

  return figures;
}

/* Building */

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->run);
  g_clear_pointer (&entry->answers, ut_answers_unref);
}

static void
group_free (gpointer data)
{
  UtComparisonGroup *group = data;

  g_free (group->development);
  g_free (group->title);
  g_free (group->runs);
  g_free (group->settings);
  g_free (group);
}

static void
setting_free (gpointer data)
{
  UtComparisonSetting *setting = data;

  ut_config_unref (setting->config);
  g_free (setting->name);
  g_free (setting->runs);
  g_free (setting);
}

static Entry *
get_entry (const UtComparison *self,
           guint               run)
{
  return &g_array_index (self->entries, Entry, run);
}

static UtComparisonGroup *
get_group (const UtComparison *self,
           guint               group)
{
  return g_ptr_array_index (self->groups, group);
}

static UtComparisonSetting *
get_setting (const UtComparison *self,
             guint               setting)
{
  return g_ptr_array_index (self->settings, setting);
}

static gboolean
is_checked (UtRun *run)
{
  return ut_run_get_best (run) != NULL || ut_run_get_evaluation (run) != NULL;
}

static gboolean
is_as_coded (UtRun *run)
{
  return ut_config_is_as_coded (ut_run_get_config (run));
}

/* Of what may be ranked together, then of what may not. */
static guint
get_place (const UtComparisonGroup *group)
{
  if (group->development == NULL)
    return group->is_checked ? 2 : 3;

  return group->is_ranked ? 0 : 1;
}

static UtComparisonGroup *
group_new (UtRun *run)
{
  UtComparisonGroup *group = g_new0 (UtComparisonGroup, 1);
  g_autofree char *data = ut_config_dup_data_title (ut_run_get_config (run));
  gsize n_rows = ut_run_get_n_development_rows (run);

  group->development = g_strdup (ut_run_get_development (run));
  group->is_as_coded = group->development != NULL && is_as_coded (run);
  group->is_ranked = group->development != NULL && !group->is_as_coded;
  group->is_checked = group->development != NULL || is_checked (run);
  if (!group->is_checked)
    group->title = g_strdup (_("Not checked on any rows"));
  else if (group->development == NULL)
    group->title = g_strdup (_("Checked on rows that are not known"));
  else if (group->is_as_coded)
    group->title = g_strdup_printf (ngettext ("As the notebook's code runs: %s, %'zu row",
                                              "As the notebook's code runs: %s, %'zu rows", n_rows),
                                    data, n_rows);
  else
    /* Translators: a data set and how many rows it validates on. */
    group->title = g_strdup_printf (ngettext ("%s, %'zu row", "%s, %'zu rows", n_rows), data,
                                    n_rows);

  return group;
}

static UtComparisonGroup *
find_group (GPtrArray *groups,
            UtRun     *run)
{
  const char *development = ut_run_get_development (run);

  for (guint i = 0; i < groups->len; i++)
    {
      UtComparisonGroup *group = g_ptr_array_index (groups, i);

      if (g_strcmp0 (group->development, development) == 0
          && group->is_as_coded == (development != NULL && is_as_coded (run))
          && group->is_checked == (development != NULL || is_checked (run)))
        return group;
    }
  return NULL;
}

/* Groups in their order, the runs of each as they were given. */
static void
make_groups (UtComparison *self)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  g_autoptr (GPtrArray) owners = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      UtRun *run = get_entry (self, i)->run;
      UtComparisonGroup *group = find_group (groups, run);

      if (group == NULL)
        {
          group = group_new (run);
          g_ptr_array_add (groups, group);
        }
      g_ptr_array_add (owners, group);
      group->n_runs++;
    }
  for (guint place = 0; place <= 3; place++)
    for (guint i = 0; i < groups->len; i++)
      if (get_place (g_ptr_array_index (groups, i)) == place)
        g_ptr_array_add (self->groups, g_ptr_array_index (groups, i));

  for (guint i = 0; i < self->groups->len; i++)
    {
      UtComparisonGroup *group = get_group (self, i);

      group->runs = g_new (guint, group->n_runs);
      group->n_runs = 0;
      for (guint run = 0; run < owners->len; run++)
        if (g_ptr_array_index (owners, run) == group)
          {
            group->runs[group->n_runs++] = run;
            get_entry (self, run)->group = i;
            group->n_checked += !isnan (get_entry (self, run)->figures.accuracy);
          }
    }
}

static int
compare_numbers (double a,
                 double b)
{
  if (isnan (a) || isnan (b))
    return (int) isnan (a) - (int) isnan (b);

  return a < b ? -1 : a > b;
}

static int
compare_places (guint a,
                guint b)
{
  return a < b ? -1 : a > b;
}

static int
compare_runs (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const UtComparison *self = data;
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;
  const UtRunFigures *of_first = &get_entry (self, first)->figures;
  const UtRunFigures *of_second = &get_entry (self, second)->figures;
  int order = compare_numbers (-of_first->accuracy, -of_second->accuracy);

  if (order == 0)
    order = compare_numbers (of_first->loss, of_second->loss);
  return order != 0 ? order : compare_places (first, second);
}

static int
compare_settings (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  const UtComparison *self = data;
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;
  int order = compare_numbers (-get_setting (self, first)->accuracy.mean,
                               -get_setting (self, second)->accuracy.mean);

  return order != 0 ? order : compare_places (first, second);
}

static gint64
get_seed (const UtComparison *self,
          guint               run)
{
  return ut_config_get_int (ut_run_get_config (get_entry (self, run)->run), UT_SETTING_SEED);
}

static int
compare_seeds (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;
  gint64 of_first = get_seed (data, first);
  gint64 of_second = get_seed (data, second);

  return of_first != of_second ? (of_first < of_second ? -1 : 1) : compare_places (first, second);
}

/* What all runs of a setting in a group have in common: (transfer full). An ensemble is like no other
 * run. */
static char *
dup_setting_key (const UtComparison *self,
                 guint               run)
{
  const Entry *entry = get_entry (self, run);
  g_autofree char *setting = NULL;

  if (ut_run_get_n_members (entry->run) > 0)
    return g_strdup_printf ("%u %s", entry->group, ut_run_get_id (entry->run));

  setting = ut_config_dup_setting (ut_run_get_config (entry->run));
  return g_strdup_printf ("%u %s", entry->group, setting);
}

static void
make_settings (UtComparison *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint run = 0; run < self->entries->len; run++)
    {
      Entry *entry = get_entry (self, run);
      g_autofree char *key = dup_setting_key (self, run);
      UtComparisonSetting *setting = g_hash_table_lookup (known, key);

      if (setting == NULL)
        {
          setting = g_new0 (UtComparisonSetting, 1);
          setting->config = ut_config_ref (ut_run_get_config (entry->run));
          setting->group = entry->group;
          g_hash_table_insert (known, g_steal_pointer (&key), setting);
          g_ptr_array_add (self->settings, setting);
        }
      setting->runs = g_renew (guint, setting->runs, setting->n_runs + 1);
      setting->runs[setting->n_runs++] = run;
    }
  for (guint i = 0; i < self->settings->len; i++)
    {
      UtComparisonSetting *setting = get_setting (self, i);

      g_qsort_with_data (setting->runs, (int) setting->n_runs, sizeof *setting->runs, compare_seeds,
                         self);
      for (guint j = 0; j < setting->n_runs; j++)
        get_entry (self, setting->runs[j])->setting = i;
    }
}

/* Whether what @run reached counts among the seeds of its setting. */
static gboolean
counts (const UtComparison *self,
        guint               run)
{
  const Entry *entry = get_entry (self, run);

  return !isnan (entry->figures.accuracy) && !ut_run_is_active (entry->run)
         && ut_run_get_state (entry->run) != UT_RUN_QUEUED;
}

static gsize
get_n_epochs (const UtComparison *self,
              guint               run)
{
  gsize n_epochs;

  ut_run_get_epochs (get_entry (self, run)->run, &n_epochs);

  return n_epochs;
}

/* Returns: (transfer full): which runs of @setting count, by seed: of each seed the one that trained
 * longest. */
static guint *
list_seeds (const UtComparison        *self,
            const UtComparisonSetting *setting,
            gsize                     *n_seeds)
{
  guint *runs = g_new (guint, setting->n_runs);
  gsize n = 0;

  for (guint i = 0; i < setting->n_runs; i++)
    {
      guint run = setting->runs[i];

      if (!counts (self, run))
        continue;
      if (n == 0 || get_seed (self, runs[n - 1]) != get_seed (self, run))
        runs[n++] = run;
      else if (get_n_epochs (self, run) > get_n_epochs (self, runs[n - 1]))
        runs[n - 1] = run;
    }

  *n_seeds = n;
  return runs;
}

static double *
dup_accuracies (const UtComparison *self,
                const guint        *runs,
                gsize               n_runs)
{
  double *accuracies = g_new (double, n_runs);

  for (gsize i = 0; i < n_runs; i++)
    accuracies[i] = get_entry (self, runs[i])->figures.accuracy;

  return accuracies;
}

static void
measure_settings (UtComparison *self)
{
  gsize n_known = 0;
  double quantile = NAN;

  for (guint i = 0; i < self->settings->len; i++)
    {
      UtComparisonSetting *setting = get_setting (self, i);
      gsize n_seeds;
      g_autofree guint *seeds = list_seeds (self, setting, &n_seeds);
      g_autofree double *accuracies = dup_accuracies (self, seeds, n_seeds);

      /* Most settings have as many seeds as the one before. */
      if (n_seeds != n_known)
        quantile = ut_mean_quantile (n_seeds);
      n_known = n_seeds;
      setting->accuracy = ut_mean_by (accuracies, n_seeds, quantile);
    }
}

/* Where a cell does not have a setting at all, the cell says enough. */
static gboolean
is_missing (const char *value)
{
  return g_str_equal (value, "–");
}

static gboolean
tells_apart (const UtDifference *difference)
{
  const char *seen = NULL;

  for (guint i = 0; difference->values[i] != NULL; i++)
    {
      if (is_missing (difference->values[i]))
        continue;
      if (seen != NULL && !g_str_equal (seen, difference->values[i]))
        return TRUE;
      seen = difference->values[i];
    }

  return FALSE;
}

static char *
dup_setting_name (const UtComparison *self,
                  guint               setting,
                  GPtrArray          *differences,
                  guint               place)
{
  const UtComparisonSetting *self_setting = get_setting (self, setting);
  UtRun *run = get_entry (self, self_setting->runs[0])->run;
  GString *name;

  /* Its settings are those of its members. */
  if (ut_run_get_n_members (run) > 0)
    return g_strdup (ut_run_get_name (run));

  name = g_string_new (ut_cell_kind_get_title (ut_config_get_cell (self_setting->config)));
  for (guint i = 0; i < differences->len; i++)
    {
      const UtDifference *difference = g_ptr_array_index (differences, i);

      if (!g_str_equal (difference->key, "cell")
          && !g_str_equal (difference->key, ut_setting_get_info (UT_SETTING_SEED)->key)
          && !is_missing (difference->values[place]) && tells_apart (difference))
        g_string_append_printf (name, " · %s %s", difference->title, difference->values[place]);
    }
  return g_string_free (name, FALSE);
}

/* Names take as long as all the rest together, and a table of runs has no use for them. */
static void
name_settings (const UtComparison      *self,
               const UtComparisonGroup *group)
{
  g_autofree UtConfig **configs = g_new (UtConfig *, group->n_settings);

  for (guint i = 0; i < group->n_settings; i++)
    configs[i] = get_setting (self, group->settings[i])->config;

  g_autoptr (GPtrArray) differences = ut_differences_list (configs, group->n_settings);

  for (guint i = 0; i < group->n_settings; i++)
    get_setting (self, group->settings[i])->name =
      dup_setting_name (self, group->settings[i], differences, i);
}

static void
rank (UtComparison *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      UtComparisonGroup *group = get_group (self, i);

      group->settings = g_new (guint, group->n_runs);
      for (guint j = 0; j < self->settings->len; j++)
        if (get_setting (self, j)->group == i)
          group->settings[group->n_settings++] = j;
      g_qsort_with_data (group->runs, (int) group->n_runs, sizeof *group->runs, compare_runs, self);
      g_qsort_with_data (group->settings, (int) group->n_settings, sizeof *group->settings,
                         compare_settings, self);
    }
}

UtComparison *
ut_comparison_new (UtRun * const *runs,
                   guint          n_runs)
{
  g_return_val_if_fail (runs != NULL || n_runs == 0, NULL);

  UtComparison *self = g_new0 (UtComparison, 1);

  self->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  self->groups = g_ptr_array_new_with_free_func (group_free);
  self->settings = g_ptr_array_new_with_free_func (setting_free);
  for (guint i = 0; i < n_runs; i++)
    {
      Entry entry = { .run = g_object_ref (runs[i]), .figures = ut_run_get_figures (runs[i]),
                      .standing = -1 };

      g_array_append_val (self->entries, entry);
    }
  make_groups (self);
  make_settings (self);
  measure_settings (self);
  rank (self);

  return self;
}

void
ut_comparison_free (UtComparison *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->settings);
  g_ptr_array_unref (self->groups);
  g_array_unref (self->entries);
  g_free (self);
}

/* What there is */

guint
ut_comparison_get_n_runs (const UtComparison *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->entries->len;
}

UtRun *
ut_comparison_get_run (const UtComparison *self,
                       guint               run)
{
  g_return_val_if_fail (run < ut_comparison_get_n_runs (self), NULL);

  return get_entry (self, run)->run;
}

int
ut_comparison_find (const UtComparison *self,
                    UtRun              *run)
{
  g_return_val_if_fail (self != NULL, -1);

  for (guint i = 0; i < self->entries->len; i++)
    if (get_entry (self, i)->run == run)
      return (int) i;
  return -1;
}

const UtRunFigures *
ut_comparison_get_figures (const UtComparison *self,
                           guint               run)
{
  g_return_val_if_fail (run < ut_comparison_get_n_runs (self), NULL);

  return &get_entry (self, run)->figures;
}

guint
ut_comparison_get_n_groups (const UtComparison *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->groups->len;
}

const UtComparisonGroup *
ut_comparison_get_group (const UtComparison *self,
                         guint               group)
{
  g_return_val_if_fail (group < ut_comparison_get_n_groups (self), NULL);

  return get_group (self, group);
}

guint
ut_comparison_get_group_of (const UtComparison *self,
                            guint               run)
{
  g_return_val_if_fail (run < ut_comparison_get_n_runs (self), 0);

  return get_entry (self, run)->group;
}

guint
ut_comparison_get_n_settings (const UtComparison *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->settings->len;
}

const UtComparisonSetting *
ut_comparison_get_setting (const UtComparison *self,
                           guint               setting)
{
  g_return_val_if_fail (setting < ut_comparison_get_n_settings (self), NULL);

  const UtComparisonSetting *wanted = get_setting (self, setting);

  if (wanted->name == NULL)
    name_settings (self, get_group (self, wanted->group));

  return wanted;
}

guint
ut_comparison_get_setting_of (const UtComparison *self,
                              guint               run)
{
  g_return_val_if_fail (run < ut_comparison_get_n_runs (self), 0);

  return get_entry (self, run)->setting;
}

void
ut_comparison_set_answers (UtComparison *self,
                           guint         run,
                           UtAnswers    *answers)
{
  g_return_if_fail (run < ut_comparison_get_n_runs (self));

  Entry *entry = get_entry (self, run);
  const UtComparisonGroup *group = get_group (self, entry->group);

  g_clear_pointer (&entry->answers, ut_answers_unref);
  entry->answers = answers != NULL ? ut_answers_ref (answers) : NULL;
  entry->standing = -1;
  if (group->runs[0] == run)
    for (guint i = 0; i < group->n_runs; i++)
      get_entry (self, group->runs[i])->standing = -1;
}

UtAnswers *
ut_comparison_get_answers (const UtComparison *self,
                           guint               run)
{
  g_return_val_if_fail (run < ut_comparison_get_n_runs (self), NULL);

  return get_entry (self, run)->answers;
}

/* Standing */

/* How @run and the best one of its group answered; FALSE where that is not known, or it is the best. */
static gboolean
compare_with_best (const UtComparison *self,
                   guint               run,
                   UtAgreement        *agreement)
{
  const Entry *entry = get_entry (self, run);
  const UtComparisonGroup *group = get_group (self, entry->group);
  const Entry *best = get_entry (self, group->runs[0]);

  if (!group->is_ranked || entry == best || entry->answers == NULL || best->answers == NULL
      || !ut_answers_match (entry->answers, best->answers))
    return FALSE;

  *agreement = ut_answers_compare (best->answers, entry->answers);
  return TRUE;
}

static UtStanding
find_standing (const UtComparison *self,
               guint               run)
{
  const Entry *entry = get_entry (self, run);
  const UtComparisonGroup *group = get_group (self, entry->group);
  const Entry *best = get_entry (self, group->runs[0]);
  UtAgreement agreement;

  if (!group->is_ranked || isnan (entry->figures.accuracy))
    return UT_STANDING_NONE;
  if (entry == best)
    return UT_STANDING_BEST;
  /* Then each is alone right on as many rows as the other. */
  if (entry->figures.accuracy == best->figures.accuracy)
    return UT_STANDING_NEAR;
  if (!compare_with_best (self, run, &agreement))
    return UT_STANDING_UNKNOWN;

  return ut_mcnemar_p (&agreement) >= LEVEL ? UT_STANDING_NEAR : UT_STANDING_BEHIND;
}

UtStanding
ut_comparison_get_standing (const UtComparison *self,
                            guint               run)
{
  g_return_val_if_fail (run < ut_comparison_get_n_runs (self), UT_STANDING_NONE);

  Entry *entry = get_entry (self, run);

  if (entry->standing < 0)
    entry->standing = (int) find_standing (self, run);

  return (UtStanding) entry->standing;
}

double
ut_comparison_get_p (const UtComparison *self,
                     guint               run)
{
  UtAgreement agreement;

  g_return_val_if_fail (run < ut_comparison_get_n_runs (self), NAN);

  return compare_with_best (self, run, &agreement) ? ut_mcnemar_p (&agreement) : NAN;
}

double
ut_comparison_get_share_alike (const UtComparison *self,
                               guint               run)
{
  UtAgreement agreement;

  g_return_val_if_fail (run < ut_comparison_get_n_runs (self), NAN);

  if (!compare_with_best (self, run, &agreement))
    return NAN;

  double n_alike = (double) (agreement.n_both + agreement.n_neither);

  return n_alike / (n_alike + (double) (agreement.n_first + agreement.n_second));
}

UtStanding
ut_comparison_get_setting_standing (const UtComparison *self,
                                    guint               setting)
{
  g_return_val_if_fail (setting < ut_comparison_get_n_settings (self), UT_STANDING_NONE);

  const UtComparisonSetting *one = get_setting (self, setting);
  const UtComparisonGroup *group = get_group (self, one->group);
  UtTTest test;
  gboolean is_paired;

  if (!group->is_ranked || one->accuracy.n == 0)
    return UT_STANDING_NONE;
  if (group->settings[0] == setting)
    return UT_STANDING_BEST;
  if (!ut_comparison_test_settings (self, group->settings[0], setting, &test, &is_paired))
    return UT_STANDING_UNKNOWN;

  return test.p >= LEVEL ? UT_STANDING_NEAR : UT_STANDING_BEHIND;
}

double
ut_comparison_get_setting_p (const UtComparison *self,
                             guint               setting)
{
  g_return_val_if_fail (setting < ut_comparison_get_n_settings (self), NAN);

  guint best = get_group (self, get_setting (self, setting)->group)->settings[0];
  UtTTest test;
  gboolean is_paired;

  if (best == setting || !ut_comparison_test_settings (self, best, setting, &test, &is_paired))
    return NAN;

  return test.p;
}

gboolean
ut_comparison_test_settings (const UtComparison *self,
                             guint               first,
                             guint               second,
                             UtTTest            *test,
                             gboolean           *is_paired)
{
  g_return_val_if_fail (first < ut_comparison_get_n_settings (self), FALSE);
  g_return_val_if_fail (second < ut_comparison_get_n_settings (self), FALSE);
  g_return_val_if_fail (test != NULL, FALSE);
  g_return_val_if_fail (is_paired != NULL, FALSE);

  gsize n_seeds[2];
  g_autofree guint *of_first = list_seeds (self, get_setting (self, first), &n_seeds[0]);
  g_autofree guint *of_second = list_seeds (self, get_setting (self, second), &n_seeds[1]);
  g_autofree double *a = dup_accuracies (self, of_first, n_seeds[0]);
  g_autofree double *b = dup_accuracies (self, of_second, n_seeds[1]);

  *is_paired = n_seeds[0] == n_seeds[1];
  for (gsize i = 0; i < n_seeds[0] && *is_paired; i++)
    *is_paired = get_seed (self, of_first[i]) == get_seed (self, of_second[i]);

  if (get_setting (self, first)->group != get_setting (self, second)->group
      || !get_group (self, get_setting (self, first)->group)->is_ranked)
    return FALSE;
  if (!(*is_paired ? ut_t_test_paired (a, b, n_seeds[0], test)
                   : ut_t_test_welch (a, n_seeds[0], b, n_seeds[1], test)))
    return FALSE;

  /* Without any spread there is nothing to hold a difference against. */
  return isfinite (test->t);
}

/* Sentences */

char *
ut_p_describe (double p)
{
  int n_digits = p >= 0.1 ? 2 : 3;
  double unit = n_digits == 2 ? 100 : 1000;

  if (!(p >= 0))
    return g_strdup (_("p unknown"));
  if (p < 0.001)
    return g_strdup_printf (_("p < %.3f"), 0.001);
  if (p >= 0.995)
    return g_strdup (_("p = 1"));
  /* What is said of it must be seen. */
  if (p < LEVEL && round (p * unit) / unit >= LEVEL)
    return g_strdup_printf (_("p < %.2f"), LEVEL);

  return g_strdup_printf (_("p = %.*f"), n_digits, p);
}

/* A difference of accuracies that go in steps of 1 / @n_rows. */
static char *
dup_difference (double value,
                gsize  n_rows)
{
  int n_digits = n_rows > 50000 ? 5 : n_rows > 5000 ? 4 : 3;
  g_autofree char *digits = g_strdup_printf ("%.*f", n_digits, fabs (value));

  return value < 0 && strpbrk (digits, "123456789") != NULL ? g_strconcat ("−", digits, NULL)
                                                            : g_steal_pointer (&digits);
}

static char *
describe_interval (double     difference,
                   UtInterval interval,
                   gsize      n_rows)
{
  g_autofree char *value = dup_difference (difference, n_rows);
  g_autofree char *low = dup_difference (interval.low, n_rows);
  g_autofree char *high = dup_difference (interval.high, n_rows);

  /* Translators: a difference and its interval of 95 %, as "0.004 (95 %: −0.002 to 0.010)". */
  return g_strdup_printf (_("%s (95 %%: %s to %s)"), value, low, high);
}

static char *
describe_agreement (const char        *first,
                    const char        *second,
                    const UtAgreement *agreement,
                    double             p_value)
{
  g_autofree char *p = ut_p_describe (p_value);
  gsize n_rows = (gsize) (agreement->n_both + agreement->n_first + agreement->n_second
                          + agreement->n_neither);
  gulong n_first = (gulong) agreement->n_first;
  gulong n_second = (gulong) agreement->n_second;

  if (n_first == n_second)
    /* Translators: names of two runs, twice a number of rows, "p = 1", and the number of all rows. */
    return g_strdup_printf (ngettext ("%1$s and %2$s are each right on %3$'lu row where the other is "
                                      "wrong; %4$s: these two models cannot be told apart on %5$'zu "
                                      "rows.",
                                      "%1$s and %2$s are each right on %3$'lu rows where the other "
                                      "is wrong; %4$s: these two models cannot be told apart on "
                                      "%5$'zu rows.", n_first),
                            first, second, n_first, p, n_rows);
  if (p_value >= LEVEL)
    return g_strdup_printf (ngettext ("%1$s is right on %2$'lu row where %3$s is wrong, %4$'lu the "
                                      "other way; %5$s: these two models cannot be told apart on "
                                      "%6$'zu rows.",
                                      "%1$s is right on %2$'lu rows where %3$s is wrong, %4$'lu the "
                                      "other way; %5$s: these two models cannot be told apart on "
                                      "%6$'zu rows.", n_first),
                            first, n_first, second, n_second, p, n_rows);

  return g_strdup_printf (ngettext ("%1$s is right on %2$'lu row where %3$s is wrong, %4$'lu the "
                                    "other way; %5$s: of these two models, %1$s does better on rows "
                                    "like these %6$'zu.",
                                    "%1$s is right on %2$'lu rows where %3$s is wrong, %4$'lu the "
                                    "other way; %5$s: of these two models, %1$s does better on rows "
                                    "like these %6$'zu.", n_first),
                          first, n_first, second, n_second, p, n_rows);
}

char *
ut_comparison_describe_runs (const UtComparison *self,
                             guint               first,
                             guint               second)
{
  g_return_val_if_fail (first < ut_comparison_get_n_runs (self), NULL);
  g_return_val_if_fail (second < ut_comparison_get_n_runs (self), NULL);

  const Entry *a = get_entry (self, first);
  const Entry *b = get_entry (self, second);
  const char *name_a = ut_run_get_name (a->run);
  const char *name_b = ut_run_get_name (b->run);

  if (a->answers == NULL || b->answers == NULL)
    return g_strdup_printf (_("What %s answered on its rows is not known, so that the two cannot be "
                              "compared."), a->answers == NULL ? name_a : name_b);
  if (!ut_answers_match (a->answers, b->answers))
    return g_strdup_printf (_("%s and %s were checked on different rows: their figures do not "
                              "compare."), name_a, name_b);
  if (!get_group (self, a->group)->is_ranked || !get_group (self, b->group)->is_ranked)
    return g_strdup_printf (_("%s runs as the notebook's code does: its figures are no match for "
                              "those of others."),
                            get_group (self, a->group)->is_ranked ? name_b : name_a);

  UtAgreement agreement = ut_answers_compare (a->answers, b->answers);

  /* The one that is right more often comes first. */
  if (agreement.n_first < agreement.n_second)
    return ut_comparison_describe_runs (self, second, first);

  gsize n_rows = ut_answers_get_n_rows (a->answers);

  if (agreement.n_first + agreement.n_second == 0)
    return g_strdup_printf (_("%s and %s are right on the same rows: these two models cannot be told "
                              "apart on %'zu rows."), name_a, name_b, n_rows);

  g_autofree char *sentence = describe_agreement (name_a, name_b, &agreement,
                                                  ut_mcnemar_p (&agreement));
  double difference = (double) (agreement.n_first - agreement.n_second) / (double) n_rows;
  g_autofree char *interval = describe_interval (difference, ut_bootstrap_difference (&agreement),
                                                 n_rows);

  /* Translators: a sentence; then "0.008 (95 %: −0.009 to 0.025)". */
  return g_strdup_printf (_("%s The difference in accuracy is %s."), sentence, interval);
}

/* Why there is no test of two settings: (transfer full). */
static char *
describe_no_test (const UtComparison        *self,
                  const UtComparisonSetting *a,
                  const UtComparisonSetting *b)
{
  const UtComparisonSetting *few = a->accuracy.n < b->accuracy.n ? a : b;

  if (a->group != b->group)
    return g_strdup_printf (_("%s and %s were checked on different rows: their figures do not "
                              "compare."), a->name, b->name);
  if (!get_group (self, a->group)->is_ranked)
    return g_strdup (_("As the notebook's code runs, figures are not compared."));
  if (few->accuracy.n < 2)
    return g_strdup_printf (ngettext ("%s was trained with %zu seed: to speak of settings, each needs "
                                      "two seeds or more.",
                                      "%s was trained with %zu seeds: to speak of settings, each needs "
                                      "two seeds or more.", few->accuracy.n),
                            few->name, few->accuracy.n);

  return g_strdup_printf (_("The accuracies of %s and %s do not vary with the seed, so that there is "
                            "no chance to hold their difference against."), a->name, b->name);
}

char *
ut_comparison_describe_settings (const UtComparison *self,
                                 guint               first,
                                 guint               second)
{
  g_return_val_if_fail (first < ut_comparison_get_n_settings (self), NULL);
  g_return_val_if_fail (second < ut_comparison_get_n_settings (self), NULL);

  const UtComparisonSetting *a = ut_comparison_get_setting (self, first);
  const UtComparisonSetting *b = ut_comparison_get_setting (self, second);
  UtTTest test;
  gboolean is_paired;

  if (b->accuracy.mean > a->accuracy.mean)
    return ut_comparison_describe_settings (self, second, first);
  if (!ut_comparison_test_settings (self, first, second, &test, &is_paired))
    return describe_no_test (self, a, b);

  gsize n_rows = ut_run_get_n_development_rows (get_entry (self, a->runs[0])->run);
  g_autofree char *interval = describe_interval (test.difference, test.interval, n_rows);
  g_autofree char *p = ut_p_describe (test.p);
  g_autofree char *seeds =
    a->accuracy.n == b->accuracy.n
      ? g_strdup_printf (ngettext ("over %zu seed each", "over %zu seeds each", a->accuracy.n),
                         a->accuracy.n)
      : g_strdup_printf (_("over %zu and %zu seeds"), a->accuracy.n, b->accuracy.n);
  const char *name = is_paired ? _("paired t test on the same seeds") : _("Welch's t test");

  if (test.p >= LEVEL)
    /* Translators: two settings; "over 5 seeds each"; "0.004 (95 %: −0.002 to 0.010)"; "paired t test
     * on the same seeds"; "p = 0.15". */
    return g_strdup_printf (_("%s and %s, %s: mean difference %s, %s, %s: what the seed does may be "
                              "all of it; these settings cannot be told apart."),
                            a->name, b->name, seeds, interval, name, p);

  return g_strdup_printf (_("%1$s and %2$s, %3$s: mean difference %4$s, %5$s, %6$s: on these rows "
                            "%1$s does better on average over seeds."),
                          a->name, b->name, seeds, interval, name, p);
}

char *
ut_comparison_dup_warning (const UtComparison *self,
                           guint               group)
{
  g_return_val_if_fail (group < ut_comparison_get_n_groups (self), NULL);

  const UtComparisonGroup *one = get_group (self, group);

  if (!one->is_ranked || one->n_checked <= UT_COMPARISON_MANY)
    return NULL;

  return g_strdup_printf (_("The best of %'u is chosen on these rows and looks better than it is. "
                            "Check it once on held-out rows."), one->n_checked);
}

char *
ut_comparison_dup_pairs_note (guint n_pairs)
{
  if (n_pairs < 2)
    return NULL;

  return g_strdup_printf (_("Each p is that of one test alone, not corrected for there being %'u: of "
                            "20 pairs that do not differ, one falls below 0.05 by chance."),
                          n_pairs);
}
