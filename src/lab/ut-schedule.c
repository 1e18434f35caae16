/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/* With step s from 1 to N, W of them warm, and η the learning rate, PyTorch's schedulers give
 *
 *   s ≤ W    η s / W                         LinearLR, from 1 / W
 *   linear   η r                             LinearLR, to 0
 *   cosine   η (1 + cos (π (1 - r))) / 2     CosineAnnealingLR
 *   plateau  η, halved when an epoch's accuracy is no better than the best before
 *                                            ReduceLROnPlateau, mode max, patience and threshold 0
 *
 * where r = (N - s + 1) / (N - W) is the share of the decay still to come: 1 on its first step, and
 * 0 would be reached just behind the last one. */

#include "config.h"

#include "ut-schedule-private.h"

#include <math.h>

void
_ut_schedule_init (UtSchedule     *self,
                   UtScheduleKind  kind,
                   double          learning_rate,
                   double          warm_up,
                   guint64         n_steps)
{
  g_assert (n_steps > 0);

  *self = (UtSchedule) {
    .kind = kind,
    .learning_rate = learning_rate,
    .n_steps = n_steps,
    .n_warm = (guint64) round (warm_up * (double) n_steps),
    .best_accuracy = -1,
  };
}

float
_ut_schedule_get_rate (const UtSchedule *self,
                       guint64           step)
{
  g_assert (step >= 1 && step <= self->n_steps);

  if (step <= self->n_warm)
    return (float) (self->learning_rate * (double) step / (double) self->n_warm);

  double rest = (double) (self->n_steps - step + 1) / (double) (self->n_steps - self->n_warm);

  switch (self->kind)
    {
    case UT_SCHEDULE_LINEAR:
      return (float) (self->learning_rate * rest);
    case UT_SCHEDULE_COSINE:
      {
        /* The same as the cosine, but exact and positive where little is left. */
        double root = sin (G_PI_2 * rest);

        return (float) (self->learning_rate * root * root);
      }
    case UT_SCHEDULE_CONSTANT:
    case UT_SCHEDULE_PLATEAU:
    default:
      return (float) self->learning_rate;
    }
}

void
_ut_schedule_end_epoch (UtSchedule *self,
                        double      accuracy)
{
  if (accuracy > self->best_accuracy)
    {
      self->best_accuracy = accuracy;
      self->n_idle_epochs = 0;
      return;
    }
  if (self->kind != UT_SCHEDULE_PLATEAU || ++self->n_idle_epochs < UT_PLATEAU_EPOCHS)
    return;

  double lower = self->learning_rate * UT_PLATEAU_FACTOR;

  if (self->learning_rate - lower > UT_PLATEAU_LEAST_CHANGE)
    self->learning_rate = lower;
  self->n_idle_epochs = 0;
}
