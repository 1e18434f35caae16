/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtPoint:
 * @step: over the whole run, from 1.
 * @epoch: from 1.
 * @loss: the batch's mean loss; may be infinite or not a number.
 * @accuracy: share of the batch that was right, 0 to 1.
 *
 * One step of training.
 */
typedef struct
{
  guint64 step;
  guint epoch;
  double loss;
  double accuracy;
} UtPoint;

/**
 * UtEpoch:
 * @epoch: from 1; 0 is a check before the first epoch was complete.
 * @step: the last step of the epoch.
 * @train_loss: mean over the examples of the epoch.
 * @train_accuracy: likewise.
 * @val_loss: mean over the development rows.
 * @val_accuracy: likewise.
 * @seconds: wall time with validation.
 * @steps_per_second: without validation.
 *
 * One epoch.
 */
typedef struct
{
  guint epoch;
  guint64 step;
  double train_loss;
  double train_accuracy;
  double val_loss;
  double val_accuracy;
  double seconds;
  double steps_per_second;
} UtEpoch;

/**
 * ut_epochs_find_best:
 * @epochs: (array length=n_epochs): in order.
 * @n_epochs: how many.
 *
 * Returns: index of the epoch with the highest validation accuracy, then the lowest validation
 *   loss, then the earliest; -1 where there is none.
 */
gssize ut_epochs_find_best (const UtEpoch *epochs,
                            gsize          n_epochs);

G_END_DECLS
