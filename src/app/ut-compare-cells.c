/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-compare-cells.h"

#include "ut-cell-names.h"
#include "ut-compare-name.h"
#include "ut-row-cell.h"
#include "ut-sparkline.h"

#include <glib/gi18n.h>

struct UtCompareCells
{
  UtCompareColumns *columns; /* (owned) */
  GtkListItemFactory *factories[UT_N_COMPARE_COLUMNS]; /* (owned) */
  GHashTable *bound;         /* (owned) (element-type GtkListItem UtCompareColumn) */
  UtCellNames *names;        /* (owned) */
  UtCompareItem *baseline;   /* (owned) (nullable) */
  gboolean per_setting;
};

static UtCompareColumn
get_column (gpointer factory)
{
  return (UtCompareColumn) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "column"));
}

/* The row's own widget, of which the cell is a child. */
static GtkWidget *
get_row (GtkListItem *item)
{
  return gtk_widget_get_parent (gtk_widget_get_parent (gtk_list_item_get_child (item)));
}

/* Names */

/* "GRU 3, 0.833 at epoch 3, ≈ best": what tells a row from the others. */
static char *
dup_row_name (UtCompareItem *item)
{
  const UtCompareFacts *facts = ut_compare_item_get_facts (item);
  const char *mark;
  g_autofree char *best = NULL;
  g_autofree char *epoch = NULL;
  g_autofree char *name = NULL;

  if (ut_compare_item_get_kind (item) == UT_COMPARE_HEADING)
    return g_strdup (facts->title);

  mark = ut_compare_item_get_mark (item);
  best = ut_compare_column_dup_text (UT_COLUMN_BEST, item, NULL);
  epoch = ut_compare_column_dup_text (UT_COLUMN_EPOCH, item, NULL);
  if (facts->first_epoch < 0)
    name = g_strdup_printf ("%s, %s", facts->title, best);
  else
    /* Translators: a run, an accuracy, the epoch or epochs in which it was reached. */
    name = g_strdup_printf (_("%s, %s at epoch %s"), facts->title, best, epoch);

  return mark != NULL ? g_strdup_printf ("%s, %s", name, mark) : g_steal_pointer (&name);
}

static void
name_cell_cb (GtkListItem *item,
              guint        column,
              gpointer     data)
{
  UtCompareCells *self = data;
  UtCompareItem *shown = gtk_list_item_get_item (item);
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkWidget *cell = gtk_widget_get_parent (child);
  gboolean is_heading = ut_compare_item_get_kind (shown) == UT_COMPARE_HEADING;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (!is_heading)
    {
      ut_cell_names_fix_width (ut_compare_columns_get (self->columns, column), cell,
                               ut_compare_column_expands (column));
      text = ut_compare_column_dup_text (column, shown, self->baseline);
    }

  if (column == UT_COLUMN_NAME)
    {
      g_autofree char *row = dup_row_name (shown);

      ut_compare_name_name_tick (UT_COMPARE_NAME (child));
      ut_cell_names_set (cell, ut_compare_name_get_text (UT_COMPARE_NAME (child)));
      ut_cell_names_set (gtk_widget_get_parent (cell), row);
      return;
    }

  /* Without its head a number says nothing. */
  if (!is_heading && *text != '\0')
    name = g_strdup_printf ("%s: %s", ut_compare_column_get_title (column), text);
  ut_cell_names_set (cell, name != NULL ? name : "");
}

/* Cells */

static void
setup_cb (UtCompareCells     *self,
          GtkListItem        *item,
          GtkListItemFactory *factory)
{
  UtCompareColumn column = get_column (factory);
  const char *sample = ut_compare_column_get_sample (column, self->per_setting,
                                                     self->baseline != NULL);
  GtkWidget *child;

  if (column == UT_COLUMN_NAME)
    child = ut_compare_name_new (sample);
  else if (column == UT_COLUMN_COURSE)
    child = ut_sparkline_new ();
  else
    child = ut_row_cell_new (sample, ut_compare_column_is_number (column) ? 1 : 0);
  gtk_widget_add_css_class (child, "word-cell");
  gtk_list_item_set_child (item, child);
}

static void
fill_course (UtSparkline   *line,
             UtCompareItem *item)
{
  UtRun *run = ut_compare_item_get_run (item);
  gsize n_epochs = 0;
  const UtEpoch *epochs = run != NULL ? ut_run_get_epochs (run, &n_epochs) : NULL;
  const UtEpoch *best = run != NULL ? ut_run_get_best (run) : NULL;
  g_autofree double *values = g_new (double, n_epochs);
  gsize place = n_epochs;

  for (gsize i = 0; i < n_epochs; i++)
    {
      values[i] = epochs[i].val_accuracy;
      if (best != NULL && epochs[i].epoch == best->epoch)
        place = i;
    }
  ut_sparkline_set_values (line, values, n_epochs, place);
}

static void
fill (UtCompareCells  *self,
      GtkListItem     *item,
      UtCompareColumn  column)
{
  UtCompareItem *shown = gtk_list_item_get_item (item);
  GtkWidget *child = gtk_list_item_get_child (item);
  gboolean is_heading = ut_compare_item_get_kind (shown) == UT_COMPARE_HEADING;
  g_autofree char *text = NULL;

  if (column == UT_COLUMN_NAME)
    {
      ut_compare_name_set_item (UT_COMPARE_NAME (child), shown);
      /* A heading goes on over the cells beside it. */
      gtk_widget_set_overflow (gtk_widget_get_parent (child),
                               is_heading ? GTK_OVERFLOW_VISIBLE : GTK_OVERFLOW_HIDDEN);
    }
  else if (column == UT_COLUMN_COURSE)
    {
      fill_course (UT_SPARKLINE (child), shown);
    }
  else
    {
      text = is_heading ? g_strdup ("") : ut_compare_column_dup_text (column, shown, self->baseline);
      ut_row_cell_set_text (UT_ROW_CELL (child), text);
    }
  ut_cell_names_add (self->names, item, column);
}

