/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-memory-private.h"

#include <stdint.h>
#include <stdlib.h>

void *
_ut_nn_arena_take (UtNnArena *arena,
                   size_t     count,
                   size_t     size)
{
  size_t n_bytes;
  size_t end;

  if (__builtin_mul_overflow (count, size, &n_bytes)
      || __builtin_add_overflow (n_bytes, UT_NN_ALIGNMENT - 1, &n_bytes)
      || __builtin_add_overflow (arena->used, n_bytes & ~(size_t) (UT_NN_ALIGNMENT - 1), &end))
    {
      arena->overflow = true;
      return NULL;
    }

  void *place = arena->base == NULL ? NULL : arena->base + arena->used;
  arena->used = end;
  return place;
}

UtReal *
_ut_nn_arena_take_reals (UtNnArena *arena,
                         size_t     rows,
                         size_t     columns)
{
  size_t n;

  if (__builtin_mul_overflow (rows, columns, &n))
    {
      arena->overflow = true;
      return NULL;
    }
  return _ut_nn_arena_take (arena, n, sizeof (UtReal));
}

/* calloc() gets large blocks as fresh pages that the system zeroes when they are first touched, so
 * a workspace planned for the longest sentence costs memory only as far as sentences are that long.
 * The word before the aligned address remembers what calloc() returned. */
void *
_ut_nn_alloc_zeroed (size_t n_bytes)
{
  size_t total;

  if (__builtin_add_overflow (n_bytes, UT_NN_ALIGNMENT + sizeof (void *), &total)
      || total > PTRDIFF_MAX)
    return NULL;

  char *block = calloc (1, total);
  if (block == NULL)
    return NULL;

  size_t misfit = (uintptr_t) (block + sizeof (void *)) % UT_NN_ALIGNMENT;
  char *memory = block + sizeof (void *) + (UT_NN_ALIGNMENT - misfit) % UT_NN_ALIGNMENT;
  ((void **) (void *) memory)[-1] = block;
  return memory;
}

void
_ut_nn_free (void *memory)
{
  if (memory != NULL)
    free (((void **) memory)[-1]);
}
