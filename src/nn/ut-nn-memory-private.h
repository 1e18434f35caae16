/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-kernels-private.h"

#include <stdbool.h>
#include <stddef.h>

/* Alignment of every array, in bytes: a cache line. */
#define UT_NN_ALIGNMENT 64

/*
 * Plans one allocation for many arrays. The same function that places the arrays runs twice: with a
 * NULL base it only adds up, then with the memory itself it hands out addresses.
 */
typedef struct
{
  char *base;                   /* (nullable) */
  size_t used;                  /* bytes so far */
  bool overflow;
} UtNnArena;

/* Room for @count items of @size bytes, aligned; NULL in the pass that only counts. */
void *_ut_nn_arena_take   (UtNnArena *arena,
                           size_t     count,
                           size_t     size);

/* Room for a matrix (rows, columns), likewise. */
UtReal *_ut_nn_arena_take_reals (UtNnArena *arena,
                                 size_t     rows,
                                 size_t     columns);

/* Zeroed memory, aligned; free it with _ut_nn_free(). Pages nobody writes cost nothing. */
void *_ut_nn_alloc_zeroed (size_t     n_bytes);

void  _ut_nn_free         (void      *memory);
