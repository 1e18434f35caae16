/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-config.h"

#include <gio/gio.h>
#include <ut-nn.h>

G_BEGIN_DECLS

/**
 * UtStatePosition:
 * @step: steps done in the whole run.
 * @epoch: from 1, the epoch that is done or under way.
 * @batch: batches done in it.
 * @is_best: whether these weights are the best so far.
 *
 * Where a training stands.
 */
typedef struct
{
  guint64 step;
  guint epoch;
  gsize batch;
  gboolean is_best;
} UtStatePosition;

/**
 * _ut_state_save:
 * @file: the state file of the run.
 * @config: of the run.
 * @model: the weights as the trainer stores them.
 * @trainer: its moments, the last steps of the embedding's rows, and the rates.
 * @position: where it stands.
 * @previous_is_best: whether @file now holds the best epoch's state.
 * @error: names the file.
 *
 * Keeps the training state of the last and of the best epoch, in two files where they differ: a
 * state that is the best one steps aside, to the file's name with ".best" behind it, for a later
 * one.
 */
gboolean _ut_state_save (GFile                  *file,
                         UtConfig               *config,
                         const UtNnModel        *model,
                         UtNnTrainer            *trainer,
                         const UtStatePosition  *position,
                         gboolean                previous_is_best,
                         GError                **error);

G_END_DECLS
