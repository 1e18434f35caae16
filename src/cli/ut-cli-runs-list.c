/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-runs.h"

#include "ut-cli-error.h"
#include "ut-cli-json.h"
#include "ut-cli-run-state.h"
#include "ut-cli-store.h"
#include "ut-cli-table.h"
#include "ut-cli-text.h"

#include <glib/gi18n.h>
#include <unistd.h>

static const UtCliHelp help = {
  .command = "runs list",
  .summary = N_("Lists the runs that are kept, the newest first: how they are, their best\n"
                "accuracy and its epoch, what they learn from, and how old they are."),
  .examples = N_("Examples:\n"
                 "  undertone-cli runs list --state stopped\n"
                 "  undertone-cli runs list --tag sizes --json"),
};

enum
{
  COLUMN_NAME,
  COLUMN_STATE,
  COLUMN_ACCURACY,
  COLUMN_EPOCH,
  COLUMN_CELL,
  COLUMN_DATA,
  COLUMN_SEED,
  COLUMN_AGE,
  COLUMN_TAGS,
  N_COLUMNS
};

static const UtCliColumn columns[N_COLUMNS] = {
  [COLUMN_NAME] = { N_("Name"), 0, TRUE },
  [COLUMN_STATE] = { NC_("of a run", "State"), 0, TRUE },
  [COLUMN_ACCURACY] = { N_("Accuracy"), 0, FALSE },
  [COLUMN_EPOCH] = { N_("Epoch"), 0, FALSE },
  [COLUMN_CELL] = { N_("Cell"), 0, TRUE },
  [COLUMN_DATA] = { N_("Data"), 0, TRUE },
  [COLUMN_SEED] = { N_("Seed"), 0, FALSE },
  [COLUMN_AGE] = { N_("Age"), 0, FALSE },
  [COLUMN_TAGS] = { N_("Tags"), 0, TRUE },
};

typedef struct
{
  char **tags;      /* (owned) (nullable): all of which a run must have */
  UtRunState state; /* that it must have */
  gboolean by_state;
  gboolean json;
} UtCliFilter;

static gboolean
passes (const UtCliFilter *filter,
        UtRun             *run)
{
  const char * const *tags = ut_run_get_tags (run);

  if (filter->by_state && ut_run_get_state (run) != filter->state)
    return FALSE;
  for (gsize i = 0; filter->tags != NULL && filter->tags[i] != NULL; i++)
    if (tags == NULL || !g_strv_contains (tags, filter->tags[i]))
      return FALSE;
  return TRUE;
}

/* Returns (transfer full) (array zero-terminated=1): the texts of the columns. */
static char **
describe (UtRun    *run,
          gboolean  trashed)
{
  char **texts = g_new0 (char *, N_COLUMNS + 1);
  UtConfig *config = ut_run_get_config (run);
  const UtEpoch *best = ut_run_get_best (run);
  const UtEvaluation *evaluation = ut_run_get_evaluation (run);
  const char * const *tags = ut_run_get_tags (run);

  texts[COLUMN_NAME] = g_strdup (ut_run_get_name (run));
  /* Translators: of a run, in the place of its state. */
  texts[COLUMN_STATE] = trashed ? g_strdup (_("in the trash")) : ut_cli_run_state_describe (run);
  if (evaluation != NULL)
    texts[COLUMN_ACCURACY] = ut_cli_text_dup_number (evaluation->accuracy, 4);
  else
    texts[COLUMN_ACCURACY] = best != NULL ? ut_cli_text_dup_number (best->val_accuracy, 4)
                                          : g_strdup ("–");
  texts[COLUMN_EPOCH] = best != NULL ? g_strdup_printf ("%u/%d", best->epoch,
                                                        (int) ut_config_get_int (config,
                                                                                 UT_SETTING_EPOCHS))
                                     : g_strdup ("–");
  texts[COLUMN_CELL] = g_strdup (ut_cell_kind_get_title (ut_config_get_cell (config)));
  texts[COLUMN_DATA] = ut_config_dup_data_title (config);
  texts[COLUMN_SEED] = g_strdup_printf ("%" G_GINT64_FORMAT,
                                        ut_config_get_int (config, UT_SETTING_SEED));
  texts[COLUMN_AGE] = ut_cli_text_dup_age (ut_run_get_created (run));
  texts[COLUMN_TAGS] = tags != NULL ? g_strjoinv (", ", (char **) tags) : g_strdup ("");
  return texts;
}

