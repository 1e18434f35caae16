/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-run-figure.h>

G_BEGIN_DECLS

/**
 * UtFigureWindow:
 *
 * Shows a figure as it will be on paper, has a person say how it shall look, which the settings
 * remember, and saves it, with its numbers beside it where they are wanted. Main thread.
 *
 * Signal ::saved (#GFile): the figure is written.
 *
 * # Actions
 *
 * `figure.save` (Ctrl+S): asks where to, and before something is overwritten.
 */
#define UT_TYPE_FIGURE_WINDOW (ut_figure_window_get_type ())
G_DECLARE_FINAL_TYPE (UtFigureWindow, ut_figure_window, UT, FIGURE_WINDOW, AdwWindow)

/** ut_figure_window_new: a window about @figure as it is now. */
GtkWidget *ut_figure_window_new  (UtRunFigure    *figure,
                                  GSettings      *settings);

/**
 * ut_figure_window_save:
 * @file: where to; its numbers go beside it, if they are wanted.
 *
 * Saves the figure without a question. What goes wrong is said in the window.
 */
void       ut_figure_window_save (UtFigureWindow *self,
                                  GFile          *file);

G_END_DECLS
