/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-error.h"
#include "ut-cli-follow.h"
#include "ut-cli-grid.h"
#include "ut-cli-json.h"
#include "ut-cli-kept.h"
#include "ut-cli-output.h"
#include "ut-cli-progress.h"
#include "ut-cli-ranking.h"
#include "ut-cli-run-state.h"
#include "ut-cli-settings.h"
#include "ut-cli-store.h"
#include "ut-cli-table.h"
#include "ut-cli-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <unistd.h>

static const UtCliHelp help = {
  .command = "sweep",
  .summary = N_("Trains all combinations of some settings, of cells and of seeds, one after the\n"
                "other, and keeps the runs. At the end it says which settings reached the best\n"
                "mean accuracy, and how much the seeds differ. Each run is added when its turn\n"
                "comes: Ctrl+C stops the one that trains, and the others are never added."),
  .examples = N_("Examples:\n"
                 "  undertone-cli sweep --grid hidden=32,64,128 --cells lstm,gru --seeds 3\n"
                 "  undertone-cli sweep --train train.tsv --dev dev.tsv --epochs 5 \\\n"
                 "    --grid learning-rate=1e-3,3e-3 --grid batch-size=16,32 --dry-run"),
};

typedef struct
{
  UtRunStore *store;       /* (not owned) */
  UtCliGrid *grid;         /* (not owned) */
  UtCorpus *corpus;        /* (not owned): of the first configuration */
  UtCliOutput *output;     /* (not owned) */
  UtCliProgress *progress; /* (owned) */
  UtCliTable *table;       /* (owned) (nullable): where it is not said as JSON */
  const char *name;        /* (nullable): what the runs are called, before their numbers */
  gboolean json;
  GArray *accuracies;      /* (owned) (element-type double): of the runs so far */
  double seconds;          /* of the runs so far */
  double n_epochs;         /* likewise, as far as they were trained */
  gboolean stopping;
} UtCliSweep;

/* What the progress bar shows */

/* Epochs of all runs that have not begun. */
static double
count_left (UtCliSweep *self)
{
  GPtrArray *configs = ut_cli_grid_get_configs (self->grid);
  double n_epochs = 0;

  for (guint i = self->accuracies->len; i < configs->len; i++)
    n_epochs += ut_config_get_number (g_ptr_array_index (configs, i), UT_SETTING_EPOCHS);
  return n_epochs;
}

static void
updated (UtRun                 *run,
         const UtTrainerUpdate *update,
         gpointer               data)
{
  UtCliSweep *self = data;
  guint n_runs = ut_cli_grid_get_configs (self->grid)->len;
  guint n_done = self->accuracies->len;
  double fraction = update->phase != UT_TRAINER_PREPARING ? update->fraction : 0;
  g_autofree char *label = g_strdup_printf (_("Run %u of %u, epoch %u of %u"), n_done + 1, n_runs,
                                            MAX (update->epoch, 1), update->n_epochs);

  ut_cli_progress_show (self->progress, label, (n_done + fraction) / n_runs,
                        self->stopping ? _("stopping…") : ut_run_get_name (run));
}

static void
rewound (UtRun    *run,
         gpointer  data)
{
}

static void
stopping (gpointer data)
{
  UtCliSweep *self = data;

  ut_cli_progress_clear (self->progress);
  ut_cli_say ("%s", self->stopping
                    ? _("Stopping without a check; Ctrl+C again ends at once")
                    : _("Stopping; this run is kept, the ones behind it are not added"));
  self->stopping = TRUE;
}

static const UtCliFollowFuncs follow_funcs = { updated, rewound, stopping };

/* What is said of each run */

/* Without @results the table is one of runs that were only planned. */
static UtCliTable *
start_table (UtCliSweep *self,
             gboolean    results)
{
  gsize n_axes = ut_cli_grid_get_n_axes (self->grid);
  g_autofree UtCliColumn *columns = g_new0 (UtCliColumn, n_axes + 6);
  UtCliColumn *figures = columns + 2 + n_axes;

  columns[0] = (UtCliColumn) { _("Run"), 16, TRUE };
  columns[1] = (UtCliColumn) { _("Cell"), 4, TRUE };
  for (gsize i = 0; i < n_axes; i++)
    columns[2 + i] = (UtCliColumn) { ut_cli_grid_get_option (self->grid, i), 6, FALSE };
  figures[0] = (UtCliColumn) { _("Seed"), 4, FALSE };
  figures[1] = (UtCliColumn) { _("Accuracy"), 8, FALSE };
  figures[2] = (UtCliColumn) { _("Epoch"), 5, FALSE };
  figures[3] = (UtCliColumn) { _("Time"), 6, FALSE };

  UtCliTable *table = ut_cli_table_new (self->output, columns, n_axes + (results ? 6 : 3));

  ut_cli_table_print_titles (table);
  return table;
}

