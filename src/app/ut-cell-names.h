/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UtCellNames:
 *
 * Names the cells of a long #GtkColumnView of GTK 4.8 for screen readers, and gives its columns
 * their widths, when nothing else is to be done. Each name is told to the accessibility bus at once,
 * which takes longer than all else about a cell: names wait, and rows that only fly past get none.
 * Main thread.
 */
typedef struct UtCellNames UtCellNames;

/** UtNameCell: names what the bound @item shows in @column. */
typedef void (*UtNameCell) (GtkListItem *item,
                            guint        column,
                            gpointer     data);

/** ut_cell_names_new: (transfer full): calls @name with @data, and not after it was freed. */
UtCellNames *ut_cell_names_new        (UtNameCell           name,
                                       gpointer             data);
void         ut_cell_names_free       (UtCellNames         *self);
/** ut_cell_names_add: @item was bound, or shows something else, in @column. */
void         ut_cell_names_add        (UtCellNames         *self,
                                       GtkListItem         *item,
                                       guint                column);
/** ut_cell_names_remove: @item is not bound any more. */
void         ut_cell_names_remove     (UtCellNames         *self,
                                       GtkListItem         *item);

/** ut_cell_names_set: names @widget @label. */
void         ut_cell_names_set        (GtkWidget           *widget,
                                       const char          *label);

/**
 * ut_cell_names_fix_width:
 * @column: a column whose width is not fixed yet.
 * @cell: a cell of it, all of which want the same.
 * @is_rest: whether the column is given what the others leave.
 *
 * A column whose width is fixed does not ask its 200 cells for theirs, whenever one of them comes or
 * goes. What was not laid out yet changes nothing.
 */
void         ut_cell_names_fix_width  (GtkColumnViewColumn *column,
                                       GtkWidget           *cell,
                                       gboolean             is_rest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UtCellNames, ut_cell_names_free)

G_END_DECLS
