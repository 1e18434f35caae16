/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-runs.h"

#include "ut-cli-error.h"
#include "ut-cli-json.h"
#include "ut-cli-output.h"
#include "ut-cli-signals.h"
#include "ut-cli-store.h"
#include "ut-cli-wait.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

static gboolean
interrupted_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static UtCliStatus
fail (const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return ut_cli_fail (error);

  ut_cli_say (_("Interrupted; nothing was changed"));
  return UT_CLI_INTERRUPTED;
}

/* Export */

static const UtCliHelp export_help = {
  .command = "runs export",
  .operands = N_("RUN FOLDER"),
  .n_operands = 2,
  .summary = N_("Makes FOLDER with all there is of a run: its description (config.json), its log\n"
                "(log.jsonl), its model, training state and data map."),
  .examples = N_("Example:\n"
                 "  undertone-cli runs export \"GRU 3\" gru-3"),
};

UtCliStatus
ut_cli_runs_export (int    argc,
                    char **argv)
{
  const GOptionEntry entries[] = { { NULL } };
  UtCliStatus status = UT_CLI_DONE;

  if (!ut_cli_parse (&export_help, entries, &argc, &argv, &status))
    return status;
  if (argc < 3)
    return ut_cli_wrong_usage (export_help.command, "%s", _("RUN and FOLDER are needed"));

  g_autoptr (UtRunStore) store = ut_cli_store_open ();
  g_autoptr (UtRun) run = store != NULL
                          ? ut_cli_store_find (store, G_LIST_MODEL (store), argv[1]) : NULL;

  if (run == NULL || !ut_cli_store_is_free (run))
    return UT_CLI_FAILED;

  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (UtCliSignals) signals = ut_cli_signals_new (interrupted_cb, cancellable);
  g_autoptr (UtCliWait) wait = ut_cli_wait_new ();
  g_autoptr (GFile) folder = g_file_new_for_commandline_arg (argv[2]);
  g_autoptr (GError) error = NULL;

  ut_run_store_export_async (store, run, folder, cancellable, ut_cli_wait_done_cb, wait);
  if (!ut_run_store_export_finish (store, ut_cli_wait_for (wait), &error))
    return fail (error);
  return UT_CLI_DONE;
}

/* Import */

static const UtCliHelp import_help = {
  .command = "runs import",
  .operands = N_("FOLDER"),
  .n_operands = 1,
  .summary = N_("Adds a run from a folder that “runs export” or the window made; the folder stays\n"
                "as it is. Prints the run's name and id."),
  .examples = N_("Example:\n"
                 "  undertone-cli runs import gru-3"),
};

static UtCliStatus
print_imported (UtRun    *run,
                gboolean  json)
{
  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  const char *name = ut_run_get_name (run);

  if (json)
    {
      g_autoptr (GString) text = g_string_new ("{");

      ut_cli_json_append_summary (text, run, FALSE);
      g_string_append (text, "}\n");
      ut_cli_output_write (output, text->str, text->len);
      return ut_cli_output_finish (output, UT_CLI_DONE);
    }

  ut_cli_output_print_safely (output, name, strlen (name));
  ut_cli_output_printf (output, "  %s\n", ut_run_get_id (run));
  return ut_cli_output_finish (output, UT_CLI_DONE);
}

UtCliStatus
ut_cli_runs_import (int    argc,
                    char **argv)
{
  gboolean json = FALSE;
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("One JSON object"), NULL },
    { NULL }
  };

  if (!ut_cli_parse (&import_help, entries, &argc, &argv, &status))
    return status;
  if (argc < 2)
    return ut_cli_wrong_usage (import_help.command, "%s", _("FOLDER is missing"));

  g_autoptr (UtRunStore) store = ut_cli_store_open ();

  if (store == NULL)
    return UT_CLI_FAILED;

  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (UtCliSignals) signals = ut_cli_signals_new (interrupted_cb, cancellable);
  g_autoptr (UtCliWait) wait = ut_cli_wait_new ();
  g_autoptr (GFile) folder = g_file_new_for_commandline_arg (argv[1]);
  g_autoptr (GError) error = NULL;

  ut_run_store_import_async (store, folder, cancellable, ut_cli_wait_done_cb, wait);

  UtRun *imported = ut_run_store_import_finish (store, ut_cli_wait_for (wait), &error);

  if (imported == NULL)
    return fail (error);

  g_autoptr (UtRun) run = g_object_ref (imported);

  return ut_cli_store_sync (store) ? print_imported (run, json) : UT_CLI_FAILED;
}
