/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * _ut_row_sort:
 * @rows: (array length=n_rows): numbers of rows.
 * @n_rows: how many.
 * @keys: by what to sort: the key of row r is keys[r], NaN last.
 * @descending: whether the greatest comes first.
 *
 * Rows of equal keys come in the order of their numbers. Any thread.
 */
void _ut_row_sort (guint32     *rows,
                   gsize        n_rows,
                   const float *keys,
                   gboolean     descending);

G_END_DECLS
