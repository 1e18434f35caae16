/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>
#include <ut-run-figure.h>

G_BEGIN_DECLS

/**
 * UtFigurePreview:
 *
 * A sheet of paper with a figure as large as there is room. The drawing is the one that is saved,
 * made by a worker. Role %GTK_ACCESSIBLE_ROLE_IMG. Main thread.
 *
 * Signal ::drawn (number): the figure is seen as it was last asked for; so many bytes are what its
 * file takes.
 */
#define UT_TYPE_FIGURE_PREVIEW (ut_figure_preview_get_type ())
G_DECLARE_FINAL_TYPE (UtFigurePreview, ut_figure_preview, UT, FIGURE_PREVIEW, GtkWidget)

/** ut_figure_preview_show: has @figure drawn as @paper says, as soon as a worker is free. */
void ut_figure_preview_show (UtFigurePreview *self,
                             UtRunFigure     *figure,
                             const UtPaper   *paper,
                             UtPaperFormat    format);

G_END_DECLS
