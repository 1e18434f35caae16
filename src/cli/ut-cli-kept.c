/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-kept.h"

#include "ut-cli-error.h"
#include "ut-cli-events.h"
#include "ut-cli-follow.h"
#include "ut-cli-map.h"
#include "ut-cli-progress.h"
#include "ut-cli-report.h"
#include "ut-cli-signals.h"
#include "ut-cli-store.h"
#include "ut-cli-wait.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  UtCliReport *report; /* (not owned) */
  UtCliOutput *log;    /* (not owned) (nullable) */
  UtCorpus *corpus;    /* (not owned) (nullable) */
} UtCliKept;

/* Reading */

static gboolean
give_up_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

UtCorpus *
ut_cli_kept_read_corpus (UtConfig    *config,
                         gboolean     json,
                         UtCliOutput *output,
                         UtCliStatus *status)
{
  g_autoptr (UtCliProgress) progress = ut_cli_progress_new ();
  g_autoptr (UtCliWait) wait = ut_cli_wait_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (UtCliSignals) signals = ut_cli_signals_new (give_up_cb, cancellable);
  g_autoptr (GError) error = NULL;

  ut_cli_progress_show (progress, _("Reading the data"), 0, NULL);
  ut_corpus_read_async (config, cancellable, ut_cli_wait_done_cb, wait);

  UtCorpus *corpus = ut_corpus_read_finish (ut_cli_wait_for (wait), &error);

  ut_cli_progress_clear (progress);
  if (corpus != NULL)
    return corpus;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      ut_cli_say (_("Stopping; nothing was trained yet"));
      *status = UT_CLI_INTERRUPTED;
      return NULL;
    }
  if (json)
    ut_cli_events_write_error (output, error);
  *status = ut_cli_fail (error);
  return NULL;
}

/* Following */

static void
updated (UtRun                 *run,
         const UtTrainerUpdate *update,
         gpointer               data)
{
  UtCliKept *self = data;

  ut_cli_report_update (self->report, update, self->corpus);
  if (self->log == NULL)
    return;
  ut_cli_events_write_update (self->log, update);
  ut_cli_output_flush (self->log);
}

static void
rewound (UtRun    *run,
         gpointer  data)
{
  UtCliKept *self = data;
  gsize n_epochs;
  const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);

  ut_cli_report_set_past (self->report, epochs, n_epochs);
}

static void
stopping (gpointer data)
{
  UtCliKept *self = data;

  ut_cli_report_stopping (self->report);
}

static const UtCliFollowFuncs follow_funcs = { updated, rewound, stopping };

/* What else is wanted */

/* Returns the file, or -1 after saying why it cannot be written. */
static int
open_log (const char *path)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

  if (fd < 0)
    {
      int code = errno;
      g_autofree char *name = g_filename_display_name (path);

      ut_cli_say (_("%s: The file cannot be written: %s"), name, g_strerror (code));
    }
  return fd;
}

static UtCliStatus
write_model (UtRun       *run,
             const char  *path,
             UtCliReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (UtCliWait) wait = ut_cli_wait_new ();

  ut_run_get_model_async (run, NULL, ut_cli_wait_done_cb, wait);

  g_autoptr (UtModel) model = ut_run_get_model_finish (run, ut_cli_wait_for (wait), &error);

  if (model == NULL || !ut_model_save (model, file, NULL, &error))
    return ut_cli_fail (error);
  ut_cli_report_written (report, path);
  return UT_CLI_DONE;
}

/* Returns (transfer full) (nullable): what a run that was stopped in its first epoch has not. */
static UtDataMap *
read_map (UtRun *run)
{
  g_autoptr (UtCliWait) wait = ut_cli_wait_new ();

  ut_run_get_data_map_async (run, NULL, NULL, ut_cli_wait_done_cb, wait);
  return ut_run_get_data_map_finish (run, ut_cli_wait_for (wait), NULL);
}

static UtCliStatus
write_files (UtCliKept              *self,
             UtRun                  *run,
             const UtCliKeptOptions *options,
             const UtTrainingResult *result)
{
  UtCliStatus status = UT_CLI_DONE;

  if (options->model_path != NULL && result->checked)
    status = write_model (run, options->model_path, self->report);
  if (options->map_path != NULL && status == UT_CLI_DONE)
    {
      g_autoptr (UtDataMap) map = read_map (run);

      status = ut_cli_map_write (options->map_path, map, self->corpus);
    }
  return status;
}

static UtCliStatus
end_log (UtCliKept              *self,
         const char             *path,
         const UtTrainingResult *result)
{
  if (self->log == NULL)
    return UT_CLI_DONE;
  if (result->error != NULL)
    ut_cli_events_write_error (self->log, result->error);
  else
    ut_cli_events_write_end (self->log, result);
  ut_cli_output_flush (self->log);
  if (!ut_cli_output_is_closed (self->log))
    return UT_CLI_DONE;

  g_autofree char *name = g_filename_display_name (path);

  ut_cli_say (_("%s: The file could not be written"), name);
  return UT_CLI_FAILED;
}

/* The comparison begins when the run has ended. */
static void
wait_for_comparison (UtRun *run)
{
  while (ut_run_get_reproduction (run) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static UtCliStatus
train (UtCliKept              *self,
       UtRunStore             *store,
       UtRun                  *run,
       const UtCliKeptOptions *options)
{
  UtTrainingResult result;
  guint8 label = 0;

  rewound (run, self);

  UtCliStatus status = ut_cli_follow (store, run, &follow_funcs, self, &result);
  double majority = ut_run_get_majority (run, &label);

  ut_cli_report_set_majority (self->report, majority, label);
  ut_cli_report_end (self->report, &result);

  UtCliStatus logged = end_log (self, options->log_path, &result);
  UtCliStatus written = write_files (self, run, options, &result);

  if (options->again && ut_run_get_best (run) != NULL)
    wait_for_comparison (run);
  ut_run_store_tend (store);
  if (!ut_cli_store_sync (store))
    status = UT_CLI_FAILED;
  else
    ut_cli_report_kept (self->report, run);
  ut_cli_follow_clear (&result);

  return status == UT_CLI_DONE ? MAX (logged, written) : status;
}

UtCliStatus
ut_cli_kept_train (UtRunStore             *store,
                   UtRun                  *run,
                   UtCorpus               *corpus,
                   const UtCliKeptOptions *options,
                   UtCliOutput            *output)
{
  int fd = options->log_path != NULL ? open_log (options->log_path) : -1;

  if (options->log_path != NULL && fd < 0)
    return UT_CLI_FAILED;

  g_autoptr (UtCliReport) report = ut_cli_report_new (output, ut_run_get_config (run),
                                                      ut_run_get_name (run), options->json);
  UtCliKept self = {
    .report = report,
    .log = fd >= 0 ? ut_cli_output_new (fd) : NULL,
    .corpus = corpus,
  };
  UtCliStatus status = train (&self, store, run, options);

  if (fd >= 0)
    {
      ut_cli_output_free (self.log);
      close (fd);
    }
  return status;
}
