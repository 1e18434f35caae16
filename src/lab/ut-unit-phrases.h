/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-corpus.h"
#include "ut-model.h"

G_BEGIN_DECLS

/** UT_UNIT_PHRASES_MAX: how many phrases are kept of each unit and end. */
#define UT_UNIT_PHRASES_MAX 20

/**
 * UtUnitEnd:
 * @UT_UNIT_HIGHEST: where its state is highest.
 * @UT_UNIT_LOWEST: where it is lowest.
 * @UT_N_UNIT_ENDS: how many there are.
 *
 * A unit says something with both ends of its range.
 */
typedef enum
{
  UT_UNIT_HIGHEST,
  UT_UNIT_LOWEST,
  UT_N_UNIT_ENDS,
} UtUnitEnd;

/**
 * UtUnitPhrase:
 * @row: of the training rows.
 * @word: the word of the row after which the state is strongest, from 0.
 * @value: the state there, -1 to 1.
 */
typedef struct
{
  guint32 row;
  guint32 word;
  float value;
} UtUnitPhrase;

/**
 * UtUnitPhrases:
 *
 * The training phrases that move each unit of a model most. A phrase's strength is the peak of the
 * unit's state h over its words, as the neurons of Karpathy et al. 2015 ("Visualizing and
 * Understanding Recurrent Networks", section 4.2) are told by where in a text they fire, and as top
 * activations are taken over places since Zeiler and Fergus 2014; the sentiment neuron of Radford
 * et al. 2017 is the special case of the state after the last word. h is what the next layer or the
 * classifier reads, and bounded, unlike the LSTM's cell state.
 *
 * Of phrases that agree in the last three words that the unit reads up to the peak only the
 * strongest counts, and of equally strong ones the shortest: a treebank's phrases are parts of each
 * other, and one sentence would fill the list. All units are found in one pass. Immutable,
 * atomically counted.
 */
typedef struct UtUnitPhrases UtUnitPhrases;

#define UT_TYPE_UNIT_PHRASES (ut_unit_phrases_get_type ())
GType               ut_unit_phrases_get_type   (void);

/**
 * UtUnitPhrasesFunc:
 * @fraction: how much of the rows is read, 0 to 1.
 * @user_data: the caller's.
 */
typedef void (*UtUnitPhrasesFunc) (double   fraction,
                                   gpointer user_data);

/**
 * ut_unit_phrases_new:
 * @model: of an ensemble its first model, as ut_cell_trace_new().
 * @train: the rows that it was trained on.
 * @func: (nullable) (scope call): told how far it is, on this thread.
 * @user_data: for @func.
 * @cancellable: (nullable): polled between batches.
 * @error: cancelled, memory, ut_cell_trace_get_objection(), or that the rows are others than those
 *   that the model was trained on.
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the phrases.
 */
UtUnitPhrases      *ut_unit_phrases_new        (UtModel              *model,
                                                UtDataset            *train,
                                                UtUnitPhrasesFunc     func,
                                                gpointer              user_data,
                                                GCancellable         *cancellable,
                                                GError              **error);

/**
 * ut_unit_phrases_new_async: ut_unit_phrases_new() on a worker, which reads the training rows of
 * @config, those of the run that @model comes from, first. Main thread, on which @func is called,
 * too, before @callback and never once @cancellable was cancelled.
 */
void                ut_unit_phrases_new_async  (UtModel              *model,
                                                UtConfig             *config,
                                                UtUnitPhrasesFunc     func,
                                                gpointer              func_data,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
UtUnitPhrases      *ut_unit_phrases_new_finish (GAsyncResult         *result,
                                                GError              **error);

UtUnitPhrases      *ut_unit_phrases_ref        (UtUnitPhrases        *self);
void                ut_unit_phrases_unref      (UtUnitPhrases        *self);

/** ut_unit_phrases_get_train: (transfer none): whose rows they are. */
UtDataset          *ut_unit_phrases_get_train  (const UtUnitPhrases  *self);

/**
 * ut_unit_phrases_get:
 * @self: the phrases.
 * @layer: from 0; below the model's layers.
 * @direction: 0 or 1; below the model's directions.
 * @unit: from 0.
 * @end: which end of its range.
 * @n_phrases: (out): how many there are, at most %UT_UNIT_PHRASES_MAX.
 *
 * Returns: (transfer none) (array length=n_phrases): the strongest first.
 */
const UtUnitPhrase *ut_unit_phrases_get        (const UtUnitPhrases  *self,
                                                guint                 layer,
                                                guint                 direction,
                                                gsize                 unit,
                                                UtUnitEnd             end,
                                                gsize                *n_phrases);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtUnitPhrases, ut_unit_phrases_unref)

G_END_DECLS
