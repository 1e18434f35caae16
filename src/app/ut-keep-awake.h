/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtKeepAwake:
 *
 * Keeps the machine from suspending while a run trains, and lets it where none does or the run is
 * paused. Main thread.
 *
 * Properties: needed (read only: whether the machine is to stay awake).
 */
#define UT_TYPE_KEEP_AWAKE (ut_keep_awake_get_type ())
G_DECLARE_FINAL_TYPE (UtKeepAwake, ut_keep_awake, UT, KEEP_AWAKE, GObject)

/** ut_keep_awake_new: (transfer full): for the runs of @store, on behalf of @window, which has to live
 * longer. */
UtKeepAwake *ut_keep_awake_new        (GtkWindow   *window,
                                       UtRunStore  *store);
/** ut_keep_awake_get_needed: whether the machine is to stay awake. */
gboolean     ut_keep_awake_get_needed (UtKeepAwake *self);

G_END_DECLS
