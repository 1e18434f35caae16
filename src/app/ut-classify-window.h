/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtClassifyWindow:
 *
 * What a run's model answers on all texts of a file: how far it is, then the counts, how they
 * compare with the labels, and the rows, to be looked through and saved as CSV. Closing it gives up
 * what is under way. Not modal. Composite template `ui/ut-classify-window.ui`; main thread.
 *
 * Signals: ::ask (text): a row was activated; ::again (file): the file is to be read otherwise.
 * Keys: Ctrl+S saves, Escape closes, Ctrl+C copies the selected rows.
 */
#define UT_TYPE_CLASSIFY_WINDOW (ut_classify_window_get_type ())
G_DECLARE_FINAL_TYPE (UtClassifyWindow, ut_classify_window, UT, CLASSIFY_WINDOW, AdwWindow)

/**
 * ut_classify_window_new:
 * @parent: (nullable): the window it belongs to.
 * @run: whose model answers.
 * @model: this model.
 * @file: the file.
 * @guess: what it looks like, with the columns that are to be read.
 * @options: how, as in ut_classified_rows_new().
 *
 * Begins to read the file.
 *
 * Returns: (transfer none): a window that is not shown yet.
 */
GtkWindow *ut_classify_window_new  (GtkWindow               *parent,
                                    UtRun                   *run,
                                    UtModel                 *model,
                                    GFile                   *file,
                                    UtImportGuess           *guess,
                                    const UtClassifyOptions *options);

/** ut_classify_window_get_run: (transfer none): whose model answers. */
UtRun     *ut_classify_window_get_run (UtClassifyWindow     *self);

/** ut_classify_window_save: writes the rows, once they are there, to @file; the window says that,
 * or why not. */
void       ut_classify_window_save (UtClassifyWindow        *self,
                                    GFile                   *file);

G_END_DECLS
