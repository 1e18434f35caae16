/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtSourceList:
 *
 * The public data that can be fetched, a #UtSourceRow each; read on a worker. Main thread.
 *
 * Signal ::fetched (folder) when a data set was fetched.
 */
#define UT_TYPE_SOURCE_LIST (ut_source_list_get_type ())
G_DECLARE_FINAL_TYPE (UtSourceList, ut_source_list, UT, SOURCE_LIST, GtkBox)

/**
 * ut_source_list_load: shows the sources of @file, or where that is %NULL of the list that comes
 * along; the rows that were there go, and what they were fetching is given up.
 */
void ut_source_list_load (UtSourceList *self,
                          GFile        *file,
                          UtSession    *session);

G_END_DECLS