/* A row of the table; without @result of a run that was only planned. */
static void
print_run (UtCliSweep             *self,
           UtCliTable             *table,
           UtConfig               *config,
           const char             *name,
           const UtTrainingResult *result,
           const char             *remark)
{
  gsize n_axes = ut_cli_grid_get_n_axes (self->grid);
  g_auto (GStrv) texts = g_new0 (char *, n_axes + 7);
  char **figures = texts + 2 + n_axes;
  gboolean checked = result != NULL && result->checked;

  texts[0] = g_strdup (name);
  texts[1] = g_strdup (ut_cell_kind_get_title (ut_config_get_cell (config)));
  for (gsize i = 0; i < n_axes; i++)
    texts[2 + i] = ut_cli_grid_dup_value (self->grid, i, config);
  figures[0] = ut_setting_format (UT_SETTING_SEED, ut_config_get_number (config, UT_SETTING_SEED));
  figures[1] = ut_cli_text_dup_number (checked ? result->best.val_accuracy : NAN, 4);
  figures[2] = checked ? g_strdup_printf ("%u", result->best.epoch) : g_strdup ("–");
  figures[3] = result != NULL ? ut_cli_text_dup_duration (result->seconds) : g_strdup ("–");
  ut_cli_table_print_row (table, (const char * const *) texts, remark);
}

static void
write_run (UtCliSweep *self,
           UtRun      *run)
{
  g_autoptr (GString) json = g_string_new ("{\"event\":\"run\",");

  ut_cli_json_append_summary (json, run, FALSE);
  ut_cli_json_append_text (json, "failure", ut_run_get_failure (run));
  g_string_append (json, ",\"settings\":{");
  ut_cli_grid_append_json (self->grid, ut_run_get_config (run), json);
  g_string_append (json, "}}\n");
  ut_cli_output_write (self->output, json->str, json->len);
}

static void
say_run (UtCliSweep             *self,
         UtRun                  *run,
         const UtTrainingResult *result)
{
  ut_cli_progress_clear (self->progress);
  if (result->error != NULL)
    ut_cli_say ("%s: %s", ut_run_get_name (run), result->error->message);
  if (self->json)
    {
      write_run (self, run);
    }
  else
    {
      g_autofree char *state = ut_cli_run_state_describe (run);

      print_run (self, self->table, ut_run_get_config (run), ut_run_get_name (run), result,
                 result->outcome == UT_TRAINER_FINISHED ? NULL : state);
    }
  ut_cli_output_flush (self->output);
}

/* Said once, when the first run has shown how long an epoch takes. */
static void
say_time (UtCliSweep *self)
{
  guint n_left = ut_cli_grid_get_configs (self->grid)->len - self->accuracies->len;

  if (self->json || self->accuracies->len != 1 || n_left == 0 || self->n_epochs == 0)
    return;

  g_autofree char *time = ut_cli_text_dup_duration (self->seconds / self->n_epochs
                                                    * count_left (self));
  g_autofree char *text = g_strdup_printf (ngettext ("About %s for the other run, if it is like "
                                                     "this one.",
                                                     "About %s for the other %u runs, if they are "
                                                     "like this one.", n_left), time, n_left);

  ut_cli_output_printf (self->output, "  %s\n", text);
  ut_cli_output_flush (self->output);
}

/* Training */

static UtCliStatus
train_one (UtCliSweep *self,
           UtConfig   *config)
{
  g_autoptr (GError) error = NULL;
  UtCorpus *corpus = ut_corpus_matches (self->corpus, config) ? self->corpus : NULL;
  UtRun *run = ut_run_store_add (self->store, config, corpus, &error);
  UtTrainingResult result;

  if (run == NULL)
    return ut_cli_fail (error);
  if (self->name != NULL)
    {
      g_autofree char *name = g_strdup_printf ("%s %u", self->name, self->accuracies->len + 1);

      ut_run_set_name (run, name);
    }

  UtCliStatus status = ut_cli_follow (self->store, run, &follow_funcs, self, &result);
  gboolean counts = result.outcome == UT_TRAINER_FINISHED && result.checked;
  double accuracy = counts ? result.best.val_accuracy : NAN;

  g_array_append_val (self->accuracies, accuracy);
  self->seconds += result.seconds;
  self->n_epochs += result.last_epoch;
  if (!ut_cli_store_sync (self->store))
    status = UT_CLI_FAILED;
  say_run (self, run, &result);
  ut_cli_follow_clear (&result);
  return status;
}

/* One run that fails does not keep the others from being trained; a store that does does. */
static UtCliStatus
train_all (UtCliSweep *self)
{
  GPtrArray *configs = ut_cli_grid_get_configs (self->grid);
  UtCliStatus status = UT_CLI_DONE;

  for (guint i = 0; i < configs->len && !self->stopping; i++)
    {
      UtCliStatus one = train_one (self, g_ptr_array_index (configs, i));

      if (self->accuracies->len == i)
        return one;
      if (one != UT_CLI_DONE)
        status = one;
      say_time (self);
    }
  return status;
}

