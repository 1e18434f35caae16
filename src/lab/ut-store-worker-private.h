/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-run-database-private.h"

G_BEGIN_DECLS

/**
 * UtStoreWorker:
 *
 * The thread that reads and writes the store for the main thread, which so never waits for a disk.
 * What is to be written is written in the order in which it was asked for. Where that fails for a
 * reason that may pass (no space, no permission), it halts: nothing is written any more, nothing is
 * forgotten, until it is told to try again. Main thread.
 */
typedef struct UtStoreWorker UtStoreWorker;

/**
 * UtStoreWorkerFuncs:
 * @halted: called where it halted, @message saying why; and with %NULL once it goes on.
 * @failed: called where something could not be written and never can be, as of a damaged run.
 *
 * Called in the main context that was the default where the worker was made.
 */
typedef struct
{
  void (*halted) (const char *message,
                  gpointer    data);
  void (*failed) (const char *message,
                  gpointer    data);
} UtStoreWorkerFuncs;

/** UtStoreWrite: writes, on the worker's thread; @data is what came with it. May be called again
 * where it failed. */
typedef gboolean (*UtStoreWrite) (UtRunDatabase *database,
                                  gpointer       data,
                                  GError       **error);

/** UtStoreRead: reads, on the worker's thread, and returns the result, or an error, by @task. */
typedef void (*UtStoreRead) (UtRunDatabase *database,
                             GTask         *task);

/** _ut_store_worker_new: (transfer full): @path is that of the store, which is opened when it is
 * needed. */
UtStoreWorker *_ut_store_worker_new   (const char               *path,
                                       const UtStoreWorkerFuncs *funcs,
                                       gpointer                  data);
/** _ut_store_worker_finish: waits until all is written, or could not be once more; nothing is told any
 * more, nothing is written, and what is to be read is cancelled. */
void           _ut_store_worker_finish (UtStoreWorker           *self);
/** _ut_store_worker_free: finishes it, where that was not done. */
void           _ut_store_worker_free  (UtStoreWorker            *self);

/** _ut_store_worker_write: @data is freed with @destroy after it was written. */
void           _ut_store_worker_write (UtStoreWorker            *self,
                                       UtStoreWrite              write,
                                       gpointer                  data,
                                       GDestroyNotify            destroy);
/** _ut_store_worker_read: calls @read with @task (transfer full) once what was to be written before
 * is written, or at once where it has halted; a store that cannot be opened is an error of @task. */
void           _ut_store_worker_read  (UtStoreWorker            *self,
                                       GTask                    *task,
                                       UtStoreRead               read);
/** _ut_store_worker_retry: tries again what could not be written. */
void           _ut_store_worker_retry (UtStoreWorker            *self);
/** _ut_store_worker_hold: nothing is written, and nothing forgotten, until it is released; what is
 * read meanwhile sees all that was written before. */
void           _ut_store_worker_hold  (UtStoreWorker            *self);
/** _ut_store_worker_release: writes again, to the store at @path (nullable) if it was copied there. */
void           _ut_store_worker_release (UtStoreWorker          *self,
                                       const char               *path);

G_END_DECLS
