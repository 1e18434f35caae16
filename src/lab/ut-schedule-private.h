/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-setting.h"

G_BEGIN_DECLS

/** UT_PLATEAU_EPOCHS: so many epochs in a row without a better accuracy lower the rate. */
#define UT_PLATEAU_EPOCHS 1
/** UT_PLATEAU_FACTOR: what the rate is then multiplied by. */
#define UT_PLATEAU_FACTOR 0.5
/** UT_PLATEAU_LEAST_CHANGE: a smaller one is not made, so that the rate stays above zero. */
#define UT_PLATEAU_LEAST_CHANGE 1e-8

/**
 * UtSchedule:
 * @kind: how the rate falls.
 * @learning_rate: the rate after the warm-up, which a plateau lowers.
 * @n_steps: of the whole run.
 * @n_warm: of these, the first ones, on which the rate rises.
 * @best_accuracy: of the epochs that have ended.
 * @n_idle_epochs: how many have ended since without a better one, or a lower rate.
 *
 * The learning rate of each step of a run.
 */
typedef struct
{
  UtScheduleKind kind;
  double learning_rate;
  guint64 n_steps;
  guint64 n_warm;
  double best_accuracy;
  guint n_idle_epochs;
} UtSchedule;

/**
 * _ut_schedule_init:
 * @self: the schedule.
 * @kind: how the rate falls.
 * @learning_rate: the rate after the warm-up.
 * @warm_up: the share of @n_steps on which the rate rises, 0 to 0.5.
 * @n_steps: of the whole run, at least 1.
 */
void  _ut_schedule_init      (UtSchedule       *self,
                              UtScheduleKind    kind,
                              double            learning_rate,
                              double            warm_up,
                              guint64           n_steps);

/** _ut_schedule_get_rate: that of @step, from 1 to n_steps; more than 0. */
float _ut_schedule_get_rate  (const UtSchedule *self,
                              guint64           step);

/** _ut_schedule_end_epoch: an epoch has ended with this validation @accuracy. */
void  _ut_schedule_end_epoch (UtSchedule       *self,
                              double            accuracy);

G_END_DECLS
