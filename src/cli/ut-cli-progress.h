/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-cli.h"

G_BEGIN_DECLS

/**
 * UtCliProgress:
 *
 * A progress bar on standard error, redrawn at most ten times a second. Nothing is drawn where
 * standard error is no terminal, nor where standard output is a pipe, whose reader may write to the
 * same terminal at any time.
 */
typedef struct UtCliProgress UtCliProgress;

UtCliProgress *ut_cli_progress_new    (void);
/** ut_cli_progress_free: takes the bar away. */
void           ut_cli_progress_free   (UtCliProgress *self);

/**
 * ut_cli_progress_show:
 * @self: the bar.
 * @label: what is underway.
 * @fraction: 0 to 1.
 * @detail: (nullable): how it goes; shown as far as there is room.
 */
void           ut_cli_progress_show   (UtCliProgress *self,
                                       const char    *label,
                                       double         fraction,
                                       const char    *detail);

/** ut_cli_progress_clear: takes the bar away, so that a line can be printed in its place. */
void           ut_cli_progress_clear  (UtCliProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCliProgress, ut_cli_progress_free)

G_END_DECLS
