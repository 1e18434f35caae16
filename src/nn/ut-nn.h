/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The numerics: embedding, recurrent cells, classifier, loss, Adam, packed batches.
 *
 * This layer includes only C11, POSIX threads, libm and the CBLAS header; it never prints, exits or
 * aborts on input. A function that can fail returns an #UtNnStatus. Memory is planned: a trainer or
 * predictor allocates everything when it is created, for the largest batch it will see; a step
 * allocates nothing. An object belongs to the thread that uses it; only a `const` model may be read
 * by several threads at once. Worker threads are owned by the object that created them.
 *
 * Dimension letters, used in every shape comment; arrays are row-major, the last index contiguous:
 *
 *   B  sentences of a batch          T  tokens of the longest sentence of a batch
 *   N  tokens of a batch, no padding V  vocabulary size
 *   I  input (embedding) size        H  hidden size
 *   G  gates of a cell: 1 (RNN), 4 (LSTM), 3 (GRU)
 *   D  features of a token: H, or 2·H with two directions
 */
#pragma once

#include "ut-nn-batch.h"
#include "ut-nn-benchmark.h"
#include "ut-nn-differentiator.h"
#include "ut-nn-model.h"
#include "ut-nn-predictor.h"
#include "ut-nn-random.h"
#include "ut-nn-tracer.h"
#include "ut-nn-trainer.h"
#include "ut-nn-types.h"