/* A row that can be activated is coloured while the pointer is over it, for which GTK has the style of
 * all its cells computed anew with every row that comes under the pointer. There is nothing to activate
 * here. */
static void
leave_pointer (GtkWidget *row)
{
  gtk_widget_remove_css_class (row, "activatable");
}

static void
bind_cb (UtCompareCells     *self,
         GtkListItem        *item,
         GtkListItemFactory *factory)
{
  UtCompareColumn column = get_column (factory);

  g_hash_table_insert (self->bound, item, GINT_TO_POINTER (column));
  if (column == UT_COLUMN_NAME)
    leave_pointer (get_row (item));
  fill (self, item, column);
}

static void
unbind_cb (UtCompareCells *self,
           GtkListItem    *item)
{
  g_hash_table_remove (self->bound, item);
  ut_cell_names_remove (self->names, item);
}

UtCompareCells *
ut_compare_cells_new (UtCompareColumns *columns)
{
  g_return_val_if_fail (UT_IS_COMPARE_COLUMNS (columns), NULL);

  UtCompareCells *self = g_new0 (UtCompareCells, 1);

  self->columns = g_object_ref (columns);
  self->bound = g_hash_table_new (NULL, NULL);
  self->names = ut_cell_names_new (name_cell_cb, self);
  for (UtCompareColumn i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

      g_object_set_data (G_OBJECT (factory), "column", GINT_TO_POINTER (i));
      g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
      g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
      g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);
      gtk_column_view_column_set_factory (ut_compare_columns_get (columns, i), factory);
      self->factories[i] = factory;
    }

  return self;
}

void
ut_compare_cells_free (UtCompareCells *self)
{
  g_return_if_fail (self != NULL);

  for (UtCompareColumn i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    {
      g_signal_handlers_disconnect_by_data (self->factories[i], self);
      g_object_unref (self->factories[i]);
    }
  ut_cell_names_free (self->names);
  g_hash_table_unref (self->bound);
  g_clear_object (&self->baseline);
  g_object_unref (self->columns);
  g_free (self);
}

/* The cells of those columns whose texts are of another size than before. */
static void
make_anew (UtCompareCells *self,
           gboolean        was_per_setting,
           gboolean        had_baseline)
{
  for (UtCompareColumn i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    {
      GtkColumnViewColumn *column = ut_compare_columns_get (self->columns, i);
      const char *before = ut_compare_column_get_sample (i, was_per_setting, had_baseline);
      const char *now = ut_compare_column_get_sample (i, self->per_setting, self->baseline != NULL);

      if (g_strcmp0 (before, now) == 0)
        continue;
      gtk_column_view_column_set_factory (column, NULL);
      gtk_column_view_column_set_fixed_width (column, -1);
      gtk_column_view_column_set_factory (column, self->factories[i]);
    }
}

void
ut_compare_cells_set_baseline (UtCompareCells *self,
                               UtCompareItem  *baseline)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (baseline == NULL || UT_IS_COMPARE_ITEM (baseline));

  gboolean had_baseline = self->baseline != NULL;

  if (!g_set_object (&self->baseline, baseline))
    return;

  if (had_baseline != (baseline != NULL))
    make_anew (self, self->per_setting, had_baseline);
  ut_compare_cells_refresh (self, NULL);
}

void
ut_compare_cells_set_per_setting (UtCompareCells *self,
                                  gboolean        per_setting)
{
  gboolean was_per_setting;

  g_return_if_fail (self != NULL);

  was_per_setting = self->per_setting;
  self->per_setting = per_setting;
  make_anew (self, was_per_setting, self->baseline != NULL);
}

void
ut_compare_cells_refresh (UtCompareCells *self,
                          UtCompareItem  *item)
{
  GHashTableIter iter;
  gpointer bound, column;

  g_return_if_fail (self != NULL);
  g_return_if_fail (item == NULL || UT_IS_COMPARE_ITEM (item));

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &bound, &column))
    if (item == NULL || item == self->baseline || gtk_list_item_get_item (bound) == item)
      fill (self, bound, (UtCompareColumn) GPOINTER_TO_INT (column));
}

static GtkListItem *
find_name (UtCompareCells *self,
           UtCompareItem  *shown,
           GtkWidget      *row)
{
  GHashTableIter iter;
  gpointer item, column;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, &column))
    if ((UtCompareColumn) GPOINTER_TO_INT (column) == UT_COLUMN_NAME
        && (gtk_list_item_get_item (item) == shown || (row != NULL && get_row (item) == row)))
      return item;

  return NULL;
}

GtkWidget *
ut_compare_cells_find (UtCompareCells *self,
                       UtCompareItem  *item)
{
  GtkListItem *found;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (UT_IS_COMPARE_ITEM (item), NULL);

  found = find_name (self, item, NULL);

  return found != NULL ? get_row (found) : NULL;
}

UtCompareItem *
ut_compare_cells_pick (UtCompareCells *self,
                       GtkWidget      *widget)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      GtkListItem *found = find_name (self, NULL, widget);

      if (found != NULL)
        return gtk_list_item_get_item (found);
    }

  return NULL;
}
