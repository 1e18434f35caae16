/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-text-table.h"

#include "ut-interval-bar.h"
#include "ut-row-cell.h"
#include "ut-row-model.h"

#include <math.h>
#include <ut-plot-all.h>

/* No column is wider than this, in characters, unless there is room. */
#define MOST_CHARS 28

typedef struct
{
  char *title;   /* (owned) */
  gboolean is_number;
  gboolean has_intervals;
  char *longest; /* (owned): of its cells, at most MOST_CHARS of it */
} Head;

typedef struct
{
  char *text; /* (owned) */
  double key;
  double low;
  double high;
} Cell;

typedef struct
{
  Cell *cells; /* (owned) (array) */
  guint n_cells;
  int style;
  gboolean is_current;
} Row;

/* All that a table shows. */
typedef struct
{
  GArray *heads; /* (owned) (element-type Head) */
  GArray *rows;  /* (owned) (element-type Row) */
} Content;

struct _UtTextTable
{
  GtkWidget parent_instance;

  GtkWidget *frame;
  GtkColumnView *view;
  UtRowModel *model;  /* (owned): the numbers of the rows */
  Content *content;   /* (owned) */
  Content *next;      /* (owned) (nullable): between begin and end */
};

G_DEFINE_FINAL_TYPE (UtTextTable, ut_text_table, GTK_TYPE_WIDGET)

enum
{
  ROW_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear_head (gpointer data)
{
  Head *head = data;

  g_free (head->title);
  g_free (head->longest);
}

static void
clear_row (gpointer data)
{
  Row *row = data;

  for (guint i = 0; i < row->n_cells; i++)
    g_free (row->cells[i].text);
  g_free (row->cells);
}

static Content *
content_new (void)
{
  Content *content = g_new (Content, 1);

  content->heads = g_array_new (FALSE, TRUE, sizeof (Head));
  content->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_array_set_clear_func (content->heads, clear_head);
  g_array_set_clear_func (content->rows, clear_row);

  return content;
}

static void
content_free (Content *content)
{
  g_array_unref (content->heads);
  g_array_unref (content->rows);
  g_free (content);
}

static const Head *
get_head (const Content *content,
          guint          column)
{
  return &g_array_index (content->heads, Head, column);
}

static const Row *
get_row (const Content *content,
         guint          row)
{
  return &g_array_index (content->rows, Row, row);
}

static gboolean
has_same_heads (const Content *a,
                const Content *b)
{
  gboolean same = a->heads->len == b->heads->len;

  for (guint i = 0; i < a->heads->len && same; i++)
    {
      const Head *one = get_head (a, i), *other = get_head (b, i);

      same = g_str_equal (one->title, other->title) && one->is_number == other->is_number
             && one->has_intervals == other->has_intervals
             && g_strcmp0 (one->longest, other->longest) == 0;
    }

  return same;
}

/* Cells */

static guint
get_column (gpointer object)
{
  return GPOINTER_TO_UINT (g_object_get_data (object, "column"));
}

static void
set_accessible_label (GtkWidget  *widget,
                      const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/* "GRU 3: Hidden size 64, Best 0.833". */
static char *
dup_row_name (const Content *content,
              const Row     *row)
{
  g_autoptr (GString) name = g_string_new (row->cells[0].text);

  for (guint i = 1; i < row->n_cells; i++)
    g_string_append_printf (name, "%s %s %s", i == 1 ? ":" : ",", get_head (content, i)->title,
                            row->cells[i].text);

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* A cell is a box of the run's mark, in the first column, the text, and the interval below it. */
static void
cell_setup_cb (UtTextTable              *self,
               GtkListItem              *item,
               GtkSignalListItemFactory *factory)
{
  guint column = get_column (factory);
  const Head *head = get_head (self->content, column);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *column_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *text = ut_row_cell_new (head->longest, head->is_number ? 1 : 0);

  gtk_widget_add_css_class (text, "word-cell");
  gtk_widget_set_hexpand (column_box, TRUE);
  gtk_widget_set_valign (column_box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column_box), text);
  if (head->has_intervals)
    gtk_box_append (GTK_BOX (column_box), ut_interval_bar_new ());
  if (column == 0)
    {
      GtkWidget *swatch = ut_plot_swatch_new (0);

      gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), swatch);
    }
  gtk_box_append (GTK_BOX (box), column_box);
  gtk_list_item_set_child (item, box);
}

