/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UtTrashWindow:
 *
 * The deleted runs, the last deleted one first, to be restored or deleted for good. What cannot be
 * undone is asked for.
 *
 * Keys: Delete on a row deletes its run for good, Escape closes.
 */
#define UT_TYPE_TRASH_WINDOW (ut_trash_window_get_type ())
G_DECLARE_FINAL_TYPE (UtTrashWindow, ut_trash_window, UT, TRASH_WINDOW, AdwWindow)

/** ut_trash_window_new: (transfer none): a window that is destroyed with @parent (nullable). */
GtkWindow *ut_trash_window_new (GtkWindow *parent,
                                UtSession *session);

G_END_DECLS
