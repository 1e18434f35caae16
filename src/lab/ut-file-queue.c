/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-file-queue-private.h"

#include "ut-file-private.h"

#include <string.h>

/* What survives the queue until the last failure was told. */
typedef struct
{
  GMainContext *context;
  UtFileQueueFailed failed; /* (nullable), NULL once the queue is gone; main thread only */
  gpointer data;
} Listener;

struct UtFileQueue
{
  GThreadPool *pool;  /* (owned) */
  Listener *listener; /* (owned), atomically counted */
};

typedef struct
{
  GFile *file; /* (owned) */
  char *text;  /* (owned): its contents to be */
} Errand;

typedef struct
{
  Listener *listener; /* (owned) */
  char *message;      /* (owned), of a failure */
} Report;

typedef struct
{
  GTask *task; /* (owned) */
  GDestroyNotify free_result;
} Load;

static void
listener_clear (gpointer data)
{
  Listener *listener = data;

  g_main_context_unref (listener->context);
}

static void
report_free (gpointer data)
{
  Report *report = data;

  g_atomic_rc_box_release_full (report->listener, listener_clear);
  g_free (report->message);
  g_free (report);
}

static gboolean
report_cb (gpointer data)
{
  Report *report = data;

  if (report->listener->failed != NULL)
    report->listener->failed (report->message, report->listener->data);

  return G_SOURCE_REMOVE;
}

static gboolean
do_write (Errand  *errand,
          GError **error)
{
  g_autoptr (UtFileWriter) writer = _ut_file_writer_new (errand->file, error);

  return writer != NULL
         && _ut_file_writer_write (writer, errand->text, strlen (errand->text), NULL, error)
         && _ut_file_writer_commit (writer, error);
}

/* Not g_main_context_invoke(), which calls on this thread where the main context rests. */
static void
tell (Listener   *listener,
      const char *message)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Report *report = g_new (Report, 1);

  *report = (Report) { g_atomic_rc_box_acquire (listener), g_strdup (message) };
  g_source_set_static_name (source, "ut_file_queue");
  g_source_set_callback (source, report_cb, report, report_free);
  g_source_attach (source, listener->context);
}

static void
errand_cb (gpointer data,
           gpointer user_data)
{
  Errand *errand = data;
  Listener *listener = user_data;
  g_autoptr (GError) error = NULL;

  if (!do_write (errand, &error))
    tell (listener, error->message);

  g_object_unref (errand->file);
  g_free (errand->text);
  g_free (errand);
}

UtFileQueue *
_ut_file_queue_new (UtFileQueueFailed failed,
                    gpointer          data)
{
  UtFileQueue *self = g_new (UtFileQueue, 1);

  self->listener = g_atomic_rc_box_new (Listener);
  *self->listener = (Listener) { g_main_context_ref_thread_default (), failed, data };
  /* Not exclusive, so making it cannot fail; one thread keeps the order. */
  self->pool = g_thread_pool_new (errand_cb, self->listener, 1, FALSE, NULL);

  return self;
}

void
_ut_file_queue_free (UtFileQueue *self)
{
  self->listener->failed = NULL;
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_atomic_rc_box_release_full (self->listener, listener_clear);
  g_free (self);
}

void
_ut_file_queue_write (UtFileQueue *self,
                      GFile       *file,
                      const char  *text)
{
  Errand *errand = g_new (Errand, 1);

  *errand = (Errand) { g_object_ref (file), g_strdup (text) };
  g_thread_pool_push (self->pool, errand, NULL);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Load *load = data;
  GError *error = NULL;
  gpointer loaded = g_task_propagate_pointer (G_TASK (result), &error);

  if (error == NULL)
    g_task_return_pointer (load->task, loaded, load->free_result);
  else
    g_task_return_error (load->task, error);
  g_object_unref (load->task);
  g_free (load);
}

void
_ut_file_queue_load (GTask           *task,
                     GFile           *file,
                     GTaskThreadFunc  load,
                     GDestroyNotify   free_result)
{
  Load *data = g_new (Load, 1);

  *data = (Load) { g_object_ref (task), free_result };

  g_autoptr (GTask) apart = g_task_new (NULL, g_task_get_cancellable (task), loaded_cb, data);

  g_task_set_source_tag (apart, _ut_file_queue_load);
  g_task_set_task_data (apart, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (apart, load);
}
