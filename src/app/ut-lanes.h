/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-predict-reader.h"
#include "ut-session.h"

G_BEGIN_DECLS

/**
 * UtLanes:
 *
 * Who answers on the page Predict: one #UtPredictReader a lane, all of which read the same text in
 * the same way. The first lane, the lead, is the current run's; it is always there, if without a
 * run. Main thread.
 *
 * Signals ::changed: the lanes are others than before, or in another order; ::answered (lane,
 * a number): the answers of a lane are others, or gone; ::state-changed (lane, a number): its
 * problem is another, or its answers became out of date.
 */
#define UT_TYPE_LANES (ut_lanes_get_type ())
G_DECLARE_FINAL_TYPE (UtLanes, ut_lanes, UT, LANES, GObject)

/** ut_lanes_new: (transfer full): the lanes of @session; nobody looks yet. */
UtLanes         *ut_lanes_new         (UtSession *session);

/** ut_lanes_get_session: (transfer none). */
UtSession       *ut_lanes_get_session (UtLanes   *self);

/** ut_lanes_get_n: how many lanes there are, at least 1. */
guint            ut_lanes_get_n       (UtLanes   *self);

/** ut_lanes_get_lead: (transfer none): the reader of the current run. */
UtPredictReader *ut_lanes_get_lead    (UtLanes   *self);

/** ut_lanes_get_reader: (transfer none): the reader of @lane, which is below ut_lanes_get_n(). */
UtPredictReader *ut_lanes_get_reader  (UtLanes   *self,
                                       guint      lane);

/** ut_lanes_set_text: (transfer full): the text that all lanes read; valid UTF-8. */
void             ut_lanes_set_text    (UtLanes   *self,
                                       char      *text);

/** ut_lanes_set_reading: how all lanes read it. */
void             ut_lanes_set_reading (UtLanes   *self,
                                       UtReading  reading);

/** ut_lanes_set_awake: whether anybody looks; nothing is asked while not. */
void             ut_lanes_set_awake   (UtLanes   *self,
                                       gboolean   awake);

G_END_DECLS
