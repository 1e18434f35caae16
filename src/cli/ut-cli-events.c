/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-events.h"

void
ut_cli_events_write_update (UtCliOutput           *output,
                            const UtTrainerUpdate *update)
{
  g_autoptr (GString) log = g_string_new (NULL);
  gsize point = 0;

  for (gsize i = 0; i < update->n_new_epochs; i++)
    {
      const UtEpoch *epoch = &update->epochs[i];

      for (; point < update->n_points && update->points[point].step <= epoch->step; point++)
        ut_log_append_point (log, &update->points[point]);
      ut_log_append_epoch (log, epoch);
    }
  for (; point < update->n_points; point++)
    ut_log_append_point (log, &update->points[point]);
  ut_cli_output_write (output, log->str, log->len);
}

void
ut_cli_events_write_run (UtCliOutput *output,
                         UtRun       *run)
{
  UtTrainerUpdate whole = { 0 };

  whole.points = ut_run_get_points (run, &whole.n_points);
  whole.epochs = ut_run_get_epochs (run, &whole.n_new_epochs);
  ut_cli_events_write_update (output, &whole);
}

void
ut_cli_events_write_end (UtCliOutput            *output,
                         const UtTrainingResult *result)
{
  g_autoptr (GString) log = g_string_new (NULL);

  ut_log_append_done (log, result->checked ? &result->best : NULL, result->seconds);
  ut_cli_output_write (output, log->str, log->len);
}

void
ut_cli_events_write_error (UtCliOutput  *output,
                           const GError *error)
{
  g_autoptr (GString) log = g_string_new (NULL);

  ut_log_append_error (log, error->message);
  ut_cli_output_write (output, log->str, log->len);
}
