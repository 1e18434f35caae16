/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-lanes.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtLaneBar:
 *
 * Who answers, in one row: mark, name and figures of the current run, marks and names of the other
 * lanes, and how many shown runs have none. A click on another lane makes its run the current one.
 * Composite template `ui/ut-lane-bar.ui`; main thread.
 *
 * Property: #UtLaneBar:brief (writable): whether there is no room for the figures.
 */
#define UT_TYPE_LANE_BAR (ut_lane_bar_get_type ())
G_DECLARE_FINAL_TYPE (UtLaneBar, ut_lane_bar, UT, LANE_BAR, GtkBox)

/** ut_lane_bar_set_lanes: who answers; once. */
void     ut_lane_bar_set_lanes (UtLaneBar *self,
                                UtLanes   *lanes);

gboolean ut_lane_bar_get_brief (UtLaneBar *self);
void     ut_lane_bar_set_brief (UtLaneBar *self,
                                gboolean   brief);

G_END_DECLS
