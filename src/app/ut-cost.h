/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCostPace:
 * @like: (unowned) (nullable): the configuration that was asked for last.
 * @seconds: of an epoch, for each unit of work; negative where no run says.
 *
 * What earlier runs say of configurations with the same data. It spares the search for those that
 * are asked for one after the other; { NULL } in the beginning.
 */
typedef struct
{
  UtConfig *like;
  double seconds;
} UtCostPace;

/**
 * ut_cost_epoch_seconds:
 * @config: what is to be trained.
 * @runs: (element-type UtRun): runs there are, newest first.
 * @pace: (inout): what the last call found; @config has to stay as long as it is used.
 *
 * Goes by what the newest run of the same data reached, scaled by the work per word.
 *
 * Returns: seconds of an epoch, negative where no run says.
 */
double  ut_cost_epoch_seconds (UtConfig   *config,
                               GListModel *runs,
                               UtCostPace *pace);

/** ut_cost_dup_end: (transfer full): the time in @seconds from now, with its day where that is not
 * today. */
char   *ut_cost_dup_end       (double      seconds);

/**
 * ut_cost_dup_text:
 * @configs: (element-type UtConfig): the runs that Start would make.
 * @corpus: (nullable): their data.
 * @runs: (element-type UtRun): runs there are.
 * @wait: seconds until the first would start; negative where unknown.
 *
 * Returns: (transfer full): "0.77 million weights, 9 MB, about 40 s", "…, about 12 min, until
 *   14:32"; "" without @corpus.
 */
char   *ut_cost_dup_text      (GPtrArray  *configs,
                               UtCorpus   *corpus,
                               GListModel *runs,
                               double      wait);

G_END_DECLS
