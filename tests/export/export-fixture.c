/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "export-fixture.h"

#include <gio/gio.h>
#include <math.h>
#include <ut-run-private.h>

/* 1 January 2026. */
#define CREATED (G_GINT64_CONSTANT (1767225600) * G_USEC_PER_SEC)

static void
fill (UtRunRecord *record,
      guint        seed,
      guint        n_epochs,
      guint        n_steps)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_points = n_epochs * n_steps;

  for (guint i = 0; i < n_points; i++)
    {
      double done = (double) i / n_points;
      UtPoint point = {
        .step = i + 1,
        .epoch = i / n_steps + 1,
        .loss = 0.7 * exp (-3 * done) + 0.3 * g_rand_double (rand),
        .accuracy = (double) g_rand_int_range (rand, 12 + (int) (done * 18), 33) / 32,
      };

      g_array_append_val (record->points, point);
    }
  for (guint i = 0; i < n_epochs; i++)
    {
      double done = (double) i / n_epochs;
      UtEpoch epoch = {
        .epoch = i + 1,
        .step = (guint64) (i + 1) * n_steps,
        .train_loss = 0.7 * exp (-3 * done),
        .train_accuracy = 0.5 + 0.45 * done,
        .val_loss = 0.6 - 0.4 * done + 0.5 * done * done,
        .val_accuracy = 0.5 + 0.6 * done - 0.3 * done * done + 0.01 * g_rand_double (rand),
        .seconds = 10,
        .steps_per_second = n_steps / 10.0,
      };

      g_array_append_val (record->epochs, epoch);
    }
  record->last_step = n_points;
  record->last_epoch = n_epochs;
}

UtRun *
export_fixture_run (const char *name,
                    guint       seed,
                    guint       n_epochs,
                    guint       n_steps)
{
  UtConfigBuilder *builder = ut_config_builder_new (NULL);
  UtRunRecord *record = g_new0 (UtRunRecord, 1);
  g_autoptr (GError) error = NULL;

  ut_config_builder_set_cell (builder, UT_CELL_GRU);
  ut_config_builder_set_number (builder, UT_SETTING_SEED, seed);
  ut_config_builder_set_number (builder, UT_SETTING_EPOCHS, MAX (n_epochs, 1));
  record->id = g_strdup_printf ("20260101-000000-%04x", seed);
  record->name = g_strdup (name);
  record->config = ut_config_builder_end (builder, &error);
  g_assert_no_error (error);
  record->created = CREATED + seed * G_USEC_PER_SEC;
  record->style = seed - 1;
  record->shown = TRUE;
  record->state = UT_RUN_FINISHED;
  record->majority = 0.509;
  record->points = g_array_new (FALSE, FALSE, sizeof (UtPoint));
  record->epochs = g_array_new (FALSE, FALSE, sizeof (UtEpoch));
  fill (record, seed, n_epochs, n_steps);
  return _ut_run_new (record, NULL, NULL);
}

GPtrArray *
export_fixture_runs (guint n_runs,
                     guint n_epochs,
                     guint n_steps)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 1; i <= n_runs; i++)
    {
      g_autofree char *name = g_strdup_printf ("GRU %u", i);

      g_ptr_array_add (runs, export_fixture_run (name, i, n_epochs, n_steps));
    }
  return runs;
}

GBytes *
export_fixture_call (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  GBytes *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return output;
}

char *
export_fixture_find (const char *program)
{
  char *path = g_find_program_in_path (program);

  if (path == NULL)
    {
      g_autofree char *reason = g_strdup_printf ("%s is not installed", program);

      g_test_skip (reason);
    }
  return path;
}
