/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include <glib.h>
#include <stdatomic.h>

#include "ut-nn-pool-private.h"

enum { N_ITEMS = 100 };

typedef struct
{
  UtNnPool *pool;
  size_t n_items;
  atomic_uint counts[N_ITEMS];
  unsigned plain[N_ITEMS];
  unsigned sum;
  atomic_bool is_busy[UT_NN_MAX_THREADS];
} Job;

static void
count_item (void   *data,
            size_t  item,
            size_t  thread)
{
  Job *job = data;

  g_assert_cmpuint (thread, <, _ut_nn_pool_get_n_threads (job->pool));
  g_assert_false (atomic_exchange (&job->is_busy[thread], true));
  atomic_fetch_add (&job->counts[item], 1);
  job->plain[item]++;
  atomic_store (&job->is_busy[thread], false);
}

static void
run (void *data)
{
  Job *job = data;

  for (size_t round = 0; round < 3; round++)
    _ut_nn_pool_spread (job->pool, count_item, job, job->n_items);

  /* Not atomic: the pool must order the helpers' writes before this. */
  job->sum = 0;
  for (size_t i = 0; i < N_ITEMS; i++)
    job->sum += job->plain[i];
}

static void
test_spread (void)
{
  static const size_t thread_counts[] = { 0, 1, 2, 3, 8, 1000000 };

  g_test_summary ("Every item runs once, for every number of threads, call after call, and no two "
                  "at once with the same thread's number");
  for (size_t i = 0; i < G_N_ELEMENTS (thread_counts); i++)
    for (int caller_works = 0; caller_works < 2; caller_works++)
      {
        Job job = { 0 };

        g_assert_cmpint (_ut_nn_pool_new (thread_counts[i], caller_works, &job.pool), ==, UT_NN_OK);
        for (size_t call = 1; call <= 20; call++)
          {
            job.n_items = call % 4 == 0 ? 0 : call % 4 == 1 ? 1 : N_ITEMS;
            unsigned before = job.sum;
            _ut_nn_pool_call (job.pool, run, &job);
            g_assert_cmpuint (job.sum, ==, before + 3 * job.n_items);

            /* Long enough for the threads to fall asleep now and then. */
            if (call % 7 == 0)
              g_usleep (2000);
          }
        for (size_t item = 1; item < N_ITEMS; item++)
          g_assert_cmpuint (atomic_load (&job.counts[item]), ==, 30);
        g_assert_cmpuint (atomic_load (&job.counts[0]), ==, 45);
        _ut_nn_pool_free (job.pool);
      }
}

static void
test_idle (void)
{
  UtNnPool *pool;

  g_test_summary ("A pool that was never used ends; there is at least one core");
  g_assert_cmpint (_ut_nn_pool_new (4, false, &pool), ==, UT_NN_OK);
  _ut_nn_pool_free (pool);
  _ut_nn_pool_free (NULL);
  g_assert_cmpuint (_ut_nn_count_cores (), >=, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/pool/spread", test_spread);
  g_test_add_func ("/nn/pool/idle", test_idle);
  return g_test_run ();
}
