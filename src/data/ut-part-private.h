/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtPart:
 *
 * What has come of the file at an address: the saved bytes in `$XDG_CACHE_HOME/undertone/downloads`,
 * and beside them which version of the file they are of. As long as a part is open no other program
 * can open it. One thread at a time.
 */
typedef struct UtPart UtPart;

/**
 * _ut_part_open:
 * @address: of the file.
 * @size: the bytes that the whole file has.
 * @error: names what cannot be read or made; %G_IO_ERROR_BUSY where another program has it open.
 *
 * Bytes of another version of the file, which cannot be gone on from, are dropped.
 *
 * Returns: (transfer full) (nullable): the part.
 */
UtPart     *_ut_part_open              (const char    *address,
                                        guint64        size,
                                        GError       **error);

/* _ut_part_free: what was saved stays for the next time. */
void        _ut_part_free              (UtPart        *self);

/* _ut_part_delete: and nothing stays. */
void        _ut_part_delete            (UtPart        *self);

/* _ut_part_get_length: bytes that are saved. */
guint64     _ut_part_get_length        (const UtPart  *self);

/* _ut_part_get_etag, _ut_part_get_modified: (transfer none) (nullable): ETag and Last-Modified of
 * the version that the saved bytes are of. */
const char *_ut_part_get_etag          (const UtPart  *self);
const char *_ut_part_get_modified      (const UtPart  *self);

/* _ut_part_restart: drops the saved bytes; those that follow are of another version. */
gboolean    _ut_part_restart           (UtPart        *self,
                                        const char    *etag,
                                        const char    *modified,
                                        GError       **error);

/* _ut_part_append: saves @length bytes more. */
gboolean    _ut_part_append            (UtPart        *self,
                                        const void    *data,
                                        gsize          length,
                                        GError       **error);

/* _ut_part_read: reads saved bytes from @offset on; 0 at their end, -1 with @error set. */
gssize      _ut_part_read              (UtPart        *self,
                                        guint64        offset,
                                        void          *data,
                                        gsize          length,
                                        GError       **error);

/* _ut_part_dup_directory: (transfer full): where parts lie. */
char       *_ut_part_dup_directory     (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtPart, _ut_part_free)

G_END_DECLS
