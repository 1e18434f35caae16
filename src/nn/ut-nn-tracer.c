/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-reader-private.h"
#include "ut-nn-tracer.h"

#include <stdlib.h>
#include <string.h>

struct UtNnTracer
{
  UtNnReader reader;
};

/* Where a gate stands among those of its cell. */
static const struct
{
  UtNnCell cell;
  UtNnSignal signal;
  size_t gate;
} gates[] = {
  { UT_NN_CELL_LSTM, UT_NN_SIGNAL_INPUT, 0 },
  { UT_NN_CELL_LSTM, UT_NN_SIGNAL_FORGET, 1 },
  { UT_NN_CELL_LSTM, UT_NN_SIGNAL_CANDIDATE, 2 },
  { UT_NN_CELL_LSTM, UT_NN_SIGNAL_OUTPUT, 3 },
  { UT_NN_CELL_GRU, UT_NN_SIGNAL_RESET, 0 },
  { UT_NN_CELL_GRU, UT_NN_SIGNAL_UPDATE, 1 },
  { UT_NN_CELL_GRU, UT_NN_SIGNAL_CANDIDATE, 2 },
};

static bool
find_gate (UtNnCell    cell,
           UtNnSignal  signal,
           size_t     *gate)
{
  for (size_t i = 0; i < sizeof gates / sizeof *gates; i++)
    if (gates[i].cell == cell && gates[i].signal == signal)
      {
        *gate = gates[i].gate;
        return true;
      }
  return false;
}

bool
ut_nn_cell_has_signal (UtNnCell   cell,
                       UtNnSignal signal)
{
  size_t gate;

  if (signal == UT_NN_SIGNAL_STATE)
    return cell != UT_NN_CELL_BAG;
  if (signal == UT_NN_SIGNAL_CELL)
    return cell == UT_NN_CELL_LSTM;
  return find_gate (cell, signal, &gate);
}

UtNnStatus
ut_nn_tracer_new (const UtNnShape  *shape,
                  size_t            max_sentences,
                  size_t            max_length,
                  size_t            n_threads,
                  UtNnTracer      **tracer)
{
  UtNnTracer *self = calloc (1, sizeof *self);

  *tracer = NULL;
  if (self == NULL)
    return UT_NN_ERROR_MEMORY;

  UtNnStatus status = shape->faults != 0 || shape->cell == UT_NN_CELL_BAG
                          ? UT_NN_ERROR_SHAPE
                          : _ut_nn_reader_init (&self->reader, shape, max_sentences, max_length,
                                                n_threads, false);
  if (status != UT_NN_OK)
    {
      ut_nn_tracer_free (self);
      return status;
    }

  *tracer = self;
  return UT_NN_OK;
}

void
ut_nn_tracer_free (UtNnTracer *tracer)
{
  if (tracer == NULL)
    return;
  _ut_nn_reader_clear (&tracer->reader);
  free (tracer);
}

static void
run_shard (void   *data,
           size_t  i,
           size_t  thread)
{
  UtNnTracer *self = data;

  _ut_nn_reader_read (&self->reader, i);
}

static void
run (void *data)
{
  UtNnTracer *self = data;

  _ut_nn_reader_run (&self->reader, run_shard, self);
}

UtNnStatus
ut_nn_tracer_run (UtNnTracer          *tracer,
                  const UtNnModel     *model,
                  const UtNnSentences *sentences,
                  const uint32_t      *rows,
                  size_t               n_rows)
{
  UtNnStatus status = _ut_nn_reader_fill (&tracer->reader, model, sentences, rows, n_rows);

  if (status == UT_NN_OK)
    _ut_nn_pool_call (tracer->reader.pool, run, tracer);
  return status;
}

UtNnStatus
ut_nn_tracer_copy (const UtNnTracer *tracer,
                   size_t            layer,
                   size_t            direction,
                   UtNnSignal        signal,
                   float            *values)
{
  const UtNnReader *reader = &tracer->reader;
  const UtNnStack *stack = &reader->network.stack;

  if (layer >= stack->n_layers || direction >= stack->n_directions
      || !ut_nn_cell_has_signal (reader->network.shape.cell, signal))
    return UT_NN_ERROR_SHAPE;

  const UtNnLayer *form = &stack->layers[layer];
  size_t stride = form->width;
  size_t gate = 0;

  if (find_gate (form->cell, signal, &gate))
    stride = form->gate_width;
  for (size_t i = 0; i < reader->packing.n_shards; i++)
    {
      const UtNnSequence *shard = &reader->packing.shards[i];
      const UtNnLayerCache *cache = &reader->workspaces[i].stack.caches[layer][direction];
      const float *source = signal == UT_NN_SIGNAL_STATE  ? cache->h
                            : signal == UT_NN_SIGNAL_CELL ? cache->c
                                                          : cache->gates + gate * form->width;

      for (size_t s = 0; s < shard->n_sentences; s++)
        for (size_t t = 0; t < shard->lengths[s]; t++)
          {
            /* The second direction's first step is the sentence's last token. */
            size_t step = direction == 0 ? t : shard->lengths[s] - 1 - t;
            size_t token = reader->token_starts[shard->items[s]] + t;

            memcpy (values + token * form->hidden, source + (shard->starts[step] + s) * stride,
                    form->hidden * sizeof (float));
          }
    }
  return UT_NN_OK;
}
