/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-comparison-table.h"

#include "ut-differences.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MISSING "–"

/* A row in the making: its cells in the order of the columns. */
typedef GPtrArray Cells;

const char *
ut_standing_describe (UtStanding standing)
{
  switch (standing)
    {
    case UT_STANDING_BEST:
      return C_("among runs", "best");
    case UT_STANDING_NEAR:
      return C_("among runs", "≈ best");
    case UT_STANDING_NONE:
    case UT_STANDING_BEHIND:
    case UT_STANDING_UNKNOWN:
    default:
      return "";
    }
}

static void
add_text (Cells      *cells,
          const char *text)
{
  g_ptr_array_add (cells, g_strdup (text));
}

/* As programs read it, whatever the locale. */
static void
add_number (Cells  *cells,
            double  value,
            int     n_digits)
{
  char format[8];
  char buffer[G_ASCII_DTOSTR_BUF_SIZE + 64];

  if (!isfinite (value))
    {
      add_text (cells, MISSING);
      return;
    }
  g_snprintf (format, sizeof format, "%%.%df", n_digits);
  add_text (cells, g_ascii_formatd (buffer, sizeof buffer, format, value));
}

static void
add_p (Cells  *cells,
       double  p)
{
  if (p < 0.0001)
    add_text (cells, "<0.0001");
  else
    add_number (cells, p, 4);
}

static void
add_count (Cells  *cells,
           gint64  count)
{
  g_ptr_array_add (cells, g_strdup_printf ("%" G_GINT64_FORMAT, count));
}

static void
end_row (UtTableText *table,
         Cells       *cells)
{
  g_ptr_array_add (cells, NULL);
  ut_table_text_add_row (table, (const char * const *) cells->pdata);
  g_ptr_array_set_size (cells, 0);
}

/* Whether a column of its own shows it, or the rows' heading. */
static gboolean
is_shown (const UtDifference *difference)
{
  static const char * const shown[] = { "cell", "seed", "data", "dev", NULL };

  return g_strv_contains (shown, difference->key);
}

/* Returns: (transfer full): the settings in which @configs differ, without those that have columns of
 * their own. */
static GPtrArray *
list_differences (UtConfig * const *configs,
                  guint             n_configs)
{
  GPtrArray *differences = ut_differences_list (configs, n_configs);

  for (guint i = differences->len; i > 0; i--)
    if (is_shown (g_ptr_array_index (differences, i - 1)))
      g_ptr_array_remove_index (differences, i - 1);

  return differences;
}

static void
add_difference_columns (UtTableText *table,
                        GPtrArray   *differences)
{
  for (guint i = 0; i < differences->len; i++)
    {
      const UtDifference *difference = g_ptr_array_index (differences, i);

      ut_table_text_add_column (table, difference->title, difference->numbers != NULL);
    }
}

static void
add_differences (Cells     *cells,
                 GPtrArray *differences,
                 guint      config)
{
  for (guint i = 0; i < differences->len; i++)
    add_text (cells,
              ((const UtDifference *) g_ptr_array_index (differences, i))->values[config]);
}

/* Where runs of several groups are listed, each says of which it is. */
static void
add_group_column (const UtComparison *self,
                  UtTableText        *table)
{
  if (ut_comparison_get_n_groups (self) > 1)
    ut_table_text_add_column (table, _("Rows"), FALSE);
}

static void
add_group (const UtComparison *self,
           guint               group,
           Cells              *cells)
{
  if (ut_comparison_get_n_groups (self) > 1)
    add_text (cells, ut_comparison_get_group (self, group)->title);
}

/* Runs */

static GPtrArray *
list_run_differences (const UtComparison *self)
{
  guint n_runs = ut_comparison_get_n_runs (self);
  g_autofree UtConfig **configs = g_new (UtConfig *, n_runs);

  for (guint i = 0; i < n_runs; i++)
    configs[i] = ut_run_get_config (ut_comparison_get_run (self, i));

  return list_differences (configs, n_runs);
}

static void
add_run_columns (UtTableText *table)
{
  ut_table_text_add_column (table, _("Name"), FALSE);
  ut_table_text_add_column (table, _("Cell"), FALSE);
  ut_table_text_add_column (table, C_("accuracy", "Best"), TRUE);
  ut_table_text_add_column (table, C_("of a run", "Standing"), FALSE);
  /* Translators: of a test: how probable a difference is by chance. */
  ut_table_text_add_column (table, C_("test", "p"), TRUE);
  /* Translators: the share of the rows that a run answers as the best one does. */
  ut_table_text_add_column (table, _("Alike"), TRUE);
  ut_table_text_add_column (table, _("Epoch"), TRUE);
  ut_table_text_add_column (table, C_("accuracy", "Last"), TRUE);
  /* Translators: training accuracy less validation accuracy. */
  ut_table_text_add_column (table, C_("accuracy", "Gap"), TRUE);
  ut_table_text_add_column (table, _("Seconds"), TRUE);
  ut_table_text_add_column (table, _("Steps/s"), TRUE);
  ut_table_text_add_column (table, _("Weights"), TRUE);
  ut_table_text_add_column (table, _("Seed"), TRUE);
}

