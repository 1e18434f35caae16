/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-text.h"

#include <glib/gi18n.h>

char *
ut_run_text_dup_ordinal (guint position)
{
  guint tens = position % 100;

  if (tens >= 11 && tens <= 13)
    /* Translators: a place in a queue, as 11th. */
    return g_strdup_printf (C_("ordinal", "%uth"), position);

  switch (position % 10)
    {
    case 1:
      /* Translators: a place in a queue, as 21st. */
      return g_strdup_printf (C_("ordinal", "%ust"), position);
    case 2:
      /* Translators: a place in a queue, as 22nd. */
      return g_strdup_printf (C_("ordinal", "%und"), position);
    case 3:
      /* Translators: a place in a queue, as 23rd. */
      return g_strdup_printf (C_("ordinal", "%urd"), position);
    default:
      return g_strdup_printf (C_("ordinal", "%uth"), position);
    }
}

char *
ut_run_text_dup_duration (double seconds)
{
  guint64 whole = (guint64) CLAMP (seconds, 0, 1e9);
  guint hours = (guint) (whole / 3600);
  guint minutes = (guint) (whole / 60 % 60);
  guint rest = (guint) (whole % 60);

  if (hours > 0)
    return g_strdup_printf ("%u:%02u:%02u", hours, minutes, rest);

  return g_strdup_printf ("%u:%02u", minutes, rest);
}

static char *
dup_best (UtRun *run)
{
  const UtEpoch *best = ut_run_get_best (run);

  if (best == NULL)
    return NULL;
  if (best->epoch == 0)
    /* Translators: an accuracy, measured before the first epoch was complete. */
    return g_strdup_printf (_("%.3f within epoch 1"), best->val_accuracy);

  /* Translators: the best accuracy and its epoch, as "0.833 at epoch 3". */
  return g_strdup_printf (_("%.3f at epoch %u"), best->val_accuracy, best->epoch);
}

char *
ut_run_text_dup_place (UtRun *run)
{
  const UtTrainerUpdate *progress;

  g_return_val_if_fail (UT_IS_RUN (run), NULL);

  progress = ut_run_get_progress (run);
  if (progress == NULL || progress->n_epochs == 0)
    return g_strdup (_("starting"));

  return g_strdup_printf (_("epoch %u of %u"), MAX (progress->epoch, 1), progress->n_epochs);
}

static char *
dup_ensemble_summary (UtRun *run)
{
  const UtEvaluation *evaluation = ut_run_get_evaluation (run);

  if (evaluation == NULL)
    return g_strdup (_("not checked"));

  /* Translators: an accuracy, and how many runs are averaged; there is room for few characters. */
  return g_strdup_printf (_("%.3f, mean of %u"), evaluation->accuracy, ut_run_get_n_members (run));
}

static char *
dup_summary_here (UtRun *run)
{
  const UtTrainerUpdate *progress;
  g_autofree char *best = NULL;
  g_autofree char *place = NULL;

  progress = ut_run_get_progress (run);
  best = dup_best (run);
  place = ut_run_text_dup_place (run);
  switch (ut_run_get_state (run))
    {
    case UT_RUN_QUEUED:
      {
        guint position = ut_run_get_queue_position (run);
        g_autofree char *ordinal = ut_run_text_dup_ordinal (MAX (position, 1));

        if (position == 0)
          return g_strdup (_("queued"));
        return g_strdup_printf (_("queued, %s"), ordinal);
      }
    case UT_RUN_PREPARING:
      return g_strdup (_("reading its data"));
    case UT_RUN_TRAINING:
    case UT_RUN_CHECKING:
      if (ut_run_get_n_members (run) > 0)
        return g_strdup (_("checking"));
      return g_steal_pointer (&place);
    case UT_RUN_PAUSED:
      if (progress == NULL || progress->n_epochs == 0)
        return g_strdup (_("paused"));
      return g_strdup_printf (_("paused, epoch %u"), MAX (progress->epoch, 1));
    case UT_RUN_STOPPING:
      return g_strdup (_("stopping…"));
    case UT_RUN_FAILED:
      return g_strdup_printf (_("failed: %s"), ut_run_get_failure (run));
    case UT_RUN_INTERRUPTED:
      if (best == NULL)
        return g_strdup (_("cut off"));
      /* Translators: the best accuracy; the row has no room for its epoch too. */
      return g_strdup_printf (_("%.3f, cut off"), ut_run_get_best (run)->val_accuracy);
    case UT_RUN_STOPPED:
      if (best == NULL)
        return g_strdup (_("stopped"));
      return g_steal_pointer (&best);
    case UT_RUN_OPENED:
      if (best == NULL)
        return g_strdup (_("opened file"));
      return g_steal_pointer (&best);
    case UT_RUN_ENSEMBLE:
      return dup_ensemble_summary (run);
    case UT_RUN_FINISHED:
    default:
      if (best == NULL)
        return g_strdup (_("not checked"));
      return g_steal_pointer (&best);
    }
}

