/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * ut_cost_seconds:
 * @config: what is to be trained.
 * @n_examples: training sentences.
 * @runs: (element-type UtRun): runs there are, newest first.
 *
 * Goes by what the newest run of the same data reached, scaled by the work per word.
 *
 * Returns: seconds, negative where no run says.
 */
double  ut_cost_seconds  (UtConfig   *config,
                          gsize       n_examples,
                          GListModel *runs);

/**
 * ut_cost_dup_text:
 * @configs: (element-type UtConfig): the runs that Start would make.
 * @corpus: (nullable): their data.
 * @runs: (element-type UtRun): runs there are.
 *
 * Returns: (transfer full): "0.77 million weights, 9 MB, about 40 s"; "" without @corpus.
 */
char   *ut_cost_dup_text (GPtrArray  *configs,
                          UtCorpus   *corpus,
                          GListModel *runs);

G_END_DECLS