static void
add_run (const UtComparison *self,
         guint               run,
         Cells              *cells)
{
  UtRun *one = ut_comparison_get_run (self, run);
  UtConfig *config = ut_run_get_config (one);
  const UtRunFigures *figures = ut_comparison_get_figures (self, run);

  add_text (cells, ut_run_get_name (one));
  add_text (cells, ut_cell_kind_get_title (ut_config_get_cell (config)));
  add_number (cells, figures->accuracy, 4);
  add_text (cells, ut_standing_describe (ut_comparison_get_standing (self, run)));
  add_p (cells, ut_comparison_get_p (self, run));
  add_number (cells, ut_comparison_get_share_alike (self, run), 4);
  add_number (cells, figures->epoch >= 0 ? figures->epoch : NAN, 0);
  add_number (cells, figures->last, 4);
  add_number (cells, figures->gap, 4);
  add_number (cells, figures->seconds, 1);
  add_number (cells, figures->steps_per_second, 1);
  if (figures->n_weights > 0)
    add_count (cells, (gint64) figures->n_weights);
  else
    add_text (cells, MISSING);
  add_count (cells, ut_config_get_int (config, UT_SETTING_SEED));
}

static void
add_tags (Cells *cells,
          UtRun *run)
{
  const char * const *tags = ut_run_get_tags (run);

  g_ptr_array_add (cells, tags != NULL ? g_strjoinv (", ", (char **) tags) : g_strdup (""));
}

UtTableText *
ut_comparison_make_run_table (const UtComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  UtTableText *table = ut_table_text_new ();
  g_autoptr (GPtrArray) differences = list_run_differences (self);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  add_run_columns (table);
  add_difference_columns (table, differences);
  add_group_column (self, table);
  ut_table_text_add_column (table, _("Tags"), FALSE);

  for (guint i = 0; i < ut_comparison_get_n_groups (self); i++)
    {
      const UtComparisonGroup *group = ut_comparison_get_group (self, i);

      for (guint j = 0; j < group->n_runs; j++)
        {
          add_run (self, group->runs[j], cells);
          add_differences (cells, differences, group->runs[j]);
          add_group (self, i, cells);
          add_tags (cells, ut_comparison_get_run (self, group->runs[j]));
          end_row (table, cells);
        }
    }
  return table;
}

/* Settings */

static GPtrArray *
list_setting_differences (const UtComparison *self)
{
  guint n_settings = ut_comparison_get_n_settings (self);
  g_autofree UtConfig **configs = g_new (UtConfig *, n_settings);

  for (guint i = 0; i < n_settings; i++)
    configs[i] = ut_comparison_get_setting (self, i)->config;

  return list_differences (configs, n_settings);
}

/* The best accuracy of @setting's runs. */
static double
find_best (const UtComparison        *self,
           const UtComparisonSetting *setting)
{
  double best = NAN;

  for (guint i = 0; i < setting->n_runs; i++)
    best = fmax (best, ut_comparison_get_figures (self, setting->runs[i])->accuracy);

  return best;
}

static void
add_setting (const UtComparison *self,
             guint               setting,
             Cells              *cells)
{
  const UtComparisonSetting *one = ut_comparison_get_setting (self, setting);
  UtRun *run = ut_comparison_get_run (self, one->runs[0]);

  add_text (cells, ut_run_get_n_members (run) > 0
                   ? ut_run_get_name (run)
                   : ut_cell_kind_get_title (ut_config_get_cell (one->config)));
  add_count (cells, (gint64) one->accuracy.n);
  add_number (cells, one->accuracy.mean, 4);
  add_number (cells, one->accuracy.deviation, 4);
  add_number (cells, one->accuracy.interval.low, 4);
  add_number (cells, one->accuracy.interval.high, 4);
  add_number (cells, find_best (self, one), 4);
  add_text (cells, ut_standing_describe (ut_comparison_get_setting_standing (self, setting)));
  add_p (cells, ut_comparison_get_setting_p (self, setting));
}

UtTableText *
ut_comparison_make_setting_table (const UtComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  UtTableText *table = ut_table_text_new ();
  g_autoptr (GPtrArray) differences = list_setting_differences (self);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  ut_table_text_add_column (table, _("Cell"), FALSE);
  ut_table_text_add_column (table, _("Seeds"), TRUE);
  ut_table_text_add_column (table, _("Mean accuracy"), TRUE);
  ut_table_text_add_column (table, _("Deviation"), TRUE);
  /* Translators: the ends of the interval of 95 % of a mean. xgettext:no-c-format */
  ut_table_text_add_column (table, _("95 % from"), TRUE);
  ut_table_text_add_column (table, C_("95 %", "to"), TRUE);
  ut_table_text_add_column (table, C_("accuracy", "Best"), TRUE);
  ut_table_text_add_column (table, C_("of a run", "Standing"), FALSE);
  ut_table_text_add_column (table, C_("test", "p"), TRUE);
  add_difference_columns (table, differences);
  add_group_column (self, table);

  for (guint i = 0; i < ut_comparison_get_n_groups (self); i++)
    {
      const UtComparisonGroup *group = ut_comparison_get_group (self, i);

      for (guint j = 0; j < group->n_settings; j++)
        {
          add_setting (self, group->settings[j], cells);
          add_differences (cells, differences, group->settings[j]);
          add_group (self, i, cells);
          end_row (table, cells);
        }
    }
  return table;
}
