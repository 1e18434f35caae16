/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UtImportDialog:
 *
 * A window in which somebody's files become a data set: it shows what was guessed of them, has
 * anything put right, and says what cannot be used. It reads and writes on workers; closing it at
 * any moment gives that up, and nothing is imported then. Main thread.
 *
 * Signals: #UtImportDialog::imported. Keys: Escape closes, Return imports.
 */
#define UT_TYPE_IMPORT_DIALOG (ut_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (UtImportDialog, ut_import_dialog, UT, IMPORT_DIALOG, AdwWindow)

/**
 * ut_import_dialog_new:
 * @parent: (nullable): the window in front of which it stands.
 * @files: (element-type GFile): one file, one folder, or two files of which one holds negative and
 *   the other positive texts. Of such a pair, named .neg and .pos, one will do if the other lies
 *   beside it.
 *
 * Starts reading at once. The window is modal; gtk_window_present() shows it. It closes itself
 * after #UtImportDialog::imported, unless there is something to be known of the data set.
 *
 * Returns: (transfer none): the window, which belongs to GTK.
 */
GtkWindow *ut_import_dialog_new (GtkWindow  *parent,
                                 GListModel *files);

G_END_DECLS
