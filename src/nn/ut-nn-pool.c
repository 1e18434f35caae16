/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-pool-private.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#ifdef __SSE2__
#include <immintrin.h>
#endif

#define MAX_THREADS ((size_t) 64)
#define NICENESS 5
/* A few ten microseconds: longer than the pauses within a step, much shorter than a time slice. */
#define N_SPINS 2000

/* A number that threads wait for another one to change: first spinning, then asleep. */
typedef struct
{
  atomic_uint value;
  atomic_uint n_asleep;
  pthread_mutex_t lock;
  pthread_cond_t changed;
} Signal;

struct UtNnPool
{
  size_t n_threads;             /* that work, the leader included */
  size_t n_started;             /* threads to be joined */
  pthread_t threads[MAX_THREADS];
  atomic_bool is_closing;

  Signal calls;                 /* the leader waits for it */
  Signal returns;               /* the caller waits for it */
  UtNnCallFunc call;
  void *call_data;

  Signal jobs;                  /* the helpers wait for it */
  Signal arrivals;              /* the leader waits for it: n_threads - 1 for each job */
  UtNnItemFunc job;
  void *job_data;
  size_t n_items;
  atomic_size_t next_item;
};

static void
signal_init (Signal *signal)
{
  atomic_init (&signal->value, 0);
  atomic_init (&signal->n_asleep, 0);
  pthread_mutex_init (&signal->lock, NULL);
  pthread_cond_init (&signal->changed, NULL);
}

static void
signal_clear (Signal *signal)
{
  pthread_cond_destroy (&signal->changed);
  pthread_mutex_destroy (&signal->lock);
}

/* Both sides use sequentially consistent operations: either the waiter sees the new value before it
 * sleeps, or the raiser sees that somebody is asleep. */
static void
signal_raise (Signal *signal)
{
  atomic_fetch_add (&signal->value, 1);
  if (atomic_load (&signal->n_asleep) == 0)
    return;

  pthread_mutex_lock (&signal->lock);
  pthread_cond_broadcast (&signal->changed);
  pthread_mutex_unlock (&signal->lock);
}

static void
signal_wait (Signal  *signal,
             unsigned value,
             size_t   n_spins)
{
  for (size_t i = 0; i < n_spins; i++)
    {
      if (atomic_load_explicit (&signal->value, memory_order_acquire) == value)
        return;
#ifdef __SSE2__
      _mm_pause ();
#endif
    }

  pthread_mutex_lock (&signal->lock);
  atomic_fetch_add (&signal->n_asleep, 1);
  while (atomic_load (&signal->value) != value)
    pthread_cond_wait (&signal->changed, &signal->lock);
  atomic_fetch_sub (&signal->n_asleep, 1);
  pthread_mutex_unlock (&signal->lock);
}

/* Denormal operands and results become zero; the mode before is returned. */
static unsigned
enter_float_mode (void)
{
#ifdef __SSE2__
  unsigned mode = _mm_getcsr ();

  _mm_setcsr (mode | _MM_FLUSH_ZERO_ON | 0x40 /* denormals are zero */);
  return mode;
#else
  return 0;
#endif
}

static void
leave_float_mode (unsigned mode)
{
#ifdef __SSE2__
  _mm_setcsr (mode);
#endif
}

static void
work (UtNnPool *pool)
{
  for (;;)
    {
      size_t item = atomic_fetch_add_explicit (&pool->next_item, 1, memory_order_relaxed);

      if (item >= pool->n_items)
        return;
      pool->job (pool->job_data, item);
    }
}

static void
start_thread (void)
{
  /* Linux gives each thread a niceness of its own. That it fails is no reason not to work. */
  (void) setpriority (PRIO_PROCESS, 0, NICENESS);
  (void) enter_float_mode ();
}

static void *
lead (void *data)
{
  UtNnPool *pool = data;

  start_thread ();
  for (unsigned n_calls = 1;; n_calls++)
    {
      signal_wait (&pool->calls, n_calls, N_SPINS);
      if (atomic_load (&pool->is_closing))
        return NULL;
      pool->call (pool->call_data);
      signal_raise (&pool->returns);
    }
}