static void
cell_bind_cb (UtTextTable              *self,
              GtkListItem              *item,
              GtkSignalListItemFactory *factory)
{
  guint column = get_column (factory);
  const Head *head = get_head (self->content, column);
  const Row *row = get_row (self->content, ut_row_item_get_row (gtk_list_item_get_item (item)));
  const Cell *cell = &row->cells[column];
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *holder = gtk_widget_get_parent (box);
  GtkWidget *column_box = gtk_widget_get_last_child (box);
  GtkWidget *text = gtk_widget_get_first_child (column_box);

  ut_row_cell_set_text (UT_ROW_CELL (text), cell->text);
  if (row->is_current)
    gtk_widget_add_css_class (text, "current-row");
  else
    gtk_widget_remove_css_class (text, "current-row");
  if (head->has_intervals)
    ut_interval_bar_set (UT_INTERVAL_BAR (gtk_widget_get_last_child (column_box)), cell->low,
                         cell->key, cell->high);
  set_accessible_label (holder, cell->text);
  if (column > 0)
    return;

  GtkWidget *swatch = gtk_widget_get_first_child (box);
  g_autofree char *name = dup_row_name (self->content, row);

  gtk_widget_set_visible (swatch, row->style >= 0);
  if (row->style >= 0)
    ut_plot_swatch_set_style (UT_PLOT_SWATCH (swatch), (guint) row->style);
  set_accessible_label (gtk_widget_get_parent (holder), name);
}

/* Columns */

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      data)
{
  GtkColumnViewColumn *column = data;
  UtTextTable *self = g_object_get_data (G_OBJECT (column), "table");
  guint place = get_column (column);
  double first
    = get_row (self->content, ut_row_item_get_row ((gpointer) a))->cells[place].key;
  double second
    = get_row (self->content, ut_row_item_get_row ((gpointer) b))->cells[place].key;

  if (isnan (first) || isnan (second))
    return isnan (first) == isnan (second) ? GTK_ORDERING_EQUAL
           : isnan (first) ? GTK_ORDERING_LARGER : GTK_ORDERING_SMALLER;

  return first < second ? GTK_ORDERING_SMALLER
         : first > second ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

static void
add_view_column (UtTextTable *self,
                 guint        place)
{
  const Head *head = get_head (self->content, place);
  g_autoptr (GtkColumnViewColumn) column = NULL;
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (place));
  g_signal_connect_object (factory, "setup", G_CALLBACK (cell_setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (cell_bind_cb), self, G_CONNECT_SWAPPED);
  column = gtk_column_view_column_new (head->title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  if (place > 0)
    {
      g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, column, NULL));

      g_object_set_data (G_OBJECT (column), "column", GUINT_TO_POINTER (place));
      g_object_set_data (G_OBJECT (column), "table", self);
      gtk_column_view_column_set_sorter (column, sorter);
    }
  gtk_column_view_append_column (self->view, column);
}

static void
remove_view_columns (UtTextTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

static void
activate_cb (UtTextTable *self,
             guint        position)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (self->view));
  g_autoptr (UtRowItem) item = g_list_model_get_item (model, position);

  if (item != NULL)
    g_signal_emit (self, signals[ROW_ACTIVATED], 0, (guint) ut_row_item_get_row (item));
}

static void
ut_text_table_dispose (GObject *object)
{
  UtTextTable *self = UT_TEXT_TABLE (object);

  if (self->frame != NULL)
    {
      /* Cells must not be asked for any more. */
      ut_row_model_take (self->model, NULL, 0);
      remove_view_columns (self);
    }
  g_clear_pointer (&self->frame, gtk_widget_unparent);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (ut_text_table_parent_class)->dispose (object);
}

static void
ut_text_table_finalize (GObject *object)
{
  UtTextTable *self = UT_TEXT_TABLE (object);

  content_free (self->content);
  g_clear_pointer (&self->next, content_free);

  G_OBJECT_CLASS (ut_text_table_parent_class)->finalize (object);
}

