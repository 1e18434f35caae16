/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtPredictReader:
 *
 * Has the model of a run read a text, again whenever text, model or way of reading changes. Main
 * thread; models and answers come from workers.
 *
 * A change is answered at most 50 ms later, in a task of its own. An answer to anything but the
 * present text is dropped. While the run trains, its model is a snapshot, taken anew at most
 * twice a second.
 *
 * Properties: #UtPredictReader:run (nullable, writable), #UtPredictReader:reading (writable),
 * #UtPredictReader:awake (writable: whether anybody looks; nothing is asked while not),
 * #UtPredictReader:prediction (nullable: the last answers, which stay until there are new ones),
 * #UtPredictReader:stale (the last answers are for an older text, way of reading or run, and new
 * ones are late), #UtPredictReader:problem (nullable: why there is no answer, to be shown).
 */
#define UT_TYPE_PREDICT_READER (ut_predict_reader_get_type ())
G_DECLARE_FINAL_TYPE (UtPredictReader, ut_predict_reader, UT, PREDICT_READER, GObject)

/** ut_predict_reader_new: (transfer full): a reader without run and text. */
UtPredictReader    *ut_predict_reader_new            (void);

UtRun              *ut_predict_reader_get_run        (UtPredictReader *self);
void                ut_predict_reader_set_run        (UtPredictReader *self,
                                                      UtRun           *run);
UtReading           ut_predict_reader_get_reading    (UtPredictReader *self);
void                ut_predict_reader_set_reading    (UtPredictReader *self,
                                                      UtReading        reading);
gboolean            ut_predict_reader_get_awake      (UtPredictReader *self);
void                ut_predict_reader_set_awake      (UtPredictReader *self,
                                                      gboolean         awake);

/** ut_predict_reader_set_text: (transfer full): the text to be read; valid UTF-8. */
void                ut_predict_reader_set_text       (UtPredictReader *self,
                                                      char            *text);

/** ut_predict_reader_get_text: (transfer none): the text as it was set last; "" at first. */
const char         *ut_predict_reader_get_text       (UtPredictReader *self);

/** ut_predict_reader_get_answered_text: (transfer none): the text that the last answers were made
 * from, which the bytes in them count in. */
const char         *ut_predict_reader_get_answered_text (UtPredictReader *self);

/** ut_predict_reader_get_answered_reading: how that was read. */
UtReading           ut_predict_reader_get_answered_reading (UtPredictReader *self);

/** ut_predict_reader_inherit: has the answers of @other stay until @self has its own. */
void                ut_predict_reader_inherit        (UtPredictReader *self,
                                                      UtPredictReader *other);

/** ut_predict_reader_get_model: (transfer none) (nullable): who answers. */
UtModel            *ut_predict_reader_get_model      (UtPredictReader *self);

/** ut_predict_reader_get_answerer: (transfer none) (nullable): whose answers the last ones are: the
 * model, or of a run in training what it was a moment ago. */
UtModel            *ut_predict_reader_get_answerer   (UtPredictReader *self);

/** ut_predict_reader_get_prediction: (transfer none) (nullable): the last answers. */
UtPrediction       *ut_predict_reader_get_prediction (UtPredictReader *self);

gboolean            ut_predict_reader_get_stale      (UtPredictReader *self);
const char         *ut_predict_reader_get_problem    (UtPredictReader *self);

G_END_DECLS
