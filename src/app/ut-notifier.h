/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtNotifier:
 *
 * Tells of runs that end while the person works in another window: the end of a run or of the whole
 * queue, a failure, and an early end. What is told leads to the run, and is taken back when the
 * person comes to the window. Main thread.
 */
#define UT_TYPE_NOTIFIER (ut_notifier_get_type ())
G_DECLARE_FINAL_TYPE (UtNotifier, ut_notifier, UT, NOTIFIER, GObject)

/** ut_notifier_new: (transfer full): tells of the runs of @store unless @window, which has to live
 * longer, is active. */
UtNotifier *ut_notifier_new (GtkWindow  *window,
                             UtRunStore *store);

G_END_DECLS
