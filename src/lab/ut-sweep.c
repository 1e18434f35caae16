/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-sweep.h"

#include "ut-lab-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

double *
ut_sweep_axis_parse (UtSetting    setting,
                     const char  *text,
                     gsize       *n_values,
                     GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (n_values != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_auto (GStrv) parts = g_strsplit (text, strchr (text, ';') != NULL ? ";" : ",", -1);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (gsize i = 0; i == 0 || parts[i] != NULL; i++)
    {
      const char *part = parts[i] != NULL ? g_strstrip (parts[i]) : "";
      double value;

      if (!ut_setting_parse (setting, part, &value, error)
          || !ut_setting_check (setting, value, error))
        return NULL;
      for (guint j = 0; j < values->len; j++)
        {
          if (g_array_index (values, double, j) == value)
            {
              g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING, _("%s: %s is there twice"),
                           ut_setting_get_title (setting), part);
              return NULL;
            }
        }
      g_array_append_val (values, value);
    }

  *n_values = values->len;
  return (double *) (void *) g_array_free (g_steal_pointer (&values), FALSE);
}

/* The value that @axis has in the combination @index, of which it takes its part. */
static double
take_value (const UtSweepAxis *axis,
            gsize             *index)
{
  double value = axis->values[*index % axis->n_values];

  *index /= axis->n_values;
  return value;
}

static UtConfig *
make_config (UtConfig           *base,
             UtCellKind          cell,
             const UtSweepAxis  *axes,
             gsize               n_axes,
             gsize               index,
             guint               seed,
             GError            **error)
{
  UtConfigBuilder *builder = ut_config_builder_new (base);

  ut_config_builder_set_cell (builder, cell);
  for (gsize i = n_axes; i > 0; i--)
    ut_config_builder_set_number (builder, axes[i - 1].setting, take_value (&axes[i - 1], &index));
  ut_config_builder_set_number (builder, UT_SETTING_SEED,
                                ut_config_get_number (base, UT_SETTING_SEED) + seed);

  return ut_config_builder_end (builder, error);
}

GPtrArray *
ut_sweep_expand (UtConfig           *base,
                 const UtCellKind   *cells,
                 gsize               n_cells,
                 const UtSweepAxis  *axes,
                 gsize               n_axes,
                 guint               n_seeds,
                 GError            **error)
{
  g_return_val_if_fail (base != NULL, NULL);
  g_return_val_if_fail (cells != NULL && n_cells > 0, NULL);
  g_return_val_if_fail (axes != NULL || n_axes == 0, NULL);
  g_return_val_if_fail (n_seeds > 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GPtrArray) configs = g_ptr_array_new_with_free_func ((GDestroyNotify) ut_config_unref);
  gsize n_combinations = 1;
  gboolean fits = TRUE;

  for (gsize i = 0; i < n_axes; i++)
    {
      if (axes[i].setting == UT_SETTING_SEED)
        {
          g_set_error_literal (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING,
                               _("The seed is no field of a grid: there is a number of seeds."));
          return NULL;
        }
    }
  for (gsize i = 0; i < n_axes && fits; i++)
    fits = g_size_checked_mul (&n_combinations, n_combinations, axes[i].n_values)
           && n_combinations <= UT_SWEEP_MAX_RUNS;
  if (!fits || n_cells > UT_SWEEP_MAX_RUNS || n_seeds > UT_SWEEP_MAX_RUNS
      || n_combinations * n_cells * n_seeds > UT_SWEEP_MAX_RUNS)
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_SETTING, _("At most %'d runs at a time"),
                   UT_SWEEP_MAX_RUNS);
      return NULL;
    }

  for (gsize i = 0; i < n_combinations; i++)
    for (gsize cell = 0; cell < n_cells; cell++)
      for (guint seed = 0; seed < n_seeds; seed++)
        {
          UtConfig *config = make_config (base, cells[cell], axes, n_axes, i, seed, error);

          if (config == NULL)
            return NULL;
          g_ptr_array_add (configs, config);
        }

  return g_steal_pointer (&configs);
}
