/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-predict-reader.h"
#include "ut-session.h"

G_BEGIN_DECLS

/** UT_LANES_MAX: how many runs answer at once. */
#define UT_LANES_MAX 4

/**
 * UtLanes:
 *
 * Who answers on the page Predict: one #UtPredictReader a lane, all of which read the same text in
 * the same way. The first lane, the lead, is the current run's; it is always there, if without a
 * run. The next are those of the shown runs, in the order of their list, up to %UT_LANES_MAX in all.
 * What the lead's model learned from, sentences or whole reviews, says how all of them read at first.
 * Main thread.
 *
 * The front is the lane that words and sentences are taken from: the lead, or where that cannot
 * answer the first that does. Lanes answer independently; one that has answered to other words than
 * the front, as it is slower, is not beside it and not compared with it.
 *
 * Signals ::changed: the lanes are others than before, or in another order, or one of their runs has
 * another name; ::answered (lane, a number): the answers of a lane are others, or gone;
 * ::state-changed (lane, a number): its problem or the state of its run is another, or its answers
 * became out of date.
 */
#define UT_TYPE_LANES (ut_lanes_get_type ())
G_DECLARE_FINAL_TYPE (UtLanes, ut_lanes, UT, LANES, GObject)

/** ut_lanes_new: (transfer full): the lanes of @session; nobody looks yet. */
UtLanes            *ut_lanes_new            (UtSession *session);

/** ut_lanes_get_session: (transfer none). */
UtSession          *ut_lanes_get_session    (UtLanes   *self);

/** ut_lanes_get_n: how many lanes there are, at least 1. */
guint               ut_lanes_get_n          (UtLanes   *self);

/** ut_lanes_get_n_left_out: how many shown runs have no lane. */
guint               ut_lanes_get_n_left_out (UtLanes   *self);

/** ut_lanes_get_lead: (transfer none): the reader of the current run. */
UtPredictReader    *ut_lanes_get_lead       (UtLanes   *self);

/** ut_lanes_get_reader: (transfer none): the reader of @lane, which is below ut_lanes_get_n(). */
UtPredictReader    *ut_lanes_get_reader     (UtLanes   *self,
                                             guint      lane);

/** ut_lanes_get_front: the lane that words and sentences are taken from; 0 where none answers. */
guint               ut_lanes_get_front      (UtLanes   *self);

/** ut_lanes_get_prediction: (transfer none) (nullable): the answers of @lane, where they are to the
 * very words that the front has answered to; those of the front itself, if there are any. */
const UtPrediction *ut_lanes_get_prediction (UtLanes   *self,
                                             guint      lane);

/** ut_lanes_get_text: (transfer none): the text that the front has answered to. */
const char         *ut_lanes_get_text       (UtLanes   *self);

/** ut_lanes_is_expected: whether @lane is about to answer to another text than it has. */
gboolean            ut_lanes_is_expected    (UtLanes   *self,
                                             guint      lane);

/** ut_lanes_dup_disputed: (transfer full) (nullable): for each word of the front's prediction whether
 * it is disputed: whether one lane is pulled to positive by it and another to negative, both so far
 * that the word is tinted. %NULL where nothing is compared. */
gboolean           *ut_lanes_dup_disputed   (UtLanes   *self);

/** ut_lanes_dup_trouble: (transfer full) (nullable): why @lane does not answer, or not yet. */
char               *ut_lanes_dup_trouble    (UtLanes   *self,
                                             guint      lane);

/** ut_lanes_set_text: (transfer full): the text that all lanes read; valid UTF-8. */
void                ut_lanes_set_text       (UtLanes   *self,
                                             char      *text);

/** ut_lanes_set_reading: how all lanes read it. */
void                ut_lanes_set_reading    (UtLanes   *self,
                                             UtReading  reading);

/** ut_lanes_set_awake: whether anybody looks; nothing is asked while not. */
void                ut_lanes_set_awake      (UtLanes   *self,
                                             gboolean   awake);

G_END_DECLS
