/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-runs.h"

#include "ut-cli-epoch-table.h"
#include "ut-cli-error.h"
#include "ut-cli-events.h"
#include "ut-cli-facts.h"
#include "ut-cli-json.h"
#include "ut-cli-run-state.h"
#include "ut-cli-store.h"
#include "ut-cli-wait.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const UtCliHelp help = {
  .command = "runs show",
  .operands = N_("RUN"),
  .n_operands = 1,
  .summary = N_("Tells all that is known of a run: settings, epochs, notes, data and what it\n"
                "was measured to do. RUN is a name, an id, or the beginning of an id."),
  .examples = N_("Examples:\n"
                 "  undertone-cli runs show \"GRU 3\"\n"
                 "  undertone-cli runs show 20261129 --points - | head"),
};

/* What the run learned from, as its model says; NULL where it has none. */
static UtModel *
read_model (UtRun *run)
{
  g_autoptr (UtCliWait) wait = ut_cli_wait_new ();

  ut_run_get_model_async (run, NULL, ut_cli_wait_done_cb, wait);
  return ut_run_get_model_finish (run, ut_cli_wait_for (wait), NULL);
}

/* JSON */

static void
append_count (GString    *json,
              const char *key,
              gsize       count)
{
  g_string_append_printf (json, ",\"%s\":%" G_GSIZE_FORMAT, key, count);
}

static void
append_config (GString  *json,
               UtConfig *config)
{
  g_autoptr (JsonNode) node = ut_config_to_json (config, TRUE);
  g_autofree char *text = json_to_string (node, FALSE);

  g_string_append_printf (json, ",\"config\":%s", text);
}

static void
append_epochs (GString *json,
               UtRun   *run)
{
  gsize n_epochs;
  const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);

  g_string_append (json, ",\"log\":[");
  for (gsize i = 0; i < n_epochs; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      ut_log_append_epoch (json, &epochs[i]);
      /* A log has lines. */
      g_string_truncate (json, json->len - 1);
    }
  g_string_append_c (json, ']');
}

static void
append_looks (GString *json,
              UtRun   *run)
{
  gsize n_looks;
  UtProbeLook * const *looks = ut_run_get_looks (run, &n_looks);

  g_string_append (json, ",\"probes\":[");

  gsize start = json->len;

  for (gsize i = 0; i < n_looks; i++)
    ut_log_append_look (json, looks[i]);
  /* A log has lines, and what is in them has none. */
  g_string_replace (json, "}\n", "},", 0);
  if (json->len > start)
    g_string_truncate (json, json->len - 1);
  g_string_append_c (json, ']');
}

static void
append_facts (GString *json,
              UtModel *model)
{
  const UtDataFacts *facts = model != NULL ? ut_model_get_facts (model) : NULL;

  if (facts == NULL)
    {
      g_string_append (json, ",\"rows\":null");
      return;
    }
  g_string_append_printf (json, ",\"rows\":{\"train\":%" G_GSIZE_FORMAT ",\"dev\":%" G_GSIZE_FORMAT,
                          facts->train_rows, facts->dev_rows);
  ut_cli_json_append_text (json, "train_hash", facts->train_hash);
  ut_cli_json_append_text (json, "dev_hash", facts->dev_hash);
  ut_cli_json_append_text (json, "vectors_hash", facts->vectors_hash);
  g_string_append_c (json, '}');
}

static void
append_measured (GString *json,
                 UtRun   *run)
{
  gint64 date = 0;
  const UtEvaluation *evaluation = ut_run_get_evaluation (run);
  const UtEvaluation *test = ut_run_get_test (run, &date);

  g_string_append (json, ",\"evaluation\":");
  if (evaluation != NULL)
    ut_cli_json_append_evaluation (json, evaluation);
  else
    g_string_append (json, "null");
  g_string_append (json, ",\"test\":");
  if (test == NULL)
    {
      g_string_append (json, "null");
      return;
    }
  ut_cli_json_append_evaluation (json, test);
  ut_cli_json_append_time (json, "tested", date);
}

static void
append_members (GString *json,
                UtRun   *run)
{
  guint n_members = ut_run_get_n_members (run);

  g_string_append (json, ",\"members\":[");
  for (guint i = 0; i < n_members; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      ut_json_append_string (json, ut_run_get_member_name (run, i));
    }
  g_string_append_c (json, ']');
}

