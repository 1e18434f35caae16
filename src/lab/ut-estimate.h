/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-corpus.h"

G_BEGIN_DECLS

/**
 * UtEstimate:
 * @n_parameters: numbers of the model.
 * @bytes: memory the training will take: weights, gradients, moments, the best epoch's copy and
 *   workspaces, without the data.
 * @seconds: of the whole run; NaN where the speed is not known.
 *
 * What a run will cost.
 */
typedef struct
{
  guint64 n_parameters;
  guint64 bytes;
  double seconds;
} UtEstimate;

/**
 * ut_config_estimate:
 * @config: what would be trained.
 * @corpus: its data.
 * @steps_per_second: speed of an earlier run of these sizes, or NaN.
 * @estimate: (out): what it will cost.
 *
 * Any thread; allocates nothing.
 */
void ut_config_estimate (const UtConfig *config,
                         const UtCorpus *corpus,
                         double          steps_per_second,
                         UtEstimate     *estimate);

G_END_DECLS
