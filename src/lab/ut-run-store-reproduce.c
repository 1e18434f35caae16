/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-lab-error.h"
#include "ut-run-store-private.h"
#include "ut-store-errands-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

UtRun *
ut_run_store_reproduce (UtRunStore  *self,
                        UtRun       *run,
                        GError     **error)
{
  g_return_val_if_fail (UT_IS_RUN_STORE (self), NULL);
  g_return_val_if_fail (UT_IS_RUN (run), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!_ut_run_is_stored (run) || ut_run_get_n_members (run) > 0 || ut_run_get_best (run) == NULL)
    {
      g_set_error (error, UT_LAB_ERROR, UT_LAB_ERROR_RUN,
                   _("%s has not trained here, so that it cannot be repeated."),
                   ut_run_get_name (run));
      return NULL;
    }

  return _ut_run_store_add_again (self, run, error);
}

static char *
describe (UtRun                   *original,
          const UtStoreComparison *comparison)
{
  const char *name = ut_run_get_name (original);

  if (comparison->difference > 0)
    return g_strdup_printf (_("Differs from %s from step %'" PRIu64 " on."), name,
                            comparison->difference);
  if (!comparison->is_whole)
    return g_strdup_printf (_("Identical to %s as far as both go, to step %'" PRIu64 "."), name,
                            comparison->n_steps);
  if (!comparison->same_model)
    return g_strdup_printf (_("Every step is that of %s, but the model's file differs."), name);

  return g_strdup_printf (_("Identical to %s to the last bit."), name);
}

typedef struct
{
  UtRunStore *store; /* (owned) */
  UtRun *original;   /* (owned) */
  UtRun *run;        /* (owned) */
} Comparing;

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autofree Comparing *comparing = data;
  g_autoptr (UtRunStore) self = comparing->store;
  g_autoptr (UtRun) original = comparing->original;
  g_autoptr (UtRun) run = comparing->run;
  g_autoptr (GError) error = NULL;
  UtStoreComparison comparison;
  g_autofree char *text = NULL;

  if (_ut_store_errands_compare_finish (result, &comparison, &error))
    text = describe (original, &comparison);
  else
    text = g_strdup_printf (_("Could not be compared with %s: %s"), ut_run_get_name (original),
                            error->message);
  _ut_run_set_reproduction (run, text);
  _ut_store_errands_update (self->worker, run, UT_RUN_FIELDS_COURSE);
}

void
_ut_run_store_compare (UtRunStore *self,
                       UtRun      *run)
{
  const char *id = _ut_run_get_record (run)->reproduces;
  UtRun *original = id != NULL ? _ut_run_store_find (self, id) : NULL;

  /* Without a model there is nothing to compare. */
  if (id == NULL || ut_run_get_best (run) == NULL)
    return;
  if (original == NULL)
    {
      _ut_run_set_reproduction (run, _("The run that it repeats is not there any more."));
      _ut_store_errands_update (self->worker, run, UT_RUN_FIELDS_COURSE);
      return;
    }

  Comparing *comparing = g_new (Comparing, 1);

  *comparing = (Comparing) { g_object_ref (self), g_object_ref (original), g_object_ref (run) };
  _ut_store_errands_compare_async (self->worker, original, run, compared_cb, comparing);
}
