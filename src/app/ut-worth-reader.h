/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-lab.h>

G_BEGIN_DECLS

/**
 * UtWorthScope:
 * @UT_WORTH_TEXT: of the first words of the text, as many as are tinted, and of the sentence at the
 *   caret.
 * @UT_WORTH_SENTENCE: of the sentence at the caret alone.
 *
 * Which words a #UtWorthReader asks for.
 */
typedef enum
{
  UT_WORTH_TEXT,
  UT_WORTH_SENTENCE,
} UtWorthScope;

/**
 * UtWorthProgress:
 * @n_sentences: with words, that are asked for.
 * @n_sentences_known: how many of them have worths, if by what the run's model was a moment ago.
 * @n_words: that are asked for.
 * @n_words_known: how many of them have one, also within a sentence that is not known.
 */
typedef struct
{
  gsize n_sentences;
  gsize n_sentences_known;
  gsize n_words;
  gsize n_words_known;
} UtWorthProgress;

/**
 * UtWorthReader:
 *
 * Finds out what the words of an answered text are worth, piece by piece: the sentence at the caret
 * first, then those in sight, then the others. Main thread; the numbers come from one worker at a
 * time.
 *
 * What is known of a sentence is kept when the text changes elsewhere. Other answers end what is
 * under way, unless they are of the same run to the same words: such a pass is ended before the next
 * begins, so that a model in training, which is another one twice a second, is answered for too. Its
 * old worths stay until there are new ones; those of another run, method or text do not.
 *
 * Signals: "changed": worths, progress or problem are others than before, by what a worker found;
 * at most ten times a second, and at the end. What ut_worth_reader_set_answers() and its like change
 * at once is not told.
 */
#define UT_TYPE_WORTH_READER (ut_worth_reader_get_type ())
G_DECLARE_FINAL_TYPE (UtWorthReader, ut_worth_reader, UT, WORTH_READER, GObject)

/** ut_worth_reader_new: (transfer full): a reader that is asleep. */
UtWorthReader         *ut_worth_reader_new          (UtWorthScope      scope);

UtWorthMethod          ut_worth_reader_get_method   (UtWorthReader    *self);
void                   ut_worth_reader_set_method   (UtWorthReader    *self,
                                                     UtWorthMethod     method);

gboolean               ut_worth_reader_get_awake    (UtWorthReader    *self);
/** ut_worth_reader_set_awake: whether anybody looks; nothing is asked while not. */
void                   ut_worth_reader_set_awake    (UtWorthReader    *self,
                                                     gboolean          awake);

/**
 * ut_worth_reader_set_answers:
 * @self: the reader.
 * @run: (nullable): whose model answered.
 * @model: (nullable): the very model that did.
 * @prediction: (nullable): its answers; %NULL for none.
 */
void                   ut_worth_reader_set_answers  (UtWorthReader    *self,
                                                     UtRun            *run,
                                                     UtModel          *model,
                                                     UtPrediction     *prediction);

/** ut_worth_reader_stop: ends what is under way: the text has changed. Goes on with the next
 * answers. */
void                   ut_worth_reader_stop         (UtWorthReader    *self);

/** ut_worth_reader_set_sentence: where the caret is; -1 for nowhere. */
void                   ut_worth_reader_set_sentence (UtWorthReader    *self,
                                                     int               sentence);

/** ut_worth_reader_set_in_sight: which sentences are on the screen, the last one included. */
void                   ut_worth_reader_set_in_sight (UtWorthReader    *self,
                                                     gsize             first,
                                                     gsize             last);

/** ut_worth_reader_get_worths: (nullable) (array length=n_worths): of each word of the answers set
 * last; NaN where it is not known yet. Valid until any of them changes. @n_worths is (out)
 * (nullable). */
const double          *ut_worth_reader_get_worths   (UtWorthReader    *self,
                                                     gsize            *n_worths);

/** ut_worth_reader_get_sentence: (nullable): what came out for a sentence; %NULL unless it is done. */
const UtSentenceWorth *ut_worth_reader_get_sentence (UtWorthReader    *self,
                                                     gsize             sentence);

/** ut_worth_reader_get_progress: how far it got. */
UtWorthProgress        ut_worth_reader_get_progress (UtWorthReader    *self);

/** ut_worth_reader_is_busy: whether the present model has still to answer. */
gboolean               ut_worth_reader_is_busy      (UtWorthReader    *self);

/** ut_worth_reader_is_late: whether words have no worth yet and that for so long that a person
 * wonders. */
gboolean               ut_worth_reader_is_late      (UtWorthReader    *self);

/** ut_worth_reader_get_problem: (nullable): why there are no worths, to be shown. */
const char            *ut_worth_reader_get_problem  (UtWorthReader    *self);

G_END_DECLS
