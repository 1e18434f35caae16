/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** UtRowColumnKind: how a column looks. */
typedef enum
{
  UT_ROW_COLUMN_TEXT,   /* what a row is about: it gets the room that the others leave */
  UT_ROW_COLUMN_NUMBER, /* at the end of its cell */
  UT_ROW_COLUMN_TAG,    /* one of a few words, on a ground that says which */
} UtRowColumnKind;

/**
 * UtRowColumnsFuncs:
 * @dup_sample: the longest texts of a column, a line for each: its cells want room for them. Called
 *   when cells are made, which is when the view has rows.
 * @dup_text: what the cell of @row shows.
 * @get_style: the CSS class of the cell of @row in a column of tags.
 * @dup_name: (nullable): what a screen reader says of the cell of @row. %NULL where that is what it
 *   shows, in all cells without the function.
 * @dup_row_name: what a screen reader says of the row.
 *
 * What a table knows of its columns, which are numbered in the order they were added in. Called with
 * the table.
 */
typedef struct
{
  char       *(*dup_sample)   (gpointer table,
                               guint    column);
  char       *(*dup_text)     (gpointer table,
                               guint    column,
                               guint32  row);
  const char *(*get_style)    (gpointer table,
                               guint    column,
                               guint32  row);
  char       *(*dup_name)     (gpointer table,
                               guint    column,
                               guint32  row);
  char       *(*dup_row_name) (gpointer table,
                               guint32  row);
} UtRowColumnsFuncs;

/**
 * UtRowColumns:
 *
 * The columns of a long table of #UtRowItem, whose cells are #UtRowCell. Cells and rows get their
 * names and columns their widths when there is time (#UtCellNames). Main thread.
 */
typedef struct UtRowColumns UtRowColumns;

/** ut_row_columns_new: (transfer full): no columns yet; calls @funcs, which stay, with @table, and not
 * after it was freed. */
UtRowColumns        *ut_row_columns_new         (const UtRowColumnsFuncs *funcs,
                                                 gpointer                 table);
void                 ut_row_columns_free        (UtRowColumns            *self);

/** ut_row_columns_add: has @column, the next, show what @self says. */
void                 ut_row_columns_add         (UtRowColumns            *self,
                                                 GtkColumnViewColumn     *column,
                                                 UtRowColumnKind          kind);
/** ut_row_columns_get: (transfer none): the column with a number. */
GtkColumnViewColumn *ut_row_columns_get         (UtRowColumns            *self,
                                                 guint                    column);

/** ut_row_columns_free_widths: texts of another length come: the columns get other widths. */
void                 ut_row_columns_free_widths (UtRowColumns            *self);
/** ut_row_columns_css_changed: the style of @table changed: with another font, its columns get other
 * widths. */
void                 ut_row_columns_css_changed (UtRowColumns            *self,
                                                 GtkWidget               *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtRowColumns, ut_row_columns_free)

G_END_DECLS