static UtCliStatus
train_and_rank (UtCliSweep *self)
{
  self->accuracies = g_array_new (FALSE, FALSE, sizeof (double));
  self->progress = ut_cli_progress_new ();
  if (!self->json)
    self->table = start_table (self, TRUE);

  UtCliStatus status = train_all (self);
  g_autoptr (UtCliRanking) ranking = ut_cli_ranking_new (self->grid,
                                                         (const double *) (void *)
                                                         self->accuracies->data,
                                                         self->accuracies->len);

  ut_cli_progress_clear (self->progress);
  if (self->json)
    ut_cli_ranking_write_json (ranking, self->output);
  else
    ut_cli_ranking_print (ranking, self->output);
  ut_run_store_tend (self->store);
  if (!ut_cli_store_sync (self->store))
    status = UT_CLI_FAILED;
  g_clear_pointer (&self->table, ut_cli_table_free);
  g_clear_pointer (&self->progress, ut_cli_progress_free);
  g_clear_pointer (&self->accuracies, g_array_unref);
  return status;
}

/* The plan */

static void
write_plan (UtCliSweep *self)
{
  GPtrArray *configs = ut_cli_grid_get_configs (self->grid);
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_append_printf (json, "{\"event\":\"plan\",\"runs\":%u,\"settings\":[", configs->len);
  for (guint i = 0; i < configs->len; i++)
    {
      UtConfig *config = g_ptr_array_index (configs, i);

      g_string_append (json, i > 0 ? ",{" : "{");
      ut_cli_grid_append_json (self->grid, config, json);
      g_string_append_printf (json, ",\"seed\":%" G_GINT64_FORMAT "}",
                              ut_config_get_int (config, UT_SETTING_SEED));
    }
  g_string_append (json, "]}\n");
  ut_cli_output_write (self->output, json->str, json->len);
}

static void
say_plan (UtCliSweep *self,
          gboolean    with_runs)
{
  GPtrArray *configs = ut_cli_grid_get_configs (self->grid);

  if (self->json)
    {
      write_plan (self);
      return;
    }

  ut_cli_output_printf (self->output, ngettext ("%u run:\n", "%u runs:\n", configs->len),
                        configs->len);
  if (!with_runs)
    return;

  g_autoptr (UtCliTable) table = start_table (self, FALSE);

  for (guint i = 0; i < configs->len; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      print_run (self, table, g_ptr_array_index (configs, i), number, NULL, NULL);
    }
}

static UtCliStatus
sweep (UtCliSweep *self)
{
  UtCliStatus status = UT_CLI_DONE;
  g_autoptr (UtRunStore) store = ut_cli_store_open ();
  g_autoptr (UtCorpus) corpus = NULL;

  if (store == NULL)
    return UT_CLI_FAILED;
  corpus = ut_cli_kept_read_corpus (g_ptr_array_index (ut_cli_grid_get_configs (self->grid), 0),
                                    self->json, self->output, &status);
  if (corpus == NULL)
    return status;

  self->store = store;
  self->corpus = corpus;
  say_plan (self, FALSE);
  return train_and_rank (self);
}

UtCliStatus
ut_cli_sweep (int    argc,
              char **argv)
{
  g_autoptr (UtCliSettings) settings = ut_cli_settings_new ();
  g_auto (GStrv) axes = NULL;
  g_autofree char *cells = NULL;
  g_autofree char *seeds = NULL;
  g_autofree char *name = NULL;
  gboolean dry = FALSE;
  gboolean json = FALSE;
  UtCliStatus status = UT_CLI_DONE;
  const GOptionEntry entries[] = {
    { "grid", 'g', 0, G_OPTION_ARG_STRING_ARRAY, &axes,
      N_("Values of an option; may be repeated"), N_("OPTION=V,…") },
    { "cells", 0, 0, G_OPTION_ARG_STRING, &cells,
      N_("Cells, as rnn,lstm,gru; instead of --cell"), N_("CELL,…") },
    { "seeds", 0, 0, G_OPTION_ARG_STRING, &seeds,
      N_("Seeds of each combination, from --seed on [1]"), "N" },
    { "name", 'n', 0, G_OPTION_ARG_STRING, &name,
      N_("What the runs are called, before their numbers"), N_("NAME") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry,
      N_("Only say which runs there would be"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json,
      N_("Print events as JSON and nothing else"), NULL },
  };

  if (!ut_cli_settings_parse (settings, &help, entries, G_N_ELEMENTS (entries), &argc, &argv,
                              &status))
    return status;

  g_autoptr (UtConfig) base = ut_cli_settings_make_config (settings, TRUE, &status);

  if (base == NULL)
    return status;

  g_autoptr (UtCliGrid) grid = ut_cli_grid_new (help.command, base, axes, cells, seeds);

  if (grid == NULL)
    return UT_CLI_USAGE;

  g_autoptr (UtCliOutput) output = ut_cli_output_new (STDOUT_FILENO);
  UtCliSweep self = { .grid = grid, .output = output, .name = name, .json = json };

  if (!dry)
    return ut_cli_output_finish (output, sweep (&self));

  say_plan (&self, TRUE);
  return ut_cli_output_finish (output, UT_CLI_DONE);
}
