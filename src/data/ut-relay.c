/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-relay-private.h"

#define MAX_THREADS 64

/* A piece on its way through a worker. */
typedef struct
{
  gpointer item;  /* (owned) */
  gboolean done;  /* guarded by the relay's mutex */
} Job;

struct UtRelay
{
  UtRelayRun run;
  GDestroyNotify free_item;
  gpointer data;
  GThreadPool *pool; /* (owned) */
  guint n_threads;
  GQueue jobs;       /* (element-type Job): in order */
  GMutex mutex;
  GCond cond;        /* a job is done */
  int stop;          /* atomic */
};

static void
run_job (gpointer data,
         gpointer user_data)
{
  Job *job = data;
  UtRelay *self = user_data;

  self->run (job->item, &self->stop, self->data);

  g_mutex_lock (&self->mutex);
  job->done = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

UtRelay *
_ut_relay_new (guint           n_threads,
               UtRelayRun      run,
               GDestroyNotify  free_item,
               gpointer        data)
{
  UtRelay *self = g_new0 (UtRelay, 1);

  self->run = run;
  self->free_item = free_item;
  self->data = data;
  self->n_threads = CLAMP (n_threads > 0 ? n_threads : g_get_num_processors (), 1, MAX_THREADS);
  g_queue_init (&self->jobs);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->pool = g_thread_pool_new (run_job, self, (int) self->n_threads, FALSE, NULL);

  return self;
}

void
_ut_relay_free (UtRelay *self)
{
  Job *job;

  g_atomic_int_set (&self->stop, TRUE);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  while ((job = g_queue_pop_head (&self->jobs)) != NULL)
    {
      self->free_item (job->item);
      g_free (job);
    }
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

guint
_ut_relay_get_n_threads (const UtRelay *self)
{
  return self->n_threads;
}

gboolean
_ut_relay_is_full (const UtRelay *self)
{
  return self->jobs.length > 2 * self->n_threads;
}

void
_ut_relay_push (UtRelay  *self,
                gpointer  item)
{
  Job *job = g_new0 (Job, 1);

  job->item = item;
  g_queue_push_tail (&self->jobs, job);
  g_thread_pool_push (self->pool, job, NULL);
}

gpointer
_ut_relay_take (UtRelay *self)
{
  Job *job = g_queue_pop_head (&self->jobs);

  if (job == NULL)
    return NULL;

  g_mutex_lock (&self->mutex);
  while (!job->done)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  gpointer item = job->item;

  g_free (job);
  return item;
}
