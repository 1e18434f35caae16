/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-database-private.h"

G_BEGIN_DECLS

/*
 * Copies of the store of the last days, in the folder "backups" beside it, in case it is damaged.
 * Everything blocks; any thread.
 */

/** _ut_run_backup_make: copies the store at @path, unless that was done today already; a damaged one is
 * not copied. Only the last few copies stay. */
gboolean  _ut_run_backup_make    (UtRunDatabase  *database,
                                  const char     *path,
                                  GError        **error);
/** _ut_run_backup_find: (transfer full) (nullable): the last copy of the store at @path. */
char     *_ut_run_backup_find    (const char     *path);
/** _ut_run_backup_set_aside: moves the store at @path, which no program may be using, to a name with
 * "damaged" and the time in it. */
gboolean  _ut_run_backup_set_aside (const char   *path,
                                  GError        **error);
/** _ut_run_backup_restore: likewise, and puts the last copy in its place. */
gboolean  _ut_run_backup_restore (const char     *path,
                                  GError        **error);

G_END_DECLS
