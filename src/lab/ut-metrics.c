/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-metrics-private.h"

#include <math.h>

gboolean
_ut_epoch_is_better (const UtEpoch *epoch,
                     const UtEpoch *best)
{
  if (isnan (epoch->val_accuracy))
    return FALSE;
  if (isnan (best->val_accuracy) || epoch->val_accuracy > best->val_accuracy)
    return TRUE;

  return epoch->val_accuracy == best->val_accuracy && epoch->val_loss < best->val_loss;
}

gssize
ut_epochs_find_best (const UtEpoch *epochs,
                     gsize          n_epochs)
{
  g_return_val_if_fail (epochs != NULL || n_epochs == 0, -1);

  gssize best = -1;

  for (gsize i = 0; i < n_epochs; i++)
    {
      gboolean better = best < 0
                        ? !isnan (epochs[i].val_accuracy)
                        : _ut_epoch_is_better (&epochs[i], &epochs[best]);

      if (better)
        best = (gssize) i;
    }

  return best;
}