static void *
help (void *data)
{
  UtNnPool *pool = data;

  start_thread ();
  for (unsigned n_jobs = 1;; n_jobs++)
    {
      signal_wait (&pool->jobs, n_jobs, N_SPINS);
      if (atomic_load (&pool->is_closing))
        return NULL;
      work (pool);
      signal_raise (&pool->arrivals);
    }
}

/* Counts the allowed processors that are the first of their core. */
size_t
_ut_nn_count_cores (void)
{
  cpu_set_t allowed;
  size_t n_cores = 0;
  size_t n_allowed = 0;

  if (sched_getaffinity (0, sizeof allowed, &allowed) != 0)
    return 1;

  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
    {
      char path[96];
      int first = cpu;

      if (!CPU_ISSET (cpu, &allowed))
        continue;
      n_allowed++;
      snprintf (path, sizeof path,
                "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list", cpu);
      FILE *file = fopen (path, "re");
      if (file != NULL)
        {
          if (fscanf (file, "%d", &first) != 1)
            first = cpu;
          fclose (file);
        }
      n_cores += first == cpu;
    }

  /* A mask of second siblings only is one of cores, too. */
  if (n_cores == 0)
    n_cores = n_allowed;
  return n_cores > 0 ? n_cores : 1;
}

UtNnStatus
_ut_nn_pool_new (size_t     n_threads,
                 bool       caller_works,
                 UtNnPool **pool)
{
  UtNnPool *self = calloc (1, sizeof *self);

  *pool = NULL;
  if (self == NULL)
    return UT_NN_ERROR_MEMORY;

  if (n_threads == 0)
    n_threads = _ut_nn_count_cores ();
  self->n_threads = n_threads < MAX_THREADS ? n_threads : MAX_THREADS;
  signal_init (&self->calls);
  signal_init (&self->returns);
  signal_init (&self->jobs);
  signal_init (&self->arrivals);

  size_t n_own = caller_works && self->n_threads == 1 ? 0 : self->n_threads;
  for (; self->n_started < n_own; self->n_started++)
    if (pthread_create (&self->threads[self->n_started], NULL,
                        self->n_started == 0 ? lead : help, self) != 0)
      {
        _ut_nn_pool_free (self);
        return UT_NN_ERROR_MEMORY;
      }

  *pool = self;
  return UT_NN_OK;
}

void
_ut_nn_pool_free (UtNnPool *pool)
{
  if (pool == NULL)
    return;

  atomic_store (&pool->is_closing, true);
  signal_raise (&pool->calls);
  signal_raise (&pool->jobs);
  for (size_t i = 0; i < pool->n_started; i++)
    pthread_join (pool->threads[i], NULL);

  signal_clear (&pool->calls);
  signal_clear (&pool->returns);
  signal_clear (&pool->jobs);
  signal_clear (&pool->arrivals);
  free (pool);
}

void
_ut_nn_pool_call (UtNnPool     *pool,
                  UtNnCallFunc  func,
                  void         *data)
{
  if (pool->n_started == 0)
    {
      unsigned mode = enter_float_mode ();

      func (data);
      leave_float_mode (mode);
      return;
    }

  unsigned n_returns = atomic_load (&pool->returns.value);
  pool->call = func;
  pool->call_data = data;
  signal_raise (&pool->calls);
  signal_wait (&pool->returns, n_returns + 1, 0);
}

void
_ut_nn_pool_spread (UtNnPool     *pool,
                    UtNnItemFunc  func,
                    void         *data,
                    size_t        n_items)
{
  if (pool->n_threads == 1 || n_items == 1)
    {
      for (size_t item = 0; item < n_items; item++)
        func (data, item);
      return;
    }

  unsigned n_arrivals = atomic_load (&pool->arrivals.value);
  pool->job = func;
  pool->job_data = data;
  pool->n_items = n_items;
  atomic_store_explicit (&pool->next_item, 0, memory_order_relaxed);
  signal_raise (&pool->jobs);
  work (pool);
  signal_wait (&pool->arrivals, n_arrivals + (unsigned) (pool->n_threads - 1), N_SPINS);
}
