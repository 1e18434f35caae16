/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Takes members out of a zip archive while it comes. The archive is hostile: nothing of it says where
 * anything is written, only members that were asked for by name are unpacked, into files that the
 * caller opened, and no more of them than was expected.
 */
#pragma once

#include "ut-file-private.h"

G_BEGIN_DECLS

/**
 * UtUnpackInput:
 * @read: gives the next bytes of the archive, valid until the next call; 0 at the end, -1 with the
 *   error set.
 * @data: for @read.
 * @name: the archive's, for messages.
 */
typedef struct
{
  gssize (*read) (gpointer       data,
                  const void   **bytes,
                  GCancellable  *cancellable,
                  GError       **error);
  gpointer data;
  const char *name;
} UtUnpackInput;

/**
 * UtUnpackTarget:
 * @name: of the member.
 * @size: the bytes it must have, or 0 where that is not known.
 * @max_size: the most bytes it may have.
 * @sha256: (nullable): the checksum it must have.
 * @writer: receives it; is not committed.
 * @is_done: (out): whether the whole member was written.
 */
typedef struct
{
  const char *name;
  guint64 size;
  guint64 max_size;
  const char *sha256;
  UtFileWriter *writer;
  gboolean is_done;
} UtUnpackTarget;

/**
 * _ut_unpack:
 * @input: the archive.
 * @targets: (array length=n_targets): which members go where.
 * @n_targets: how many.
 * @to_end: whether the archive is read to its end; else only until all members are there.
 * @cancellable: (nullable): polled for each piece.
 * @error: names archive and member; or what @input said.
 *
 * Returns: whether all members are written, whole and with the right checksums.
 */
gboolean _ut_unpack (const UtUnpackInput  *input,
                     UtUnpackTarget       *targets,
                     gsize                 n_targets,
                     gboolean              to_end,
                     GCancellable         *cancellable,
                     GError              **error);

G_END_DECLS
