/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UtWindow:
 *
 * The window: the list of runs beside the pages Train, Predict and Data. It folds with its width,
 * remembers its size, asks before it closes while a run trains, and waits for that run's worker.
 *
 * Actions: show-page (its name), run-list, class-room, search, new-run, start, pause, step, stop,
 * stop-all, ensemble (of the shown runs), open-model, save-model, open-data, open-data-folder,
 * import (addresses of files), import-run, import-run-from (the address of a folder), trash, clean-up;
 * for a run by its id run-show-only, run-use-settings, run-rename, run-notes, run-save-model,
 * run-nearest, run-export, run-export-to (and the address of a folder), run-reproduce, run-delete,
 * run-start-now; run-restore takes the last deletion back.
 */
#define UT_TYPE_WINDOW (ut_window_get_type ())
G_DECLARE_FINAL_TYPE (UtWindow, ut_window, UT, WINDOW, AdwApplicationWindow)

/** ut_window_new: a window on @session. */
GtkWidget *ut_window_new        (AdwApplication *application,
                                 UtSession      *session);

/** ut_window_show_run: shows the run that is called @id, if there still is one, on the page Train. */
void       ut_window_show_run   (UtWindow       *self,
                                 const char     *id);

/** ut_window_show_toast: says @text, which needs no answer. */
void       ut_window_show_toast (UtWindow       *self,
                                 const char     *text);

/** ut_window_open_model: reads a model file and lists it; a fault is told in a toast. */
void       ut_window_open_model (UtWindow       *self,
                                 GFile          *file);

G_END_DECLS
