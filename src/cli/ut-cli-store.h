/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The runs that are kept, the same ones as the window's.
 */
#pragma once

#include "ut-cli.h"

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * ut_cli_store_open: reads what there is; says what is wrong, and what can be done about it.
 *
 * Returns: (transfer full) (nullable): the store.
 */
UtRunStore *ut_cli_store_open   (void);

/** ut_cli_store_load: has @store read what there is. */
gboolean    ut_cli_store_load   (UtRunStore  *store,
                                 GError     **error);

/**
 * ut_cli_store_sync: waits until all that was changed is written, and reads anew what there is;
 * says what could not be written.
 *
 * Returns: whether all was.
 */
gboolean    ut_cli_store_sync   (UtRunStore  *store);

/**
 * ut_cli_store_find:
 * @store: the store.
 * @runs: its runs or its trash.
 * @text: the name of a run, where there is one of that name, its id, or a beginning of that.
 *
 * Says where there is none or more than one.
 *
 * Returns: (transfer full) (nullable): the run.
 */
UtRun      *ut_cli_store_find   (UtRunStore  *store,
                                 GListModel  *runs,
                                 const char  *text);

/**
 * ut_cli_store_find_runs:
 * @store: the store.
 * @command: whose help tells more.
 * @n_names: how many runs are named; 0 for all there are.
 * @names: (array length=n_names): as ut_cli_store_find() takes them.
 * @status: (out): the exit status, where %NULL is returned.
 *
 * Says where there is none, or more than one, of a name, and where a run is named twice.
 *
 * Returns: (transfer full) (element-type UtRun) (nullable): the runs in the order of their names.
 */
GPtrArray  *ut_cli_store_find_runs (UtRunStore  *store,
                                    const char  *command,
                                    int          n_names,
                                    char       **names,
                                    UtCliStatus *status);

/** ut_cli_store_read_points: waits until the points of @run are in memory. */
void        ut_cli_store_read_points (UtRunStore  *store,
                                      UtRun       *run);

/** ut_cli_store_read_answers: (transfer full) (nullable): what @run answered on its development
 * rows. */
UtAnswers  *ut_cli_store_read_answers (UtRun      *run,
                                       GError    **error);

/** ut_cli_store_is_free: whether @run may be changed; says that another program trains it. */
gboolean    ut_cli_store_is_free (UtRun      *run);

G_END_DECLS
