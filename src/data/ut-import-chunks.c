/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-import-chunks-private.h"

#include "ut-relay-private.h"

#define CHUNK_ROWS 2048

static void
run_chunk (gpointer   item,
           const int *stop,
           gpointer   data)
{
  const UtImportChunks *chunks = data;
  UtImportChunk *chunk = item;

  chunk->stop = stop;
  chunks->run (chunk, chunks->data);
}

static void
free_chunk (gpointer item)
{
  UtImportChunk *chunk = item;

  g_clear_pointer (&chunk->found, g_array_unref);
  g_free (chunk);
}

/* Waits for the chunk that was begun first, and takes what was found in it. */
static gboolean
take_chunk (const UtImportChunks  *chunks,
            UtRelay               *relay,
            gboolean              *ended,
            GError               **error)
{
  UtImportChunk *chunk = _ut_relay_take (relay);

  *ended = chunk == NULL;
  if (chunk == NULL)
    return TRUE;

  gboolean taken = !g_cancellable_is_cancelled (chunks->cancellable)
                   && (chunks->take == NULL || chunks->take (chunk, chunks->data));

  if (!taken)
    g_cancellable_set_error_if_cancelled (chunks->cancellable, error);
  else if (chunks->progress != NULL)
    chunks->progress (chunks->start + chunks->share * chunk->end / chunks->n_rows,
                      chunks->progress_data);
  free_chunk (chunk);

  return taken;
}

gboolean
_ut_import_chunks_run (const UtImportChunks  *chunks,
                       GError               **error)
{
  g_autoptr (UtRelay) relay = _ut_relay_new (chunks->n_threads, run_chunk, free_chunk,
                                             (gpointer) chunks);
  gboolean done = TRUE;
  gboolean ended = FALSE;

  for (guint64 begin = 0; begin < chunks->n_rows && done; begin += CHUNK_ROWS)
    {
      UtImportChunk *chunk = g_new0 (UtImportChunk, 1);

      chunk->begin = (guint32) begin;
      chunk->end = (guint32) MIN (begin + CHUNK_ROWS, chunks->n_rows);
      chunk->cancellable = chunks->cancellable;
      _ut_relay_push (relay, chunk);
      if (_ut_relay_is_full (relay))
        done = take_chunk (chunks, relay, &ended, error);
    }
  while (done && !ended)
    done = take_chunk (chunks, relay, &ended, error);

  return done;
}
