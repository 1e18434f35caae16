/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtCliWait:
 *
 * Waits for the end of one asynchronous call: ut_cli_wait_done_cb() is its callback, the wait its
 * data.
 */
typedef struct UtCliWait UtCliWait;

UtCliWait    *ut_cli_wait_new     (void);
void          ut_cli_wait_free    (UtCliWait    *self);

/** ut_cli_wait_done_cb: the call has ended. */
void          ut_cli_wait_done_cb (GObject      *source,
                                   GAsyncResult *result,
                                   gpointer      data);

/** ut_cli_wait_for: (transfer none): runs the main context until the call has ended. */
GAsyncResult *ut_cli_wait_for     (UtCliWait    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCliWait, ut_cli_wait_free)

G_END_DECLS
