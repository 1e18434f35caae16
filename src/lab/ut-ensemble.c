/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-ensemble.h"

#include "ut-run-private.h"

/* A failed run may not have been able to write its model. What a run as the notebook's code runs
 * gives has no mean. */
static gboolean
has_model_file (UtRun *run)
{
  UtRunState state = ut_run_get_state (run);

  return _ut_run_get_folder (run) != NULL && ut_run_get_best (run) != NULL
         && (state == UT_RUN_FINISHED || state == UT_RUN_STOPPED || state == UT_RUN_INTERRUPTED)
         && !ut_config_is_as_coded (ut_run_get_config (run));
}

/* Held out rows depend on the training file and on the seed. */
static gboolean
has_same_rows (const UtConfig *a,
               const UtConfig *b)
{
  gboolean held_out = ut_config_get_data (a) == NULL && ut_config_get_dev_path (a) == NULL;

  return g_strcmp0 (ut_config_get_data (a), ut_config_get_data (b)) == 0
         && g_strcmp0 (ut_config_get_dev_path (a), ut_config_get_dev_path (b)) == 0
         && (!held_out
             || (g_strcmp0 (ut_config_get_train_path (a), ut_config_get_train_path (b)) == 0
                 && ut_config_get_int (a, UT_SETTING_SEED)
                    == ut_config_get_int (b, UT_SETTING_SEED)));
}

gboolean
ut_ensemble_can_join (UtRun *run,
                      UtRun *other)
{
  g_return_val_if_fail (UT_IS_RUN (run), FALSE);
  g_return_val_if_fail (UT_IS_RUN (other), FALSE);

  return has_model_file (run) && has_model_file (other)
         && has_same_rows (ut_run_get_config (run), ut_run_get_config (other));
}

GPtrArray *
ut_ensemble_list_shown (UtRunStore *store)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (store), NULL);

  GListModel *runs = G_LIST_MODEL (store);
  GPtrArray *shown = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_runs = g_list_model_get_n_items (runs);

  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (runs, i);

      if (!ut_run_get_shown (run) || !ut_ensemble_can_join (run, run))
        continue;
      if (shown->len == UT_MODEL_MAX_MEMBERS
          || (shown->len > 0 && !ut_ensemble_can_join (run, g_ptr_array_index (shown, 0))))
        {
          g_ptr_array_set_size (shown, 0);
          break;
        }
      g_ptr_array_add (shown, g_steal_pointer (&run));
    }

  return shown;
}
