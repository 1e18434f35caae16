/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UtQueueWindow:
 *
 * The runs that wait for their turn, in their order: each can be moved, started next or removed, and
 * all can be held back. It says when all will be done.
 *
 * Keys in the list: Alt+Up and Alt+Down move a run, Alt+Home makes it the next one, Delete removes
 * it and Ctrl+Z takes that back. A row can also be dragged onto another one.
 *
 * Accessibility: each row is named after its run, its place and what it waits for.
 */
#define UT_TYPE_QUEUE_WINDOW (ut_queue_window_get_type ())
G_DECLARE_FINAL_TYPE (UtQueueWindow, ut_queue_window, UT, QUEUE_WINDOW, AdwWindow)

/**
 * ut_queue_window_new:
 * @parent: the window it belongs to, whose actions it uses.
 * @session: its session.
 *
 * Returns: (transfer none): the window, which lives until it is closed.
 */
GtkWindow *ut_queue_window_new (GtkWindow *parent,
                                UtSession *session);

G_END_DECLS