static void
ut_text_table_class_init (UtTextTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ut_text_table_dispose;
  object_class->finalize = ut_text_table_finalize;

  /** UtTextTable::row-activated: (row): Return or a double click on a row. */
  signals[ROW_ACTIVATED] = g_signal_new ("row-activated", UT_TYPE_TEXT_TABLE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
ut_text_table_init (UtTextTable *self)
{
  GtkSortListModel *sorted;
  GtkSingleSelection *selection;

  self->content = content_new ();
  self->model = ut_row_model_new ();
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->model)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  gtk_column_view_set_reorderable (self->view, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);

  self->frame = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->frame), GTK_WIDGET (self->view));
  gtk_widget_set_overflow (self->frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_widget_add_css_class (self->frame, "word-frame");
  gtk_widget_add_css_class (self->frame, "text-table");
  gtk_widget_set_parent (self->frame, GTK_WIDGET (self));
}

void
ut_text_table_begin (UtTextTable *self)
{
  g_return_if_fail (UT_IS_TEXT_TABLE (self));

  g_clear_pointer (&self->next, content_free);
  self->next = content_new ();
}

void
ut_text_table_add_column (UtTextTable *self,
                          const char  *title,
                          gboolean     is_number,
                          gboolean     has_intervals)
{
  Head head = {
    .is_number = is_number,
    .has_intervals = has_intervals,
    .longest = g_strdup (""),
  };

  g_return_if_fail (UT_IS_TEXT_TABLE (self));
  g_return_if_fail (title != NULL);
  g_return_if_fail (self->next != NULL && self->next->rows->len == 0);

  head.title = g_strdup (title);
  g_array_append_val (self->next->heads, head);
}

void
ut_text_table_add_row (UtTextTable           *self,
                       const UtTextTableCell *cells,
                       int                    style,
                       gboolean               is_current)
{
  Row row = { .style = style, .is_current = is_current };

  g_return_if_fail (UT_IS_TEXT_TABLE (self));
  g_return_if_fail (cells != NULL);
  g_return_if_fail (self->next != NULL && self->next->heads->len > 0);

  row.n_cells = self->next->heads->len;
  row.cells = g_new (Cell, row.n_cells);
  for (guint i = 0; i < row.n_cells; i++)
    {
      Head *head = &g_array_index (self->next->heads, Head, i);
      glong length = g_utf8_strlen (cells[i].text, -1);

      row.cells[i] = (Cell) {
        .text = g_strdup (cells[i].text),
        .key = cells[i].key,
        .low = cells[i].low,
        .high = cells[i].high,
      };
      if (length > g_utf8_strlen (head->longest, -1))
        {
          g_free (head->longest);
          head->longest = g_utf8_substring (cells[i].text, 0, MIN (length, MOST_CHARS));
        }
    }
  g_array_append_val (self->next->rows, row);
}

void
ut_text_table_end (UtTextTable *self)
{
  guint32 *numbers;
  gboolean same;
  guint n_rows;

  g_return_if_fail (UT_IS_TEXT_TABLE (self));
  g_return_if_fail (self->next != NULL);

  /* Cells are bound to rows of the content by their number: they go before it does. */
  same = has_same_heads (self->content, self->next);
  ut_row_model_take (self->model, NULL, 0);
  if (!same)
    remove_view_columns (self);
  content_free (self->content);
  self->content = g_steal_pointer (&self->next);
  for (guint i = 0; i < self->content->heads->len && !same; i++)
    add_view_column (self, i);

  n_rows = self->content->rows->len;
  numbers = g_new (guint32, n_rows);
  for (guint i = 0; i < n_rows; i++)
    numbers[i] = i;
  ut_row_model_take (self->model, numbers, n_rows);
}

void
ut_text_table_set_label (UtTextTable *self,
                         const char  *label)
{
  g_return_if_fail (UT_IS_TEXT_TABLE (self));
  g_return_if_fail (label != NULL);

  set_accessible_label (GTK_WIDGET (self->view), label);
}

guint
ut_text_table_get_n_rows (UtTextTable *self)
{
  g_return_val_if_fail (UT_IS_TEXT_TABLE (self), 0);

  return self->content->rows->len;
}

const char *
ut_text_table_get_text (UtTextTable *self,
                        guint        row,
                        guint        column)
{
  g_return_val_if_fail (UT_IS_TEXT_TABLE (self), NULL);
  g_return_val_if_fail (row < self->content->rows->len, NULL);
  g_return_val_if_fail (column < self->content->heads->len, NULL);

  return get_row (self->content, row)->cells[column].text;
}
