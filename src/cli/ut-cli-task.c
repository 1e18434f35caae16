/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-task.h"

#include "ut-cli-error.h"
#include "ut-cli-signals.h"

typedef struct
{
  void (*run) (gpointer data);
  gpointer data;
} Work;

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  const Work *work = data;

  work->run (work->data);
  g_task_return_boolean (task, TRUE);
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_main_loop_quit (data);
}

static gboolean
interrupted_cb (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

void
ut_cli_task_run (void         (*run) (gpointer data),
                 gpointer       data,
                 GCancellable  *cancellable)
{
  Work work = { run, data };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, finished_cb, loop);
  g_autoptr (UtCliSignals) signals = ut_cli_signals_new (interrupted_cb, cancellable);

  g_task_set_source_tag (task, ut_cli_task_run);
  g_task_set_task_data (task, &work, NULL);
  g_task_run_in_thread (task, run_thread);
  g_main_loop_run (loop);
}

UtCliStatus
ut_cli_task_end (const GError *error,
                 UtCliStatus   status)
{
  if (error == NULL)
    return status;

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? UT_CLI_INTERRUPTED
                                                                   : ut_cli_fail (error);
}
