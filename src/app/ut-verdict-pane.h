/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-lanes.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtVerdictPane:
 *
 * What the text amounts to: the current run's verdict with its rule, its bar, a note where the model
 * knows little of it, those of the other lanes in a line each, and the list of sentences with what
 * each lane makes of them, in text order or strongest first. Composite template
 * `ui/ut-verdict-pane.ui`; main thread.
 *
 * Property: #UtVerdictPane:sentence (writable): index in the front's prediction of the selected
 * sentence, -1 for none; it tells when the person selects another. Signal ::sentence-activated:
 * Return on a sentence, or two clicks. Accessibility: the verdict is a label of role status; rows
 * carry their text as accessible name.
 */
#define UT_TYPE_VERDICT_PANE (ut_verdict_pane_get_type ())
G_DECLARE_FINAL_TYPE (UtVerdictPane, ut_verdict_pane, UT, VERDICT_PANE, GtkBox)

/** ut_verdict_pane_set_lanes: who answers; once. The order of the sentences is kept in the settings
 * of the session. */
void ut_verdict_pane_set_lanes    (UtVerdictPane *self,
                                   UtLanes       *lanes);

/** ut_verdict_pane_update: shows what the lanes answer now, @sentence being at the caret. */
void ut_verdict_pane_update       (UtVerdictPane *self,
                                   int            sentence);

/** ut_verdict_pane_update_lane: shows what @lane answers now, which is not the front. */
void ut_verdict_pane_update_lane  (UtVerdictPane *self,
                                   guint          lane);

int  ut_verdict_pane_get_sentence (UtVerdictPane *self);
void ut_verdict_pane_set_sentence (UtVerdictPane *self,
                                   int            sentence);

G_END_DECLS
