/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Reads a text file line by line in bounded memory, and gives errors the file's name and the line's
 * number. Used by one thread at a time; several share a file by taking pieces of it.
 */
#pragma once

#include "ut-text-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct UtLines UtLines;

/* The longest line, in bytes without its end. A row of word vectors of the largest dimension fits
 * in. */
#define UT_LINES_MAX_LENGTH (256 * 1024)

/*
 * _ut_lines_open:
 * @file: a regular file.
 * @max_size: the most bytes it may have.
 * @progress: (nullable) (scope call): told the share that was read.
 * @progress_data: for @progress.
 * @cancellable: (nullable) (transfer none): polled while reading; must outlive the lines.
 * @error: names the file.
 *
 * Returns: (transfer full) (nullable): the lines.
 */
UtLines    *_ut_lines_open       (GFile          *file,
                                  guint64         max_size,
                                  UtReadProgress  progress,
                                  gpointer        progress_data,
                                  GCancellable   *cancellable,
                                  GError        **error);

/* _ut_lines_new_for_bytes: lines of @data, which must outlive them, called @name in errors. */
UtLines    *_ut_lines_new_for_bytes (const char  *name,
                                  const void     *data,
                                  gsize           length);

void        _ut_lines_free       (UtLines        *self);

/*
 * _ut_lines_unpack:
 * @self: the lines, none of which was given out.
 * @error: cannot be read.
 *
 * Where this is a gzip file, its lines are those of the text in it from here on; the most bytes it
 * may have are then meant of the text, too.
 */
gboolean    _ut_lines_unpack     (UtLines        *self,
                                  GError        **error);

/*
 * _ut_lines_peek:
 * @self: the lines, none of which was given out.
 * @length: (inout): bytes that are wanted; receives how many there are.
 * @error: cannot be read.
 *
 * Returns: (transfer none) (nullable): the start of the file with a NUL behind it, valid until
 *   anything else is done with @self; %NULL with @error set.
 */
const char *_ut_lines_peek       (UtLines        *self,
                                  gsize          *length,
                                  GError        **error);

/*
 * _ut_lines_next:
 * @self: the lines.
 * @length: (out): bytes of the line.
 * @error: cannot be read, is too long, is not UTF-8 or has a NUL byte.
 *
 * A line ends with LF or CR LF, which does not belong to it; the last one may lack it. A byte order
 * mark at the start of the file is passed over.
 *
 * Returns: (transfer none) (nullable): the line with a NUL behind it, valid until the next call;
 *   %NULL at the end, or with @error set.
 */
const char *_ut_lines_next       (UtLines        *self,
                                  gsize          *length,
                                  GError        **error);

/*
 * _ut_lines_take:
 * @self: the lines of a file.
 * @error: cannot be read.
 *
 * Takes some hundred kilobytes of lines that were not given out yet from @self, so that another
 * thread reads them. What these lines give stays valid as long as they do, and their errors have
 * the file's name and line numbers.
 *
 * Returns: (transfer full) (nullable): the lines; %NULL at the end, or with @error set.
 */
UtLines    *_ut_lines_take       (UtLines        *self,
                                  GError        **error);

/* _ut_lines_set_error: sets @error to "FILE:LINE: " and the message; LINE is the one read last. */
void        _ut_lines_set_error  (const UtLines  *self,
                                  GError        **error,
                                  UtTextError     code,
                                  const char     *format,
                                  ...) G_GNUC_PRINTF (4, 5);

/* _ut_lines_excerpt: (transfer full): the start of @text, fit to be quoted in a message. */
char       *_ut_lines_excerpt    (const char     *text,
                                  gsize           length);

/* _ut_lines_start_hash: has all bytes of the text hashed while they are read; before the first
 * line. */
void        _ut_lines_start_hash (UtLines        *self);

/* _ut_lines_finish_hash: (transfer full): SHA-256 of the text in hexadecimal; behind the last
 * line. */
char       *_ut_lines_finish_hash (UtLines       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtLines, _ut_lines_free)

G_END_DECLS
