/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-differentiator.h"
#include "ut-nn-reader-private.h"

#include <stdlib.h>
#include <string.h>

struct UtNnDifferentiator
{
  UtNnReader reader;

  /* Of the call that runs. */
  const float *scales;          /* (nullable) */
  float *logits;
  float *vectors;               /* (nullable) */
  float *gradients;             /* (nullable) */
};

UtNnStatus
ut_nn_differentiator_new (const UtNnShape     *shape,
                          size_t               max_sentences,
                          size_t               max_length,
                          size_t               n_threads,
                          UtNnDifferentiator **differentiator)
{
  UtNnDifferentiator *self = calloc (1, sizeof *self);

  *differentiator = NULL;
  if (self == NULL)
    return UT_NN_ERROR_MEMORY;

  UtNnStatus status = shape->faults != 0
                          ? UT_NN_ERROR_SHAPE
                          : _ut_nn_reader_init (&self->reader, shape, max_sentences, max_length,
                                                n_threads, true);
  if (status != UT_NN_OK)
    {
      ut_nn_differentiator_free (self);
      return status;
    }

  *differentiator = self;
  return UT_NN_OK;
}

void
ut_nn_differentiator_free (UtNnDifferentiator *differentiator)
{
  if (differentiator == NULL)
    return;
  _ut_nn_reader_clear (&differentiator->reader);
  free (differentiator);
}

/* From packed rows (N, input width) to the caller's order (N, I). */
static void
copy_out (const UtNnDifferentiator *self,
          const UtNnSequence       *shard,
          const float              *rows,
          float                    *target)
{
  size_t columns = self->reader.network.shape.embedding;

  for (size_t t = 0; t < shard->n_steps; t++)
    for (size_t row = shard->starts[t]; row < shard->starts[t + 1]; row++)
      {
        size_t token = self->reader.token_starts[shard->items[row - shard->starts[t]]] + t;

        memcpy (target + token * columns, rows + row * self->reader.network.input_width,
                columns * sizeof (float));
      }
}

static void
scale_rows (const UtNnDifferentiator *self,
            const UtNnSequence       *shard,
            float                    *x)
{
  size_t width = self->reader.network.input_width;

  for (size_t t = 0; t < shard->n_steps; t++)
    for (size_t row = shard->starts[t]; row < shard->starts[t + 1]; row++)
      {
        float scale = self->scales[shard->items[row - shard->starts[t]]];

        for (size_t i = 0; i < width; i++)
          x[row * width + i] *= scale;
      }
}

static void
run_shard (void   *data,
           size_t  i,
           size_t  thread)
{
  UtNnDifferentiator *self = data;
  UtNnReader *reader = &self->reader;
  const UtNnSequence *shard = &reader->packing.shards[i];
  UtNnWorkspace *workspace = &reader->workspaces[i];

  _ut_nn_network_look_up (&reader->network, &reader->weights, shard, NULL, workspace);
  if (self->vectors != NULL)
    copy_out (self, shard, workspace->x, self->vectors);
  if (self->scales != NULL)
    scale_rows (self, shard, workspace->x);
  _ut_nn_network_read (&reader->network, reader->kernels, &reader->weights, shard, NULL, workspace);
  for (size_t s = 0; s < shard->n_sentences; s++)
    self->logits[shard->items[s]] = workspace->logits[s];
  if (self->gradients == NULL)
    return;

  _ut_nn_network_differentiate (&reader->network, reader->kernels, &reader->weights, shard,
                                workspace);
  copy_out (self, shard, workspace->d_x, self->gradients);
}

static void
run (void *data)
{
  UtNnDifferentiator *self = data;

  _ut_nn_reader_run (&self->reader, run_shard, self);
}

UtNnStatus
ut_nn_differentiator_run (UtNnDifferentiator  *differentiator,
                          const UtNnModel     *model,
                          const UtNnSentences *sentences,
                          const uint32_t      *rows,
                          size_t               n_rows,
                          const float         *scales,
                          float               *logits,
                          float               *vectors,
                          float               *gradients)
{
  UtNnStatus status = _ut_nn_reader_fill (&differentiator->reader, model, sentences, rows, n_rows);
  if (status != UT_NN_OK)
    return status;

  differentiator->scales = scales;
  differentiator->logits = logits;
  differentiator->vectors = vectors;
  differentiator->gradients = gradients;
  _ut_nn_pool_call (differentiator->reader.pool, run, differentiator);
  return UT_NN_OK;
}
