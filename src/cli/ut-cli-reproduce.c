/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-json.h"
#include "ut-cli-kept.h"
#include "ut-cli-output.h"
#include "ut-cli-store.h"

#include <glib/gi18n.h>
#include <unistd.h>
#include <ut-lab.h>

static const UtCliHelp help = {
  .command = "reproduce",
  .operands = N_("RUN"),
  .n_operands = 1,
  .summary = N_("Trains a run again, as a new run, and says whether the two are the same to the\n"
                "last bit, or which step differs first. The exit status is 0 where they are the\n"
                "same, and 1 where they are not. RUN is a name, an id, or the beginning of an id."),
  .examples = N_("Example:\n"
                 "  undertone-cli reproduce \"GRU 3\""),
};

/* What is known of the comparison is its sentence. */
static gboolean
is_identical (UtRun      *run,
              const char *original)
{
  g_autofree char *sentence = g_strdup_printf (_("Identical to %s to the last bit."), original);

  return g_strcmp0 (ut_run_get_reproduction (run), sentence) == 0;
}

static void
write_event (UtCliOutput *output,
             UtRun       *run,
             UtRun       *original,
             gboolean     identical)
{
  g_autoptr (GString) json = g_string_new ("{\"event\":\"reproduction\"");

  ut_cli_json_append_text (json, "id", ut_run_get_id (run));
  ut_cli_json_append_text (json, "name", ut_run_get_name (run));
  ut_cli_json_append_text (json, "of", ut_run_get_id (original));
  g_string_append_printf (json, ",\"identical\":%s", identical ? "true" : "false");
  ut_cli_json_append_text (json, "message", ut_run_get_reproduction (run));
  g_string_append (json, "}\n");
  ut_cli_output_write (output, json->str, json->len);
}

static UtCliStatus
reproduce (UtRunStore  *store,
           UtRun       *original,
           gboolean     json,
           UtCliOutput *output)
{
  const UtCliKeptOptions options = { .json = json, .again = TRUE };
  g_autofree char *name = g_strdup (ut_run_get_name (original));
  g_autoptr (GError) error = NULL;
  UtRun *run = ut_run_store_reproduce (store, original, &error);

  if (run == NULL)
    return ut_cli_fail (error);

  UtCliStatus status = ut_cli_kept_train (store, run, NULL, &options, output);
  gboolean identical = is_identical (run, name);

  if (ut_run_get_reproduction (run) == NULL)
    return status;
  if (json)
    write_event (output, run, original, identical);
  else
    ut_cli_output_print_wrapped (output, ut_run_get_reproduction (run));
  return status == UT_CLI_DONE && !identical ? UT_CLI_FAILED : status;
}

UtCliStatus
ut_cli_reproduce (int    argc,
                  char **argv)
{
  gboolean json = FALSE;
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json,
      N_("Print events as JSON and nothing else"), NULL },
    { NULL }
  };

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;
  if (argc < 2)
    return ut_cli_wrong_usage (help.command, "%s", _("RUN is missing"));

  g_autoptr (UtRunStore) store = ut_cli_store_open ();
  g_autoptr (UtRun) original = store != NULL
                               ? ut_cli_store_find (store, G_LIST_MODEL (store), argv[1]) : NULL;

  if (original == NULL || !ut_cli_store_is_free (original))
    return UT_CLI_FAILED;

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  return ut_cli_output_finish (output, reproduce (store, original, json, output));
}
