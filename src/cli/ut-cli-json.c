/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cli-json.h"

#include "ut-cli-run-state.h"

void
ut_cli_json_append_evaluation (GString            *json,
                               const UtEvaluation *evaluation)
{
  g_string_append_printf (json, "{\"examples\":%" G_GSIZE_FORMAT ",\"loss\":",
                          evaluation->n_examples);
  ut_json_append_number (json, evaluation->loss);
  g_string_append (json, ",\"accuracy\":");
  ut_json_append_number (json, evaluation->accuracy);
  g_string_append_printf (json,
                          ",\"confusion\":{\"tp\":%" G_GSIZE_FORMAT ",\"fp\":%" G_GSIZE_FORMAT
                          ",\"tn\":%" G_GSIZE_FORMAT ",\"fn\":%" G_GSIZE_FORMAT,
                          evaluation->tp, evaluation->fp, evaluation->tn, evaluation->fn);
  if (evaluation->neither > 0)
    g_string_append_printf (json, ",\"neither\":%" G_GSIZE_FORMAT, evaluation->neither);
  g_string_append (json, "}}");
}

void
ut_cli_json_append_text (GString    *json,
                         const char *key,
                         const char *text)
{
  g_string_append_printf (json, ",\"%s\":", key);
  if (text != NULL)
    ut_json_append_string (json, text);
  else
    g_string_append (json, "null");
}

void
ut_cli_json_append_time (GString    *json,
                         const char *key,
                         gint64      time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *text = date != NULL ? g_date_time_format_iso8601 (date) : NULL;

  ut_cli_json_append_text (json, key, text);
}

static void
append_tags (GString            *json,
             const char * const *tags)
{
  g_string_append (json, ",\"tags\":[");
  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      ut_json_append_string (json, tags[i]);
    }
  g_string_append_c (json, ']');
}

/* An ensemble has no epochs, but may have been checked. */
static void
append_best (GString *json,
             UtRun   *run)
{
  const UtEpoch *best = ut_run_get_best (run);
  const UtEvaluation *evaluation = ut_run_get_evaluation (run);

  if (best != NULL)
    g_string_append_printf (json, ",\"best_epoch\":%u,\"best_val_accuracy\":", best->epoch);
  else
    g_string_append (json, ",\"best_epoch\":null,\"best_val_accuracy\":");
  if (evaluation != NULL)
    ut_json_append_number (json, evaluation->accuracy);
  else if (best != NULL)
    ut_json_append_number (json, best->val_accuracy);
  else
    g_string_append (json, "null");
}

void
ut_cli_json_append_summary (GString  *json,
                            UtRun    *run,
                            gboolean  trashed)
{
  UtConfig *config = ut_run_get_config (run);
  g_autofree char *data = ut_config_dup_data_title (config);
  gsize n_epochs;
  const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);

  g_string_append (json, "\"id\":");
  ut_json_append_string (json, ut_run_get_id (run));
  ut_cli_json_append_text (json, "name", ut_run_get_name (run));
  ut_cli_json_append_text (json, "state", ut_cli_run_state_get_nick (ut_run_get_state (run)));
  g_string_append_printf (json, ",\"elsewhere\":%s,\"trash\":%s",
                          ut_run_is_elsewhere (run) ? "true" : "false", trashed ? "true" : "false");
  append_best (json, run);
  g_string_append_printf (json, ",\"epochs_done\":%u,\"epochs\":%d",
                          n_epochs > 0 ? epochs[n_epochs - 1].epoch : 0,
                          (int) ut_config_get_int (config, UT_SETTING_EPOCHS));
  ut_cli_json_append_text (json, "cell", ut_cell_kind_get_nick (ut_config_get_cell (config)));
  ut_cli_json_append_text (json, "data", data);
  g_string_append_printf (json, ",\"seed\":%" G_GINT64_FORMAT,
                          ut_config_get_int (config, UT_SETTING_SEED));
  append_tags (json, ut_run_get_tags (run));
  ut_cli_json_append_time (json, "created", ut_run_get_created (run));
}
