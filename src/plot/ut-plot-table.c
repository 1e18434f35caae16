/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot-table"

#include "config.h"

#include "ut-plot-table-private.h"

#include "ut-plot-series-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _UtPlotRow
{
  GObject parent_instance;

  guint   index;
};

G_DEFINE_FINAL_TYPE (UtPlotRow, ut_plot_row, G_TYPE_OBJECT)

static void
ut_plot_row_class_init (UtPlotRowClass *klass)
{
}

static void
ut_plot_row_init (UtPlotRow *self)
{
}

guint
_ut_plot_row_get_index (UtPlotRow *self)
{
  g_return_val_if_fail (UT_IS_PLOT_ROW (self), 0);
  return self->index;
}

typedef struct
{
  char         *title;  /* (owned) */
  UtPlotPoints *points; /* (owned) */
  gsize         n;
  guint         first;  /* number of the first epoch */
} Column;

struct _UtPlotTable
{
  GObject  parent_instance;

  GArray  *columns; /* (owned) (element-type Column) */
  guint    first;   /* number of the first row's epoch */
  guint    n_rows;
};

static GType
ut_plot_table_get_item_type (GListModel *model)
{
  return UT_TYPE_PLOT_ROW;
}

static guint
ut_plot_table_get_n_items (GListModel *model)
{
  return UT_PLOT_TABLE (model)->n_rows;
}

static gpointer
ut_plot_table_get_item (GListModel *model,
                        guint       position)
{
  if (position >= UT_PLOT_TABLE (model)->n_rows)
    return NULL;
  UtPlotRow *row = g_object_new (UT_TYPE_PLOT_ROW, NULL);
  row->index = position;
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ut_plot_table_get_item_type;
  iface->get_n_items = ut_plot_table_get_n_items;
  iface->get_item = ut_plot_table_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (UtPlotTable, ut_plot_table, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
column_clear (gpointer data)
{
  Column *column = data;
  g_free (column->title);
  _ut_plot_points_unref (column->points);
}

static void
ut_plot_table_finalize (GObject *object)
{
  UtPlotTable *self = UT_PLOT_TABLE (object);

  g_clear_pointer (&self->columns, g_array_unref);

  G_OBJECT_CLASS (ut_plot_table_parent_class)->finalize (object);
}

static void
ut_plot_table_class_init (UtPlotTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ut_plot_table_finalize;
}

static void
ut_plot_table_init (UtPlotTable *self)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, column_clear);
}

UtPlotTable *
_ut_plot_table_new (UtPlot *plot)
{
  UtPlotTable *self = g_object_new (UT_TYPE_PLOT_TABLE, NULL);
  GListModel *list = ut_plot_get_series (plot);
  gsize end = 0;

  self->first = G_MAXUINT;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (UtPlotSeries) series = g_list_model_get_item (list, i);
      if (!ut_plot_series_get_shown (series)
          || ut_plot_series_get_kind (series) != UT_PLOT_SERIES_MARKS)
        continue;
      const char *label = ut_plot_series_get_label (series);
      const char *name = ut_plot_series_get_name (series);
      Column column
          = { .title = g_strdup_printf ("%s%s%s", label, *label != '\0' ? " " : "", name) };
      g_strchomp (column.title);
      column.points = _ut_plot_series_ref_points (series, &column.n);
      column.first = ut_plot_series_get_first_epoch (series);
      if (column.n > 0)
        {
          self->first = MIN (self->first, column.first);
          end = MAX (end, column.first + column.n);
        }
      g_array_append_val (self->columns, column);
    }
  self->n_rows = end > 0 ? (guint) (end - self->first) : 0;
  return self;
}

guint
_ut_plot_table_get_n_columns (UtPlotTable *self)
{
  return self->columns->len + 1;
}

char *
_ut_plot_table_dup_title (UtPlotTable *self,
                          guint        column)
{
  g_assert (column <= self->columns->len);

  return g_strdup (column == 0 ? C_ ("column", "epoch")
                               : g_array_index (self->columns, Column, column - 1).title);
}

double
_ut_plot_table_get_value (UtPlotTable *self,
                          guint        row,
                          guint        column)
{
  g_assert (row < self->n_rows && column <= self->columns->len);

  guint epoch = self->first + row;
  if (column == 0)
    return epoch;
  const Column *at = &g_array_index (self->columns, Column, column - 1);
  return epoch >= at->first && epoch - at->first < at->n ? at->points->y[epoch - at->first] : NAN;
}
