/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ut_accels_install: sets the keys of all commands, from one table that `ui/help-overlay.ui` shows.
 */
void ut_accels_install (GtkApplication *application);

G_END_DECLS