static void
write_json (UtCliOutput *output,
            UtRun       *run,
            UtModel     *model)
{
  g_autoptr (GString) json = g_string_new ("{");

  ut_cli_json_append_summary (json, run, FALSE);
  append_count (json, "steps", (gsize) ut_run_get_progress (run)->step);
  ut_cli_json_append_text (json, "note", ut_run_get_note (run));
  ut_cli_json_append_text (json, "notices", ut_run_get_notices (run));
  ut_cli_json_append_text (json, "failure", ut_run_get_failure (run));
  ut_cli_json_append_text (json, "reproduction", ut_run_get_reproduction (run));
  append_config (json, ut_run_get_config (run));
  append_facts (json, model);
  append_measured (json, run);
  append_members (json, run);
  append_epochs (json, run);
  append_looks (json, run);
  g_string_append (json, "}\n");
  ut_cli_output_write (output, json->str, json->len);
}

/* For people */

static void
print_lines (UtCliOutput *output,
             const char  *title,
             const char  *text)
{
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  for (gsize i = 0; lines != NULL && lines[i] != NULL; i++)
    ut_cli_facts_print (output, i == 0 ? title : "", lines[i]);
}

static void
print_state (UtCliOutput *output,
             UtRun       *run)
{
  g_autofree char *state = ut_cli_run_state_describe (run);
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_local (ut_run_get_created (run)
                                                                   / G_USEC_PER_SEC);
  g_autofree char *date = created != NULL ? g_date_time_format (created, "%x %X") : g_strdup ("–");
  const char * const *tags = ut_run_get_tags (run);
  g_autofree char *words = tags != NULL && *tags != NULL ? g_strjoinv (", ", (char **) tags) : NULL;

  ut_cli_facts_print (output, C_("of a run", "State"), state);
  print_lines (output, "", ut_run_get_failure (run));
  ut_cli_facts_print (output, _("Created"), date);
  ut_cli_facts_print (output, _("Id"), ut_run_get_id (run));
  print_lines (output, _("Tags"), words);
  print_lines (output, _("Notes"), ut_run_get_note (run));
}

static void
print_hash (UtCliOutput *output,
            const char  *what,
            const char  *hash)
{
  if (hash == NULL)
    return;

  g_autofree char *text = g_strdup_printf ("%s %s", what, hash);

  ut_cli_facts_print (output, "", text);
}

static void
print_data (UtCliOutput *output,
            UtRun       *run,
            UtModel     *model)
{
  UtConfig *config = ut_run_get_config (run);
  g_autofree char *title = ut_config_dup_data_title (config);

  ut_cli_facts_print (output, _("Data"), title);
  print_lines (output, "", ut_config_get_train_path (config));
  print_lines (output, "", ut_config_get_dev_path (config));
  if (model == NULL)
    return;

  const UtDataFacts *facts = ut_model_get_facts (model);
  g_autofree char *rows = g_strdup_printf (_("%'zu rows to train, %'zu to validate"),
                                           facts->train_rows, facts->dev_rows);

  ut_cli_facts_print (output, "", rows);
  print_hash (output, "train", facts->train_hash);
  print_hash (output, "dev", facts->dev_hash);
  print_hash (output, "vectors", facts->vectors_hash);
}

static void
print_measured (UtCliOutput        *output,
                const char         *title,
                const UtEvaluation *evaluation)
{
  if (evaluation == NULL)
    return;

  g_autofree char *text = g_strdup_printf (_("accuracy %.4f, loss %.4f on %'zu rows"),
                                           evaluation->accuracy, evaluation->loss,
                                           evaluation->n_examples);

  ut_cli_facts_print (output, title, text);
}

static void
print_members (UtCliOutput *output,
               UtRun       *run)
{
  for (guint i = 0; i < ut_run_get_n_members (run); i++)
    ut_cli_facts_print (output, i == 0 ? _("Members") : "", ut_run_get_member_name (run, i));
}

static void
print_epochs (UtCliOutput *output,
              UtRun       *run)
{
  gsize n_epochs;
  const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);
  const UtEpoch *best = ut_run_get_best (run);

  if (n_epochs == 0)
    return;

  ut_cli_output_print (output, "\n");

  g_autoptr (UtCliTable) table = ut_cli_epoch_table_new (output);

  for (gsize i = 0; i < n_epochs; i++)
    ut_cli_epoch_table_print (table, &epochs[i], &epochs[i] == best);
}

