/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-events.h"

/* A look belongs behind its step, and where that ended an epoch behind this. */
static void
append_looks (GString               *log,
              const UtTrainerUpdate *update,
              guint64                before,
              gsize                 *look)
{
  for (; *look < update->n_looks && update->looks[*look]->step < before; (*look)++)
    ut_log_append_look (log, update->looks[*look]);
}

void
ut_cli_events_write_update (UtCliOutput           *output,
                            const UtTrainerUpdate *update)
{
  g_autoptr (GString) log = g_string_new (NULL);
  gsize look = 0;
  gsize epoch = 0;

  for (gsize i = 0; i < update->n_points; i++)
    {
      const UtPoint *point = &update->points[i];

      for (; epoch < update->n_new_epochs && update->epochs[epoch].step < point->step; epoch++)
        {
          append_looks (log, update, update->epochs[epoch].step, &look);
          ut_log_append_epoch (log, &update->epochs[epoch]);
        }
      append_looks (log, update, point->step, &look);
      ut_log_append_point (log, point);
    }
  for (; epoch < update->n_new_epochs; epoch++)
    {
      append_looks (log, update, update->epochs[epoch].step, &look);
      ut_log_append_epoch (log, &update->epochs[epoch]);
    }
  append_looks (log, update, G_MAXUINT64, &look);
  ut_cli_output_write (output, log->str, log->len);
}

void
ut_cli_events_write_run (UtCliOutput *output,
                         UtRun       *run)
{
  UtTrainerUpdate whole = { 0 };

  whole.points = ut_run_get_points (run, &whole.n_points);
  whole.epochs = ut_run_get_epochs (run, &whole.n_new_epochs);
  whole.looks = ut_run_get_looks (run, &whole.n_looks);
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
