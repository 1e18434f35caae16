/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-pool-private.h"
#include "ut-nn-memory-private.h"

#include <pthread.h>
#include <sched.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>

#ifdef __SSE2__
#include <immintrin.h>
#endif

#define NICENESS 15
/* A few ten microseconds: longer than the pauses within a step, much shorter than a time slice. */
#define N_SPINS 2000

/* A number that threads wait for another one to change: first spinning, then asleep. Like all that
 * one thread writes while others read, it has cache lines of its own. */
typedef struct
{
  alignas (UT_NN_ALIGNMENT) atomic_uint value;
  atomic_uint n_asleep;
  pthread_mutex_t lock;
  pthread_cond_t changed;
} Signal;

/* One of the pool's threads and the stretch of a job's items it starts with. */
typedef struct
{
  alignas (UT_NN_ALIGNMENT) UtNnPool *pool;
  pthread_t thread;
  atomic_size_t next_item;
  size_t end;
} Worker;

struct UtNnPool
{
  size_t n_threads;             /* that work, the leader included */
  size_t n_started;             /* threads to be joined */
  Worker *workers;              /* (n_threads) (owned): the first one leads */
  atomic_bool is_closing;

  Signal calls;                 /* the leader waits for it */
  Signal returns;               /* the caller waits for it */
  UtNnCallFunc call;
  void *call_data;

  Signal jobs;                  /* the helpers wait for it */
  Signal arrivals;              /* the leader waits for it: n_threads - 1 for each job */
  UtNnItemFunc job;
  void *job_data;
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

/* The thread's own stretch of the items, then what the others have left of theirs. */
static void
work (const UtNnPool *pool,
      size_t          thread)
{
  for (size_t i = 0; i < pool->n_threads; i++)
    {
      Worker *worker = &pool->workers[(thread + i) % pool->n_threads];

      for (;;)
        {
          size_t item = atomic_fetch_add_explicit (&worker->next_item, 1, memory_order_relaxed);

          if (item >= worker->end)
            break;
          pool->job (pool->job_data, item, thread);
        }
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
  const Worker *self = data;
  UtNnPool *pool = self->pool;

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
  const Worker *self = data;
  UtNnPool *pool = self->pool;
  size_t thread = (size_t) (self - pool->workers);

  start_thread ();
  for (unsigned n_jobs = 1;; n_jobs++)
    {
      signal_wait (&pool->jobs, n_jobs, N_SPINS);
      if (atomic_load (&pool->is_closing))
        return NULL;
      work (pool, thread);
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
  UtNnPool *self = _ut_nn_alloc_zeroed (sizeof *self);

  *pool = NULL;
  if (self == NULL)
    return UT_NN_ERROR_MEMORY;

  if (n_threads == 0)
    n_threads = _ut_nn_count_cores ();
  self->n_threads = n_threads < UT_NN_MAX_THREADS ? n_threads : UT_NN_MAX_THREADS;
  signal_init (&self->calls);
  signal_init (&self->returns);
  signal_init (&self->jobs);
  signal_init (&self->arrivals);

  self->workers = _ut_nn_alloc_zeroed (self->n_threads * sizeof *self->workers);
  if (self->workers == NULL)
    {
      _ut_nn_pool_free (self);
      return UT_NN_ERROR_MEMORY;
    }
  for (size_t i = 0; i < self->n_threads; i++)
    self->workers[i].pool = self;

  size_t n_own = caller_works && self->n_threads == 1 ? 0 : self->n_threads;
  for (; self->n_started < n_own; self->n_started++)
    {
      Worker *worker = &self->workers[self->n_started];

      if (pthread_create (&worker->thread, NULL, self->n_started == 0 ? lead : help, worker) != 0)
        {
          _ut_nn_pool_free (self);
          return UT_NN_ERROR_MEMORY;
        }
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
    pthread_join (pool->workers[i].thread, NULL);

  signal_clear (&pool->calls);
  signal_clear (&pool->returns);
  signal_clear (&pool->jobs);
  signal_clear (&pool->arrivals);
  _ut_nn_free (pool->workers);
  _ut_nn_free (pool);
}

size_t
_ut_nn_pool_get_n_threads (const UtNnPool *pool)
{
  return pool->n_threads;
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
        func (data, item, 0);
      return;
    }

  unsigned n_arrivals = atomic_load (&pool->arrivals.value);
  pool->job = func;
  pool->job_data = data;
  for (size_t i = 0; i < pool->n_threads; i++)
    {
      Worker *worker = &pool->workers[i];

      atomic_store_explicit (&worker->next_item, i * n_items / pool->n_threads,
                             memory_order_relaxed);
      worker->end = (i + 1) * n_items / pool->n_threads;
    }
  signal_raise (&pool->jobs);
  work (pool, 0);
  signal_wait (&pool->arrivals, n_arrivals + (unsigned) (pool->n_threads - 1), N_SPINS);
}
