/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-chunks-private.h"

#define CHUNK_ROWS 2048
#define MAX_THREADS 64

typedef struct
{
  UtImportChunk chunk;
  gboolean done; /* guarded by the runner's mutex */
} Job;

typedef struct
{
  const UtImportChunks *chunks;
  GThreadPool *pool; /* (owned) */
  GQueue jobs;       /* (element-type Job): in order */
  GMutex mutex;
  GCond cond;        /* a job is done */
  int stop;          /* atomic */
} Runner;

static void
run_job (gpointer data,
         gpointer user_data)
{
  Job *job = data;
  Runner *self = user_data;

  self->chunks->run (&job->chunk, self->chunks->data);

  g_mutex_lock (&self->mutex);
  job->done = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
free_job (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->chunk.found, g_array_unref);
  g_free (job);
}

/* Waits for the chunk that was begun first, and takes what was found in it. */
static gboolean
take_job (Runner  *self,
          GError **error)
{
  const UtImportChunks *chunks = self->chunks;
  Job *job = g_queue_pop_head (&self->jobs);

  g_mutex_lock (&self->mutex);
  while (!job->done)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  gboolean taken = !g_cancellable_is_cancelled (chunks->cancellable)
                   && (chunks->take == NULL || chunks->take (&job->chunk, chunks->data));

  if (!taken)
    g_cancellable_set_error_if_cancelled (chunks->cancellable, error);
  else if (chunks->progress != NULL)
    chunks->progress (chunks->start + chunks->share * job->chunk.end / chunks->n_rows,
                      chunks->progress_data);
  free_job (job);

  return taken;
}

gboolean
_ut_import_chunks_run (const UtImportChunks  *chunks,
                       GError               **error)
{
  guint n_threads = chunks->n_threads > 0 ? chunks->n_threads : g_get_num_processors ();
  Runner self = { .chunks = chunks, .jobs = G_QUEUE_INIT };
  gboolean done = TRUE;

  n_threads = CLAMP (n_threads, 1, MAX_THREADS);
  g_mutex_init (&self.mutex);
  g_cond_init (&self.cond);
  self.pool = g_thread_pool_new (run_job, &self, (int) n_threads, FALSE, NULL);

  for (guint64 begin = 0; begin < chunks->n_rows && done; begin += CHUNK_ROWS)
    {
      Job *job = g_new0 (Job, 1);

      job->chunk.begin = (guint32) begin;
      job->chunk.end = (guint32) MIN (begin + CHUNK_ROWS, chunks->n_rows);
      job->chunk.stop = &self.stop;
      job->chunk.cancellable = chunks->cancellable;
      g_queue_push_tail (&self.jobs, job);
      g_thread_pool_push (self.pool, job, NULL);
      if (g_queue_get_length (&self.jobs) > 2 * n_threads)
        done = take_job (&self, error);
    }
  while (done && !g_queue_is_empty (&self.jobs))
    done = take_job (&self, error);

  g_atomic_int_set (&self.stop, !done);
  g_thread_pool_free (self.pool, FALSE, TRUE);
  g_queue_clear_full (&self.jobs, free_job);
  g_mutex_clear (&self.mutex);
  g_cond_clear (&self.cond);

  return done;
}
