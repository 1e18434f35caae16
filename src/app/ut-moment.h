/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ut_moment_dup:
 * @time: microseconds since 1970.
 * @now: likewise, the moment of asking.
 *
 * Returns: (transfer full): @time as a person says it: "today at 14:03", "yesterday at 9:30", "on 28
 *   November 2026".
 */
char *ut_moment_dup     (gint64 time,
                         gint64 now);

/** ut_moment_dup_day: (transfer full): "28 November 2026". */
char *ut_moment_dup_day (gint64 time);

G_END_DECLS
