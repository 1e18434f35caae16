/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-dropout-private.h"

/* What stands for a token's id: its own vector, where it has one, and the mean of its subwords',
 * where it has any. Who has neither is read as the unknown word. */
typedef struct
{
  size_t n_columns;             /* I */
  const UtReal *words;          /* (n_words, I) */
  size_t n_words;               /* ids from here on have no vector of their own */
  const UtReal *subwords;       /* (nullable) (…, I) */
  const size_t *starts;         /* (ids + 1): where each id's subwords start in @lists */
  const uint32_t *lists;        /* rows of @subwords */
} UtNnLookup;

/* How many subwords the id has. */
static inline size_t
_ut_nn_lookup_n_subwords (const UtNnLookup *lookup,
                          uint32_t          id)
{
  return lookup->subwords == NULL ? 0 : lookup->starts[id + 1] - lookup->starts[id];
}

/* Fills in x (N, width), of which the columns beyond I stay as they are. Where @dropout is given and
 * @rate is not 0, the own vectors of tokens with subwords are dropped at random; @keeps (N) receives
 * whether each was kept. */
void _ut_nn_lookup_run (const UtNnLookup   *lookup,
                        const UtNnSequence *sequence,
                        const UtNnDropout  *dropout,
                        double              rate,
                        size_t              width,
                        UtReal             *x,
                        uint8_t            *keeps);
