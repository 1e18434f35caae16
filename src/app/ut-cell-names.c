/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-cell-names.h"

/* For which cells are named at a time. */
#define NAMING_US 2000

struct UtCellNames
{
  UtNameCell name;
  gpointer data;
  GHashTable *unnamed; /* (owned) (element-type GtkListItem guint): bound, nameless */
  guint source;        /* that names them */
};

static gboolean
name_cb (gpointer data)
{
  UtCellNames *self = data;
  gint64 end = g_get_monotonic_time () + NAMING_US;
  GHashTableIter iter;
  gpointer item, column;

  g_hash_table_iter_init (&iter, self->unnamed);
  while (g_get_monotonic_time () < end && g_hash_table_iter_next (&iter, &item, &column))
    {
      self->name (item, GPOINTER_TO_UINT (column), self->data);
      g_hash_table_iter_remove (&iter);
    }
  if (g_hash_table_size (self->unnamed) > 0)
    return G_SOURCE_CONTINUE;

  self->source = 0;
  return G_SOURCE_REMOVE;
}

UtCellNames *
ut_cell_names_new (UtNameCell name,
                   gpointer   data)
{
  g_return_val_if_fail (name != NULL, NULL);

  UtCellNames *self = g_new0 (UtCellNames, 1);

  self->name = name;
  self->data = data;
  self->unnamed = g_hash_table_new (NULL, NULL);

  return self;
}

void
ut_cell_names_free (UtCellNames *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->source, g_source_remove);
  g_hash_table_unref (self->unnamed);
  g_free (self);
}

void
ut_cell_names_add (UtCellNames *self,
                   GtkListItem *item,
                   guint        column)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_LIST_ITEM (item));

  g_hash_table_insert (self->unnamed, item, GUINT_TO_POINTER (column));
  if (self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_LOW, name_cb, self, NULL);
}

void
ut_cell_names_remove (UtCellNames *self,
                      GtkListItem *item)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove (self->unnamed, item);
}

void
ut_cell_names_set (GtkWidget  *widget,
                   const char *label)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

void
ut_cell_names_fix_width (GtkColumnViewColumn *column,
                         GtkWidget           *cell,
                         gboolean             is_rest)
{
  int width;

  g_return_if_fail (GTK_IS_COLUMN_VIEW_COLUMN (column));
  g_return_if_fail (GTK_IS_WIDGET (cell));

  /* What was not laid out yet has no more than its borders. */
  if (gtk_column_view_column_get_fixed_width (column) >= 0 || !gtk_widget_get_mapped (cell)
      || gtk_widget_get_width (cell) <= 0)
    return;

  gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  /* The others want at least what their heads do. */
  if (!is_rest)
    width = MAX (width, gtk_widget_get_allocated_width (cell));
  gtk_column_view_column_set_fixed_width (column, width);
}
