/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-source.h"

G_BEGIN_DECLS

/**
 * UtFetchPhase:
 * @UT_FETCH_CONNECTING: the host has not answered yet.
 * @UT_FETCH_AGAIN: what an earlier attempt saved is unpacked.
 * @UT_FETCH_FETCHING: bytes come from the host, or from the file the person saved.
 * @UT_FETCH_CHECKING: all is there and is looked at.
 */
typedef enum
{
  UT_FETCH_CONNECTING,
  UT_FETCH_AGAIN,
  UT_FETCH_FETCHING,
  UT_FETCH_CHECKING,
} UtFetchPhase;

/**
 * UtFetchProgress:
 * @phase: what is underway.
 * @n_bytes: bytes of the archive that were read so far.
 * @n_total: bytes of the archive that will be needed; about, but never less than @n_bytes.
 * @rate: bytes a second that came from the host over the last seconds; 0 while that is not known.
 */
typedef struct
{
  UtFetchPhase phase;
  guint64 n_bytes;
  guint64 n_total;
  double rate;
} UtFetchProgress;

/** UtFetchProgressFunc: told how a fetch goes, at most 30 times a second. */
typedef void (*UtFetchProgressFunc) (const UtFetchProgress *progress,
                                     gpointer               data);

/**
 * ut_fetch:
 * @source: what to fetch.
 * @progress: (nullable) (scope call): told how it goes, on this thread.
 * @progress_data: for @progress.
 * @cancellable: (nullable): to give up; takes effect within a tenth of a second.
 * @error: says what went wrong and what to do.
 *
 * Fetches @source and unpacks it while it comes. What came of an attempt that was interrupted,
 * however it ended, is kept in `$XDG_CACHE_HOME/undertone/downloads` and not fetched again. The
 * result appears whole or not at all: a data set beside the others, which ut_dataset_read() accepts,
 * or a file in `$XDG_DATA_HOME/undertone/vectors`. Where it is there already, nothing is done.
 *
 * Blocks; any thread. Errors are #UtDataError; %G_IO_ERROR_BUSY where another program is fetching the
 * same; %G_IO_ERROR_CANCELLED; other #GIOErrorEnum where a file cannot be written, and #UtTextError
 * where the contents are not what they should be.
 *
 * Returns: (transfer full) (nullable): the data set's folder, or the file of word vectors.
 */
GFile *ut_fetch           (UtSource             *source,
                           UtFetchProgressFunc   progress,
                           gpointer              progress_data,
                           GCancellable         *cancellable,
                           GError              **error);

/**
 * ut_fetch_from_file:
 * @source: what @archive was saved of.
 * @archive: the archive at @source's address, as the person saved it; stays as it is.
 * @progress: (nullable) (scope call): told how it goes, on this thread.
 * @progress_data: for @progress.
 * @cancellable: (nullable): to give up.
 * @error: says what went wrong and what to do.
 *
 * As ut_fetch(), without the network.
 *
 * Returns: (transfer full) (nullable): the data set's folder, or the file of word vectors.
 */
GFile *ut_fetch_from_file (UtSource             *source,
                           GFile                *archive,
                           UtFetchProgressFunc   progress,
                           gpointer              progress_data,
                           GCancellable         *cancellable,
                           GError              **error);

/**
 * ut_fetch_async:
 * @source: what to fetch.
 * @archive: (nullable): an archive the person saved; %NULL fetches from the address.
 * @progress: (nullable) (scope async): told how it goes, on the calling thread's main context, and
 *   never after @callback.
 * @progress_data: for @progress.
 * @cancellable: (nullable): to give up.
 * @callback: called when it is done.
 * @user_data: for @callback.
 *
 * ut_fetch() or ut_fetch_from_file() on a worker. Main thread.
 */
void   ut_fetch_async     (UtSource             *source,
                           GFile                *archive,
                           UtFetchProgressFunc   progress,
                           gpointer              progress_data,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);

/** ut_fetch_finish: (transfer full) (nullable): the data set's folder, or the file of word vectors. */
GFile *ut_fetch_finish    (GAsyncResult         *result,
                           GError              **error);

G_END_DECLS
