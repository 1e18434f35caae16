/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-database-private.h"

G_BEGIN_DECLS

/*
 * Where the runs lie: in the person's data folder, or, once they were copied elsewhere, where a small
 * file in the person's configuration says. Everything blocks; any thread.
 */

/** _ut_run_place_dup_usual: (transfer full): the folder where they lie unless something else is
 * remembered. */
char     *_ut_run_place_dup_usual    (void);
/** _ut_run_place_dup_remembered: (transfer full) (nullable): the folder that is remembered. */
char     *_ut_run_place_dup_remembered (void);
/** _ut_run_place_dup_note: (transfer full): path of the file that remembers it. */
char     *_ut_run_place_dup_note     (void);
/** _ut_run_place_remember: remembers @folder; %NULL is the usual one. */
gboolean  _ut_run_place_remember     (const char     *folder,
                                      GError        **error);
/** _ut_run_place_check: an error where what is remembered is not @folder: another program has moved
 * the runs. */
gboolean  _ut_run_place_check        (const char     *folder,
                                      GError        **error);

/**
 * _ut_run_place_copy:
 * @database: of the runs.
 * @chosen: a folder that a person chose.
 * @cancellable: (nullable): to give up.
 * @error: where @chosen cannot be written, lies in the folder of the runs, has runs already, or has
 *   not the room; or where another program trains one of the runs, or writes to them meanwhile.
 *
 * Copies all runs into a new folder in @chosen. What is copied from is only read. Nobody else in this
 * program may write to it meanwhile. Where it fails, nothing is left behind.
 *
 * Returns: (transfer full) (nullable): that folder.
 */
char     *_ut_run_place_copy         (UtRunDatabase  *database,
                                      const char     *chosen,
                                      GCancellable   *cancellable,
                                      GError        **error);
/** _ut_run_place_drop: deletes a copy again. */
void      _ut_run_place_drop         (const char     *folder);

G_END_DECLS
