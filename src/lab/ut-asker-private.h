/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Asks a model about many texts at once, for their verdicts alone: what ut_prediction_new() says of
 * each, without its words. Room is used again. One thread at a time, which does all the work
 * itself.
 */
#pragma once

#include "ut-prediction.h"

G_BEGIN_DECLS

typedef struct UtAsker UtAsker;

/**
 * UtTextAnswer:
 * @n_words: how many; 0 for a text without words, whose probability is NaN.
 * @n_unknown: how many of them the model does not know and cannot guess.
 * @n_sentences: that have words, long ones in pieces, as #UtPrediction has them.
 * @positive: whether it is answered positive.
 * @probability: of the positive class, the mean over the sentences.
 */
typedef struct
{
  gsize n_words;
  gsize n_unknown;
  gsize n_sentences;
  gboolean positive;
  double probability;
} UtTextAnswer;

/** _ut_asker_new: (transfer full): with lines as @reading each text is one line. */
UtAsker            *_ut_asker_new        (UtModel      *model,
                                          UtReading     reading);
/** _ut_asker_set_few: no more than @n_sentences, at least one, are worth room at a time: of an asker
 * that is made for few; before it is first run. */
void                _ut_asker_set_few    (UtAsker      *self,
                                          gsize         n_sentences);
void                _ut_asker_free       (UtAsker      *self);

/** _ut_asker_clear: forgets all texts. */
void                _ut_asker_clear      (UtAsker      *self);

/** _ut_asker_add: adds a text, valid UTF-8 without NUL, which is not needed any more; returns how
 * many words it has. @longest_word receives the bytes of its longest word. */
gsize               _ut_asker_add        (UtAsker      *self,
                                          const char   *text,
                                          gsize         length,
                                          gsize        *longest_word);

/** _ut_asker_drop: forgets the text that was added last. */
void                _ut_asker_drop       (UtAsker      *self);

/** _ut_asker_run: asks about all texts; FALSE with @error set where there is no memory, or FALSE
 * alone where @stop, polled atomically, is set. */
gboolean            _ut_asker_run        (UtAsker      *self,
                                          const int    *stop,
                                          GError      **error);

/** _ut_asker_get_answer: (transfer none): about text number @text, from 0. */
const UtTextAnswer *_ut_asker_get_answer (const UtAsker *self,
                                          gsize         text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtAsker, _ut_asker_free)

G_END_DECLS
