/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * UtRowItem:
 *
 * A row of a data set by its number, for lists. Main thread.
 */
#define UT_TYPE_ROW_ITEM (ut_row_item_get_type ())
G_DECLARE_FINAL_TYPE (UtRowItem, ut_row_item, UT, ROW_ITEM, GObject)

/** ut_row_item_new: (transfer full): stands for @row. */
UtRowItem  *ut_row_item_new     (guint32      row);
/** ut_row_item_get_row: its number in the part, from 0. */
guint32     ut_row_item_get_row (UtRowItem   *self);

/**
 * UtRowModel:
 *
 * Rows of a data set in some order, as a #GListModel of #UtRowItem. Items are made when they are
 * looked at: there may be millions of rows. Main thread.
 */
#define UT_TYPE_ROW_MODEL (ut_row_model_get_type ())
G_DECLARE_FINAL_TYPE (UtRowModel, ut_row_model, UT, ROW_MODEL, GObject)

/** ut_row_model_new: (transfer full): without rows. */
UtRowModel *ut_row_model_new    (void);

/** ut_row_model_take: shows @rows (transfer full) (array length=n_rows) instead. */
void        ut_row_model_take   (UtRowModel  *self,
                                 guint32     *rows,
                                 gsize        n_rows);

/** ut_row_model_show_all: shows the rows from 0 to @n_rows in their order instead, which takes no
 * memory. */
void        ut_row_model_show_all (UtRowModel *self,
                                   gsize       n_rows);

/** ut_row_model_get_rows: (transfer none) (nullable) (array length=n_rows): what it shows; %NULL for
 * all rows in their order. */
const guint32 *ut_row_model_get_rows (UtRowModel *self,
                                      gsize      *n_rows);

G_END_DECLS
