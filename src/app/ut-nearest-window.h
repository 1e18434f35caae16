/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtNearestWindow:
 *
 * A window that says which words lie nearest to a typed one in a run's embedding, after its
 * training and before it. Model and word vectors are read on workers. Composite template
 * `ui/ut-nearest-window.ui`; main thread. Escape closes it.
 */
#define UT_TYPE_NEAREST_WINDOW (ut_nearest_window_get_type ())
G_DECLARE_FINAL_TYPE (UtNearestWindow, ut_nearest_window, UT, NEAREST_WINDOW, AdwWindow)

/** ut_nearest_window_new: (transfer none): a window about @run in front of @parent (nullable). */
GtkWindow *ut_nearest_window_new (GtkWindow *parent,
                                  UtRun     *run);

G_END_DECLS
