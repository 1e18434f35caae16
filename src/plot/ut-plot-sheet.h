/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ut_plot_sheet_set_scheme:
 *
 * Chooses among the style sheets for the default display. Call it with #AdwStyleManager's values
 * and again whenever they change; without it, #GtkSettings tells light from dark.
 */
void        ut_plot_sheet_set_scheme  (gboolean       dark,
                                       gboolean       high_contrast);

/**
 * ut_plot_sheet_ensure:
 * Loads the style sheet into @display unless it is there. Called by the widgets.
 */
void        ut_plot_sheet_ensure      (GdkDisplay    *display);

/** ut_plot_sheet_ensure_resources: registers style sheets and templates; no display is needed. */
void        ut_plot_sheet_ensure_resources (void);

G_END_DECLS
