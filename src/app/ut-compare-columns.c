/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-compare-columns.h"

/* In front of a column that is not shown. */
#define HIDDEN '-'

/* What a sorter is given. */
typedef struct
{
  UtCompareColumns *owner;
  UtCompareColumn column;
} Place;

struct _UtCompareColumns
{
  GObject parent_instance;

  GtkColumnView *view;                                /* (owned) (nullable) */
  GSettings *settings;                                /* (owned) */
  GtkColumnViewColumn *columns[UT_N_COMPARE_COLUMNS]; /* (owned) */
  Place places[UT_N_COMPARE_COLUMNS];
  gboolean chosen[UT_N_COMPARE_COLUMNS];
  gboolean narrow;
  gboolean per_setting;
  gboolean filling;
  gboolean probing;
  int probed; /* the column that was asked, -1 for none; while get_sort() asks */
};

G_DEFINE_FINAL_TYPE (UtCompareColumns, ut_compare_columns, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      data)
{
  const Place *place = data;
  int order;

  if (place->owner->probing)
    {
      if (place->owner->probed < 0)
        place->owner->probed = (int) place->column;
      return GTK_ORDERING_SMALLER;
    }

  /* Headings have nothing to be sorted by; where they are is not this column's matter. */
  if (ut_compare_item_get_kind ((UtCompareItem *) a) == UT_COMPARE_HEADING
      || ut_compare_item_get_kind ((UtCompareItem *) b) == UT_COMPARE_HEADING)
    return GTK_ORDERING_EQUAL;

  order = ut_compare_column_compare (place->column, (UtCompareItem *) a, (UtCompareItem *) b);

  return gtk_ordering_from_cmpfunc (order);
}

static gboolean
is_visible (UtCompareColumns *self,
            UtCompareColumn   column)
{
  return self->chosen[column] && (column != UT_COLUMN_N || self->per_setting)
         && (!self->narrow || ut_compare_column_is_narrow (column));
}

/* In GTK 4.8 a fixed width is taken from the room that there is even while the column is hidden. */
static void
update_visible (UtCompareColumns *self)
{
  for (UtCompareColumn i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    {
      gtk_column_view_column_set_visible (self->columns[i], is_visible (self, i));
      if (!is_visible (self, i))
        gtk_column_view_column_set_fixed_width (self->columns[i], -1);
    }
}

static UtCompareColumn
find (UtCompareColumns    *self,
      GtkColumnViewColumn *column)
{
  UtCompareColumn i = 0;

  while (i < UT_N_COMPARE_COLUMNS - 1 && self->columns[i] != column)
    i++;

  return i;
}

/* As they stand, shown or not. */
static void
list_all (UtCompareColumns *self,
          UtCompareColumn  *order)
{
  GListModel *model = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (model, i);

      order[i] = find (self, column);
    }
}

static void
remember (UtCompareColumns *self)
{
  UtCompareColumn order[UT_N_COMPARE_COLUMNS];
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  list_all (self, order);
  for (guint i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s%s", self->chosen[order[i]] ? "" : "-",
                                             ut_compare_column_get_id (order[i]));

      g_strv_builder_add (builder, id);
    }
  ids = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "compare-columns", (const char * const *) ids);
}

/* Reads what is remembered: each column once, those that it does not know at the end. */
static void
recall (UtCompareColumns *self,
        UtCompareColumn  *order)
{
  g_auto (GStrv) ids = g_settings_get_strv (self->settings, "compare-columns");
  gboolean found[UT_N_COMPARE_COLUMNS] = { FALSE };
  guint n = 0;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      gboolean hidden = ids[i][0] == HIDDEN;
      UtCompareColumn column;

      if (!ut_compare_column_from_id (ids[i] + (hidden ? 1 : 0), &column) || found[column])
        continue;
      found[column] = TRUE;
      self->chosen[column] = !hidden || column == UT_COLUMN_NAME;
      order[n++] = column;
    }
  for (UtCompareColumn column = 0; column < UT_N_COMPARE_COLUMNS; column++)
    if (!found[column])
      {
        self->chosen[column] = column == UT_COLUMN_NAME;
        order[n++] = column;
      }
}

