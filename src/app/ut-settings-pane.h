/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtSettingsPane:
 *
 * In what the shown runs differ: a table of the settings that are not the same everywhere, and the
 * same as lines across parallel axes, the best accuracy the last of them. Brushes on the axes choose
 * runs. Composite template `ui/ut-settings-pane.ui`; main thread.
 */
#define UT_TYPE_SETTINGS_PANE (ut_settings_pane_get_type ())
G_DECLARE_FINAL_TYPE (UtSettingsPane, ut_settings_pane, UT, SETTINGS_PANE, GtkBox)

/** ut_settings_pane_new: follows the runs of @session while it is to be seen. */
GtkWidget *ut_settings_pane_new (UtSession *session);

G_END_DECLS