char *
ut_run_text_dup_summary (UtRun *run)
{
  g_autofree char *summary = NULL;

  g_return_val_if_fail (UT_IS_RUN (run), NULL);

  summary = dup_summary_here (run);
  if (ut_run_is_elsewhere (run))
    /* Translators: how a run stands that a second program trains, as "epoch 5 of 16". */
    return g_strdup_printf (_("%s, in another program"), summary);
  if (ut_run_get_reproduction (run) != NULL)
    return g_strdup_printf ("%s · %s", summary, ut_run_get_reproduction (run));

  return g_steal_pointer (&summary);
}

static char *
dup_ensemble_status (UtRun *run)
{
  const UtEvaluation *evaluation = ut_run_get_evaluation (run);

  if (evaluation == NULL)
    return g_strdup (_("An ensemble, not checked. It has no curves; Predict uses it."));

  return g_strdup_printf (_("An ensemble: validation accuracy %.3f, loss %.3f. It has no curves; "
                            "Predict uses it."), evaluation->accuracy, evaluation->loss);
}

static char *
dup_training_status (UtRun *run)
{
  const UtTrainerUpdate *progress = ut_run_get_progress (run);
  GString *text = g_string_new (NULL);
  g_autofree char *elapsed = NULL;

  g_string_append_printf (text, _("Epoch %u of %u"), MAX (progress->epoch, 1), progress->n_epochs);
  g_string_append_printf (text, _(" · batch %'u of %'u"), progress->batch, progress->n_batches);
  if (progress->examples_per_second > 0)
    {
      /* Two figures are all that is steady of a rate that changes from second to second. */
      double unit = progress->examples_per_second >= 10000 ? 1000 :
                    progress->examples_per_second >= 1000 ? 100 :
                    progress->examples_per_second >= 100 ? 10 : 1;
      guint rate = (guint) (unit * (guint64) (progress->examples_per_second / unit + 0.5));

      g_string_append_printf (text, _(" · %'u examples/s"), rate);
    }
  elapsed = ut_run_text_dup_duration (progress->elapsed);
  g_string_append (text, " · ");
  if (progress->remaining >= 0)
    {
      g_autofree char *remaining = ut_run_text_dup_duration (progress->remaining + 0.5);

      g_string_append_printf (text, _("%s gone, %s left"), elapsed, remaining);
    }
  else
    {
      g_string_append_printf (text, _("%s gone"), elapsed);
    }

  return g_string_free (text, FALSE);
}

static char *
dup_elsewhere_status (UtRun *run)
{
  gsize n_epochs;

  ut_run_get_epochs (run, &n_epochs);
  if (ut_run_get_state (run) == UT_RUN_QUEUED)
    return g_strdup (_("Waits in another program"));
  if (n_epochs == 0)
    return g_strdup (_("Trains in another program"));

  return g_strdup_printf (_("Trains in another program: %u of %u epochs"), (guint) n_epochs,
                          (guint) ut_config_get_int (ut_run_get_config (run), UT_SETTING_EPOCHS));
}

char *
ut_run_text_dup_queued (UtRun    *run,
                        gboolean  paused,
                        double    wait)
{
  g_autofree char *ordinal = NULL;
  g_autofree char *duration = NULL;

  g_return_val_if_fail (UT_IS_RUN (run), NULL);

  ordinal = ut_run_text_dup_ordinal (MAX (ut_run_get_queue_position (run), 1));
  if (paused)
    return g_strdup_printf (_("%s in the queue, which is paused"), ordinal);
  if (wait < 0)
    return g_strdup_printf (_("%s in the queue"), ordinal);

  duration = ut_run_text_dup_duration (wait + 0.5);
  return g_strdup_printf (_("%s in the queue, starts in about %s"), ordinal, duration);
}

