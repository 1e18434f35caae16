/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli-output.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCliKeptOptions:
 * @json: whether the events of the log are printed instead of a table.
 * @model_path: (nullable): receives a copy of the best epoch's model.
 * @log_path: (nullable): receives the events of the log.
 * @map_path: (nullable): receives the data map; needs the corpus.
 * @again: whether the run repeats another one, which it is compared with at the end.
 *
 * What a person wants of a run beside that it is kept.
 */
typedef struct
{
  gboolean json;
  const char *model_path;
  const char *log_path;
  const char *map_path;
  gboolean again;
} UtCliKeptOptions;

/**
 * ut_cli_kept_read_corpus:
 * @config: whose data.
 * @json: whether what fails is an event, too.
 * @output: where events are written.
 * @status: (out): the exit status, where %NULL is returned.
 *
 * Reads the data of a run before it is added, so that nothing is kept of one that has none. Says
 * what is wrong.
 *
 * Returns: (transfer full) (nullable): the data.
 */
UtCorpus   *ut_cli_kept_read_corpus (UtConfig               *config,
                                     gboolean                json,
                                     UtCliOutput            *output,
                                     UtCliStatus            *status);

/**
 * ut_cli_kept_train:
 * @store: the store.
 * @run: a run that it trains or is about to.
 * @corpus: (nullable): its data, where at hand.
 * @options: what else is wanted.
 * @output: where it is said how it goes.
 *
 * Waits until @run has ended, and says how it goes. Then the store is tended, too.
 *
 * Returns: the exit status; the caller finishes @output.
 */
UtCliStatus ut_cli_kept_train       (UtRunStore             *store,
                                     UtRun                  *run,
                                     UtCorpus               *corpus,
                                     const UtCliKeptOptions *options,
                                     UtCliOutput            *output);

G_END_DECLS
