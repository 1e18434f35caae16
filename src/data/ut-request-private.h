/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtRequest:
 *
 * One answer of a host: the bytes of a file from somewhere on. Blocks; used by one thread.
 */
typedef struct UtRequest UtRequest;

/**
 * UtRequestWish:
 * @address: of the file.
 * @size: the bytes that the whole file has.
 * @offset: where to go on, 0 for the start.
 * @etag: (nullable): of the version to go on with.
 * @modified: (nullable): and its Last-Modified.
 * @stall_seconds: how long to wait for a byte.
 */
typedef struct
{
  const char *address;
  guint64 size;
  guint64 offset;
  const char *etag;
  const char *modified;
  guint stall_seconds;
} UtRequestWish;

/**
 * _ut_request_send:
 * @wish: what is wanted.
 * @cancellable: (nullable): to give up; must be given to all that follows.
 * @error: says what went wrong, with the host, and what to do.
 *
 * Returns: (transfer full) (nullable): the answer, from the start of the file where the host does
 *   not go on with that version.
 */
UtRequest  *_ut_request_send         (const UtRequestWish  *wish,
                                      GCancellable         *cancellable,
                                      GError              **error);
void        _ut_request_free         (UtRequest            *self);

/* _ut_request_get_offset: where the bytes start, the wish's offset or 0. */
guint64     _ut_request_get_offset   (const UtRequest      *self);

/* _ut_request_get_etag, _ut_request_get_modified: (transfer none) (nullable): a strong ETag and the
 * Last-Modified of this version. */
const char *_ut_request_get_etag     (const UtRequest      *self);
const char *_ut_request_get_modified (const UtRequest      *self);

/**
 * _ut_request_read:
 * @self: the answer.
 * @data: (array length=length): receives the bytes.
 * @length: how many fit.
 * @cancellable: (nullable): as given to _ut_request_send().
 * @error: says what went wrong, with the host, and what to do.
 *
 * Returns: how many came; 0 at the end of a file that is not shorter than expected, -1 with @error
 *   set.
 */
gssize      _ut_request_read         (UtRequest            *self,
                                      void                 *data,
                                      gsize                 length,
                                      GCancellable         *cancellable,
                                      GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtRequest, _ut_request_free)

G_END_DECLS