char *
ut_run_text_dup_status (UtRun *run)
{
  const UtTrainerUpdate *progress;

  g_return_val_if_fail (UT_IS_RUN (run), NULL);

  if (ut_run_is_elsewhere (run))
    return dup_elsewhere_status (run);

  progress = ut_run_get_progress (run);
  switch (ut_run_get_state (run))
    {
    case UT_RUN_QUEUED:
      return ut_run_text_dup_queued (run, FALSE, -1);
    case UT_RUN_PREPARING:
      if (progress == NULL || progress->file == NULL)
        return g_strdup (_("Reading the data"));

      return g_strdup_printf (_("Reading %s, %.0f %%"), progress->file, 100 * progress->fraction);
    case UT_RUN_TRAINING:
      if (progress == NULL || progress->n_epochs == 0)
        return g_strdup (_("Starting"));

      return dup_training_status (run);
    case UT_RUN_CHECKING:
      if (progress == NULL)
        return g_strdup (_("Starting"));

      return g_strdup_printf (ngettext ("Checking on %'u sentence", "Checking on %'u sentences",
                                        progress->n_dev), progress->n_dev);
    case UT_RUN_PAUSED:
      if (progress == NULL || progress->n_epochs == 0)
        return g_strdup (_("Paused before the first batch."));
      if (progress->trouble != NULL)
        return g_strdup_printf (_("Paused at epoch %u, batch %'u: a file cannot be saved."),
                                MAX (progress->epoch, 1), progress->batch);

      return g_strdup_printf (_("Paused at epoch %u, batch %'u. Predict uses these weights."),
                              MAX (progress->epoch, 1), progress->batch);
    case UT_RUN_STOPPING:
      return g_strdup (_("Stopping…"));
    case UT_RUN_INTERRUPTED:
      return g_strdup (ut_run_get_failure (run));
    case UT_RUN_OPENED:
      return g_strdup (_("A model file. It has no curves; Predict uses it."));
    case UT_RUN_ENSEMBLE:
      return dup_ensemble_status (run);
    case UT_RUN_FAILED:
    case UT_RUN_STOPPED:
    case UT_RUN_FINISHED:
    default:
      return ut_run_text_dup_milestone (run);
    }
}

/* @how it ended, after how many epochs and what time: what came of it is for the verdict to say. */
static char *
dup_ended (UtRun      *run,
           const char *how)
{
  gsize n_epochs;
  const UtEpoch *epochs = ut_run_get_epochs (run, &n_epochs);
  g_autofree char *duration = NULL;
  g_autofree char *ended = NULL;
  double seconds = 0;

  for (gsize i = 0; i < n_epochs; i++)
    seconds += epochs[i].seconds;
  duration = ut_run_text_dup_duration (seconds + 0.5);
  /* Translators: "Finished" or "Stopped", numbers of epochs and a duration. */
  ended = g_strdup_printf (_("%s: %u of %u epochs in %s"), how, epochs[n_epochs - 1].epoch,
                           (guint) ut_config_get_int (ut_run_get_config (run), UT_SETTING_EPOCHS),
                           duration);

  return ut_run_get_reproduction (run) != NULL
         ? g_strdup_printf ("%s · %s", ended, ut_run_get_reproduction (run))
         : g_steal_pointer (&ended);
}

char *
ut_run_text_dup_milestone (UtRun *run)
{
  gsize n_epochs;
  const UtEpoch *epochs;

  g_return_val_if_fail (UT_IS_RUN (run), NULL);

  if (ut_run_is_elsewhere (run))
    return dup_elsewhere_status (run);

  epochs = ut_run_get_epochs (run, &n_epochs);
  switch (ut_run_get_state (run))
    {
    case UT_RUN_TRAINING:
    case UT_RUN_CHECKING:
      if (ut_run_get_n_members (run) > 0)
        return ut_run_text_dup_status (run);
      if (n_epochs > 0)
        return g_strdup_printf (_("Epoch %u done: validation accuracy %.3f, loss %.3f"),
                                epochs[n_epochs - 1].epoch, epochs[n_epochs - 1].val_accuracy,
                                epochs[n_epochs - 1].val_loss);
      return g_strdup (_("Training"));
    case UT_RUN_PREPARING:
      return g_strdup (_("Reading the data"));
    case UT_RUN_FAILED:
      return g_strdup (_("Failed"));
    case UT_RUN_STOPPED:
      return n_epochs > 0 ? dup_ended (run, _("Stopped")) : g_strdup (_("Stopped, not checked"));
    case UT_RUN_FINISHED:
      return n_epochs > 0 ? dup_ended (run, _("Finished")) : g_strdup (_("Finished"));
    case UT_RUN_QUEUED:
    case UT_RUN_PAUSED:
    case UT_RUN_STOPPING:
    case UT_RUN_INTERRUPTED:
    case UT_RUN_OPENED:
    case UT_RUN_ENSEMBLE:
    default:
      return ut_run_text_dup_status (run);
    }
}