/* A column that is dragged is taken out and put in again. */
static void
columns_changed_cb (UtCompareColumns *self)
{
  if (self->filling
      || g_list_model_get_n_items (gtk_column_view_get_columns (self->view)) < UT_N_COMPARE_COLUMNS)
    return;

  remember (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
sorter_changed_cb (UtCompareColumns *self)
{
  gboolean descending;
  int column;

  if (self->filling)
    return;

  column = ut_compare_columns_get_sort (self, &descending);
  g_settings_set_string (self->settings, "compare-sort",
                         column < 0 ? "" : ut_compare_column_get_id ((UtCompareColumn) column));
  g_settings_set_boolean (self->settings, "compare-descending", descending);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ut_compare_columns_dispose (GObject *object)
{
  UtCompareColumns *self = UT_COMPARE_COLUMNS (object);

  self->filling = TRUE;
  g_clear_object (&self->view);

  G_OBJECT_CLASS (ut_compare_columns_parent_class)->dispose (object);
}

static void
ut_compare_columns_finalize (GObject *object)
{
  UtCompareColumns *self = UT_COMPARE_COLUMNS (object);

  for (UtCompareColumn i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    {
      /* Whoever still holds the column asks a sorter no more that asks this one. */
      gtk_column_view_column_set_sorter (self->columns[i], NULL);
      g_object_unref (self->columns[i]);
    }
  g_object_unref (self->settings);

  G_OBJECT_CLASS (ut_compare_columns_parent_class)->finalize (object);
}

static void
ut_compare_columns_class_init (UtCompareColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ut_compare_columns_dispose;
  object_class->finalize = ut_compare_columns_finalize;

  /** UtCompareColumns::changed: another choice or another order. */
  signals[CHANGED] = g_signal_new ("changed", UT_TYPE_COMPARE_COLUMNS, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ut_compare_columns_init (UtCompareColumns *self)
{
  for (UtCompareColumn i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    {
      self->places[i] = (Place) { self, i };
      self->columns[i] = gtk_column_view_column_new (ut_compare_column_get_title (i), NULL);
      gtk_column_view_column_set_expand (self->columns[i], ut_compare_column_expands (i));
      if (ut_compare_column_can_sort (i))
        {
          g_autoptr (GtkSorter) sorter =
            GTK_SORTER (gtk_custom_sorter_new (compare_cb, &self->places[i], NULL));

          gtk_column_view_column_set_sorter (self->columns[i], sorter);
        }
    }
}

UtCompareColumns *
ut_compare_columns_new (GtkColumnView *view,
                        GSettings     *settings)
{
  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  UtCompareColumns *self = g_object_new (UT_TYPE_COMPARE_COLUMNS, NULL);
  g_autofree char *sort = g_settings_get_string (settings, "compare-sort");
  UtCompareColumn order[UT_N_COMPARE_COLUMNS];
  UtCompareColumn column;

  self->view = g_object_ref (view);
  self->settings = g_object_ref (settings);
  self->filling = TRUE;
  recall (self, order);
  update_visible (self);
  for (guint i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    gtk_column_view_append_column (view, self->columns[order[i]]);
  if (ut_compare_column_from_id (sort, &column) && ut_compare_column_can_sort (column))
    gtk_column_view_sort_by_column (view, self->columns[column],
                                    g_settings_get_boolean (settings, "compare-descending")
                                    ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->filling = FALSE;

  g_signal_connect_object (gtk_column_view_get_columns (view), "items-changed",
                           G_CALLBACK (columns_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

GtkColumnViewColumn *
ut_compare_columns_get (UtCompareColumns *self,
                        UtCompareColumn   column)
{
  g_return_val_if_fail (UT_IS_COMPARE_COLUMNS (self), NULL);
  g_return_val_if_fail (column < UT_N_COMPARE_COLUMNS, NULL);

  return self->columns[column];
}

gboolean
ut_compare_columns_get_chosen (UtCompareColumns *self,
                               UtCompareColumn   column)
{
  g_return_val_if_fail (UT_IS_COMPARE_COLUMNS (self), FALSE);
  g_return_val_if_fail (column < UT_N_COMPARE_COLUMNS, FALSE);

  return self->chosen[column];
}

void
ut_compare_columns_set_chosen (UtCompareColumns *self,
                               UtCompareColumn   column,
                               gboolean          chosen)
{
  g_return_if_fail (UT_IS_COMPARE_COLUMNS (self));
  g_return_if_fail (column < UT_N_COMPARE_COLUMNS);

  if (self->chosen[column] == chosen || column == UT_COLUMN_NAME)
    return;

  self->chosen[column] = chosen;
  update_visible (self);
  remember (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
ut_compare_columns_set_narrow (UtCompareColumns *self,
                               gboolean          narrow)
{
  g_return_if_fail (UT_IS_COMPARE_COLUMNS (self));

  self->narrow = narrow;
  update_visible (self);
}

void
ut_compare_columns_set_per_setting (UtCompareColumns *self,
                                    gboolean          per_setting)
{
  g_return_if_fail (UT_IS_COMPARE_COLUMNS (self));

  self->per_setting = per_setting;
  update_visible (self);
}

GArray *
ut_compare_columns_list (UtCompareColumns *self)
{
  UtCompareColumn order[UT_N_COMPARE_COLUMNS];
  GArray *list;

  g_return_val_if_fail (UT_IS_COMPARE_COLUMNS (self), NULL);

  list = g_array_new (FALSE, FALSE, sizeof (UtCompareColumn));
  list_all (self, order);
  for (guint i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    if (gtk_column_view_column_get_visible (self->columns[order[i]]))
      g_array_append_val (list, order[i]);

  return list;
}

/* Before GTK 4.10 a column view does not tell which column sorts it: it is asked to compare two
 * items, and the column that it asks first is the one. */
int
ut_compare_columns_get_sort (UtCompareColumns *self,
                             gboolean         *descending)
{
  g_return_val_if_fail (UT_IS_COMPARE_COLUMNS (self), -1);
  g_return_val_if_fail (descending != NULL, -1);

  g_autoptr (UtCompareItem) first = ut_compare_item_new (UT_COMPARE_HEADING);
  g_autoptr (UtCompareItem) second = ut_compare_item_new (UT_COMPARE_HEADING);

  self->probing = TRUE;
  self->probed = -1;
  *descending = gtk_sorter_compare (gtk_column_view_get_sorter (self->view), first, second)
                == GTK_ORDERING_LARGER;
  self->probing = FALSE;

  return self->probed;
}

void
ut_compare_columns_sort (UtCompareColumns *self,
                         UtCompareColumn   column,
                         GtkSortType       direction)
{
  g_return_if_fail (UT_IS_COMPARE_COLUMNS (self));
  g_return_if_fail (ut_compare_column_can_sort (column));

  gtk_column_view_sort_by_column (self->view, self->columns[column], direction);
}

void
ut_compare_columns_free_widths (UtCompareColumns *self)
{
  g_return_if_fail (UT_IS_COMPARE_COLUMNS (self));

  for (UtCompareColumn i = 0; i < UT_N_COMPARE_COLUMNS; i++)
    gtk_column_view_column_set_fixed_width (self->columns[i], -1);
}
