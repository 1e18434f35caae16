/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#define G_LOG_DOMAIN "ut-plot-table"

#include "config.h"

#include "ut-plot-table-private.h"

#include "ut-plot-private.h"

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
  char   *title;  /* (owned) */
  double *values; /* (owned) (array length=n) */
  double *steps;  /* (owned) (array length=n) */
  gsize   n;
  guint   first;  /* number of the first epoch */
} Column;

struct _UtPlotTable
{
  GObject  parent_instance;

  GArray  *columns; /* (owned) (element-type Column) */
  GArray  *steps;   /* (owned) (nullable) (element-type double): of the rows, unless they are epochs */
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
  g_free (column->values);
  g_free (column->steps);
}

static void
ut_plot_table_finalize (GObject *object)
{
  UtPlotTable *self = UT_PLOT_TABLE (object);

  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->steps, g_array_unref);

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

static void
add_column (UtPlotTable       *self,
            const UtPlotCurve *curve,
            const double      *values,
            const char        *suffix)
{
  gboolean both = *curve->label != '\0' && *curve->name != '\0';
  Column column = { .title = g_strconcat (curve->label, both ? " " : "", curve->name, suffix, NULL),
                    .values = g_memdup2 (values, curve->n * sizeof *values),
                    .steps = g_memdup2 (curve->points->x, curve->n * sizeof (double)),
                    .n = curve->n,
                    .first = curve->first };

  g_array_append_val (self->columns, column);
}

static gboolean
has_looks (const UtPlotScene *scene)
{
  for (gsize i = 0; i < scene->n_curves; i++)
    if (scene->curves[i].kind == UT_PLOT_SERIES_LOOKS)
      return TRUE;
  return FALSE;
}

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;
  return (one > other) - (one < other);
}

/* Each step that a column has. */
static GArray *
collect_steps (UtPlotTable *self)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (double));
  guint n = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);
      g_array_append_vals (steps, column->steps, (guint) column->n);
    }
  g_array_sort (steps, compare_steps);
  for (guint i = 0; i < steps->len; i++)
    if (n == 0 || g_array_index (steps, double, i) > g_array_index (steps, double, n - 1))
      g_array_index (steps, double, n++) = g_array_index (steps, double, i);
  g_array_set_size (steps, n);
  return steps;
}

UtPlotTable *
_ut_plot_table_new (UtPlot *plot)
{
  UtPlotTable *self = g_object_new (UT_TYPE_PLOT_TABLE, NULL);
  UtFigureOptions options;
  gsize end = 0;

  /* Epochs are rows whatever the axis counts. */
  _ut_plot_fill_options (plot, &options);
  options.axis = UT_PLOT_AXIS_STEP;
  g_autoptr (UtPlotScene) scene = _ut_plot_board_collect (&plot->board, &options);
  gboolean by_step = has_looks (scene);
  UtPlotSeriesKind kind = by_step ? UT_PLOT_SERIES_LOOKS : UT_PLOT_SERIES_MARKS;
  self->first = G_MAXUINT;
  for (guint position = 0; position < plot->board.entries->len; position++)
    for (gsize i = 0; i < scene->n_curves; i++)
      {
        const UtPlotCurve *curve = &scene->curves[i];
        if (curve->position != position || curve->kind != kind)
          continue;
        if (curve->n > 0)
          {
            self->first = MIN (self->first, curve->first);
            end = MAX (end, curve->first + curve->n);
          }
        add_column (self, curve, curve->points->y, "");
        if (curve->halves != NULL)
          /* Translators: behind the heading of a column of means, for that of what they vary by. */
          add_column (self, curve, curve->halves,
                      curve->interval ? _(", half of the interval of 95 %") : _(", deviation"));
      }
  if (by_step)
    self->steps = collect_steps (self);
  self->n_rows = by_step ? self->steps->len : end > 0 ? (guint) (end - self->first) : 0;
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

  if (column == 0)
    return g_strdup (self->steps != NULL ? C_("column", "step") : C_("column", "epoch"));
  return g_strdup (g_array_index (self->columns, Column, column - 1).title);
}

double
_ut_plot_table_get_value (UtPlotTable *self,
                          guint        row,
                          guint        column)
{
  g_assert (row < self->n_rows && column <= self->columns->len);

  guint epoch = self->first + row;
  double step = self->steps != NULL ? g_array_index (self->steps, double, row) : epoch;
  if (column == 0)
    return step;
  const Column *at = &g_array_index (self->columns, Column, column - 1);
  if (self->steps != NULL)
    {
      gsize index = ut_decimate_lower (at->steps, at->n, step);
      return index < at->n && at->steps[index] == step ? at->values[index] : NAN;
    }
  return epoch >= at->first && epoch - at->first < at->n ? at->values[epoch - at->first] : NAN;
}
