/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-fetch-private.h"

/* What goes from the worker to the main thread: the last progress alone, by one source at a time. */
typedef struct
{
  GMutex mutex;
  GMainContext *context;    /* (owned) */
  UtFetchProgressFunc func; /* (nullable) */
  gpointer data;
  UtFetchProgress progress; /* under the mutex */
  gboolean is_queued;       /* under the mutex */
  gboolean is_closed;       /* under the mutex: the worker is done */
} Mailbox;

typedef struct
{
  UtSource *source; /* (owned) */
  GFile *archive;   /* (owned) (nullable) */
  Mailbox *mailbox; /* (owned) */
} Job;

static void
mailbox_clear (gpointer data)
{
  Mailbox *self = data;

  g_mutex_clear (&self->mutex);
  g_main_context_unref (self->context);
}

static void
mailbox_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, mailbox_clear);
}

static void
job_free (gpointer data)
{
  Job *self = data;

  ut_source_unref (self->source);
  g_clear_object (&self->archive);
  mailbox_unref (self->mailbox);
  g_free (self);
}

static gboolean
deliver_cb (gpointer data)
{
  Mailbox *self = data;

  g_mutex_lock (&self->mutex);

  UtFetchProgress progress = self->progress;
  gboolean is_closed = self->is_closed;

  self->is_queued = FALSE;
  g_mutex_unlock (&self->mutex);

  if (!is_closed)
    self->func (&progress, self->data);
  return G_SOURCE_REMOVE;
}

/* On the worker. It is told no more than 30 times a second, so neither is the main thread. */
static void
progress_cb (const UtFetchProgress *progress,
             gpointer               data)
{
  Mailbox *self = data;

  if (self->func == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->progress = *progress;
  if (!self->is_queued)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      self->is_queued = TRUE;
      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, deliver_cb, g_atomic_rc_box_acquire (self), mailbox_unref);
      g_source_set_static_name (source, "ut_fetch_async progress");
      g_source_attach (source, self->context);
    }
  g_mutex_unlock (&self->mutex);
}

static void
fetch_thread (GTask        *task,
              gpointer      source_object,
              gpointer      data,
              GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GFile *file = _ut_fetch (job->source, job->archive, UT_FETCH_STALL_SECONDS, progress_cb,
                           job->mailbox, cancellable, &error);

  g_mutex_lock (&job->mailbox->mutex);
  job->mailbox->is_closed = TRUE;
  g_mutex_unlock (&job->mailbox->mutex);

  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
ut_fetch_async (UtSource             *source,
                GFile                *archive,
                UtFetchProgressFunc   progress,
                gpointer              progress_data,
                GCancellable         *cancellable,
                GAsyncReadyCallback   callback,
                gpointer              user_data)
{
  g_return_if_fail (source != NULL);
  g_return_if_fail (archive == NULL || G_IS_FILE (archive));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->source = ut_source_ref (source);
  job->archive = archive != NULL ? g_object_ref (archive) : NULL;
  job->mailbox = g_atomic_rc_box_new0 (Mailbox);
  g_mutex_init (&job->mailbox->mutex);
  job->mailbox->context = g_main_context_ref_thread_default ();
  job->mailbox->func = progress;
  job->mailbox->data = progress_data;

  g_task_set_source_tag (task, ut_fetch_async);
  /* Where all was done before the wish to give up came, there is something to tell. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, fetch_thread);
}

GFile *
ut_fetch_finish (GAsyncResult  *result,
                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
