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
  GFile *file;                /* (owned) (nullable), NULL where there is only something to tell */
  GFile *to;                  /* (owned) (nullable), of a move */
  char *text;                 /* (owned) (nullable), of a write */
  UtFileQueueReached reached; /* (nullable) */
} Errand;

typedef struct
{
  Listener *listener;         /* (owned) */
  char *message;              /* (owned) (nullable), of a failure */
  UtFileQueueReached reached; /* (nullable) */
} Report;

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

  if (report->listener->failed == NULL)
    return G_SOURCE_REMOVE;
  if (report->message != NULL)
    report->listener->failed (report->message, report->listener->data);
  if (report->reached != NULL)
    report->reached (report->listener->data);

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

static gboolean
do_move (Errand  *errand,
         GError **error)
{
  g_autoptr (GFile) parent = g_file_get_parent (errand->to);
  g_autoptr (GError) local_error = NULL;

  if (!g_file_make_directory_with_parents (parent, NULL, &local_error)
      && !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return g_file_move (errand->file, errand->to,
                      G_FILE_COPY_NOFOLLOW_SYMLINKS | G_FILE_COPY_NO_FALLBACK_FOR_MOVE,
                      NULL, NULL, NULL, error);
}

/* A run's folder holds files only; a link in it is deleted, not followed. */
static gboolean
do_remove (Errand  *errand,
           GError **error)
{
  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (errand->file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                               NULL, error);

  if (children == NULL)
    return FALSE;
  for (;;)
    {
      GFile *child;

      if (!g_file_enumerator_iterate (children, NULL, &child, NULL, error))
        return FALSE;
      if (child == NULL)
        break;
      if (!g_file_delete (child, NULL, error))
        return FALSE;
    }

  return g_file_delete (errand->file, NULL, error);
}

/* Not g_main_context_invoke(), which calls on this thread where the main context rests. */
static void
tell (Listener           *listener,
      const char         *message,
      UtFileQueueReached  reached)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Report *report = g_new (Report, 1);

  *report = (Report) { g_atomic_rc_box_acquire (listener), g_strdup (message), reached };
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
  gboolean done = TRUE;

  if (errand->text != NULL)
    done = do_write (errand, &error);
  else if (errand->to != NULL)
    done = do_move (errand, &error);
  else if (errand->file != NULL)
    done = do_remove (errand, &error);

  if (!done || errand->reached != NULL)
    tell (listener, done ? NULL : error->message, errand->reached);

  g_clear_object (&errand->file);
  g_clear_object (&errand->to);
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

static void
push (UtFileQueue *self,
      GFile       *file,
      GFile       *to,
      const char  *text)
{
  Errand *errand = g_new (Errand, 1);

  *errand = (Errand) { g_object_ref (file), to != NULL ? g_object_ref (to) : NULL,
                       g_strdup (text), NULL };
  g_thread_pool_push (self->pool, errand, NULL);
}

void
_ut_file_queue_write (UtFileQueue *self,
                      GFile       *file,
                      const char  *text)
{
  push (self, file, NULL, text);
}

void
_ut_file_queue_move (UtFileQueue *self,
                     GFile       *from,
                     GFile       *to)
{
  push (self, from, to, NULL);
}

void
_ut_file_queue_remove (UtFileQueue *self,
                       GFile       *folder)
{
  push (self, folder, NULL, NULL);
}

void
_ut_file_queue_reach (UtFileQueue        *self,
                      UtFileQueueReached  reached)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->reached = reached;
  g_thread_pool_push (self->pool, errand, NULL);
}
