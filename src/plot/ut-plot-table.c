/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot-table"

#include "config.h"

#include "ut-plot-table-private.h"

#include "ut-decimate.h"
#include "ut-plot-series-private.h"

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
} Column;

struct _UtPlotTable
{
  GObject  parent_instance;

  GArray  *columns; /* (owned) (element-type Column) */
  GArray  *xs;      /* (owned) (element-type double): ascending, each once */
};

static GType
ut_plot_table_get_item_type (GListModel *model)
{
  return UT_TYPE_PLOT_ROW;
}

static guint
ut_plot_table_get_n_items (GListModel *model)
{
  return UT_PLOT_TABLE (model)->xs->len;
}

static gpointer
ut_plot_table_get_item (GListModel *model,
                        guint       position)
{
  if (position >= UT_PLOT_TABLE (model)->xs->len)
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
  g_clear_pointer (&self->xs, g_array_unref);

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
  self->xs = g_array_new (FALSE, FALSE, sizeof (double));
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;
  return (x > y) - (x < y);
}

UtPlotTable *
_ut_plot_table_new (UtPlot *plot)
{
  UtPlotTable *self = g_object_new (UT_TYPE_PLOT_TABLE, NULL);
  GListModel *list = ut_plot_get_series (plot);

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
      for (gsize j = 0; j < column.n; j++)
        if (!isnan (column.points->x[j]))
          g_array_append_val (self->xs, column.points->x[j]);
      g_array_append_val (self->columns, column);
    }
  g_array_sort (self->xs, compare);
  guint kept = 0;
  for (guint i = 0; i < self->xs->len; i++)
    if (kept == 0
        || g_array_index (self->xs, double, i) > g_array_index (self->xs, double, kept - 1))
      g_array_index (self->xs, double, kept++) = g_array_index (self->xs, double, i);
  g_array_set_size (self->xs, kept);
  return self;
}

guint
_ut_plot_table_get_n_columns (UtPlotTable *self)
{
  return self->columns->len;
}

char *
_ut_plot_table_dup_title (UtPlotTable *self,
                          guint        column)
{
  g_assert (column < self->columns->len);
  return g_strdup (g_array_index (self->columns, Column, column).title);
}

double
_ut_plot_table_get_x (UtPlotTable *self,
                      guint        row)
{
  g_assert (row < self->xs->len);
  return g_array_index (self->xs, double, row);
}

double
_ut_plot_table_get_value (UtPlotTable *self,
                          guint        row,
                          guint        column)
{
  g_assert (column < self->columns->len);

  const Column *at = &g_array_index (self->columns, Column, column);
  double x = _ut_plot_table_get_x (self, row);
  gsize index = ut_decimate_lower (at->points->x, at->n, x);
  return index < at->n && at->points->x[index] == x ? at->points->y[index] : NAN;
}
