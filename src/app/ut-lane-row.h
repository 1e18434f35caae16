/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-predict-reader.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtLaneRow:
 *
 * What one lane makes of the whole text, in one line: the run's mark and name, bar and verdict, or why
 * there is none. Composite template `ui/ut-lane-row.ui`; main thread.
 *
 * Accessibility: a group that is named with all of it in words.
 */
#define UT_TYPE_LANE_ROW (ut_lane_row_get_type ())
G_DECLARE_FINAL_TYPE (UtLaneRow, ut_lane_row, UT, LANE_ROW, GtkBox)

/**
 * ut_lane_row_update:
 * @self: the row.
 * @reader: of the lane, which has a run.
 * @trouble: (nullable): why it does not answer.
 *
 * Shows what @reader answers now.
 */
void ut_lane_row_update (UtLaneRow       *self,
                         UtPredictReader *reader,
                         const char      *trouble);

G_END_DECLS
