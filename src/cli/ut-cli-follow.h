/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCliFollowFuncs:
 * @updated: points, epochs or figures changed; the update says what is new.
 * @rewound: epochs so far are not any more, or were read only now.
 * @stopping: a stop was asked for.
 *
 * What is told of a run that is followed.
 */
typedef struct
{
  void (*updated)  (UtRun                 *run,
                    const UtTrainerUpdate *update,
                    gpointer               data);
  void (*rewound)  (UtRun                 *run,
                    gpointer               data);
  void (*stopping) (gpointer               data);
} UtCliFollowFuncs;

/**
 * ut_cli_follow:
 * @store: the store, which trains nothing else.
 * @run: a run that it trains or is about to.
 * @funcs: what is told.
 * @data: for @funcs.
 * @result: (out): how the run ended, without its model; to be cleared by ut_cli_follow_clear().
 *
 * Waits until @run has ended. Ctrl+C and the like stop it, a second one without a check. Where
 * nothing can be saved, that is said, and tried again every few seconds.
 *
 * Returns: %UT_CLI_DONE, %UT_CLI_FAILED or %UT_CLI_INTERRUPTED.
 */
UtCliStatus ut_cli_follow       (UtRunStore             *store,
                                 UtRun                  *run,
                                 const UtCliFollowFuncs *funcs,
                                 gpointer                data,
                                 UtTrainingResult       *result);

/** ut_cli_follow_clear: frees what ut_cli_follow() put into @result. */
void        ut_cli_follow_clear (UtTrainingResult       *result);

G_END_DECLS
