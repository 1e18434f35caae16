/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtWhatIfBar:
 *
 * A line that says what an edit changes, with a button that ends the comparison. Composite template
 * `ui/ut-what-if-bar.ui`; main thread. The text has the role status.
 *
 * Signal ::closed: the button was pressed.
 */
#define UT_TYPE_WHAT_IF_BAR (ut_what_if_bar_get_type ())
G_DECLARE_FINAL_TYPE (UtWhatIfBar, ut_what_if_bar, UT, WHAT_IF_BAR, GtkWidget)

/**
 * ut_what_if_bar_set_text:
 * @self: the line.
 * @text: (nullable): what it says; %NULL hides it.
 * @details: (nullable): what its tooltip says.
 */
void ut_what_if_bar_set_text (UtWhatIfBar *self,
                              const char  *text,
                              const char  *details);

G_END_DECLS
