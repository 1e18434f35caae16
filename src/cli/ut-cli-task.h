/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ut_cli_task_run:
 * @run: does the work, on a worker.
 * @data: for @run, which has it for itself meanwhile.
 * @cancellable: cancelled where the person wishes to end; the next wish ends the program.
 *
 * Waits until the work is done. Main thread.
 */
void        ut_cli_task_run (void         (*run) (gpointer data),
                             gpointer       data,
                             GCancellable  *cancellable);

/** ut_cli_task_end: the exit status of work that ended with @error (nullable), which is told unless
 * the person wished it, or else with @status. */
UtCliStatus ut_cli_task_end (const GError  *error,
                             UtCliStatus    status);

G_END_DECLS
