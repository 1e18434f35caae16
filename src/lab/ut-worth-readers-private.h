/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-prediction.h"
#include "ut-worth-method.h"

G_BEGIN_DECLS

/*
 * UtWorthReaders:
 *
 * The models of an ensemble, or the one that there is, with what each needs to read sentences again
 * and again: without a word, or as points between nothing and what they are. What it gives is the
 * mean of the models'. Used by one thread at a time.
 */
typedef struct UtWorthReaders UtWorthReaders;

/**
 * _ut_worth_readers_new:
 * @model: who reads; it must outlive what is returned.
 * @words: (array length=n_words): the words of all sentences to come.
 * @n_words: how many.
 * @max_length: the most words of a sentence.
 * @method: %UT_WORTH_LEAVE_OUT or one of the gradients.
 * @error: memory.
 *
 * Returns: (transfer full) (nullable): the readers.
 */
UtWorthReaders *_ut_worth_readers_new           (UtModel             *model,
                                                 const UtWordAnswer  *words,
                                                 gsize                n_words,
                                                 gsize                max_length,
                                                 UtWorthMethod        method,
                                                 GError             **error);

void            _ut_worth_readers_free          (UtWorthReaders      *self);

/** _ut_worth_readers_get_batch: how many words or points a call may ask for. */
gsize           _ut_worth_readers_get_batch     (UtWorthReaders      *self);

/**
 * _ut_worth_readers_leave_out:
 * @self: made for %UT_WORTH_LEAVE_OUT.
 * @first_word: of the sentence, among all words.
 * @length: its words, at least two.
 * @first: the first word that is left out, within the sentence.
 * @n: how many are, each for itself.
 * @logits: (out) (array length=n): the sentence's logit without each of them.
 */
void            _ut_worth_readers_leave_out     (UtWorthReaders      *self,
                                                 gsize                first_word,
                                                 gsize                length,
                                                 gsize                first,
                                                 gsize                n,
                                                 double              *logits);

/**
 * _ut_worth_readers_differentiate:
 * @self: made for a gradient.
 * @first_word: of the sentence, among all words.
 * @length: its words.
 * @scales: (array length=n): where on the path from zero vectors (0) to the sentence (1).
 * @n: how many points.
 * @logits: (out) (array length=n): one for each point.
 * @slopes: (nullable) (array length=length): to each word's number is added, for each of the points
 *   in turn, Σ_i x_i ∂F/∂x_i, x being the word's own vector and the gradient the point's.
 */
void            _ut_worth_readers_differentiate (UtWorthReaders      *self,
                                                 gsize                first_word,
                                                 gsize                length,
                                                 const float         *scales,
                                                 gsize                n,
                                                 double              *logits,
                                                 double              *slopes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtWorthReaders, _ut_worth_readers_free)

G_END_DECLS
