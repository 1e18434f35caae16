/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-batch.h"
#include "ut-nn-dropout-private.h"

/* What stands for a token: its id's own vector, where it has one, and the mean of its subwords',
 * where it has any; who has neither is read as the unknown word. And what its pair with the token
 * before it adds. */
typedef struct
{
  size_t n_columns;             /* I */
  const UtReal *words;          /* (n_words, I) */
  size_t n_words;               /* ids from here on have no vector of their own */
  const UtReal *subwords;       /* (nullable) (…, I) */
  UtNnSubwords listed;          /* which rows of @subwords each id has; */
  UtNnSubwords extra;           /* of ids from listed.n_words up */
  const UtReal *bigrams;        /* (nullable) (…, I): added to the token that ends the pair */
} UtNnLookup;

/* The id's rows of the subwords; @n receives how many. */
static inline const uint32_t *
_ut_nn_lookup_get_list (const UtNnLookup *lookup,
                        uint32_t          id,
                        size_t           *n)
{
  bool is_extra = id >= lookup->listed.n_words;
  const UtNnSubwords *lists = is_extra ? &lookup->extra : &lookup->listed;

  *n = 0;
  if (lookup->subwords == NULL)
    return NULL;
  if (is_extra)
    id -= (uint32_t) lookup->listed.n_words;
  *n = lists->offsets[id + 1] - lists->offsets[id];
  return lists->rows + lists->offsets[id];
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
