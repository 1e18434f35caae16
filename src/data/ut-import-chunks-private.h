/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Work on many rows, some thousand of them at once, by workers; the calling thread takes what they
 * found in the rows' order, so that the answer is the same for every number of workers.
 */
#pragma once

#include "ut-text-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * UtImportChunk:
 * @begin: the first row.
 * @end: the row after the last one.
 * @found: (owned) (nullable): what run found, if it wants to make an array.
 * @stop: (not owned): see _ut_import_chunk_is_stopped().
 * @cancellable: (not owned) (nullable): likewise.
 */
typedef struct
{
  guint32 begin;
  guint32 end;
  GArray *found;
  const int *stop;
  GCancellable *cancellable;
} UtImportChunk;

/* _ut_import_chunk_is_stopped: whether a worker is to give up, as nobody wants to know any more. */
static inline gboolean
_ut_import_chunk_is_stopped (const UtImportChunk *self)
{
  return g_atomic_int_get (self->stop) || g_cancellable_is_cancelled (self->cancellable);
}

/*
 * UtImportChunks:
 * @n_rows: how many rows.
 * @run: called by a worker for each chunk.
 * @take: (nullable): called by the calling thread for each chunk, in order; %FALSE where it was
 *   cancelled.
 * @data: for @run and @take.
 * @n_threads: 0 is one for each core.
 * @progress: (nullable): told how far it is, from @start on by @share.
 * @progress_data: for @progress.
 * @cancellable: (nullable): polled.
 */
typedef struct
{
  guint32 n_rows;
  void (*run) (UtImportChunk *chunk,
               gpointer       data);
  gboolean (*take) (const UtImportChunk *chunk,
                    gpointer             data);
  gpointer data;
  guint n_threads;
  UtReadProgress progress;
  gpointer progress_data;
  double start;
  double share;
  GCancellable *cancellable;
} UtImportChunks;

/* _ut_import_chunks_run: FALSE where it was cancelled. */
gboolean _ut_import_chunks_run (const UtImportChunks  *self,
                                GError               **error);

G_END_DECLS
