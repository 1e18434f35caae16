/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch.h"
#include "ut-nn-model.h"

/**
 * UtNnSignal:
 * @UT_NN_SIGNAL_STATE: h, the state after the token, -1 to 1; all cells.
 * @UT_NN_SIGNAL_CELL: c, the cell state after the token, without bounds; LSTM.
 * @UT_NN_SIGNAL_INPUT: i, the input gate, 0 to 1: how much of the candidate is written; LSTM.
 * @UT_NN_SIGNAL_FORGET: f, the forget gate, 0 to 1: how much of the cell state is kept; LSTM.
 * @UT_NN_SIGNAL_OUTPUT: o, the output gate, 0 to 1: how much of the cell state is shown; LSTM.
 * @UT_NN_SIGNAL_RESET: r, the reset gate, 0 to 1: how much of the state the candidate sees; GRU.
 * @UT_NN_SIGNAL_UPDATE: z, the update gate, 0 to 1: how much of the state is kept; GRU.
 * @UT_NN_SIGNAL_CANDIDATE: g of the LSTM, n of the GRU: what may be written, -1 to 1.
 * @UT_NN_N_SIGNALS: how many there are.
 *
 * What can be seen of a cell at each token, after the activation functions. Equations stand in
 * ut-nn-layer.c.
 */
typedef enum
{
  UT_NN_SIGNAL_STATE,
  UT_NN_SIGNAL_CELL,
  UT_NN_SIGNAL_INPUT,
  UT_NN_SIGNAL_FORGET,
  UT_NN_SIGNAL_OUTPUT,
  UT_NN_SIGNAL_RESET,
  UT_NN_SIGNAL_UPDATE,
  UT_NN_SIGNAL_CANDIDATE,
  UT_NN_N_SIGNALS,
} UtNnSignal;

/** ut_nn_cell_has_signal: whether @cell has @signal; a bag has none. */
bool       ut_nn_cell_has_signal         (UtNnCell              cell,
                                          UtNnSignal            signal);

/**
 * UtNnTracer:
 *
 * Shows what goes on inside of the recurrent layers while sentences are read. It owns its
 * workspaces and worker threads and serves any model of the shape it was created for.
 */
typedef struct UtNnTracer UtNnTracer;

/**
 * ut_nn_tracer_new:
 * @shape: the models' shape, without faults, with which a state is not one of a sentence's tokens
 *   alone, and with a recurrent cell.
 * @max_sentences: the largest batch, B.
 * @max_length: the longest sentence, T.
 * @n_threads: how many threads work; 1 means the caller's alone, 0 one for each physical core.
 * @tracer: (out) (transfer full): free with ut_nn_tracer_free().
 *
 * Needs as much memory as a predictor.
 *
 * Returns: %UT_NN_OK, %UT_NN_ERROR_SHAPE or %UT_NN_ERROR_MEMORY.
 */
UtNnStatus ut_nn_tracer_new              (const UtNnShape      *shape,
                                          size_t                max_sentences,
                                          size_t                max_length,
                                          size_t                n_threads,
                                          UtNnTracer          **tracer);

/** ut_nn_tracer_free: @tracer may be NULL. */
void       ut_nn_tracer_free             (UtNnTracer           *tracer);

/**
 * ut_nn_tracer_run:
 * @tracer: the tracer.
 * @model: a model of its shape.
 * @sentences: as for ut_nn_predictor_run().
 * @rows: (n_rows) (nullable): which of them; NULL means 0 to n_rows - 1.
 * @n_rows: B, 1 to the tracer's largest batch.
 *
 * Reads sentences, for ut_nn_tracer_copy(). Allocates nothing.
 *
 * Returns: %UT_NN_OK or %UT_NN_ERROR_SHAPE.
 */
UtNnStatus ut_nn_tracer_run              (UtNnTracer           *tracer,
                                          const UtNnModel      *model,
                                          const UtNnSentences  *sentences,
                                          const uint32_t       *rows,
                                          size_t                n_rows);

/**
 * ut_nn_tracer_copy:
 * @tracer: the tracer, after a run that returned %UT_NN_OK.
 * @layer: which layer, from 0.
 * @direction: 0 for what reads from the beginning, 1 for what reads from the end.
 * @signal: what is wanted.
 * @values: (out) (N, H): of each token, sentence after sentence in the order of the rows; whatever
 *   the direction, each token's stand in its own place.
 *
 * The numbers are those that ut_nn_predictor_run() computes with, bit for bit, for every number of
 * threads and in every batch.
 *
 * Returns: %UT_NN_OK, or %UT_NN_ERROR_SHAPE where there is no such layer, direction or signal.
 */
UtNnStatus ut_nn_tracer_copy             (const UtNnTracer     *tracer,
                                          size_t                layer,
                                          size_t                direction,
                                          UtNnSignal            signal,
                                          float                *values);
