/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ut_loop_trace_start:
 * @path: (nullable): where ut_loop_trace_end() writes; with %NULL nothing is measured.
 *
 * Measures from now on how long the default main context is busy between two waits, and how long
 * each frame takes of the windows that come after ut_loop_trace_install().
 */
void ut_loop_trace_start   (const char     *path);

/** ut_loop_trace_install: adds the action trace-reset, which forgets what was measured so far. */
void ut_loop_trace_install (GtkApplication *application);

/**
 * ut_loop_trace_end: writes count, percentiles and maximum in milliseconds as a JSON object:
 * "clock" and "computing" of dispatches, by the clock and by this thread's own computing, "frames"
 * and "painting" of frames likewise.
 */
void ut_loop_trace_end     (void);

G_END_DECLS
