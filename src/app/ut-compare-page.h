/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtComparePage:
 *
 * The page that sets runs side by side: above, the table of all runs; below, panes that look at the
 * current and the shown ones, one at a time. How the two share the height, and which pane is in
 * view, is remembered. With fewer than two runs it says what is missing. Composite template
 * `ui/ut-compare-page.ui`; main thread.
 */
#define UT_TYPE_COMPARE_PAGE (ut_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (UtComparePage, ut_compare_page, UT, COMPARE_PAGE, GtkWidget)

/** ut_compare_page_new: a page for the window of @session. */
GtkWidget *ut_compare_page_new      (UtSession     *session);

/**
 * ut_compare_page_add_pane:
 * @self: the page.
 * @name: what the settings remember it by.
 * @title: what the switcher calls it, translated.
 * @pane: (transfer floating): a widget that follows the session by itself and works only while it
 *   is mapped.
 *
 * Adds @pane behind those that are there.
 */
void       ut_compare_page_add_pane (UtComparePage *self,
                                     const char    *name,
                                     const char    *title,
                                     GtkWidget     *pane);

G_END_DECLS
