/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define UT_TYPE_GUNZIP (_ut_gunzip_get_type ())

/**
 * UtGunzip:
 *
 * Unpacks a gzip file, which may be several packed ones in a row, as parallel packers write and
 * RFC 1952 allows. #GZlibDecompressor alone ends with the first one without a sign.
 */
G_DECLARE_FINAL_TYPE (UtGunzip, _ut_gunzip, UT, GUNZIP, GObject)

/* _ut_gunzip_new: (transfer full): at the start of a file. */
GConverter *_ut_gunzip_new (void);

G_END_DECLS
