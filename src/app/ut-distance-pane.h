/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtDistancePane:
 *
 * How far the shown runs see: their accuracy by the length of the sentence, and by how many words
 * follow the one that decides, which is known of the memory test alone; as lines, and as a table.
 * Composite template `ui/ut-distance-pane.ui`; main thread.
 */
#define UT_TYPE_DISTANCE_PANE (ut_distance_pane_get_type ())
G_DECLARE_FINAL_TYPE (UtDistancePane, ut_distance_pane, UT, DISTANCE_PANE, GtkBox)

/** ut_distance_pane_new: follows the runs of @session while it is to be seen. */
GtkWidget *ut_distance_pane_new (UtSession *session);

G_END_DECLS
