/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cost.h"

#include <glib/gi18n.h>
#include <math.h>
#include <ut-estimate.h>

#define MINUTE 60
#define DAY (24 * 60 * MINUTE)

static guint64
count_gates (UtCellKind cell)
{
  switch (cell)
    {
    case UT_CELL_LSTM:
      return 4;
    case UT_CELL_GRU:
      return 3;
    case UT_CELL_BAG:
    case UT_CELL_MAJORITY:
      return 0;
    case UT_CELL_RNN:
    default:
      return 1;
    }
}

/* As the notebook's code runs, a batch cannot be shared out, and padding costs what words do. */
static gboolean
has_same_pace (const UtConfig *a,
               const UtConfig *b)
{
  return ut_config_is_as_coded (a) == ut_config_is_as_coded (b);
}

/* Multiplications that a word costs, up to a factor: gates · H · (E + H), and the E numbers that
 * the optimiser moves. */
static double
cost_of_word (UtConfig *config)
{
  double hidden = (double) ut_config_get_int (config, UT_SETTING_HIDDEN_SIZE);
  double embedding = (double) ut_config_get_int (config, UT_SETTING_EMBEDDING_SIZE);

  return (double) count_gates (ut_config_get_cell (config)) * hidden * (embedding + hidden) +
         embedding;
}

static gboolean
has_same_rows (const UtConfig *a,
               const UtConfig *b)
{
  return g_strcmp0 (ut_config_get_data (a), ut_config_get_data (b)) == 0 &&
         g_strcmp0 (ut_config_get_train_path (a), ut_config_get_train_path (b)) == 0;
}

static gboolean
is_alike (const UtConfig *a,
          const UtConfig *b)
{
  return has_same_rows (a, b) && has_same_pace (a, b);
}

/* Seconds that an epoch of @run takes, by the last one or at this moment; 0 where it does not say. */
static double
measure_epoch (UtRun *run)
{
  const UtTrainerUpdate *progress = ut_run_get_progress (run);
  double batch = (double) ut_config_get_int (ut_run_get_config (run), UT_SETTING_BATCH_SIZE);
  gsize n_epochs;
  const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);

  if (n_epochs > 0 && epochs[n_epochs - 1].epoch > 0 && epochs[n_epochs - 1].steps_per_second > 0)
    return (double) epochs[n_epochs - 1].step / epochs[n_epochs - 1].epoch /
           epochs[n_epochs - 1].steps_per_second;
  if (progress->n_batches > 0 && progress->examples_per_second > 0)
    return progress->n_batches * batch / progress->examples_per_second;

  return 0;
}

double
ut_cost_epoch_seconds (UtConfig   *config,
                       GListModel *runs,
                       UtCostPace *pace)
{
  g_return_val_if_fail (config != NULL, -1);
  g_return_val_if_fail (G_IS_LIST_MODEL (runs), -1);
  g_return_val_if_fail (pace != NULL, -1);

  if (pace->like == NULL || !is_alike (config, pace->like))
    {
      guint n_runs = g_list_model_get_n_items (runs);

      pace->like = config;
      pace->seconds = -1;
      for (guint i = 0; i < n_runs && pace->seconds < 0; i++)
        {
          g_autoptr (UtRun) run = g_list_model_get_item (runs, i);
          UtConfig *other = ut_run_get_config (run);
          double seconds;

          if (other == NULL || ut_run_get_n_members (run) > 0 || !is_alike (config, other))
            continue;

          seconds = measure_epoch (run);
          if (seconds > 0)
            pace->seconds = seconds / cost_of_word (other);
        }
    }

  return pace->seconds < 0 ? -1 : pace->seconds * cost_of_word (config);
}

static char *
dup_count (guint64 n_weights)
{
  if (n_weights >= 10000)
    /* Translators: how many numbers a model learns. */
    return g_strdup_printf (_("%.2f million weights"), (double) n_weights / 1e6);

  return g_strdup_printf (ngettext ("%'u weight", "%'u weights", n_weights), (guint) n_weights);
}

static char *
dup_time (double seconds)
{
  if (seconds < 1)
    return g_strdup (_("about a second"));
  if (seconds < 100)
    return g_strdup_printf (_("about %.0f s"), seconds);
  if (seconds < 100 * 60)
    return g_strdup_printf (_("about %.0f min"), seconds / 60);

  return g_strdup_printf (_("about %.1f h"), seconds / 3600);
}

char *
ut_cost_dup_end (double seconds)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) end = g_date_time_add_seconds (now, seconds);

  /* Translators: a time of the day, as strftime() writes it. */
  if (g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (end) && seconds < DAY)
    return g_date_time_format (end, C_("time", "%H:%M"));
  /* Translators: day of the week and time. */
  if (seconds < 6 * DAY)
    return g_date_time_format (end, C_("time", "%a %H:%M"));

  /* Translators: day and month. */
  return g_date_time_format (end, C_("time", "%e %B"));
}

char *
ut_cost_dup_text (GPtrArray  *configs,
                  UtCorpus   *corpus,
                  GListModel *runs,
                  double      wait)
{
  UtCostPace pace = { NULL };
  g_autofree char *count = NULL;
  g_autofree char *size = NULL;
  g_autofree char *time = NULL;
  g_autofree char *end = NULL;
  guint64 n_weights = 0;
  guint64 n_bytes = 0;
  double seconds = 0;

  g_return_val_if_fail (configs != NULL, NULL);

  if (corpus == NULL || configs->len == 0)
    return g_strdup ("");

  for (guint i = 0; i < configs->len; i++)
    {
      UtConfig *config = g_ptr_array_index (configs, i);
      double share = ut_cost_epoch_seconds (config, runs, &pace);
      UtEstimate estimate;

      /* Runs follow each other: the memory is that of the largest, the time that of all. */
      ut_config_estimate (config, corpus, NAN, &estimate);
      n_weights = MAX (n_weights, estimate.n_parameters);
      n_bytes = MAX (n_bytes, estimate.bytes);
      seconds = share < 0 || seconds < 0
                  ? -1 : seconds + share * (double) ut_config_get_int (config, UT_SETTING_EPOCHS);
    }

  count = dup_count (n_weights);
  size = g_format_size (n_bytes);
  if (seconds < 0)
    /* Translators: a number of weights and a size. */
    return g_strdup_printf (_("%s, %s, time known after the first batches"), count, size);

  time = dup_time (seconds);
  if (seconds < MINUTE || wait < 0)
    /* Translators: a number of weights, a size and a duration. */
    return g_strdup_printf (_("%s, %s, %s"), count, size, time);

  end = ut_cost_dup_end (wait + seconds);
  /* Translators: a number of weights, a size, a duration and a time of the day. */
  return g_strdup_printf (_("%s, %s, %s, until %s"), count, size, time, end);
}
