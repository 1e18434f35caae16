/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Which program trains a run. Any thread.
 */

/** UT_OWNER_BEAT_SECONDS: how often an owner says that it lives. */
#define UT_OWNER_BEAT_SECONDS 5

/** _ut_owner_get_self: a text that tells this process from all others that ever were: the start of
 * the system, the namespace and the number of the process, and when it started. */
const char *_ut_owner_get_self (void);

/**
 * _ut_owner_is_alive:
 * @owner: (nullable): what _ut_owner_get_self() said in some process.
 * @beat: when that process last said that it lives, microseconds since 1970.
 * @now: the time now, likewise.
 *
 * A process that can be seen from here is looked for; one in another container or on another machine
 * is believed for a while after it was last heard of.
 */
gboolean    _ut_owner_is_alive (const char *owner,
                                gint64      beat,
                                gint64      now);

G_END_DECLS
