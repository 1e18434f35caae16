/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-runs.h"

#include "ut-cli-error.h"
#include "ut-cli-output.h"
#include "ut-cli-store.h"

#include <glib/gi18n.h>
#include <unistd.h>

static const UtCliHelp help = {
  .command = "runs repair",
  .summary = N_("Puts the last copy of the store, which is made once a day, in the place of one\n"
                "that is damaged. The damaged one is kept beside it. Where nothing is damaged,\n"
                "nothing is done. With --anew the list begins anew instead. In either case what\n"
                "can still be read of the damaged store, and of the folders of the runs, is\n"
                "brought back."),
  .examples = N_("Example:\n"
                 "  undertone-cli runs repair"),
};

static void
say_recovered (UtRunStore  *store,
               UtCliOutput *output)
{
  g_autofree char *text = ut_run_store_dup_recovered (store);

  if (text != NULL)
    ut_cli_output_printf (output, "%s\n", text);
}

static UtCliStatus
begin_anew (UtRunStore *store)
{
  g_autoptr (GError) error = NULL;

  if (!ut_run_store_set_aside (store, &error) || !ut_cli_store_load (store, &error))
    return ut_cli_fail (error);

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  ut_cli_output_printf (output, "%s\n", _("The damaged store was set aside; a new list begins."));
  say_recovered (store, output);
  return ut_cli_output_finish (output, UT_CLI_DONE);
}

static UtCliStatus
restore (UtRunStore *store)
{
  g_autofree char *copy = ut_run_store_dup_backup (store);
  g_autoptr (GError) error = NULL;

  if (!ut_run_store_restore_backup (store, &error) || !ut_cli_store_load (store, &error))
    return ut_cli_fail (error);

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  g_autofree char *name = g_filename_display_basename (copy);
  guint n_runs = g_list_model_get_n_items (G_LIST_MODEL (store));

  ut_cli_output_printf (output, ngettext ("%s was put in its place: %u run.\n",
                                          "%s was put in its place: %u runs.\n", n_runs),
                        name, n_runs);
  say_recovered (store, output);
  return ut_cli_output_finish (output, UT_CLI_DONE);
}

UtCliStatus
ut_cli_runs_repair (int    argc,
                    char **argv)
{
  gboolean anew = FALSE;
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "anew", 0, 0, G_OPTION_ARG_NONE, &anew,
      N_("Set the damaged store aside and begin a new list"), NULL },
    { NULL }
  };

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;

  g_autoptr (UtRunStore) store = ut_run_store_new (NULL);
  g_autoptr (GError) error = NULL;

  if (!ut_cli_store_load (store, &error))
    {
      if (!g_error_matches (error, UT_LAB_ERROR, UT_LAB_ERROR_DAMAGED))
        return ut_cli_fail (error);
      return anew ? begin_anew (store) : restore (store);
    }

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  ut_cli_output_printf (output, "%s\n", _("The store is whole; nothing was done."));
  return ut_cli_output_finish (output, UT_CLI_DONE);
}
