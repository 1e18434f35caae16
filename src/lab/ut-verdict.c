/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-verdict.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* From this accuracy on the curves say nothing more about what to do next. */
#define NEARLY_ALL 0.98
/* Less above the commoner label than this is no sign of learning. */
#define LEAST_GAIN 0.02
/* A validation loss so many times the lowest one is no longer noise. */
#define CLEAR_RISE 1.05

/* The epoch since which the losses have drifted apart: the one with the lowest validation loss,
 * where the last one's is clearly higher although its training loss is lower; 0 where they do not.
 * One epoch may be chance. */
static guint
find_divergence (const UtEpoch *epochs,
                 gsize          n_epochs)
{
  const UtEpoch *last = &epochs[n_epochs - 1];
  const UtEpoch *lowest = epochs;

  for (gsize i = 1; i < n_epochs; i++)
    if (epochs[i].val_loss < lowest->val_loss)
      lowest = &epochs[i];

  return last - lowest >= 2 && last->val_loss > lowest->val_loss * CLEAR_RISE
         && last->train_loss < lowest->train_loss ? lowest->epoch : 0;
}

static gboolean
is_numeric (const UtEpoch *epoch)
{
  return isfinite (epoch->val_loss) && isfinite (epoch->val_accuracy);
}

char *
ut_verdict_new (const UtEpoch *epochs,
                gsize          n_epochs,
                double         majority,
                guint8         majority_label,
                gboolean       ended,
                gboolean       as_coded)
{
  g_return_val_if_fail (epochs != NULL || n_epochs == 0, NULL);

  gssize best = ut_epochs_find_best (epochs, n_epochs);

  if (best < 0)
    return g_strdup ("");

  const UtEpoch *top = &epochs[best];
  const UtEpoch *last = &epochs[n_epochs - 1];

  if (!isnan (majority) && top->val_accuracy < majority)
    {
      /* Before the end this may be a slow start. */
      if (!ended && n_epochs < 2)
        return g_strdup_printf (_("Best %.3f at epoch %'u, still below %.3f of one answer for "
                                  "all."),
                                top->val_accuracy, top->epoch, majority);

      if (as_coded)
        return g_strdup_printf (majority_label == 1
                                ? _("Best %.3f at epoch %'u: as the notebook's code runs, below "
                                    "%.3f, which always answering “positive” reaches.")
                                : _("Best %.3f at epoch %'u: as the notebook's code runs, below "
                                    "%.3f, which always answering “negative” reaches."),
                                top->val_accuracy, top->epoch, majority);

      return g_strdup_printf (majority_label == 1
                              ? _("Below %.3f, which always answering “positive” reaches: "
                                  "something is wrong with the run.")
                              : _("Below %.3f, which always answering “negative” reaches: "
                                  "something is wrong with the run."), majority);
    }

  /* Epoch 0 is a check of a run that was stopped early. */
  if (top->epoch == 0)
    return g_strdup_printf (_("%.3f when it was stopped, before the first epoch was complete."),
                            top->val_accuracy);

  if (!isnan (majority) && ended && top->val_accuracy < majority + LEAST_GAIN)
    return g_strdup_printf (majority_label == 1
                            ? _("Best %.3f at epoch %'u, hardly above %.3f, which always answering "
                                "“positive” reaches: it has not learnt to tell the labels apart.")
                            : _("Best %.3f at epoch %'u, hardly above %.3f, which always answering "
                                "“negative” reaches: it has not learnt to tell the labels apart."),
                            top->val_accuracy, top->epoch, majority);

  g_autofree char *first = g_strdup_printf (_("Best %.3f at epoch %'u."), top->val_accuracy,
                                            top->epoch);


  if (ended && top->val_accuracy >= NEARLY_ALL)
    return g_strdup_printf (_("%s Nearly every sentence is answered right."), first);

  guint divergence = is_numeric (last) ? find_divergence (epochs, n_epochs) : 0;

  if (divergence > 0)
    return g_strdup_printf (_("%s Since epoch %'u the validation loss rises while the training "
                              "loss falls: the model learns the examples by heart."),
                            first, divergence);
  if (ended && n_epochs >= 2 && (gsize) best == n_epochs - 1)
    return g_strdup_printf (_("%s Still improving at the last epoch: more epochs may help."),
                            first);

  return g_steal_pointer (&first);
}

char *
ut_verdict_dup_majority (double majority)
{
  return g_strdup_printf (_("always the commoner label: %.3f"), majority);
}
