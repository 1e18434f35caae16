/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The records of one file, batch after batch, in bounded memory. One thread at a time.
 */
#pragma once

#include "ut-import-batch-private.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct UtImportStream UtImportStream;

/*
 * _ut_import_stream_open:
 * @guess: of the files.
 * @input: which of them.
 * @options: how it is read.
 * @layout: of the file, for the stream and its batches alone; its line end and, of a header, its
 *   columns are found by the stream. Must outlive it and all its batches.
 * @limit: the most bytes of text there may be.
 * @cancellable: (nullable): to give up; must outlive the stream.
 * @error: names the file.
 *
 * Returns: (transfer full) (nullable): at the start of the file.
 */
UtImportStream *_ut_import_stream_open         (const UtImportGuess    *guess,
                                                guint                   input,
                                                const UtImportOptions  *options,
                                                UtImportLayout         *layout,
                                                guint64                 limit,
                                                GCancellable           *cancellable,
                                                GError                **error);
void            _ut_import_stream_free         (UtImportStream         *self);

/* _ut_import_stream_next: puts the next records, perhaps none, into the empty @batch; @error names
 * the file, also where the header is not the one that was guessed. */
gboolean        _ut_import_stream_next         (UtImportStream         *self,
                                                UtImportBatch          *batch,
                                                GError                **error);

/* _ut_import_stream_read_whole: adds all of the file, as one record, to @batch. */
gboolean        _ut_import_stream_read_whole   (UtImportStream         *self,
                                                UtImportBatch          *batch,
                                                GError                **error);

/* _ut_import_stream_is_at_end: whether all records were given. */
gboolean        _ut_import_stream_is_at_end    (const UtImportStream   *self);

/* _ut_import_stream_get_fraction: how much of the file was read, 0 to 1. */
double          _ut_import_stream_get_fraction (const UtImportStream   *self);

/* _ut_import_stream_get_length: bytes of text that were read. */
guint64         _ut_import_stream_get_length   (const UtImportStream   *self);

/* _ut_import_stream_get_header: (transfer none) (nullable): the names of the columns, once they
 * were read. */
const char * const *_ut_import_stream_get_header (const UtImportStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtImportStream, _ut_import_stream_free)

G_END_DECLS
