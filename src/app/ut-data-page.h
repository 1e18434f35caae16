/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtDataPage:
 *
 * The page of the data sets: a list of them beside what there is to see of the one that is selected.
 * Below the list stands the public data that can be fetched. It folds with its width. Composite
 * template `ui/ut-data-page.ui`; main thread.
 *
 * Signal ::fetched (folder as #GFile) when a data set was fetched.
 */
#define UT_TYPE_DATA_PAGE (ut_data_page_get_type ())
G_DECLARE_FINAL_TYPE (UtDataPage, ut_data_page, UT, DATA_PAGE, GtkWidget)

/** ut_data_page_new: a page for the window of @session. */
GtkWidget *ut_data_page_new    (UtSession   *session);

/** ut_data_page_select: shows @entry of the session's data sets. */
void       ut_data_page_select (UtDataPage  *self,
                                UtDataEntry *entry);

G_END_DECLS
