/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-prediction.h"

G_BEGIN_DECLS

/**
 * ut_cell_signal_get_name:
 * @signal: a signal.
 *
 * Returns: (transfer none): "forget gate", translated.
 */
const char  *ut_cell_signal_get_name     (UtNnSignal            signal);

/**
 * ut_cell_signal_is_gate: whether @signal lies between 0, closed, and 1, open; the others have signs.
 */
gboolean     ut_cell_signal_is_gate      (UtNnSignal            signal);

/**
 * UtCellTrace:
 * @prediction: (owned): whose sentence was read.
 * @sentence: which of its sentences.
 * @layer: which layer was traced, from 0.
 * @direction: 0 for what reads from the beginning, 1 for what reads from the end.
 * @cell: the cell.
 * @n_layers: how many layers the model has.
 * @n_directions: 1 or 2.
 * @n_words: words of the sentence.
 * @n_units: H, units of the layer.
 * @values: each (nullable) (array length=n_words × n_units): for each #UtNnSignal that the cell has, word
 *   after word the numbers of all units.
 * @weights: (nullable) (array length=n_units): of the last layer, what the classifier gives each unit:
 *   weight · state is what the unit adds to the logit of a text that ended there, where the read-out
 *   is the last state of one direction; otherwise it is what the unit's state would add. %NULL of a
 *   layer that another one reads.
 * @exact: whether @weights say the former.
 *
 * What went on inside of a model's cell while it read a sentence. Immutable, atomically counted;
 * read its members directly.
 */
typedef struct
{
  UtPrediction *prediction;
  gsize sentence;
  guint layer;
  guint direction;
  UtNnCell cell;
  guint n_layers;
  guint n_directions;
  gsize n_words;
  gsize n_units;
  const float *values[UT_NN_N_SIGNALS];
  const float *weights;
  gboolean exact;
} UtCellTrace;

#define UT_TYPE_CELL_TRACE (ut_cell_trace_get_type ())
GType        ut_cell_trace_get_type      (void);

/**
 * ut_cell_trace_get_objection:
 * @model: a model or an ensemble.
 *
 * Returns: (nullable) (transfer none): why there is nothing to be seen inside of @model, or of an
 *   ensemble's first model: it is a bag of words, or runs as the notebook's code does.
 */
const char  *ut_cell_trace_get_objection (UtModel              *model);

/**
 * ut_cell_trace_new:
 * @model: who reads; of an ensemble, which has no cell of its own, its first model, ask the others
 *   for themselves.
 * @prediction: an answer of @model, or of an ensemble that it belongs to.
 * @sentence: which of its sentences.
 * @layer: which layer, from 0; the last one where there are fewer.
 * @direction: 0 or 1; 0 where there is one only.
 * @cancellable: (nullable): polled before reading.
 * @error: cancelled, memory, or ut_cell_trace_get_objection().
 *
 * Blocks for as long as reading the sentence takes; any thread.
 *
 * Returns: (transfer full) (nullable): the trace.
 */
UtCellTrace *ut_cell_trace_new           (UtModel              *model,
                                          UtPrediction         *prediction,
                                          gsize                 sentence,
                                          guint                 layer,
                                          guint                 direction,
                                          GCancellable         *cancellable,
                                          GError              **error);

/** ut_cell_trace_new_async: ut_cell_trace_new() on a worker. Main thread. */
void         ut_cell_trace_new_async     (UtModel              *model,
                                          UtPrediction         *prediction,
                                          gsize                 sentence,
                                          guint                 layer,
                                          guint                 direction,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
UtCellTrace *ut_cell_trace_new_finish    (GAsyncResult         *result,
                                          GError              **error);

UtCellTrace *ut_cell_trace_ref           (UtCellTrace          *self);
void         ut_cell_trace_unref         (UtCellTrace          *self);

/** ut_cell_trace_get: what @signal, which the cell has, of @unit was at @word of the sentence. */
float        ut_cell_trace_get           (const UtCellTrace    *self,
                                          UtNnSignal            signal,
                                          gsize                 word,
                                          gsize                 unit);

/** ut_cell_trace_get_share: weight · state of @unit at @word, in units of the logit; NaN without
 * weights. */
double       ut_cell_trace_get_share     (const UtCellTrace    *self,
                                          gsize                 word,
                                          gsize                 unit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCellTrace, ut_cell_trace_unref)

G_END_DECLS
