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

/** ut_cli_store_is_free: whether @run may be changed; says that another program trains it. */
gboolean    ut_cli_store_is_free (UtRun      *run);

G_END_DECLS