char *
ut_run_text_dup_members (UtRun *run)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n_members;

  g_return_val_if_fail (UT_IS_RUN (run), NULL);

  n_members = ut_run_get_n_members (run);
  if (n_members == 0)
    return NULL;

  for (guint i = 0; i < n_members; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", ut_run_get_member_name (run, i));

  /* Translators: names of runs. */
  return g_strdup_printf (_("The mean of what these answer: %s."), names->str);
}

char *
ut_run_text_dup_end (UtRun *run)
{
  const UtTrainerUpdate *progress;
  const UtEpoch *best;

  g_return_val_if_fail (UT_IS_RUN (run), NULL);

  if (ut_run_get_state (run) != UT_RUN_STOPPED)
    return NULL;

  progress = ut_run_get_progress (run);
  best = ut_run_get_best (run);
  if (best == NULL)
    return g_strdup_printf (_("%s stopped, not checked."), ut_run_get_name (run));
  if (best->epoch == 0 || progress == NULL)
    return g_strdup_printf (_("%s stopped in its first epoch."), ut_run_get_name (run));

  return g_strdup_printf (_("Stopped at epoch %u; the best is epoch %u."),
                          MAX (progress->epoch, 1), best->epoch);
}

char *
ut_run_text_dup_failure (UtRun *run)
{
  const UtEpoch *best;
  const char *failure;
  const char *stop;

  g_return_val_if_fail (UT_IS_RUN (run), NULL);

  failure = ut_run_get_failure (run);
  if (ut_run_get_state (run) != UT_RUN_FAILED || failure == NULL)
    return NULL;

  best = ut_run_get_best (run);
  if (best == NULL || best->epoch == 0)
    return g_strdup (failure);

  /* What other libraries say has no full stop. */
  stop = g_str_has_suffix (failure, ".") ? "" : ".";
  /* Translators: why a run failed, a full stop or nothing, and what there still is of it. */
  return g_strdup_printf (_("%s%s The model of epoch %u is kept."), failure, stop, best->epoch);
}

char *
ut_run_text_dup_trouble (UtRun      *run,
                         const char *trouble)
{
  g_return_val_if_fail (run == NULL || UT_IS_RUN (run), NULL);
  g_return_val_if_fail (trouble != NULL, NULL);

  if (run == NULL)
    /* Translators: a file and why it cannot be written, as "/home/me/m: No space left on device". */
    return g_strdup_printf (_("Cannot save to %s. The queue waits."), trouble);
  if (ut_run_get_progress (run)->trouble != NULL)
    /* Translators: as above, and the name of a run. */
    return g_strdup_printf (_("Cannot save to %s. %s is paused."), trouble, ut_run_get_name (run));

  /* Translators: as above, and the name of a run. */
  return g_strdup_printf (_("Cannot save to %s. %s goes on; what it comes to is kept in memory."),
                          trouble, ut_run_get_name (run));
}

char *
ut_run_text_dup_news (UtRun  *run,
                      guint   n_ended,
                      char  **body)
{
  gsize n_epochs;
  g_autofree char *best = NULL;
  const char *name;
  gboolean finished;

  g_return_val_if_fail (UT_IS_RUN (run), NULL);
  g_return_val_if_fail (body != NULL, NULL);

  *body = NULL;
  name = ut_run_get_name (run);
  ut_run_get_epochs (run, &n_epochs);
  finished = ut_run_get_state (run) == UT_RUN_FINISHED;
  if (ut_run_get_state (run) == UT_RUN_FAILED)
    {
      *body = ut_run_text_dup_failure (run);
      /* Translators: the name of a run. */
      return g_strdup_printf (_("%s failed"), name);
    }

  best = dup_best (run);
  if (best != NULL)
    /* Translators: "0.833 at epoch 3". */
    *body = g_strdup_printf (_("Best %s"), best);
  if (finished && ut_run_get_n_members (run) == 0 &&
      n_epochs < (gsize) ut_config_get_int (ut_run_get_config (run), UT_SETTING_EPOCHS))
    /* Translators: the name of a run. */
    return g_strdup_printf (_("%s ended early"), name);
  if (n_ended > 1)
    {
      g_clear_pointer (body, g_free);
      return g_strdup_printf (ngettext ("%'u run is done", "%'u runs are done", n_ended), n_ended);
    }
  if (n_ended == 1 && finished)
    /* Translators: the name of a run. */
    return g_strdup_printf (_("%s is done"), name);

  g_clear_pointer (body, g_free);
  return NULL;
}
