/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch-private.h"

/* Room for the rows of the positions of so many sentences and tokens. */
void _ut_nn_columns_place (UtNnSequence   *sequence,
                           UtNnArena      *arena,
                           size_t          max_sentences,
                           size_t          max_tokens);

/* Packs the sentences of @sequence along the batch: what one state runs along is a column, the
 * batch's sentences at one position. Of the sentences only starts, ids and rows are missing.
 * @counts holds a zero for each position of the longest sentence and one more, and does so
 * again afterwards. */
void _ut_nn_columns_fill  (UtNnSequence   *sequence,
                           size_t         *counts,
                           const uint32_t *tokens);
