/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtClassifyDialog:
 *
 * How a file of texts is to be read that a run's model shall classify: what was guessed is shown
 * and can be changed. A modal window, which closes when a #UtClassifyWindow begins with it.
 * Composite template `ui/ut-classify-dialog.ui`; main thread.
 *
 * Signal: ::started (window): the #UtClassifyWindow, which is not shown yet. Keys: Escape closes.
 */
#define UT_TYPE_CLASSIFY_DIALOG (ut_classify_dialog_get_type ())
G_DECLARE_FINAL_TYPE (UtClassifyDialog, ut_classify_dialog, UT, CLASSIFY_DIALOG, AdwWindow)

/** ut_classify_dialog_new: (transfer none): asks about @file, which @run's model shall classify;
 * @parent is nullable. */
GtkWindow *ut_classify_dialog_new (GtkWindow *parent,
                                   UtRun     *run,
                                   GFile     *file);

G_END_DECLS
