/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtRunList:
 *
 * All runs with a search, see #UtRunSearch. The selected row is the session's current run.
 *
 * Keys on a row: Space shows or hides it in the plots, F2 renames, Delete deletes, Shift+F10 and
 * Menu open its menu.
 *
 * Accessibility: a group with a list, whose rows are named after run and state.
 */
#define UT_TYPE_RUN_LIST (ut_run_list_get_type ())
G_DECLARE_FINAL_TYPE (UtRunList, ut_run_list, UT, RUN_LIST, GtkBox)

/** ut_run_list_set_session: lists the runs of @session; once. */
void ut_run_list_set_session (UtRunList *self,
                              UtSession *session);

/** ut_run_list_search: brings the focus into the search. */
void ut_run_list_search      (UtRunList *self);

/** ut_run_list_rename: asks for another name of @run, beside its row if that is in sight. */
void ut_run_list_rename      (UtRunList *self,
                              UtRun     *run);

G_END_DECLS