static void
print_verdict (UtCliOutput *output,
               UtRun       *run)
{
  guint8 label = 0;
  gsize n_epochs;
  const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);
  double majority = ut_run_get_majority (run, &label);
  g_autofree char *verdict = ut_verdict_new (epochs, n_epochs, majority, label,
                                             !ut_run_is_active (run),
                                             ut_config_is_as_coded (ut_run_get_config (run)));

  if (*verdict == '\0')
    return;
  ut_cli_output_print (output, "\n");
  ut_cli_output_print_wrapped (output, verdict);
}

static void
print (UtCliOutput *output,
       UtRun       *run,
       UtModel     *model)
{
  const char *name = ut_run_get_name (run);
  gboolean single = ut_run_get_n_members (run) == 0;

  ut_cli_output_print_safely (output, name, strlen (name));
  if (single)
    ut_cli_output_printf (output, " (%s)",
                          ut_cell_kind_get_title (ut_config_get_cell (ut_run_get_config (run))));
  ut_cli_output_print (output, "\n");
  print_state (output, run);
  print_data (output, run, model);
  if (single)
    ut_cli_facts_print_settings (output, ut_run_get_config (run), NULL);
  print_members (output, run);
  print_measured (output, _("Validation"), ut_run_get_evaluation (run));
  print_measured (output, _("Test"), ut_run_get_test (run, NULL));
  print_lines (output, _("Repeats"), ut_run_get_reproduction (run));
  print_lines (output, _("Note"), ut_run_get_notices (run));
  print_epochs (output, run);
  print_verdict (output, run);
}

/* Points */

/* Returns what of the notices is new: that points are damaged is one. */
static const char *
find_damage (const char *before,
             const char *after)
{
  gsize length = before != NULL ? strlen (before) : 0;

  if (after == NULL || strlen (after) <= length)
    return NULL;
  return after + length + (length > 0);
}

static UtCliStatus
write_points (UtRunStore  *store,
              UtRun       *run,
              const char  *path,
              UtCliOutput *standard)
{
  gboolean is_file = !g_str_equal (path, "-");
  int fd = STDOUT_FILENO;
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *notices = g_strdup (ut_run_get_notices (run));

  if (is_file)
    fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      ut_cli_say (_("%s: The file cannot be written: %s"), name, g_strerror (errno));
      return UT_CLI_FAILED;
    }

  ut_cli_store_read_points (store, run);

  const char *damage = find_damage (notices, ut_run_get_notices (run));
  UtCliOutput *output = is_file ? ut_cli_output_new (fd) : standard;
  UtCliStatus status = UT_CLI_DONE;

  ut_cli_events_write_run (output, run);
  ut_cli_output_flush (output);
  if (is_file && ut_cli_output_is_closed (output))
    {
      ut_cli_say (_("%s: The file could not be written"), name);
      status = UT_CLI_FAILED;
    }
  if (damage != NULL)
    {
      ut_cli_say ("%s", damage);
      status = UT_CLI_FAILED;
    }
  if (is_file)
    {
      ut_cli_output_free (output);
      close (fd);
    }
  return status;
}

UtCliStatus
ut_cli_runs_show (int    argc,
                  char **argv)
{
  g_autofree char *points = NULL;
  gboolean json = FALSE;
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "points", 'p', 0, G_OPTION_ARG_FILENAME, &points,
      N_("Receives its log; “-” prints that and nothing else"),
      N_("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("One JSON object"), NULL },
    { NULL }
  };

  if (!ut_cli_parse (&help, entries, &argc, &argv, &status))
    return status;
  if (argc < 2)
    return ut_cli_wrong_usage (help.command, "%s", _("RUN is missing"));

  g_autoptr (UtRunStore) store = ut_cli_store_open ();

  if (store == NULL)
    return UT_CLI_FAILED;

  g_autoptr (UtRun) run = ut_cli_store_find (store, G_LIST_MODEL (store), argv[1]);

  if (run == NULL)
    return UT_CLI_FAILED;

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);

  if (points != NULL)
    status = write_points (store, run, points, output);
  if (points == NULL || !g_str_equal (points, "-"))
    {
      g_autoptr (UtModel) model = read_model (run);

      if (json)
        {
          ut_cli_store_read_points (store, run);
          write_json (output, run, model);
        }
      else
        print (output, run, model);
    }
  return ut_cli_output_finish (output, status);
}
