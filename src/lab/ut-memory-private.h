/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** _ut_bytes_multiply: the product, or the largest number where it is larger. */
guint64  _ut_bytes_multiply  (guint64          a,
                              guint64          b);

/** _ut_bytes_add: the sum, or the largest number where it is larger. */
guint64  _ut_bytes_add       (guint64          a,
                              guint64          b);

/** _ut_memory_check: whether this computer can hold @bytes; otherwise %UT_LAB_ERROR_MEMORY. */
gboolean _ut_memory_check    (guint64          bytes,
                              GError         **error);

/** _ut_memory_set_error: says that @bytes could not be had, and what to do. */
void     _ut_memory_set_error (guint64          bytes,
                               GError         **error);

G_END_DECLS
