/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-paper.h"

#include <gio/gio.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/** UT_RUN_CHANNEL_LOSS, UT_RUN_CHANNEL_ACCURACY: whose y ranges are which of a #UtPlotView. */
#define UT_RUN_CHANNEL_LOSS 0
#define UT_RUN_CHANNEL_ACCURACY 1

/**
 * UtRunFigure:
 *
 * The curves of some runs as they were when it was made, and what is to be drawn of them: a figure
 * for a paper. Window and terminal make their files with it. Immutable, atomically counted.
 */
typedef struct UtRunFigure UtRunFigure;

/**
 * ut_run_figure_new:
 * @runs: (element-type UtRun): in any order; their points must have been read.
 * @current: (nullable): the run whose curve stands out.
 * @view: how they are looked at, which a figure takes over.
 *
 * Main thread.
 *
 * Returns: (transfer full): the figure.
 */
UtRunFigure    *ut_run_figure_new       (GPtrArray         *runs,
                                         UtRun             *current,
                                         UtPlotView        *view);
UtRunFigure    *ut_run_figure_ref       (UtRunFigure       *self);
void            ut_run_figure_unref     (UtRunFigure       *self);

/** ut_run_figure_get_n_runs: of how many runs it is. */
guint           ut_run_figure_get_n_runs (UtRunFigure      *self);

/**
 * ut_run_figure_draw:
 * @paper: how large, and how it is to look.
 * @cr: a context whose unit is a point.
 * @scale: device pixels to the point.
 *
 * Any thread.
 */
void            ut_run_figure_draw      (UtRunFigure       *self,
                                         const UtPaper     *paper,
                                         cairo_t           *cr,
                                         int                scale);

/** ut_run_figure_draw_image: (transfer full): the figure on an image of that many pixels. Any
 * thread. */
cairo_surface_t *ut_run_figure_draw_image (UtRunFigure     *self,
                                         const UtPaper     *paper,
                                         int                width,
                                         int                height);

/**
 * ut_run_figure_write:
 * @paper: how large, and how it is to look.
 * @format: of the file.
 * @error: memory.
 *
 * The same bytes for the same runs, view, paper and format. Any thread.
 *
 * Returns: (transfer full) (nullable): the file.
 */
GBytes         *ut_run_figure_write     (UtRunFigure       *self,
                                         const UtPaper     *paper,
                                         UtPaperFormat      format,
                                         GError           **error);

/** ut_run_figure_save: ut_run_figure_write() into @file, which is replaced as a whole; blocks. Any
 * thread. */
gboolean        ut_run_figure_save      (UtRunFigure       *self,
                                         const UtPaper     *paper,
                                         UtPaperFormat      format,
                                         GFile             *file,
                                         GCancellable      *cancellable,
                                         GError           **error);

/**
 * ut_run_figure_write_csv:
 * @stream: receives the numbers.
 *
 * Every value of the curves in full: a header line, then a line for each batch and each epoch, with
 * the values as they are and as they are smoothed; in the C locale. Fields without a number are
 * empty. Blocks; any thread.
 */
gboolean        ut_run_figure_write_csv (UtRunFigure       *self,
                                         GOutputStream     *stream,
                                         GCancellable      *cancellable,
                                         GError           **error);

/** ut_run_figure_save_csv: the same into @file, which is replaced as a whole. */
gboolean        ut_run_figure_save_csv  (UtRunFigure       *self,
                                         GFile             *file,
                                         GCancellable      *cancellable,
                                         GError           **error);

/** ut_run_figure_find_csv: (transfer full): "figure.csv" beside "figure.pdf". */
GFile          *ut_run_figure_find_csv  (GFile             *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtRunFigure, ut_run_figure_unref)

G_END_DECLS
