/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-predict-verdict.h"

G_BEGIN_DECLS

/**
 * UtPredictSentence:
 *
 * One sentence of a prediction as a list shows it, with what other lanes make of it. Main thread.
 *
 * Signal ::changed: anything of it is another.
 */
#define UT_TYPE_PREDICT_SENTENCE (ut_predict_sentence_get_type ())
G_DECLARE_FINAL_TYPE (UtPredictSentence, ut_predict_sentence, UT, PREDICT_SENTENCE, GObject)

/** UT_PREDICT_SENTENCE_N_LANES: how many lanes there may be beside the lead. */
#define UT_PREDICT_SENTENCE_N_LANES 3

/**
 * UtPredictLane:
 * @name: (nullable): interned name of its run; %NULL where it has not answered to these sentences.
 * @style: the run's, as ut_run_get_style().
 * @probability: of the positive class.
 * @opinion: what that amounts to.
 *
 * What a lane beside the lead makes of a sentence.
 */
typedef struct
{
  const char *name;
  guint style;
  double probability;
  UtPredictOpinion opinion;
} UtPredictLane;

/** ut_predict_sentence_new: (transfer full): sentence @index of @prediction, which was made from
 * @text. */
UtPredictSentence *ut_predict_sentence_new             (const UtPrediction *prediction,
                                                        guint               index,
                                                        const char         *text);

/** ut_predict_sentence_equal: whether both would look the same at the same place. */
gboolean           ut_predict_sentence_equal           (UtPredictSentence  *a,
                                                        UtPredictSentence  *b);

/** ut_predict_sentence_get_index: its place in the text, from 0. */
guint              ut_predict_sentence_get_index       (UtPredictSentence  *self);
/** ut_predict_sentence_get_excerpt: its first words, white space made one space each. */
const char        *ut_predict_sentence_get_excerpt     (UtPredictSentence  *self);
double             ut_predict_sentence_get_probability (UtPredictSentence  *self);
/** ut_predict_sentence_get_opinion: what the answer to it amounts to. */
UtPredictOpinion   ut_predict_sentence_get_opinion     (UtPredictSentence  *self);
/** ut_predict_sentence_get_lane: (transfer none): below %UT_PREDICT_SENTENCE_N_LANES. */
const UtPredictLane *ut_predict_sentence_get_lane      (UtPredictSentence  *self,
                                                        guint               lane);
void               ut_predict_sentence_set_lane        (UtPredictSentence  *self,
                                                        guint               lane,
                                                        const UtPredictLane *answer);
/** ut_predict_sentence_dup_label: (transfer full): "positive 0.78, LSTM 2 negative 0.31, Thin it is
 * not", for a screen reader. */
char              *ut_predict_sentence_dup_label       (UtPredictSentence  *self);

/**
 * ut_predict_sentences_update:
 * @store: (element-type UtPredictSentence): what a list shows.
 * @prediction: (nullable): what it shall show.
 * @text: the text of @prediction.
 * @strongest_first: whether to order by distance from 0.5 instead of by place in the text.
 *
 * Keeps the rows that are there, so that a list keeps its place, and has them show other sentences.
 */
void               ut_predict_sentences_update         (GListStore         *store,
                                                        const UtPrediction *prediction,
                                                        const char         *text,
                                                        gboolean            strongest_first);

/**
 * ut_predict_sentences_set_lane:
 * @store: (element-type UtPredictSentence): what a list shows.
 * @lane: of the lanes beside the lead, from 0.
 * @prediction: (nullable): what it makes of the same sentences; %NULL takes its numbers away.
 * @name: (nullable): of its run.
 * @style: the run's.
 */
void               ut_predict_sentences_set_lane       (GListStore         *store,
                                                        guint               lane,
                                                        const UtPrediction *prediction,
                                                        const char         *name,
                                                        guint               style);

G_END_DECLS
