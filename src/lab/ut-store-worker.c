/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-store-worker-private.h"

#include "ut-lab-error.h"

/* What is told; it survives the worker until the last message has arrived. */
typedef struct
{
  GMainContext *context;           /* (owned) */
  const UtStoreWorkerFuncs *funcs; /* (nullable), NULL once the worker is gone; main thread only */
  gpointer data;
} Listener;

typedef struct
{
  UtStoreWrite write;
  gpointer data;
  GDestroyNotify destroy;
  UtStoreRead read;
  GTask *task; /* (owned) (nullable), of a read */
} Errand;

struct UtStoreWorker
{
  GThread *thread;         /* (owned) (nullable), NULL once it has finished */
  Listener *listener;      /* (owned), atomically counted */
  UtRunDatabase *database; /* (owned) (nullable), of the thread */
  GMutex mutex;            /* of what follows */
  GCond changed;
  char *path;              /* (owned) */
  gboolean has_moved;      /* @database is not that of @path */
  GQueue errands;          /* (element-type Errand) */
  gboolean is_held;
  gboolean has_halted;
  gboolean is_closing;
};

typedef struct
{
  Listener *listener; /* (owned) */
  char *message;      /* (owned) (nullable) */
  gboolean is_halt;
} Report;

/* Telling */

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
  const UtStoreWorkerFuncs *funcs = report->listener->funcs;

  if (funcs == NULL)
    return G_SOURCE_REMOVE;
  if (report->is_halt)
    funcs->halted (report->message, report->listener->data);
  else
    funcs->failed (report->message, report->listener->data);

  return G_SOURCE_REMOVE;
}

static void
tell (UtStoreWorker *self,
      gboolean       is_halt,
      const char    *message)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Report *report = g_new (Report, 1);

  *report = (Report) { g_atomic_rc_box_acquire (self->listener), g_strdup (message), is_halt };
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "ut_store_worker");
  g_source_set_callback (source, report_cb, report, report_free);
  g_source_attach (source, self->listener->context);
}

/* The thread */

static void
errand_free (Errand *errand)
{
  if (errand->destroy != NULL)
    errand->destroy (errand->data);
  g_clear_object (&errand->task);
  g_free (errand);
}

static gboolean
open_database (UtStoreWorker  *self,
               GError        **error)
{
  g_mutex_lock (&self->mutex);

  g_autofree char *path = g_strdup (self->path);
  gboolean has_moved = self->has_moved;

  self->has_moved = FALSE;
  g_mutex_unlock (&self->mutex);

  if (has_moved)
    g_clear_pointer (&self->database, _ut_run_database_free);
  if (self->database == NULL)
    self->database = _ut_run_database_open (path, error);

  return self->database != NULL;
}

/* No waiting mends what is damaged, or of a later version. */
static gboolean
may_pass (const GError *error)
{
  return error->domain != UT_LAB_ERROR;
}

static void
do_read (UtStoreWorker *self,
         Errand        *errand)
{
  GError *error = NULL;

  if (open_database (self, &error))
    errand->read (self->database, errand->task);
  else
    g_task_return_error (errand->task, error);
}

/* Whether the errand is done with. */
static gboolean
do_write (UtStoreWorker *self,
          Errand        *errand,
          gboolean       was_halted)
{
  g_autoptr (GError) error = NULL;

  /* What could not be written before may have been opened for reading only. */
  if (was_halted)
    g_clear_pointer (&self->database, _ut_run_database_free);
  if (open_database (self, &error) && errand->write (self->database, errand->data, &error))
    {
      if (was_halted)
        tell (self, TRUE, NULL);
      return TRUE;
    }

  tell (self, may_pass (error), error->message);
  return !may_pass (error);
}

/* The first one; while it has halted or is held, the first one that only reads. */
static GList *
find_errand (UtStoreWorker *self)
{
  GList *link = self->errands.head;

  while ((self->has_halted || self->is_held) && link != NULL && ((Errand *) link->data)->read == NULL)
    link = link->next;

  return link;
}

static gpointer
run (gpointer data)
{
  UtStoreWorker *self = data;
  gboolean failed = FALSE;
  GList *link;

  g_mutex_lock (&self->mutex);
  while ((link = find_errand (self)) != NULL || !self->is_closing)
    {
      if (link == NULL)
        {
          g_cond_wait (&self->changed, &self->mutex);
          continue;
        }

      Errand *errand = link->data;
      gboolean is_write = errand->write != NULL;

      g_mutex_unlock (&self->mutex);
      if (is_write)
        failed = !do_write (self, errand, failed);
      else
        do_read (self, errand);
      g_mutex_lock (&self->mutex);

      if (is_write)
        self->has_halted = failed;
      if (is_write && failed)
        continue;
      g_queue_delete_link (&self->errands, link);
      errand_free (errand);
    }
  g_mutex_unlock (&self->mutex);

  g_clear_pointer (&self->database, _ut_run_database_free);
  return NULL;
}

/* The main thread */

UtStoreWorker *
_ut_store_worker_new (const char               *path,
                      const UtStoreWorkerFuncs *funcs,
                      gpointer                  data)
{
  UtStoreWorker *self = g_new0 (UtStoreWorker, 1);

  self->path = g_strdup (path);
  self->listener = g_atomic_rc_box_new (Listener);
  *self->listener = (Listener) { g_main_context_ref_thread_default (), funcs, data };
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->errands);
  self->thread = g_thread_new ("ut-store", run, self);

  return self;
}

void
_ut_store_worker_finish (UtStoreWorker *self)
{
  if (self->thread == NULL)
    return;

  self->listener->funcs = NULL;
  g_mutex_lock (&self->mutex);
  self->is_closing = TRUE;
  self->has_halted = FALSE;
  self->is_held = FALSE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (g_steal_pointer (&self->thread));
}

void
_ut_store_worker_free (UtStoreWorker *self)
{
  _ut_store_worker_finish (self);
  g_queue_clear_full (&self->errands, (GDestroyNotify) errand_free);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_atomic_rc_box_release_full (self->listener, listener_clear);
  g_free (self->path);
  g_free (self);
}

static void
push (UtStoreWorker *self,
      Errand        *errand)
{
  if (self->thread == NULL)
    {
      if (errand->task != NULL)
        g_task_return_new_error (errand->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", self->path);
      errand_free (errand);
      return;
    }

  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->errands, errand);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
_ut_store_worker_write (UtStoreWorker  *self,
                        UtStoreWrite    write,
                        gpointer        data,
                        GDestroyNotify  destroy)
{
  Errand *errand = g_new0 (Errand, 1);

  *errand = (Errand) { .write = write, .data = data, .destroy = destroy };
  push (self, errand);
}

void
_ut_store_worker_read (UtStoreWorker *self,
                       GTask         *task,
                       UtStoreRead    read)
{
  Errand *errand = g_new0 (Errand, 1);

  *errand = (Errand) { .read = read, .task = task };
  push (self, errand);
}

void
_ut_store_worker_retry (UtStoreWorker *self)
{
  g_mutex_lock (&self->mutex);
  self->has_halted = FALSE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
_ut_store_worker_hold (UtStoreWorker *self)
{
  g_mutex_lock (&self->mutex);
  self->is_held = TRUE;
  g_mutex_unlock (&self->mutex);
}

void
_ut_store_worker_release (UtStoreWorker *self,
                          const char    *path)
{
  g_mutex_lock (&self->mutex);
  self->is_held = FALSE;
  if (path != NULL)
    {
      g_free (self->path);
      self->path = g_strdup (path);
      self->has_moved = TRUE;
      self->has_halted = FALSE;
    }
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}
