/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-kept.h"
#include "ut-cli-output.h"
#include "ut-cli-store.h"

#include <glib/gi18n.h>
#include <unistd.h>
#include <ut-lab.h>

static const UtCliHelp help = {
  .command = "resume",
  .operands = N_("RUN"),
  .n_operands = 1,
  .summary = N_("Goes on with a run that was stopped, interrupted or has failed, where it ended,\n"
                "with the same numbers as if it had not; or trains one further that has finished.\n"
                "A run that waited for its turn in a program that ended gets it. RUN is a name,\n"
                "an id, or the beginning of an id."),
  .examples = N_("Examples:\n"
                 "  undertone-cli resume \"GRU 3\"\n"
                 "  undertone-cli resume \"GRU 3\" --epochs 20"),
};

/* A run that nobody's queue has any more goes before all that wait, which wait on. */
static void
start_queued (UtRunStore *store,
              UtRun      *run)
{
  ut_run_store_tend (store);
  ut_run_store_start_now (store, run);
  ut_run_store_set_queue_paused (store, FALSE);
  ut_run_store_set_queue_paused (store, TRUE);
}

/* Returns whether @run is under way now, or says why not. */
static gboolean
go_on (UtRunStore *store,
       UtRun      *run)
{
  if (ut_run_get_state (run) == UT_RUN_QUEUED)
    {
      start_queued (store, run);
      return TRUE;
    }
  if (ut_run_store_continue (store, run))
    return TRUE;

  if (ut_run_can_train_further (run))
    ut_cli_say (_("“%s” has finished; “--epochs N” trains it further, to N epochs in all"),
                ut_run_get_name (run));
  else
    ut_cli_say (_("“%s” cannot be continued"), ut_run_get_name (run));
  return FALSE;
}

static gboolean
start (UtRunStore *store,
       UtRun      *run,
       guint       n_epochs,
       gboolean    half_rate)
{
  g_autoptr (GError) error = NULL;

  if (n_epochs == 0 && !half_rate)
    return go_on (store, run);
  if (half_rate ? ut_run_store_continue_slower (store, run, &error)
                : ut_run_store_train_further (store, run, n_epochs, &error))
    return TRUE;

  ut_cli_fail (error);
  return FALSE;
}

UtCliStatus
ut_cli_resume (int    argc,
               char **argv)
{
  g_autofree char *epochs = NULL;
  gboolean half_rate = FALSE;
  UtCliKeptOptions options = { 0 };
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "epochs", 'e', 0, G_OPTION_ARG_STRING, &epochs,
      N_("Train further, to so many epochs in all"), "N" },
    { "half-rate", 0, 0, G_OPTION_ARG_NONE, &half_rate,
      N_("Go on from the best epoch, with half the learning rate"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json,
      N_("Print the log's events as JSON and nothing else"), NULL },
    { NULL }
  };
  g_autoptr (GError) error = NULL;
  double n_epochs = 0;

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;
  if (argc < 2)
    return ut_cli_wrong_usage (help.command, "%s", _("RUN is missing"));
  if (epochs != NULL && half_rate)
    return ut_cli_wrong_usage (help.command, _("--%s and --%s exclude each other"), "epochs",
                               "half-rate");
  if (epochs != NULL && !ut_setting_parse (UT_SETTING_EPOCHS, epochs, &n_epochs, &error))
    return ut_cli_wrong_usage (help.command, "--%s %s: %s", "epochs", epochs, error->message);

  g_autoptr (UtRunStore) store = ut_cli_store_open ();
  g_autoptr (UtRun) run = store != NULL
                          ? ut_cli_store_find (store, G_LIST_MODEL (store), argv[1]) : NULL;

  if (run == NULL || !ut_cli_store_is_free (run)
      || !start (store, run, (guint) n_epochs, half_rate))
    return UT_CLI_FAILED;

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  return ut_cli_output_finish (output, ut_cli_kept_train (store, run, NULL, &options, output));
}
