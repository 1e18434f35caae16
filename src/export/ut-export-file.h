/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ut_export_open:
 * @file: what is to be written.
 * @error: names the file.
 *
 * Returns: (transfer full) (nullable): a stream that replaces @file, as a whole, by
 *   ut_export_close().
 */
GOutputStream *ut_export_open  (GFile          *file,
                                GCancellable   *cancellable,
                                GError        **error);

/**
 * ut_export_close:
 * @stream: of ut_export_open().
 * @done: whether all was written; otherwise @file stays as it was.
 * @error: (inout): receives the name of the file, where it is set already.
 *
 * Returns: @done, if the end could be written, too.
 */
gboolean       ut_export_close (GFile          *file,
                                GOutputStream  *stream,
                                gboolean        done,
                                GError        **error);

/** ut_export_save: replaces @file by @bytes, as a whole; @error names the file. Blocks; any thread. */
gboolean       ut_export_save  (GFile          *file,
                                GBytes         *bytes,
                                GCancellable   *cancellable,
                                GError        **error);

G_END_DECLS