/* Each column is as wide as its widest text, but the last, which may be as long as it likes. */
static void
print_table (UtCliOutput *output,
             GPtrArray   *rows)
{
  UtCliColumn fitting[N_COLUMNS];

  for (gsize i = 0; i < N_COLUMNS; i++)
    {
      fitting[i] = columns[i];
      fitting[i].title = i == COLUMN_STATE ? g_dpgettext2 (NULL, "of a run", columns[i].title)
                                           : _(columns[i].title);
      for (guint j = 0; j < rows->len && i != COLUMN_TAGS; j++)
        {
          const char * const *texts = g_ptr_array_index (rows, j);

          fitting[i].width = MAX (fitting[i].width, g_utf8_strlen (texts[i], -1));
        }
    }

  g_autoptr (UtCliTable) table = ut_cli_table_new (output, fitting, N_COLUMNS);

  ut_cli_table_print_titles (table);
  for (guint j = 0; j < rows->len; j++)
    ut_cli_table_print_row (table, g_ptr_array_index (rows, j), NULL);
}

static void
write_json (UtCliOutput *output,
            UtRun       *run,
            gboolean     trashed)
{
  g_autoptr (GString) json = g_string_new ("{");

  ut_cli_json_append_summary (json, run, trashed);
  g_string_append (json, "}\n");
  ut_cli_output_write (output, json->str, json->len);
}

static void
take_runs (GListModel        *runs,
           const UtCliFilter *filter,
           gboolean           trashed,
           GPtrArray         *rows,
           UtCliOutput       *output)
{
  guint n_runs = g_list_model_get_n_items (runs);

  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr (UtRun) run = g_list_model_get_item (runs, i);

      if (!passes (filter, run))
        continue;
      if (filter->json)
        write_json (output, run, trashed);
      else
        g_ptr_array_add (rows, describe (run, trashed));
    }
}

static UtCliStatus
list (const UtCliFilter *filter,
      gboolean           all)
{
  UtRunStore *store = ut_cli_store_open ();

  if (store == NULL)
    return UT_CLI_FAILED;

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  GListModel *trash = ut_run_store_get_trash (store);

  take_runs (G_LIST_MODEL (store), filter, FALSE, rows, output);
  if (all)
    take_runs (trash, filter, TRUE, rows, output);
  if (rows->len > 0)
    print_table (output, rows);
  else if (!filter->json)
    ut_cli_output_printf (output, "%s\n", g_list_model_get_n_items (G_LIST_MODEL (store)) > 0
                                          ? _("No run is like that.")
                                          : _("There is no run yet: “undertone-cli train --keep” "
                                              "makes one."));
  g_object_unref (store);
  return ut_cli_output_finish (output, UT_CLI_DONE);
}

UtCliStatus
ut_cli_runs_list (int    argc,
                  char **argv)
{
  g_auto (GStrv) tags = NULL;
  g_autofree char *state = NULL;
  gboolean all = FALSE;
  UtCliFilter filter = { 0 };
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "tag", 't', 0, G_OPTION_ARG_STRING_ARRAY, &tags,
      N_("Only runs with this tag; may be repeated"), N_("TAG") },
    { "state", 's', 0, G_OPTION_ARG_STRING, &state,
      N_("Only runs in this state, as “finished”"), N_("STATE") },
    { "all", 'a', 0, G_OPTION_ARG_NONE, &all,
      N_("The trash, too"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &filter.json,
      N_("One JSON object a line, one for each run"), NULL },
    { NULL }
  };

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;
  filter.tags = tags;
  filter.by_state = state != NULL;
  if (state != NULL && !ut_cli_run_state_from_nick (state, &filter.state))
    {
      g_autofree char *states = ut_cli_run_state_list ();

      return ut_cli_wrong_usage (help.command, _("--state %s: one of these was expected: %s"),
                                 state, states);
    }
  return list (&filter, all);
}
