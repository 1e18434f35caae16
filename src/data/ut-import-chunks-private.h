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
 * @stop: (not owned): whether to give up; to be read atomically.
 */
typedef struct
{
  guint32 begin;
  guint32 end;
  GArray *found;
  const int *stop;
} UtImportChunk;

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
