/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli.h"

G_BEGIN_DECLS

/**
 * UtCliSignals:
 *
 * Wishes to end: SIGINT, SIGTERM and SIGHUP, but those that are meant to be ignored, as when the
 * program was started by nohup.
 */
typedef struct UtCliSignals UtCliSignals;

/**
 * ut_cli_signals_new:
 * @callback: called from the main context; where it returns %G_SOURCE_REMOVE, the signal that came
 *   has its own meaning again.
 * @data: for @callback.
 *
 * Returns: (transfer full): watches until it is freed.
 */
UtCliSignals *ut_cli_signals_new  (GSourceFunc   callback,
                                   gpointer      data);
void          ut_cli_signals_free (UtCliSignals *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCliSignals, ut_cli_signals_free)

G_END_DECLS
