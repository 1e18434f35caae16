/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-nn-types.h"

/*
 * Threads that work on one call at a time. The caller hands a function to the first of them, the
 * leader, and sleeps; the leader spreads the parallel parts of that function over all of them. The
 * threads are niced, so that the person's window comes first, and flush denormal numbers to zero,
 * into which Adam's moments of rare words decay. They live until the pool is freed.
 */
typedef struct UtNnPool UtNnPool;

#define UT_NN_MAX_THREADS ((size_t) 64)

typedef void (*UtNnCallFunc) (void  *data);
typedef void (*UtNnItemFunc) (void  *data,
                              size_t item,
                              size_t thread);

/* How many threads 0 stands for: the physical cores this process may use. */
size_t     _ut_nn_count_cores (void);

/* @n_threads 0 means one for each physical core. With @caller_works a pool of one thread has none
 * of its own: the caller works, in the pool's floating-point mode, which it leaves afterwards. */
UtNnStatus _ut_nn_pool_new    (size_t        n_threads,
                               bool          caller_works,
                               UtNnPool    **pool);

void       _ut_nn_pool_free   (UtNnPool     *pool);

/* How many threads there are to work, 1 to UT_NN_MAX_THREADS. */
size_t     _ut_nn_pool_get_n_threads (const UtNnPool *pool);

/* Runs @func (@data) on the leader and returns when it has returned. One caller at a time. */
void       _ut_nn_pool_call   (UtNnPool     *pool,
                               UtNnCallFunc  func,
                               void         *data);

/* Only inside of a call: runs @func (@data, item, thread) for the items 0 to @n_items - 1 in any
 * order, on any of the threads, and returns when all are done. No two items are run at the same
 * time with the same number of a thread. Each thread starts with a stretch of its own, the same one
 * whenever there are as many items, and thus finds in its caches what it left there; then it helps
 * the others. */
void       _ut_nn_pool_spread (UtNnPool     *pool,
                               UtNnItemFunc  func,
                               void         *data,
                               size_t        n_items);
