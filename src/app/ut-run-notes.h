/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <adwaita.h>
#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtRunNotes:
 *
 * Asks for the tags of a run and a note on it. Nothing changes before Save.
 *
 * Keys: Return in the tags and Ctrl+Return anywhere save, Escape closes; Tab leaves the note.
 */
#define UT_TYPE_RUN_NOTES (ut_run_notes_get_type ())
G_DECLARE_FINAL_TYPE (UtRunNotes, ut_run_notes, UT, RUN_NOTES, AdwWindow)

/** ut_run_notes_new: (transfer none): a window that is destroyed with @parent (nullable). */
GtkWindow *ut_run_notes_new (GtkWindow *parent,
                             UtRun     *run);

G_END_DECLS
