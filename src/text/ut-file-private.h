/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtFileWriter:
 *
 * Writes a file so that whoever looks sees the old one or the whole new one: into a temporary file
 * beside it, synced, then renamed. One thread at a time.
 */
typedef struct UtFileWriter UtFileWriter;

/** _ut_file_writer_new: (transfer full) (nullable): @file must be local, and a regular file if
 * there. */
UtFileWriter *_ut_file_writer_new     (GFile         *file,
                                       GError       **error);
/** _ut_file_writer_write: @error names the file. */
gboolean      _ut_file_writer_write   (UtFileWriter  *self,
                                       const void    *data,
                                       gsize          length,
                                       GCancellable  *cancellable,
                                       GError       **error);
/** _ut_file_writer_get_new_path: (transfer none): where what was written lies until the commit. */
const char   *_ut_file_writer_get_new_path (const UtFileWriter *self);
/** _ut_file_writer_commit: syncs and renames; @self stays to be freed. */
gboolean      _ut_file_writer_commit  (UtFileWriter  *self,
                                       GError       **error);
/** _ut_file_writer_free: without a commit nothing has happened to the file. */
void          _ut_file_writer_free    (UtFileWriter  *self);

/** _ut_file_set_error: sets @error from @saved_errno, prefixed by the file's name. */
void          _ut_file_set_error      (GFile         *file,
                                       int            saved_errno,
                                       GError       **error);

/**
 * _ut_file_open_regular:
 * @file: a file somebody named.
 * @size: (out): its bytes.
 * @cancellable: (nullable): to give up.
 * @error: names the file; also where it is a folder, a pipe or a device, which might never end.
 *
 * Returns: (transfer full) (nullable): its contents, from the start.
 */
GInputStream *_ut_file_open_regular   (GFile         *file,
                                       guint64       *size,
                                       GCancellable  *cancellable,
                                       GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtFileWriter, _ut_file_writer_free)

G_END_DECLS
