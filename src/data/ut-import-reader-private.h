/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * The text of a file: decompressed where it is a gzip file, and in UTF-8 whatever its encoding.
 */
#pragma once

#include "ut-import-options.h"

G_BEGIN_DECLS

/* The most text that is read, of all files together. */
#define UT_IMPORT_MAX_TEXT (G_GUINT64_CONSTANT (2) << 30)

typedef struct UtImportReader UtImportReader;

/*
 * _ut_import_reader_open:
 * @file: a regular file.
 * @encoding: what it is read as, unless it starts with a byte order mark.
 * @limit: the most bytes of text it may give.
 * @cancellable: (nullable): to give up.
 * @error: names the file.
 *
 * Returns: (transfer full) (nullable): a reader at the start of the text, behind the mark.
 */
UtImportReader   *_ut_import_reader_open         (GFile             *file,
                                                  UtImportEncoding   encoding,
                                                  guint64            limit,
                                                  GCancellable      *cancellable,
                                                  GError           **error);

/* _ut_import_reader_new: as _ut_import_reader_open(), for @size bytes of @stream, called @name in
 * errors. */
UtImportReader   *_ut_import_reader_new          (GInputStream      *stream,
                                                  const char        *name,
                                                  guint64            size,
                                                  UtImportEncoding   encoding,
                                                  guint64            limit,
                                                  GCancellable      *cancellable,
                                                  GError           **error);

void              _ut_import_reader_free         (UtImportReader    *self);

/*
 * _ut_import_reader_read:
 * @self: the reader.
 * @buffer: (array length=size): receives text.
 * @size: its room, at least 16.
 * @n_read: (out): bytes of text; 0 at the end of the file alone.
 * @cancellable: (nullable): to give up.
 * @error: names the file: cannot be read, is damaged, has more text than the limit.
 *
 * What cannot be decoded becomes bytes that are no UTF-8. A character may be cut at the end.
 */
gboolean          _ut_import_reader_read         (UtImportReader    *self,
                                                  char              *buffer,
                                                  gsize              size,
                                                  gsize             *n_read,
                                                  GCancellable      *cancellable,
                                                  GError           **error);

/* _ut_import_reader_get_encoding: what the file is read as. */
UtImportEncoding  _ut_import_reader_get_encoding (const UtImportReader *self);

/* _ut_import_reader_is_marked: whether the file starts with a byte order mark. */
gboolean          _ut_import_reader_is_marked    (const UtImportReader *self);

/* _ut_import_reader_get_fraction: how much of the file was read, 0 to 1. */
double            _ut_import_reader_get_fraction (const UtImportReader *self);

/* _ut_import_reader_get_length: bytes of text that were given. */
guint64           _ut_import_reader_get_length   (const UtImportReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtImportReader, _ut_import_reader_free)

G_END_DECLS
