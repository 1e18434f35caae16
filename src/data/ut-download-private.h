/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include "ut-part-private.h"

G_BEGIN_DECLS

/**
 * UtDownload:
 *
 * The bytes of a file at an address, from its start: first those that were saved earlier, then those
 * that the host sends, which are saved as they come. One thread at a time.
 */
typedef struct UtDownload UtDownload;

/* _ut_download_new: (transfer full): of @part's file, of @size bytes; takes @part. */
UtDownload *_ut_download_new           (const char    *address,
                                        guint64        size,
                                        guint          stall_seconds,
                                        UtPart        *part);
void        _ut_download_free          (UtDownload    *self);

/* _ut_download_delete: what was saved is deleted, too. */
void        _ut_download_delete        (UtDownload    *self);

/*
 * _ut_download_connect:
 * @self: the download.
 * @cancellable: (nullable): to give up.
 * @error: says what went wrong, with the host, and what to do.
 *
 * Asks the host to go on, unless all was saved, so that it is known which of the saved bytes count.
 *
 * Returns: whether that went well.
 */
gboolean    _ut_download_connect       (UtDownload    *self,
                                        GCancellable  *cancellable,
                                        GError       **error);

/* _ut_download_get_n_saved: bytes that were there before; once it is connected. */
guint64     _ut_download_get_n_saved   (const UtDownload *self);

/*
 * _ut_download_read:
 * @self: the download, connected.
 * @bytes: (out) (transfer none): the next bytes; valid until the next call.
 * @cancellable: (nullable): to give up.
 * @error: says what went wrong, with the host, and what to do.
 *
 * Returns: how many, 0 at the end of the file, -1 with @error set.
 */
gssize      _ut_download_read          (UtDownload    *self,
                                        const void   **bytes,
                                        GCancellable  *cancellable,
                                        GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtDownload, _ut_download_free)

G_END_DECLS
