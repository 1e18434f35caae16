/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-lab-error.h"
#include "ut-run-store-private.h"
#include "ut-store-errands-private.h"

#include <glib/gi18n-lib.h>

gboolean
ut_run_can_continue (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), FALSE);

  if (!_ut_run_is_stored (self) || ut_run_is_elsewhere (self) || ut_run_get_n_members (self) > 0)
    return FALSE;

  switch (ut_run_get_state (self))
    {
    case UT_RUN_STOPPED:
    case UT_RUN_INTERRUPTED:
    case UT_RUN_FAILED:
      return TRUE;

    case UT_RUN_QUEUED:
    case UT_RUN_PREPARING:
    case UT_RUN_TRAINING:
    case UT_RUN_CHECKING:
    case UT_RUN_PAUSED:
    case UT_RUN_STOPPING:
    case UT_RUN_FINISHED:
    case UT_RUN_OPENED:
    case UT_RUN_ENSEMBLE:
    default:
      return FALSE;
    }
}

gboolean
ut_run_can_train_further (UtRun *self)
{
  g_return_val_if_fail (UT_IS_RUN (self), FALSE);

  const UtSettingInfo *epochs = ut_setting_get_info (UT_SETTING_EPOCHS);
  gboolean may = ut_run_can_continue (self)
                 || (ut_run_get_state (self) == UT_RUN_FINISHED && _ut_run_has_state (self));

  return may && ut_config_get_int (ut_run_get_config (self), UT_SETTING_EPOCHS) < epochs->maximum;
}

/* Its config, but for one number. */
static UtConfig *
change_number (UtRun      *run,
               UtSetting   setting,
               double      number,
               GError    **error)
{
  UtConfigBuilder *builder = ut_config_builder_new (ut_run_get_config (run));

  ut_config_builder_set_number (builder, setting, number);
  return ut_config_builder_end (builder, error);
}

static void
queue_again (UtRunStore *self,
             UtRun      *run,
             UtConfig   *config,
             gboolean    from_best)
{
  self->n_edits++;
  _ut_run_set_plan (run, config, from_best);
  _ut_run_set_state (run, UT_RUN_QUEUED);
  _ut_store_errands_update (self->worker, run, UT_RUN_FIELDS_COURSE);
  _ut_run_store_enqueue (self, run, NULL);
}

gboolean
ut_run_store_continue (UtRunStore *self,
                       UtRun      *run)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (UT_IS_RUN (run), FALSE);

  if (!ut_run_can_continue (run))
    return FALSE;

  queue_again (self, run, ut_run_get_config (run), FALSE);
  return TRUE;
}

gboolean
ut_run_store_train_further (UtRunStore  *self,
                            UtRun       *run,
                            guint        n_epochs,
                            GError     **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (UT_IS_RUN (run), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  gsize n_done;

  ut_run_get_epochs (run, &n_done);
  if (!ut_run_can_train_further (run) || n_epochs <= n_done)
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN,
                   _("%s cannot be trained to epoch %u."), ut_run_get_name (run), n_epochs);
      return FALSE;
    }

  g_autoptr (UtConfig) config = change_number (run, UT_SETTING_EPOCHS, n_epochs, error);

  if (config == NULL)
    return FALSE;

  queue_again (self, run, config, FALSE);
  return TRUE;
}

gboolean
ut_run_store_continue_slower (UtRunStore  *self,
                              UtRun       *run,
                              GError     **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), FALSE);
  g_return_val_if_fail (UT_IS_RUN (run), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  double rate = ut_config_get_number (ut_run_get_config (run), UT_SETTING_LEARNING_RATE);

  if (!ut_run_can_continue (run))
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN, _("%s cannot be continued."),
                   ut_run_get_name (run));
      return FALSE;
    }

  g_autoptr (UtConfig) config = change_number (run, UT_SETTING_LEARNING_RATE, rate / 2, error);

  if (config == NULL)
    return FALSE;

  queue_again (self, run, config, TRUE);
  return TRUE;
}
