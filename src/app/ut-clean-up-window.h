/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtCleanUpWindow:
 *
 * How much room the runs take, and what of it can be freed: training states of finished runs, and
 * deleted runs. Both are asked for, with what is lost.
 *
 * Key: Escape closes.
 */
#define UT_TYPE_CLEAN_UP_WINDOW (ut_clean_up_window_get_type ())
G_DECLARE_FINAL_TYPE (UtCleanUpWindow, ut_clean_up_window, UT, CLEAN_UP_WINDOW, AdwWindow)

/** ut_clean_up_window_new: (transfer none): a window that is destroyed with @parent (nullable). */
GtkWindow *ut_clean_up_window_new (GtkWindow  *parent,
                                   UtRunStore *store);

G_END_DECLS
